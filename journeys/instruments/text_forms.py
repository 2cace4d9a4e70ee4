"""Forms as plain text: `== section ==`, `-- question --`, `Label: value`, and text below `(In general)`.

Lines that begin with # are for who fills the form in. A line that is further in belongs to the line above it. A table
is a line of headings separated by |, then a line a row; or, for long texts, `Heading: value` lines, with an empty line
between rows. In a table that takes free text (notes), any other line is a row of its own.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeys.instruments.answers import FilledForm, Given
from journeys.instruments.definition import Instrument
from journeys.instruments.files.text_encoding import open_text
from journeys.instruments.prose import Box, Fields, Grid, Heading, Hint, Identity, prose
from journeys.instruments.prose_in import ProseReader
from journeys.instruments.whereabouts import comparable
from journeys.model.problems import Address, Report
from journeys.model.schema import Schema

_SECTION = re.compile(r"==\s+(.*?)\s+==\s*")
_QUESTION = re.compile(r"--\s+(.*?)\s+--\s*")
_LABEL = re.compile(r"\((.*)\)\s*")
_FURTHER_IN, _IN_BOX = "    ", "  "
_WIDEST_TABLE, _MOST_COLUMNS = 110, 4


def text_form(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> str:
    """The form as text: blank, or with what is known already filled in."""
    return "\n".join(_rendered(instrument, schema, filled)).rstrip("\n") + "\n"


def read_text_form(
    lines: Sequence[str], instrument: Instrument, version: int, file: str, schema: Schema, report: Report
) -> FilledForm:
    """What was filled in; whatever has no place in the form is reported."""
    reader = ProseReader(instrument, file, schema, report)
    hints = {line for line in _rendered(instrument, schema, None) if line.startswith("#")}
    _TextReader(reader, instrument, file, hints).read(lines)
    return reader.finish(version)


def text_lines(path: Path, *, name: str, report: Report) -> list[str]:
    """The lines of a text file, in whatever encoding. Raises UnreadableFile."""
    with open_text(path, name=name, report=report) as stream:
        return stream.read().replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _rendered(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> Iterator[str]:
    for block in prose(instrument, schema, filled):
        match block:
            case Heading(words, level):
                yield from ("", f"== {words} ==" if level == 1 else words if level == 0 else f"-- {words} --")
            case Hint(words):
                own = words[: len(words) - len(words.lstrip())]
                yield from textwrap.wrap(words, 110, initial_indent="# ", subsequent_indent=f"#   {own}")
            case Identity(words):
                yield words
            case Fields(fields):
                for label, value in fields:
                    yield from _labelled(label, value)
            case Box(parts):
                for part in parts:
                    yield f"({part.label})"
                    yield from (
                        f"{_IN_BOX}{line}" if line else "" for line in part.words.replace("\r", "\n").split("\n")
                    )
                    yield from (f"({name}: {value})" for name, value in part.remarks)
            case Grid():
                yield from _grid(block)


def _labelled(label: str, value: str) -> Iterator[str]:
    first, *rest = value.replace("\r", "\n").split("\n")
    yield f"{label}: {first}".rstrip()
    yield from (f"{_FURTHER_IN}{line}" for line in rest)


def _grid(grid: Grid) -> Iterator[str]:
    plain = all("|" not in cell and "\n" not in cell for row in grid.rows for cell in row)
    widths = [sum(map(len, row)) for row in grid.rows]
    narrow = len(grid.headings) <= _MOST_COLUMNS and max(widths, default=0) < _WIDEST_TABLE
    if plain and narrow and grid.main is None and grid.spare:
        yield " | ".join(grid.headings)
        yield from (" | ".join(row).rstrip() for row in grid.rows)
        return
    for row in grid.rows:
        for heading, cell in zip(grid.headings, row, strict=True):
            if cell or not grid.spare:
                yield from _labelled(heading, cell)
        yield ""
    if grid.spare and grid.main is None and not grid.rows:
        yield from (f"{heading}:" for heading in grid.headings)


@dataclass(slots=True)
class _Open:
    """What the last line began, and a line further in goes on with."""

    label: str
    lines: list[str]
    address: Address


class _TextReader:
    def __init__(self, reader: ProseReader, instrument: Instrument, file: str, hints: set[str]) -> None:
        self._reader, self._file, self._hints = reader, file, hints
        self._ours = {comparable(instrument.title), comparable(f"{instrument.instrument} version {instrument.version}")}
        self._sheet: str | None = None
        self._open: _Open | None = None
        self._record: list[_Open] = []
        self._box: tuple[str | None, list[str], Address] | None = None
        self._table: list[str] | None = None
        self._gap = False

    def read(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            self._line(line.rstrip("\n"), Address(self._file, self._sheet, f"line {number}"))
        self._close()

    def _line(self, line: str, address: Address) -> None:
        further_in = line[:1] in (" ", "\t")
        if line.startswith("#"):
            if self._sheet is not None and line not in self._hints and line.strip("# \t"):
                self._reader.ignored(address, f"A line that begins with # ({line[:40]!r}) is a remark")
        elif not further_in and (heading := _SECTION.fullmatch(line) or _QUESTION.fullmatch(line)):
            self._close()
            if self._reader.enter(heading[1]):
                self._sheet = heading[1] if line.startswith("==") else self._sheet
            else:
                self._reader.ignored(address, f"{heading[1]!r} is no heading of the form")
        elif self._reader.in_header:
            self._labelled(line, further_in, address, "field")
        elif self._reader.in_question:
            self._in_box(line, further_in, address)
        elif self._reader.headings:
            self._in_table(line, further_in, address)
        elif line.strip() and comparable(line) not in self._ours:
            self._reader.ignored(address, "This stands above the first heading")

    def _in_box(self, line: str, further_in: bool, address: Address) -> None:
        label = _LABEL.fullmatch(line) if not further_in else None
        scope = self._reader.scope_of(label[1]) if label else None
        if scope is not None:
            self._close()
            self._box = (scope, [], address)
            return
        if self._box is None:
            if not line.strip():
                return
            self._box = (None, [], address)
        scope, lines, begun = self._box
        if line.strip() and not any(each.strip() for each in lines):
            begun = address
        self._box = (scope, [*lines, line.removeprefix(_IN_BOX) if further_in else line], begun)

    def _in_table(self, line: str, further_in: bool, address: Address) -> None:
        known = {comparable(heading) for heading in self._reader.headings}
        cells = [cell.strip() for cell in line.split("|")]
        is_heading = sum(comparable(cell) in known for cell in cells) >= 2
        if self._table is None and is_heading and not self._record:
            self._table = cells
            return
        if self._table is not None and len(cells) > 1 and not further_in:
            if len(cells) > len(self._table):
                self._reader.ignored(address, f"The row has {len(cells)} cells, and the table {len(self._table)}")
            row = zip(self._table, (Given(cell, address) for cell in cells), strict=False)
            self._reader.row(row, address)
            return
        self._labelled(line, further_in, address, "row")

    def _labelled(self, line: str, further_in: bool, address: Address, what: str) -> None:
        if not line.strip() and not (further_in and self._open):
            self._gap = True
            return
        gap, self._gap = self._gap, False
        if further_in and self._open is not None:
            if gap:
                self._open.lines.append("")  # an editor took away the spaces of an empty line inside a value
            self._open.lines.append(line.removeprefix(_FURTHER_IN) if line.startswith(_FURTHER_IN) else line.strip())
            return
        label, colon, value = line.partition(":")
        is_label = bool(colon) and not further_in and self._is_label(label, what)
        if is_label and what == "row":
            again = any(comparable(each.label) == comparable(label) for each in self._record)
            if gap or again:
                self._end_record()
            self._open = _Open(label, [value.strip()], address)
            self._record.append(self._open)
        elif is_label:
            self._end_field()
            self._open = _Open(label, [value.strip()], address)
        elif what == "row":
            self._end_record()
            self._reader.line(Given(line.strip(), address))
        else:
            self._reader.ignored(address, f"{line.strip()[:60]!r} begins with no label of the form")

    def _is_label(self, label: str, what: str) -> bool:
        if what == "row":
            return comparable(label) in {comparable(heading) for heading in self._reader.headings}
        return self._reader.field(label, Given("", Address()))

    def _end_field(self) -> None:
        if self._open is not None and self._reader.in_header:
            words = "\n".join(self._open.lines).strip()
            self._reader.field(self._open.label, Given(words, self._open.address))
        self._open = None

    def _end_record(self) -> None:
        cells = [(each.label, Given("\n".join(each.lines).strip(), each.address)) for each in self._record]
        if cells:
            self._reader.row(cells, self._record[0].address)
        self._record, self._open = [], None

    def _close(self) -> None:
        """End whatever is open at a new heading, or at the end of the file."""
        if self._reader.in_header:
            self._end_field()
        self._end_record()
        if self._box is not None:
            scope, lines, address = self._box
            self._reader.answer(scope, lines, address)
        self._box, self._table, self._open, self._gap = None, None, None, False
