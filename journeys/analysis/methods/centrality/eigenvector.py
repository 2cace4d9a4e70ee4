"""Eigenvector centrality, unique for every graph, connected or not."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from journeys.analysis.methods.simple_graph import in_order

_Vector = NDArray[np.float64]

_STEPS = 60
"""Vectors held before the method begins again with the best third of them."""
_RESTARTS = 300
_SETTLED = 1e-13
"""The residual, relative to the eigenvalue, at which a vector counts as found."""
_EQUAL = 1e-9
"""Eigenvalues of components closer than this (relative) are the same."""


def eigenvector(graph: nx.Graph[Any]) -> dict[Any, float]:
    """The entry of each node in the first eigenvector of a simple undirected graph, weights ignored (Bonacich 1972).

    Values are 0 or more and their squares sum to 1. In a connected graph this is the eigenvector itself. In a graph
    of several components the largest eigenvalue belongs to one of them, and all others get 0: their actors have no
    part in the first eigenvector. Where components share the largest eigenvalue, so that any mixture of theirs would
    do, it is the vector nearest to equal values (the projection of 1, 1, ..., 1), which depends on no order. All 0
    without any tie.

    SOURCE: Bonacich, P. (1972), Factoring and weighting approaches to status scores and clique identification.
    """
    found = []
    for members in nx.connected_components(graph):
        if len(members) > 1:
            nodes = sorted(members, key=in_order)
            found.append((nodes, *_principal(nodes, graph.subgraph(members))))
    values = dict.fromkeys(graph, 0.0)
    largest = max((value for _, value, _ in found), default=0.0)
    for nodes, value, vector in found:
        if value >= largest * (1 - _EQUAL):
            values.update(zip(nodes, (vector * vector.sum()).tolist(), strict=True))
    length = math.sqrt(math.fsum(value * value for value in values.values()))
    return {node: value / length if length else 0.0 for node, value in values.items()}


def _principal(nodes: list[Any], graph: nx.Graph[Any]) -> tuple[float, _Vector]:
    """The largest eigenvalue of a connected graph, and its unit eigenvector with no negative value.

    The thick-restart Lanczos method (Wu & Simon 2000), begun from equal values: these are never at right angles to the
    vector sought, which is positive (Perron-Frobenius). Power iteration would need millions of rounds in a long chain.
    """
    place = {node: number for number, node in enumerate(nodes)}
    pairs = sorted({(place[a], place[b]) for one, other in graph.edges for a, b in ((one, other), (other, one))})
    heads, tails = np.array(pairs, dtype=np.intp).T
    size = len(nodes)
    most = min(size, _STEPS)
    basis = np.zeros((most + 1, size))
    basis[0] = 1 / math.sqrt(size)
    inside = np.zeros((most, most))  # the graph's matrix as the basis sees it
    kept, value, vector = 0, 0.0, basis[0]
    for _ in range(_RESTARTS):
        steps, left = kept, 0.0
        while steps < most:
            product = np.asarray(np.bincount(heads, weights=basis[steps][tails], minlength=size), dtype=np.float64)
            along = basis[: steps + 1] @ product
            inside[steps, : steps + 1] = inside[: steps + 1, steps] = along
            product = product - along @ basis[: steps + 1]
            product = product - (basis[: steps + 1] @ product) @ basis[: steps + 1]  # what rounding left of it
            left = float(np.linalg.norm(product))
            steps += 1
            if left <= _SETTLED * len(pairs) / size:
                break
            basis[steps] = product / left
        values, vectors = np.linalg.eigh(inside[:steps, :steps])
        value, vector = float(values[-1]), np.abs(vectors[:, -1] @ basis[:steps])
        if left * abs(vectors[-1, -1]) <= _SETTLED * value or steps < most or most == size:
            break
        kept = max(1, steps // 3)
        basis[:kept] = vectors[:, -kept:].T @ basis[:steps]
        basis[kept] = basis[steps]
        inside[:] = 0.0
        inside[range(kept), range(kept)] = values[-kept:]
    return value, vector / np.linalg.norm(vector)
