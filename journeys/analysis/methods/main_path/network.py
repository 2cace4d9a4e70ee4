"""Prepare a citation network for main paths: edges along the flow of knowledge, without cycles or repetitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import networkx as nx

Arc = tuple[Hashable, Hashable]
"""An edge between two units: knowledge flows from the first to the second."""


class ReasonLeftOut(StrEnum):
    """Why an edge is left out of main paths."""

    SELF = "a document that cites itself"
    CIRCLE = "inside a circle of documents that cite one another"


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge of the graph that came in; ``key`` is None unless that graph allows parallel edges."""

    tail: Hashable
    head: Hashable
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An edge left out, and why."""

    edge: Edge
    why: ReasonLeftOut


@dataclass(frozen=True)
class CitationNetwork:
    """A network without directed cycles, each node of which is a unit: one document, or a circle of them.

    A unit bears the name of its document; a circle that of its first in text order. ``circles`` gives the members of
    every unit with several. ``unit_of`` says of every document to which unit it belongs. ``stands_for`` gives for
    each arc the edges it was made of: more than one where edges were parallel, or ended in the same circles. Every
    edge that came in is in ``stands_for`` or in ``left_out``.
    """

    graph: nx.DiGraph[Any]
    unit_of: Mapping[Hashable, Hashable]
    circles: Mapping[Hashable, tuple[Hashable, ...]]
    stands_for: Mapping[Arc, tuple[Edge, ...]]
    left_out: tuple[LeftOut, ...]
    order: tuple[Hashable, ...] = field(repr=False)
    """All units, each after all from which knowledge flows to it."""

    @property
    def arcs(self) -> tuple[Arc, ...]:
        """All arcs, in text order."""
        return tuple(self.stands_for)

    @property
    def sources(self) -> tuple[Hashable, ...]:
        """The units to which nothing flows but from which something does, in text order."""
        return tuple(unit for unit in self.graph if not self.graph.in_degree(unit) and self.graph.out_degree(unit))

    @property
    def sinks(self) -> tuple[Hashable, ...]:
        """The units from which nothing flows but to which something does, in text order."""
        return tuple(unit for unit in self.graph if self.graph.in_degree(unit) and not self.graph.out_degree(unit))

    @property
    def isolates(self) -> tuple[Hashable, ...]:
        """The units without any arc: they lie on no path, and take part in no count."""
        return tuple(unit for unit in self.graph if not self.graph.degree(unit))

    def members(self, unit: Hashable) -> tuple[Hashable, ...]:
        """The documents of a unit. Raises KeyError for what is no unit."""
        if unit not in self.graph:
            raise KeyError(unit)
        return self.circles.get(unit, (unit,))


def citation_network(graph: nx.Graph[Any], *, edges_cite: bool = False) -> CitationNetwork:
    """The acyclic network of a citation graph: circles shrunk into one unit, self-citations left out.

    ``graph`` is a DiGraph or MultiDiGraph whose edge u -> v says that knowledge flows from u to v, that is, that v
    cites u; with ``edges_cite`` its edges say that u cites v, and are turned round (the edges reported are those that
    came in, the arcs the way knowledge flows). Citation is a relation: parallel edges make one arc. Documents that
    cite one another, directly or round a longer circle (the strong components), are shrunk into one unit, the first
    of the ways named by Batagelj (2003, section 6) to make a citation network acyclic.

    Raises ValueError for an undirected graph.
    """
    _directed(graph)
    edges = list(_edges(graph))
    flow: nx.DiGraph[Any] = nx.DiGraph()
    flow.add_nodes_from(sorted(graph.nodes, key=rank))
    flow.add_edges_from(_flowing(edge, edges_cite) for edge in edges)
    circles: dict[Hashable, tuple[Hashable, ...]] = {}
    unit_of: dict[Hashable, Hashable] = {}
    for component in nx.strongly_connected_components(flow):
        members = tuple(sorted(component, key=rank))
        unit_of.update(dict.fromkeys(members, members[0]))
        if len(members) > 1:
            circles[members[0]] = members
    stands_for: defaultdict[Arc, list[Edge]] = defaultdict(list)
    left_out = []
    for edge in edges:
        tail, head = _flowing(edge, edges_cite)
        if unit_of[tail] != unit_of[head]:
            stands_for[unit_of[tail], unit_of[head]].append(edge)
        else:
            left_out.append(LeftOut(edge, ReasonLeftOut.SELF if tail == head else ReasonLeftOut.CIRCLE))
    units: nx.DiGraph[Any] = nx.DiGraph()
    units.add_nodes_from(node for node in flow if unit_of[node] == node)
    arcs = sorted(stands_for, key=lambda arc: (rank(arc[0]), rank(arc[1])))
    units.add_edges_from(arcs)
    return CitationNetwork(
        graph=units,
        unit_of={node: unit_of[node] for node in flow},
        circles={unit: circles[unit] for unit in sorted(circles, key=rank)},
        stands_for={arc: tuple(stands_for[arc]) for arc in arcs},
        left_out=tuple(left_out),
        order=tuple(nx.topological_sort(units)),
    )


def rank(thing: Any) -> tuple[str, str]:
    """The key by which nodes are sorted: the name, and for 1 beside "1" the type."""
    return str(thing), type(thing).__name__


def _flowing(edge: Edge, edges_cite: bool) -> Arc:
    return (edge.head, edge.tail) if edges_cite else (edge.tail, edge.head)


def _edges(graph: nx.Graph[Any]) -> Iterator[Edge]:
    """The edges in text order, whatever the order they were added in."""
    if graph.is_multigraph():
        keyed: Any = graph
        found = [Edge(tail, head, key) for tail, head, key in keyed.edges(keys=True)]
    else:
        found = [Edge(tail, head) for tail, head in graph.edges()]
    yield from sorted(found, key=lambda edge: (rank(edge.tail), rank(edge.head), rank(edge.key)))


def _directed(graph: nx.Graph[Any]) -> None:
    if not graph.is_directed():
        raise ValueError("a citation has a direction: give a DiGraph or a MultiDiGraph, not an undirected graph")
