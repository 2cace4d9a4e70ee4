"""Find the words of a Word document to which its comments are anchored, line by line, also where they overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from journeys.instruments.word.blocks import Paragraph, WordBlock
from journeys.instruments.word.paragraph import MARKS, Mark

Position = tuple[int, int]
"""The number of a line, and of a character in it, both from 0."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a cell of a table, with where it stands.

    ``beside`` are the other cells of its row, and ``is_heading`` says whether its style is a heading's.
    """

    place: str
    words: str
    beside: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The words from one position up to another."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span that stands in one line.

    ``number`` is the line's, ``start`` that of its first character in it, both from 0. ``page`` is where it began when
    the file was last laid out, None where the file does not say.
    """

    number: int
    line: Line
    start: int
    words: str
    page: int | None


@dataclass(slots=True)
class _Anchor:
    """The marks of one comment found so far; those in deleted words only where there are no others."""

    found: dict[Mark, Position] = field(default_factory=dict)

    def span(self) -> Span | None:
        """From the first mark to the last; a comment without a range is where its reference stands."""
        reference = self.found.get(Mark.REFERENCE) or self.found.get(Mark.GONE_REFERENCE)
        start = self.found.get(Mark.START) or self.found.get(Mark.GONE_START) or reference
        end = self.found.get(Mark.END) or self.found.get(Mark.GONE_END) or reference
        return Span(start, max(start, end)) if start is not None and end is not None else None


class AnchoredText:
    """The lines of a document, and to which words in them each comment is anchored."""

    def __init__(self, blocks: Iterable[WordBlock] = ()) -> None:
        self.lines: list[Line] = []
        self._anchors: dict[str, _Anchor] = {}
        self._pages: list[Position] = []
        self.add(blocks)
        self.in_body = len(self.lines)
        """How many lines are the body's; those after them are of footnotes, page headers and the like."""

    def add(self, blocks: Iterable[WordBlock], where: str = "") -> None:
        """Add paragraphs and tables; ``where`` is what stands before their places ("footnote 2, ")."""
        for block in blocks:
            place = f"{where}{block.place}"
            if isinstance(block, Paragraph):
                self._add(block.words, place, is_heading=block.style.lower().startswith(("heading", "title")))
                continue
            for number, row in enumerate(block.rows, 1):
                bare = [MARKS.sub("", cell).strip() for cell in row]
                for column, cell in enumerate(row, 1):
                    beside = tuple(words for other, words in enumerate(bare, 1) if other != column and words)
                    self._add(cell, f"{place}, row {number}, column {column}", beside)

    def span(self, identity: str) -> Span | None:
        """The span of a comment; None for one that is anchored nowhere."""
        anchor = self._anchors.get(identity)
        return anchor.span() if anchor else None

    def is_deleted(self, identity: str) -> bool:
        """Whether a comment's reference was deleted, with change tracking on: it goes with the words."""
        marks = self._anchors[identity].found if identity in self._anchors else {}
        return Mark.GONE_REFERENCE in marks and Mark.REFERENCE not in marks

    def pieces(self, span: Span) -> list[Piece]:
        """What stands in a span, line by line, without the lines in which there is no word of it."""
        (first, begin), (last, end) = span.start, span.end
        found = []
        for number in range(first, min(last, len(self.lines) - 1) + 1):
            line = self.lines[number]
            start = begin if number == first else 0
            words = line.words[start : end if number == last else None]
            if any(map(str.isalnum, words)):
                start += len(words) - len(words.lstrip())
                found.append(Piece(number, line, start, words.strip(), self._page_at((number, start))))
        return found

    def _add(self, marked: str, place: str, beside: tuple[str, ...] = (), *, is_heading: bool = False) -> None:
        number, words, last = len(self.lines), "", 0
        for mark in MARKS.finditer(marked):
            words += marked[last : mark.start()]
            last = mark.end()
            position = (number, len(words))
            if mark[1] == Mark.PAGE:
                self._pages.append(position)
            else:
                self._anchors.setdefault(mark[2], _Anchor()).found.setdefault(Mark(mark[1]), position)
        words += marked[last:]
        self.lines.append(Line(place, words, beside, is_heading))

    def _page_at(self, position: Position) -> int | None:
        """The page on which a position is: a page begins at the mark of its break."""
        if not self._pages:
            return None
        return 1 + bisect_right(self._pages, position)


def shown_places(pieces: Sequence[Piece]) -> str:
    """Where pieces stand, in words: "paragraph 4", "paragraphs 4-6"."""
    first, last = pieces[0].line.place, pieces[-1].line.place
    if first == last:
        return first
    kind, _, number = first.rpartition(" ")
    other, _, to = last.rpartition(" ")
    if kind == other == "paragraph" and number.isdecimal():
        return f"paragraphs {number}-{to}"
    return f"{first} to {last}"
