"""What is a disagreement between accounts, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from journeys.analysis.claims.claim import ClaimRecord, Source
from journeys.analysis.trace.disagreements import disagreements
from journeys.model.dates import UNKNOWN, DateSpan
from tests.views.terminal.test_journey import PAPER, journey_of, person, said, shown

OBSERVATION = Source("s:data_source:o1", "Observation 1", "observation")
MINA, LEE = person("Mina"), person("Lee")


def on(first: str, last: str | None = None) -> DateSpan:
    return DateSpan(None, date.fromisoformat(first), date.fromisoformat(last or first), "day")


def told(number: int, when: DateSpan, **properties: object) -> ClaimRecord:
    """A claim that Mina contested the paper, at no meeting; each by another source."""
    source = Source(f"s:data_source:{number}", f"Interview {number}", "interview")
    return replace(said("CONTESTED", MINA, number, **properties), when=when, meeting=None, source=source)


@pytest.mark.parametrize(
    ("denied", "contradicts"),
    [
        (on("2011-03-05"), True),
        (on("2011-03-01", "2011-03-31"), True),
        (UNKNOWN, True),
        (on("2011-03-06"), False),
        (on("2012-01-01", "2012-12-31"), False),
        (DateSpan("before March", None, date(2011, 2, 28), "before"), False),
        (DateSpan("by then", None, date(2011, 3, 5), "before"), True),
    ],
)
def test_a_denial_contradicts_what_may_have_been_at_the_same_time(denied: DateSpan, contradicts: bool) -> None:
    claims = [told(1, on("2011-03-05")), told(2, denied, negated=True)]
    found = disagreements(claims, PAPER)
    assert [each.kind for each in found] == (["whether"] if contradicts else [])
    assert ("Sources disagree" in shown(journey_of(claims), width=200)) == contradicts


def test_of_several_accounts_only_those_of_the_denied_time_are_in_the_disagreement() -> None:
    claims = [told(1, on("2011-03-05")), told(2, on("2011-03-05"), negated=True), told(3, on("2011-09-01"))]
    (found,) = disagreements(claims, PAPER)
    assert {claim.id for claim in found.claims} == {"c1", "c2"}


@pytest.mark.parametrize("derived", [True, False])
def test_an_inferred_claim_is_nobodys_account(derived: bool) -> None:
    """Another author, by another source, would be a disagreement on who; not if the program has inferred it."""
    inferred = {"mode": "derived", "derived_from": ["c9"]} if derived else {"mode": "paraphrase"}
    other = replace(said("AUTHORED", LEE, 2, **inferred), source=OBSERVATION)
    claims = [said("AUTHORED", MINA, 1), other]
    assert [each.kind for each in disagreements(claims, PAPER)] == ([] if derived else ["who"])
    assert ("Sources disagree" in shown(journey_of(claims), width=200)) != derived


@pytest.mark.parametrize("derived", [True, False])
def test_an_inferred_denial_contradicts_nobody(derived: bool) -> None:
    mode = {"mode": "derived"} if derived else {}
    claims = [told(1, on("2011-03-05")), told(2, on("2011-03-05"), negated=True, **mode)]
    assert bool(disagreements(claims, PAPER)) != derived
