"""The way of a journey through time: which happening certainly came after which, so that a line can fork and merge.

Two happenings are joined where one is certainly before the other and nothing is certainly between them (the transitive
reduction of the order of intervals; Fishburn 1985). Where several have the same forerunners, one junction joins them.
Neighbours in the time-line whose order is only possible are joined by a junction that is not ``certain``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.model.dates import DateSpan
from journeys.model.order import Order, order


@dataclass(frozen=True, slots=True)
class Junction:
    """The happenings that come together in a point of the line, and those that go on from it, by their places."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    certain: bool


def junctions(whens: Sequence[DateSpan]) -> list[Junction]:
    """The junctions of happenings that are in the order of a time-line (``model.order.sort_key``)."""
    earlier: list[set[int]] = []
    by_forerunners: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, when in enumerate(whens):
        sure = {other for other in range(place) if order(whens[other], when) is Order.BEFORE}
        earlier.append(sure)
        between = set[int]().union(*(earlier[other] for other in sure))
        if nearest := tuple(sorted(sure - between)):
            by_forerunners[nearest].append(place)
    found = [Junction(before, tuple(after), True) for before, after in by_forerunners.items()]
    unsure = [place for place in range(1, len(whens)) if place - 1 not in earlier[place]]
    return found + [Junction((place - 1,), (place,), False) for place in unsure]
