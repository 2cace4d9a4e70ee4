"""Which of two dated things came first, as far as their dates can say."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import StrEnum

from journeys.model.date_span import DateSpan
from journeys.model.dates import describe

__all__ = ["Order", "describe", "order", "outer_bounds", "sort_key", "stored_bounds"]

# How far off an approximate date may be at least: "about 5 March" is not meant to the day.
_LEAST_SLACK = timedelta(days=7)
# And where only one bound is known, so that nothing says how coarse it is: "before about 2011".
_OPEN_SLACK = timedelta(days=366)


class Order(StrEnum):
    """How the first of two spans lies to the second."""

    BEFORE = "certainly before"
    AFTER = "certainly after"
    SAME_DAY = "on the same day"
    OVERLAP = "possibly before or after"
    """The spans share days: either may have come first."""
    NOT_KNOWN = "not known"
    """At least one of the two has no date at all."""

    @property
    def reversed(self) -> Order:
        """The same order seen from the second span."""
        return _REVERSED.get(self, self)


_REVERSED = {
    Order.BEFORE: Order.AFTER,
    Order.AFTER: Order.BEFORE,
}


def order(a: DateSpan, b: DateSpan) -> Order:
    """How ``a`` lies to ``b``. ``order(b, a)`` is always ``order(a, b).reversed``.

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
    """The inclusive days outside which the span certainly does not lie; None where it is open.

    For an approximate span this is wider than its bounds, on each side by its own length (so "about 2011" reaches
    from 2010 to 2012) and at least by seven days; by a year where one bound is open. It never leaves the unit that
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
    """The bounds that are stored of a span: the outer ones, but for vague words ("early 2019") those of the words."""
    return (span.date_from, span.date_to) if span.within is not None else outer_bounds(span)


def sort_key(span: DateSpan) -> tuple[bool, date, date, time]:
    """A key that lays spans in time, the undated last.

    A day stands at itself. What is known less exactly stands at the last day it may have been, so that it never seems
    to come first ("2011" stands behind what is certain of February 2011); what has only an earliest day ("after May
    2011") stands there. Never contradicts a certain ``order``.
    """
    start, end = outer_bounds(span)
    latest = end or start
    if latest is None:
        return True, date.max, date.max, time.max
    return False, latest, start or date.min, span.clock or time.max
