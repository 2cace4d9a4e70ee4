"""What a journey is made of: the ends of claims, meetings, claims, and the steps that claims are grouped to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.journey_dates import bounds, date_parts, iso, span
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.definitions import ClaimKind
from journeys.model.problems import Address

ACTING = ("Actor", "Arena", "Organisation")
"""The labels of those who do something."""


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
    """An interview, observation or document that says something."""

    id: str
    name: str
    kind: str | None = None
    when: DateSpan = UNKNOWN

    def as_dict(self) -> dict[str, Any]:
        """``id``, ``name``, ``kind``."""
        return {"id": self.id, "name": self.name, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class SaidClaim:
    """One claim by one source, as the store has it.

    ``start`` and ``end`` are its two ends, ``via`` what it was reached through when it does not touch the traced thing
    itself, ``properties`` everything it holds under stored names.
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

    @property
    def id(self) -> str:
        """The claim's id."""
        return str(self.properties["id"])

    @property
    def mode(self) -> str | None:
        """Verbatim, paraphrase, researcher_comment, interpretive, derived, or not said."""
        return self.properties.get("mode")

    @property
    def derived(self) -> bool:
        """Whether it follows from other claims, and so is nobody's word."""
        return self.mode == "derived"

    @property
    def negated(self) -> bool:
        """Whether it was found not to be so."""
        return bool(self.properties.get("negated"))

    @property
    def address(self) -> Address:
        """Where it was written."""
        return Address(*(self.properties.get(part) for part in ("file", "sheet", "cell")))

    @property
    def voice(self) -> str:
        """Whose word it is: its source, or the file it was written in when no source is named."""
        return self.source.id if self.source else f"file:{self.address.file}"

    @property
    def details(self) -> dict[str, Any]:
        """What only claims of its kind hold: aspect, grounds, purpose …"""
        own = [stored for definition in self.kind.properties.values() for stored in definition.stored_names]
        return {name: self.properties[name] for name in own if self.properties.get(name) is not None}

    def as_dict(self) -> dict[str, Any]:
        """The claim for JSON: who says so, how, where it was written."""
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
            "derived_from": list(said.get("derived_from") or ()),
            "details": {name: iso(value) for name, value in self.details.items()},
            "file": said.get("file"),
            "sheet": said.get("sheet"),
            "cell": said.get("cell"),
            "files": list(said.get("files") or ()),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """Claims that tell of one happening.

    ``when`` is the days that all its dated claims allow. ``order`` says how it stands to the step before it:
    "certainly" after it, on the "same_day", "possibly" after it; None for the first and for undated steps.
    """

    kind: ClaimKind
    claims: tuple[SaidClaim, ...]
    when: DateSpan
    meeting: MeetingRef | None
    negated: bool
    via: Entity | None = None
    order: str | None = None

    @property
    def starts(self) -> list[Entity]:
        """The ends its claims start at, each once."""
        return _once([claim.start for claim in self.claims])

    @property
    def ends(self) -> list[Entity]:
        """The ends its claims lead to, each once."""
        return _once([claim.end for claim in self.claims])

    @property
    def who(self) -> list[Entity]:
        """Those who did it: people, groups and organisations at which its claims start."""
        return [entity for entity in self.starts if entity.label in ACTING]

    @property
    def stated(self) -> list[SaidClaim]:
        """The claims that are somebody's word."""
        return [claim for claim in self.claims if not claim.derived]

    @property
    def sources(self) -> list[Source]:
        """The sources that say so, each once; a derived claim is no source's word."""
        return list({claim.source.id: claim.source for claim in self.stated if claim.source}.values())

    @property
    def derived(self) -> bool:
        """Whether nobody says so, and it only follows from other claims."""
        return not self.stated

    @property
    def interpretation(self) -> bool:
        """Whether it rests on a researcher's interpretation alone."""
        return bool(self.stated) and all(claim.mode == "interpretive" for claim in self.stated)

    def as_dict(self) -> dict[str, Any]:
        """The step for JSON."""
        return {
            "type": self.kind.name,
            "phrase": self.kind.phrase,
            "passive": self.kind.passive,
            "stage": self.kind.stage,
            "polarity": self.kind.polarity,
            "negated": self.negated,
            **date_parts(self.when),
            "order": self.order,
            "meeting": self.meeting.as_dict() if self.meeting else None,
            "who": [entity.as_dict() for entity in self.who],
            "from": [entity.as_dict() for entity in self.starts],
            "to": [entity.as_dict() for entity in self.ends],
            "via": self.via.as_dict() if self.via else None,
            "sources": [source.as_dict() for source in self.sources],
            "derived": self.derived,
            "interpretation": self.interpretation,
            "claims": [claim.as_dict() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where accounts differ: ``kind`` is "who", "when", "whether" or "stance"; ``sentence`` says it plainly."""

    kind: str
    sentence: str
    claims: tuple[SaidClaim, ...]
    meeting: MeetingRef | None = None

    def as_dict(self) -> dict[str, Any]:
        """The disagreement for JSON, with its claims in full."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "meeting": self.meeting.as_dict() if self.meeting else None,
            "claims": [claim.as_dict() for claim in self.claims],
        }


@dataclass(frozen=True, slots=True)
class Subject:
    """What is traced: a document or a piece of evidence, its own properties, and the case studies it belongs to.

    ``cases`` are mappings with ``id``, ``name`` and ``site``; ``answers`` is how many whole answers are kept about it.
    """

    entity: Entity
    properties: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]] = ()
    answers: int = 0
    related: Sequence[Mapping[str, Any]] = field(default=())

    @property
    def when(self) -> DateSpan:
        """The date it bears."""
        return span(self.properties)

    def as_dict(self) -> dict[str, Any]:
        """Identity and properties for JSON; ``related`` are structural ties: type, phrase, label, id, name."""
        bookkeeping = {"study", "content_hash", "date_from", "date_to", "date_text", "date_precision"}
        held = {name: iso(value) for name, value in self.properties.items() if name not in bookkeeping}
        return {
            **held,
            "id": self.entity.id,
            "label": self.entity.label,
            "title": self.entity.name,
            "doc_number": self.properties.get("doc_number"),
            **date_parts(self.when),
            "cases": [dict(case) for case in self.cases],
            "answers": self.answers,
            "related": [dict(tie) for tie in self.related],
        }


def _once(entities: Sequence[Entity]) -> list[Entity]:
    return list({entity.id: entity for entity in entities}.values())
