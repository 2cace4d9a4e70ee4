"""How long the measures take, each beside its peers: ``python scripts/bench/measures.py``.

First the network measures on random graphs (20,000 nodes and 200,000 edges; closeness and betweenness on 5,000 and
50,000), through the functions of ``journeys.analysis.methods``, and the same by SciPy and, where they are installed,
igraph, rustworkx and NetworKit (``pip install igraph networkit``; they are no part of the product). All get the same
NetworkX graph. Printed are seconds of processor time, the ratio of ours to the best, and the largest difference of any
value. networkx needs a minute for betweenness.

Then each measure of ``journeys analyse`` on invented studies (``_large_study.py``) of three sizes, as the program runs
it when the study has been read: seconds of processor time at each size, and the exponent of the growth that fits them
best. ``--claims 0`` leaves this out.
"""

from __future__ import annotations

import argparse
import gc
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import networkx as nx
import numpy as np
from _graph_peers import peers, timed
from _growth import exponent
from _large_study import SHAPES

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.methods.arrays import arcs_of
from journeys.analysis.methods.brokerage.roles import brokerage
from journeys.analysis.methods.centrality.cohesion import cores
from journeys.analysis.methods.centrality.eigenvector import eigenvector
from journeys.analysis.methods.centrality.shortest_paths import betweenness, reach
from journeys.analysis.methods.structural_holes import structural_holes
from journeys.analysis.methods.temporal_reachability import Contact, reaches
from journeys.model.dates import DateSpan
from journeys.model.schema import load_schema


def of_brokerage(graph: Any) -> Sequence[float]:
    found = {each.actor: each.counts.total for each in brokerage(graph, "group").actors}
    return [found[node] for node in graph]


def of_constraint(graph: Any) -> Sequence[float]:
    found = {each.actor: each.constraint or 0.0 for each in structural_holes(graph)}
    return [found[node] for node in graph]


def of_cores(graph: Any) -> Sequence[float]:
    arcs = arcs_of(graph, directed=False)
    found = arcs.by_node(cores(arcs), graph)
    return list(found.values())


def of_closeness(graph: Any) -> Sequence[float]:
    return [each.others / each.far if each.far else 0.0 for each in reach(graph).values()]


def of_reach(asked: tuple[Sequence[Contact], Sequence[Any]]) -> Sequence[float]:
    return [number for each in reaches(*asked) for number in (len(each.reached), len(each.certainly))]


OURS: dict[str, Callable[[Any], Sequence[float]]] = {
    "brokerage": of_brokerage,
    "constraint and effective size": of_constraint,
    "eigenvector": lambda graph: list(eigenvector(graph).values()),
    "k-core": of_cores,
    "reach from 20 sources": of_reach,
    "closeness": of_closeness,
    "betweenness": lambda graph: list(betweenness(graph).values()),
}
SMALLER = ("closeness", "betweenness")
"""Measured on a quarter of the nodes and edges: they look at each two nodes."""


def made(nodes: int, edges: int) -> nx.Graph[Any]:
    """A random graph whose nodes belong to groups."""
    graph: nx.Graph[Any] = nx.gnm_random_graph(nodes, edges, seed=2013)
    nx.set_node_attributes(graph, {node: node % 5 for node in graph}, "group")
    return graph


def contacts(nodes: int, number: int) -> tuple[list[Contact], range]:
    """Contacts in five years, each within a week, and the sources."""
    dice = random.Random(2013)
    found = []
    for key in range(number):
        day = date(2010, 1, 1) + timedelta(days=dice.randrange(5 * 365))
        when = DateSpan(None, day, day + timedelta(days=dice.randrange(7)), "between")
        found.append(Contact(dice.randrange(nodes), dice.randrange(nodes), when, key, dice.random() < 0.5))
    return found, range(min(20, nodes))


def beside_peers(nodes: int, edges: int) -> None:
    """A line for each network measure."""
    print(f"{'network measure':30} {'nodes':>7} {'ours, s':>8}  {'ratio':>6}  peers, s (largest difference)")
    by_measure = peers()
    for name, ours in OURS.items():
        size = (nodes // 4, edges // 4) if name in SMALLER else (nodes, edges)
        given: Any = contacts(*size) if ours is of_reach else made(*size)
        runs = [timed(lambda work=ours, on=given: work(on)) for _ in range(3)]  # type: ignore[misc]
        seconds, values = sorted(runs, key=lambda run: run[0])[1]
        told, best = [], float("inf")
        for peer, work in by_measure[name].items():
            took, theirs = timed(lambda work=work, on=given: work(on))  # type: ignore[misc]
            apart = np.max(np.abs(np.array(values) - np.array(theirs)), initial=0.0)
            told.append(f"{peer} {took:.2f} ({apart:.0e})")
            best = min(best, took)
        print(f"{name:30} {size[0]:7,} {seconds:8.2f}  {seconds / max(best, 1e-9):6.2f}  {', '.join(told)}", flush=True)


def growth(claims: int) -> None:
    """A line for each measure and shape of study."""
    sizes = [claims // 4, claims // 2, claims]
    schema = load_schema()
    for shape, invent in SHAPES.items():
        print(f"\n{shape:20} " + "".join(f"{size:>10,}" for size in sizes) + "   grows with n to the")
        took: dict[str, list[float]] = {name: [] for name in MEASURES}
        for measure in MEASURES.values():  # so that what is imported and read once is in no time
            measure.run(invent(200), Selection(), schema=schema)
        for size in sizes:
            study = invent(size)
            for name, measure in MEASURES.items():
                graph = nx.freeze(study.copy())
                seconds, _ = timed(lambda on=graph, run=measure.run: run(on, Selection(), schema=schema))  # type: ignore[misc]
                took[name].append(seconds)
                del graph
                gc.collect()
        for name, each_size in took.items():
            power = exponent(sizes, [max(each, 1e-3) for each in each_size])
            print(f"{name:20} " + "".join(f"{each:10.2f}" for each in each_size) + f"   {power:.2f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=20_000, help="0: no network measures")
    options.add_argument("--edges", type=int, default=200_000)
    options.add_argument("--claims", type=int, default=30_000, help="the largest of the three sizes; 0: none")
    given = options.parse_args()
    if given.nodes:
        beside_peers(given.nodes, given.edges)
    if given.claims:
        growth(given.claims)


if __name__ == "__main__":
    main()
