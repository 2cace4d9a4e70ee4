"""Words that a form prints, compared without styles, quotation marks and line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from functools import cache

from journeys.model.identity import folded
from journeys.model.resources import resource_folder

FORMER = "instruments/former_help.txt"
_PIECE = 40
"""The fewest letters of a piece of a wrapped line of help; shorter pieces could be a person's own words."""
_NOT_WORDS = re.compile(r"[\W_]+")


@cache
def former_help() -> tuple[str, ...]:
    """Return the help lines that earlier versions print, because forms stay in use for years."""
    return tuple((resource_folder("schema") / FORMER).read_text(encoding="utf-8").splitlines())


class PrintedWords:
    """The help and headings of one instrument's forms."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = frozenset(filter(None, map(_plain, lines)))
        self._all = "\n".join(f" {line} " for line in sorted(self._lines))
        self._last = ""

    def anew(self) -> PrintedWords:
        """The same words, to ask about the lines of another text."""
        other = copy(self)
        other._last = ""
        return other

    def __contains__(self, words: object) -> bool:
        """Whether every line of ``words`` is one that the program prints."""
        if not isinstance(words, str):
            return False
        lines = [plain for line in words.split("\n") if (plain := _plain(line))]
        return bool(lines) and (all(line in self._lines for line in lines) or " ".join(lines) in self._lines)

    def has_piece(self, line: str) -> bool:
        """Whether a line of a text file is a piece of the help, as it was wrapped; ask line by line, in their order."""
        _, colon, value = line.partition(":")
        if colon and value.strip() and not _plain(value):
            self._last = ""
            return False  # a label of ours, and signs that somebody wrote behind it
        if len(line) > len(self._all):
            self._last = ""
            return False  # longer than all that is printed
        plain = _plain(line.lstrip("# "))
        goes_on = bool(self._last) and f" {self._last} {plain} " in self._all
        long_enough = len(plain) >= _PIECE and f" {plain} " in self._all
        is_own = bool(plain) and (plain in self._lines or goes_on or long_enough)
        self._last = f"{self._last} {plain}" if goes_on else plain if is_own else ""
        return is_own


def _plain(words: str) -> str:
    """Words without signs: programs change quotation marks, dashes, bullets and spaces."""
    return _NOT_WORDS.sub(" ", folded(words)).strip()
