"""Dates of a journey: read from the store, compared, and written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

from journeys.model.dates import DateSpan, DateUnreadable, read_date
from journeys.model.definitions import DATE_PARTS
from journeys.model.order import Order, order, stored_bounds

OF_DATES = tuple(f"date_{part}" for part in DATE_PARTS)
"""The stored properties that a date is made of."""


def span(properties: Mapping[str, Any]) -> DateSpan:
    """The date among stored properties: as its words say, where these give just the bounds that are stored."""
    return _span(*map(properties.get, OF_DATES))


@lru_cache(maxsize=65_536)
def _span(text: Any, start: Any, end: Any, precision: Any, clock: Any) -> DateSpan:
    said = _as_written(text) if isinstance(text, str) else None
    if said is not None and stored_bounds(said) == (start, end):
        return said
    precision = precision or ("day" if start and start == end else "unknown")
    return DateSpan(text, start, end, precision, clock=time.fromisoformat(clock) if clock else None)


def _as_written(text: str) -> DateSpan | None:
    """The words read again: the store keeps no mark of doubt ("circa March 2011")."""
    try:
        return read_date(text)
    except DateUnreadable:
        return None


def date_parts(when: DateSpan) -> dict[str, Any]:
    """A date for JSON: the words, the bounds in ISO form, the precision, the time of day."""
    clock = f"{when.clock:%H:%M}" if when.clock else None
    return {"date_text": when.text, **bounds(when), "date_precision": when.precision, "date_time": clock}


def bounds(when: DateSpan) -> dict[str, Any]:
    """The bounds for JSON, as the graph has them: ``date_from`` and ``date_to`` in ISO form."""
    start, end = stored_bounds(when)
    return {"date_from": iso(start), "date_to": iso(end)}


def iso(value: Any) -> Any:
    """A date as text; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def dated(when: DateSpan) -> bool:
    """Whether the date has a first or last day."""
    return when.date_from is not None or when.date_to is not None


def never_on_one_day(one: DateSpan, other: DateSpan) -> bool:
    """Whether the two dates have no possible day in common."""
    return order(one, other) in (Order.BEFORE, Order.AFTER)


def cannot_be(one: DateSpan, other: DateSpan) -> bool:
    """Whether two dates have no day in common."""
    return "certainly" in (certainty_of_order(one, other), certainty_of_order(other, one))


def certainty_of_order(one: DateSpan, other: DateSpan) -> str:
    """How certainly ``other``, which stands below ``one`` in a time-line, came later.

    "certainly"; "same_day" when both are known to be of one day; otherwise "possibly".
    """
    return {Order.BEFORE: "certainly", Order.SAME_DAY: "same_day"}.get(order(one, other), "possibly")
