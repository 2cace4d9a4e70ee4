"""Which came first, as far as it is known: certainly, possibly, or not at all."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from journeys.model.date_span import MONTHS, DateSpan, month_end, named_day, whole_months


class Order(StrEnum):
    """How one time stands to another."""

    BEFORE = "certainly before"
    AFTER = "certainly after"
    SAME_DAY = "on the same day"
    OVERLAP = "possibly before or after"
    NOT_KNOWN = "not known"


def order(one: DateSpan, other: DateSpan) -> Order:
    """How ``one`` stands to ``other``: certainly, if every day it may have been allows no other order.

    NOT_KNOWN when either has no bound at all, or no bound on the side that would tell.
    """
    if _undated(one) or _undated(other):
        return Order.NOT_KNOWN
    if one.date_to is not None and other.date_from is not None and one.date_to < other.date_from:
        return Order.BEFORE
    if other.date_to is not None and one.date_from is not None and other.date_to < one.date_from:
        return Order.AFTER
    if one.date_from is not None and one.date_from == one.date_to == other.date_from == other.date_to:
        return Order.SAME_DAY
    return Order.OVERLAP


def _undated(span: DateSpan) -> bool:
    return span.date_from is None and span.date_to is None


def sort_key(span: DateSpan) -> tuple[bool, date, date]:
    """Lays times out: by first possible day, then by last; without a first day by its last; undated at the end."""
    first = span.date_from or span.date_to
    return (first is None, first or date.max, span.date_to or date.max)


def describe(span: DateSpan) -> str:
    """The bounds in words: "5 March 2011", "March 2011", "before 2 June 2011", "1 March to 30 June 2011", "undated"."""
    words = _bounds(span.date_from, span.date_to)
    return f"about {words}" if span.approximate and words != "undated" else words


def _bounds(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "undated"
    if start is None and end is not None:
        return f"by {named_day(end)}"
    if end is None and start is not None:
        return f"from {named_day(start)} on"
    assert start is not None
    assert end is not None
    if start == end:
        return named_day(start)
    if whole_months(start, end) == 1:
        return f"{MONTHS[start.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    if start.day == 1 and end == month_end(end.year, end.month):
        first, last = MONTHS[start.month - 1], f"{MONTHS[end.month - 1]} {end.year}"
        return f"{first} to {last}" if start.year == end.year else f"{first} {start.year} to {last}"
    first = str(start.day) if start.replace(day=1) == end.replace(day=1) else named_day(start)
    return f"{first} to {named_day(end)}"
