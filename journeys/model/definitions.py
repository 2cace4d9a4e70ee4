"""What an entry of the schema may look like: properties, node kinds, claim kinds, vocabularies."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

ANY_LABEL = "any"
NOT_STATED = "not_stated"
"""The term for "not stated", in every vocabulary that has one."""
DATE_PARTS = ("text", "from", "to", "precision", "time")
"""A date property ``x`` is stored as ``x_text``, ``x_from``, ``x_to``, ``x_precision``; ``x_time`` is the time of day
("14:30"), if one was written."""


def _matching(pattern: str, advice: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(name: str) -> str:
        if not compiled.fullmatch(name):
            raise ValueError(f"{name!r} cannot be used as a name here: {advice}")
        return name

    return AfterValidator(check)


Label = Annotated[str, _matching(r"[A-Z][A-Za-z0-9]*", "write a label in capitals and small letters, like CaseStudy")]
ClaimType = Annotated[str, _matching(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", "write a claim kind in capitals, like SENT_TO")]
PropertyName = Annotated[str, _matching(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "write it in small letters, like doc_type")]
Term = Annotated[str, _matching(r"[a-z0-9][a-z0-9_.]*", "write a term in small letters, like to_follow_up")]


class PropertyType(StrEnum):
    """What a property holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "list"


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PropertyDefinition(_Definition):
    """One property of a node kind or a claim kind."""

    name: PropertyName
    type: PropertyType
    description: str = ""
    required: bool = False
    sensitive: bool = False
    searched: bool = True
    vocabulary: str | None = None
    open: bool = False
    default: str | None = None
    field: str | None = None
    column: Literal["aspect_or_purpose", "grounds_or_manner"] | None = None
    qualifies: bool = True
    """Whether claims that differ only in this property are different claims; false for notes and decisions about a
    claim."""

    @property
    def stored_names(self) -> tuple[str, ...]:
        """The names it is stored under: five for a date, its own for anything else."""
        if self.type is PropertyType.DATE:
            return tuple(f"{self.name}_{part}" for part in DATE_PARTS)
        return (self.name,)


def _named(entries: Any) -> Any:
    """Give each entry of a YAML mapping its key as ``name``; pydantic refuses anything else."""
    if not isinstance(entries, dict):
        return entries
    return {key: {**entry, "name": key} if isinstance(entry, dict) else entry for key, entry in entries.items()}


Properties = Annotated[dict[str, PropertyDefinition], BeforeValidator(_named)]


class NodeKind(_Definition):
    """A kind of node: its label and words, the property shown as its name, its key and its properties."""

    name: Label
    plural: str
    singular: str | None = None
    description: str
    display: PropertyName
    key: tuple[PropertyName, ...] = Field(min_length=1)
    properties: Properties

    @property
    def noun(self) -> str:
        """Return the noun for one node of the kind: ``CaseStudy`` -> "case study", ``DataSource`` -> "source"."""
        return self.singular or self.slug.replace("_", " ")

    @property
    def slug(self) -> str:
        """Return the label as used in ids: ``CaseStudy`` -> ``case_study``."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.name).lower()


class ClaimKind(_Definition):
    """A kind of claim: its type, the labels it may join, its phrases, whether it is an event, its stage and its
    polarity in a journey."""

    name: ClaimType
    from_labels: tuple[str, ...] = Field(alias="from", min_length=1)
    to_labels: tuple[str, ...] = Field(alias="to", min_length=1)
    phrase: str
    passive: str
    stage: str | None = None
    polarity: Literal[-1, 0, 1] = 0
    event: bool | tuple[str, ...] | None = None
    asserted: bool = True
    implies: str | None = None
    at_meetings: bool = False
    once: bool = False
    field: str | None = None
    properties: Properties = {}

    @cached_property
    def qualifiers(self) -> tuple[str, ...]:
        """The stored names of its own properties in which two different claims may differ."""
        return tuple(name for held in self.properties.values() if held.qualifies for name in held.stored_names)

    def allows(self, from_label: str, to_label: str) -> bool:
        """Whether a claim of this kind may join these two labels."""
        return _holds(self.from_labels, from_label) and _holds(self.to_labels, to_label)

    def happened_at(self, to_label: str, to_id: str, at_meeting: str | None) -> str | None:
        """The id of the meeting on whose day a claim of this kind happened, unless it says another: the one that it
        names, else the one to which it leads if it is of what happens at meetings. None for any other."""
        return at_meeting or (to_id if self.at_meetings and to_label == "Meeting" else None)

    def is_event(self, from_label: str) -> bool:
        """Whether a claim of this kind, starting at a node of this label, reports something that happened.

        What it reports otherwise is what something is or says: a document cites another, a report concerns a service.
        """
        return self.event if isinstance(self.event, bool) else from_label in (self.event or ())


def _holds(labels: tuple[str, ...], label: str) -> bool:
    return ANY_LABEL in labels or label in labels


class VocabularyTerm(_Definition):
    """A term of a vocabulary: the stored name and the label shown to people."""

    name: Term
    label: str
    description: str = ""
    also: tuple[str, ...] = ()
    """Other words read as this term, such as those that earlier forms offered."""
    group: Term | None = None
    """What it belongs to; a new node of a kind with a property `group` takes it from the term it is named by."""


def _terms(entries: Any) -> Any:
    """Let ``term: Label`` stand for ``term: {label: Label}``."""
    if not isinstance(entries, dict):
        return entries
    return _named({key: {"label": entry} if isinstance(entry, str) else entry for key, entry in entries.items()})


class Vocabulary(_Definition):
    """The terms that a property may take."""

    name: PropertyName
    description: str = ""
    terms: Annotated[dict[str, VocabularyTerm], BeforeValidator(_terms)] = Field(min_length=1)

    def term(self, words: str) -> str | None:
        """The stored term that ``words`` (a term or its label, in any case and spacing) stands for, or None."""
        return self._by_words.get(_folded(words))

    def words(self, term: str) -> str:
        """The label of a term, written as within a sentence; any other words as they are."""
        if term not in self.terms:
            return term
        label = self.terms[term].label
        return label[:1].lower() + label[1:] if label[1:2].islower() else label

    @cached_property
    def _by_words(self) -> dict[str, str]:
        labels = {_folded(words): name for name, term in self.terms.items() for words in (*term.also, term.label)}
        return labels | {_folded(name): name for name in self.terms}


def _folded(words: str) -> str:
    return re.sub(r"[\s_\-–]+", " ", words.replace("’", "'")).strip().casefold()


class GraphFile(_Definition):
    """The whole of graph.yaml."""

    version: int
    claim_properties: Properties
    node_properties: Properties
    nodes: Annotated[dict[str, NodeKind], BeforeValidator(_named)] = Field(min_length=1)
    claims: Annotated[dict[str, ClaimKind], BeforeValidator(_named)] = Field(min_length=1)


class VocabularyFile(_Definition):
    """The whole of vocabularies.yaml."""

    version: int
    vocabularies: Annotated[dict[str, Vocabulary], BeforeValidator(_named)]
