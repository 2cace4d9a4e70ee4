"""Forms as plain text: `== section ==`, `-- question --`, `Label: value`, and text below `(In general)`.

Lines that begin with # are for who fills the form in. A line that is further in belongs to the line above it. Below an
answer, `(Status: nothing found)` or `(Page: 3)` say more of it. A table is a line of headings separated by |, then a
line a row; or, for long texts, `Heading: value` lines, with an empty line between rows. In a table that takes free text
(notes), any other line is a row of its own.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.excel.locate import comparable
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.safety import ProblemLimiter, control_characters, unreadable
from journeys.instruments.files.text_encoding import open_text
from journeys.instruments.printed_words import PrintedWords
from journeys.instruments.text.document import Box, Fields, Grid, Heading, Hint, Identity, document_blocks
from journeys.instruments.text.document_tables import FURTHER_IN
from journeys.instruments.text.read_document import REMARKS, DocumentFormReader
from journeys.model.characters import CONTROL_CHARACTERS, NOT_SHOWN
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

MAX_LINES = 50_000
MAX_BYTES = 5_000_000
"""The most lines of a form, and bytes as UTF-8; a filled-in one has some hundred lines."""
_OTHER_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line for some programs, though not here."""
_HEAD = 100_000
_SECTION = re.compile(r"==\s+(\S(?:.*\S)?)\s+==\s*")
_QUESTION = re.compile(r"--\s+(\S(?:.*\S)?)\s+--\s*")
_LABEL = re.compile(r"\((.*)\)\s*")
_REMARK = re.compile(rf"\(({'|'.join(REMARKS)}): ?(.*)\)\s*", re.IGNORECASE)
_IN_BOX = "  "
_WIDEST_TABLE, _MOST_COLUMNS = 110, 4
_MARKS = ("(", "==", "--")
_NOT_FIRST = ("", "#", "=", "-")
"""What a row written with | cannot begin with: the line would be read as something else."""


def text_form(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> str:
    """The form as text: blank, or with what is known already filled in."""
    return "\n".join(_rendered(instrument, schema, filled)).rstrip("\n") + "\n"


def read_text_form(
    lines: Sequence[str],
    instrument: Instrument,
    version: int,
    file: str,
    schema: Schema,
    ours: PrintedWords,
    report: Report,
) -> FilledForm:
    """What was filled in; whatever has no place in the form is reported. ``ours`` is what the form itself prints."""
    reader = DocumentFormReader(instrument, file, schema, report)
    _TextReader(reader, ours, file, report).read(lines)
    return reader.finish(version)


class TextFile:
    """The lines of a text file, in whatever encoding, its head before the rest: most text files are no forms."""

    def __init__(self, path: Path, *, name: str, report: Report) -> None:
        self._path, self._name, self._report = path, name, report

    def head(self) -> list[str]:
        """The lines at the beginning. Raises UnreadableFile."""
        with open_text(self._path, name=self._name, report=self._report) as stream:
            return _lines(CONTROL_CHARACTERS.sub("", stream.read(_HEAD)))

    def lines(self) -> list[str]:
        """All lines, without control characters, which are reported. Raises UnreadableFile, also for a file that is far
        longer than any form."""
        with open_text(self._path, name=self._name, report=lambda problem: None) as stream:
            text = stream.read(MAX_BYTES + 1)
        lines = _lines(text)
        ends = len(lines) + sum(map(text.count, _OTHER_ENDS))
        if _size(text) > MAX_BYTES or ends > MAX_LINES:
            address = Address(self._name)
            message = f"The form has more than {MAX_LINES:,} lines, or more than {MAX_BYTES // 1_000_000} MB of text."
            remedy = "Split it into several forms; keep long texts, such as transcripts, in files of their own."
            raise unreadable("too_large", address, message, remedy)
        return self._without_controls(lines) if CONTROL_CHARACTERS.search(text) else lines

    def _without_controls(self, lines: list[str]) -> list[str]:
        sparing = ProblemLimiter(self._report, Address(self._name))
        for number, line in enumerate(lines, start=1):
            if CONTROL_CHARACTERS.search(line):
                sparing(control_characters(Address(self._name, None, f"line {number}")))
        sparing.finish()
        return [CONTROL_CHARACTERS.sub("", line) for line in lines]


def _size(text: str) -> int:
    """The bytes of a text in a file; letters beyond ASCII take more memory too."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _rendered(instrument: Instrument, schema: Schema, filled: FilledForm | None) -> Iterator[str]:
    for block in document_blocks(instrument, schema, filled, "txt"):
        match block:
            case Heading(words, level):
                yield from ("", f"== {words} ==" if level == 1 else words if level == 0 else f"-- {words} --")
            case Hint(words, strong):
                words = NOT_SHOWN.sub("", words)
                yield from ["#"] if strong else []
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
                    yield from (f"({name}: {line})" for name, value in part.remarks for line in value.split("\n"))
            case Grid():
                yield from _grid(block)


def _labelled(label: str, value: str) -> Iterator[str]:
    first, *rest = value.replace("\r", "\n").split("\n")
    yield f"{label}: {first}" if value else f"{label}:"
    yield from (f"{FURTHER_IN}{line}" for line in rest)


def _grid(grid: Grid) -> Iterator[str]:
    plain = all(row[0][:1] not in _NOT_FIRST and not any(set(cell) & set("|\n") for cell in row) for row in grid.rows)
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
    """What the last line began, and a line further in goes on with; without a label, a line of free text."""

    label: str | None
    lines: list[str]
    address: Address

    @property
    def given(self) -> Cell:
        """All of it, as one text."""
        return Cell("\n".join(self.lines).strip(), self.address)


@dataclass(slots=True)
class _Box:
    """The lines of an answer, and what is said of it, by name."""

    scope: str
    address: Address
    lines: list[str]
    remarks: dict[str, Cell]


class _TextReader:
    def __init__(self, reader: DocumentFormReader, ours: PrintedWords, file: str, report: Report) -> None:
        self._reader, self._file, self._report, self._ours = reader, file, report, ours
        self._open: _Open | None = None
        self._record: list[_Open] = []
        self._box: _Box | None = None
        self._table: list[str] | None = None
        self._gap = False

    def read(self, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            self._line(line, Address(self._file, self._reader.here, f"line {number}"))
        self._close()

    def _line(self, line: str, address: Address) -> None:
        reader = self._reader
        further_in = line[:1] in (" ", "\t")
        heading = None if further_in else _SECTION.fullmatch(line) or _QUESTION.fullmatch(line)
        if line.startswith("#"):
            if self._open is not None or self._box is not None:  # the form's own stand right below its headings
                message = f"A line that starts with # ({line[:40]!r}) is not read."
                remedy = "Start it with a space if it belongs to the text."
                self._report(Problem("ignored_text", address, message, remedy, Severity.WARNING))
        elif not further_in and self._is_help(line):
            return  # the form's help, from which a program or a person took the # away
        elif heading and (reader.knows(heading[1]) or self._box is None):
            self._close()
            if not reader.enter(heading[1]):
                reader.unknown_heading(heading[1], address)
        elif reader.in_header:
            self._in_header(line, further_in, address)
        elif reader.question is not None:
            self._in_question(line, further_in, address)
            if heading:
                reader.unknown_heading(heading[1], address)
        elif reader.headings:
            self._in_table(line, further_in, address)
        elif line.strip():
            reader.ignored(address, f"{line.strip()[:60]!r} is above the first heading")

    def _is_help(self, line: str) -> bool:
        """Whether the form prints this; not a label, with which a line of its help may begin."""
        if line.startswith(_MARKS) or (self._reader.in_header and self._reader.is_field(line.partition(":")[0])):
            return False
        return self._ours.has_piece(line)

    def _in_header(self, line: str, further_in: bool, address: Address) -> None:
        if self._goes_on(line, further_in):
            return
        label, colon, value = line.partition(":")
        if colon and not further_in and self._reader.field(label, Cell("", address)):
            self._close()
            self._open = _Open(label, [value.removeprefix(" ")], address)
        else:
            self._reader.ignored(address, f"{line.strip()[:60]!r} does not start with a label of the form")

    def _in_question(self, line: str, further_in: bool, address: Address) -> None:
        label = None if further_in else _LABEL.fullmatch(line)
        remark = None if further_in else _REMARK.fullmatch(line)
        scope = self._reader.scope_of(label[1]) if label else None
        if scope is not None:
            self._close()
            self._box = _Box(scope, address, [], {})
        elif self._box is None:
            if line.strip():
                self._reader.line(Cell(line.strip(), address))
        elif remark is not None:
            name, known = remark[1].capitalize(), self._box.remarks.get(remark[1].capitalize())
            words = f"{known.value}\n{remark[2]}" if known else remark[2]
            self._box.remarks[name] = Cell(words, known.address if known else address)
        else:
            if line.strip() and not any(each.strip() for each in self._box.lines):
                self._box.address = address
            self._box.lines.append(line.removeprefix(_IN_BOX) if further_in else line)

    def _in_table(self, line: str, further_in: bool, address: Address) -> None:
        if self._goes_on(line, further_in):
            return
        label, colon, value = line.partition(":")
        is_label = bool(colon) and not further_in and comparable(label) in self._reader.column_names
        cells = [cell.strip() for cell in line.split("|")]
        if (
            self._table is not None
            and not further_in
            and (len(cells) > 1 or not (is_label or self._reader.takes_lines))
        ):
            self._end_record()
            if len(cells) > len(self._table):
                self._reader.ignored(
                    address, f"The row has {len(cells)} cells, but the table has {len(self._table)} columns"
                )
            row = zip(self._table, (Cell(cell, address) for cell in cells), strict=False)
            self._reader.row(row, address)
        elif not is_label and not self._record and len(cells) > 1 and self._reader.enter_table(cells):
            self._table = cells
        else:
            again = any(each.label and comparable(each.label) == comparable(label) for each in self._record)
            after_text = bool(self._record) and self._record[0].label is None
            if self._gap or again or after_text or not is_label:
                self._end_record()
            words = value.removeprefix(" ") if is_label else line.strip()
            self._open = _Open(label if is_label else None, [words], address)
            self._record.append(self._open)
        self._gap = False

    def _goes_on(self, line: str, further_in: bool) -> bool:
        """Whether a line is only a gap, or goes on with what is open; then it is dealt with."""
        if not line.strip() and not (further_in and self._open is not None):
            self._gap = True
            return True
        if not further_in or self._open is None:
            return False
        if self._gap:
            self._open.lines.append("")  # an editor took away the spaces of an empty line inside a value
        self._gap = False
        self._open.lines.append(line.removeprefix(FURTHER_IN) if line.startswith(FURTHER_IN) else line.strip())
        return True

    def _end_record(self) -> None:
        if self._record and self._record[0].label is None:
            self._reader.line(self._record[0].given)
        elif self._record:
            cells = [(each.label or "", each.given) for each in self._record]
            self._reader.row(cells, self._record[0].address)
        self._record, self._open = [], None

    def _close(self) -> None:
        """End whatever is open at a new heading, or at the end of the file."""
        if self._open is not None and self._reader.in_header:
            self._reader.field(self._open.label or "", self._open.given)
        self._end_record()
        if self._box is not None:
            self._reader.box(self._box.scope, "\n".join(self._box.lines), self._box.remarks, self._box.address)
        self._box, self._table, self._open, self._gap = None, None, None, False
