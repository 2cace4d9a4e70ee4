"""Citation networks for the tests: the published sample, small ones written as arcs, and any at all."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st

from journeys.analysis.methods.main_path.network import citation_network

# The network by which J. S. Liu explains main path analysis (in the Wikipedia article of that name, after Liu & Lu
# 2012).
SAMPLE = "AC BC BD BJ CE CH DF DI EG FH FI GH HK IL IM JM MN"


def network_of(arcs, **options):
    """The network of arcs written as "AC BC"."""
    return citation_network(nx.DiGraph([tuple(arc) for arc in arcs.split()]), **options)


@st.composite
def any_graphs(draw):
    """Up to 6 nodes; loops, circles, parallel edges, and edges that may not count or do not say."""
    graph = draw(st.sampled_from([nx.DiGraph, nx.MultiDiGraph]))()
    graph.add_nodes_from(range(draw(st.integers(0, 6))))
    if graph:
        ends = st.integers(0, len(graph) - 1)
        for start, end, known in draw(
            st.lists(st.tuples(ends, ends, st.sampled_from([True, False, None])), max_size=12)
        ):
            graph.add_edge(start, end, counts=known)
    return graph
