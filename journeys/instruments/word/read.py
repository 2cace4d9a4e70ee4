"""A filled-in Word form: what stands under which heading, and in which of the form's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.excel.locate import comparable
from journeys.instruments.files.cells import Cell
from journeys.instruments.printed_words import PrintedWords
from journeys.instruments.text.document import STATUS
from journeys.instruments.text.document_tables import labelled
from journeys.instruments.text.read_document import REMARKS, DocumentFormReader
from journeys.instruments.word.blocks import WordBlock, WordTable
from journeys.instruments.word.page_setup import HINT_STYLE, IDENTITY_STYLE, LIST_MARK
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

_REMARKS = {comparable(name): name for name in REMARKS}


def read_word(
    blocks: list[WordBlock],
    instrument: Instrument,
    version: int,
    file: str,
    schema: Schema,
    ours: PrintedWords,
    report: Report,
) -> FilledForm:
    """What was filled in; whatever has no place in the form is reported. ``ours`` is what the form itself prints."""
    reader = DocumentFormReader(instrument, file, schema, report)
    met = _Met()
    for block in blocks:
        address = Address(file, reader.here, block.place)
        if isinstance(block, WordTable):
            _TableReader(reader, block, address, met, report).read()
            continue
        words = block.words.strip()
        is_heading = block.style.lower().startswith(("heading", "title"))
        if is_heading and words and reader.enter(words):
            continue
        if not words or words in ours or block.style == IDENTITY_STYLE:
            continue
        if block.style == HINT_STYLE:
            reader.ignored(address, f"{words[:60]!r} is in the style of the form's own help")
        elif is_heading:
            reader.unknown_heading(words, address)
        elif reader.is_next_title(words) or (not reader.headings and not reader.question and reader.knows(words)):
            reader.enter(words)  # a heading that was typed again, as plain text
        elif reader.question and reader.knows(words):
            reader.enter(words)
        else:
            reader.line(Cell(words, address))
    reader.report_without_boxes(met.boxes, met.tables)
    return reader.finish(version)


@dataclass(slots=True)
class _Met:
    """The questions whose boxes were met, and the sections whose tables were."""

    boxes: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)


class _TableReader:
    """One table, row by row: two tables that were pushed together read like two."""

    def __init__(
        self, reader: DocumentFormReader, table: WordTable, address: Address, met: _Met, report: Report
    ) -> None:
        self._reader, self._table, self._address, self._met, self._report = reader, table, address, met, report
        self._headings: Sequence[str] | None = None
        self._boxes: _Boxes | None = None

    def read(self) -> None:
        for number, row in enumerate(self._table.rows, 1):
            self._row(row, number)
        self._close_boxes()

    def _row(self, row: tuple[str, ...], number: int) -> None:
        reader, place = self._reader, self._at(number)
        filled = [cell for cell in row if cell.strip()]
        scopes = [reader.scope_of(cell) for cell in row]
        if reader.enter_table(row):
            self._close_boxes()
            self._headings = row
            self._met.tables.add(reader.table_name)
        elif (
            reader.question
            and filled
            and all(scope or not cell.strip() for scope, cell in zip(scopes, row, strict=True))
        ):
            self._close_boxes()
            self._boxes = self._of_question([scope or "" for scope in scopes])
        elif self._headings is not None:
            self._in_table(row, number)
        elif reader.question:
            if self._boxes is None:  # the labels are gone: the boxes still stand in their order
                self._boxes = self._of_question(reader.question.field.scopes)
            self._boxes.add(row)
        elif reader.in_header:
            value = "\n".join(filter(None, row[1:])).strip()
            if not reader.field(row[0], Cell(value, self._at(number, row[0].strip(" *")))) and filled:
                reader.ignored(place, f"{row[0][:60]!r} is not a label of the form")
        elif filled and len(row) == len(reader.headings):
            message = "The heading row of this table is missing; its columns were read in the order of a blank form."
            remedy = "Copy the heading row back from a blank form, and check that each column is where it belongs."
            self._report(Problem("missing_heading", place, message, remedy, Severity.WARNING))
            self._headings = reader.headings
            self._met.tables.add(reader.table_name)
            self._in_table(row, number)
        elif filled:
            reader.ignored(place, f"This row ({filled[0].strip()[:40]!r}) is not under a heading row of the form")

    def _in_table(self, row: tuple[str, ...], number: int) -> None:
        assert self._headings is not None
        if number in self._table.merged and any(cell.strip() for cell in row):
            message = "Cells are merged here; their text was read for the first cell only."
            remedy = "Split the merged cells and write the text in each cell where it belongs."
            self._report(Problem("merged_cells", self._at(number), message, remedy, Severity.WARNING))
        beyond = [cell.strip() for cell in row[len(self._headings) :] if cell.strip()]
        if beyond:
            self._reader.ignored(self._at(number), f"{beyond[0][:60]!r} is beyond the last column")
        cells = []
        for heading, cell in zip(self._headings, row, strict=False):
            words = _chosen(cell) if self._reader.is_list(heading) else cell.strip()
            cells.append((heading, Cell(words, self._at(number, heading.strip()))))
        self._reader.row(cells, self._at(number))

    def _of_question(self, scopes: Sequence[str]) -> _Boxes:
        assert self._reader.question is not None
        self._met.boxes.add(self._reader.question.name)
        return _Boxes(scopes, self._at_question())

    def _close_boxes(self) -> None:
        if self._boxes is not None:
            self._boxes.hand_on(self._reader)
        self._boxes = None

    def _at(self, row: int, column: str = "") -> Address:
        place = f"{self._table.place}, row {row}" + (f", {column}" if column else "")
        return Address(self._address.file, self._reader.here, place)

    def _at_question(self) -> Address:
        assert self._reader.question is not None
        return Address(self._address.file, self._reader.here, self._reader.question.wording)


class _Boxes:
    """The boxes of one question beside each other: below the labels their words, and below these status and page."""

    def __init__(self, scopes: Sequence[str], address: Address) -> None:
        self._scopes, self._address = scopes, address
        self._rows: list[Sequence[str]] = []

    def add(self, row: Sequence[str]) -> None:
        self._rows.append(row)

    def hand_on(self, reader: DocumentFormReader) -> None:
        for place, scope in enumerate(self._scopes):
            label = reader.scope_headings.get(scope)
            if label is None:
                continue
            words, remarks = _box([row[place] for row in self._rows if place < len(row)])
            address = self._address.at(f"{self._address.cell}, {label}")
            given = {name: Cell(value, address) for name, value in remarks.items() if value}
            reader.box(scope, "\n".join(words), given, address)


def _box(cells: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The words of a box, and its status, page and sources by name."""
    read = [labelled(cell.split("\n"), _REMARKS) for cell in cells]
    words, found = list[str](), dict[str, str]()
    for row, (cell, (remarks, rest)) in enumerate(zip(cells, read, strict=True)):
        # Words that look like a status are one where the row to write in was deleted, and so no status is below.
        deleted = not rest and STATUS in remarks and not any(STATUS in below for below, _ in read[1:])
        if row or deleted:
            found |= {name: _chosen(value) for name, value in remarks.items()}
        if kept := rest if row or deleted else cell:
            words += [kept] if kept.strip() else []
    return words, found


def _chosen(cell: str) -> str:
    """What stands in a cell, without the mark of the list that can be opened there."""
    return cell.strip().removeprefix(LIST_MARK).strip()
