"""The calendar of a report, read again by a calendar library, and its lines as RFC 5545 has them."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from journeys.views.reports.calendar import calendar
from journeys.views.reports.model import Event, Report
from journeys.views.text import sanitized

WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120).filter(str.strip)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, st.dates(date(1900, 1, 1), date(2200, 1, 1))), max_size=4))
def test_every_event_is_read_again_and_no_line_is_too_long(found: list[tuple[str, str, str, date]]) -> None:
    events = tuple(
        Event(f"s:finding:{place}", day, title, f"{first}\n{title}", "Gap, or; other")
        for place, (title, first, _, day) in enumerate(found)
    )
    written = calendar(Report("Follow-ups", "", (), "Small; study, \u201cone\u201d", events=events))
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    read = icalendar.Calendar.from_ical(written)
    assert str(read["x-wr-calname"]) == "Follow-ups, Small; study, \u201cone\u201d"
    entries = list(read.walk("VEVENT"))
    assert len(entries) == len(events)
    for entry, event in zip(entries, events, strict=True):
        assert str(entry["summary"]) == sanitized(event.title)
        assert str(entry["description"]) == "\n".join(map(sanitized, event.details.splitlines()))
        assert (entry["dtstart"].dt, entry["dtend"].dt) == (event.day, event.day + timedelta(days=1))
        assert str(entry["uid"]) == f"{event.id}@evidence-journeys"
        assert entry["categories"].to_ical().decode() == "Gap\\, or\\; other"
