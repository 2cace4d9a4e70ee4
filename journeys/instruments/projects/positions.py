"""Where a selection begins and ends in a text, when programs count characters in different ways.

REFI-QDA counts Unicode characters from 0, the end not included. Programs differ: a line end of Windows counts as one
character or two, whatever the text file holds; a character outside the basic plane (an emoji) counts as one or two.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from journeys.instruments.projects.project import OWN_PROGRAM

_TRIED = 400
"""Selections of one text that are looked at to find out how positions are counted."""
_LINE_END = re.compile(r"\r\n|\r|\n")
# Only where a stretch of space begins: to try within it takes time that grows with its square.
_ELLIPSIS = re.compile(r"(?:(?<!\s)\s+)?(?:\.\.\.|\u2026|\[\.\.\.\]|\[\u2026\])\s*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """A selection as a program wrote it: its positions, and its name, which often begins like its words."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """One way to count: which line ends a text has while it is counted, and whether in 16-bit units."""

    line_end: str
    utf16: bool = False
    end_included: bool = False
    mark: bool = False
    """Whether the byte order mark before the text counts as a character."""

    @property
    def words(self) -> str:
        """The way of counting as a person reads it."""
        ends = {"": "line ends as they are", "\n": "a line end as one character", "\r\n": "a line end as two"}
        units = ", in units of 16 bits" if self.utf16 else ""
        last = ", the last character included" if self.end_included else ""
        return f"{ends[self.line_end]}{units}{last}{', with the mark before the text' if self.mark else ''}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How the positions in a text were taken to be counted; ``guessed`` if other ways give other words and nothing
    tells which is right."""

    counting: Counting
    guessed: bool = False


class PositionedText:
    """A text in which selections are found. ``text`` has line feeds only, and no mark before it."""

    def __init__(self, original: str) -> None:
        self._marked = original.startswith("\ufeff")
        self._original = original.removeprefix("\ufeff")
        self.text = _LINE_END.sub("\n", self._original)
        self._offsets: dict[Counting, array[int] | None] = {}

    def counting(self, spans: Sequence[Span], program: str) -> Counted:
        """The way of counting that fits the selections of this text best.

        What counts is, in this order: that no selection lies outside the text; that selections whose name begins like
        their words do so; that they begin and end where words do. What is left open the program's own habit decides.
        """
        if program.startswith(OWN_PROGRAM):
            return Counted(Counting(""))
        tried = spans[:_TRIED]
        ways = [way for way in self._ways(program) if self._fits(way, spans)] or self._ways(program)[:1]
        scores = {way: self._score(way, tried) for way in ways}
        best = max(scores.values())
        chosen = next(way for way in ways if scores[way] == best)
        cut = [self.cut(chosen, each) for each in tried]
        others = [way for way in ways if scores[way] == best and way != chosen]
        guessed = any([self.cut(way, each) for each in tried] != cut for way in others)
        return Counted(chosen, guessed)

    def cut(self, counting: Counting, span: Span) -> tuple[int, int]:
        """The positions of a selection in ``text``; an empty stretch for one that lies outside of it."""
        first = self._place(counting, span.start)
        last = self._place(counting, span.end + counting.end_included)
        return (first, max(first, last))

    def _ways(self, program: str) -> list[Counting]:
        """Every way of counting that can make a difference here, the program's own habit first."""
        lines = self.text.count("\n")
        ends = ["", "\n", "\r\n"] if lines else [""]
        wide = any(character > "\uffff" for character in self.text)
        ways = [
            Counting(end, utf16, included, mark)
            for included in (False, True)
            for mark in ([False, True] if self._marked else [False])
            for end in ends
            for utf16 in ([False, True] if wide else [False])
        ]
        name = program.casefold()
        nvivo, atlas, maxqda = "nvivo" in name, "atlas" in name, "maxqda" in name
        if nvivo or atlas or maxqda:
            own = Counting("\n" if atlas or maxqda else "\r\n" if nvivo and "\r" in self._original else "", wide)
            own = own if own in ways else Counting("", wide)
            ways.sort(key=lambda way: way != own)
        return ways

    def _fits(self, counting: Counting, spans: Sequence[Span]) -> bool:
        length = self._length(counting)
        return all(0 <= each.start <= each.end + counting.end_included <= length for each in spans)

    def _score(self, counting: Counting, spans: Sequence[Span]) -> tuple[int, int, int]:
        """How many names fit, how many ends lie between words, and less for a way that is against the standard."""
        named = bounded = 0
        for each in spans:
            start, end = self.cut(counting, each)
            words = self.text[start:end]
            name = _SPACES.sub(" ", _ELLIPSIS.sub("", each.name)).strip()
            named += bool(name) and _SPACES.sub(" ", words).strip().startswith(name)
            bounded += self._between_words(start) + self._between_words(end) + bool(words.strip())
            bounded += bool(words) and not words[0].isspace() and not words[-1].isspace()
        # A stray end is no reason to leave the standard.
        against = counting.end_included or counting.mark
        return named, bounded - (2 + len(spans) // 4) * against, 0

    def _between_words(self, place: int) -> bool:
        before, after = self.text[max(place - 1, 0) : place], self.text[place : place + 1]
        return not (before.isalnum() and after.isalnum())

    def _length(self, counting: Counting) -> int:
        offsets = self._table(counting)
        return offsets[-1] if offsets is not None else len(self.text)

    def _place(self, counting: Counting, position: int) -> int:
        """The position in ``text`` of a position as it was counted."""
        offsets = self._table(counting)
        if offsets is None:
            return min(max(position, 0), len(self.text))
        # Offsets are where each character ends: a position inside a character stands before it.
        return bisect_right(offsets, position) - 1 if position > 0 else 0

    def _table(self, counting: Counting) -> array[int] | None:
        """Where each character of ``text`` begins when counted so, and where the last ends; None for plain counting."""
        if counting not in self._offsets:
            self._offsets[counting] = self._made(counting)
        return self._offsets[counting]

    def _made(self, counting: Counting) -> array[int] | None:
        as_they_are = counting.line_end == "\n" or (counting.line_end == "" and "\r" not in self._original)
        if as_they_are and not counting.mark and not counting.utf16:
            return None
        ends = iter(_LINE_END.findall(self._original)) if counting.line_end == "" else None
        widths = (
            len(next(ends) if ends else counting.line_end)
            if character == "\n"
            else 1 + (counting.utf16 and character > "\uffff")
            for character in self.text
        )
        return array("Q", accumulate(widths, initial=int(counting.mark)))


def clock(milliseconds: int) -> str:
    """A time in a recording: "00:12:30"."""
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
