"""A table's file opened as its map says: csv, sheet, JSON or JSON lines, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from rapidfuzz import process

from journeys.instruments.files.cells import Row, text
from journeys.instruments.files.delimited import iter_csv
from journeys.instruments.files.header import check_header
from journeys.instruments.files.jsonfile import iter_json
from journeys.instruments.files.opendocument import read_ods
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import read_workbook
from journeys.interpret.tables.damaged_text import check_item, check_row
from journeys.interpret.tables.language import Map
from journeys.interpret.tables.patterns import Condition, SlowPattern, slow_pattern
from journeys.interpret.tables.rows import FlatRow, NestedRow, is_optional
from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile

TABLE_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
}


def open_rows(
    table: Map, path: Path, *, name: str, used: Collection[str], passed: Counter[str], report: Report
) -> Iterator[FlatRow | NestedRow]:
    """The rows of the file, streamed. ``used`` are the columns that the map asks for: a flat table that lacks one is
    refused before any row is read, and columns it has besides are counted in ``passed``. Raises UnreadableFile.
    """
    kind = _format(table, path)
    if holds_lists(table, path):
        lines = True if kind == "ndjson" else None
        for number, item in enumerate(iter_json(path, name=name, report=report, items=table.items, lines=lines)):
            check_item(item, report)
            yield NestedRow(item.value, (), item, None, number)
        return
    yield from _flat_rows(table, _written_rows(kind, table, path, name, report), name, used, passed, report)


def holds_lists(table: Map, path: Path) -> bool:
    """Whether the rows of a table may hold lists, as those of JSON do."""
    return _format(table, path) in ("json", "ndjson")


def _format(table: Map, path: Path) -> str:
    return table.format or TABLE_FORMATS.get(path.suffix.lower(), "csv")


def _written_rows(kind: str, table: Map, path: Path, name: str, report: Report) -> Iterator[Row]:
    if kind == "csv":
        given = {"encoding": table.encoding, "delimiter": table.delimiter}
        yield from iter_csv(path, name=name, report=report, first_line=table.heading, **given)
        return
    for row in _sheet_rows(kind, table, path, name, report):
        if row.number >= table.heading:
            yield row


def _flat_rows(
    table: Map, rows: Iterator[Row], name: str, used: Collection[str], passed: Counter[str], report: Report
) -> Iterator[FlatRow]:
    header = next(rows, None)
    if header is None:
        raise UnreadableFile(Problem("empty_file", Address(name), "The table is empty.", "Write a heading and rows."))
    check_header(header, report)
    columns = _columns(header, used)
    read = set(columns.values())
    unread = [text(value) for place, value in enumerate(header.values) if text(value) and place not in read]
    until = Condition(table.until) if table.until is not None else None
    for number, row in enumerate(rows):
        if until is not None and _ends(until, row):
            passed[f"rows from {row.address().cell} on, where `until` matches"] += 1 + sum(1 for _ in rows)
            return
        if _repeats_header(row, header):
            message = "This row repeats the heading; it was not read."
            remedy = "Delete it, if tables were put one below the other."
            report(Problem("repeated_heading", row.address(), message, remedy, Severity.WARNING))
            continue
        for column in unread:
            passed[f"column {column!r} is not in the map"] += 1
        check_row(row, report)
        yield FlatRow(row, columns, number)


def _ends(until: Condition, row: Row) -> bool:
    """Whether a row is the one from which on a table is not read."""
    try:
        return any(until.holds(text(value)) for value in row.values if value is not None)
    except SlowPattern as error:
        raise UnreadableFile(slow_pattern(error.pattern, row.address())) from error


def _repeats_header(row: Row, header: Row) -> bool:
    """Whether a row has the names of the columns again, at least two of them."""
    if len(row.values) != len(header.values) or row.values[:1] != header.values[:1]:
        return False
    return list(row.values) == list(header.values) and sum(bool(text(value)) for value in header.values) > 1


def _sheet_rows(kind: str, table: Map, path: Path, name: str, report: Report) -> Iterator[Row]:
    book = (read_ods if kind == "ods" else read_workbook)(path, name=name, report=report)
    report_comments([comment for sheet in book.sheets for comment in sheet.comments], (), report)
    sheet = book.sheet(table.sheet) if table.sheet else next(iter(book.sheets), None)
    if sheet is None:
        there = ", ".join(repr(sheet.name) for sheet in book.sheets) or "none"
        message = f"There is no sheet {table.sheet!r}; the sheets are: {there}."
        raise UnreadableFile(Problem("missing_sheet", Address(name), message, "Name one of them in the map."))
    if table.sheet is None:
        for other in book.sheets[1:]:
            if other.last_row and not other.name.startswith("_"):
                message = f"Only the first sheet, {sheet.name!r}, is read; this one holds something too."
                remedy = "Name the sheet that is meant under `sheet`; a second one needs a map of its own."
                report(Problem("ignored_sheet", other.origin, message, remedy, Severity.WARNING))
    first = next(sheet.rows(), None)
    if first is not None:
        for problem in sheet.merged_below(first.number):
            report(problem)
    yield from sheet.rows()


def _columns(header: Row, used: Collection[str]) -> dict[str, int]:
    written = [text(value) for value in header.values]
    by_name = {column.casefold(): place for place, column in reversed(list(enumerate(written))) if column}
    found: dict[str, int] = {}
    for column in sorted(used):
        place = by_name.get(column.strip().casefold())
        if place is None and is_optional(column):
            place = by_name.get(column[:-1].strip().casefold())
            if place is None:
                continue
        if place is None:
            near = process.extractOne(column, [each for each in written if each], score_cutoff=60)
            meant = f"Did you mean {near[0]!r}? " if near else ""
            message = f"The map reads a column {column!r}, which the table does not have."
            remedy = f"{meant}It has: {', '.join(repr(each) for each in written if each)}."
            raise UnreadableFile(Problem("missing_column", header.address(), message, remedy))
        found[column] = place
    return found
