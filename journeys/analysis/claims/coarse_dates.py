"""Dates widened to the month, quarter or year that they lie in; in names too."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from journeys.model.calendar import MONTHS

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}

_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_WRITTEN = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{_MONTH})\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?\s+(\d{{4}})\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\b(\d{4})-\d{1,2}(?:-\d{1,2})?\b|\b\d{1,2}[./-]\d{1,2}[./-](\d{4})\b")
_MONTH_ALONE = re.compile(rf"(?:(?<!\s)\s+)?\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:in\s+)?(?:{'|'.join(MONTHS)})\b")


def widened(start: date | None, end: date | None, unit: str) -> tuple[date | None, date | None, str]:
    """The bounds widened to whole units ("month", "quarter", "year"), and the precision that they have then."""
    size = MONTHS_OF[unit]
    first = start and date(start.year, (start.month - 1) // size * size + 1, 1)
    last = end and _last_day(end.year, (end.month - 1) // size * size + size)
    if first is None or last is None:
        return first, last, "after" if first else "before" if last else "unknown"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return first, last, unit if months == size else "between"


def without_days(name: str) -> str:
    """A name in which the dates are years: "Minutes of 8 June 2011" becomes "Minutes of 2011"."""
    name = _NUMBERS.sub(lambda found: found[1] or found[2], _WRITTEN.sub(r"\1", name))
    return _MONTH_ALONE.sub("", name).strip() or name


def coarsened(held: dict[str, Any], prefix: str, unit: str) -> dict[str, Any]:
    """The parts of a stored date, widened; {} where none is known. ``prefix`` is the name of the date property."""
    start, end = held.get(f"{prefix}_from"), held.get(f"{prefix}_to")
    if start is None and end is None:
        return {}
    first, last, precision = widened(start, end, unit)
    made = {f"{prefix}_from": first, f"{prefix}_to": last, f"{prefix}_precision": precision}
    return {name: value for name, value in made.items() if value is not None}


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
