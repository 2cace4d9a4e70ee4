"""Convert a claim's kind to the relationship type it is stored under, and back. No other module does this.

A claim is stored under its kind; one that reports something not to have happened under the NOT_ type (NOT_INTRODUCED
for INTRODUCED); one that the team has withdrawn under WITHDRAWN, with the kind as a property. So ``-[:INTRODUCED]->``
finds what happened and is still held, without any filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeys.model.definitions import ClaimKind, PropertyDefinition
from journeys.model.schema import CLAIM_KIND, NEGATED_PREFIX, WITHDRAWN, Schema

STORED_TYPES = (
    f"A relationship of one of these types is something that a source says happened and that the team still holds, or "
    f"that is inferred (mode: derived). What was reported not to have happened has the type {NEGATED_PREFIX}… "
    f"({NEGATED_PREFIX}INTRODUCED); what the team has withdrawn has the type {WITHDRAWN}, and its {CLAIM_KIND} names "
    f"the claim kind."
)
"""The rule in words, shown to people who write queries."""


def negated_type(kind: ClaimKind) -> str:
    """Return the type for claims of this kind that were reported not to have happened."""
    return f"{NEGATED_PREFIX}{kind.name}"


def stored_type(kind: ClaimKind, properties: Mapping[str, Any]) -> str:
    """The type under which a claim with these properties is stored. Structure is never negated or withdrawn."""
    if kind.asserted and properties.get("status") == "withdrawn":
        return WITHDRAWN
    return negated_type(kind) if kind.asserted and properties.get("negated") else kind.name


def stored_types(schema: Schema, kinds: Iterable[ClaimKind] | None = None) -> tuple[str, ...]:
    """Every type under which claims of these kinds, else of all kinds, may be stored."""
    found: list[str] = []
    for kind in schema.claims.values() if kinds is None else kinds:
        found += [kind.name, negated_type(kind)] if kind.asserted else [kind.name]
        if kind.asserted and WITHDRAWN not in found:
            found.append(WITHDRAWN)
    return tuple(found)


def kind_stored(schema: Schema, type_: str, properties: Mapping[str, Any]) -> ClaimKind | None:
    """The kind of a claim that is stored under this type with these properties; None for a type that is not ours."""
    if type_ == WITHDRAWN:
        return schema.claims.get(str(properties.get(CLAIM_KIND)))
    return schema.claims.get(type_) or schema.claims.get(type_.removeprefix(NEGATED_PREFIX))


def properties_stored(schema: Schema, type_: str) -> dict[str, PropertyDefinition]:
    """What a claim stored under this type may hold. Raises KeyError for a type that is not ours."""
    if type_ == WITHDRAWN:
        asserted = [name for name, kind in schema.claims.items() if kind.asserted]
        return {name: held for kind in asserted for name, held in schema.properties_of_claim(kind).items()}
    kind = kind_stored(schema, type_, {})
    if kind is None:
        raise KeyError(type_)
    return schema.properties_of_claim(kind.name)
