"""Find the sites, case studies and organisations of a study's actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from journeys.analysis.claims.graph import nodes_by_label
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.selection import belonging

_TAKES_PART = ("MEMBER_OF", "ATTENDED", "INVOLVED_IN")
_BELONGS = ("MEMBER_OF", "REPRESENTED", "SITS_IN")


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that an actor belongs to."""

    id: str
    name: str
    kind: str | None


def actors_of(graph: nx.MultiDiGraph[str], place: str | None) -> set[str]:
    """The people and groups of a site or case study (its id): who is at it, or is a member of, attended or was
    involved in something there. Of the whole study when no place is named.
    """
    return _actors_everywhere(graph) if place is None else _actors_by_place(graph).get(place, set())


@kept
def _actors_everywhere(graph: nx.MultiDiGraph[str]) -> set[str]:
    return set(nodes_by_label(graph).get("Actor", ()))


@kept
def _actors_by_place(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    everybody, places = _actors_everywhere(graph), belonging(graph)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in everybody:
        for place in places[node]:
            found[place].add(node)
    for start, end, claim in graph.edges(data=True):
        if start in everybody and claim["type"] in _TAKES_PART and _counts(claim):
            for place in places[end]:
                found[place].add(start)
    return found


@kept
def organisations_of(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[Body, ...]]:
    """The organisations of each actor, sorted by id.

    Those a person or group is a member of; if there are none, those it represented at a meeting. Of a group that
    meets, those it sits in; an organisation is its own.
    """
    held: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for start, end, claim in graph.edges(data=True):
        if claim["type"] in _BELONGS and _counts(claim) and graph.nodes[end].get("label") == "Organisation":
            held[start][claim["type"]].add(end)
    found = {}
    for node, data in graph.nodes(data=True):
        if data["label"] == "Organisation":
            found[node] = _bodies(graph, [node])
        elif node in held:
            ways = held[node]
            found[node] = _bodies(graph, ways["MEMBER_OF"] or ways["REPRESENTED"] or ways["SITS_IN"])
    return found


def place_names(graph: nx.MultiDiGraph[str], places: Iterable[str]) -> tuple[str, ...]:
    """The names of the sites among ``places``, sorted."""
    return tuple(sorted(graph.nodes[place]["name"] for place in places if graph.nodes[place].get("label") == "Site"))


def _bodies(graph: nx.MultiDiGraph[str], ids: Iterable[str]) -> tuple[Body, ...]:
    return tuple(Body(node, graph.nodes[node]["name"], graph.nodes[node].get("kind")) for node in sorted(ids))


def _counts(claim: dict[str, object]) -> bool:
    return not claim.get("negated") and claim.get("status") != "withdrawn"
