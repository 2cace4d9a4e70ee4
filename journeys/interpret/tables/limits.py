"""How much a map may make of a table: a small table and a map that multiplies it would fill memory and disk."""

from __future__ import annotations

from pathlib import Path

CLAIMS_OF_A_ROW = 25_000
CLAIMS_OF_A_TABLE = 150_000
"""For each, one more for two bytes of the file: a long item of JSON, or a long table, may give more."""
ELEMENTS_OF_A_TABLE = 500_000
"""The elements of lists that blocks go through, and five more for each byte: several blocks may read one list."""
CHARACTERS_OF_A_TABLE = 15_000_000
"""In names and properties, and ten more for each byte of the file."""
CHARACTERS_OF_A_VALUE = 5_000_000
_SPLIT_IT = "Look for `split`, or lists, on both ends of a claim; or split the table."
_REPEATS = "Look for a template (`set`, `as`, `id`, `key`) that repeats a long text; or split the table."


class TooMuchMade(Exception):
    """A map makes too much of a table; ``message`` and ``remedy`` are for the row at which it did."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def too_long() -> TooMuchMade:
    """The error for one value that is too long."""
    return TooMuchMade(
        f"The map makes a text of more than {CHARACTERS_OF_A_VALUE:,} characters from this row", _REPEATS
    )


class Made:
    """Counts what is made of a table; each method raises TooMuchMade above its limit."""

    def __init__(self, path: Path) -> None:
        self._size = path.stat().st_size if path.exists() else 0
        self._claims = self._before_row = self._elements = self._characters = 0

    def begin_row(self) -> None:
        """Another row begins."""
        self._before_row = self._claims

    def claim(self) -> None:
        """Count a claim."""
        self._claims += 1
        if self._claims - self._before_row > (most := CLAIMS_OF_A_ROW + self._size // 2):
            raise TooMuchMade(f"The map makes more than {most:,} claims from this row", _SPLIT_IT)
        if self._claims > (most := CLAIMS_OF_A_TABLE + self._size // 2):
            raise TooMuchMade(f"Up to this row, the map makes more than {most:,} claims from the table", _SPLIT_IT)

    def element(self) -> None:
        """Count an element of a list."""
        self._elements += 1
        if self._elements > (most := ELEMENTS_OF_A_TABLE + 5 * self._size):
            message = f"Up to this row, the map goes through more than {most:,} elements of lists"
            raise TooMuchMade(message, "Look for a block in a block that goes through lists outside it (`^`).")

    def text(self, length: int) -> None:
        """Count the characters of a text."""
        self._characters += length
        if self._characters > (most := CHARACTERS_OF_A_TABLE + 10 * self._size):
            message = f"Up to this row, the map makes more than {most:,} characters from the table"
            raise TooMuchMade(message, _REPEATS)
