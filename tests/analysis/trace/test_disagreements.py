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


def stance(number: int, kind: str, voice: int, aspect: str | None) -> ClaimRecord:
    """What Mina did at the board, by the word of one of several sources."""
    source = Source(f"s:data_source:{voice}", f"Interview {voice}", "interview")
    return replace(said(kind, MINA, number, **({"aspect": aspect} if aspect else {})), source=source)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (["CONTESTED the costs"], ["SUPPORTED version B"], False),
        (["CONTESTED the costs"], ["SUPPORTED The costs"], True),
        (["CONTESTED the costs"], ["SUPPORTED"], True),
        (["CONTESTED"], ["SUPPORTED"], True),
        (["CONTESTED the costs", "SUPPORTED version B"], ["SUPPORTED version B"], False),
        (["CONTESTED the costs", "SUPPORTED version B"], ["SUPPORTED"], False),  # it tells of the support too
        (["CONTESTED the costs", "SUPPORTED version B"], ["SUPPORTED the costs"], True),
    ],
)
def test_a_stance_is_compared_on_one_aspect(one: list[str], other: list[str], differ: bool) -> None:
    claims = [
        stance(10 * voice + place, kind, voice, aspect or None)
        for voice, told in enumerate((one, other))
        for place, (kind, _, aspect) in enumerate(each.partition(" ") for each in told)
    ]
    found = disagreements(claims, PAPER)
    assert [each.kind for each in found] == (["stance"] if differ else [])
    if differ and "the costs" in one[0]:
        assert "contested it (the costs)" in found[0].sentence
        assert "version B" not in found[0].sentence


@pytest.mark.parametrize(
    ("denied", "so", "contradicts"),
    [
        ("the costs", "version B", False),
        ("the costs", None, False),
        ("the costs", "the costs", True),
        (None, "the costs", True),
    ],
)
def test_a_denial_contradicts_the_same_aspect(denied: str | None, so: str | None, contradicts: bool) -> None:
    claims = [stance(1, "CONTESTED", 1, so), stance(2, "CONTESTED", 2, denied)]
    claims[1] = replace(claims[1], properties={**claims[1].properties, "negated": True})
    assert bool(disagreements(claims, PAPER)) == contradicts


@pytest.mark.parametrize(("other", "differ"), [("version B", False), ("the costs", True), (None, True)])
def test_days_of_different_aspects_are_not_compared(other: str | None, differ: bool) -> None:
    claims = [stance(1, "CONTESTED", 1, "the costs"), stance(2, "CONTESTED", 2, other)]
    claims[1] = replace(claims[1], when=on("2011-06-05"))
    assert [each.kind for each in disagreements(claims, PAPER)] == (["when"] if differ else [])
