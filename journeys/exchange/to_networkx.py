"""A network as a NetworkX graph whose attributes every writer of NetworkX accepts."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from journeys.exchange.network import Network, Value, ValueType


def networkx_graph(network: Network) -> nx.MultiDiGraph[str] | nx.MultiGraph[str]:
    """A MultiDiGraph; a MultiGraph where no tie has a direction. Nodes and keys of edges are ids.

    A node has ``name``, ``type`` and what it holds; an edge ``relation``, ``phrase``, ``weight`` and what it holds, all
    texts, numbers or booleans: dates are ISO days, lists one text with semicolons. What is not recorded is not there.
    Where only some ties have a direction, ``directed`` says which.
    """
    graph: nx.MultiDiGraph[str] | nx.MultiGraph[str]
    graph = nx.MultiGraph() if network.directed is False else nx.MultiDiGraph()
    graph.graph.update(title=network.title, about=network.about)
    for node in network.nodes():
        graph.add_node(node.id, name=node.name, type=node.type, **_fitting(node.values, network.node_types))
    for tie in network.ties():
        mixed = {"directed": tie.directed} if network.directed is None else {}
        held = {"relation": tie.relation, "phrase": tie.phrase, "weight": tie.weight, **mixed}
        held |= _fitting(tie.values, network.tie_types)
        graph.add_edge(tie.start, tie.end, key=tie.id, **held)
    return graph


def _fitting(values: Mapping[str, Value], types: Mapping[str, ValueType]) -> dict[str, Value]:
    """The values, all under one name of one type: writers find the type of a name from the first that they meet."""
    made = dict(values)
    for name, value in values.items():
        if types[name] is ValueType.NUMBER:
            made[name] = float(value)
        elif types[name] is ValueType.TEXT:
            made[name] = str(value)
    return made
