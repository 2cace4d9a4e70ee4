"""Calculations with uncertain dates: the first and the last of several, and the days between two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journeys.analysis.claims.dates import dated
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import outer_bounds


@dataclass(frozen=True, slots=True)
class DayRange:
    """The least and the most days between two dates; None where not known. Negative: the other way round."""

    least: int | None
    most: int | None


def first_of(dates: Iterable[DateSpan]) -> DateSpan:
    """The days on which the first of several dated things may have been; those without a date do not count."""
    bounds = [outer_bounds(when) for when in dates if dated(when)]
    ends = [end for _, end in bounds if end is not None]
    starts = [start for start, _ in bounds]
    start = None if None in starts else min((start for start in starts if start is not None), default=None)
    return _between(start, min(ends, default=None))


def last_of(dates: Iterable[DateSpan]) -> DateSpan:
    """The days on which the last of several dated things may have been; those without a date do not count."""
    bounds = [outer_bounds(when) for when in dates if dated(when)]
    starts = [start for start, _ in bounds if start is not None]
    ends = [end for _, end in bounds]
    end = None if None in ends else max((end for end in ends if end is not None), default=None)
    return _between(max(starts, default=None), end)


def days_between(one: DateSpan, other: DateSpan) -> DayRange:
    """The days from the one to the other."""
    (one_from, one_to), (other_from, other_to) = outer_bounds(one), outer_bounds(other)
    return DayRange(_days(one_to, other_from), _days(one_from, other_to))


def _days(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start).days


def _between(start: date | None, end: date | None) -> DateSpan:
    if start is None and end is None:
        return UNKNOWN
    precision = "day" if start == end else "before" if start is None else "after" if end is None else "between"
    return DateSpan(None, start, end, precision)
