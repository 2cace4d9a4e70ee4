"""Delimited text (CSV, TSV) as a stream of rows: a file of any size passes through in little memory."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

from journeys.instruments.files.cells import Row
from journeys.instruments.files.header import check_header
from journeys.instruments.files.safety import (
    MAX_TEXT,
    ProblemLimiter,
    control_characters,
    is_lock_file,
    reading,
    unreadable,
)
from journeys.instruments.files.text_encoding import open_text
from journeys.model.characters import CONTROL_CHARACTERS
from journeys.model.problems import Address, Problem, Report, Severity

_DELIMITERS = ",;\t|"
MAX_ROW = 5 * MAX_TEXT
MAX_COLUMNS = 20_000
"""The most characters and cells of a row; a sheet of Excel has 16,384 columns."""
_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 1 << 16
_SEPARATOR_LINE = re.compile(r"sep=([,;|:\t])[\r\n]*", re.IGNORECASE)


def iter_csv(
    path: Path,
    *,
    name: str,
    report: Report,
    encoding: str | None = None,
    delimiter: str | None = None,
    first_line: int = 1,
) -> Iterator[Row]:
    """The rows of a delimited file, the header row first.

    ``name`` is the file's name for addresses; lines above ``first_line`` are left out. Encoding and delimiter (comma,
    semicolon, tab, bar) are found out unless given. Values are strings as written; each row has as many as the header
    (a shorter one is filled up with "" and reported, a longer one cut and reported); rows without any text are left
    out. Raises UnreadableFile.
    """
    if is_lock_file(path):
        return
    origin = Address(name)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n '):
        message = f"'{delimiter}' cannot separate cells."
        raise unreadable("bad_delimiter", origin, message, "Give one character, such as a comma or a semicolon.")
    # The csv module's own limit is one for the whole process, and lower than a long interview answer.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_TEXT))
    sparing = ProblemLimiter(report, origin)
    try:
        with reading(name), closing(open_text(path, name=name, report=report, encoding=encoding)) as stream:
            skipped = first_line - 1
            if delimiter is None:
                delimiter, separator_line = _sniff(stream, name, skipped)
                skipped = max(skipped, separator_line)
            yield from _rows(stream, origin, sparing, delimiter, skipped)
    finally:
        sparing.finish()


def _rows(stream: TextIO, origin: Address, report: Report, delimiter: str, skipped: int) -> Iterator[Row]:
    lines = _Lines(stream, origin, report)
    for _ in islice(lines, skipped):
        pass
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        first = lines.number + 1
        lines.begin_row()
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            _misquoted(report, origin, first, str(error))
            continue
        if not any(values):
            continue
        if len(values) > MAX_COLUMNS:
            message = f"the row has {len(values):,} cells; more than {MAX_COLUMNS:,} are not read."
            remedy = "Check that the file is a table, and that its lines are separated."
            raise unreadable("too_many_columns", origin.at(f"line {first}"), message, remedy)
        if not width:
            while values and not values[-1]:
                values.pop()
            width = len(values)
            check_header(Row(values, first, origin), report)
        elif len(values) != width:
            values = _fit(values, width, origin.at(f"line {first}"), report)
        yield Row(values, first, origin)
    if not width:
        raise unreadable("empty_file", origin, "the file has no row with any text.", "Fill it in, or delete it.")


class _Lines:
    """The lines of a stream, none longer than MAX_TEXT, without control characters; ``number`` is the last one's."""

    def __init__(self, stream: TextIO, origin: Address, report: Report) -> None:
        self._origin = origin
        self._report = report
        self._stream = stream
        self._source = iter(partial(stream.readline, MAX_TEXT + 1), "")
        self.number = 0
        self._row, self._in_row = 1, 0

    def begin_row(self) -> None:
        """A row begins with the next line."""
        self._row, self._in_row = self.number + 1, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._source)
        self.number += 1
        if len(line) > MAX_TEXT:
            raise unreadable(
                "too_long",
                self._origin.at(f"line {self.number}"),
                f"line {self.number} is longer than {MAX_TEXT:,} characters.",
                "Check that the file is a table, and that its lines are separated.",
            )
        self._in_row += len(line)
        if self._in_row > MAX_ROW:
            raise unreadable(
                "too_long",
                self._origin.at(f"line {self._row}"),
                f"the row that begins on line {self._row} has more than {MAX_ROW:,} characters.",
                "Check that each quotation mark that opens is closed again.",
            )
        if CONTROL_CHARACTERS.search(line):
            line = CONTROL_CHARACTERS.sub("", line)
            self._report(control_characters(self._origin.at(f"line {self.number}")))
        return line


def _fit(values: list[str], width: int, address: Address, report: Report) -> list[str]:
    if len(values) < width:
        message = f"the row has {len(values)} cells, the header has {width}; the missing ones were read as empty."
        remedy = "Check that no cell was lost."
        report(Problem("ragged_row", address, message, remedy, Severity.WARNING))
        return values + [""] * (width - len(values))
    if any(values[width:]):
        message = f"the row has {len(values)} cells, the header has only {width}."
        remedy = "Put text that holds the separator in quotation marks, or name the extra columns in the header."
        report(Problem("ragged_row", address, message, remedy))
    return values[:width]


def _misquoted(report: Report, origin: Address, line: int, what: str) -> None:
    address = origin.at(f"line {line}")
    if "field larger" in what or "unexpected end" in what:
        raise unreadable(
            "open_quotation",
            address,
            f"the row on line {line} has an opening quotation mark that is never closed.",
            'Close it, or write a quotation mark that belongs to the text twice ("").',
        )
    message = f"the row of line {line} was not read: a quotation mark closes in the middle of a cell."
    remedy = 'Put the whole cell in quotation marks and write those within it twice, as in "the ""old"" plan".'
    report(Problem("bad_quotation", address, message, remedy))


def _sniff(stream: TextIO, name: str, above: int) -> tuple[str, int]:
    """The delimiter under which the first lines below those ``above`` the table are most alike, and how many lines say
    what it is."""
    sample = list(islice(StringIO(stream.read(_SAMPLE_CHARACTERS), newline=""), _SAMPLE_LINES))
    stream.seek(0)
    said = _SEPARATOR_LINE.fullmatch(sample[0]) if sample else None
    if said:
        return said[1], 1
    tab_first = name.lower().endswith((".tsv", ".tab"))
    candidates = sorted(_DELIMITERS, key=lambda mark: mark != "\t") if tab_first else list(_DELIMITERS)
    return max(candidates, key=lambda mark: _likeness(sample[above:], mark)), 0


def _likeness(sample: list[str], delimiter: str) -> tuple[float, int]:
    """How well ``delimiter`` explains the sample: the share of rows as wide as the header, then that width."""
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if any(row)]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (Counter(widths)[widths[0]] / len(widths), widths[0])
