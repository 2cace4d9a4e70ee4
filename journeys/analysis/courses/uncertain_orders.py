"""Find orders of events in a journey that depend on uncertain dates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from journeys.analysis.claims.happenings import Happening
from journeys.analysis.courses.stages import JourneyCourse, StageEvent
from journeys.model.order import Order, order, outer_bounds


@dataclass(frozen=True, slots=True)
class Orders:
    """How many pairs of happenings of a journey there are by how sure their order is.

    ``overlapping`` pairs share days, ``unknown`` ones lack a date. ``unsure`` are the happenings of overlapping pairs.
    """

    happenings: tuple[Happening[StageEvent], ...]
    certain: int
    same_day: int
    overlapping: int
    unknown: int
    unsure: tuple[Happening[StageEvent], ...]

    @property
    def open(self) -> tuple[tuple[Happening[StageEvent], Happening[StageEvent]], ...]:
        """The overlapping pairs themselves."""
        pairs = combinations(self.unsure, 2)
        return tuple((one, other) for one, other in pairs if order(one.when, other.when) is Order.OVERLAP)


def orders(journey: JourneyCourse) -> Orders:
    """How sure the order of each two happenings is (``order``), without a look at each two of them."""
    found = tuple(journey.happenings())
    spans = [(each, *outer_bounds(each.when)) for each in found]
    known = [(each, first, last) for each, first, last in spans if first is not None or last is not None]
    days = _days([(first, each) for each, first, last in known if first is not None and first == last])
    firsts = sorted(first for _, first, _ in known if first is not None)
    lasts = sorted(last for _, _, last in known if last is not None)
    apart = same_day = certain = 0
    unsure = []
    for each, first, last in known:
        before = bisect_left(lasts, first) if first is not None else 0
        after = len(firsts) - bisect_right(firsts, last) if last is not None else 0
        together = ordered = 0
        if first is not None and first == last:
            clocks = days[first]
            together = clocks.total() - 1
            if each.when.clock is not None:
                ordered = clocks.total() - clocks[None] - clocks[each.when.clock]
        apart += before + after
        certain += ordered
        same_day += together - ordered
        if before + after + together < len(known) - 1:
            unsure.append(each)
    pairs = len(found) * (len(found) - 1) // 2
    dated = len(known) * (len(known) - 1) // 2
    # Every pair was met from both ends.
    settled, same_day = (apart + certain) // 2, same_day // 2
    return Orders(found, settled, same_day, dated - settled - same_day, pairs - dated, tuple(unsure))


def _days(single: Sequence[tuple[date, Happening[StageEvent]]]) -> dict[date, Counter[time | None]]:
    """Of what was on one day, the times of day."""
    found: defaultdict[date, Counter[time | None]] = defaultdict(Counter)
    for day, each in single:
        found[day][each.when.clock] += 1
    return found
