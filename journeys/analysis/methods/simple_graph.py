"""A graph of claims as a graph of ties: at most one tie a pair, nobody tied to themselves, everything in order."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from numbers import Real
from typing import Any

import networkx as nx


def simple(
    graph: nx.Graph[Any], *, directed: bool | None = None, weight: str | None = "weight"
) -> nx.Graph[Any] | nx.DiGraph[Any]:
    """The ties of any NetworkX graph: parallel edges folded into one, self-loops dropped, the input untouched.

    ``directed`` None keeps the kind of the graph; False joins a->b and b->a into one tie; True makes two arcs of each
    undirected edge. The tie's ``weight`` is the sum of the attribute named by ``weight`` over the edges folded, where
    an edge without it (or with None) counts 1; so without weights, and with ``weight=None``, it is the number of
    edges. Nodes keep their attributes. Nodes and ties are sorted by their names, whatever the order of the input.

    The attributes of the graph that is returned say what was lost: ``self_loops`` dropped, and ``parallel``, the
    number of the input's edges beyond the first of each tie.

    Raises ValueError for a weight that is not a finite number of 0 or more.
    """
    arcs = graph.is_directed() if directed is None else directed
    two_arcs = arcs and not graph.is_directed()
    folded: nx.Graph[Any] = nx.DiGraph() if arcs else nx.Graph()
    nodes = sorted(graph.nodes, key=in_order)
    folded.add_nodes_from((node, dict(graph.nodes[node])) for node in nodes)
    place = {node: number for number, node in enumerate(nodes)}
    weights: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    loops = 0
    for one, other, data in graph.edges(data=True):
        if one == other:
            loops += 1
            continue
        pair = place[one], place[other]
        value = _weight(one, other, data, weight)
        weights[pair if arcs else (min(pair), max(pair))].append(value)
        if two_arcs:
            weights[pair[::-1]].append(value)
    for first, second in sorted(weights):
        # fsum: the same sum in whatever order the edges came
        folded.add_edge(nodes[first], nodes[second], weight=math.fsum(weights[first, second]))
    folded.graph["self_loops"] = loops
    folded.graph["parallel"] = graph.number_of_edges() - loops - len(weights) // (1 + two_arcs)
    return folded


def in_order(thing: Any) -> tuple[str, str]:
    """The key by which actors and groups are sorted: the name, and for 1 beside "1" the type."""
    return str(thing), type(thing).__name__


def known(value: Any) -> bool:
    """Whether a node attribute says anything: not None, blank or NaN."""
    return value is not None and value != "" and value == value


def _weight(one: Any, other: Any, data: Mapping[str, Any], name: str | None) -> float:
    value = None if name is None else data.get(name)
    if value is None:
        return 1.0
    if isinstance(value, Real) and 0 <= float(value) < math.inf:
        return float(value)
    raise ValueError(f"The tie {one} - {other} weighs {value!r}; a weight is a finite number of 0 or more.")
