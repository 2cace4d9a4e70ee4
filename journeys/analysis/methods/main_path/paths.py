"""Main paths of a citation network: the chains of citations along which most of its knowledge flows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Literal

from journeys.analysis.methods.main_path.network import (
    Arc,
    CitationNetwork,
    Edge,
    LeftOut,
    ReasonLeftOut,
    citation_network,
    rank,
)
from journeys.analysis.methods.main_path.traversal_counts import TraversalCounts, traversal_counts

__all__ = [
    "Arc",
    "CitationNetwork",
    "Edge",
    "KeyRoute",
    "KeyRoutes",
    "LeftOut",
    "MainPaths",
    "ReasonLeftOut",
    "TraversalCounts",
    "citation_network",
    "global_main_paths",
    "key_routes",
    "local_main_paths",
    "traversal_counts",
]

Weights = Mapping[Arc, int] | Mapping[Arc, float]
Route = tuple[Hashable, ...]


@dataclass(frozen=True)
class MainPaths:
    """All main paths that are tied, each the units from a source to a sink.

    ``arcs`` are those of all the paths together, in text order: every chain along them from a unit without a
    predecessor to one without a successor is one of the paths. ``number`` says how many there are (it may be vast
    where much is tied; 0 where the network has no arc). ``heaviest`` and ``lightest`` are the sums of the weights
    along them; they differ only where a search looked at one step at a time; None where there is no path.
    """

    arcs: tuple[Arc, ...]
    number: int
    heaviest: int | float | None
    lightest: int | float | None

    @property
    def units(self) -> tuple[Hashable, ...]:
        """All units on the paths, in text order."""
        return tuple(sorted({unit for arc in self.arcs for unit in arc}, key=rank))

    def paths(self, most: int | None = None) -> tuple[Route, ...]:
        """The tied paths in text order; with ``most``, that many at most (all of them may be too many to hold)."""
        return tuple(islice(self._walk(), most))

    def _walk(self) -> Iterator[Route]:
        after: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        for tail, head in self.arcs:
            after[tail].append(head)
        heads = {head for _, head in self.arcs}
        for start in [tail for tail in after if tail not in heads]:
            route, ways = [start], [iter(after[start])]
            while ways:
                step = next(ways[-1], None)
                if step is None:
                    ways.pop()
                    route.pop()
                elif step in after:
                    route.append(step)
                    ways.append(iter(after[step]))
                else:
                    yield (*route, step)


@dataclass(frozen=True, slots=True)
class KeyRoute:
    """One key route: the arc, its weight, and the main paths through it."""

    arc: Arc
    weight: int | float
    through: MainPaths


@dataclass(frozen=True, slots=True)
class KeyRoutes:
    """The key routes, the heaviest first; ``arcs`` and ``units`` are those of all their main paths together."""

    routes: tuple[KeyRoute, ...]
    arcs: tuple[Arc, ...]
    units: tuple[Hashable, ...]


def local_main_paths(
    network: CitationNetwork, weights: Weights, *, direction: Literal["forward", "backward"] = "forward"
) -> MainPaths:
    """The local main paths: at every step the heaviest arc (the "priority first search" of Hummon & Doreian 1989).

    Forward, the search starts with the heaviest of all the arcs that leave a source, and goes on to a sink; backward,
    with the heaviest of all the arcs that enter a sink, and goes back to a source (Liu & Lu 2012). Whatever is tied
    is followed, all of it.

    ``weights`` gives a finite number for each of ``network.arcs``, such as ``traversal_counts(network).spc``. Raises
    ValueError if it does not, or for another direction.
    """
    if direction not in ("forward", "backward"):
        raise ValueError(f"a search runs forward or backward, not {direction!r}")
    search = _Search(network, weights)
    if direction == "forward":
        start = _heaviest(search.exact, (arc for source in network.sources for arc in search.leaving(source)))
        found = {*start, *search.along([head for _, head in start], search.local_onwards)}
    else:
        start = _heaviest(search.exact, (arc for sink in network.sinks for arc in search.entering(sink)))
        found = {*start, *search.along([tail for tail, _ in start], search.local_back, back=True)}
    return search.paths(found)


def global_main_paths(network: CitationNetwork, weights: Weights) -> MainPaths:
    """The global main paths: of all paths from a source to a sink those with the largest sum of weights.

    Source: the critical path of Batagelj (2003), the global search of Liu & Lu (2012). All tied paths are kept.
    ``weights`` gives a finite number for each of ``network.arcs``; raises ValueError if it does not.
    """
    search = _Search(network, weights)
    best = max((search.best_onwards[source] for source in network.sources), default=None)
    starts = [source for source in network.sources if search.best_onwards[source] == best]
    return search.paths(search.along(starts, search.global_onwards))


def key_routes(
    network: CitationNetwork, weights: Weights, k: int = 1, *, search: Literal["local", "global"] = "local"
) -> KeyRoutes:
    """The ``k`` heaviest arcs and the main paths through each of them (Liu & Lu 2012).

    From the head of a key route the search goes on to a sink, from its tail back to a source: "local" by the heaviest
    arc at every step, "global" by the largest sum of weights. The heaviest arc of all need not lie on any other main
    path. Arcs that weigh as much as the k-th are key routes too, so there may be more than ``k``, and all tied paths
    are kept.

    ``weights`` gives a finite number for each of ``network.arcs``. Raises ValueError if it does not, for a ``k``
    below 1, or for another kind of search.
    """
    if k < 1:
        raise ValueError(f"the number of key routes must be 1 or more, not {k}")
    if search not in ("local", "global"):
        raise ValueError(f"a search is local or global, not {search!r}")
    looking = _Search(network, weights)
    ranked = sorted(network.arcs, key=lambda arc: -looking.exact[arc])
    least = looking.exact[ranked[min(k, len(ranked)) - 1]] if ranked else None
    onwards, back = (
        (looking.local_onwards, looking.local_back)
        if search == "local"
        else (looking.global_onwards, looking.global_back)
    )
    routes = []
    for arc in ranked:
        if least is None or looking.exact[arc] < least:
            break
        tail, head = arc
        found = {arc, *looking.along([head], onwards), *looking.along([tail], back, back=True)}
        routes.append(KeyRoute(arc, weights[arc], looking.paths(found)))
    together = {arc for route in routes for arc in route.through.arcs}
    return KeyRoutes(
        routes=tuple(routes),
        arcs=tuple(arc for arc in network.arcs if arc in together),
        units=tuple(sorted({unit for arc in together for unit in arc}, key=rank)),
    )


class _Search:
    """A network with its weights as exact numbers, so that sums that are equal are found equal."""

    def __init__(self, network: CitationNetwork, weights: Weights) -> None:
        arcs = set(network.arcs)
        if set(weights) != arcs:
            wrong = min(arcs.symmetric_difference(weights), key=rank)
            raise ValueError(f"there must be one weight for each arc of the network, and no other: see {wrong}")
        for arc in network.arcs:
            if not math.isfinite(weights[arc]):
                raise ValueError(f"the arc {arc} weighs {weights[arc]}; a weight is a finite number")
        self.network = network
        self.exact = {arc: Fraction(weights[arc]) for arc in network.arcs}
        self._place = {arc: number for number, arc in enumerate(network.arcs)}
        self._turn = {unit: number for number, unit in enumerate(network.order)}

    def leaving(self, unit: Hashable) -> list[Arc]:
        return [(unit, other) for other in self.network.graph.successors(unit)]

    def entering(self, unit: Hashable) -> list[Arc]:
        return [(other, unit) for other in self.network.graph.predecessors(unit)]

    def local_onwards(self, unit: Hashable) -> list[Arc]:
        return _heaviest(self.exact, self.leaving(unit))

    def local_back(self, unit: Hashable) -> list[Arc]:
        return _heaviest(self.exact, self.entering(unit))

    def global_onwards(self, unit: Hashable) -> list[Arc]:
        best = self.best_onwards
        return [arc for arc in self.leaving(unit) if self.exact[arc] + best[arc[1]] == best[unit]]

    def global_back(self, unit: Hashable) -> list[Arc]:
        best = self.best_back
        return [arc for arc in self.entering(unit) if best[arc[0]] + self.exact[arc] == best[unit]]

    @cached_property
    def best_onwards(self) -> dict[Hashable, Fraction]:
        """For each unit the largest sum of a path from it to a sink."""
        best: dict[Hashable, Fraction] = {}
        for unit in reversed(self.network.order):
            best[unit] = max((self.exact[arc] + best[arc[1]] for arc in self.leaving(unit)), default=Fraction(0))
        return best

    @cached_property
    def best_back(self) -> dict[Hashable, Fraction]:
        """For each unit the largest sum of a path from a source to it."""
        best: dict[Hashable, Fraction] = {}
        for unit in self.network.order:
            best[unit] = max((best[arc[0]] + self.exact[arc] for arc in self.entering(unit)), default=Fraction(0))
        return best

    def along(
        self, starts: Iterable[Hashable], chosen: Callable[[Hashable], list[Arc]], *, back: bool = False
    ) -> set[Arc]:
        """All arcs met when going on from the starts, at every unit along the arcs chosen there."""
        waiting, seen, found = list(starts), set(starts), set()
        while waiting:
            for arc in chosen(waiting.pop()):
                found.add(arc)
                other = arc[0] if back else arc[1]
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return found

    def paths(self, found: set[Arc]) -> MainPaths:
        """The paths that some arcs make, counted and summed."""
        arcs = tuple(sorted(found, key=self._place.__getitem__))
        entering: defaultdict[Hashable, list[Arc]] = defaultdict(list)
        for arc in arcs:
            entering[arc[1]].append(arc)
        number: dict[Hashable, int] = {}
        high: dict[Hashable, Fraction] = {}
        low: dict[Hashable, Fraction] = {}
        for unit in sorted({unit for arc in arcs for unit in arc}, key=self._turn.__getitem__):
            before = entering[unit]
            number[unit] = sum(number[arc[0]] for arc in before) if before else 1
            high[unit] = max((high[arc[0]] + self.exact[arc] for arc in before), default=Fraction(0))
            low[unit] = min((low[arc[0]] + self.exact[arc] for arc in before), default=Fraction(0))
        ends = {head for _, head in arcs} - {tail for tail, _ in arcs}
        return MainPaths(
            arcs=arcs,
            number=sum(number[unit] for unit in ends),
            heaviest=_plain(max(high[unit] for unit in ends)) if ends else None,
            lightest=_plain(min(low[unit] for unit in ends)) if ends else None,
        )


def _heaviest(weights: Mapping[Arc, Fraction], arcs: Iterable[Arc]) -> list[Arc]:
    """Of some arcs all that weigh most."""
    among = list(arcs)
    most = max((weights[arc] for arc in among), default=None)
    return [arc for arc in among if weights[arc] == most]


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)
