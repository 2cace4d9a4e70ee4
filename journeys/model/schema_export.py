"""Exports of the schema: a JSON Schema for programs, a reference page for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journeys.model.definitions import ANY_LABEL, ClaimKind, PropertyDefinition
from journeys.model.records import property_model
from journeys.model.schema import CLAIM_KIND, WITHDRAWN, Schema
from journeys.model.stored_types import STORED_TYPES, negated_type

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(schema: Schema) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) of one node or claim: ``{"label": …, "properties": …}`` or ``{"type": …, …}``."""
    nodes = {
        label: {
            "description": kind.description,
            "type": "object",
            "required": ["label", "properties"],
            "properties": {
                "label": {"const": label},
                "properties": _held(schema, kind.properties, "every_node"),
            },
        }
        for label, kind in schema.nodes.items()
    }
    claims = {
        claim_type: {
            "description": f"{' | '.join(kind.from_labels)} {kind.phrase} {' | '.join(kind.to_labels)}",
            "type": "object",
            "required": ["type", "from", "to", "properties"],
            "properties": {
                "type": _types(kind),
                "from": _end(schema, kind.from_labels),
                "to": _end(schema, kind.to_labels),
                "properties": _held(schema, kind.properties, "every_claim" if kind.asserted else None, kind),
            },
            **(_WITHDRAWN_NAMES_ITS_KIND if kind.asserted else {}),
        }
        for claim_type, kind in schema.claims.items()
    }
    return {
        "$schema": _DIALECT,
        "title": "A node or claim of an evidence-journeys graph",
        "description": f"Generated from graph.yaml and vocabularies.yaml, version {schema.version}; do not edit.",
        "$defs": {
            "every_node": _object(schema, schema.node_properties),
            "every_claim": _object(schema, schema.claim_properties),
            **nodes,
            **claims,
        },
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in (*nodes, *claims)],
    }


_WITHDRAWN_NAMES_ITS_KIND = {
    "if": {"properties": {"type": {"const": WITHDRAWN}}},
    "then": {"properties": {"properties": {"required": [CLAIM_KIND]}}},
}


def _types(kind: ClaimKind) -> dict[str, Any]:
    """The relationship types under which a claim of this kind is stored."""
    return {"enum": [kind.name, negated_type(kind), WITHDRAWN]} if kind.asserted else {"const": kind.name}


def _held(
    schema: Schema, own: Mapping[str, PropertyDefinition], shared: str | None, claim: ClaimKind | None = None
) -> dict[str, Any]:
    """Return the JSON Schema of a kind's own and shared properties; no others are allowed."""
    held = _object(schema, own)
    if shared is not None:
        held["allOf"] = [{"$ref": f"#/$defs/{shared}"}]
    if claim is not None and claim.asserted:
        held["properties"][CLAIM_KIND] = {"const": claim.name}
    return {**held, "unevaluatedProperties": False}


def _object(schema: Schema, properties: Mapping[str, PropertyDefinition]) -> dict[str, Any]:
    made = property_model(schema, "properties", properties).model_json_schema()
    return {
        "type": "object",
        "required": made.get("required", []) + [name for name, held in properties.items() if held.default is not None],
        "properties": {name: _without_titles(entry) for name, entry in made["properties"].items()},
    }


def _without_titles(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("title", "default")}


def _end(schema: Schema, labels: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["label", "id"],
        "properties": {"label": {"enum": list(schema.labels(labels))}, "id": {"type": "string"}},
    }


def reference_page(schema: Schema) -> str:
    """The schema as a Markdown page: node kinds, claim kinds, vocabularies, each with where it comes from."""
    return "\n".join(_page(schema)) + "\n"


def _page(schema: Schema) -> Iterator[str]:
    yield "# The graph schema"
    yield ""
    yield "Generated from `schema/graph.yaml` and `schema/vocabularies.yaml` by `scripts/generate.py`; do not edit."
    yield ""
    yield "## Nodes"
    yield ""
    yield "Every node has `id`, `study`, `file`, `sheet`, `cell`, `files` and:"
    yield ""
    yield from _properties(schema.node_properties)
    for label, kind in schema.nodes.items():
        yield ""
        yield f"### {label}"
        yield ""
        yield f"{kind.description}. Shown by its `{kind.display}`; its id is made of: {', '.join(kind.key)}."
        yield ""
        yield from _properties(kind.properties)
    yield ""
    yield "## Claims"
    yield ""
    yield STORED_TYPES
    yield ""
    yield "One edge is one claim by one source. Every claim has `id`, `study`, `file`, `sheet`, `cell`, `files`;"
    yield "an asserted claim has also:"
    yield ""
    yield from _properties(schema.claim_properties)
    yield ""
    yield "| type | from | to | said | event | stage | polarity | own properties |"
    yield "|---|---|---|---|---|---|---|---|"
    for claim_type, claim in schema.claims.items():
        own = ", ".join(f"`{name}`" for name in claim.properties)
        stage = claim.stage or ("" if claim.asserted else "structure")
        yield (
            f"| {claim_type} | {_labels(claim.from_labels)} | {_labels(claim.to_labels)} | {claim.phrase} / "
            f"{claim.passive} | {_event(claim)} | {stage} | {claim.polarity or ''} | {own} |"
        )
    yield ""
    yield "## Vocabularies"
    for name, vocabulary in schema.vocabularies.items():
        yield ""
        yield f"### {name}"
        yield ""
        yield f"{vocabulary.description}."
        yield ""
        for term in vocabulary.terms.values():
            yield f"- `{term.name}` {term.label}{f': {term.description}' if term.description else ''}"


def _event(claim: ClaimKind) -> str:
    """Whether it is an event, which stands on a journey map; "of …" where it is one only of these."""
    if isinstance(claim.event, tuple):
        return f"of {_labels(claim.event)}"
    return "yes" if claim.event else ""


def _labels(labels: tuple[str, ...]) -> str:
    return "any" if ANY_LABEL in labels else ", ".join(labels)


def _properties(properties: Mapping[str, PropertyDefinition]) -> Iterator[str]:
    if not properties:
        return
    yield "| property | type | notes |"
    yield "|---|---|---|"
    for definition in properties.values():
        notes = [definition.description]
        if definition.required:
            notes.append("required")
        if definition.default:
            notes.append(f"never absent: `{definition.default}` where nobody said")
        if definition.sensitive:
            notes.append("sensitive")
        if definition.vocabulary:
            notes.append(f"vocabulary {definition.vocabulary}{', other words allowed' if definition.open else ''}")
        if definition.field:
            notes.append(f"from {definition.field}")
        stored = ", ".join(f"`{name}`" for name in definition.stored_names)
        yield f"| {stored} | {definition.type} | {'; '.join(filter(None, notes))} |"
