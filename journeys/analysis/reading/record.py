"""A record: one thing of the study as a person reads it, in sections and entries, for whichever view shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import date_parts, dated, iso
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.problems import Address
from journeys.model.result import Result

EntryKind = Literal["question", "answer", "passage", "claim", "fact", "heading"]
"""What an entry is: a printed question with its answers below it, an answer in words, a passage or note, a claim (a
typed row, or a name given as an answer), a property, or a heading over other entries."""

NOWHERE = Address()
"""Where what nobody typed was written."""

LABEL_LOST = "[label not recovered]"
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of a passage, with its key, its label (None where it is lost) and who coded it."""

    id: str
    code: str
    label: str | None = None
    coder: str | None = None

    @property
    def words(self) -> str:
        """The key and the label, as a codebook prints them."""
        return f"{self.code} {self.label or LABEL_LOST}"


@dataclass(frozen=True, slots=True)
class BorneOn:
    """What a passage bears on: a row of the summary tables (with its key), or a finding; how, how sure that is and who
    said so, where they did. ``said`` is the term for how, in words.
    """

    id: str
    label: str
    text: str
    key: str | None = None
    direction: str | None = None
    said: str = ""
    how_sure: str | None = None
    coder: str | None = None

    @property
    def words(self) -> str:
        """The key and the beginning of the words."""
        text = " ".join(self.text.split())
        return " ".join(
            filter(None, (self.key, text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}\u2026"))
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is written, with where, and what belongs below it.

    ``heading`` is the question, the name of a fact or what a claim says; ``text`` the words as typed. ``scope``,
    ``status`` and ``mode`` are terms of the schema, ``scope_label`` the words for the first. ``claim`` is the claim it
    shows, with everything that it holds. ``id`` is that of the extract, claim or node; ``spoken_by`` that of the person
    who said it.
    """

    kind: EntryKind
    heading: str = ""
    text: str = ""
    id: str | None = None
    scope: str | None = None
    scope_label: str = ""
    status: str | None = None
    mode: str | None = None
    place: str | None = None
    speaker: str | None = None
    spoken_by: str | None = None
    recorded_by: str | None = None
    when: DateSpan = UNKNOWN
    about: tuple[Entity, ...] = ()
    sources: tuple[Entity, ...] = ()
    codes: tuple[Coding, ...] = ()
    bears_on: tuple[BorneOn, ...] = ()
    address: Address = NOWHERE
    claim: ClaimRecord | None = None
    entries: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        said = self.heading or self.text
        return f"<{self.kind} {said[:40]!r}{f', {len(self.entries)} below' if self.entries else ''}>"

    def walk(self) -> Iterator[Entry]:
        """This entry and all below it."""
        yield self
        for entry in self.entries:
            yield from entry.walk()

    def as_dict(self) -> dict[str, Any]:
        """The entry for JSON, without what it does not have."""
        held: dict[str, Any] = {
            "kind": self.kind,
            "heading": self.heading,
            "text": self.text,
            "id": self.id,
            "scope": self.scope,
            "status": self.status,
            "mode": self.mode,
            "place": self.place,
            "speaker": self.speaker,
            "recorded_by": self.recorded_by,
            **(date_parts(self.when) if dated(self.when) or self.when.text else {}),
            "about": [entity.as_dict() for entity in self.about],
            "sources": [entity.as_dict() for entity in self.sources],
            "codes": [
                {"id": each.id, "code": each.code, "label": each.label, "coder": each.coder} for each in self.codes
            ],
            "bears_on": [
                {
                    "id": each.id,
                    "row": each.key,
                    "text": each.text,
                    "direction": each.direction,
                    "how_sure": each.how_sure,
                    "coder": each.coder,
                }
                for each in self.bears_on
            ],
            "file": self.address.file,
            "sheet": self.address.sheet,
            "cell": self.address.cell,
            "claim": self.claim.as_dict() if self.claim else None,
            "entries": [entry.as_dict() for entry in self.entries],
        }
        return {name: value for name, value in held.items() if value not in (None, "", [])}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a record under a title; ``note`` says how to read it, or that there is nothing and why.

    ``form`` is the file of the form that it is a part of, if it is one.
    """

    title: str
    entries: tuple[Entry, ...] = ()
    note: str = ""
    form: str | None = None

    def __repr__(self) -> str:
        return f"<Section {self.title!r}: {len(self.entries)} entries>"

    def walk(self) -> Iterator[Entry]:
        """All its entries, with those below them."""
        for entry in self.entries:
            yield from entry.walk()

    def as_dict(self) -> dict[str, Any]:
        """The section for JSON."""
        return {"title": self.title, "note": self.note, "entries": [entry.as_dict() for entry in self.entries]}


@dataclass(frozen=True, slots=True, repr=False)
class Record(Result):
    """What is written in or about one thing. ``kind`` says in words what it is; ``facts`` stand below the title.

    ``properties`` is everything that the store holds of it, ``address`` where it was entered; ``see`` are commands that
    show more, each with what it is about and what it shows. ``own_source`` is the id of the source that its form is,
    which need not be named with every entry.
    """

    subject: Entity
    kind: str
    title: str
    facts: tuple[Entry, ...] = ()
    sections: tuple[Section, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)
    see: tuple[tuple[str, str, str], ...] = ()
    address: Address = NOWHERE
    own_source: str | None = None

    def __repr__(self) -> str:
        entries = sum(1 for _ in self.walk())
        return f"<Record of {self.kind} {self.title!r}: {len(self.sections)} sections, {entries} entries>"

    def walk(self) -> Iterator[Entry]:
        """Every entry: facts, then section by section."""
        for fact in self.facts:
            yield from fact.walk()
        for section in self.sections:
            yield from section.walk()

    def as_dict(self) -> dict[str, Any]:
        """The record for JSON: ``id``, ``label``, ``kind``, ``title``, ``facts``, ``sections``."""
        bookkeeping = {"study", "content_hash", "id", "name"}
        return {
            **self.subject.as_dict(),
            "kind": self.kind,
            "title": self.title,
            "properties": {name: iso(held) for name, held in self.properties.items() if name not in bookkeeping},
            "facts": [fact.as_dict() for fact in self.facts],
            "sections": [section.as_dict() for section in self.sections],
        }
