"""The time axis, from one day to all the years that a date can have."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeys.views.pictures.time_axis import Tick, TimeAxis

WORDS = ("%d %b %Y", "%b %Y", "%Y")


def meant(tick: Tick) -> date:
    """The day that the words of a tick name, read as a person reads them: a month or year by its first day."""
    *before, year = tick.words.split()
    words = " ".join([*before, year.zfill(4)])
    for pattern in WORDS:
        try:
            return datetime.strptime(words, pattern).date()
        except ValueError:
            continue
    raise AssertionError(tick.words)


@example(date(2000, 1, 1), date(9901, 1, 1), 430)
@example(date.min, date.max, 430)
@example(date.max, date.max, 888)
@example(date.min, date.min, 430)
@example(date(2011, 1, 2), date(2011, 2, 20), 430)
@given(st.dates(), st.dates(), st.sampled_from([430, 888]))
def test_any_days_stand_in_their_order_between_ticks_that_can_be_read(one: date, other: date, width: int) -> None:
    first, last = sorted((one, other))
    axis = TimeAxis([other, one], 100, 100 + width)
    ticks = list(axis.ticks())
    assert 100 <= axis.x(first) <= axis.x(last) <= 100 + width
    assert 2 <= len(ticks) <= 13
    places = [tick.x for tick in ticks]
    assert places == sorted(places)
    assert places[0] >= 100
    assert places[-1] <= 100 + width
    # So much room "27 Sep 2011" takes in the pictures' font and size, and "Sep 2011".
    room = {3: 62, 2: 50, 1: 30}[len(ticks[0].words.split())]
    assert min(b - a for a, b in itertools.pairwise(places)) >= room
    for tick in ticks:
        assert tick.x == axis.x(meant(tick)), tick


@given(st.dates(date(1, 2, 1), date(9999, 11, 1)), st.integers(0, 3_000_000))
def test_equal_times_are_equally_far(day: date, days: int) -> None:
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    axis = TimeAxis([day, last], 0, 10_000)
    middle = date.fromordinal((day.toordinal() + last.toordinal()) // 2)
    assert axis.x(last) - axis.x(middle) == pytest.approx(axis.x(middle) - axis.x(day), abs=10_000 / 7 + 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ["5 Mar 2011", "6 Mar 2011", "7 Mar 2011", "8 Mar 2011"]),
        (59, ["7 Mar 2011", "21 Mar 2011", "4 Apr 2011", "18 Apr 2011"]),
        (90, ["Apr 2011", "May 2011", "Jun 2011"]),
        (150, ["Apr 2011", "May 2011", "Jun 2011", "Jul 2011", "Aug 2011"]),
        (800, ["Jul 2011", "Jan 2012", "Jul 2012", "Jan 2013"]),
        (36_525, ["2020", "2040", "2060", "2080", "2100"]),
        (2_900_000, ["4000", "6000", "8000"]),
    ],
)
def test_the_steps_grow_with_the_span(days: int, words: list[str]) -> None:
    first = date(2011, 3, 6)
    ticks = [tick.words for tick in TimeAxis([first, first + timedelta(days)], 0, 430).ticks()]
    assert set(words) <= set(ticks)
    assert len(ticks) <= 7
