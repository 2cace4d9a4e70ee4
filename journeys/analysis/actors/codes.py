"""The network of codes: two codes have a tie where passages are coded with both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import networkx as nx

from journeys.analysis.actors.network import ActorNetwork, add_edges, add_nodes
from journeys.analysis.actors.relations import Occasion, Relation
from journeys.analysis.claims.graph import copy_with_edges
from journeys.analysis.claims.selection import Selection, belonging
from journeys.model.problems import UsageProblem

CODE_RELATIONS = {
    each.name: each
    for each in (
        Relation(
            "coded_together",
            "shares passages with",
            "The same passage has both codes, by whichever coders. Each passage counts once.",
            ("CODED_AS",),
            ("FROM",),
            directed=False,
            only_if_asked=True,
        ),
    )
}
"""The relations between codes, by name."""


def is_of_codes(relations: Iterable[str]) -> bool:
    """Whether these relations are between codes. Raises UsageProblem where some are and some are not."""
    asked = list(relations)
    of_codes = [name for name in asked if name in CODE_RELATIONS]
    if of_codes and len(of_codes) < len(asked):
        raise UsageProblem(f"{of_codes[0]} is a relation between codes. Ask for it alone.")
    return bool(of_codes)


def code_network(graph: nx.MultiDiGraph[str], selection: Selection) -> ActorNetwork:
    """The codes that passages have, of a study's graph (with CODED_AS and FROM), tied by the passages they share.

    A site or case study is that of the passage's source, else of what the passage is about. Codes that were decided
    against count nowhere.
    """
    codings: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    there = _passages_at(graph, selection.case or selection.site)
    for passage, code, claim_id, claim in graph.edges(keys=True, data=True):
        is_passage = graph.nodes[passage]["label"] == "Extract"  # findings of theme forms have codes too
        if is_passage and claim["type"] == "CODED_AS" and (there is None or passage in there):
            codings[passage][code].append(claim_id)
    found = [
        Occasion("coded_together", one, other, (passage,), (tuple(sorted(codes[one])), tuple(sorted(codes[other]))), 0)
        for passage, codes in codings.items()
        for one, other in combinations(sorted(codes), 2)
    ]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    add_nodes(made, graph, {code for codes in codings.values() for code in codes})
    add_edges(made, graph, found, CODE_RELATIONS)
    return ActorNetwork(made, CODE_RELATIONS, ())


def with_interviews(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph, where the source of a coding is that of its passage."""
    sources = {passage: source for passage, source, claim in graph.edges(data=True) if claim["type"] == "FROM"}

    def sourced(start: str, _end: str, _claim_id: str, claim: dict[str, Any]) -> dict[str, Any]:
        is_coding = claim["type"] == "CODED_AS" and start in sources
        return {**claim, "source": sources[start]} if is_coding else claim

    return copy_with_edges(graph, sourced)


def _passages_at(graph: nx.MultiDiGraph[str], place: str | None) -> set[str] | None:
    """The passages of a site or case study; None for all."""
    if place is None:
        return None
    belongs = belonging(graph)
    places: dict[str, frozenset[str]] = {}
    for kind in ("ABOUT", "FROM"):
        for passage, end, claim in graph.edges(data=True):
            if claim["type"] == kind and belongs[end]:
                places[passage] = belongs[end]
    return {passage for passage, at in places.items() if place in at}
