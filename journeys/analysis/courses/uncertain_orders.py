"""Find orders of events in a journey that depend on uncertain dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from journeys.analysis.claims.happenings import Happening
from journeys.analysis.courses.stages import JourneyCourse, StageEvent
from journeys.model.order import Order, order


@dataclass(frozen=True, slots=True)
class Orders:
    """The pairs of happenings of a journey by how sure their order is: ``open`` overlap, ``unknown`` lack a date."""

    happenings: tuple[Happening[StageEvent], ...]
    certain: int
    same_day: int
    open: tuple[tuple[Happening[StageEvent], Happening[StageEvent]], ...]
    unknown: int


def orders(journey: JourneyCourse) -> Orders:
    """How sure the order of each two happenings is."""
    found = journey.happenings()
    certain = same_day = unknown = 0
    unsure = []
    for one, other in combinations(found, 2):
        how = order(one.when, other.when)
        if how is Order.NOT_KNOWN:
            unknown += 1
        elif how is Order.OVERLAP:
            unsure.append((one, other))
        elif how is Order.SAME_DAY:
            same_day += 1
        else:
            certain += 1
    return Orders(tuple(found), certain, same_day, tuple(unsure), unknown)
