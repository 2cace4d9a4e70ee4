"""Definition of an instrument: sections, questions, questions inside a box, and the claims that an answer yields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from journeys.instruments.answers import FilledRow
from journeys.model.code_keys import NOT_RECOVERED
from journeys.model.definitions import NOT_STATED
from journeys.model.identity import folded
from journeys.model.lens import GENERAL, SPECIFIC

AnswerKind = Literal[
    "free_text", "identifier", "date", "choice_open", "entity_ref", "document_refs", "excerpts", "structured_list",
    "yes_no_how", "notes",
]  # fmt: skip

FormatName = Literal["xlsx", "docx", "yaml", "txt"]

Reading = Literal["clear", "repaired", "uncertain"]
"""How well a wording can be read in the printed source of the instruments."""


_ABOUT_THE_ORIGINAL = frozenset(
    {"title_reading", "instruction_reading", "instruction_note", "repeatable", "number_reading", "original_note"}
)
"""Entries of an instrument's file about the printed original; they are for people, and the program ignores them."""


class StudyDefinition(BaseModel):
    """An entry of a definition, with no names but those that are known."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _Definition(StudyDefinition):
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
    """One thing that an answer becomes: a property of the subject, a claim with the answer at one end, an extract.

    ``finding`` is the kind of finding that each of its paragraphs becomes, ``action`` the kind of action (with
    ``claim``, the claim that leads to it). ``quotes``: its paragraphs are quotations that bear on the findings of the
    same question. ``confidence``: it says how sure the researchers are of these findings.
    """

    property: str | None = None
    claim: str | None = None
    answer: Literal["from", "to"] | None = None
    new: str | None = None
    extract: str | None = None
    finding: str | None = None
    action: str | None = None
    quotes: bool = False
    confidence: bool = False


class Ask(_Definition):
    """One of the questions inside a box; ``ours`` if the original does not ask it in so many words.

    ``hidden`` and ``former`` as in ``FieldDefinition``.
    """

    id: str
    text: str
    hidden: bool = False
    former: tuple[str, ...] = ()
    ours: bool = False
    answer_kind: AnswerKind = "free_text"
    worth_noting: tuple[str, ...] = ()
    yields: tuple[Yield, ...] = ()


class FieldDefinition(_Definition):
    """One field of the instrument; the null wording of a lost label is shown as such and never made up.

    ``offers`` are node labels whose names a drop-down offers, besides those that ``yields`` lead to. A field that is
    ``hidden`` is not printed, and read where a form has it; one that came ``later`` is missing in forms from before;
    ``former`` are wordings that it had before.
    ``number`` as it is printed; ``scope`` what its one answer is about; ``whole``: its question can also be answered
    as a whole where it is asked piece by piece; ``linked_sheets`` are sheets of the codebook that it points to.
    """

    id: str
    number: str = ""
    question: str | None
    hidden: bool = False
    former: tuple[str, ...] = ()
    reading: Reading = "clear"
    note: str = ""
    answer_kind: AnswerKind = "free_text"
    required: bool = False
    scope_split: bool = False
    scope: str = NOT_STATED
    whole: bool = True
    later: bool = False
    ours: bool = False
    values: tuple[str, ...] = ()
    worth_noting: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    yields: tuple[Yield, ...] = ()
    rows: tuple[str, ...] = ()
    suggested_codes: tuple[str, ...] = ()
    linked_sheets: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """The question as it is shown."""
        words = self.question or NOT_RECOVERED
        return f"({self.number}) {words}" if self.number else words

    @property
    def links(self) -> bool:
        """Whether it points to codes of the codebook."""
        return bool(self.suggested_codes or self.linked_sheets)

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording by which it is known in a form."""
        return (self.wording, *self.former)

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
    wordings it offers, ``verbs``: it offers those of *Who did what*. ``printed``: a blank form has a row for each;
    ``optional``: forms without it are whole.
    """

    id: str
    title: str
    width: int = 24
    help: str = ""
    needed: bool = False
    offers: tuple[str, ...] = ()
    vocabulary: str | None = None
    choices: tuple[Choice, ...] = ()
    verbs: bool = False
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

    def printed(self, answered: Collection[str] = ()) -> Section:
        """The section without the fields and questions that are hidden, but for the fields that are ``answered``."""
        fields = [
            field
            if field.id in answered
            else field.model_copy(update={"asks": tuple(ask for ask in field.asks if not ask.hidden)})
            for field in self.fields
            if field.id in answered or not (field.hidden or (field.asks and all(ask.hidden for ask in field.asks)))
        ]
        return self.model_copy(update={"fields": tuple(fields)})

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
    def wordings(self) -> tuple[str, ...]:
        """Every wording by which it is known in a form."""
        return (self.ask.text, *self.ask.former) if self.ask else self.field.wordings

    @property
    def hidden(self) -> bool:
        """Whether forms no longer print it."""
        return self.field.hidden or (self.ask is not None and self.ask.hidden)

    @property
    def answer_kind(self) -> AnswerKind:
        """What kind of answer is asked for."""
        return self.ask.answer_kind if self.ask else self.field.answer_kind

    @property
    def yields(self) -> tuple[Yield, ...]:
        """What the answer becomes."""
        return self.ask.yields if self.ask else self.field.yields


_WITHOUT_CLAIM_ROWS = ("coding_workbook",)


class Instrument(_Definition):
    """A whole instrument. The first section is the header: who and what the form is about.

    ``formats`` are what it can be written as; ``guidance`` what it tells who fills it in. One that is ``hidden`` is not
    offered as a blank form; ``former`` are titles that it had before.
    """

    instrument: str
    version: int
    title: str
    hidden: bool = False
    former: tuple[str, ...] = ()
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

    @property
    def has_claim_rows(self) -> bool:
        """Whether its forms have rows of *Who did what*."""
        return self.instrument not in _WITHOUT_CLAIM_ROWS

    def fields(self) -> Iterator[FieldDefinition]:
        """All fields in their order."""
        for section in self.sections:
            yield from section.fields

    def split_questions(self, section: Section | None = None) -> Iterator[Question]:
        """The printed questions that are asked piece by piece below: an answer may stand beside the whole, too."""
        for each in (section,) if section else self.question_sections:
            yield from (Question(each, field, None) for field in each.fields if field.asks)

    def printed(self, answered: Collection[str] = ()) -> Instrument:
        """The instrument as a form prints it: without what is hidden, but for the fields that are ``answered``."""
        sections = tuple(section.printed(answered) for section in self.sections)
        return self.model_copy(update={"sections": tuple(s for s in sections if s.fields or s.columns)})

    def questions(self, section: Section | None = None) -> Iterator[Question]:
        """What is answered row by row, in the sections after the header or in one of them."""
        for each in (section,) if section else self.question_sections:
            for field in each.fields:
                for ask in field.asks or (None,):
                    yield Question(each, field, ask)
