"""Nodes and claims as they pass from the readers to the store, and the pydantic models that check them.

A claim has four shapes on its way from a cell to a page, one for each thing that is done with it:

- *read*: ``Claim``, here: what one row, answer or note says, with its address. ``interpret`` makes it.
- *staged*: ``staging.database.StagedClaim``: merged with its repetitions, dated by its meeting. Inferred claims stand
  beside it. This is what the store should hold, and what the loader compares with the store.
- *stored*: a relationship. A query returns it as ``analysis.claims.from_store.StoredClaim``; in the graph of the whole
  study (``analysis.claims.graph.study_graph``) the same properties stand on an edge.
- *shown*: ``analysis.claims.claim.ClaimRecord``: with its ends, meeting and source by name. Traces, disagreements,
  claim cards and JSON take this one.

``Happening``, ``Statement``, ``Step`` and ``StageEvent`` are no further shapes: they say of one claim or several what
they tell together, or at which stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, create_model

from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.problems import Address
from journeys.model.schema import Schema

Value = str | int | float | bool | date | list[str]
"""The values a property may have; Neo4j allows neither lists of lists nor maps."""


class Authority(IntEnum):
    """Which description of a node counts when several files describe it: the lowest number first."""

    REGISTER = 0
    FORM = 1
    TABLE = 2


@dataclass(frozen=True, slots=True)
class Node:
    """A node as one file describes it; several descriptions of one id are merged, the highest authority first.

    ``properties`` has stored names (``date_from``, not ``date``) and no None. ``places`` has, by the names of the
    schema (``date``), where a property is written, if not at the node's own address.
    """

    label: str
    id: str
    properties: Mapping[str, Value]
    address: Address
    authority: Authority = Authority.FORM
    places: Mapping[str, Address] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim by one source: a typed edge between two nodes.

    ``properties`` has stored names and no None; ``id`` comes from ``identity.claim_id``. ``act`` is the table row of a
    separate act: claims with one id and different acts are numbered after reading. ``dated_at`` is where its date is
    written, if that is another cell, and ``places`` where other properties are.
    """

    id: str
    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: Mapping[str, Value]
    address: Address = field(compare=False)
    act: str | None = field(default=None, compare=False)
    dated_at: Address | None = field(default=None, compare=False)
    places: Mapping[str, Address] = field(default_factory=dict, compare=False)


_TYPES: dict[PropertyType, Any] = {
    PropertyType.TEXT: str,
    PropertyType.INTEGER: int,
    PropertyType.NUMBER: float,
    PropertyType.BOOLEAN: bool,
    PropertyType.LIST: list[str],
}


class PropertyModel(BaseModel):
    """Base of the generated models: only the kind's declared properties, without type coercion."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PropertyModels:
    """The pydantic models of a schema's kinds, each made when it is first asked for.

    A model holds the properties of a node label or claim type under their stored names; its ``model_json_schema()``
    is the kind's JSON Schema.
    """

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._made: dict[str, type[PropertyModel]] = {}

    def __getitem__(self, kind: str) -> type[PropertyModel]:
        """The model of a node label or claim type; raises KeyError for a kind the schema does not have."""
        if kind not in self._made:
            of_node = kind in self._schema.nodes
            held = self._schema.properties_of_node(kind) if of_node else self._schema.properties_of_claim(kind)
            self._made[kind] = property_model(self._schema, kind, held)
        return self._made[kind]


def property_model(schema: Schema, name: str, properties: Mapping[str, PropertyDefinition]) -> type[PropertyModel]:
    """A pydantic model called ``name`` of these properties, under their stored names."""
    fields: dict[str, Any] = {}
    for definition in properties.values():
        for stored, kind in _stored_types(schema, definition):
            required = definition.required and stored == definition.name
            if definition.default is not None:
                fields[stored] = (kind, definition.default)
            else:
                fields[stored] = (kind, ...) if required else (kind | None, None)
    return create_model(name, __base__=PropertyModel, **fields)


def _stored_types(schema: Schema, definition: PropertyDefinition) -> list[tuple[str, Any]]:
    if definition.type is PropertyType.DATE:
        text, date_from, date_to, precision, clock = definition.stored_names
        return [(text, str), (date_from, date), (date_to, date), (precision, str), (clock, str)]
    if definition.vocabulary is not None and not definition.open:
        return [(definition.name, Literal[tuple(schema.terms(definition.vocabulary).terms)])]
    return [(definition.name, _TYPES[definition.type])]
