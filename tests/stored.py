"""Claims as a load would store them, for tests that write straight into a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeys.model.aspects import aspect_key
from journeys.model.schema import CLAIM_KIND, WITHDRAWN, Schema, load_schema
from journeys.model.stored_types import stored_type


def as_stored(kind: str, properties: Mapping[str, Any], schema: Schema | None = None) -> tuple[str, dict[str, Any]]:
    """The relationship type and the properties that a load would give a claim of this kind with these properties."""
    schema = schema or load_schema()
    held = {**schema.claim_defaults(kind), **properties}
    claim = schema.claims[kind]
    if key := aspect_key(held):
        held["aspect_key"] = key
    type_ = stored_type(claim, held)
    return type_, {**held, CLAIM_KIND: kind} if type_ == WITHDRAWN else held
