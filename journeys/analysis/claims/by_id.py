"""Read the claims with given ids, for example those behind an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.from_store import StoredClaim, claim_records
from journeys.model.identity import short_id
from journeys.model.schema import Schema
from journeys.model.stored_types import stored_types
from journeys.store.connection import Row, Store
from journeys.store.cypher_templates import filled_in
from journeys.store.queries.library import load_query

_AT_ONCE = {"neo4j": 500, "embedded": 10_000}
"""The most ids in one query: without an index each query scans all claims once."""


def claims_by_id(store: Store, schema: Schema, ids: Iterable[str]) -> dict[str, ClaimRecord]:
    """The claims with these ids, by id; none for an id that the store does not have."""
    wanted, most = sorted(set(ids)), _AT_ONCE[store.engine]
    rows = [row for start in range(0, len(wanted), most) for row in _rows(store, schema, wanted[start : start + most])]
    return {claim.id: claim for claim in claim_records(store, schema, [_stored_claim(row) for row in rows])}


def _rows(store: Store, schema: Schema, ids: Collection[str]) -> list[Row]:
    """On Neo4j each type of claim has an index of its own, and a pattern of many types uses them all. The embedded
    engine has none (see ``store.load``) and is quickest with one type a pattern: a query for each, all of them in one.
    """
    query = load_query("lookup/claims_by_id")
    every = stored_types(schema)
    patterns = ["|".join(every)] if store.engine == "neo4j" else every
    parts = [filled_in(schema, query.text, CLAIM_TYPE=types) for types in patterns]
    return store.read("\nUNION ALL\n".join(parts), query.values({"ids": list(ids), "among": dict.fromkeys(ids, True)}))


def _stored_claim(row: Row) -> StoredClaim:
    return StoredClaim.of(row, Entity(row["from_id"], row["from_label"], row["from_name"] or short_id(row["from_id"])))
