"""Where a journey came back to a place after it had been elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from journeys.analysis.claims.dates import dated
from journeys.analysis.courses.course import Visit
from journeys.model.order import Order, order, outer_bounds
from journeys.model.periods import Certainty


@dataclass(frozen=True, slots=True)
class Return:
    """It was at a place, then elsewhere, then there again."""

    certainty: Certainty
    before: Visit
    elsewhere: Visit
    again: Visit


@dataclass(frozen=True, slots=True)
class _Stay:
    """A visit with its first and last possible day."""

    visit: Visit
    first: date
    last: date


def returns(places: Sequence[Visit]) -> tuple[Return, ...]:
    """Each place that it came back to after having been elsewhere: once, by the surest and earliest such visits."""
    stays = [_stay(visit) for visit in places if dated(visit.when)]
    by_place: dict[str, list[_Stay]] = {}
    for stay in stays:
        by_place.setdefault(stay.visit.place, []).append(stay)
    found = []
    for place in sorted(by_place):
        here = by_place[place]
        if len(here) > 1:
            others = [stay for stay in stays if stay.visit.place != place]
            first = next(_certain(here, others), None) or next(_possible(here, others), None)
            found += [first] if first else []
    return tuple(found)


def _stay(visit: Visit) -> _Stay:
    first, last = outer_bounds(visit.when)
    return _Stay(visit, first or date.min, last or date.max)


def _certain(here: Sequence[_Stay], others: Sequence[_Stay]) -> Iterator[Return]:
    """Days that leave no room are passed over first, so that dates are compared only where they may do."""
    start, end = min(each.last for each in here), max(each.first for each in here)
    others = [each for each in others if start <= each.first and each.last <= end]
    for before in here if others else ():
        near = [each for each in others if before.last <= each.first and _in_turn(before, each)]
        soonest = min((each.last for each in near), default=date.max)
        for again in here if near else ():
            if again is not before and soonest <= again.first:
                for each in near:
                    if each.last <= again.first and _in_turn(each, again):
                        yield Return("certainly", before.visit, each.visit, again.visit)


def _in_turn(one: _Stay, other: _Stay) -> bool:
    return order(one.visit.when, other.visit.when) is Order.BEFORE


def _possible(here: Sequence[_Stay], others: Sequence[_Stay]) -> Iterator[Return]:
    start, end = min(each.first for each in here), max(each.last for each in here)
    others = [each for each in others if max(each.first, _next(start)) <= min(each.last, end)]
    for before in here if others else ():
        days = ((max(each.first, _next(before.first)), each) for each in others)
        near = [(day, each) for day, each in days if day <= each.last]
        soonest = min((day for day, _ in near), default=date.max)
        for again in here if near else ():
            if again is not before and _next(soonest) <= again.last:
                for day, each in near:
                    if max(again.first, _next(day)) <= again.last and _allowed(before, each, again):
                        yield Return("possibly", before.visit, each.visit, again.visit)


def _allowed(*stays: _Stay) -> bool:
    return {order(one.visit.when, other.visit.when) for one, other in pairwise(stays)} <= {Order.BEFORE, Order.OVERLAP}


def _next(day: date) -> date:
    return min(day, date.max - timedelta(days=1)) + timedelta(days=1)
