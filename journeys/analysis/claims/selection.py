"""Select the claims that a measure counts, by site, case study, period, scope, mode and confidence.

Each claim that is left out is listed with a reason and its id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx

from journeys.analysis.claims.dates import OF_DATES, span
from journeys.analysis.claims.graph import Edge, copy_with_edges, with_claims
from journeys.analysis.claims.kept import kept
from journeys.model.definitions import NOT_STATED
from journeys.model.order import outer_bounds

_ABOUT = ("Document", "Evidence", "Meeting", "CaseStudy", "Arena", "Action")
"""The place of a claim comes from what it is about, before who made it."""

LOOKED_AT = ("status", "negated", "mode", "confidence", "scope", "at_meeting", *OF_DATES)
"""The properties of a claim by which it is selected."""

NOWHERE = "site or case study not recorded"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Claims that were not counted: why, in words, and their ids, sorted."""

    why: str
    claims: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """``why``, the number ``n`` and the ids ``claims``, for JSON."""
        return {"why": self.why, "n": len(self.claims), "claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class Selection:
    """What to count; None takes everything. ``site`` and ``case`` are ids, ``start`` and ``end`` inclusive days.

    ``modes`` and ``confidences`` are those that count; "not_stated" is one of each. Claims with the mode "derived"
    count only if ``derived``. What was reported not to have happened and what the team has withdrawn never counts. A
    claim that possibly lies in the period counts; one without a date counts only if there is no period.
    """

    site: str | None = None
    case: str | None = None
    start: date | None = None
    end: date | None = None
    scope: str | None = None
    modes: frozenset[str] | None = None
    confidences: frozenset[str] | None = None
    derived: bool = False

    def why_not(self, claim: Mapping[str, Any]) -> str | None:
        """Return why a claim is left out because of its own properties; None for one that counts. Sites and cases are
        not looked at."""
        if claim.get("status") == "withdrawn":
            return "withdrawn by the team"
        if claim.get("negated"):
            return "reported not to have happened"
        if not claim.get("asserted", True):
            return None
        if claim.get("mode") == "derived" and not self.derived:
            return "inferred, not stated by any source"
        mode = claim.get("mode") or NOT_STATED
        if self.modes is not None and mode not in self.modes and mode != "derived":
            return f"recorded as {mode.replace('_', ' ')}"
        confidence = claim.get("confidence") or NOT_STATED
        if self.confidences is not None and confidence not in self.confidences:
            return f"confidence {confidence.replace('_', ' ')}"
        if self.scope is not None and claim.get("scope") not in (self.scope, "both"):
            return f"not stated to be {self.scope.replace('_', '-')}"
        return self._why_not_then(claim)

    def _why_not_then(self, claim: Mapping[str, Any]) -> str | None:
        if self.start is None and self.end is None:
            return None
        first, last = outer_bounds(span(claim))
        if first is None and last is None:
            return "no date, so it may be outside the period"
        before = self.start is not None and last is not None and last < self.start
        after = self.end is not None and first is not None and first > self.end
        return "outside the period" if before or after else None


def select(graph: nx.MultiDiGraph[str], selection: Selection) -> tuple[nx.MultiDiGraph[str], tuple[LeftOut, ...]]:
    """The graph with only the claims that count (all nodes stay), and what was left out and why.

    Structure (``asserted`` is false) has no source and stays, wherever it belongs, unless it was withdrawn or denied.
    Where a site or case study is asked for, claims that belong to another are not part of the question and are not
    listed as left out; one of which it is not known where it belongs is. The input is untouched; of a frozen graph
    the result is frozen too.
    """
    place = selection.case or selection.site
    return _select_everywhere(graph, selection) if place is None else _select_at(graph, selection, place)


@kept
def _select_everywhere(
    graph: nx.MultiDiGraph[str], selection: Selection
) -> tuple[nx.MultiDiGraph[str], tuple[LeftOut, ...]]:
    left: defaultdict[str, list[str]] = defaultdict(list)

    def counted(_start: str, _end: str, claim_id: str, claim: dict[str, Any]) -> dict[str, Any] | None:
        why = selection.why_not(claim)
        if why is not None:
            left[why].append(claim_id)
        return claim if why is None else None

    return _alike(graph, copy_with_edges(graph, counted)), _listed(left)


@dataclass(frozen=True, slots=True)
class _ByPlace:
    """A graph sorted by where its claims belong: the structure alone and what of it does not count; the claims of each
    site and case study; and those of which it is not known where they belong."""

    structure: nx.MultiDiGraph[str]
    not_counted: Mapping[str, list[str]]
    claims: Mapping[str, list[Edge]]
    nowhere: list[Edge]


@kept
def _by_place(graph: nx.MultiDiGraph[str]) -> _ByPlace:
    belongs, everything = belonging(graph), Selection()
    not_counted: defaultdict[str, list[str]] = defaultdict(list)
    claims: defaultdict[str, list[Edge]] = defaultdict(list)
    nowhere: list[Edge] = []

    def structure(start: str, end: str, claim_id: str, claim: dict[str, Any]) -> dict[str, Any] | None:
        if claim.get("asserted", True):
            places = _places(belongs, graph, start, end, claim)
            for place in places:
                claims[place].append((start, end, claim_id, claim))
            if not places:
                nowhere.append((start, end, claim_id, claim))
            return None
        if why := everything.why_not(claim):
            not_counted[why].append(claim_id)
            return None
        return claim

    return _ByPlace(nx.freeze(copy_with_edges(graph, structure)), not_counted, claims, nowhere)


@kept
def _select_at(
    graph: nx.MultiDiGraph[str], selection: Selection, place: str
) -> tuple[nx.MultiDiGraph[str], tuple[LeftOut, ...]]:
    """What counts at a site or case study. Of a large study that is little, so that nothing else is looked at."""
    parts = _by_place(graph)
    left = defaultdict(list, {why: list(ids) for why, ids in parts.not_counted.items()})
    chosen: list[Edge] = []
    for known, claims in ((True, parts.claims.get(place, ())), (False, parts.nowhere)):
        for edge in claims:
            why = selection.why_not(edge[3]) or (None if known else NOWHERE)
            if why is not None:
                left[why].append(edge[2])
            else:
                chosen.append(edge)
    return _alike(graph, with_claims(parts.structure, chosen)), _listed(left)


def _alike(graph: nx.MultiDiGraph[str], made: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """What was made of a graph: frozen like it."""
    return nx.freeze(made) if nx.is_frozen(graph) else made


def _listed(left: Mapping[str, list[str]]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(why, tuple(sorted(ids))) for why, ids in sorted(left.items()))


_JOINING = frozenset({"IN_CASE", "AT_SITE", "OF_ARENA", "OF_MEETING", "MEMBER_OF"})
"""The kinds of claim by which something belongs to a place."""


@kept
def belonging(graph: nx.MultiDiGraph[str]) -> dict[str, frozenset[str]]:
    """The sites and case studies (ids) that each node belongs to; needs the claims of ``STRUCTURE``.

    By its own AT_SITE and IN_CASE, and a case study's site; a meeting also by its arena. Those without one of their
    own belong where the organisations and arenas they are members of do.
    """
    own: dict[str, set[str]] = {node: set() for node in graph}
    joins: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for start, end, claim in graph.edges(data=True):
        if claim["type"] in _JOINING and not claim.get("negated") and claim.get("status") != "withdrawn":
            joins[claim["type"]][start].add(end)
    for node in graph:
        own[node] |= joins["IN_CASE"][node] | joins["AT_SITE"][node]
        if graph.nodes[node].get("label") in ("CaseStudy", "Site"):
            own[node].add(node)
    for kind in ("IN_CASE", "OF_ARENA", "OF_MEETING"):
        for node in graph:
            for other in joins[kind][node]:
                own[node] |= own[other]
    for node in graph:
        if not own[node]:
            for other in joins["MEMBER_OF"][node]:
                own[node] |= own[other]
    return {node: frozenset(places) for node, places in own.items()}


def _places(
    belongs: Mapping[str, frozenset[str]], graph: nx.MultiDiGraph[str], start: str, end: str, claim: Mapping[str, Any]
) -> frozenset[str]:
    """The sites and case studies of a claim: of its meeting, else of what it is about, else of who is in it."""
    about = [node for node in (end, start) if graph.nodes[node].get("label") in _ABOUT]
    for nodes in ([claim.get("at_meeting")], about, [start, end]):
        places = frozenset[str]().union(*(belongs.get(node, frozenset()) for node in nodes if node))
        if places:
            return places
    return frozenset()
