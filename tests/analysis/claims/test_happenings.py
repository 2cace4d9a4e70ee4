"""Which claims tell of one happening: by kind, ends, meeting, whether it was so, and days that all allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef
from journeys.analysis.claims.dates import apart
from journeys.analysis.claims.happenings import happenings
from journeys.analysis.courses.stages import StageEvent, happenings_of
from journeys.analysis.trace.steps import steps_of
from journeys.model.dates import UNKNOWN, DateSpan, read_date
from journeys.model.schema import load_schema


@dataclass(frozen=True)
class Said:
    """A claim with nothing but what is compared."""

    id: str
    when: DateSpan
    derived: bool = False


def said(*words: str | None) -> list[list[str]]:
    """The ids (a, b, …) of claims with these dates, happening by happening."""
    claims = [Said(chr(97 + at), read_date(text) if text else UNKNOWN) for at, text in enumerate(words)]
    return sorted(sorted(claim.id for claim in each.claims) for each in happenings(claims, lambda claim: "one act"))


def test_days_in_common_make_one_happening() -> None:
    assert said("March 2011", "5 March 2011", "spring 2011") == [["a", "b", "c"]]
    [happening] = happenings([Said("a", read_date("2011")), Said("b", read_date("March 2011"))], lambda _: 0)
    assert (happening.when.date_from, happening.when.date_to) == (date(2011, 3, 1), date(2011, 3, 31))


def test_days_apart_are_two_and_what_fits_both_is_neither() -> None:
    assert said("5 March 2011", "7 March 2011") == [["a"], ["b"]]
    assert said("5 March 2011", "7 March 2011", "March 2011", None) == [["a"], ["b"], ["c"], ["d"]]


def test_an_undated_claim_belongs_to_the_only_happening() -> None:
    assert said("5 March 2011", None) == [["a", "b"]]
    assert said(None, None) == [["a", "b"]]


def test_a_derived_claim_never_decides_how_accounts_are_parted() -> None:
    exact = Said("a", read_date("5 March 2011"), derived=True)
    vague = [Said("b", read_date("1-4 March 2011")), Said("c", read_date("March 2011"))]
    found = happenings([exact, *vague], lambda _: 0)
    assert [[claim.id for claim in each.claims] for each in found] == [["b", "c"], ["a"]]


_DAYS = st.dates(date(2011, 3, 1), date(2011, 3, 9))
_SPANS = st.tuples(_DAYS, _DAYS).map(lambda days: DateSpan(None, min(days), max(days), "between")) | st.just(UNKNOWN)


@given(st.lists(_SPANS, max_size=7), st.randoms())
def test_every_claim_is_in_one_happening_whatever_the_order(spans: list[DateSpan], random) -> None:
    claims = [Said(str(number), span) for number, span in enumerate(spans)]
    found = happenings(claims, lambda _: 0)
    assert sorted(claim.id for each in found for claim in each.claims) == [claim.id for claim in claims]
    for each in found:
        assert not any(apart(one.when, other.when) for one, other in combinations(each.claims, 2))
    shuffled = happenings(random.sample(claims, len(claims)), lambda _: 0)
    ids = [{claim.id for claim in each.claims} for each in found]
    assert [{claim.id for claim in each.claims} for each in shuffled] == ids


@given(st.lists(st.tuples(_SPANS, st.sampled_from(["s:meeting:m1", None]), st.booleans()), max_size=7))
def test_a_trace_and_the_comparison_of_journeys_count_the_same(
    told: list[tuple[DateSpan, str | None, bool]],
) -> None:
    """One kind of claim that is not shown together for many people: a step is a happening."""
    schema = load_schema()
    who, what = Entity("s:actor:mina", "Actor", "Mina"), Entity("s:document:d07", "Document", "Plan")
    events, records = [], []
    for number, (when, meeting, derived) in enumerate(told):
        held = {"id": f"claim:{number}", "at_meeting": meeting, "mode": "derived" if derived else "verbatim"}
        events.append(StageEvent("presentation_application", held["id"], "INTRODUCED", who.id, what.id, when, held))
        at = None if meeting is None else MeetingRef(meeting, "M1")
        records.append(ClaimRecord(schema.claims["INTRODUCED"], who, what, held, when, at))
    steps = [step for part in steps_of(records, schema) for step in part]
    assert sorted(sorted(claim.id for claim in step.claims) for step in steps) == sorted(
        sorted(event.claim for event in each.claims) for each in happenings_of(events)
    )
