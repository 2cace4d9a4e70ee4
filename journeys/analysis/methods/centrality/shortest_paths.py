"""Shortest-path measures on a simple graph: by NetworkX, or by rustworkx where the graph is large."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import networkx as nx

Engine = Literal["networkx", "rustworkx"]

LARGE = 200
"""Nodes from which rustworkx is taken, unless the caller says which."""
_PARALLEL = 2_000
"""Nodes from which rustworkx uses several threads: they add in any order, so below it the last bits are the same in
every run, and above it they are not."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many other nodes there is a path to (or from), and the sum of the lengths of the shortest ones."""

    others: int
    far: int


def betweenness(graph: nx.Graph[Any], *, engine: Engine | None = None) -> dict[Any, float]:
    """Raw betweenness of every node of a simple graph, weights ignored (Freeman 1977, by Brandes 2001).

    Undirected: over unordered pairs, between 0 and (n-1)(n-2)/2; directed: over ordered pairs, up to (n-1)(n-2). Both
    engines agree to 1e-9, relative to that maximum and in practice to the values themselves.
    """
    if _chosen(graph, engine) == "networkx":
        return {node: float(value) for node, value in nx.betweenness_centrality(graph, normalized=False).items()}
    import rustworkx

    found = rustworkx.digraph_betweenness_centrality(_arcs(graph), normalized=False, parallel_threshold=_PARALLEL)
    # An undirected graph goes over as two arcs an edge, so every pair is met from both ends.
    share = 1.0 if graph.is_directed() else 0.5
    return {node: share * found[number] for number, node in enumerate(graph)}


def reach(graph: nx.Graph[Any], *, incoming: bool = False, engine: Engine | None = None) -> dict[Any, Reach]:
    """For every node of a simple graph, what it reaches and how far that is, weights ignored; or what reaches it."""
    if _chosen(graph, engine) == "networkx":
        # networkx's paths go along the arcs
        along = graph.reverse(copy=False) if isinstance(graph, nx.DiGraph) and incoming else graph
        lengths = {node: nx.single_source_shortest_path_length(along, node) for node in graph}
        return {node: Reach(len(found) - 1, sum(found.values())) for node, found in lengths.items()}
    import rustworkx

    # rustworkx's closeness is of the arcs coming in
    close = partial(rustworkx.digraph_closeness_centrality, _arcs(graph, turned=not incoming))
    plain = close(wf_improved=False, parallel_threshold=_PARALLEL)  # others / far
    if graph.is_directed():
        # The corrected form is the same times others / (n - 1).
        corrected = close(wf_improved=True, parallel_threshold=_PARALLEL)
        others = {
            node: round(corrected[number] / plain[number] * (len(graph) - 1)) if plain[number] else 0
            for number, node in enumerate(graph)
        }
    else:
        others = {node: len(part) - 1 for part in nx.connected_components(graph) for node in part}
    return {
        node: Reach(others[node], round(others[node] / plain[number]) if others[node] else 0)
        for number, node in enumerate(graph)
    }


def _chosen(graph: nx.Graph[Any], engine: Engine | None) -> Engine:
    return engine or ("rustworkx" if len(graph) >= LARGE else "networkx")


def _arcs(graph: nx.Graph[Any], *, turned: bool = False) -> Any:
    """The graph as a rustworkx digraph with the node numbers 0, 1, ... in the order of the graph.

    An undirected edge becomes two arcs, and all arcs are sorted by where they start: so the arcs of a node lie
    together in memory, which makes the search a third faster than rustworkx's own undirected graph.
    """
    import rustworkx

    place = {node: number for number, node in enumerate(graph)}
    pairs = [(place[one], place[other]) for one, other in graph.edges]
    if turned or not graph.is_directed():
        back = [(other, one) for one, other in pairs]
        pairs = back if graph.is_directed() else pairs + back
    arcs = rustworkx.PyDiGraph()
    arcs.add_nodes_from(range(len(place)))
    arcs.extend_from_edge_list(sorted(pairs))
    return arcs
