"""How long the measures take on a large network: ``python scripts/bench/measures.py``.

Betweenness on 5,000 nodes and 50,000 random edges (undirected, then directed) by networkx and by rustworkx, in one
run on the same graph, through ``journeys.analysis.methods.centrality.shortest_paths``: the conversion to rustworkx and
back is part of its time. Printed are seconds (rustworkx once before networkx and twice after it), the ratio to the
middle one, and the largest difference of any value (of the raw betweenness, and as a share of its maximum). Then the
seconds of every measure. networkx needs about a minute for each of the two and one processor; rustworkx uses all, so
whatever else runs on the machine lowers the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from journeys.analysis.methods.brokerage.roles import brokerage
from journeys.analysis.methods.centrality.actors import actor_measures, network_measures, simple
from journeys.analysis.methods.centrality.shortest_paths import betweenness
from journeys.analysis.methods.structural_holes import structural_holes


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds taken, and the result."""
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def compare(graph: nx.Graph[Any]) -> dict[str, Any]:
    """Betweenness by both engines."""
    runs = [timed(lambda: betweenness(graph, engine="rustworkx"))]
    slow_seconds, slow = timed(lambda: betweenness(graph, engine="networkx"))
    runs += [timed(lambda: betweenness(graph, engine="rustworkx")) for _ in range(2)]
    seconds = sorted(run[0] for run in runs)
    apart = max(abs(slow[node] - fast[node]) for _, fast in runs for node in graph)
    most = (len(graph) - 1) * (len(graph) - 2) / (1 if graph.is_directed() else 2)
    return {
        "betweenness": "directed" if graph.is_directed() else "undirected",
        "networkx, s": round(slow_seconds, 2),
        "rustworkx, s": [round(one, 2) for one in seconds],
        "ratio": round(slow_seconds / seconds[1], 1),
        "largest difference, raw": apart,
        "largest difference, normalised": apart / most,
        "processors": os.cpu_count(),
    }


def measure_all(graph: nx.Graph[Any]) -> dict[str, Any]:
    """Every measure once."""
    works: dict[str, Callable[[], Any]] = {
        "actor measures, s": lambda: actor_measures(graph),
        "network measures, s": lambda: network_measures(graph),
        "brokerage, s": lambda: brokerage(graph, "group"),
        "structural holes, s": lambda: structural_holes(graph),
    }
    return {
        "all": "directed" if graph.is_directed() else "undirected",
        **{name: round(timed(work)[0], 2) for name, work in works.items()},
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=5_000)
    options.add_argument("--edges", type=int, default=50_000)
    given = options.parse_args()
    for directed in (False, True):
        made = nx.gnm_random_graph(given.nodes, given.edges, seed=2013, directed=directed)
        nx.set_node_attributes(made, {node: node % 5 for node in made}, "group")
        graph = simple(made)
        print(json.dumps(compare(graph), indent=1), flush=True)
        print(json.dumps(measure_all(graph), indent=1), flush=True)


if __name__ == "__main__":
    main()
