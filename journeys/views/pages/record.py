"""The page of one thing: a form as filled in, a person, a meeting, a source, a code; each entry under its cell's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from journeys.analysis.claims.claim import Entity
from journeys.analysis.claims.withheld import NOT_SHOWN
from journeys.analysis.reading.record import Entry, Record
from journeys.model.problems import Address
from journeys.views.pages.frame import PageFrame, Targets, cell_anchor, linked_at
from journeys.views.reading import heading_of, notes_of, quoted
from journeys.views.render import asset, render
from journeys.views.text import sanitized

_CONTENTS_FROM = 3
"""The fewest sections for which a page has a table of contents."""


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as the page shows it; ``anchor`` is the id of its place, ``first`` whether none before has it."""

    kind: str
    heading: Markup
    words: str
    named: Markup
    quoted: bool
    speaker: Markup
    unanswered: bool
    notes: tuple[Markup, ...]
    address: str
    href: str
    anchor: str
    first: bool
    entries: tuple[ShownEntry, ...]


def record_page(record: Record, frame: PageFrame) -> str:
    """The page as HTML; the same record gives the same text. An address that has no page leads to its place on this."""
    return render(
        "record.html.j2",
        title=f"{sanitized(record.title)} ({record.kind})",
        styles=[asset("record.css")],
        scripts=[asset("record.js")],
        **frame.context(),
        **_Shown(record, frame.targets).context(),
    )


def title_of(record: Record) -> str:
    """The name of the page: a number or key and the name, with a dot between them."""
    return " · ".join(filter(None, map(sanitized, record.title.split("  "))))


class _Shown:
    def __init__(self, record: Record, targets: Targets) -> None:
        self._record, self._targets = record, targets
        self._known = (record.subject.id, record.own_source)
        self._here = {each for each in (record.address, *(entry.address for entry in record.walk())) if _is_shown(each)}
        self._taken: set[Address] = set()
        self._itself = targets.thing(record.subject.id)

    def context(self) -> dict[str, Any]:
        """What the template needs of the record."""
        record = self._record
        anchor = cell_anchor(record.address) if self._first(record.address) else ""
        facts = self._entries(record.facts)
        sections = [
            {"id": f"part-{number}", "title": each.title, "note": each.note, "entries": self._entries(each.entries)}
            for number, each in enumerate(record.sections, start=1)
        ]
        return {
            "name": title_of(record),
            "kind": record.kind,
            "address": sanitized(str(record.address)),
            "address_href": self._href(record.address),
            "address_anchor": anchor,
            "facts": facts,
            "sections": sections,
            "contents": len(sections) >= _CONTENTS_FROM,
        }

    def _entries(self, entries: Iterable[Entry]) -> tuple[ShownEntry, ...]:
        return tuple(map(self._shown, entries))

    def _shown(self, entry: Entry) -> ShownEntry:
        address = entry.address
        named = self._targets.places(each for each in names_in(entry) if self._targets.thing(each.id) != self._itself)
        heading = heading_of(entry, self._record.subject)
        fact = entry.kind == "fact"
        return ShownEntry(
            kind=entry.kind,
            heading=escape(sanitized(heading)) if fact else linked_at(heading, named),
            words="" if fact else entry.text,
            named=linked_at(entry.text, named) if fact else Markup(),
            quoted=quoted(entry),
            speaker=linked_at("" if entry.kind == "claim" else entry.speaker or "", named),
            unanswered=entry.status == "not_asked" and not entry.entries and not entry.text,
            notes=() if fact else self._notes(entry, named),
            address="" if fact else sanitized(str(address)),
            href=self._href(address),
            anchor=cell_anchor(address) if _is_shown(address) else "",
            first=self._first(address),
            entries=self._entries(entry.entries),
        )

    def _notes(self, entry: Entry, named: Mapping[str, str]) -> tuple[Markup, ...]:
        notes = notes_of(entry, self._known)
        if notes and notes[-1] == sanitized(str(entry.address)):
            notes.pop()
        return tuple(linked_at(note, named) for note in notes)

    def _href(self, address: Address) -> str:
        return self._targets.cell(address) or (f"#{cell_anchor(address)}" if address in self._here else "")

    def _first(self, address: Address) -> bool:
        """Whether no entry before had this address."""
        new = _is_shown(address) and address not in self._taken
        self._taken.add(address)
        return new


def _is_shown(address: Address) -> bool:
    """Whether there is a cell to be shown."""
    return bool(address.file) and address.file != NOT_SHOWN


def names_in(entry: Entry) -> tuple[Entity, ...]:
    """The things that the words of an entry name: at the ends of its claim, its meeting, sources, speaker, codes."""
    claim = entry.claim
    ends = (claim.start, claim.end) if claim else ()
    meeting = (Entity(claim.meeting.id, "Meeting", claim.meeting.title),) if claim and claim.meeting else ()
    said_by = (Entity(entry.spoken_by, "Actor", entry.speaker),) if entry.spoken_by and entry.speaker else ()
    codes = tuple(Entity(each.id, "Code", each.words) for each in entry.codes)
    rows = tuple(Entity(each.id, each.label, each.words) for each in entry.bears_on)
    itself = (Entity(entry.id, "", entry.heading),) if entry.kind == "heading" and entry.id else ()
    return (*itself, *ends, *entry.about, *entry.sources, *meeting, *said_by, *codes, *rows)
