"""A filled-in workbook of an instrument: answers and rows, found by hidden names first and by wording second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

from rapidfuzz import fuzz

from journeys.instruments.answer_checks import checked_answer
from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS, SHEET
from journeys.instruments.claim_columns import in_columns as claim_in_columns
from journeys.instruments.columns import InColumn
from journeys.instruments.definition import Instrument, Question, Section
from journeys.instruments.excel.locate import Wanted, comparable, locate
from journeys.instruments.excel.question_columns import (
    ANSWER_OF,
    BEARS_ON_OF,
    CODES_OF,
    PLACE_OF,
    QUESTION,
    SOURCES_OF,
    STATUS_OF,
    columns_of,
    question_columns,
)
from journeys.instruments.excel.read_table import heading_by_words, read_table
from journeys.instruments.excel.stray_cells import Place, report_stray_cells
from journeys.instruments.excel.write import header_name, question_name
from journeys.instruments.excel.write_sheet import LISTS, NOTICE
from journeys.instruments.files.cells import Cell, Row, text
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import Workbook
from journeys.instruments.files.workbook_parts import Area
from journeys.instruments.guidance import GUIDANCE
from journeys.instruments.instrument_set import shipped_instruments
from journeys.instruments.printed_words import PrintedWords
from journeys.instruments.table_sections import in_columns
from journeys.model.phrases import counted, were
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_NEW_FORM = "Make a new blank form with `journeys forms` and copy the answers into it."
_ALIKE = 70
"""The lowest similarity, of 100, of the name of a sheet that may have been renamed."""


def read_excel(
    book: Workbook,
    instrument: Instrument,
    version: int,
    schema: Schema,
    ours: PrintedWords,
    comments: PrintedWords,
    report: Report,
) -> FilledForm:
    """What was filled in; whatever cannot be found or was not read is reported.

    ``ours`` is what the form itself prints beside its questions, ``comments`` what it writes into cell comments.
    """
    reader = _Reader(book, instrument, schema, ours, report)
    header = reader.header()
    answers = [answer for section in instrument.question_sections for answer in reader.answers(section)]
    tables = {section.id: section.without_printed(reader.table(section)) for section in instrument.tables}
    rows = tuple(reader.claim_rows())
    reader.report_ignored_sheets()
    report_comments([comment for sheet in book.sheets for comment in sheet.comments], comments, report)
    return FilledForm(instrument.instrument, version, book.file, header, tuple(answers), rows, tables)


class _Reader:
    def __init__(
        self, book: Workbook, instrument: Instrument, schema: Schema, ours: PrintedWords, report: Report
    ) -> None:
        self._book, self._instrument, self._schema, self._report = book, instrument, schema, report
        self._ours = ours
        self._used = {name.casefold() for name in (GUIDANCE, LISTS, NOTICE)}

    def header(self) -> dict[str, Cell]:
        section = self._instrument.header
        sheet = self._sheet(section.sheet, [header_name(field) for field in section.fields])
        boxes = self._boxes(sheet, section) if sheet else {}
        found: dict[str, Cell] = {}
        for field in section.fields:
            cell = boxes.get(field.id)
            if cell is None and (field.hidden or (field.ours and not field.required)):
                continue  # not printed, or a field that was added later: forms made before have none
            if cell is None:
                message, remedy = f"The field {field.wording!r} is missing.", _NEW_FORM
                self._report(Problem("missing_field", Address(self._book.file, section.sheet), message, remedy))
            elif cell.text:
                found[field.id] = cell
            elif field.required:
                message, remedy = f"{field.wording!r} is empty.", "Fill it in; the form cannot be read without it."
                self._report(Problem("missing_value", cell.address, message, remedy))
        return found

    def _boxes(self, sheet: Sheet, section: Section) -> dict[str, Cell]:
        """The cell to write in of each header field: where its hidden name is, or beside its wording."""
        areas = {field.id: self._area(sheet, header_name(field)) for field in section.fields}
        boxes = [area for area in areas.values() if area is not None]
        column = boxes[0].left if boxes else 1
        wanted = [Wanted(f.id, _top(areas[f.id]), f.wordings) for f in section.fields]
        found = locate(wanted, _texts_in(sheet, column - 1))
        self._say(found.stale_names(sheet.origin, "fields"))
        for problem in sheet.merged_below(min(found.places.values(), default=1) - 1):
            self._report(problem)
        rows = set(found.places.values())
        first = min(rows, default=1)
        strays: list[Place] = []
        for row in sheet.rows():
            for place, value in enumerate(row.values):
                # The cell beside a box holds its wording, possibly edited; the cell above the first box holds the
                # form's title.
                read = place < column if row.number < first else place <= column and row.number in rows
                if text(value) and not read and not self._is_ours(text(value)):
                    strays.append((row.number, place))
        remedy = "Move it into an answer box, or delete it."
        report_stray_cells(sheet, strays, "This cell is outside the answer boxes", remedy, self._report)
        return {name: sheet.row(number).cell(column) for name, number in found.places.items()}

    def answers(self, section: Section) -> Iterator[Answer]:
        wholes = list(self._instrument.split_questions(section))
        questions = [*wholes, *self._instrument.questions(section)]
        sheet = self._sheet(section.sheet, [question_name(question) for question in questions])
        if sheet is None:
            self._sheet_is_gone(section.sheet)
            return
        heading, columns = self._columns(sheet, section)
        if not columns:
            return
        rows = self._rows(sheet, questions, columns.get(QUESTION, 0))
        for problem in sheet.merged_below(heading):
            self._report(problem)
        for question in questions:
            number = rows.get(question.name)
            if number is None and (question.hidden or question.field.later or question in wholes):
                continue  # not printed; forms of earlier versions had no boxes beside a whole question
            if number is None:
                message = f"The question {question.wording[:60]!r} is missing; nothing was read for it."
                remedy = "Copy its row back from a blank form."
                self._report(Problem("missing_question", sheet.origin, message, remedy, Severity.WARNING))
                continue
            yield from self._answers_of(question, sheet.row(number), columns)
        self._report_strangers(sheet, heading, columns, set(rows.values()))

    def _answers_of(self, question: Question, row: Row, columns: Mapping[str, int]) -> Iterator[Answer]:
        for scope in question.field.scopes:
            parts = (ANSWER_OF, STATUS_OF, PLACE_OF, SOURCES_OF, CODES_OF, BEARS_ON_OF)
            names = [part[scope] for part in parts]
            given, status, place, sources, codes, bears_on = (
                _given(row, columns[name]) if name in columns else None for name in names
            )
            address = row.address(columns.get(ANSWER_OF[scope]))
            found = checked_answer(
                question, scope, given, status, place, sources, codes, bears_on, address, self._schema, self._report
            )
            if found is not None:
                yield found
        if not question.field.scope_split:
            for column in question_columns(self._schema.lens):
                if column.specific and column.id in columns and _given(row, columns[column.id]):
                    topic = self._schema.lens.topic
                    message = f"This question is not asked in relation to {topic}; the grey box was not read."
                    remedy = "Move it to the general answer, or to *Who did what* with its scope."
                    self._report(Problem("ignored_cell", row.address(columns[column.id]), message, remedy))

    def claim_rows(self) -> Iterator[FilledRow]:
        return self._table(SHEET, claim_in_columns())

    def table(self, section: Section) -> Iterator[FilledRow]:
        return self._table(section.sheet, in_columns(section))

    def _table(self, title: str, columns: Sequence[InColumn]) -> Iterator[FilledRow]:
        sheet = self._sheet(title, [column.name for column in columns])
        if sheet is None:
            self._sheet_is_gone(title)
            return
        yield from read_table(self._book, sheet, columns, self._report, _headings_of_tables())

    def report_ignored_sheets(self) -> None:
        """Say which sheets hold something that was not read, and how much."""
        for sheet in self._book.sheets:
            if sheet.name.casefold() in self._used:
                continue
            cells = sum(bool(text(value)) for row in sheet.rows() for value in row.values)
            if cells:
                message = f"This sheet is not part of the form; {counted(cells, 'filled cell')} {were(cells)} ignored."
                remedy = "Move anything that should be read to the form's own sheets."
                self._report(Problem("ignored_sheet", sheet.origin, message, remedy, Severity.WARNING))

    def _sheet(self, title: str, names: Sequence[str]) -> Sheet | None:
        """The sheet that one of the hidden names points at, else the one of this title."""
        areas = (self._book.names.get(name) for name in names)
        sheet = next((found for area in areas if area and (found := self._book.sheet(area.sheet))), None)
        sheet = sheet or self._book.sheet(title)
        if sheet is not None:
            self._used.add(sheet.name.casefold())
        return sheet

    def _sheet_is_gone(self, title: str) -> None:
        message = f"The sheet {title!r} is missing."
        like = next((name for name in self._other_sheets() if _may_be_named_for(name, title)), None)
        anew = f"If not, {_NEW_FORM[0].lower()}{_NEW_FORM[1:]}"
        remedy = f"Is it the sheet {like!r}? Then name that one {title!r} again. {anew}" if like else _NEW_FORM
        self._report(Problem("missing_sheet", Address(self._book.file), message, remedy))

    def _other_sheets(self) -> Iterator[str]:
        """The sheets that nothing of the form is called by."""
        own = {section.sheet.casefold() for section in self._instrument.sections} | {SHEET.casefold()}
        yield from (sheet.name for sheet in self._book.sheets if sheet.name.casefold() not in own | self._used)

    def _columns(self, sheet: Sheet, section: Section) -> tuple[int, Mapping[str, int]]:
        """The heading row, and the place of each column."""
        wanted_columns = columns_of(section, self._schema.lens)
        areas = {column.id: self._area(sheet, column.name(section)) for column in wanted_columns}
        as_printed = [InColumn(c.id, c.name(section), c.heading, former=c.former) for c in wanted_columns]
        heading = heading_by_words(sheet, as_printed)
        if heading is None:
            heading = max((area.top for area in areas.values() if area), default=0)
        written = {place: text(value) for place, value in enumerate(sheet.row(heading).values)}
        wanted = [
            Wanted(c.id, area.left if (area := areas[c.id]) else None, (c.heading, *c.former)) for c in wanted_columns
        ]
        found = locate(wanted, written)
        if not found.places:
            shown = ", ".join(repr(column.heading) for column in wanted_columns[:3])
            remedy = f"Put it back ({shown}, …), or copy the answers into a new blank form."
            message = "The heading row of the questions is missing; no answer was read."
            self._report(Problem("missing_heading", sheet.origin, message, remedy))
            return heading, {}
        self._say(found.stale_names(sheet.origin.at(f"row {heading}"), "columns"))
        for column in wanted_columns:
            if column.id not in found.places and column.id != QUESTION and not column.optional:
                message = f"The column {column.heading!r} is missing."
                remedy = f"Put it back with the heading {column.heading!r}, or: {_NEW_FORM}"
                severity = Severity.ERROR if column.needed else Severity.WARNING
                self._report(Problem("missing_column", sheet.origin, message, remedy, severity))
        return heading, found.places

    def _rows(self, sheet: Sheet, questions: Sequence[Question], column: int) -> Mapping[str, int]:
        """The row of each question by its name."""
        areas = [self._area(sheet, question_name(question)) for question in questions]
        wanted = [Wanted(q.name, _top(area), q.wordings) for q, area in zip(questions, areas, strict=True)]
        found = locate(wanted, _texts_in(sheet, column))
        self._say(found.stale_names(sheet.origin, "questions"))
        return found.places

    def _area(self, sheet: Sheet, name: str) -> Area | None:
        """Where a hidden name points, if it is on this sheet."""
        area = self._book.names.get(name)
        return area if area and area.sheet.casefold() == sheet.name.casefold() else None

    def _say(self, problem: Problem | None) -> None:
        if problem is not None:
            self._report(problem)

    def _report_strangers(self, sheet: Sheet, heading: int, columns: Mapping[str, int], known: set[int]) -> None:
        """Report what is written beside or below the questions and was not read."""
        places = set(columns.values())
        strays: list[Place] = []
        for row in sheet.rows():
            for place, value in enumerate(row.values):
                # At the heading stand headings, and above it in the first column the form's title.
                is_title = row.number < heading and place == 0
                read = is_title or row.number == heading or (row.number in known and place in places)
                if text(value) and not read and not self._is_ours(text(value)):
                    strays.append((row.number, place))
        what = "This cell is not beside a question, or not under a heading"
        report_stray_cells(sheet, strays, what, "Move it to an answer, or to *Who did what*.", self._report)

    def _is_ours(self, words: str) -> bool:
        return comparable(words) in self._wordings or words in self._ours

    @cached_property
    def _wordings(self) -> frozenset[str]:
        """What the form itself says."""
        fields = [words for field in self._instrument.fields() for words in field.wordings]
        questions = [words for question in self._instrument.questions() for words in question.wordings]
        return frozenset(map(comparable, [*fields, *questions]))


@cache
def _headings_of_tables() -> frozenset[str]:
    """The headings of the tables of all forms, comparable."""
    titles = [column.title for form in shipped_instruments() for table in form.tables for column in table.columns]
    return frozenset(map(comparable, [*titles, *(column.heading for column in CLAIM_COLUMNS)]))


def _may_be_named_for(name: str, title: str) -> bool:
    """Whether a sheet may be the one of this title that was given another name: "Who did what (MO)"."""
    ours, theirs = comparable(title), comparable(name)
    return ours in theirs or fuzz.ratio(ours, theirs) >= _ALIKE


def _texts_in(sheet: Sheet, column: int) -> dict[int, str]:
    """The words in each row of a column."""
    filled = ((row.number, row.values[column]) for row in sheet.rows() if column < len(row.values))
    return {number: words for number, value in filled if (words := text(value))}


def _top(area: Area | None) -> int | None:
    return area.top if area else None


def _given(row: Row, column: int) -> Cell | None:
    """The cell in a column, if it holds words; most are empty, and have no need of an address."""
    return row.cell(column) if column < len(row.values) and text(row.values[column]) else None
