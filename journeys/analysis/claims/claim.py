"""A claim as analyses see it, with its two ends, its meeting and its source by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.claims.dates import bounds, date_parts, iso
from journeys.model.aspects import aspect_of
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.definitions import ClaimKind, Vocabulary
from journeys.model.problems import Address

ACTING = ("Actor", "Arena", "Organisation")
"""The labels of nodes that can act."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A node at one end of a claim, by id, label and shown name."""

    id: str
    label: str
    name: str

    def as_dict(self) -> dict[str, Any]:
        """``id``, ``label`` and ``name``."""
        return {"id": self.id, "label": self.label, "name": self.name}


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """A meeting that claims name; ``when`` is unknown if the store does not have the meeting or its date."""

    id: str
    title: str
    when: DateSpan = UNKNOWN

    def as_dict(self) -> dict[str, Any]:
        """``id``, ``title``, ``date_from``, ``date_to``."""
        return {"id": self.id, "title": self.title, **bounds(self.when)}


@dataclass(frozen=True, slots=True)
class Source:
    """An interview, observation or document that claims come from."""

    id: str
    name: str
    kind: str | None = None
    when: DateSpan = UNKNOWN

    def as_dict(self) -> dict[str, Any]:
        """``id``, ``name``, ``kind``."""
        return {"id": self.id, "name": self.name, "kind": self.kind}


def address_of(held: Mapping[str, Any]) -> Address:
    """Where a stored node or claim was written."""
    return Address(held.get("file"), held.get("sheet"), held.get("cell"))


COUNTED_BY = ("source", "claimed_by", "file")
"""The properties that tell what is counted as the source of a claim."""


def counted_source(said: Mapping[str, Any]) -> str | None:
    """Return what is counted as the source of a claim: its source, else its file; None where only the researchers say
    it, in a form about a case study or elsewhere.
    """
    if said.get("source"):
        return str(said["source"])
    return None if said.get("claimed_by") == "researcher" else f"file:{said.get('file')}"


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim by one source, as the store has it.

    ``start`` and ``end`` are its two ends, ``via`` what it was reached through when it does not touch the traced thing
    itself, ``properties`` everything it holds under stored names. ``vocabularies`` are the schema's, for
    the labels of terms.
    """

    kind: ClaimKind
    start: Entity
    end: Entity
    properties: Mapping[str, Any]
    when: DateSpan
    meeting: MeetingRef | None = None
    source: Source | None = None
    said_by: str | None = None
    via: Entity | None = None
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The claim's id."""
        return str(self.properties["id"])

    @property
    def mode(self) -> str | None:
        """How the words were recorded: a term of the vocabulary ``mode``."""
        return self.properties.get("mode")

    @property
    def derived(self) -> bool:
        """Whether it is inferred from other claims, so that no source states it."""
        return self.mode == "derived"

    @property
    def derived_from(self) -> list[str]:
        """Return the ids of the claims that it is inferred from."""
        return list(self.properties.get("derived_from") or ())

    @property
    def negated(self) -> bool:
        """Whether a source reports that it did not happen."""
        return bool(self.properties.get("negated"))

    @property
    def aspect(self) -> str | None:
        """The aspect or criterion that it names."""
        return aspect_of(self.properties)

    @property
    def address(self) -> Address:
        """Where it was written."""
        return address_of(self.properties)

    @property
    def voice(self) -> str:
        """The id of its source, or the file it was written in when no source is named."""
        return self.source.id if self.source else f"file:{self.address.file}"

    @property
    def details(self) -> dict[str, Any]:
        """Return the properties of its kind: aspect, grounds, purpose …"""
        own = [stored for definition in self.kind.properties.values() for stored in definition.stored_names]
        return {name: self.properties[name] for name in own if self.properties.get(name) is not None}

    def as_dict(self) -> dict[str, Any]:
        """Return the claim for JSON, with its source, mode and address."""
        kept = ("place", "quote", "mode", "confidence", "confidence_note", "scope", "status", "note", "recorded_by")
        said = self.properties
        return {
            "id": self.id,
            "type": self.kind.name,
            "from": self.start.as_dict(),
            "to": self.end.as_dict(),
            "source": self.source.id if self.source else None,
            "source_name": self.source.name if self.source else None,
            "source_kind": said.get("source_kind") or (self.source.kind if self.source else None),
            "claimed_by": said.get("claimed_by"),
            "claimed_by_name": self.said_by,
            **{name: said.get(name) for name in kept},
            "negated": self.negated,
            **date_parts(self.when),
            "date_basis": said.get("date_basis"),
            "at_meeting": said.get("at_meeting"),
            "derived_from": self.derived_from,
            "details": {name: iso(value) for name, value in self.details.items()},
            "file": said.get("file"),
            "sheet": said.get("sheet"),
            "cell": said.get("cell"),
            "files": list(said.get("files") or ()),
        }
