"""Entries made of what the store holds: passages, claims, findings, properties; and the order they are read in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import dated, span
from journeys.analysis.reading.lookup import Passage
from journeys.analysis.reading.record import NOWHERE, Entry, EntryKind
from journeys.model.dates import DateSpan
from journeys.model.definitions import DATE_PARTS, PropertyDefinition, PropertyType, Vocabulary
from journeys.model.lens import scope_words
from journeys.model.order import describe
from journeys.model.problems import Address
from journeys.model.schema import Schema

DENIED = "Reported not to have happened: "
"""What stands before the words of a claim that something did not happen."""
_NUMBER = re.compile(r"(\d+)")
Place = tuple[tuple[bool, int, str], ...]


def in_place(address: Address) -> tuple[str, str, Place]:
    """The sort key for the order of a page: file, sheet, and cell with its numbers as numbers, so that B10 follows B9.

    A row comes before its columns: of "A7" and "B6", "B6" is read first.
    """
    cell = address.cell or ""
    if found := re.fullmatch(r"([A-Z]{1,3})(\d+)", cell):
        return (address.file or "", address.sheet or "", _parts(f"{found[2]} {len(found[1])}{found[1]}"))
    return (address.file or "", address.sheet or "", _parts(cell))


def _parts(text: str) -> Place:
    return tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _NUMBER.split(text) if part)


def by_date(when: DateSpan) -> tuple[bool, date, date]:
    """The sort key for the order of time: the first possible day; undated entries come last."""
    first, last = when.date_from or when.date_to, when.date_to or when.date_from
    return (first is None, first or date.max, last or date.max)


def passage_entry(passage: Passage, parts: Iterable[Passage] = (), *, kind: EntryKind = "passage") -> Entry:
    """A passage or answer, with the parts that notes were divided into below it."""
    below = [passage_entry(part) for part in parts]
    return Entry(
        kind,
        text=passage.held("text") or "",
        id=passage.id,
        scope=passage.held("scope"),
        scope_label=scope_label(passage.vocabularies, passage.held("scope")),
        status=passage.held("answer_status"),
        mode=passage.held("mode"),
        place=passage.held("locator"),
        speaker=passage.held("speaker"),
        spoken_by=passage.held("spoken_by"),
        when=passage.when,
        about=passage.about,
        sources=passage.sources,
        codes=passage.codes,
        bears_on=passage.bears_on,
        address=passage.address,
        entries=(*below, *follow_up_fact(passage.properties)),
    )


def follow_up_fact(held: Mapping[str, Any]) -> tuple[Entry, ...]:
    """What the team decided about something to follow up: "in progress; owner AB; due 5 March 2026"; else nothing."""
    if not (state := held.get("follow_up_state")):
        return ()
    owner, due, word = (held.get(f"follow_up_{name}") for name in ("owner", "due_text", "word"))
    parts = [
        str(state).replace("_", " "),
        f"owner {owner}" if owner else "",
        f"due {due}" if due and not word else "",
        str(word or ""),
    ]
    return (Entry("fact", "Follow-up", "; ".join(filter(None, parts))),)


def whole_passages(passages: Sequence[Passage], *, kind: EntryKind = "passage") -> list[Entry]:
    """The passages that are not parts of longer ones among them, each with its parts below it."""
    known = {passage.id for passage in passages}
    parts: dict[str, list[Passage]] = {}
    for passage in passages:
        if (whole := passage.held("passage")) in known and whole is not None:
            parts.setdefault(whole, []).append(passage)
    tops = [passage for passage in passages if passage.held("passage") not in known]
    return [passage_entry(top, _as_written(top, parts.get(top.id, ())), kind=kind) for top in tops]


def _as_written(whole: Passage, parts: Iterable[Passage]) -> list[Passage]:
    text = whole.held("text") or ""
    return sorted(parts, key=lambda part: (text.find(part.held("text") or ""), part.id))


def claim_entry(claim: ClaimRecord) -> Entry:
    """A claim as a row: who did what to what; the quotation, if there is one."""
    held = claim.properties
    return Entry(
        "claim",
        heading=f"{DENIED if claim.negated else ''}{claim.start.name} {claim.kind.phrase} {claim.end.name}",
        text=str(held.get("quote") or ""),
        id=claim.id,
        scope=held.get("scope"),
        scope_label=scope_label(claim.vocabularies, held.get("scope")),
        status=held.get("status"),
        mode=claim.mode,
        place=held.get("place"),
        speaker=claim.said_by,
        spoken_by=held.get("claimed_by") if claim.said_by else None,
        recorded_by=held.get("recorded_by"),
        when=claim.meeting.when if claim.meeting and not dated(claim.when) else claim.when,
        about=tuple({end.id: end for end in (claim.start, claim.end)}.values()),
        sources=(Entity(claim.source.id, "DataSource", claim.source.name),) if claim.source else (),
        address=claim.address,
        claim=claim,
    )


def scope_label(vocabularies: Mapping[str, Vocabulary], scope: str | None) -> str:
    """The words for a scope, in the labels of the study's lens; "" where none is stated."""
    return scope_words(vocabularies["scope"]).get(scope or "", "") if "scope" in vocabularies else ""


def property_facts(
    schema: Schema, held: Mapping[str, Any], definitions: Mapping[str, PropertyDefinition], address: Address
) -> list[Entry]:
    """What is recorded of a node, a fact a property, with the labels of terms."""
    facts = []
    for name, definition in definitions.items():
        if text := property_words(schema, held, definition):
            facts.append(Entry("fact", name.replace("_", " ").capitalize(), text, address=address))
    return facts


def property_words(schema: Schema, held: Mapping[str, Any], definition: PropertyDefinition) -> str:
    """The value of a property in words; "" where it has none."""
    if definition.type is PropertyType.DATE:
        stored = zip(DATE_PARTS, definition.stored_names, strict=True)
        when = span({f"date_{part}": held.get(name) for part, name in stored})
        said = describe(when) if when.date_from or when.date_to else ""
        return f'{said} ("{when.text}")' if said and when.text and when.text != said else said or when.text or ""
    value = held.get(definition.name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return schema.terms(definition.vocabulary).words(str(value)) if definition.vocabulary else str(value)


def names_fact(heading: str, entities: Iterable[Entity], address: Address = NOWHERE) -> list[Entry]:
    """A fact that names other things; none for no names."""
    named = tuple({entity.id: entity for entity in entities}.values())
    return [Entry("fact", heading, "; ".join(e.name for e in named), about=named, address=address)] if named else []
