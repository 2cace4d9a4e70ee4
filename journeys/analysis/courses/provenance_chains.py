"""The chain back from a document or piece of evidence to its first sources, and where it breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import networkx as nx

MADE, OBTAINED, WRITTEN = "GENERATED", "ACCESSED", "AUTHORED"
_NOT_HELD = ("mentioned_only", "requested", "not_available")

End = Literal[
    "first source known",
    "author known, no sources recorded",
    "only known who obtained it",
    "maker not recorded",
    "not obtained, so its sources are not known",
    "neither author nor source recorded",
    "a circle of documents that cite one another",
]
BROKEN: frozenset[End] = frozenset(
    {
        "only known who obtained it",
        "maker not recorded",
        "not obtained, so its sources are not known",
        "neither author nor source recorded",
        "a circle of documents that cite one another",
    }
)
"""Ends without known sources, where the chain breaks."""


_Makers = dict[str, dict[str, set[str]]]
"""By claim kind: who made, obtained or wrote a thing, with the claims that say so."""


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where one way back ends. ``thing`` is what it ends at, so many ``steps`` back, ``through`` what lies between.

    ``by`` are the ids of those who made, obtained or wrote it, ``claims`` those of the way there and of that.
    """

    thing: str
    steps: int
    end: End
    by: tuple[str, ...]
    through: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def broken(self) -> bool:
        """Whether the chain breaks here."""
        return self.end in BROKEN


def chain_ends(counted: nx.MultiDiGraph[str], start: str) -> tuple[ChainEnd, ...]:
    """The ends of all ways back from ``start``, the nearest first, each by a shortest way.

    A way follows what a document cites and the evidence that it presents; ``counted`` are the claims that count.
    Nothing is visited twice, so circles end the search; a circle without a way out is an end itself, reported at its
    first document.
    """
    rests: dict[str, dict[str, set[str]]] = {}
    steps, via, waiting = {start: 0}, {start: ""}, [start]
    for node in waiting:
        rests[node] = _rests_on(counted, node)
        for other in sorted(rests[node], key=lambda other: (str(counted.nodes[other].get("name")), other)):
            if other not in steps:
                steps[other], via[other] = steps[node] + 1, node
                waiting.append(other)
    found = [node for node in waiting if not rests[node]]
    below: nx.DiGraph[str] = nx.DiGraph([(node, other) for node in waiting for other in rests[node]])
    below.add_nodes_from(waiting)
    circles = [
        min(component, key=lambda node: (steps[node], node))
        for component in nx.attracting_components(below)
        if len(component) > 1
    ]
    ends = []
    for node in sorted({*found, *circles}, key=lambda node: (steps[node], node)):
        way = _way(via, node)
        makers = _makers(counted, node)
        circle = node in circles
        by = {} if circle else makers[WRITTEN] or makers[MADE] or makers[OBTAINED]
        on_the_way = {key for one, other in pairwise(way) for key in rests[one][other]}
        ends.append(
            ChainEnd(
                thing=node,
                steps=steps[node],
                end="a circle of documents that cite one another" if circle else _end(counted.nodes[node], makers),
                by=tuple(sorted(by)),
                through=tuple(way[1:-1]),
                claims=tuple(sorted(on_the_way.union(*by.values()))),
            )
        )
    return tuple(ends)


def _rests_on(counted: nx.MultiDiGraph[str], node: str) -> dict[str, set[str]]:
    """What a document cites or presents, with the claims that say so."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, end, key, claim in counted.out_edges(node, keys=True, data=True):
        if claim["type"] == "CITED" and end != node and counted.nodes[end].get("label") != "Driver":
            found[end].add(key)
    for start, _, key, claim in counted.in_edges(node, keys=True, data=True):
        if claim["type"] == "PRESENTED_IN" and start != node:
            found[start].add(key)
    return dict(found)


def _makers(counted: nx.MultiDiGraph[str], node: str) -> _Makers:
    said: _Makers = {MADE: {}, OBTAINED: {}, WRITTEN: {}}
    for who, _, key, claim in counted.in_edges(node, keys=True, data=True):
        if claim["type"] in said:
            said[claim["type"]].setdefault(who, set()).add(key)
    return said


def _end(held: Mapping[str, Any], makers: _Makers) -> End:
    if held.get("label") == "Evidence":
        if makers[MADE]:
            return "first source known"
        return "only known who obtained it" if makers[OBTAINED] else "maker not recorded"
    if held.get("archive_status") in _NOT_HELD:
        return "not obtained, so its sources are not known"
    return "author known, no sources recorded" if makers[WRITTEN] else "neither author nor source recorded"


def _way(via: dict[str, str], node: str) -> list[str]:
    way = [node]
    while via[way[-1]]:
        way.append(via[way[-1]])
    return way[::-1]
