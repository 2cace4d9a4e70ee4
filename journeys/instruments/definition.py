"""An instrument as data: its sections, its questions, the questions inside a box, and what an answer becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from journeys.instruments.answers import FilledRow
from journeys.instruments.subjects import SUBJECTS
from journeys.instruments.table_definition import validated
from journeys.model.code_keys import CODEBOOK, NOT_RECOVERED
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import folded
from journeys.model.problems import JourneysError
from journeys.model.resources import resource_folder
from journeys.model.schema import Schema, load_schema
from journeys.model.suggestions import did_you_mean
from journeys.model.yaml_with_lines import Location, load_lined_yaml

_NO_NODE_KIND = "there is no node kind {!r}."
_NO_STATED_KIND = "{!r} is not a claim kind that can be used in a form."

GENERAL, SPECIFIC = "general", "ethnicity_specific"

AnswerKind = Literal[
    "free_text", "identifier", "date", "choice_open", "entity_ref", "document_refs", "excerpts", "structured_list",
    "yes_no_how", "notes",
]  # fmt: skip

FormatName = Literal["xlsx", "docx", "yaml", "txt"]

Reading = Literal["clear", "repaired", "uncertain"]
"""How clean a wording is in the source of the instruments."""


_ABOUT_THE_ORIGINAL = frozenset({"title_reading", "instruction_reading", "instruction_note", "repeatable"})
"""What an instrument's file records of the printed original for people, and no code reads."""


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_the_original(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if name not in _ABOUT_THE_ORIGINAL}


def _sentences(items: Any) -> Any:
    """Let a guidance item be written as its text alone."""
    return [{"text": item} if isinstance(item, str) else item for item in items] if isinstance(items, list) else items


class Yield(_Definition):
    """One thing that an answer becomes: a property of the subject, a claim with the answer at one end, an extract."""

    property: str | None = None
    claim: str | None = None
    answer: Literal["from", "to"] | None = None
    new: str | None = None
    extract: str | None = None


class Ask(_Definition):
    """One of the questions inside a box; ``ours`` if the original does not ask it in so many words."""

    id: str
    text: str
    ours: bool = False
    answer_kind: AnswerKind = "free_text"
    worth_noting: tuple[str, ...] = ()
    yields: tuple[Yield, ...] = ()


class FieldDefinition(_Definition):
    """One field of the instrument; the null wording of a lost label is shown as such and never made up.

    ``offers`` are node labels whose names a drop-down offers, besides those that ``yields`` lead to.
    """

    id: str
    question: str | None
    reading: Reading
    note: str = ""
    answer_kind: AnswerKind
    required: bool = False
    scope_split: bool = False
    ours: bool = False
    values: tuple[str, ...] = ()
    worth_noting: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    yields: tuple[Yield, ...] = ()
    rows: tuple[str, ...] = ()
    suggested_codes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """The question as it is shown."""
        return self.question or NOT_RECOVERED

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes it is answered for."""
        return (GENERAL, SPECIFIC) if self.scope_split else (NOT_STATED,)


class Choice(_Definition):
    """One of the words that a column offers, as the instrument prints it."""

    id: str
    text: str


class TableColumn(_Definition):
    """A column of a table in the instrument.

    ``offers`` are node labels whose names a drop-down offers, ``vocabulary`` the terms it offers, ``choices`` the
    wordings it offers; ``printed``: a blank form has a row for each; ``optional``: forms without it are whole.
    """

    id: str
    title: str
    width: int = 24
    help: str = ""
    needed: bool = False
    offers: tuple[str, ...] = ()
    vocabulary: str | None = None
    choices: tuple[Choice, ...] = ()
    printed: bool = False
    as_typed: bool = False
    optional: bool = False

    def choice(self, words: str) -> Choice | None:
        """The choice that ``words`` stand for: its id, its wording, or an unmistakable beginning of it."""
        wanted = folded(words).strip(" .?")
        for choice in self.choices:
            if wanted in (folded(choice.id), folded(choice.id.replace("_", " ")), folded(choice.text).strip(" .?")):
                return choice
        begun = [choice for choice in self.choices if len(wanted) > 3 and folded(choice.text).startswith(wanted)]
        return begun[0] if len(begun) == 1 else None


class GuidanceItem(_Definition):
    """A sentence of an instrument's guidance; one whose ``text`` is null is lost, and shown as such.

    ``number`` as it is printed, ``under`` the item it belongs below, ``rows`` the claim kinds that answer it.
    """

    id: str = ""
    number: int | None = None
    under: str | None = None
    text: str | None
    reading: Reading = "clear"
    note: str = ""
    rows: tuple[str, ...] = ()


class GuidancePart(_Definition):
    """A piece of what the instrument tells who fills it in: a heading, and what stands below it."""

    title: str
    items: Annotated[tuple[GuidanceItem, ...], BeforeValidator(_sentences)]


class Section(_Definition):
    """A part of the instrument, of fields or one table; ``sheet`` is the sheet of the workbook it stands on.

    ``main`` is the column of a table that a line of plain text goes to, in the formats made of text.
    """

    id: str
    sheet: str
    title: str | None
    instruction: str = ""
    needs_sources: bool = False
    fields: tuple[FieldDefinition, ...] = ()
    columns: tuple[TableColumn, ...] = ()
    main: str | None = None

    @property
    def printed_column(self) -> TableColumn | None:
        """The column whose choices a blank form prints, a row each."""
        return next((column for column in self.columns if column.printed), None)

    @property
    def has_pages(self) -> bool:
        """Whether its answers are found on a page of something; notes are on none."""
        return any(field.answer_kind != "notes" for field in self.fields)

    def column_name(self, column: TableColumn) -> str:
        """A table column's hidden name in workbooks."""
        return f"_ej.table.{self.id}.{column.id}"

    def without_printed(self, rows: Iterable[FilledRow]) -> tuple[FilledRow, ...]:
        """The rows in which more is written than what the blank form prints."""
        printed = self.printed_column
        return tuple(row for row in rows if printed is None or set(row.values) - {printed.id})


@dataclass(frozen=True, slots=True)
class Question:
    """What is answered in one row of a form: a field, or one of the questions inside it."""

    section: Section
    field: FieldDefinition
    ask: Ask | None

    @property
    def name(self) -> str:
        """Its name in files: ``course_of_action.how_case_made``."""
        return f"{self.field.id}.{self.ask.id}" if self.ask else self.field.id

    @property
    def wording(self) -> str:
        """The question as it is shown."""
        return self.ask.text if self.ask else self.field.wording

    @property
    def answer_kind(self) -> AnswerKind:
        """What kind of answer is asked for."""
        return self.ask.answer_kind if self.ask else self.field.answer_kind

    @property
    def yields(self) -> tuple[Yield, ...]:
        """What the answer becomes."""
        return self.ask.yields if self.ask else self.field.yields


class Instrument(_Definition):
    """A whole instrument. The first section is the header: who and what the form is about.

    ``formats`` are what it can be written as; ``guidance`` what it tells who fills it in.
    """

    instrument: str
    version: int
    title: str
    about: str
    formats: tuple[FormatName, ...] = ("xlsx", "yaml")
    one_for: str
    guidance: tuple[GuidancePart, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def header(self) -> Section:
        """The section that identifies what the form is about."""
        return self.sections[0]

    @property
    def question_sections(self) -> tuple[Section, ...]:
        """The sections of fields after the header."""
        return tuple(section for section in self.sections[1:] if section.fields)

    @property
    def tables(self) -> tuple[Section, ...]:
        """The sections that are a table."""
        return tuple(section for section in self.sections[1:] if section.columns)

    def fields(self) -> Iterator[FieldDefinition]:
        """All fields in their order."""
        for section in self.sections:
            yield from section.fields

    def split_questions(self, section: Section | None = None) -> Iterator[Question]:
        """The printed questions that are asked piece by piece below: an answer may stand beside the whole, too."""
        for each in (section,) if section else self.question_sections:
            yield from (Question(each, field, None) for field in each.fields if field.asks)

    def questions(self, section: Section | None = None) -> Iterator[Question]:
        """What is answered row by row, in the sections after the header or in one of them."""
        for each in (section,) if section else self.question_sections:
            for field in each.fields:
                for ask in field.asks or (None,):
                    yield Question(each, field, ask)


@cache
def load_instrument(name: str, folder: Path | None = None) -> Instrument:
    """The instrument of this name, from ``folder`` or as shipped.

    Raises JourneysError for a name that is none, BrokenSchema (file and line) for a definition that cannot be used.
    """
    path = (folder or resource_folder("schema") / "instruments") / f"{name}.yaml"
    if not path.is_file():
        known = instruments(folder)
        meant = did_you_mean(name, known)
        raise JourneysError(f"There is no instrument {name!r}.{meant} There are: {', '.join(known)}.")
    source = load_lined_yaml(path)
    instrument: Instrument = validated(Instrument, source)
    for where, message in chain(_contradictions(instrument, load_schema()), _uninterpretable(instrument)):
        raise source.broken(where, message)
    return instrument


def instruments(folder: Path | None = None) -> list[str]:
    """The names of the instruments there are, apart from the codebook."""
    paths = (folder or resource_folder("schema") / "instruments").glob("*.yaml")
    return sorted(path.stem for path in paths if path.stem != CODEBOOK)


def _contradictions(instrument: Instrument, schema: Schema) -> Iterator[tuple[Location, str]]:
    """What no single entry shows: names that are used twice, and yields that the graph does not know."""
    if instrument.about not in SUBJECTS:
        known = ", ".join(SUBJECTS)
        yield ("about",), f"a form about {instrument.about} cannot be interpreted. Write one of {known}."
        return
    seen: set[str] = set()
    for part_number, part in enumerate(instrument.guidance):
        for number, item in enumerate(part.items):
            for kind in item.rows:
                if kind not in schema.claims or not schema.claims[kind].asserted:
                    yield ("guidance", part_number, "items", number, "rows"), _NO_STATED_KIND.format(kind)
    for section_number, section in enumerate(instrument.sections):
        yield from _table_contradictions(section, section_number, schema)
        for number, field in enumerate(section.fields):
            here: Location = ("sections", section_number, "fields", number)
            asks = [(ask, (*here, "asks", place)) for place, ask in enumerate(field.asks)]
            for name, where in [(field.id, here), *((f"{field.id}.{ask.id}", place) for ask, place in asks)]:
                if name in seen:
                    yield (*where, "id"), f"{name!r} appears twice."
                seen.add(name)
            if field.asks and field.yields:
                yield (
                    (*here, "yields"),
                    "a field with asks cannot yield anything itself; write `yields` under one of its asks.",
                )
            yield from ((here, _NO_NODE_KIND.format(label)) for label in field.offers if label not in schema.nodes)
            for kind in field.rows:
                if kind not in schema.claims or not schema.claims[kind].asserted:
                    yield (*here, "rows"), _NO_STATED_KIND.format(kind)
            yields = [(field.yields, here), *((ask.yields, where) for ask, where in asks)]
            for all_made, where in yields:
                for place, made in enumerate(all_made):
                    if message := _cannot_yield(made, instrument.about, schema):
                        yield (*where, "yields", place), message


def _table_contradictions(section: Section, number: int, schema: Schema) -> Iterator[tuple[Location, str]]:
    here: Location = ("sections", number)
    if bool(section.fields) == bool(section.columns):
        yield here, "a section must have either fields or columns, not both."
    if section.main is not None and section.main not in [column.id for column in section.columns]:
        yield (*here, "main"), f"there is no column {section.main!r}."
    for place, column in enumerate(section.columns):
        where = (*here, "columns", place)
        if column.vocabulary is not None and column.vocabulary not in schema.vocabularies:
            yield where, f"there is no vocabulary {column.vocabulary!r}."
        yield from ((where, _NO_NODE_KIND.format(label)) for label in column.offers if label not in schema.nodes)


def _uninterpretable(instrument: Instrument) -> Iterator[tuple[Location, str]]:
    """What of an instrument no interpreter would read: the place in its file, and what is wrong."""
    subject = SUBJECTS[instrument.about]
    present = {field.id for field in instrument.header.fields}
    for name in subject.header:
        if name not in present:
            yield ("sections", 0), f"the header of a form about {instrument.about} needs a field {name!r}."
    for number, section in enumerate(instrument.sections[1:], start=1):
        here: Location = ("sections", number)
        if section.columns and section.id not in subject.tables:
            known = ", ".join(subject.tables) or "none"
            yield here, f"a table {section.id!r} of a form about {instrument.about} is not read. Tables: {known}."
        if section.fields and not subject.questions:
            yield here, f"a form about {instrument.about} has no questions after its header; they would not be read."
        for place, field in enumerate(section.fields):
            if field.asks and not subject.asks:
                where: Location = (*here, "fields", place, "asks")
                yield where, f"questions inside a box are not read in a form about {instrument.about}."


def _cannot_yield(made: Yield, about: str, schema: Schema) -> str | None:
    if sum(part is not None for part in (made.property, made.claim, made.extract)) != 1:
        return "write exactly one of property, claim and extract."
    if made.property is not None and made.property not in schema.properties_of_node(about):
        return f"{about} has no property {made.property!r}."
    if made.extract is not None and made.extract not in schema.terms("mode").terms:
        return f"{made.extract!r} is not a mode."
    if made.claim is None:
        return None
    kind = schema.claims.get(made.claim)
    if kind is None or made.answer is None:
        return f"{made.claim} is not a claim kind, or `answer: from` or `answer: to` is missing."
    answers, subjects = kind.from_labels, kind.to_labels
    if made.answer == "to":
        answers, subjects = subjects, answers
    if about not in schema.labels(subjects):
        return f"{about} cannot be the other end of {made.claim}."
    if made.new is not None and made.new not in schema.labels(answers):
        return f"{made.claim} does not take a new {made.new}."
    return None
