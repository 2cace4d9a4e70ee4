"""An instrument as running text with headings, boxes and tables: what the Word and plain text forms have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.claim_columns import offers as claim_offers
from journeys.instruments.definition import FieldDefinition, FormatName, Instrument, Question, Section
from journeys.instruments.files.cells import text
from journeys.instruments.guidance import GUIDANCE, POINTER, belongs_to_rows, guidance, suggested_codes
from journeys.instruments.table_sections import offers, shown_rows
from journeys.model.code_keys import NOT_RECOVERED
from journeys.model.lens import Lens
from journeys.model.schema import Schema

STATUS, PLACE, SOURCES, CODES, BEARS_ON = "Status", "Page", "Sources", "Codes", "Bears on"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the instrument (level 0), of a section (1), of a question (2), of a question inside a box (3)."""

    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Hint:
    """A line for who fills the form in; nothing in it is read. ``strong``: it stands above others. ``former``: its
    words in earlier versions, which forms that were written by them still have.
    """

    words: str
    strong: bool = False
    former: str = ""


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
    """The places to write in of one question, the words its status takes, and the rows that it can bear on."""

    parts: tuple[Part, ...]
    statuses: tuple[str, ...]
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, rows that are filled in or printed, the main column, and empty rows to prepare.

    ``widths`` are those of the columns beside each other, ``lists`` the words that the column of a heading takes,
    ``rows_offered`` those that *Bears on* offers.
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    main: int | None = None
    spare: int = 0
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows_offered: tuple[str, ...] = ()


Block = Heading | Hint | Identity | Fields | Box | Grid


def document_blocks(
    instrument: Instrument,
    schema: Schema,
    filled: FilledForm | None,
    format_: FormatName,
    rows: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The form from top to bottom; blank, or with ``filled`` in it. ``rows`` are what *Bears on* offers."""
    yield Heading(instrument.title, 0)
    yield Identity(identity(instrument))
    yield Hint(POINTER)
    header = filled.header if filled else {}
    yield Heading(title_of(instrument.header), 1)
    for each in instrument.header.fields:
        if each.note:
            yield Hint(f"{each.wording}: {each.note}")
    yield Fields(tuple((label_of(f), header[f.id].text if f.id in header else "") for f in instrument.header.fields))
    for section in instrument.sections[1:]:
        yield Heading(title_of(section), 1)
        if section.instruction:
            yield Hint(section.instruction)
        yield from (
            _table(section, schema, filled, rows)
            if section.columns
            else _questions(instrument, section, schema, filled, rows)
        )
    if instrument.has_claim_rows:
        yield Heading(SHEET, 1)
        yield from _claims(schema, filled, rows)
    yield Heading(GUIDANCE, 1)
    for title, lines in guidance(instrument, schema, format_):
        yield Hint(title, strong=True)
        for line in lines:
            yield Hint(line)


def identity(instrument: Instrument) -> str:
    """The words by which a form is recognised: "observation_guide version 1"."""
    return f"{instrument.instrument} version {instrument.version}"


def title_of(section: Section) -> str:
    """What stands at the head of a section."""
    return section.title or NOT_RECOVERED


def label_of(field: FieldDefinition) -> str:
    """What stands beside a field of the header."""
    return field.wording + (" *" if field.required else "")


def _questions(
    instrument: Instrument, section: Section, schema: Schema, filled: FilledForm | None, rows: tuple[str, ...]
) -> Iterator[Block]:
    statuses = tuple(term.label for term in schema.terms("answer_status").terms.values())
    answers = {(a.field, a.ask, a.scope): a for a in filled.answers} if filled else {}
    shown: str | None = None
    for question in instrument.questions(section):
        if question.field.id != shown:
            yield Heading(question.field.wording, 2)
            hints = question.field.note, belongs_to_rows(question.field.rows), suggested_codes(question.field)
            for hint in filter(None, hints):
                yield Hint(hint)
            if question.ask is not None and question.field.whole:
                yield _box(question, None, answers, schema, statuses, rows)
        if question.ask is not None:
            yield Heading(question.wording, 3)
        shown = question.field.id
        yield _box(question, question.ask.id if question.ask else None, answers, schema, statuses, rows)


def _box(
    question: Question,
    ask: str | None,
    answers: Mapping[tuple[str, str | None, str], Answer],
    schema: Schema,
    statuses: tuple[str, ...],
    rows: tuple[str, ...],
) -> Box:
    parts = (_part(s, answers.get((question.field.id, ask, s)), schema) for s in question.field.scopes)
    return Box(tuple(parts), statuses, rows)


def _part(scope: str, answer: Answer | None, schema: Schema) -> Part:
    if answer is None:
        return Part(schema.lens.headings[scope])
    status = schema.terms("answer_status").terms[answer.status].label
    remarks = [(STATUS, status)] if answer.status != "answered" else []
    said = (answer.place, answer.sources, answer.codes, answer.bears_on)
    remarks += [
        (name, given.text) for name, given in zip((PLACE, SOURCES, CODES, BEARS_ON), said, strict=True) if given
    ]
    return Part(schema.lens.headings[scope], answer.given.text if answer.given else "", tuple(remarks))


def _table(section: Section, schema: Schema, filled: FilledForm | None, offered: tuple[str, ...]) -> Iterator[Block]:
    lists = {column.title: offers(column, schema, {}) for column in section.columns if not column.printed}
    for column in section.columns:
        if column.help:
            yield _help(column.title, column.help, schema.lens, lists.get(column.title, ()))
    rows = shown_rows(section, filled)
    ids = [column.id for column in section.columns]
    cells = tuple(tuple(text(row.get(name)) for name in ids) for row in rows)
    main = ids.index(section.main) if section.main is not None else None
    spare = 0 if section.printed_column else 8
    headings = tuple(column.title for column in section.columns)
    yield Grid(headings, tuple(column.width for column in section.columns), cells, main, spare, lists, offered)


def _claims(schema: Schema, filled: FilledForm | None, offered: tuple[str, ...]) -> Iterator[Block]:
    lists: dict[str, tuple[str, ...]] = {}
    for column in CLAIM_COLUMNS:
        words, strict = claim_offers(schema, column, {})
        lists[column.heading] = words if strict else ()
        yield _help(column.heading, column.help, schema.lens, lists[column.heading])
    rows = filled.claim_rows if filled else ()
    cells = tuple(tuple(row.values[c.id].text if c.id in row.values else "" for c in CLAIM_COLUMNS) for row in rows)
    headings = tuple(column.heading for column in CLAIM_COLUMNS)
    yield Grid(headings, tuple(column.width for column in CLAIM_COLUMNS), cells, None, 10, lists, offered)


def _help(title: str, help_: str, lens: Lens, offered: tuple[str, ...]) -> Hint:
    """What is said of a column above its table, in the words of the study's lens."""
    now, shipped = (f"{title}: {words}{_listed(offered)}" for words in (lens.in_words(help_), help_))
    return Hint(now, former=shipped if shipped != now else "")


def _listed(words: tuple[str, ...]) -> str:
    return f" One of: {', '.join(words)}." if words else ""
