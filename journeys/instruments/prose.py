"""An instrument as running text with headings, boxes and tables: what the Word and plain text forms have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.claim_columns import offers as claim_offers
from journeys.instruments.definition import (
    GENERAL,
    NOT_RECOVERED,
    NOT_STATED,
    SPECIFIC,
    FieldDefinition,
    Instrument,
    Question,
    Section,
)
from journeys.instruments.files.cells import text
from journeys.instruments.guidance import guidance
from journeys.instruments.table_sections import offers, shown_rows
from journeys.model.schema import Schema

SCOPE_LABELS = {GENERAL: "In general", SPECIFIC: "In relation to ethnicity", NOT_STATED: "Answer"}
STATUS, PLACE, SOURCES = "Status", "Page", "Sources"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the instrument (level 0), of a section (1), of a question (2), of a question inside a box (3)."""

    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Hint:
    """A line for who fills the form in; nothing in it is read."""

    words: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The line that says which instrument and which version this is."""

    words: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The header: labels, each with what is filled in."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One place to write in: its label, what is filled in, and its status, page and sources by name."""

    label: str
    words: str = ""
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """The places to write in of one question."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, rows that are filled in or printed, the main column, and empty rows to prepare."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    main: int | None = None
    spare: int = 0


Block = Heading | Hint | Identity | Fields | Box | Grid


def prose(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> Iterator[Block]:
    """The form from top to bottom; blank, or with ``filled`` in it."""
    yield Heading(instrument.title, 0)
    yield Identity(identity(instrument))
    for title, lines in guidance(instrument):
        yield Hint(title)
        for line in lines:
            yield Hint(line)
    header = filled.header if filled else {}
    yield Heading(title_of(instrument.header), 1)
    for field in instrument.header.fields:
        if field.note:
            yield Hint(f"{field.wording}: {field.note}")
    yield Fields(tuple((label_of(f), header[f.id].text if f.id in header else "") for f in instrument.header.fields))
    for section in instrument.sections[1:]:
        yield Heading(title_of(section), 1)
        if section.instruction:
            yield Hint(section.instruction)
        yield from _table(section, schema, filled) if section.columns else _questions(instrument, section, filled)
    yield Heading(SHEET, 1)
    yield from _claims(schema, filled)


def identity(instrument: Instrument) -> str:
    """The words by which a form is recognised: "observation_guide version 1"."""
    return f"{instrument.instrument} version {instrument.version}"


def title_of(section: Section) -> str:
    """What stands at the head of a section."""
    return section.title or NOT_RECOVERED


def label_of(field: FieldDefinition) -> str:
    """What stands beside a field of the header."""
    return field.wording + (" *" if field.required else "")


def _questions(instrument: Instrument, section: Section, filled: FilledForm | None) -> Iterator[Block]:
    answers = {(a.field, a.ask, a.scope): a for a in filled.answers} if filled else {}
    shown: str | None = None
    for question in instrument.questions(section):
        if question.field.id != shown:
            yield Heading(question.field.wording, 2)
            if question.field.note:
                yield Hint(question.field.note)
        if question.ask is not None:
            yield Heading(question.wording, 3)
        shown = question.field.id
        ask = question.ask.id if question.ask else None
        yield Box(tuple(_part(question, s, answers.get((question.field.id, ask, s))) for s in question.field.scopes))


def _part(question: Question, scope: str, answer: Answer | None) -> Part:
    if answer is None:
        return Part(SCOPE_LABELS[scope])
    remarks = [(STATUS, answer.status.replace("_", " "))] if answer.status != "answered" else []
    remarks += [(name, given.text) for name, given in ((PLACE, answer.place), (SOURCES, answer.sources)) if given]
    return Part(SCOPE_LABELS[scope], answer.given.text if answer.given else "", tuple(remarks))


def _table(section: Section, schema: Schema, filled: FilledForm | None) -> Iterator[Block]:
    for column in section.columns:
        offered = offers(column, schema, {}) if not column.printed else ()
        listed = f" One of: {', '.join(offered)}." if offered else ""
        if column.help:
            yield Hint(f"{column.title}: {column.help}{listed}")
    rows = shown_rows(section, filled)
    ids = [column.id for column in section.columns]
    cells = tuple(tuple(text(row.get(name)) for name in ids) for row in rows)
    main = ids.index(section.main) if section.main is not None else None
    yield Grid(tuple(column.title for column in section.columns), cells, main, 0 if section.printed_column else 8)


def _claims(schema: Schema, filled: FilledForm | None) -> Iterator[Block]:
    for column in CLAIM_COLUMNS:
        words, strict = claim_offers(schema, column, {})
        yield Hint(f"{column.heading}: {column.help}" + (f" One of: {', '.join(words)}." if strict else ""))
    rows = filled.claim_rows if filled else ()
    cells = tuple(tuple(row.values[c.id].text if c.id in row.values else "" for c in CLAIM_COLUMNS) for row in rows)
    yield Grid(tuple(column.heading for column in CLAIM_COLUMNS), cells, None, 12)
