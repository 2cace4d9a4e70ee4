"""Calendar periods, and whether a date certainly or only possibly lies in one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from journeys.model.date_span import month_end
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds

Certainty = Literal["certainly", "possibly"]
Length = Literal["month", "quarter", "year"]
Grain = Literal["day", "month", "quarter", "year"]

LENGTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12}
"""The lengths of period that can be chosen, in months."""


def lies_in(when: DateSpan, period: DateSpan) -> Certainty | None:
    """Return "certainly" if every possible day of the date is in the period, "possibly" if some day is, else None.

    Approximate dates are widened first (``outer_bounds``); an open bound has no limit, so an undated thing possibly
    lies in every period.
    """
    first, last = _days(*outer_bounds(when))
    opens, closes = _days(period.date_from, period.date_to)
    if last < opens or first > closes:
        return None
    return "certainly" if opens <= first and last <= closes else "possibly"


def calendar(dates: Iterable[DateSpan], length: Length) -> tuple[DateSpan, ...]:
    """The calendar periods from the first to the last day that any of the dates names, without a gap.

    The ``text`` of a period is its name: "2011-03", "2011 Q1", "2011". None for no dates. Raises KeyError for a length
    that is not one of ``LENGTHS``.
    """
    months = LENGTHS[length]
    days = [day for when in dates for day in (when.date_from, when.date_to) if day is not None]
    if not days:
        return ()
    found = []
    year, number = min(days).year, (min(days).month - 1) // months
    while (start := date(year, number * months + 1, 1)) <= max(days):
        end = month_end(year, number * months + months)
        name = {"month": f"{year}-{number + 1:02}", "quarter": f"{year} Q{number + 1}", "year": f"{year}"}[length]
        found.append(DateSpan(name, start, end, length))
        following = end + timedelta(days=1)
        year, number = following.year, (following.month - 1) // months
    return tuple(found)


def finest(dates: Iterable[DateSpan]) -> Grain:
    """The longest unit in which all bounds of the dates can be told: "year" where each begins with a first of January
    and ends with a last of December. No finer unit was stated by anybody."""
    left: list[Length] = ["year", "quarter", "month"]
    for when in dates:
        left = [length for length in left if _fits(when.date_from, when.date_to, LENGTHS[length])]
        if not left:
            return "day"
    return left[0]


def _fits(first: date | None, last: date | None, months: int) -> bool:
    begins = first is None or (first.day == 1 and (first.month - 1) % months == 0)
    return begins and (last is None or (last == month_end(last.year, last.month) and last.month % months == 0))


def _days(start: date | None, end: date | None) -> tuple[date, date]:
    return start or date.min, end or date.max
