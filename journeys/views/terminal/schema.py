"""The schema in a terminal: every kind of node and claim, or one of them with all it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import process
from rich.console import Group, RenderableType
from rich.text import Text

from journeys.model.definitions import ClaimKind, NodeKind, PropertyDefinition
from journeys.model.problems import UsageProblem
from journeys.model.schema import CLAIM_KIND, WITHDRAWN, Schema, load_schema
from journeys.model.stored_types import STORED_TYPES, kind_stored, negated_type, stored_types
from journeys.views.terminal.fitting_table import FittingTable

_TERMS_SHOWN = 12


def schema_view(schema: Schema, name: str | None = None) -> RenderableType:
    """All kinds, or with the name of a label or claim kind that one. Raises UsageProblem for a name there is not."""
    if name is None:
        return Group(
            Text("Kinds of node", "bold"),
            FittingTable(
                ("label", "what it is"),
                ((kind.name, schema.lens.in_words(kind.description)) for kind in schema.nodes.values()),
            ),
            Text("\nKinds of claim", "bold"),
            FittingTable(("type", "how it is said", "from", "to"), map(_claim_row, schema.claims.values())),
            Text(STORED_TYPES),
        )
    known = {each.casefold(): each for each in (*schema.nodes, *stored_types(schema))}
    chosen = known.get(name.casefold())
    if chosen is None:
        near = process.extractOne(name.casefold(), list(known), score_cutoff=60)
        meant = f" Did you mean {known[near[0]]!r}?" if near else ""
        raise UsageProblem(f"There is no label or kind of claim {name!r}.{meant}")
    if chosen in schema.nodes:
        return _node(schema, schema.nodes[chosen])
    if (kind := kind_stored(schema, chosen, {})) is None:
        return _withdrawn(schema)
    return _claim(schema, kind, chosen)


def vocabularies_view(schema: Schema) -> RenderableType:
    """Every vocabulary with its terms: as they are stored, as forms show them, and which the study has added."""
    shipped = load_schema().vocabularies
    parts: list[RenderableType] = []
    for name, vocabulary in schema.vocabularies.items():
        parts.append(Text(f"{name}: {vocabulary.description}", "bold"))
        rows = [
            (term.name, term.label, "added by the study" if term.name not in shipped[name].terms else term.description)
            for term in vocabulary.terms.values()
        ]
        parts += [FittingTable(("stored as", "shown as", ""), rows), Text()]
    return Group(*parts)


def _claim_row(kind: ClaimKind) -> tuple[str, str, str, str]:
    return kind.name, kind.phrase, ", ".join(kind.from_labels), ", ".join(kind.to_labels)


def _node(schema: Schema, kind: NodeKind) -> RenderableType:
    touching = [claim for claim in schema.claims.values() if _touches(claim, kind.name)]
    return Group(
        Text(f"(:{kind.name})", "bold"),
        Text(f"{kind.plural}: {kind.description}. It is shown by its {kind.display}."),
        FittingTable(
            ("property", "type", "values", "what it is"), _properties(schema, schema.properties_of_node(kind.name))
        ),
        Text("\nClaims that start or end at it", "bold"),
        FittingTable(("type", "how it is said", "from", "to"), map(_claim_row, touching)),
    )


def _claim(schema: Schema, kind: ClaimKind, type_: str) -> RenderableType:
    starts, ends = "|".join(kind.from_labels), "|".join(kind.to_labels)
    stance = {-1: " It counts as contesting.", 1: " It counts as supporting."}.get(kind.polarity, "")
    stage = f" Stage of a journey: {schema.terms('stage').terms[kind.stage].label}." if kind.stage else ""
    event = " It is an event, and stands on a journey map." if kind.event else ""
    structure = "" if kind.asserted else " It is structure: no source states it."
    own = {**kind.properties, **schema.properties_of_claim(kind.name)}
    twin = f" Reported not to have happened: {negated_type(kind)}." if kind.asserted and type_ == kind.name else ""
    negated = "" if type_ == kind.name else f"Reported not to have happened; the claim kind is {kind.name}. "
    return Group(
        Text(f"(:{starts})-[:{type_}]->(:{ends})", "bold"),
        Text(
            f"{negated}Said as: {kind.phrase}; the other way round: {kind.passive}."
            f"{stage}{stance}{event}{structure}{twin}"
        ),
        FittingTable(("property", "type", "values", "what it is"), _properties(schema, own)),
    )


def _withdrawn(schema: Schema) -> RenderableType:
    shared = schema.claim_properties
    return Group(
        Text(f"()-[:{WITHDRAWN}]->()", "bold"),
        Text(f"A claim that the team has withdrawn; {CLAIM_KIND} names its kind, whose own properties it keeps."),
        FittingTable(("property", "type", "values", "what it is"), _properties(schema, shared)),
    )


def _touches(claim: ClaimKind, label: str) -> bool:
    return any(label in labels or "any" in labels for labels in (claim.from_labels, claim.to_labels))


def _properties(schema: Schema, properties: Mapping[str, PropertyDefinition]) -> Iterator[tuple[str, str, str, str]]:
    """The properties under the names they are stored by, then those that everything has."""
    for definition in properties.values():
        terms = list(schema.terms(definition.vocabulary).terms) if definition.vocabulary else []
        more = f", … ({len(terms)})" if len(terms) > _TERMS_SHOWN else ", …" if terms and definition.open else ""
        yield (
            ", ".join(definition.stored_names),
            definition.type.value,
            ", ".join(terms[:_TERMS_SHOWN]) + more,
            definition.description,
        )
    yield "id, study", "text", "", "its own id, and the study's"
    yield "file, sheet, cell, files", "text, list", "", "where it was written"
