"""Workbooks in decisions/: the program writes their rows, people decide beside them, and every load reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import InColumn, OutColumn
from journeys.instruments.excel.read_table import heading_by_words, read_table
from journeys.instruments.excel.write_sheet import KIND_NAME, BookOut, in_excel
from journeys.instruments.files.cells import Cell, Value
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import Workbook
from journeys.instruments.printed_words import PrintedWords
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report
from journeys.model.unfinished import aside

DECIDED_BY, DECIDED_ON, REASON = "decided_by", "decided_on", "reason"
OUT_COLUMNS = (
    OutColumn(DECIDED_BY, "Decided by", "The initials of the person who decides.", 10),
    OutColumn(DECIDED_ON, "Decided on", "The date, such as 5 March 2026.", 14, as_typed=True),
    OutColumn(REASON, "Reason", width=30),
)
"""The columns in which every decision says who decided, when and why."""
_EMPTY_SAYS = {
    DECIDED_BY: ("who decided", "Write the initials of the person who decided under Decided by."),
    DECIDED_ON: ("when it was decided", "Write the date under Decided on, such as 5 March 2026."),
    REASON: ("why", "Write a reason under Reason."),
}


@dataclass(frozen=True, slots=True)
class DecisionBook:
    """A kind of workbook in decisions/.

    ``kind`` is written into the file; ``sheet`` is the title of its one table, and ``columns`` are those of the table,
    whose names are plain ids; ``needed`` are those without which no decision can be read. ``what`` are the rows, in
    words ("disagreements"), and ``command`` writes the workbook anew.
    """

    kind: str
    sheet: str
    columns: tuple[OutColumn, ...]
    needed: frozenset[str]
    what: str
    command: str

    def write(self, path: Path, rows: Iterable[Mapping[str, Value]], *, notice: str | None = None) -> None:
        """Write the rows, by the ids of the columns, their words as far as Excel can hold them. Raises OSError."""
        book = BookOut(notice)
        columns = [replace(each, name=self._hidden(each.name)) for each in self.columns]
        values = ([in_excel(row.get(each.name)) for each in self.columns] for row in rows)
        book.table(book.sheet(self.sheet), columns, values)
        with aside(path) as (part,):
            book.save(part, {KIND_NAME: self.kind})

    def is_kind_of(self, book: Workbook) -> bool:
        """Whether a workbook is of this kind: it says so itself, or has a sheet of this title."""
        said = book.properties.get(KIND_NAME)
        return said == self.kind or (
            said is None and any(folded(page.name) == folded(self.sheet) for page in book.sheets)
        )

    def rows(self, book: Workbook, report: Report) -> list[FilledRow]:
        """The filled rows of a workbook of this kind; a table that is gone is reported, and what people commented."""
        ours = PrintedWords(each.comment for each in self.columns)
        report_comments([comment for page in book.sheets for comment in page.comments], ours, report)
        columns = [
            InColumn(each.name, self._hidden(each.name), each.heading, each.name in self.needed)
            for each in self.columns
        ]
        sheet = next((page for page in book.sheets if heading_by_words(page, columns) is not None), None)
        if sheet is None:
            message = f"The workbook has no table of {self.what} any more."
            remedy = f"Make it again with `{self.command}` and copy the decisions there."
            report(Problem("missing_sheet", Address(book.file), message, remedy))
            return []
        return [_filled(row) for row in read_table(book, sheet, columns, report)]

    def _hidden(self, column: str) -> str:
        return f"_ej.{self.kind}.{column}"


def says_all(row: FilledRow, wanted: Collection[str], at: Address, report: Report) -> bool:
    """Whether a row that decides something says who, when and why, as far as ``wanted``; what is empty is reported."""
    missing = [name for name in _EMPTY_SAYS if name in wanted and name not in row.values]
    for name in missing:
        what, remedy = _EMPTY_SAYS[name]
        report(Problem("missing_value", at, f"The decision does not say {what}.", remedy))
    return not missing


def text_in(row: FilledRow, column: str) -> str | None:
    """What stands in a column of a row, if anything."""
    given: Cell | None = row.values.get(column)
    return given.text if given is not None else None


def _filled(row: FilledRow) -> FilledRow:
    """The row without cells that hold only spaces."""
    return FilledRow({name: cell for name, cell in row.values.items() if cell.text.strip()}, row.address)
