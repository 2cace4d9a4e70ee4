"""Find stored values that differ from what was loaded although ids and hashes are equal: damage, or a change by hand.

A load compares ids and hashes, which is quick. This reads every value, for `journeys store check` and `store rebuild`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from journeys.model.identity import stored_json
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.staging.database import Group, Staging
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement


def altered_nodes(
    store: Store, staging: Staging, schema: Schema, study: str, progress: Progress
) -> Iterator[tuple[str, ...]]:
    """The ids of the staged nodes that the store holds with the same hash and other values, a label at a time."""
    for label, _ in staging.labels():
        rows = store.stream(statement(schema, "study_nodes", label=label), {"study": study})
        held = _held((row["properties"] for row in rows), progress)
        yield tuple(node.id for node in staging.nodes(label) if _differs(node.properties, held))


def altered_claims(
    store: Store, staging: Staging, schema: Schema, study: str, progress: Progress
) -> Iterator[tuple[str, ...]]:
    """The ids of the staged claims that the store holds with the same hash and other values."""
    by_label: dict[str, list[Group]] = {}
    for group in staging.groups():
        by_label.setdefault(group.from_label, []).append(group)
    for label, groups in by_label.items():
        types = sorted({group.type for group in groups})
        rows = store.stream(statement(schema, "study_claims", label=label), {"study": study, "types": types})
        held = _held((row["properties"] for row in rows), progress)
        for group in groups:
            yield tuple(claim.id for claim in staging.claims(group) if _differs(claim.properties, held))


_Held = dict[str, tuple[Any, bytes]]


def _held(rows: Iterable[Mapping[str, Any]], progress: Progress) -> _Held:
    """The hash and a digest of all values of each by its id: the values themselves would fill the memory."""
    found: _Held = {}
    for properties in rows:
        progress.advance()
        if properties.get("id") is not None:
            found[properties["id"]] = properties.get("content_hash"), _digest(properties)
    return found


def _differs(staged: Mapping[str, Any], held: _Held) -> bool:
    stored = held.get(str(staged["id"]))
    return stored is not None and stored[0] == staged.get("content_hash") and stored[1] != _digest(staged)


def _digest(properties: Mapping[str, Any]) -> bytes:
    try:
        text = stored_json(properties)
    except TypeError:
        # Of a type that no load writes, so it is another value at any rate.
        text = repr(sorted(properties.items(), key=lambda item: item[0]))
    return hashlib.sha256(text.encode()).digest()[:16]
