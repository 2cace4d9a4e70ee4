"""Find the parts of a researcher's notes in quotation marks, in square brackets, and in neither.

All kinds of quotation marks are read (straight, typographic, German, French), also where autocorrect turned them the
wrong way; a mark that is not closed is reported and ignored. Square brackets take precedence over quotation marks:
their content is never read as quoted, and is taken out of a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_OPENING, _CLOSING = "\u201c\u201e\u201f\u00ab", "\u201d\u00bb"
_EITHER_WAY = '"\uff02'
_QUOTES = frozenset(_OPENING + _CLOSING + _EITHER_WAY)
_GUILLEMETS = frozenset("\u00ab\u00bb")
_BEFORE_WORDS = frozenset(" \t\n\u00a0([{/'\u2018\u2013\u2014-:;,\u200e\u200f\u202a\u202b\u2026.")
OMISSION = "[\u2026]"
"""What is left of square brackets where they were taken out."""
_SOFT_LINE_END = re.compile(r"(?<=[\w,])[ \t]*\n[ \t]*(?=[a-z])")
_TIME = r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?"
_LINE_OR_PAGE = r"(?:lines?|ll?|pages?|pp?)\.?\s?\d+(?:\s?[-\u2013]\s?\d+)?"
_IN_MARGIN = re.compile(
    rf"[ \t]*(?:[-*\u2022\u2013][ \t]+)?"
    rf"(?:\(({_TIME}|{_LINE_OR_PAGE}|\d+)\)[:.]?[ \t]*"
    rf"|({_TIME})[ \t]*[-:\u2013]?[ \t]+"
    rf"|({_LINE_OR_PAGE})[ \t]*[:\u2013-][ \t]+)(?=\S)",
    re.IGNORECASE,
)
_BRACKETED_PLACE = re.compile(rf"\s*(?:{_TIME}|{_LINE_OR_PAGE}|\d+|\d\d?:\d\d:\d\d)\s*", re.IGNORECASE)

SegmentKind = Literal["plain", "quote", "bracket", "place", "break"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the notes; ``place`` is a time, line or page in the margin, ``break`` the end of a line."""

    kind: SegmentKind
    text: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a mark, and what to write instead."""

    mark: Literal["bracket", "quote"]
    message: str
    remedy: str


def segments(text: str) -> tuple[list[Segment], list[Flaw]]:
    """The pieces of ``text`` in their order, and what is wrong with its marks."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = _SOFT_LINE_END.sub(lambda end: "\n" if _IN_MARGIN.match(end.string, end.end()) else " ", text)
    reader = _Reader(text)
    return [segment for segment in reader.read() if segment.text.strip() or segment.kind == "break"], reader.flaws


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.flaws: list[Flaw] = []
        self._brackets = self._paired_brackets()
        self._quotes = self._paired_quotes()

    def read(self) -> Iterator[Segment]:
        text, place, begun, new_line = self._text, 0, 0, True
        while place < len(text):
            margin = _IN_MARGIN.match(text, place) if new_line else None
            if margin:
                yield Segment("place", next(filter(None, margin.groups())))
                place = begun = margin.end()
            new_line = False
            if place in self._brackets:
                yield Segment("plain", text[begun:place])
                end = self._brackets[place]
                words = text[place:end].removeprefix("[").removesuffix("]")
                yield Segment("place" if _BRACKETED_PLACE.fullmatch(words) else "bracket", words.strip())
            elif place in self._quotes:
                yield Segment("plain", text[begun:place])
                end = self._quotes[place] + 1
                yield from self._quotation(place, end)
            elif place < len(text) and text[place] == "\n":
                yield Segment("plain", text[begun:place])
                yield Segment("break", "")
                end, new_line = place + 1, True
            else:
                place += 1
                continue
            place = begun = end
        yield Segment("plain", text[begun:])

    def _quotation(self, start: int, end: int) -> Iterator[Segment]:
        """What is quoted, and after it what stands in square brackets inside it."""
        kept, inside, place = "", [], start + 1
        while place < end - 1:
            if place in self._brackets:
                inside.append(self._text[place : self._brackets[place]].removeprefix("[").removesuffix("]"))
                kept, place = kept + OMISSION, self._brackets[place]
            else:
                kept, place = kept + self._text[place], place + 1
        yield Segment("quote", kept.strip())
        for words in inside:
            yield Segment("bracket", words.strip())

    def _paired_brackets(self) -> dict[int, int]:
        """Where each outermost square bracket opens and ends. One that is not closed goes to the end of the text, one
        that was not opened begins with its line: what may be an interpretation is never read as anything else."""
        found: dict[int, int] = {}
        opened, depth, last = 0, 0, 0
        for place, character in enumerate(self._text):
            if character == "[":
                opened, depth = (opened, depth + 1) if depth else (place, 1)
            elif character == "]" and depth:
                depth -= 1
                if not depth:
                    found[opened], last = place + 1, place + 1
            elif character == "]":
                begin = max(self._text.rfind("\n", 0, place) + 1, last)
                begin += len(self._text[begin:place]) - len(self._text[begin:place].lstrip())
                found[begin], last = place + 1, place + 1
                shown = _shown(self._text[max(begin, place - 40) : place])
                message = (
                    f"The ] after {shown!r} has no opening bracket; its line was read as your interpretation up to it."
                )
                self.flaws.append(Flaw("bracket", message, "Write [ where the interpretation begins."))
        if depth:
            found[opened] = len(self._text)
            shown = _shown(self._text[opened + 1 : opened + 41])
            message = f"The [ before {shown!r} is not closed; everything after it was read as your interpretation."
            self.flaws.append(Flaw("bracket", message, "Write ] where the interpretation ends."))
        return found

    def _paired_quotes(self) -> dict[int, int]:
        """Where each outermost quotation opens and closes. None goes on over an empty line."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        place = 0
        while place < len(self._text):
            if place in self._brackets:
                place = self._brackets[place]
                continue
            if self._text[place] in _QUOTES and not self._is_measure(place):
                if self._opens(place, opened):
                    opened.append(place)
                elif opened and self._fits(opened[-1], place):
                    pairs[opened.pop()] = place
                else:
                    shown = _shown(self._text[max(0, place - 40) : place])
                    message = f"The quotation marks after {shown!r} were not opened; the words were read as your own."
                    self.flaws.append(
                        Flaw("quote", message, "Write quotation marks where the spoken words begin, too.")
                    )
            if opened and re.match(r"\n[ \t]*\n", self._text[place : place + 40]):
                self._leave_open(opened)
            place += 1
        self._leave_open(opened)
        return _outermost(pairs)

    def _leave_open(self, opened: list[int]) -> None:
        for start in opened:
            shown = _shown(self._text[start + 1 : start + 41])
            message = f"The quotation marks before {shown!r} are not closed; the words were read as your own."
            self.flaws.append(Flaw("quote", message, "Write quotation marks where the spoken words end, too."))
        opened.clear()

    def _opens(self, place: int, opened: list[int]) -> bool:
        """Whether a quotation mark begins a quotation: by what it is, and by what stands beside it."""
        mark = self._text[place]
        before = self._text[place - 1] if place else " "
        after = self._text[place + 1] if place + 1 < len(self._text) else " "
        ends_words = before not in _BEFORE_WORDS or after.isspace()
        can_close = bool(opened) and self._fits(opened[-1], place)
        if mark in _OPENING:
            return not (can_close and ends_words)  # autocorrect may have turned it; in German it closes
        if mark in _CLOSING:
            return not can_close and not ends_words
        if opened:
            return (before.isspace() or before in "([{") and not after.isspace()
        return not ends_words or after.isalnum() or (before.isspace() and after.isspace())

    def _fits(self, start: int, end: int) -> bool:
        """Whether the mark at ``end`` can close the one at ``start``."""
        return (self._text[start] in _GUILLEMETS) == (self._text[end] in _GUILLEMETS)

    def _is_measure(self, place: int) -> bool:
        """Whether a straight mark stands for inches: 12" wide."""
        straight = self._text[place] in _EITHER_WAY and place > 0 and self._text[place - 1].isdigit()
        return straight and '"' not in self._text[:place].rpartition("\n")[2]


def _shown(words: str) -> str:
    return " ".join(words.split())


def _outermost(pairs: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    last = -1
    for start in sorted(pairs):
        if start > last:
            found[start] = last = pairs[start]
    return found
