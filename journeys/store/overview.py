"""What a store holds of a study, and how its loads went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from journeys.model.schema import CLAIM_KIND, Schema
from journeys.model.stored_types import kind_stored
from journeys.store.connection import Row, Store
from journeys.store.cypher_templates import statement
from journeys.store.shape import is_outdated


@dataclass(frozen=True, slots=True)
class Overview:
    """Nodes by label, claims and derived claims by type, the files as last loaded (name -> sha-256), the last load."""

    engine: str
    where: str
    nodes: dict[str, int]
    claims: dict[str, int]
    derived: int
    files: dict[str, str]
    last_load: dict[str, Any] | None
    outdated: bool = False
    """Whether an earlier version filled the store, so that the study has to be loaded again."""

    @property
    def interrupted(self) -> bool:
        """Whether the last load did not come to its end."""
        return self.last_load is not None and self.last_load.get("finished") is None


def overview(store: Store, study: str, schema: Schema) -> Overview:
    """Count what the store holds of a study."""
    nodes = {row["label"]: row["number"] for row in _counted(store, study, schema, "counts_nodes", schema.nodes)}
    nodes = {label: number for label, number in nodes.items() if number}
    claims: dict[str, int] = {}
    derived = 0
    for row in _counted(store, study, schema, "counts_claims", nodes):
        kind = kind_stored(schema, row["type"], {CLAIM_KIND: row["kind"]})
        if kind is None:
            continue  # somebody's own relationships
        claims[kind.name] = claims.get(kind.name, 0) + row["number"]
        derived += row["derived"]
    runs = [row["run"] for row in store.read(statement(schema, "runs"), {"study": study, "limit": 1})]
    last = runs[0] if runs else None
    files = dict(entry.rsplit(" ", 1) for entry in last["files"]) if last else {}
    return Overview(
        store.engine,
        store.where,
        nodes,
        dict(sorted(claims.items())),
        derived,
        files,
        last,
        is_outdated(store, schema, study),
    )


def _counted(store: Store, study: str, schema: Schema, name: str, labels: Iterable[str]) -> list[Row]:
    """The rows of a count of each of these labels, asked for at once: asking takes longer than counting."""
    counts = [statement(schema, name, label=label) for label in labels]
    return store.read("\nUNION ALL\n".join(counts), {"study": study}) if counts else []
