"""How a network holds together: its components, k-cores and cutpoints, direction ignored."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse.csgraph import connected_components

from journeys.analysis.methods.arrays import Arcs, Numbers, spread

LARGE = 200
"""Nodes from which rustworkx is taken for NetworkX."""


def components(arcs: Arcs, *, strong: bool = False) -> list[Numbers]:
    """The nodes of each component, rising: the largest first, of equals that with the first node.

    ``strong``: parts in which everyone reaches everyone along the arcs; else direction is ignored.
    """
    if not arcs.nodes:
        return []
    _, which = connected_components(arcs.matrix, directed=arcs.directed, connection="strong" if strong else "weak")
    order = np.argsort(which, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(which[order])) + 1)
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def cores(arcs: Arcs) -> list[int]:
    """The core number of each node (Seidman 1983); ``arcs`` are an arc each way.

    All nodes with too few ties to belong to the next core are taken away together, until none is left that has
    (Batagelj & Zaversnik 2003).
    """
    left = np.diff(arcs.first)
    found = np.zeros(len(left), np.int64)
    there = np.ones(len(left), np.bool_)
    core = 0
    while there.any():
        core = max(core, int(left[there].min()))
        going = np.flatnonzero(there & (left <= core))
        while len(going):
            found[going] = core
            there[going] = False
            near = arcs.ends[spread(going, arcs.first)[1]]
            near, lost = np.unique(near[there[near]], return_counts=True)
            left[near] -= lost
            going = near[left[near] <= core]
    return found.tolist()


def cutpoints(arcs: Arcs) -> set[int]:
    """The numbers of the articulation points (Harary, Norman & Cartwright 1965); ``arcs`` are an arc each way."""
    pairs = arcs.chosen(arcs.starts < arcs.ends).pairs
    if len(arcs.nodes) < LARGE:
        plain: nx.Graph[Any] = nx.Graph(pairs)
        return set(nx.articulation_points(plain))
    import rustworkx

    graph: Any = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(arcs.nodes)))
    graph.extend_from_edge_list(pairs)
    return set(rustworkx.articulation_points(graph))
