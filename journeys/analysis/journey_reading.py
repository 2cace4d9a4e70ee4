"""What the store says of a document or piece of evidence: its claims in both directions, and one step further on.

One step on means: for an action that a document recommends, justifies or influenced, what became of the action; for
evidence, the meetings and people that documents presenting it came to. Such claims have ``via``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.journey_dates import iso, span
from journeys.analysis.journey_parts import Entity, MeetingRef, SaidClaim, Source, Subject
from journeys.model.schema import Schema
from journeys.store.connection import Row, Store
from journeys.store.library import load_query

_GROUPS = {"Document": "document", "Evidence": "evidence"}


@dataclass(frozen=True, slots=True)
class Read:
    """The traced thing, every claim that touches it or was reached through it, and its journeys as researchers tell
    them (``id``, ``title``, ``steps``)."""

    subject: Subject
    claims: tuple[SaidClaim, ...]
    told: tuple[Mapping[str, Any], ...]


def read_journey(store: Store, schema: Schema, entity: Entity) -> Read:
    """Everything the store has on the journey of a document or piece of evidence. Raises LookupError if it is gone."""
    group = _GROUPS[entity.label]
    rows = _rows(store, f"lookup/{group}_claims", {"id": entity.id})
    asserted = [row for row in rows if (kind := schema.claims.get(row["type"])) and kind.asserted]
    found = [_Ends.of(row, entity) for row in asserted]
    found += _further(store, entity, found)
    return Read(
        _subject(store, schema, entity, rows),
        tuple(_claims(store, schema, found)),
        tuple(_told(_rows(store, f"lookup/{group}_told", {"id": entity.id}))),
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    """A row of a claim query: what the claim holds, and its two ends."""

    type: str
    properties: Mapping[str, Any]
    start: Entity
    end: Entity
    via: Entity | None = None

    @classmethod
    def of(cls, row: Row, near: Entity, via: Entity | None = None) -> _Ends:
        other = Entity(row["id"], row["label"], row["name"] or _short(row["id"]))
        start, end = (near, other) if row.get("outgoing", True) else (other, near)
        return cls(row["type"], row["claim"], start, end, via)


def _further(store: Store, entity: Entity, found: Sequence[_Ends]) -> list[_Ends]:
    """The claims one step on, through what the traced thing certainly leads to (found not to be so leads nowhere)."""
    led_to = {
        ends.end.id: ends.end for ends in found if ends.start.id == entity.id and not ends.properties.get("negated")
    }
    actions = {node_id: end for node_id, end in led_to.items() if end.label == "Action"}
    further: list[_Ends] = []
    if actions:
        for row in _rows(store, "lookup/action_claims", {"ids": sorted(actions)}):
            action = actions[row["action"]]
            further.append(_Ends.of(row, action, via=action))
    if entity.label == "Evidence":
        carriers = {ends.end.id: ends.end for ends in found if ends.type == "PRESENTED_IN" and ends.end.id in led_to}
        if carriers:
            for row in _rows(store, "lookup/carrier_claims", {"ids": sorted(carriers)}):
                carrier = carriers[row["document"]]
                further.append(_Ends.of(row, carrier, via=carrier))
    return further


def _claims(store: Store, schema: Schema, found: Sequence[_Ends]) -> Iterable[SaidClaim]:
    """The claims with their meetings, sources and speakers by name; each once, touched directly before reached."""
    meetings = _meetings(store, found)
    sources = _sources(store, found)
    speakers = _speakers(store, found)
    seen: set[str] = set()
    for ends in found:
        said = ends.properties
        if said["id"] in seen:
            continue
        seen.add(said["id"])
        meeting = said.get("at_meeting") or next(
            (end.id for end in (ends.end, ends.start) if end.label == "Meeting"), None
        )
        yield SaidClaim(
            kind=schema.claims[ends.type],
            start=ends.start,
            end=ends.end,
            properties=said,
            when=span(said),
            meeting=meetings[meeting] if meeting else None,
            source=sources[said["source"]] if said.get("source") else None,
            said_by=speakers.get(said.get("claimed_by") or ""),
            via=ends.via,
        )


def _meetings(store: Store, found: Sequence[_Ends]) -> dict[str, MeetingRef]:
    wanted = {ends.properties.get("at_meeting") for ends in found}
    wanted |= {end.id for ends in found for end in (ends.start, ends.end) if end.label == "Meeting"}
    known = _by_id(store, "lookup/meetings", wanted)
    return {
        node_id: MeetingRef(node_id, held.get("name") or held.get("title") or _short(node_id), span(held))
        for node_id, held in known.items()
    }


def _sources(store: Store, found: Sequence[_Ends]) -> dict[str, Source]:
    known = _by_id(store, "lookup/sources", {ends.properties.get("source") for ends in found})
    return {
        node_id: Source(node_id, held.get("name") or _short(node_id), held.get("kind"), span(held))
        for node_id, held in known.items()
    }


def _speakers(store: Store, found: Sequence[_Ends]) -> dict[str, str]:
    """The names of those whose words claims are, by id; `document` and `researcher` are no ids."""
    wanted = {ends.properties.get("claimed_by") for ends in found}
    known = _by_id(store, "lookup/actors", {said_by for said_by in wanted if said_by and ":" in said_by})
    return {node_id: held.get("name") or _short(node_id) for node_id, held in known.items()}


def _by_id(store: Store, query: str, wanted: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """The properties of the nodes with these ids; none for an id that the store does not have."""
    ids = sorted(filter(None, wanted))
    held = {row["id"]: row["properties"] for row in _rows(store, query, {"ids": ids})} if ids else {}
    return {node_id: held.get(node_id, {}) for node_id in ids}


def _subject(store: Store, schema: Schema, entity: Entity, rows: Sequence[Row]) -> Subject:
    found = _rows(store, f"lookup/{_GROUPS[entity.label]}_setting", {"id": entity.id})
    if not found:
        raise LookupError(entity.id)
    setting = found[0]
    related = [
        {
            "type": kind.name,
            "phrase": kind.phrase if row["outgoing"] else kind.passive,
            "id": row["id"],
            "label": row["label"],
            "name": row["name"],
        }
        for row in rows
        if (kind := schema.claims.get(row["type"])) is not None
        and not kind.asserted
        and kind.name not in ("IN_CASE", "JOURNEY_OF")
    ]
    cases = sorted(setting["cases"], key=lambda case: str(case["id"]))
    related.sort(key=lambda tie: (tie["type"], tie["id"]))
    return Subject(entity, setting["properties"], cases, setting["answers"], related)


def _told(rows: Sequence[Row]) -> list[dict[str, Any]]:
    journeys: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=_in_telling_order):
        journey = journeys.setdefault(row["id"], {"id": row["id"], "title": row["title"], "steps": []})
        step = row["step"]
        if step:
            shown = ("id", "title", "stage", "date_text", "date_from", "date_to", "file", "sheet", "cell")
            journey["steps"].append({name: iso(step.get(name)) for name in shown} | {"meeting": row["meeting"]})
    return list(journeys.values())


def _in_telling_order(row: Row) -> tuple[str, float, str]:
    step = row["step"] or {}
    hint = step.get("order_hint")
    return (row["id"], float("inf") if hint is None else hint, step.get("id") or "")


def _rows(store: Store, query: str, given: Mapping[str, object]) -> list[Row]:
    loaded = load_query(query)
    return store.read(loaded.text, loaded.values(given))


def _short(node_id: str) -> str:
    return node_id.split(":", 2)[-1]
