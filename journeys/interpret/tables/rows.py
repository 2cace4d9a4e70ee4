"""Rows of any table in one shape: columns by name, nested lists, and the address of every value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import process

from journeys.instruments.files.cells import Row, text
from journeys.instruments.files.delimited import iter_csv
from journeys.instruments.files.header import check_header
from journeys.instruments.files.jsonfile import iter_json
from journeys.instruments.files.sheet_extras import report_comments
from journeys.instruments.files.workbook import read_workbook
from journeys.interpret.tables.language import Map
from journeys.model.problems import Address, Problem, Report, UnreadableFile

Step = str | int


class Found(NamedTuple):
    """A value as text, the steps to it within its row, and the named groups of the pattern that found it."""

    text: str
    steps: tuple[Step, ...]
    groups: Mapping[str, str]


NO_GROUPS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row of a csv or sheet."""

    row: Row
    columns: Mapping[str, int]

    def values(self, column: str) -> list[Found]:
        """What stands in a column."""
        written = self.column(column)
        return [Found(written, (column,), NO_GROUPS)] if written is not None else []

    def column(self, column: str) -> str | None:
        """What stands in a column, as text; None for nothing, or no such column."""
        place = self.columns.get(column)
        if place is None or place >= len(self.row.values):
            return None
        value = self.row.values[place]
        return value if isinstance(value, str) or value is None else text(value)

    def elements(self, path: str) -> Iterator[NestedRow]:
        """A flat table holds no lists."""
        return iter(())

    def names(self) -> Iterable[str]:
        """The columns that the map reads; what else the table has is said once, of its heading."""
        return self.columns

    def address(self, steps: tuple[Step, ...] = ()) -> Address:
        """Where the row, or the value at ``steps``, stands."""
        return self.row.address(self.columns.get(str(steps[0])) if steps else None)


@dataclass(frozen=True, slots=True)
class NestedRow:
    """An object of a JSON file, at ``steps`` within an item of its top list."""

    value: Any
    steps: tuple[Step, ...]
    item: Any

    def values(self, column: str) -> list[Found]:
        """What stands at a path ("votes.yeas"): a scalar, or every scalar of a list."""
        return list(_scalars(*_descend(self.value, column)))

    def column(self, column: str) -> str | None:
        """What stands at a path, as text; several values with commas; None for nothing."""
        found = [value.text.strip() for value in self.values(column)]
        return ", ".join(found) if found else None

    def names(self) -> Iterable[str]:
        """The names of the object's own values."""
        return self.value if isinstance(self.value, dict) else ()

    def elements(self, path: str) -> Iterator[NestedRow]:
        """The objects of the list at a path."""
        value, steps = _descend(self.value, path)
        for number, element in enumerate(value if isinstance(value, list) else [value] if value is not None else []):
            here = (*steps, number) if isinstance(value, list) else steps
            yield NestedRow(element, (*self.steps, *here), self.item)

    def address(self, steps: tuple[Step, ...] = ()) -> Address:
        """Where the row, or the value at ``steps``, stands."""
        address: Address = self.item.address(*self.steps, *steps)
        return address


def _descend(value: Any, path: str) -> tuple[Any, tuple[Step, ...]]:
    """The value at a dotted path, names compared ignoring case where they are not there as written."""
    steps: list[Step] = []
    for name in path.split("."):
        if not isinstance(value, dict):
            return None, ()
        if name not in value:
            folded = name.casefold()
            name = next((key for key in value if key.casefold() == folded), name)
        value = value.get(name)
        steps.append(name)
    return value, tuple(steps)


def _scalars(value: Any, steps: tuple[Step, ...]) -> Iterator[Found]:
    if isinstance(value, list):
        for number, element in enumerate(value):
            yield from _scalars(element, (*steps, number))
    elif value is not None and not isinstance(value, dict):
        yield Found(value if isinstance(value, str) else text(value), steps, NO_GROUPS)


def open_rows(
    table: Map, path: Path, *, name: str, used: Collection[str], passed: Counter[str], report: Report
) -> Iterator[FlatRow | NestedRow]:
    """The rows of the file, streamed. ``used`` are the columns that the map asks for: a flat table that lacks one is
    refused before any row is read, and columns it has besides are counted in ``passed``. Raises UnreadableFile.
    """
    kind = table.format or {".json": "json", ".jsonl": "json", ".xlsx": "xlsx", ".xlsm": "xlsx"}.get(
        path.suffix.lower(), "csv"
    )
    if kind == "json":
        for item in iter_json(path, name=name, report=report, items=table.items):
            yield NestedRow(item.value, (), item)
        return
    if kind == "xlsx":
        rows = _sheet_rows(table, path, name, report)
    else:
        rows = iter_csv(path, name=name, report=report, encoding=table.encoding, delimiter=table.delimiter)
    header = next(rows, None)
    if header is None:
        raise UnreadableFile(Problem("empty_file", Address(name), "The table is empty.", "Write a heading and rows."))
    check_header(header, report)
    columns = _columns(header, used)
    read = set(columns.values())
    unread = [text(value) for place, value in enumerate(header.values) if text(value) and place not in read]
    for row in rows:
        for column in unread:
            passed[f"column {column!r} is not in the map"] += 1
        yield FlatRow(row, columns)


def _sheet_rows(table: Map, path: Path, name: str, report: Report) -> Iterator[Row]:
    book = read_workbook(path, name=name, report=report)
    report_comments([comment for sheet in book.sheets for comment in sheet.comments], (), report)
    sheet = book.sheet(table.sheet) if table.sheet else next(iter(book.sheets), None)
    if sheet is None:
        there = ", ".join(repr(sheet.name) for sheet in book.sheets) or "none"
        message = f"There is no sheet {table.sheet!r}; the sheets are: {there}."
        raise UnreadableFile(Problem("missing_sheet", Address(name), message, "Name one of them in the map."))
    first = next(sheet.rows(), None)
    if first is not None:
        for problem in sheet.merged_below(first.number):
            report(problem)
    yield from sheet.rows()


def _columns(header: Row, used: Collection[str]) -> dict[str, int]:
    written = [text(value) for value in header.values]
    by_name = {column.casefold(): place for place, column in reversed(list(enumerate(written))) if column}
    found: dict[str, int] = {}
    for column in used:
        place = by_name.get(column.strip().casefold())
        if place is None:
            near = process.extractOne(column, [each for each in written if each], score_cutoff=60)
            meant = f"Did you mean {near[0]!r}? " if near else ""
            message = f"The map reads a column {column!r}, which the table does not have."
            remedy = f"{meant}It has: {', '.join(repr(each) for each in written if each)}."
            raise UnreadableFile(Problem("missing_column", header.address(), message, remedy))
        found[column] = place
    return found
