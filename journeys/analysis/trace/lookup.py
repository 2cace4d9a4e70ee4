"""Read the claims about a document or piece of evidence in both directions, and one step further.

One step further means: for an action that a document recommends, justifies or influenced, the results of the action;
for evidence, the meetings and people that documents presenting it came to. Such claims have ``via``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import iso
from journeys.analysis.claims.from_store import HoldsRows, StoredClaim, claim_records, rows_of
from journeys.analysis.trace.parts import Subject
from journeys.model.schema import Schema
from journeys.model.stored_types import kind_stored, stored_types
from journeys.store.connection import Row, Store
from journeys.store.queries.library import load_query

_GROUPS = {"Document": "document", "Evidence": "evidence"}
_TYPES = {"Document": "doc_type", "Evidence": "evidence_type"}


@dataclass(frozen=True, slots=True)
class JourneyRecords:
    """The traced thing, every claim that touches it or was reached through it, and its journeys as researchers tell
    them (``id``, ``title``, ``steps``)."""

    subject: Subject
    claims: tuple[ClaimRecord, ...]
    narratives: tuple[Mapping[str, Any], ...]


def read_journey(store: Store | HoldsRows, schema: Schema, entity: Entity) -> JourneyRecords:
    """Everything the store has on the journey of a document or piece of evidence. Raises LookupError if it is gone."""
    group = _GROUPS[entity.label]
    rows = rows_of(store, f"lookup/{group}_claims", {"id": entity.id})
    asserted = [row for row in rows if (kind := kind_stored(schema, row["type"], row["claim"])) and kind.asserted]
    found = [StoredClaim.of(row, entity) for row in asserted]
    found += _further(store, schema, entity, found)
    return JourneyRecords(
        _subject(store, schema, entity, rows),
        tuple(claim_records(store, schema, found)),
        tuple(_narratives(schema, rows_of(store, f"lookup/{group}_narratives", {"id": entity.id}))),
    )


def _further(
    store: Store | HoldsRows, schema: Schema, entity: Entity, found: Sequence[StoredClaim]
) -> list[StoredClaim]:
    """The claims one step on, through what the traced thing led to: what a source reports and the team still holds."""
    led_to = {ends.end.id: ends.end for ends in found if ends.start.id == entity.id and ends.type in schema.claims}
    actions = {node_id: end for node_id, end in led_to.items() if end.label == "Action"}
    further: list[StoredClaim] = []
    if actions:
        for row in _claims_beyond(store, schema, "lookup/action_claims", sorted(actions)):
            action = actions[row["action"]]
            further.append(StoredClaim.of(row, action, via=action))
    if entity.label == "Evidence":
        carriers = {ends.end.id: ends.end for ends in found if ends.type == "PRESENTED_IN" and ends.end.id in led_to}
        if carriers:
            for row in _claims_beyond(store, schema, "lookup/carrier_claims", sorted(carriers)):
                carrier = carriers[row["document"]]
                further.append(StoredClaim.of(row, carrier, via=carrier))
    return further


def _claims_beyond(store: Store | HoldsRows, schema: Schema, query: str, ids: list[str]) -> list[Row]:
    """The claims of the kinds that the query is about, whether stated, negated or withdrawn."""
    about = load_query(query).parameters["types"].default
    kinds = [schema.claims[name] for name in about if name in schema.claims] if isinstance(about, list) else []
    rows = rows_of(store, query, {"ids": ids, "types": list(stored_types(schema, kinds))})
    return [row for row in rows if kind_stored(schema, row["type"], row["claim"]) in kinds]


def _subject(store: Store | HoldsRows, schema: Schema, entity: Entity, rows: Sequence[Row]) -> Subject:
    found = rows_of(store, f"lookup/{_GROUPS[entity.label]}_setting", {"id": entity.id})
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
        if (kind := kind_stored(schema, row["type"], row["claim"])) is not None
        and not kind.asserted
        and kind.name not in ("IN_CASE", "JOURNEY_OF")
    ]
    cases = sorted(setting["cases"], key=lambda case: str(case["id"]))
    related.sort(key=lambda tie: (tie["type"], tie["id"]))
    held = setting["properties"]
    return Subject(
        entity,
        held,
        cases,
        setting["answers"],
        related,
        kind=schema.nodes[entity.label].noun.capitalize(),
        type_words=schema.terms(_TYPES[entity.label]).words(str(held.get(_TYPES[entity.label]) or "")),
    )


def _narratives(schema: Schema, rows: Sequence[Row]) -> list[dict[str, Any]]:
    journeys: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=_in_telling_order):
        journey = journeys.setdefault(row["id"], {"id": row["id"], "title": row["title"], "steps": []})
        step = row["step"]
        if step:
            shown = ("id", "title", "stage", "date_text", "date_from", "date_to", "file", "sheet", "cell")
            stage = schema.terms("stage").words(str(step.get("stage") or ""))
            held = {name: iso(step.get(name)) for name in shown}
            journey["steps"].append(held | {"stage_words": stage, "meeting": row["meeting"]})
    return list(journeys.values())


def _in_telling_order(row: Row) -> tuple[str, float, str]:
    step = row["step"] or {}
    hint = step.get("order_hint")
    return (row["id"], float("inf") if hint is None else hint, step.get("id") or "")
