"""The dates of a report as a calendar file (RFC 5545), which calendar programs open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar

from journeys.views.reports.model import Report
from journeys.views.text import sanitized

_PRODUCT = "-//evidence-journeys//follow-ups//EN"
_DAY = timedelta(days=1)


def calendar(report: Report) -> bytes:
    """The calendar: an entry of a whole day for each event. Read again, an entry replaces the earlier one."""
    written = icalendar.Calendar()
    written.add("prodid", _PRODUCT)
    written.add("version", "2.0")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", sanitized(f"{report.title}, {report.study}" if report.study else report.title))
    made = datetime.now(UTC).replace(microsecond=0)
    for event in report.events or ():
        entry = icalendar.Event()
        entry.add("uid", f"{event.id}@evidence-journeys")
        entry.add("dtstamp", made)
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + _DAY)
        entry.add("summary", sanitized(event.title))
        entry.add("description", "\n".join(map(sanitized, event.details.splitlines())))
        entry.add("categories", [sanitized(event.kind)])
        entry.add("transp", "TRANSPARENT")
        written.add_component(entry)
    content: bytes = written.to_ical()
    return content
