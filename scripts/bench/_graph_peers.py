"""What other programs take for the network measures: SciPy, and igraph, rustworkx and NetworKit where there are these.

Each peer gets the same NetworkX graph, and its time has what it takes to make its own of it, as that of ours has.
"""

from __future__ import annotations

import heapq
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import eigsh

from journeys.analysis.methods.temporal_reachability import Contact

Peer = Callable[[Any], Sequence[float]]
"""Given the graph: the value of each node."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of processor time, and the result."""
    begun = time.process_time()
    done = work()
    return time.process_time() - begun, done


def peers() -> Mapping[str, Mapping[str, Peer]]:
    """By measure, those that are there."""
    found: dict[str, dict[str, Peer]] = {
        "brokerage": {"SciPy": brokered},
        "constraint and effective size": {"SciPy": constrained},
        "eigenvector": {"SciPy": principal},
        "k-core": {"rustworkx": rustworkx_cores},
        "closeness": {},
        "betweenness": {"networkx": betweenness},
        "reach from 20 sources": {"plain Python": arrivals},
    }
    try:
        igraph: Any = import_module("igraph")
    except ImportError:
        pass
    else:

        def other(graph: Any) -> Any:
            return igraph.Graph.from_networkx(graph)

        found["constraint and effective size"]["igraph (constraint alone)"] = lambda graph: other(graph).constraint()
        found["eigenvector"]["igraph"] = lambda graph: of_length_1(other(graph).eigenvector_centrality())
        found["k-core"]["igraph"] = lambda graph: other(graph).coreness()
        found["closeness"]["igraph"] = lambda graph: other(graph).closeness()
    try:
        networkit: Any = import_module("networkit")
    except ImportError:
        pass
    else:

        def run(make: Callable[[Any], Any]) -> Peer:
            return lambda graph: make(networkit.nxadapter.nx2nk(graph)).run().scores()

        of = networkit.centrality
        found["eigenvector"]["NetworKit"] = run(lambda graph: of.EigenvectorCentrality(graph, tol=1e-12))
        found["k-core"]["NetworKit"] = run(of.CoreDecomposition)
        found["closeness"]["NetworKit"] = run(lambda graph: of.Closeness(graph, True, of.ClosenessVariant.STANDARD))
    return found


def matrix(graph: Any) -> csr_array[Any, tuple[int, int]]:
    """The adjacency of a graph, as SciPy has it."""
    return csr_array(nx.to_scipy_sparse_array(graph, dtype=np.dtype(np.float64), format="csr"))


def betweenness(graph: nx.Graph[Any]) -> Sequence[float]:
    """The plain sum over all pairs."""
    return list(nx.betweenness_centrality(graph, normalized=False).values())


def brokered(graph: Any) -> Sequence[float]:
    """The pairs that each node brokers, of all roles together and of each but the last."""
    ties, groups = matrix(graph), np.array([held["group"] for _, held in graph.nodes(data=True)])
    arcs = ties.tocoo()
    alike = groups[arcs.row] == groups[arcs.col]
    shape = ties.shape
    own = csr_array((arcs.data[alike], (arcs.row[alike], arcs.col[alike])), shape=shape)
    other = csr_array((arcs.data[~alike], (arcs.row[~alike], arcs.col[~alike])), shape=shape)

    def open_pairs(into: Any, out: Any, closing: Any) -> Any:
        ways = into.sum(axis=0) * out.sum(axis=1) - (into.T * out).sum(axis=1)
        return ways - (out * (into.T @ closing)).sum(axis=1)

    open_pairs(own, own, own), open_pairs(own, other, other), open_pairs(other, own, other)
    return list(open_pairs(ties, ties, ties))


def constrained(graph: Any) -> Sequence[float]:
    """Burt's constraint; his effective size is found beside it."""
    ties = matrix(graph)
    strength = ties + ties.T if graph.is_directed() else ties
    shares = diags_array(1 / np.maximum(strength.sum(axis=1), 1)) @ strength
    pattern = (strength > 0).astype(np.float64)
    largest = strength.max(axis=1).toarray().ravel()
    redundancy = (pattern * (shares @ (strength @ diags_array(1 / np.maximum(largest, 1))))).sum(axis=1)
    assert len(pattern.sum(axis=1) - redundancy) == len(graph)
    invested = shares + pattern * (shares @ shares)
    return list((invested * invested).sum(axis=1))


def principal(graph: Any) -> Sequence[float]:
    """The first eigenvector."""
    ties = matrix(graph)
    _, vectors = eigsh(ties, k=1, which="LA", v0=np.ones(ties.shape[0]))
    return list(np.abs(vectors[:, 0]))


def of_length_1(vector: Sequence[float]) -> Sequence[float]:
    """igraph makes the largest value 1."""
    return list(np.array(vector) / np.linalg.norm(vector))


def rustworkx_cores(graph: Any) -> Sequence[float]:
    """Core numbers."""
    rustworkx: Any = import_module("rustworkx")
    made = rustworkx.networkx_converter(graph)
    found = rustworkx.core_number(made)
    return [found[at] for at in range(len(graph))]


def arrivals(asked: tuple[Sequence[Contact], Sequence[Any]]) -> Sequence[float]:
    """How many each source can have reached and certainly reached: two searches each, without chains or anything else.

    As ``reaches`` with the days of contacts unsure within a day.
    """
    contacts, sources = asked
    ways: defaultdict[Any, list[tuple[Any, int, int]]] = defaultdict(list)
    for contact in contacts:
        assert contact.when.date_from is not None
        assert contact.when.date_to is not None
        first, last = contact.when.date_from.toordinal(), contact.when.date_to.toordinal()
        ways[contact.start].append((contact.end, first, last))
        if not contact.directed:
            ways[contact.end].append((contact.start, first, last))
    found = []
    for source in sources:
        for certain in (False, True):
            best, settled, waiting = {source: 0}, set[Any](), [(0, source)]
            while waiting:
                reached, node = heapq.heappop(waiting)
                if node in settled:
                    continue
                settled.add(node)
                for end, first, last in ways[node]:
                    day = last if certain else max(first, reached)
                    holds = first > reached if certain else day <= last
                    if holds and day < best.get(end, 10**9):
                        best[end] = day
                        heapq.heappush(waiting, (day, end))
            found.append(len(settled) - 1)
    return found
