"""Read claims from the store, with the names of their meetings, sources and speakers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.claims.dates import span
from journeys.model.identity import short_id
from journeys.model.schema import Schema
from journeys.model.stored_types import kind_stored
from journeys.store.connection import Row, Store
from journeys.store.queries.library import load_query


class HoldsRows(Protocol):
    """Whatever answers shipped queries without a store."""

    def rows(self, query: str, given: Mapping[str, object]) -> list[Row]:
        """The rows of a shipped query."""


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as stored: a row of a claim query, with its two ends."""

    type: str
    properties: Mapping[str, Any]
    start: Entity
    end: Entity
    via: Entity | None = None

    @classmethod
    def of(cls, row: Row, near: Entity, via: Entity | None = None) -> StoredClaim:
        """Of a row that tells of the other end, seen from ``near``."""
        other = Entity(row["id"], row["label"], row["name"] or short_id(row["id"]))
        start, end = (near, other) if row.get("outgoing", True) else (other, near)
        return cls(row["type"], row["claim"], start, end, via)


def claim_records(store: Store | HoldsRows, schema: Schema, found: Sequence[StoredClaim]) -> Iterable[ClaimRecord]:
    """Return the claims with the names of their meetings, sources and speakers; each claim once."""
    meetings = _meetings(store, found)
    sources = _sources(store, found)
    speakers = _speakers(store, found)
    seen: set[str] = set()
    for ends in found:
        said = ends.properties
        kind = kind_stored(schema, ends.type, said)
        if kind is None or said["id"] in seen:
            continue
        seen.add(said["id"])
        meeting = said.get("at_meeting") or next(
            (end.id for end in (ends.end, ends.start) if end.label == "Meeting"), None
        )
        yield ClaimRecord(
            kind=kind,
            start=ends.start,
            end=ends.end,
            properties=said,
            when=span(said),
            meeting=meetings[meeting] if meeting else None,
            source=sources[said["source"]] if said.get("source") else None,
            said_by=speakers.get(said.get("claimed_by") or ""),
            via=ends.via,
            vocabularies=schema.vocabularies,
        )


def _meetings(store: Store | HoldsRows, found: Sequence[StoredClaim]) -> dict[str, MeetingRef]:
    wanted = {ends.properties.get("at_meeting") for ends in found}
    wanted |= {end.id for ends in found for end in (ends.start, ends.end) if end.label == "Meeting"}
    known = _by_id(store, "lookup/meetings", wanted)
    return {
        node_id: MeetingRef(node_id, held.get("name") or held.get("title") or short_id(node_id), span(held))
        for node_id, held in known.items()
    }


def _sources(store: Store | HoldsRows, found: Sequence[StoredClaim]) -> dict[str, Source]:
    known = _by_id(store, "lookup/sources", {ends.properties.get("source") for ends in found})
    return {
        node_id: Source(node_id, held.get("name") or short_id(node_id), held.get("kind"), span(held))
        for node_id, held in known.items()
    }


def _speakers(store: Store | HoldsRows, found: Sequence[StoredClaim]) -> dict[str, str]:
    """The names of those whose words claims are, by id; `document` and `researcher` are no ids."""
    wanted = {ends.properties.get("claimed_by") for ends in found}
    known = _by_id(store, "lookup/actors", {said_by for said_by in wanted if said_by and ":" in said_by})
    return {node_id: held.get("name") or short_id(node_id) for node_id, held in known.items()}


def _by_id(store: Store | HoldsRows, query: str, wanted: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """The properties of the nodes with these ids; none for an id that the store does not have."""
    ids = sorted(filter(None, wanted))
    held = {row["id"]: row["properties"] for row in rows_of(store, query, {"ids": ids})} if ids else {}
    return {node_id: held.get(node_id, {}) for node_id in ids}


def rows_of(store: Store | HoldsRows, query: str, given: Mapping[str, object]) -> list[Row]:
    """The rows of a shipped query."""
    if not isinstance(store, Store):
        return store.rows(query, given)
    loaded = load_query(query)
    return store.read(loaded.text, loaded.values(given))
