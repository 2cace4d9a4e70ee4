"""A date that names a meeting of the registers: by its name, its id or its month, and never by a guess."""

from __future__ import annotations

from datetime import date

import pytest

from journeys.interpret.meeting_dates import MeetingDates
from journeys.interpret.names import Names
from journeys.model.dates import DateUnreadable, read_date


@pytest.fixture
def meetings() -> MeetingDates:
    names = Names()
    found = MeetingDates(names)
    for key, title, when in (
        ("wc1", "Water Council, March", "4 March 2019"),
        ("wc2", "Water Council, summer", "June 2019"),
        ("hg1", "Hamngruppen möte 1", "8 April 2019"),
        ("hg2", "Hamngruppen möte 2", "30 April 2019"),
    ):
        names.add("Meeting", f"study:meeting:{key}", [title, key])
        found.add(f"study:meeting:{key}", read_date(when))
    return found


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("before wc1", None, date(2019, 3, 3)),
        ("before the meeting wc1", None, date(2019, 3, 3)),
        ("Water Council, March", date(2019, 3, 4), date(2019, 3, 4)),
        ("by the hamngruppen mote 2 meeting", None, date(2019, 4, 30)),
        ("from wc1 to hg1", date(2019, 3, 4), date(2019, 4, 8)),
        ("after the March meeting", date(2019, 3, 5), None),
        # It lies on a day of June that is not known.
        ("after wc2", date(2019, 6, 2), None),
        ("before wc2", None, date(2019, 6, 29)),
        # What is a date is one, whatever else is called so.
        ("after June 2019", date(2019, 7, 1), None),
    ],
)
def test_a_meeting_is_found(meetings: MeetingDates, words: str, first: date | None, last: date | None) -> None:
    found = read_date(words, meetings=meetings.find)
    assert (found.date_from, found.date_to) == (first, last)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("after the April meeting", '"April" gives no year'),  # there are two
        ("after the council", "is not a date"),
        ("after Mar", '"Mar" gives no year'),
        ("after Water Council", "is not a date"),
        ("after the general meeting", "names a meeting whose date is not known"),
    ],
)
def test_what_is_not_one_meeting_is_not_guessed(meetings: MeetingDates, words: str, said: str) -> None:
    with pytest.raises(DateUnreadable, match=said) as refused:
        read_date(words, meetings=meetings.find)
    assert "Did you mean" not in refused.value.remedy
