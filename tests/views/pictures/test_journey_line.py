"""The line from step to step: whatever is known of the dates, time never runs backwards along it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Places
from journeys.analysis.trace.parts import Subject
from journeys.analysis.trace.steps import steps_of
from journeys.model.dates import read_date
from journeys.model.order import outer_bounds
from journeys.model.schema import load_schema
from journeys.views.pictures.journey_map import journey_map

SCHEMA = load_schema()
PAPER = Entity("s:document:D07", "Document", "Needs assessment")

DAYS = st.dates(date(2005, 1, 1), date(2015, 12, 31)).map(lambda day: day.isoformat())
WHENS = st.one_of(
    DAYS,
    st.sampled_from([
        "2011", "2010", "February 2011", "14 February 2011", "early 2011", "late 2011", "about 2011", "winter 2011",
        "before June 2011", "after May 2011", "since 2009", "2009-2012", "spring 2011", "2010/11", "c. March 2011",
    ]),
)  # fmt: skip


def journey_of(whens: list[str]) -> Journey:
    kind = SCHEMA.claims["USED"]
    people = [Entity(f"s:actor:{number}", "Actor", f"Person {number}") for number in range(len(whens))]
    claims = [
        ClaimRecord(kind, person, PAPER, {"id": f"c{number}"}, read_date(when))
        for number, (person, when) in enumerate(zip(people, whens, strict=True))
    ]
    steps, unplaced = steps_of(claims, SCHEMA)
    return Journey(Subject(PAPER, {}), tuple(steps), tuple(unplaced), (), Places({}, {}))


@given(st.lists(WHENS, min_size=2, max_size=8))
@example(["2011", "14 February 2011", "20 November 2011"])
@example(["2009-2012", "November 2011"])
def test_the_line_never_runs_backwards_and_no_mark_leaves_its_days(whens: list[str]) -> None:
    journey = journey_of(whens)
    laid_out = journey_map(journey)
    assert all(stretch.x1 <= stretch.x2 for stretch in laid_out.way)
    for mark in laid_out.marks:
        if mark.bar is not None:
            assert mark.bar[0] <= mark.x <= mark.bar[1]


@given(st.lists(WHENS, min_size=2, max_size=8))
def test_a_vague_date_stands_behind_what_is_certain_before_its_end(whens: list[str]) -> None:
    for before, after in pairwise(journey_of(whens).steps):
        (_, end), (start, other_end) = outer_bounds(before.when), outer_bounds(after.when)
        last = other_end or start
        assert end is None or (last is not None and end <= last)


def test_a_year_does_not_stand_before_its_february() -> None:
    journey = journey_of(["2011", "14 February 2011", "3 March 2012"])
    assert [step.when.text for step in journey.steps] == ["14 February 2011", "2011", "3 March 2012"]
    assert [step.order for step in journey.steps] == [None, "possibly", "certainly"]


def test_two_times_of_one_day_are_in_their_order() -> None:
    journey = journey_of(["5 March 2011, 2.30pm", "5 March 2011 at 10am"])
    assert [step.when.text for step in journey.steps] == ["5 March 2011 at 10am", "5 March 2011, 2.30pm"]
    assert journey.steps[1].order == "certainly"
