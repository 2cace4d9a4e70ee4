"""Depth of citation chains, and the first sources in which they end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from journeys.analysis.methods.main_path.network import CitationNetwork, citation_network, rank


@dataclass(frozen=True, slots=True)
class FirstSource:
    """A document that cites nothing (or a circle that cites nothing but itself), and what rests on it.

    ``members`` are the documents: several only for a circle, whose members cite one another and so have no source at
    all outside it. ``direct`` are the documents that cite it themselves, ``dependants`` all that depend on it at any
    depth, ``only`` those of them that have no other first source: without it nothing would be left under them. All
    are in text order. ``share`` is the part (0 to 1) of all documents with a first source other than themselves that
    depend on this one; None where there are none.
    """

    members: tuple[Hashable, ...]
    direct: tuple[Hashable, ...]
    dependants: tuple[Hashable, ...]
    only: tuple[Hashable, ...]
    share: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many have a property, how many do not, and for how many this is not known."""

    yes: int
    no: int
    not_known: int

    @property
    def share(self) -> float | None:
        """``yes`` as a share (0 to 1) of those for which it is known; None where it is known for none."""
        return self.yes / (self.yes + self.no) if self.yes + self.no else None


@dataclass(frozen=True, slots=True)
class CitationShare:
    """The tally over what a document cites itself, and over what it cites at any depth."""

    direct: Tally
    transitive: Tally


def depths(network: CitationNetwork) -> dict[Hashable, int]:
    """For each document the arcs on its longest chain of citations down to a first source; 0 for a first source.

    In text order. The members of a circle are equally deep: the citations among them are no step.
    """
    deep: dict[Hashable, int] = {}
    for unit in network.order:
        deep[unit] = max((deep[other] + 1 for other in network.graph.predecessors(unit)), default=0)
    return {document: deep[unit] for document, unit in network.unit_of.items()}


def first_sources(network: CitationNetwork) -> tuple[FirstSource, ...]:
    """The documents on which all others rest, and what depends on each; the most dependants first, then text order.

    A first source is a unit to which no knowledge flows; an isolate is one on which nothing rests. A document is
    never its own dependant.
    """
    graph = network.graph
    firsts = [unit for unit in graph if not graph.in_degree(unit)]
    under = _under(network, firsts)
    documents = [document for document, unit in network.unit_of.items() if graph.in_degree(unit)]
    found = []
    for number, first in enumerate(firsts):
        bit = 1 << number
        dependants = tuple(document for document in documents if under[network.unit_of[document]] & bit)
        found.append(
            FirstSource(
                members=network.members(first),
                direct=_citing(network, first),
                dependants=dependants,
                only=tuple(document for document in dependants if under[network.unit_of[document]] == bit),
                share=len(dependants) / len(documents) if documents else None,
            )
        )
    return tuple(sorted(found, key=lambda source: -len(source.dependants)))


def sources_under(network: CitationNetwork) -> dict[Hashable, tuple[Hashable, ...]]:
    """For each document the units of the first sources it depends on at any depth, in text order.

    Of a first source itself, and of each member of a circle that is one, that is the empty tuple.
    """
    graph = network.graph
    firsts = [unit for unit in graph if not graph.in_degree(unit)]
    under = _under(network, firsts)
    of_unit = {
        unit: tuple(first for number, first in enumerate(firsts) if under[unit] >> number & 1 and first != unit)
        for unit in graph
    }
    return {document: of_unit[unit] for document, unit in network.unit_of.items()}


def citation_shares(
    graph: nx.Graph[Any],
    attribute: str,
    *,
    on: Literal["edge", "node"] = "edge",
    edges_cite: bool = False,
) -> dict[Hashable, CitationShare]:
    """For each document, how much of what it cites has a property: directly, and at any depth. In text order.

    ``graph`` is a DiGraph or MultiDiGraph whose edge u -> v says that v cites u (with ``edges_cite``, that u cites
    v). ``attribute`` names an attribute that holds True, False or (like None, NaN or no attribute at all) not known.
    On edges, direct counts the document's own citations, each parallel edge for itself, and transitive adds those of
    every document it cites at any depth. On nodes, direct counts the documents cited, transitive those cited at any
    depth, each once. A document's citation of itself is never counted, nor itself among what it cites; circles are
    followed round once.

    Raises ValueError for an undirected graph, for another ``on``, or for a value that is none of these.
    """
    if on not in ("edge", "node"):
        raise ValueError(f"a property is held on an edge or on a node, not on {on!r}")
    network = citation_network(graph, edges_cite=edges_cite)
    cites: dict[Hashable, set[Hashable]] = {document: set() for document in network.unit_of}
    own: defaultdict[Hashable, list[bool | None]] = defaultdict(list)
    for start, end, data in graph.edges(data=True):
        if start != end:
            citing, cited = (start, end) if edges_cite else (end, start)
            cites[citing].add(cited)
            if on == "edge":
                own[citing].append(_answer(data.get(attribute), (start, end)))
    held = {node: _answer(graph.nodes[node].get(attribute), node) if on == "node" else None for node in cites}
    found = {}
    for document in cites:
        below = _below(document, cites.__getitem__)
        if on == "edge":
            direct = own[document]
            transitive = [answer for other in (document, *below) for answer in own[other]]
        else:
            direct = [held[other] for other in cites[document]]
            transitive = [held[other] for other in below]
        found[document] = CitationShare(_tally(direct), _tally(transitive))
    return found


def _under(network: CitationNetwork, firsts: Iterable[Hashable]) -> Mapping[Hashable, int]:
    """For each unit the first sources it rests on, one bit each; a first source rests on itself."""
    bits = {first: 1 << number for number, first in enumerate(firsts)}
    for unit in network.order:
        if unit not in bits:
            bits[unit] = 0
            for other in network.graph.predecessors(unit):
                bits[unit] |= bits[other]
    return bits


def _citing(network: CitationNetwork, first: Hashable) -> tuple[Hashable, ...]:
    """The documents (not only units) that cite a unit themselves."""
    documents: set[Hashable] = set()
    for other in network.graph.successors(first):
        for edge in network.stands_for[first, other]:
            documents.update(end for end in (edge.tail, edge.head) if network.unit_of[end] == other)
    return tuple(sorted(documents, key=rank))


def _below(document: Hashable, cited: Callable[[Hashable], Iterable[Hashable]]) -> set[Hashable]:
    """Everything that a document cites at any depth, apart from itself."""
    seen, waiting = {document}, [document]
    while waiting:
        for other in cited(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen - {document}


def _answer(value: Any, where: Any) -> bool | None:
    if value is None or value != value:
        return None
    if value is True or value is False:
        return bool(value)
    raise ValueError(f"whether {where} has the property must be True, False or not known, not {value!r}")


def _tally(answers: Iterable[bool | None]) -> Tally:
    given = list(answers)
    return Tally(given.count(True), given.count(False), given.count(None))
