"""Statements: groups of claims that say the same, and how well each is supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import networkx as nx

from journeys.analysis.claims.graph import copy_with_edges
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.selection import LeftOut, Selection, select
from journeys.model.aspects import aspect_key, aspect_of

Weakness = Literal["interpretive_only", "low_confidence_only", "no_source", "one_source", "one_kind"]

WEAKNESSES: Mapping[Weakness, str] = {
    "interpretive_only": "every claim is a researcher's interpretation",
    "low_confidence_only": "every claim has low confidence",
    "no_source": "no source is named",
    "one_source": "only one source",
    "one_kind": "all sources are of one kind (interview, observation, document)",
}
"""The ways in which a statement may be weakly supported, the weakest first."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who did what with which item at which meeting, or that it did not happen; with the claims that say so.

    ``aspect`` is what of the item it is about: claims on different aspects do not support each other. ``sources`` are
    ids, ``kinds`` the kinds of source; ``weaknesses`` are what holds of it, the weakest first.
    """

    type: str
    start: str
    end: str
    meeting: str | None
    aspect: str | None
    negated: bool
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    weaknesses: tuple[Weakness, ...]


def statements(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[tuple[Statement, ...], tuple[LeftOut, ...]]:
    """The statements of the claims that count, denials included, and the claims left out."""
    counted, left = with_denials(graph, selection)
    told: defaultdict[tuple[str, str, str, str, str, bool], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for start, end, key, claim in counted.edges(keys=True, data=True):
        if claim.get("asserted", True):
            what = (claim["type"], start, end, claim.get("at_meeting") or "", aspect_key(claim) or "", claim["denied"])
            told[what][key] = claim
    return tuple(_statement(graph, what, claims) for what, claims in sorted(told.items())), left


def with_denials(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[nx.MultiDiGraph[str], tuple[LeftOut, ...]]:
    """The claims that count, and the denials that would count if they were not denials, marked ``denied``."""
    return select(_lifted(graph), selection)


@kept
def _lifted(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph with denials as if they were none, marked ``denied``; frozen like it, so that a site costs little."""
    made = copy_with_edges(
        graph, lambda _start, _end, _key, claim: {**claim, "negated": False, "denied": bool(claim.get("negated"))}
    )
    if nx.is_frozen(graph):
        nx.freeze(made)
    return made


def _statement(
    graph: nx.MultiDiGraph[str], what: tuple[str, str, str, str, str, bool], claims: Mapping[str, Mapping[str, Any]]
) -> Statement:
    kind, start, end, meeting, _, negated = what
    sources = {str(claim["source"]) for claim in claims.values() if claim.get("source")}
    kinds = {_kind(graph, claim) for claim in claims.values()} - {None}
    holds: dict[Weakness, bool] = {
        "interpretive_only": _all(claims.values(), "mode", "interpretive"),
        "low_confidence_only": _all(claims.values(), "confidence", "low"),
        "no_source": not sources,
        "one_source": len(sources) == 1,
        "one_kind": bool(sources) and len(kinds) == 1,
    }
    return Statement(
        kind,
        start,
        end,
        meeting or None,
        min((aspect for claim in claims.values() if (aspect := aspect_of(claim))), default=None),
        negated,
        tuple(sorted(claims)),
        tuple(sorted(sources)),
        tuple(sorted(str(each) for each in kinds)),
        tuple(name for name in WEAKNESSES if holds[name]),
    )


def _all(claims: Iterable[Mapping[str, Any]], name: str, value: str) -> bool:
    return all(claim.get(name) == value for claim in claims)


def _kind(graph: nx.MultiDiGraph[str], claim: Mapping[str, Any]) -> str | None:
    held = graph.nodes.get(claim.get("source") or "", {})
    kind = held.get("kind") or claim.get("source_kind")
    return str(kind) if kind else None
