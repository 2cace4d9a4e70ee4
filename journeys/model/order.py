"""The order of two dates: certain, possible or not known."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import StrEnum

from journeys.model.date_span import DateSpan
from journeys.model.dates import describe

__all__ = ["Order", "describe", "order", "outer_bounds", "sort_key", "stored_bounds"]

# The least margin of an approximate date: "about 5 March" is not exact to the day.
_LEAST_SLACK = timedelta(days=7)
# The margin where only one bound is known, so its unit is not ("before about 2011").
_OPEN_SLACK = timedelta(days=366)


class Order(StrEnum):
    """The order of one span relative to another."""

    BEFORE = "certainly before"
    AFTER = "certainly after"
    SAME_DAY = "on the same day"
    OVERLAP = "possibly before or after"
    """The spans share days: either may have come first."""
    NOT_KNOWN = "not known"
    """At least one of the two has no date at all."""

    @property
    def reversed(self) -> Order:
        """Return the order seen from the second span."""
        return _REVERSED.get(self, self)


_REVERSED = {
    Order.BEFORE: Order.AFTER,
    Order.AFTER: Order.BEFORE,
}


def order(a: DateSpan, b: DateSpan) -> Order:
    """Return the order of ``a`` relative to ``b``. ``order(b, a)`` is always ``order(a, b).reversed``.

    Certain only if every day that ``a`` allows is before (after) every day that ``b`` allows; approximate dates are
    first widened by ``outer_bounds``. On one and the same day the times of day decide, where both are written.
    """
    a_from, a_to = outer_bounds(a)
    b_from, b_to = outer_bounds(b)
    if (a_from is None and a_to is None) or (b_from is None and b_to is None):
        return Order.NOT_KNOWN
    if a_to is not None and b_from is not None and a_to < b_from:
        return Order.BEFORE
    if b_to is not None and a_from is not None and b_to < a_from:
        return Order.AFTER
    if a_from is not None and a_from == a_to == b_from == b_to:
        if a.clock is None or b.clock is None or a.clock == b.clock:
            return Order.SAME_DAY
        return Order.BEFORE if a.clock < b.clock else Order.AFTER
    return Order.OVERLAP


def outer_bounds(span: DateSpan) -> tuple[date | None, date | None]:
    """Return the first and last day on which the span may lie; None where it is open.

    For an approximate span this is wider than its bounds, on each side by its own length (so "about 2011" reaches
    from 2010 to 2012) and at least by seven days; by a year where one bound is open. It stays inside the unit that
    vague words name ("early 2019" lies in 2019).
    """
    start, end = span.date_from, span.date_to
    if not span.approximate:
        return start, end
    slack = max(end - start + timedelta(days=1), _LEAST_SLACK) if start and end else _OPEN_SLACK
    start = start and date.fromordinal(max(start.toordinal() - slack.days, date.min.toordinal()))
    end = end and date.fromordinal(min(end.toordinal() + slack.days, date.max.toordinal()))
    if span.within is not None:
        start, end = start and max(start, span.within[0]), end and min(end, span.within[1])
    return start, end


def stored_bounds(span: DateSpan) -> tuple[date | None, date | None]:
    """Return the bounds to store for a span: the outer ones, or those of the words for vague words ("early 2019")."""
    return (span.date_from, span.date_to) if span.within is not None else outer_bounds(span)


def sort_key(span: DateSpan) -> tuple[bool, date, date, time]:
    """Return a sort key for spans by time, the undated last. A vague date is sorted by its last possible day ("2011"
    comes after February 2011), one with only an earliest day ("after May 2011") by that day. Never contradicts a
    certain ``order``.
    """
    start, end = outer_bounds(span)
    latest = end or start
    if latest is None:
        return True, date.max, date.max, time.max
    return False, latest, start or date.min, span.clock or time.max
