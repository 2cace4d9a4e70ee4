"""The first arrivals from many sources at all nodes, along contacts that each allow some days: one search for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from journeys.analysis.methods.arrays import Flags, Numbers, Values, spread

LAST_DAY = date.max.toordinal()
_HELD = 2_000_000
"""So many arrivals are searched at a time: those of some sources at all nodes."""


@dataclass(frozen=True)
class Ways:
    """The ways that can be gone, sorted by where they start: the numbers of the nodes, and of the first and last day.

    Days are infinite where open. ``begin`` says where the ways of each node begin, and at the end their number.
    """

    begin: Numbers
    ends: Numbers
    first: Values
    last: Values


Arrive = Callable[[Ways, Numbers, float, Flags], tuple[Values, Flags]]
"""Given the numbers of ways, when their starts were reached, and which of these are the source: days, and which hold.
"""


@dataclass(frozen=True)
class Arrivals:
    """When each node is reached first from each of some sources (rows), NaN where it is not, and by which last way."""

    days: Values
    ways: NDArray[np.int32]


def possibly(*, strict: bool) -> Arrive:
    """Arrive as early as the days and what went before allow."""

    def arrive(ways: Ways, which: Numbers, reached: float, at_source: Flags) -> tuple[Values, Flags]:
        earliest = np.where(at_source, reached, reached + 1) if strict else reached
        days = np.maximum(ways.first[which], earliest)
        return days, days <= np.minimum(ways.last[which], LAST_DAY)

    return arrive


def certainly(*, strict: bool) -> Arrive:
    """Arrive on the last day, if what went before is certainly over on the first."""

    def arrive(ways: Ways, which: Numbers, reached: float, at_source: Flags) -> tuple[Values, Flags]:
        first, last = ways.first[which], ways.last[which]
        late_enough = (first > reached) | (at_source & (first >= reached)) if strict else first >= reached
        return last, late_enough & ~(np.isneginf(first) & np.isposinf(last))

    return arrive


def blocks(sources: Sequence[int], nodes: int) -> list[Sequence[int]]:
    """The sources, as many at a time as can be searched together."""
    most = max(1, _HELD // max(nodes, 1))
    return [sources[at : at + most] for at in range(0, len(sources), most)]


def first_arrivals(ways: Ways, sources: Sequence[int], start: float, arrive: Arrive) -> Arrivals:
    """When every node is reached first, and by which last way; of equal ones the shortest found, then in their order.

    The search of Dijkstra (1959) with days for distances, for all sources together: what is reached on one day and in
    so many steps goes on at once, the earliest and of these the shortest first.
    """
    size = len(ways.begin) - 1
    origin = np.asarray(sources, np.int64)
    days = np.full(len(origin) * size, np.inf)
    steps = np.zeros(len(days), np.int32)
    via = np.full(len(days), -1, np.int32)
    known, settled = np.zeros(len(days), np.bool_), np.zeros(len(days), np.bool_)
    own = np.arange(len(origin)) * size + origin
    days[own], known[own] = start, True
    waiting: list[tuple[float, int]] = [(start, 0)] if len(own) else []
    held: dict[tuple[float, int], list[Numbers]] = {(start, 0): [own]}
    while waiting:
        reached, so_far = now = heappop(waiting)
        states = np.unique(np.concatenate(held.pop(now)))
        states = states[~settled[states] & (days[states] == reached) & (steps[states] == so_far)]
        settled[states] = True
        nodes = states % size
        at, which = spread(nodes, ways.begin)
        if not len(at):
            continue
        found, holds = arrive(ways, which, reached, nodes[at] == origin[states[at] // size])
        ends = states[at] - nodes[at] + ways.ends[which]
        holds &= ~settled[ends]
        # A way that is not known yet is better than none, even one that arrives nobody knows when.
        holds &= ~known[ends] | (found < days[ends]) | ((found == days[ends]) & (so_far + 1 < steps[ends]))
        found, ends, which = found[holds], ends[holds], which[holds]
        order = np.lexsort((found, ends))
        ends = ends[order]
        best = order[np.flatnonzero(np.diff(ends, prepend=-1))]
        found, which, ends = found[best], which[best], np.unique(ends)
        days[ends], steps[ends], via[ends], known[ends] = found, so_far + 1, which, True
        for day in np.unique(found).tolist():
            then = day, so_far + 1
            if then not in held:
                held[then] = []
                heappush(waiting, then)
            held[then].append(ends[found == day])
    days[~settled] = np.nan
    return Arrivals(days.reshape(-1, size), via.reshape(-1, size))
