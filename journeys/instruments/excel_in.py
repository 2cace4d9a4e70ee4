"""A filled-in workbook of an instrument: answers and rows, found by hidden names first and by wording second."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.instruments.answer_checks import checked_answer
from journeys.instruments.answers import Answer, ClaimRow, FilledForm, Given
from journeys.instruments.claim_columns import SHEET, in_columns
from journeys.instruments.definition import SPECIFIC, FieldDefinition, Instrument, Question, Section
from journeys.instruments.excel_out import (
    ANSWER_OF,
    QUESTION_COLUMNS,
    STATUS_OF,
    column_name,
    header_name,
    question_name,
)
from journeys.instruments.files.cells import Cell, text
from journeys.instruments.files.workbook import Sheet, Workbook
from journeys.instruments.sheet_in import read_table
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_GUIDANCE = "How to fill in"


def read_excel(book: Workbook, instrument: Instrument, version: int, schema: Schema, report: Report) -> FilledForm:
    """What was filled in; whatever cannot be found or was not read is reported."""
    reader = _Reader(book, instrument, schema, report)
    header = reader.header()
    answers = [answer for section in instrument.question_sections for answer in reader.answers(section)]
    rows = tuple(reader.claim_rows())
    reader.report_ignored_sheets()
    return FilledForm(instrument.instrument, version, book.file, header, tuple(answers), rows)


class _Reader:
    def __init__(self, book: Workbook, instrument: Instrument, schema: Schema, report: Report) -> None:
        self._book, self._instrument, self._schema, self._report = book, instrument, schema, report
        self._used = {_GUIDANCE.casefold()}

    def header(self) -> dict[str, Given]:
        found: dict[str, Given] = {}
        sheet = self._sheet(self._instrument.header, [header_name(field) for field in self._instrument.header.fields])
        for field in self._instrument.header.fields:
            cell = self._book.named_cell(header_name(field)) or (_beside(sheet, field) if sheet else None)
            if cell is None:
                message = f"The field {field.wording!r} is gone."
                remedy = "Make a new blank form with `journeys forms` and copy the answers into it."
                self._report(Problem("missing_field", Address(self._book.file), message, remedy))
            elif text(cell):
                found[field.id] = Given(cell.value, cell.address)
            elif field.required:
                message = f"{field.wording!r} is empty."
                self._report(
                    Problem("missing_value", cell.address, message, "Write it: nothing can be read without it.")
                )
        return found

    def answers(self, section: Section) -> Iterator[Answer]:
        questions = list(self._instrument.questions(section))
        sheet = self._sheet(section, [question_name(question) for question in questions])
        if sheet is None:
            message = f"The sheet {section.sheet!r} is gone."
            self._report(Problem("missing_sheet", Address(self._book.file), message, "Put it back from a blank form."))
            return
        heading, columns = self._columns(sheet, section)
        rows = {question.name: self._row(sheet, question) for question in questions}
        for problem in sheet.merged_below(heading):
            self._report(problem)
        for question in questions:
            number = rows[question.name]
            if number is None:
                message = f"The question {question.wording[:60]!r} is gone."
                remedy = "Put its row back from a blank form; nothing was read for it."
                self._report(Problem("missing_question", sheet.origin, message, remedy, Severity.WARNING))
                continue
            cells = {name: sheet.row(number).cell(place) for name, place in columns.items()}
            yield from self._answers_of(question, cells)
        self._report_strangers(sheet, heading, columns, {number for number in rows.values() if number})

    def _answers_of(self, question: Question, cells: dict[str, Cell]) -> Iterator[Answer]:
        for scope in question.field.scopes:
            answer, status = cells.get(ANSWER_OF[scope]), cells.get(STATUS_OF[scope])
            given, status_given, place, sources = map(
                _given, (answer, status, cells.get("place"), cells.get("sources"))
            )
            address = answer.address if answer else Address(self._book.file)
            found = checked_answer(
                question, scope, given, status_given, place, sources, address, self._schema, self._report
            )
            if found is not None:
                yield found
        if not question.field.scope_split:
            for name in (SPECIFIC, "specific_status"):
                if name in cells and text(cells[name]):
                    message = "This question is not asked in relation to ethnicity; the grey box was not read."
                    remedy = "Write it into the general answer, or into *Who did what* with its scope."
                    self._report(Problem("ignored_cell", cells[name].address, message, remedy))

    def claim_rows(self) -> Iterator[ClaimRow]:
        columns = in_columns()
        sheet = self._named_sheet([column.name for column in columns]) or self._book.sheet(SHEET)
        if sheet is None:
            message = f"The sheet {SHEET!r} is gone."
            self._report(Problem("missing_sheet", Address(self._book.file), message, "Put it back from a blank form."))
            return
        self._used.add(sheet.name.casefold())
        for row in read_table(self._book, sheet, columns, self._report):
            yield ClaimRow(row.values, row.address)

    def report_ignored_sheets(self) -> None:
        """Say which sheets hold something that was not read."""
        for sheet in self._book.sheets:
            if sheet.name.casefold() not in self._used and not sheet.name.startswith("_") and sheet.last_row:
                message = "This sheet is not part of the form; it was not read."
                self._report(Problem("ignored_sheet", sheet.origin, message, "", Severity.WARNING))

    def _sheet(self, section: Section, names: list[str]) -> Sheet | None:
        sheet = self._named_sheet(names) or self._book.sheet(section.sheet)
        if sheet is not None:
            self._used.add(sheet.name.casefold())
        return sheet

    def _named_sheet(self, names: list[str]) -> Sheet | None:
        for name in names:
            area = self._book.names.get(name)
            if area is not None:
                return self._book.sheet(area.sheet)
        return None

    def _columns(self, sheet: Sheet, section: Section) -> tuple[int, dict[str, int]]:
        """The heading row, and the place of each column: by hidden name, else by heading."""
        places: dict[str, int] = {}
        heading = 0
        for name in QUESTION_COLUMNS:
            area = self._book.names.get(column_name(section, name))
            if area is not None:
                places[name], heading = area.left, max(heading, area.top)
        for row in sheet.rows():
            if heading and row.number != heading:
                continue
            written = {folded(text(value)): place for place, value in reversed(list(enumerate(row.values)))}
            by_words = {
                name: written[folded(words)]
                for name, (words, _) in QUESTION_COLUMNS.items()
                if folded(words) in written
            }
            if heading or len(by_words) >= 3:
                heading = row.number
                places = {**by_words, **places}
                break
        for name in QUESTION_COLUMNS:
            if name not in places and (name != "sources" or section.needs_sources):
                words = QUESTION_COLUMNS[name][0]
                message, remedy = f"The column {words!r} is gone.", f"Put it back with the heading {words!r}."
                self._report(Problem("missing_column", sheet.origin, message, remedy))
        return heading, {name: place for name, place in places.items() if name != "question"}

    def _row(self, sheet: Sheet, question: Question) -> int | None:
        area = self._book.names.get(question_name(question))
        if area is not None and area.sheet.casefold() == sheet.name.casefold():
            return area.top
        wanted = folded(question.wording)
        for row in sheet.rows():
            if any(isinstance(value, str) and folded(value) == wanted for value in row.values):
                return row.number
        return None

    def _report_strangers(self, sheet: Sheet, heading: int, columns: dict[str, int], known: set[int]) -> None:
        """Say what stands beside or below the questions and was not read."""
        wordings = {folded(question.wording) for question in self._instrument.questions()}
        wordings |= {folded(field.wording) for field in self._instrument.fields()}
        for row in sheet.rows(heading + 1):
            places = set(columns.values())
            for place, value in enumerate(row.values):
                read = row.number in known and (place in places or folded(text(value)) in wordings)
                if text(value) and not read and folded(text(value)) not in wordings:
                    message = "This is not beside a question, or not below a heading; it was not read."
                    remedy = "Move it into an answer, or into *Who did what*."
                    self._report(Problem("ignored_cell", row.address(place), message, remedy, Severity.WARNING))


def _beside(sheet: Sheet, field: FieldDefinition) -> Cell | None:
    """The cell to the right of the field's wording."""
    for row in sheet.rows():
        for place, value in enumerate(row.values):
            if folded(text(value)).rstrip(" *") == folded(field.wording):
                return row.cell(place + 1)
    return None


def _given(cell: Cell | None) -> Given | None:
    return Given(cell.value, cell.address) if cell is not None and text(cell) else None
