"""Halves of characters in JSON text: a \\ud83d without its other half stands for nothing."""

from __future__ import annotations

import io
import re
from typing import TextIO

from journeys.instruments.files.safety import MAX_TEXT, unreadable
from journeys.model.problems import Address, Problem, Report, Severity

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)"
)
_LONGEST = 12
MAX_OPEN = 8 * MAX_TEXT
"""Characters of a text or number after which nothing more is read: it is kept in memory several times."""
_UNKNOWN = r"\ufffd"


class WholeCharacters:
    """A text stream as the UTF-8 bytes that ijson reads; halves of characters become U+FFFD and are reported."""

    def __init__(self, stream: TextIO, origin: Address, report: Report, line: int = 1) -> None:
        self._stream, self._origin, self._report = stream, origin, report
        self._kept = ""
        self._line = line
        self._in_text = False
        self._length = 0

    def read(self, size: int = 1 << 16) -> bytes:
        """Return some of the text, b"" at its end."""
        if not size:
            return b""
        while read := self._stream.read(max(size // 4, _LONGEST)):
            if text := self._checked(self._kept + read, is_end=False):
                return text.encode()
        return self._checked(self._kept, is_end=True).encode()

    def _checked(self, text: str, *, is_end: bool) -> str:
        self._kept, pieces, position = "", list[str](), 0
        while (start := text.find("\\", position)) != -1:
            if len(text) - start < _LONGEST and not is_end:
                self._kept = text[start:]
                text = text[:start]
                break
            found = _ESCAPE.match(text, start)
            end = found.end() if found else start + 1
            self._line += text.count("\n", position, start)
            self._measure(text, position, start)
            pieces.append(text[position:start])
            pieces.append(_UNKNOWN if found and found[1] else text[start:end])
            if found and found[1]:
                self._say(found[0])
            position = end
        self._line += text.count("\n", position)
        self._measure(text, position, len(text))
        pieces.append(text[position:])
        return "".join(pieces)

    def _measure(self, text: str, start: int, end: int) -> None:
        """Keep count of how long the text or number has become that is open; ``text`` has no escapes between."""
        marks = text.count('"', start, end)
        last = text.rfind('"', start, end) if marks else -1
        self._in_text ^= bool(marks % 2)
        others = "" if self._in_text else ",\n]}:"
        parting = max([last, *(text.rfind(sign, start, end) for sign in others)])
        self._length = end - 1 - parting if parting >= 0 else self._length + end - start
        if self._length > MAX_OPEN:
            what = "text" if self._in_text else "line"
            message = f"a {what} has more than {MAX_OPEN:,} characters here; the file was not read."
            remedy = "Shorten it, or keep the long text in a file of its own."
            raise unreadable("too_long", self._origin.at(f"line {self._line}"), message, remedy)

    def _say(self, half: str) -> None:
        message = f"{half} is half of a character; \ufffd was read in its place."
        remedy = "Write the whole character, or make the file again in the program it is from."
        place = self._origin.at(f"line {self._line}")
        self._report(Problem("damaged_letters", place, message, remedy, Severity.WARNING))


def whole_line(line: str, number: int, origin: Address, report: Report) -> bytes:
    """One line of a file that has an item a line, treated in the same way."""
    reader = WholeCharacters(io.StringIO(line), origin, report, number)
    return reader.read(4 * len(line) + 4 * _LONGEST) + reader.read()
