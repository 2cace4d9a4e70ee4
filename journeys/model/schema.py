"""The schema: read once from ``schema/``, refused with file and line when it is wrong, extended by a study.

It is the only list of labels, claim kinds and vocabularies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from journeys.model.definitions import (
    ANY_LABEL,
    ClaimKind,
    GraphFile,
    NodeKind,
    PropertyDefinition,
    PropertyType,
    Vocabulary,
    VocabularyFile,
)
from journeys.model.lens import Lens
from journeys.model.phrases import one_of, with_article
from journeys.model.problems import JourneysError
from journeys.model.resources import resource_folder
from journeys.model.wrong_values import said_of
from journeys.model.yaml_with_lines import LinedYaml, Location, load_lined_yaml

GRAPH_FILE = "graph.yaml"
VOCABULARY_FILE = "vocabularies.yaml"

NODE_BOOKKEEPING = ("id", "study", "file", "sheet", "cell", "files", "content_hash", "search_words")
"""Stored on every node besides its declared properties: id, place in the files, last load, search words."""
CLAIM_KIND = "claim_kind"
"""The property that holds the kind of a withdrawn claim."""
CLAIM_BOOKKEEPING = (*NODE_BOOKKEEPING, CLAIM_KIND)

NEGATED_PREFIX = "NOT_"
WITHDRAWN = "WITHDRAWN"
"""Relationship types beside the claim kinds; ``stored_types`` says how they are used."""

_File = TypeVar("_File", bound=BaseModel)


@dataclass(frozen=True)
class Schema:
    """Node kinds by label, claim kinds by type, vocabularies by name, and what all nodes and all claims hold."""

    version: int
    nodes: Mapping[str, NodeKind]
    claims: Mapping[str, ClaimKind]
    vocabularies: Mapping[str, Vocabulary]
    node_properties: Mapping[str, PropertyDefinition]
    claim_properties: Mapping[str, PropertyDefinition]
    lens: Lens = field(default_factory=Lens)

    def properties_of_node(self, label: str) -> dict[str, PropertyDefinition]:
        """Return the properties of a node of this label: those of all nodes, and its own."""
        return {**self.node_properties, **self.nodes[label].properties}

    def properties_of_claim(self, claim_type: str) -> dict[str, PropertyDefinition]:
        """Return the properties of a claim of this type: its own and, if it is asserted, those of all claims."""
        kind = self.claims[claim_type]
        shared = self.claim_properties if kind.asserted else {}
        return {**shared, **kind.properties}

    def sensitive_names(self, kind: str) -> dict[str, str]:
        """The names under which the sensitive properties of a node label or claim type are stored, each with what the
        property is called. What a kind cannot do without, and a node's name, are never among them.
        """
        own, name = (
            (self.properties_of_node(kind), self.nodes[kind].display)
            if kind in self.nodes
            else (self.properties_of_claim(kind), None)
        )
        sensitive = [each for each in own.values() if each.sensitive and not each.required and each.name != name]
        return {stored: each.name.replace("_", " ") for each in sensitive for stored in each.stored_names}

    def claim_defaults(self, claim_type: str) -> dict[str, str]:
        """Return the values that a claim of this type gets where the source states none, such as mode
        ``not_stated``."""
        return {
            name: definition.default
            for name, definition in self.properties_of_claim(claim_type).items()
            if definition.default is not None
        }

    def labels(self, names: Iterable[str]) -> tuple[str, ...]:
        """The node labels that a claim kind's ``from`` or ``to`` stands for: ``any`` is all of them."""
        names = tuple(names)
        return tuple(self.nodes) if ANY_LABEL in names else names

    def nouns(self, labels: Iterable[str], *, article: bool = False) -> str:
        """Return the words for nodes of these labels: "person or group, arena or organisation"."""
        nouns = (self.nodes[label].noun if label in self.nodes else label for label in labels)
        return one_of(map(with_article, nouns) if article else nouns)

    def claims_between(self, from_label: str, to_label: str) -> list[ClaimKind]:
        """The claim kinds that may join these two labels, in the schema's order."""
        return [kind for kind in self.claims.values() if kind.allows(from_label, to_label)]

    def claim_kind(self, words: str) -> ClaimKind | None:
        """The claim kind that a form's words name: its type ("SENT_TO") or its phrase ("was sent to")."""
        return self._kinds_by_words.get(" ".join(words.split()).casefold())

    @cached_property
    def _kinds_by_words(self) -> dict[str, ClaimKind]:
        found: dict[str, ClaimKind] = {}
        for kind in self.claims.values():
            for words in (kind.name, kind.phrase, kind.name.replace("_", " ")):
                found.setdefault(words.casefold(), kind)
        return found

    def terms(self, vocabulary: str) -> Vocabulary:
        """A vocabulary by name."""
        return self.vocabularies[vocabulary]

    def widened(
        self,
        terms: Mapping[str, Mapping[str, str]] | None = None,
        properties: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
        lens: Lens | None = None,
    ) -> Schema:
        """Return this schema extended with a study's own vocabulary terms and properties, and with its own lens.

        ``terms`` is vocabulary -> term -> label; ``properties`` is node label or claim type -> name -> definition
        (as in graph.yaml). Raises JourneysError for a vocabulary or kind that does not exist, and for anything
        that would redefine what exists.
        """
        lens = lens or self.lens
        # The study's own terms are in its own words already.
        vocabularies = {name: lens.worded(vocabulary) for name, vocabulary in self.vocabularies.items()}
        for name, added in (terms or {}).items():
            if name not in vocabularies:
                raise JourneysError(
                    f"There is no vocabulary {name!r}. The vocabularies are: {', '.join(sorted(vocabularies))}."
                )
            vocabularies[name] = _with_terms(vocabularies[name], added)
        vocabularies["scope"] = lens.scope_terms(vocabularies["scope"])
        nodes, claims = dict(self.nodes), dict(self.claims)
        for name, added_properties in (properties or {}).items():
            if name in nodes:
                nodes[name] = _with_properties(nodes[name], self.properties_of_node(name), added_properties)
            elif name in claims:
                claims[name] = _with_properties(claims[name], self.properties_of_claim(name), added_properties)
            else:
                raise JourneysError(f"There is no node kind or claim kind {name!r} to give properties to.")
        wider = replace(self, vocabularies=vocabularies, nodes=nodes, claims=claims, lens=lens)
        for where, _, definition in _all_properties(wider):
            if definition.vocabulary and definition.vocabulary not in vocabularies:
                raise JourneysError(f"{'.'.join(map(str, where))}: there is no vocabulary {definition.vocabulary!r}.")
        return wider


def load_schema(folder: Path | None = None) -> Schema:
    """The schema in ``folder``, or the one that ships with the package (read once).

    Raises BrokenSchema, with file and line, for anything in it that is wrong.
    """
    return _shipped_schema() if folder is None else _read_schema(folder)


@cache
def _shipped_schema() -> Schema:
    return _read_schema(resource_folder("schema"))


def _read_schema(folder: Path) -> Schema:
    graph_yaml = load_lined_yaml(folder / GRAPH_FILE)
    vocabulary_yaml = load_lined_yaml(folder / VOCABULARY_FILE)
    graph = _validated(GraphFile, graph_yaml)
    vocabularies = _validated(VocabularyFile, vocabulary_yaml).vocabularies
    schema = Schema(
        version=graph.version,
        nodes=graph.nodes,
        claims=graph.claims,
        vocabularies=vocabularies,
        node_properties=graph.node_properties,
        claim_properties=graph.claim_properties,
    )
    for where, message in _contradictions(schema):
        raise graph_yaml.broken(where, message)
    return schema


def _validated(model: type[_File], source: LinedYaml) -> _File:
    try:
        return model.model_validate(source.content)
    except ValidationError as error:
        first = error.errors()[0]
        location: Location = tuple(part for part in first["loc"] if part != "[key]")
        named = ".".join(map(str, location)) or "the file"
        raise source.broken(location, f"{named}: {said_of(first)}.") from error


def _contradictions(schema: Schema) -> Iterator[tuple[Location, str]]:
    """Yield contradictions between entries: names that do not fit together."""
    for label, kind in schema.nodes.items():
        held = schema.properties_of_node(label)
        if kind.display not in held:
            yield ("nodes", label, "display"), f"{label} has no property {kind.display!r} to use as its display name."
        for part in kind.key:
            if part not in held and part not in ("id", "case"):
                yield ("nodes", label, "key"), f"{label} has no property {part!r} to build its id from."
    by_phrase: dict[str, str] = {}
    for claim_type, claim in schema.claims.items():
        if claim_type.casefold() in (label.casefold() for label in schema.nodes):
            yield (
                ("claims", claim_type),
                f"{claim_type} is also a node label; the embedded engine does not allow both. Rename one of them.",
            )
        if claim_type == WITHDRAWN or claim_type.startswith(NEGATED_PREFIX):
            yield ("claims", claim_type), f"{claim_type} is how withdrawn or negated claims are stored. Rename it."
        for side, labels in (("from", claim.from_labels), ("to", claim.to_labels)):
            for label in labels:
                if label not in schema.nodes and label != ANY_LABEL:
                    yield ("claims", claim_type, side), f"{claim_type} joins {label!r}, which is not a node kind."
        yield from _of_event(claim)
        if claim.stage is not None and claim.stage not in schema.terms("stage").terms:
            yield ("claims", claim_type, "stage"), f"{claim.stage!r} is not a stage in the vocabulary 'stage'."
        if claim.implies is not None and claim.implies not in schema.claims:
            yield (
                ("claims", claim_type, "implies"),
                f"{claim_type} implies {claim.implies!r}, which is not a claim kind.",
            )
        other = by_phrase.setdefault(claim.phrase.casefold(), claim_type)
        if other != claim_type:
            yield ("claims", claim_type, "phrase"), f"{claim_type} has the same phrase as {other}: {claim.phrase!r}."
    for where, shared, definition in _all_properties(schema):
        if definition.vocabulary is not None and definition.vocabulary not in schema.vocabularies:
            yield (*where, "vocabulary"), f"there is no vocabulary {definition.vocabulary!r}."
        if definition.vocabulary is not None and definition.type is not PropertyType.TEXT:
            yield (*where, "type"), f"{where[-1]} takes terms of a vocabulary, so its type must be text."
        if definition.default is not None and where[0] in ("node_properties", "nodes"):
            yield (*where, "default"), f"{where[-1]} is a node's; only a claim's property has a default."
        elif definition.default is not None and definition.default not in _terms_of(schema, definition):
            yield (*where, "default"), f"the default {definition.default!r} is not a term of its vocabulary."
        clashing = set(definition.stored_names) & shared
        if clashing:
            yield where, f"every node or claim has {', '.join(sorted(clashing))} already; choose another name."


def _of_event(claim: ClaimKind) -> Iterator[tuple[Location, str]]:
    """Every kind that sources state says whether it is an event; if only where some did it, these can start it."""
    if claim.asserted and claim.event is None:
        yield (
            ("claims", claim.name),
            f"{claim.name} does not say whether it is an event. Write `event: true` if it is something that happened, "
            "and `event: false` if it is what something is or says.",
        )
    if not claim.asserted and claim.event is not None:
        yield ("claims", claim.name, "event"), f"No source states {claim.name}, so it is not an event. Remove `event`."
    for label in claim.event if isinstance(claim.event, tuple) else ():
        if label not in claim.from_labels:
            yield ("claims", claim.name, "event"), f"{claim.name} does not start at {label!r}. Name a label in `from`."


def _terms_of(schema: Schema, definition: PropertyDefinition) -> Iterable[str]:
    vocabulary = schema.vocabularies.get(definition.vocabulary or "")
    return vocabulary.terms if vocabulary else ()


def _all_properties(schema: Schema) -> Iterator[tuple[Location, set[str], PropertyDefinition]]:
    """Each declared property, where it is declared, and the stored names it may not take."""
    for name, definition in schema.node_properties.items():
        yield ("node_properties", name), set(NODE_BOOKKEEPING), definition
    for name, definition in schema.claim_properties.items():
        yield ("claim_properties", name), set(CLAIM_BOOKKEEPING), definition
    on_nodes = set(NODE_BOOKKEEPING) | _stored(schema.node_properties)
    for label, kind in schema.nodes.items():
        for name, definition in kind.properties.items():
            yield ("nodes", label, "properties", name), on_nodes, definition
    on_claims = set(CLAIM_BOOKKEEPING) | _stored(schema.claim_properties)
    for claim_type, claim in schema.claims.items():
        for name, definition in claim.properties.items():
            yield ("claims", claim_type, "properties", name), on_claims, definition


def _stored(properties: Mapping[str, PropertyDefinition]) -> set[str]:
    return {stored for definition in properties.values() for stored in definition.stored_names}


def _with_terms(vocabulary: Vocabulary, added: Mapping[str, str]) -> Vocabulary:
    taken = [term for term in added if vocabulary.term(term) is not None]
    if taken:
        raise JourneysError(f"The vocabulary {vocabulary.name!r} already has {taken[0]!r}; a study can only add terms.")
    terms = {name: term.model_dump(exclude={"name"}) for name, term in vocabulary.terms.items()} | dict(added)
    return _own(Vocabulary, {"name": vocabulary.name, "description": vocabulary.description, "terms": terms})


_Kind = TypeVar("_Kind", NodeKind, ClaimKind)


def _with_properties(
    kind: _Kind, held: Mapping[str, PropertyDefinition], added: Mapping[str, Mapping[str, Any]]
) -> _Kind:
    reserved = set(held) | _stored(held) | set(NODE_BOOKKEEPING)
    taken = sorted(reserved & set(added))
    if taken:
        raise JourneysError(f"{kind.name} already has a property {taken[0]!r}; a study can only add properties.")
    own = {name: _own(PropertyDefinition, {**entry, "name": name}) for name, entry in added.items()}
    return kind.model_copy(update={"properties": {**kind.properties, **own}})


def _own(model: type[_File], content: Mapping[str, Any]) -> _File:
    """A study's own entry, refused in words a person can use."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise JourneysError(f"{'.'.join(map(str, first['loc']))}: {said_of(first)}.") from error
