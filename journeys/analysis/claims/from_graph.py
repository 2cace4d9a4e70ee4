"""The claims of a graph of a study as views show them, with their meetings, sources and speakers by name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import networkx as nx

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.claims.dates import span
from journeys.analysis.claims.graph import edges_by_id
from journeys.analysis.claims.kept import kept
from journeys.model.identity import short_id
from journeys.model.schema import Schema

_BESIDE = ("type", "asserted")
"""What ``study_graph`` puts beside the stored properties of a claim."""
_MOST = 200_000
"""More claims than are kept of one graph."""


def claims_in_graph(graph: nx.MultiDiGraph[str], schema: Schema, ids: Collection[str]) -> dict[str, ClaimRecord]:
    """The claims with these ids, by id, sorted; none for an id that the graph does not have."""
    edges, made = edges_by_id(graph), _made(graph)
    found: dict[str, ClaimRecord] = {}
    for claim_id in sorted(set(ids)):
        if known := made.get(claim_id):
            found[claim_id] = known
        elif claim_id in edges:
            start, end, _, claim = edges[claim_id]
            made[claim_id] = found[claim_id] = _said(graph, schema, start, end, claim)
    if len(made) > _MOST:
        made.clear()
    return found


@kept
def _made(graph: nx.MultiDiGraph[str]) -> dict[str, ClaimRecord]:
    """The claims of a frozen graph that were asked for lately: many pages show the same."""
    return {}


def _said(graph: nx.MultiDiGraph[str], schema: Schema, start: str, end: str, claim: dict[str, Any]) -> ClaimRecord:
    ends = [_entity(graph, start), _entity(graph, end)]
    meeting = claim.get("at_meeting") or next((each.id for each in reversed(ends) if each.label == "Meeting"), None)
    source = claim.get("source")
    speaker = claim.get("claimed_by")
    return ClaimRecord(
        kind=schema.claims[claim["type"]],
        start=ends[0],
        end=ends[1],
        properties={name: value for name, value in claim.items() if name not in _BESIDE},
        when=span(claim),
        meeting=MeetingRef(meeting, _name(graph, meeting), span(_held(graph, meeting))) if meeting else None,
        source=Source(source, _name(graph, source), _held(graph, source).get("kind")) if source else None,
        said_by=_name(graph, speaker) if speaker and ":" in speaker else None,
        vocabularies=schema.vocabularies,
    )


def _entity(graph: nx.MultiDiGraph[str], node: str) -> Entity:
    return Entity(node, graph.nodes[node]["label"], graph.nodes[node]["name"])


def _held(graph: nx.MultiDiGraph[str], node: str) -> dict[str, Any]:
    return graph.nodes[node] if node in graph else {}


def _name(graph: nx.MultiDiGraph[str], node: str) -> str:
    return str(_held(graph, node).get("name") or short_id(node))
