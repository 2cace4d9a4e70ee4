"""Eigenvector centrality, unique for every graph, connected or not."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from journeys.analysis.methods.arrays import Arcs, Numbers, Values, arcs_of
from journeys.analysis.methods.centrality.cohesion import components

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
    arcs = arcs_of(graph, directed=False)
    return arcs.by_node(eigenvector_of(arcs), graph)


def eigenvector_of(arcs: Arcs) -> list[float]:
    """The same for arcs each way, in the order of the nodes."""
    parts = components(arcs)
    degrees = np.diff(arcs.first)
    highest = np.zeros(len(parts), np.int64)
    for number, members in enumerate(parts):
        highest[number] = degrees[members].max()
    found: list[tuple[Numbers, float, Values]] = []
    largest = 0.0
    for number in np.argsort(-highest, kind="stable"):
        # No eigenvalue is larger than the highest degree.
        if highest[number] == 0 or highest[number] < largest * (1 - _EQUAL):
            break
        members = parts[number]
        whole = len(parts) == 1
        found.append((members, *_principal(arcs.matrix if whole else arcs.matrix[members][:, members])))
        largest = max(largest, found[-1][1])
    values = np.zeros(len(arcs.nodes))
    for members, value, vector in found:
        if value >= largest * (1 - _EQUAL):
            values[members] = vector * vector.sum()
    length = math.sqrt(math.fsum(value * value for value in values.tolist()))
    return [value / length if length else 0.0 for value in values.tolist()]


def _principal(matrix: csr_array[Any, tuple[int, int]]) -> tuple[float, Values]:
    """The largest eigenvalue of a connected graph, and its unit eigenvector with no negative value.

    The thick-restart Lanczos method (Wu & Simon 2000), begun from equal values: these are never at right angles to the
    vector sought, which is positive (Perron-Frobenius). Power iteration would need millions of rounds in a long chain.
    """
    size, arcs = matrix.shape[0], matrix.nnz
    most = min(size, _STEPS)
    basis = np.zeros((most + 1, size))
    basis[0] = 1 / math.sqrt(size)
    inside = np.zeros((most, most))  # the graph's matrix as the basis sees it
    kept, value, vector = 0, 0.0, basis[0]
    for _ in range(_RESTARTS):
        steps, left = kept, 0.0
        while steps < most:
            product = np.asarray(matrix @ basis[steps], dtype=np.float64)
            held = basis[: steps + 1]
            along = _by_rows(held, product)
            inside[steps, : steps + 1] = inside[: steps + 1, steps] = along
            product = product - _together(along, held)
            product = product - _together(_by_rows(held, product), held)  # what rounding left of it
            left = _length(product)
            steps += 1
            if left <= _SETTLED * arcs / size:
                break
            basis[steps] = product / left
        values, vectors = np.linalg.eigh(inside[:steps, :steps])
        value, vector = float(values[-1]), np.abs(_together(vectors[:, -1], basis[:steps]))
        if left * abs(vectors[-1, -1]) <= _SETTLED * value or steps < most or most == size:
            break
        kept = max(1, steps // 3)
        basis[:kept] = vectors[:, -kept:].T @ basis[:steps]
        basis[kept] = basis[steps]
        inside[:] = 0.0
        inside[range(kept), range(kept)] = values[-kept:]
    return value, vector / _length(vector)


# Not by BLAS: its threads wait for each other longer than these short products take, most of all on a busy machine.


def _by_rows(basis: Values, vector: Values) -> Values:
    return np.asarray(np.einsum("ij,j->i", basis, vector), dtype=np.float64)


def _together(shares: Values, basis: Values) -> Values:
    return np.asarray(np.einsum("i,ij->j", shares, basis), dtype=np.float64)


def _length(vector: Values) -> float:
    return math.sqrt(float(np.einsum("i,i->", vector, vector)))
