"""The claims of a graph by their kind, and what is made of them once, however many relations look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import networkx as nx

from journeys.analysis.claims.claim import ACTING
from journeys.analysis.claims.graph import Edge, parts_of
from journeys.analysis.claims.kept import kept
from journeys.model.identity import folded, short_id

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class ClaimIndex:
    """The claims of a graph by their kind, each kind in the order of the ids."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        parts = parts_of(graph)
        self._base = claim_index(parts[0]) if parts else None
        self._by_type: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in parts[1] if parts else graph.edges(keys=True, data=True):
            self._by_type[edge[3]["type"]].append(edge)
        for held in self._by_type.values():
            held.sort(key=lambda each: each[2])
        self._named: Mapping[str, set[str]] = self._base._named if self._base else _names(graph)
        self.made: dict[Callable[..., Any], Any] = {}
        """What functions made of it: see ``once``."""

    def named(self, name: str) -> str | None:
        """The one person, group or organisation of a name; None if there is none, or more than one."""
        found = self._named.get(folded(name), set()) if name else set()
        return next(iter(found)) if len(found) == 1 else None

    def of(self, *types: str) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
        """Start, end, id and properties of the claims of these kinds."""
        for name in types:
            yield from self._by_type.get(name, ())
            if self._base:  # which holds structure, the kinds that are nobody's claim
                yield from self._base.of(name)


def once(
    make: Callable[Concatenate[ClaimIndex, _Given], _Made],
) -> Callable[Concatenate[ClaimIndex, _Given], _Made]:
    """Let a function make something of an index once: several relations look at the same, and every site at what is
    known of the whole study. Nobody may change what it makes; what else it is given must follow from the index."""

    @wraps(make)
    def made(claims: ClaimIndex, /, *args: _Given.args, **given: _Given.kwargs) -> _Made:
        if make not in claims.made:
            claims.made[make] = make(claims, *args, **given)
        found: _Made = claims.made[make]
        return found

    return made


@kept
def claim_index(graph: nx.MultiDiGraph[str]) -> ClaimIndex:
    """The index of a graph."""
    return ClaimIndex(graph)


def _names(graph: nx.MultiDiGraph[str]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node, properties in graph.nodes(data=True):
        if properties.get("label") in ACTING:
            for name in (properties.get("name"), *(properties.get("aliases") or ()), short_id(node)):
                found[folded(str(name or ""))].add(node)
    return found
