"""Shortest-path measures: by NetworkX, or by compiled code where the graph is large."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import networkx as nx
import numpy as np

from journeys.analysis.methods.arrays import Arcs, arcs_of
from journeys.analysis.methods.centrality.cohesion import LARGE, components

Engine = Literal["networkx", "rustworkx"]
ReachEngine = Literal["networkx", "rustworkx", "numpy"]

_PARALLEL = 2_000
"""Nodes from which rustworkx uses several threads: they add in any order, so below it the last bits are the same in
every run, and above it they are not."""
_AT_ONCE = 64
"""Nodes whose distances are found together: the bits of a number."""
_DEEP = 64
"""Steps after which numpy gives way to rustworkx: it looks at every node at each step, so takes long for long chains.
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many other nodes there is a path to (or from), and the sum of the lengths of the shortest ones."""

    others: int
    far: int


def betweenness(graph: nx.Graph[Any], *, engine: Engine | None = None) -> dict[Any, float]:
    """Raw betweenness of every node of a graph, weights ignored (Freeman 1977, by Brandes 2001).

    Undirected: over unordered pairs, between 0 and (n-1)(n-2)/2; directed: over ordered pairs, up to (n-1)(n-2). Both
    engines agree to 1e-9, relative to that maximum and in practice to the values themselves.
    """
    arcs = arcs_of(graph)
    return arcs.by_node(betweenness_of(arcs, engine=engine), graph)


def betweenness_of(arcs: Arcs, *, engine: Engine | None = None) -> list[float]:
    """The same for arcs, in the order of the nodes."""
    if (engine or _chosen(arcs)) == "networkx":
        return [float(value) for value in nx.betweenness_centrality(_plain(arcs), normalized=False).values()]
    import rustworkx

    # Arcs that are sorted by where they start lie together in memory, which makes the search a third faster than
    # rustworkx's own undirected graph.
    found = rustworkx.digraph_betweenness_centrality(_rustworkx(arcs), normalized=False, parallel_threshold=_PARALLEL)
    # An undirected tie goes over as two arcs, so every pair is met from both ends.
    share = 1.0 if arcs.directed else 0.5
    return [share * found[number] for number in range(len(arcs.nodes))]


def reach(graph: nx.Graph[Any], *, incoming: bool = False, engine: ReachEngine | None = None) -> dict[Any, Reach]:
    """For every node of a graph, what it reaches and how far that is, weights ignored; or what reaches it."""
    arcs = arcs_of(graph)
    return arcs.by_node(reach_of(arcs, incoming=incoming, engine=engine), graph)


def reach_of(arcs: Arcs, *, incoming: bool = False, engine: ReachEngine | None = None) -> list[Reach]:
    """The same for arcs, in the order of the nodes."""
    along = arcs.turned if incoming else arcs
    chosen = engine or ("numpy" if _chosen(arcs) == "rustworkx" else "networkx")
    if chosen == "networkx":
        plain = _plain(along)
        lengths = (nx.single_source_shortest_path_length(plain, node) for node in plain)
        return [Reach(len(found) - 1, sum(found.values())) for found in lengths]
    return (_by_bits(along) if chosen == "numpy" else None) or _by_rustworkx(along)


def _by_bits(arcs: Arcs) -> list[Reach] | None:
    """From the ends: in each step a node learns which nodes those it has an arc to have come to learn of.

    A bit of a number is one such node. None for a graph in which some are more than ``_DEEP`` steps apart.
    """
    size = len(arcs.nodes)
    others, far = np.zeros(size, np.int64), np.zeros(size, np.int64)
    starting = np.flatnonzero(np.diff(arcs.first))
    begin = arcs.first[starting]
    for one in range(0, size if len(starting) else 0, _AT_ONCE):
        some = np.arange(one, min(size, one + _AT_ONCE))
        known = np.zeros(size, np.uint64)
        known[some] = np.uint64(1) << (some - one).astype(np.uint64)
        last, steps = known.copy(), 0
        while last.any():
            steps += 1
            if steps > _DEEP:
                return None
            new = np.zeros(size, np.uint64)
            new[starting] = np.bitwise_or.reduceat(last[arcs.ends], begin)
            last = new & ~known
            known |= last
            number = np.bitwise_count(last).astype(np.int64)
            others += number
            far += steps * number
    return [Reach(*each) for each in zip(others.tolist(), far.tolist(), strict=True)]


def _by_rustworkx(arcs: Arcs) -> list[Reach]:
    import rustworkx

    # rustworkx's closeness is of the arcs coming in
    graph = _rustworkx(arcs.turned)
    close = partial(rustworkx.digraph_closeness_centrality, graph, parallel_threshold=_PARALLEL)
    plain = close(wf_improved=False)  # others / far
    size = len(arcs.nodes)
    others = [0] * size
    if arcs.directed:
        # The corrected form is the same times others / (n - 1).
        corrected = close(wf_improved=True)
        others = [round(corrected[at] / plain[at] * (size - 1)) if plain[at] else 0 for at in range(size)]
    else:
        for part in components(arcs):
            for at in part.tolist():
                others[at] = len(part) - 1
    return [Reach(number, round(number / plain[at]) if number else 0) for at, number in enumerate(others)]


def _chosen(arcs: Arcs) -> Engine:
    return "rustworkx" if len(arcs.nodes) >= LARGE else "networkx"


def _plain(arcs: Arcs) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.DiGraph() if arcs.directed else nx.Graph()
    graph.add_nodes_from(range(len(arcs.nodes)))
    graph.add_edges_from(arcs.pairs)
    return graph


def _rustworkx(arcs: Arcs) -> Any:
    import rustworkx

    graph: Any = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(len(arcs.nodes)))
    graph.extend_from_edge_list(arcs.pairs)
    return graph
