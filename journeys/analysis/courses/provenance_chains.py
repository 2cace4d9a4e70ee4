"""The chain back from a document or piece of evidence to its first sources, and where it breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.kept import kept

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
    back = _ways_back(counted)
    steps, via, waiting = {start: 0}, {start: ""}, [start]
    for node in waiting:
        for other in back.rests_on(node):
            if other not in steps:
                steps[other], via[other] = steps[node] + 1, node
                waiting.append(other)
    found = [node for node in waiting if not back.rests_on(node)]
    circles = {min(circle, key=lambda node: (steps[node], node)) for circle in back.circles(waiting)}
    ends = []
    for node in sorted({*found, *circles}, key=lambda node: (steps[node], node)):
        way = _way(via, node)
        makers = back.makers(node)
        circle = node in circles
        by = {} if circle else makers[WRITTEN] or makers[MADE] or makers[OBTAINED]
        on_the_way = {key for one, other in pairwise(way) for key in back.rests_on(one)[other]}
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


class _WaysBack:
    """What things rest on and who made them; what was looked up once is kept."""

    def __init__(self, counted: nx.MultiDiGraph[str]) -> None:
        self._counted = counted
        self._rests_on: dict[str, dict[str, set[str]]] = {}
        self._makers: dict[str, _Makers] = {}
        self._circle: dict[str, frozenset[str]] = {}

    def rests_on(self, node: str) -> dict[str, set[str]]:
        """What a document cites or presents, by name, with the claims that say so."""
        if node not in self._rests_on:
            found = _rests_on(self._counted, node)
            names = self._counted.nodes
            order = sorted(found, key=lambda other: (str(names[other].get("name")), other))
            self._rests_on[node] = {other: found[other] for other in order}
        return self._rests_on[node]

    def makers(self, node: str) -> _Makers:
        """Who made, obtained or wrote a thing."""
        if node not in self._makers:
            self._makers[node] = _makers(self._counted, node)
        return self._makers[node]

    def circles(self, nodes: Sequence[str]) -> set[frozenset[str]]:
        """The circles without a way out among nodes of which all that they rest on is there, too."""
        new = [node for node in nodes if node not in self._circle]
        if new:
            self._circle.update(dict.fromkeys(new, frozenset()))
            # What is known already leads nowhere new, so it cannot be in a circle with what is not.
            below: nx.DiGraph[str] = nx.DiGraph([(node, other) for node in new for other in self.rests_on(node)])
            for component in nx.attracting_components(below):
                if len(component) > 1:
                    self._circle.update(dict.fromkeys(component, frozenset(component)))
        return {self._circle[node] for node in nodes} - {frozenset()}


@kept
def _ways_back(counted: nx.MultiDiGraph[str]) -> _WaysBack:
    return _WaysBack(counted)


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
