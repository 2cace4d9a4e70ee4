"""Which formats a report can be written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from journeys.views.reports.calendar import calendar
from journeys.views.reports.docx import docx
from journeys.views.reports.html import html
from journeys.views.reports.model import Report
from journeys.views.reports.xlsx import xlsx


def writers(report: Report) -> Mapping[str, Callable[[], str | bytes]]:
    """For each format a function that makes the report's text or bytes in it."""
    made: dict[str, Callable[[], str | bytes]] = {
        "docx": lambda: docx(report),
        "html": lambda: html(report),
        "xlsx": lambda: xlsx(report),
    }
    if report.events is not None:
        made["ics"] = lambda: calendar(report)
    return made
