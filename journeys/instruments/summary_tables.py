"""The summary tables: emerging findings, gaps, research questions and what to look for, as shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from journeys.instruments.definition import Reading
from journeys.instruments.table_definition import validated
from journeys.model.code_keys import key_order
from journeys.model.problems import Address
from journeys.model.resources import resource_folder
from journeys.model.study_names import SUMMARY_TABLES_FILE
from journeys.model.yaml_with_lines import LinedYaml, Location, load_lined_yaml

SHIPPED_FILE = f"schema/instruments/{SUMMARY_TABLES_FILE}"

RowKind = Literal["emerging", "gap", "look_for", "question"]
QUESTION: RowKind = "question"
LABELS: Mapping[str, str] = {
    "emerging": "Finding",
    "gap": "Finding",
    "look_for": "Finding",
    QUESTION: "ResearchQuestion",
}
"""The kind of node that a row is in the graph."""
_SHORT = 90


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _Printed(_Definition):
    """A text of the tables, and what is known of its wording in the printed source."""

    id: str
    text: str
    reading: Reading = "clear"
    ocr: str = ""
    note: str = ""
    sic: bool = False


class FindingDefinition(_Printed):
    """An emerging finding or a gap, and the remark printed behind it."""

    kind: Literal["emerging", "gap"]
    prompt: str = ""


class QuestionDefinition(_Printed):
    """A research question; ``beside`` is the row beside which it begins."""

    beside: str = ""


class TopicDefinition(_Definition):
    """A row of a table as it is printed: its label, the section it stands in, and what it holds."""

    id: str
    section: str | None
    section_reading: Reading = "clear"
    section_ocr: str = ""
    section_note: str = ""
    label: str
    label_note: str = ""
    label_ocr: str = ""
    row_kind: str = ""
    findings: tuple[FindingDefinition, ...] = ()
    look_for: tuple[_Printed, ...] = ()
    look_for_note: str = ""


class TableDefinition(_Definition):
    """One of the tables."""

    id: str
    title: str
    columns: tuple[str, ...]
    research_questions: tuple[QuestionDefinition, ...] = ()
    rows: tuple[TopicDefinition, ...] = Field(min_length=1)


class OverviewItem(_Definition):
    """A paragraph that stands before the tables."""

    number: int
    text: str


class SummaryTablesDefinition(_Definition):
    """The whole of the shipped summary_tables.yaml."""

    version: int
    title: str
    layout_notes: tuple[str, ...] = ()
    overview: tuple[OverviewItem, ...] = ()
    tables: tuple[TableDefinition, ...] = Field(min_length=1)
    counts: dict[str, int | dict[str, int]] = {}


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row that something can bear on: a finding, a gap, something to look for, or a research question.

    ``topic`` is the row of the printed table that it stands in, ``section`` the heading over it; ``printed`` its text
    in the source where a study has reworded it; ``site`` the id or name of the site that a row of the study's is about.
    """

    id: str
    kind: RowKind
    table: str
    text: str
    topic: str = ""
    section: str = ""
    prompt: str = ""
    reading: str = "clear"
    ocr: str = ""
    note: str = ""
    printed: str | None = None
    site: str | None = None
    hidden: bool = False
    address: Address = field(default=Address(SHIPPED_FILE), compare=False)

    @property
    def label(self) -> str:
        """The kind of node that it is in the graph."""
        return LABELS[self.kind]

    @property
    def shown(self) -> str:
        """The row as a drop-down offers it: its id and the beginning of its words."""
        words = " ".join(self.text.split())
        return f"{self.id} {words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + '…'}"


@dataclass(frozen=True)
class SummaryTables:
    """The summary tables in use. ``titles`` are those of the tables by id; ``file`` is the study's, if it has one."""

    title: str
    titles: Mapping[str, str]
    rows: Mapping[str, SummaryRow]
    origin: str = "the shipped summary tables"
    file: str | None = None

    def offered(self, label: str) -> tuple[str, ...]:
        """What a drop-down offers of the rows that are nodes of this kind."""
        return tuple(row.shown for row in self.in_order if row.label == label and not row.hidden)

    @cached_property
    def in_order(self) -> tuple[SummaryRow, ...]:
        """The rows, table by table: findings and gaps, then what to look for, then questions."""
        tables = {table: place for place, table in enumerate(self.titles)}
        kinds = ("emerging", "gap", "look_for", QUESTION)

        def place(row: SummaryRow) -> tuple[object, ...]:
            kind = 0 if row.kind == "gap" else kinds.index(row.kind)
            return tables[row.table], kind, key_order(row.id)

        return tuple(sorted(self.rows.values(), key=place))


def load_summary_tables(folder: Path | None = None) -> SummaryTablesDefinition:
    """The shipped tables as they are printed, from ``folder`` or as shipped.

    Raises BrokenSchema, with file and line, for tables that cannot be used.
    """
    return _loaded(folder)[1]


@cache
def shipped_summary_tables(folder: Path | None = None) -> SummaryTables:
    """The rows of the shipped tables. Raises BrokenSchema, with file and line, for tables that cannot be used."""
    source, definition = _loaded(folder)
    rows: dict[str, SummaryRow] = {}
    for where, row in _rows(definition, source):
        if row.id in rows:
            raise source.broken(where, f"the row {row.id} appears twice.")
        if not is_row_id(row.id):
            raise source.broken(where, f"{row.id!r} cannot be the id of a row.")
        rows[row.id] = row
    return SummaryTables(definition.title, {table.id: table.title for table in definition.tables}, rows)


def is_row_id(words: str) -> bool:
    """Whether a text can be the id of a row: it begins with a letter, and has a digit, dots and hyphens within."""
    return re.fullmatch(r"[^\W\d_]+\d+(?:[.-]?[^\W_]+)*", words) is not None and len(words) <= 20


@cache
def _loaded(folder: Path | None) -> tuple[LinedYaml, SummaryTablesDefinition]:
    source = load_lined_yaml((folder or resource_folder("schema") / "instruments") / SUMMARY_TABLES_FILE)
    definition: SummaryTablesDefinition = validated(SummaryTablesDefinition, source)
    return source, definition


def _rows(definition: SummaryTablesDefinition, source: LinedYaml) -> Iterator[tuple[Location, SummaryRow]]:
    for number, table in enumerate(definition.tables):
        here: Location = ("tables", number)
        for place, topic in enumerate(table.rows):
            row_here: Location = (*here, "rows", place)
            lists: tuple[tuple[str, tuple[_Printed, ...]], ...] = (
                ("findings", topic.findings), ("look_for", topic.look_for),
            )  # fmt: skip
            for part, entries in lists:
                for at, entry in enumerate(entries):
                    where: Location = (*row_here, part, at)
                    yield where, _row(table.id, entry, topic, source.line(where))
        for at, question in enumerate(table.research_questions):
            where = (*here, "research_questions", at)
            yield where, _row(table.id, question, None, source.line(where))


def _row(table: str, entry: _Printed, topic: TopicDefinition | None, line: int | None) -> SummaryRow:
    kind: RowKind = QUESTION if topic is None else entry.kind if isinstance(entry, FindingDefinition) else "look_for"
    return SummaryRow(
        id=entry.id,
        kind=kind,
        table=table,
        text=entry.text,
        topic=topic.label if topic else "",
        section=(topic.section or "").rstrip(":") if topic else "",
        prompt=entry.prompt if isinstance(entry, FindingDefinition) else "",
        reading=entry.reading,
        ocr=entry.ocr,
        note=entry.note,
        address=Address(SHIPPED_FILE, None, f"line {line}"),
    )
