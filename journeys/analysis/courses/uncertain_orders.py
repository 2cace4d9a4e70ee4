"""Which orders of a journey hang on uncertain dates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from journeys.analysis.claims.dates import dated
from journeys.analysis.claims.day_ranges import first_of, last_of
from journeys.analysis.courses.course import distinct
from journeys.analysis.courses.stages import ToldJourney
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import Order, order


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that is told of a journey, by one claim or several: every day that any of them allows."""

    type: str
    start: str
    end: str
    when: DateSpan
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """The pairs of happenings of a journey by how sure their order is: ``open`` overlap, ``unknown`` lack a date."""

    happenings: tuple[Happening, ...]
    certain: int
    same_day: int
    open: tuple[tuple[Happening, Happening], ...]
    unknown: int


def happenings(journey: ToldJourney) -> tuple[Happening, ...]:
    """What is told of a journey: the same act between the same ends at one meeting is one, however often told."""
    told: defaultdict[tuple[str, str, str, str], list[tuple[str, DateSpan]]] = defaultdict(list)
    for each in distinct(journey.told()):
        meeting = each.properties.get("at_meeting") or ""
        told[each.type, each.start, each.end, meeting].append((each.claim, each.when))
    found = []
    for (kind, start, end, _), claims in sorted(told.items()):
        dates = [when for _, when in claims if dated(when)]
        when = DateSpan(None, first_of(dates).date_from, last_of(dates).date_to, "between") if dates else UNKNOWN
        found.append(Happening(kind, start, end, when, tuple(sorted(claim for claim, _ in claims))))
    return tuple(found)


def orders(journey: ToldJourney) -> Orders:
    """How sure the order of each two happenings is."""
    found = happenings(journey)
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
    return Orders(found, certain, same_day, tuple(unsure), unknown)
