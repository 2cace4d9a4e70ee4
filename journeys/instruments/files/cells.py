"""Cells and rows as written, each with an address that is made on demand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from journeys.model.problems import Address

Value = str | int | float | bool | date | datetime | None
"""What a cell can hold. A datetime is also a date, and a bool also an int: ask for the narrower one first."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
_INVISIBLE_ENDS = " \t\r\n\f\v\u200b\u2060\ufeff\u2028\u2029\u3000"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Cell:
    """The content of one place: a cell of a sheet, a box or line of a document, a value of a JSON or YAML file."""

    value: Value
    address: Address = field(compare=False)

    @property
    def text(self) -> str:
        """The value as one would type it (see ``text``)."""
        return text(self.value)


@dataclass(slots=True)
class Row:
    """One row of a sheet or of a delimited file.

    ``values`` are the cells from the first column on, as written; ``number`` is the row of the sheet or the line of
    the file the row begins on, from 1; ``origin`` is the file, and the sheet if there is one.
    """

    values: Sequence[Value]
    number: int
    origin: Address

    def address(self, column: int | None = None) -> Address:
        """Where the cell in ``column`` (from 0) stands; without a column, where the row does."""
        if self.origin.sheet is None:
            place = f"line {self.number}"
            return self.origin.at(place if column is None else f"{place}, column {column + 1}")
        return self.origin.at(f"row {self.number}" if column is None else f"{column_letters(column)}{self.number}")

    def cell(self, column: int) -> Cell:
        """The cell in ``column`` (from 0); an empty one beyond the row's end."""
        return Cell(self.values[column] if column < len(self.values) else None, self.address(column))


def text(value: Value) -> str:
    """A value as one would type it: trimmed, composed (NFC), no-break spaces as spaces, lines ended by ``\\n``.

    A whole number has no decimal point (1.0 is "1"), a date is written 2011-03-05, a date and time
    2011-03-05T14:30:00, a truth value TRUE or FALSE, nothing is "".
    """
    if isinstance(value, str):
        # Most words are ASCII, which is composed already.
        composed = value if value.isascii() else unicodedata.normalize("NFC", value).translate(_SPACES)
        if "\r" in composed:
            composed = composed.replace("\r\n", "\n").replace("\r", "\n")
        return composed.strip(_INVISIBLE_ENDS)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The column, counted from 0, that ``letters`` name."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def split_reference(reference: str) -> tuple[int, int] | None:
    """The row (from 1) and column (from 0) of "C7" or "$C$7"; None for anything else."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), column_index(match[1])) if match else None
