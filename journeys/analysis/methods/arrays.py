"""The ties of a graph as arrays of numbers: what compiled code works on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from numbers import Real
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from journeys.analysis.methods.simple_graph import in_order

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
T = TypeVar("T")

_AT_ONCE = 4_000_000
"""So many steps are held at a time: some 100 MB."""


@dataclass(frozen=True)
class Arcs:
    """At most one arc from one node to another, none from a node to itself, sorted by where they start, then end.

    ``nodes`` are in order; an arc goes from the node numbered ``starts[i]`` to that numbered ``ends[i]``. Where it is
    not ``directed`` a tie is an arc each way. ``weights`` are the sums of the edges that were folded.
    """

    nodes: tuple[Any, ...]
    starts: Numbers
    ends: Numbers
    weights: Values
    directed: bool

    @property
    def ties(self) -> int:
        """The number of arcs, or of ties that are an arc each way."""
        return len(self.starts) if self.directed else len(self.starts) // 2

    @cached_property
    def first(self) -> Numbers:
        """Where the arcs of each node begin, and at the end their number."""
        return np.searchsorted(self.starts, np.arange(len(self.nodes) + 1))

    @cached_property
    def keys(self) -> Numbers:
        """A number for each arc, which tells its start and its end; rising."""
        return self.starts * len(self.nodes) + self.ends

    def find(self, starts: Numbers, ends: Numbers) -> tuple[Numbers, Flags]:
        """The numbers of the arcs between these nodes, and whether there is one (else the number means nothing)."""
        if not len(self.keys):
            return np.zeros(len(starts), np.int64), np.zeros(len(starts), np.bool_)
        wanted = starts * len(self.nodes) + ends
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return at, self.keys[at] == wanted

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The numbers of the start and the end of each arc."""
        return list(zip(self.starts.tolist(), self.ends.tolist(), strict=True))

    def by_node(self, values: Iterable[T], graph: nx.Graph[Any]) -> dict[Any, T]:
        """Values in the order of ``nodes`` as a dictionary in the order of the graph."""
        found = dict(zip(self.nodes, values, strict=True))
        return {node: found[node] for node in graph}

    def chosen(self, which: Flags) -> Arcs:
        """Some of the arcs, with all nodes."""
        return Arcs(self.nodes, self.starts[which], self.ends[which], self.weights[which], self.directed)

    @cached_property
    def both_ways(self) -> Arcs:
        """An arc each way where there is one either way; the weight is that of both together."""
        if not self.directed:
            return self
        return folded(
            self.nodes,
            np.concatenate((self.starts, self.ends)),
            np.concatenate((self.ends, self.starts)),
            np.concatenate((self.weights, self.weights)),
            directed=False,
        )

    @cached_property
    def turned(self) -> Arcs:
        """All arcs the other way."""
        order = np.lexsort((self.starts, self.ends))
        return Arcs(self.nodes, self.ends[order], self.starts[order], self.weights[order], self.directed)

    @cached_property
    def matrix(self) -> csr_array[Any, tuple[int, int]]:
        """A 1 for each arc, from row to column."""
        size = len(self.nodes)
        return csr_array((np.ones(len(self.ends)), self.ends, self.first), shape=(size, size))


def arcs_of(graph: nx.Graph[Any], *, directed: bool | None = None, weight: str | None = None) -> Arcs:
    """The arcs of any NetworkX graph, as ``simple_graph.simple`` folds them: see there for ``directed`` and ``weight``.

    With ``weight`` None every tie weighs 1. Raises ValueError for a weight that is not a finite number of 0 or more.
    """
    held: Any = graph
    nodes = tuple(sorted(graph, key=in_order))
    place = {node: number for number, node in enumerate(nodes)}.__getitem__
    near = held._adj
    several = np.fromiter(map(len, near.values()), np.int64, len(near))
    starts = np.repeat(np.fromiter(map(place, near), np.int64, len(near)), several)
    number = int(several.sum())
    ends = np.fromiter(map(place, chain.from_iterable(near.values())), np.int64, number)
    if weight is None:
        weights = np.ones(number)
    elif graph.is_multigraph():
        parallel = np.fromiter((len(each) for others in near.values() for each in others.values()), np.int64, number)
        starts, ends = np.repeat(starts, parallel), np.repeat(ends, parallel)
        every: Iterable[Any] = (data for others in near.values() for each in others.values() for data in each.values())
        weights = _weights(every, weight, nodes, starts, ends)
    else:
        every = chain.from_iterable(others.values() for others in near.values())
        weights = _weights(every, weight, nodes, starts, ends)
    apart = starts != ends
    starts, ends, weights = starts[apart], ends[apart], weights[apart]
    wanted = graph.is_directed() if directed is None else directed
    # The adjacency of an undirected graph has each of its edges both ways already.
    if graph.is_directed() and not wanted:
        starts, ends = np.concatenate((starts, ends)), np.concatenate((ends, starts))
        weights = np.concatenate((weights, weights))
    made = folded(nodes, starts, ends, weights, directed=wanted)
    return made if weight is not None else replace(made, weights=np.ones(len(made.starts)))


def folded(nodes: tuple[Any, ...], starts: Numbers, ends: Numbers, weights: Values, *, directed: bool) -> Arcs:
    """Arcs of which those with the same ends are one, with the sum of their weights."""
    keys = starts * len(nodes) + ends
    # By weight too, so that the sum is the same in whatever order the edges came.
    order = np.argsort(keys, kind="stable") if (weights == 1).all() else np.lexsort((weights, keys))
    keys = keys[order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    begin = np.flatnonzero(new)
    summed = np.add.reduceat(weights[order], begin) if len(begin) else np.zeros(0)
    return Arcs(nodes, starts[order][begin], ends[order][begin], summed, directed)


def sums(values: Values, first: Numbers) -> Values:
    """The sum of the values of each node's arcs, exactly rounded: the same in whatever order they come."""
    told, begin = values.tolist(), first.tolist()
    return np.array([math.fsum(told[one:other]) for one, other in pairwise(begin)], dtype=np.float64)


def triangles(ties: Arcs) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """All threes of nodes that are tied to each other, each once, some at a time; ``ties`` has an arc each way.

    Each tie is turned to its end with more ties, so that no node has many that go out: the time grows at most with the
    number of ties to the power of 1.5 (Chiba & Nishizeki 1985).
    """
    count = len(ties.nodes)
    degrees = np.diff(ties.first)
    rank = np.empty(count, np.int64)
    rank[np.lexsort((np.arange(count), degrees))] = np.arange(count)
    up = ties.chosen(rank[ties.starts] < rank[ties.ends])
    for near, other in paths(up.starts, up):
        ends = up.ends[near], up.ends[other]
        _, there = up.find(*ends)
        yield up.starts[near][there], ends[0][there], ends[1][there]


def paths(nodes: Numbers, arcs: Arcs, *, together: Numbers | None = None) -> Iterator[tuple[Numbers, Numbers]]:
    """For each of ``nodes`` each arc that starts there: the place among ``nodes`` and the number of the arc.

    They come some at a time; with ``together``, rising places among ``nodes``, those from one to the next in one piece.
    """
    several = np.diff(arcs.first)[nodes]
    whole = np.concatenate((np.zeros(1, np.int64), np.cumsum(several)))
    ends = np.arange(len(nodes) + 1) if together is None else together
    begin: int = 0
    last = len(nodes)
    while begin < last:
        # As many as are held at a time, but at least one piece.
        enough = int(np.searchsorted(whole[ends], whole[begin] + _AT_ONCE, side="right")) - 1
        end = int(ends[max(enough, int(np.searchsorted(ends, begin, side="right")))])
        mine, which = spread(nodes[begin:end], arcs.first)
        yield mine + begin, which
        begin = end


def spread(nodes: Numbers, first: Numbers) -> tuple[Numbers, Numbers]:
    """For each of ``nodes`` each arc that starts there, given where the arcs of each node begin, all at once."""
    several = first[nodes + 1] - first[nodes]
    shift = first[nodes] - np.cumsum(several) + several
    mine = np.repeat(np.arange(len(nodes)), several)
    return mine, shift[mine] + np.arange(len(mine))


def _weights(
    every: Iterable[dict[str, Any]], name: str, nodes: tuple[Any, ...], starts: Numbers, ends: Numbers
) -> Values:
    told = [data.get(name) for data in every]
    if not set(map(type, told)) <= {int, float}:
        told = [1.0 if value is None else value for value in told]
        for loop in np.flatnonzero(starts == ends).tolist():
            told[loop] = 0.0  # self-loops are dropped, whatever they weigh
        for at, value in enumerate(told):
            if not isinstance(value, Real):
                _refuse(value, nodes[starts[at]], nodes[ends[at]])
    found = np.array(told, dtype=np.float64)
    bad = ~(np.isfinite(found) & (found >= 0)) & (starts != ends)
    for at in np.flatnonzero(bad)[:1]:
        _refuse(told[at], nodes[starts[at]], nodes[ends[at]])
    return found


def _refuse(value: Any, one: Any, other: Any) -> None:
    raise ValueError(f"The tie {one} - {other} weighs {value!r}; a weight is a finite number of 0 or more.")
