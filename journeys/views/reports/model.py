"""A report as every format can hold it: headings, paragraphs with endnotes, lists, tables and figures with captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Note:
    """An endnote: what stands behind a statement, with its source. Equal notes have one number."""

    words: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one type, and the endnotes behind it; ``changed``: it is not what it was before.

    A line break within the words starts a new line. ``raised`` is "super" or "sub"; ``link`` is an address that the
    words lead to.
    """

    words: str
    notes: tuple[Note, ...] = ()
    strong: bool = False
    quiet: bool = False
    changed: bool = False
    emphasis: bool = False
    struck: bool = False
    code: bool = False
    raised: str = ""
    link: str = ""

    @property
    def opens(self) -> bool:
        """Whether the link leads to a page or an address for letters, so that it may be followed."""
        return self.link.lower().startswith(("https://", "http://", "mailto:"))


_LEADS_ON = re.compile(r"(?: and)?\s*\Z")

Line = tuple[Run, ...]
"""A line or paragraph of text."""
Cell = tuple[Line, ...]
"""What stands in a cell of a table: lines."""
Style = Literal["plain", "quote", "quiet", "notice"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest below the title."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: plain, a quotation, a quiet remark, or a notice that must not be missed."""

    line: Line
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, at a level from 1 within other lists; ``numbering`` is "1", "a", "A", "i" or "I", or "" for bullets, and
    ``first`` the number of its first line."""

    lines: tuple[Line, ...]
    level: int = 1
    numbering: str = ""
    first: int = 1

    def labels(self) -> list[str]:
        """What stands before each line where the list is numbered: "1.", "b.", "iv."; the bullet where it is not."""
        numbers = range(self.first, self.first + len(self.lines))
        return [f"{_number(each, self.numbering)}." if self.numbering else "\u2022" for each in numbers]


_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v",
          4: "iv", 1: "i"}  # fmt: skip


def _number(number: int, numbering: str) -> str:
    if numbering == "1" or number < 1:
        return str(number)
    if numbering in "iI":
        made = ""
        for value, sign in _ROMAN.items():
            made, number = made + sign * (number // value), number % value
    else:
        made = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    return made.upper() if numbering.isupper() else made


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and how wide it is beside the others."""

    heading: str
    weight: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``n`` says of how many of what it tells ("n = 12 documents").

    ``empty`` is what stands in place of a table without rows: why it has none. ``sheet`` names it in a workbook.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    n: str = ""
    empty: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG with its caption; ``alt`` says in words what it shows."""

    svg: str
    caption: str
    alt: str
    n: str = ""


Block = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of a calendar: something that is to be done by a day."""

    id: str
    day: date
    title: str
    details: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, what is said below that, and its blocks.

    ``study`` is the title of the study and ``notice`` its note; ``wide`` lays it out on A4 on its side. A report with
    ``events`` can also be written as a calendar, even if there are none; ``not_in_calendar`` says what that leaves out.
    """

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    study: str = ""
    notice: str = ""
    wide: bool = False
    events: tuple[Event, ...] | None = None
    not_in_calendar: str = ""


@dataclass(slots=True)
class Endnotes:
    """Numbers notes in the order in which they are asked for."""

    _numbers: dict[Note, int] = field(default_factory=dict)

    def number(self, note: Note) -> int:
        """The number of a note: a new one for one that has none yet."""
        return self._numbers.setdefault(note, len(self._numbers) + 1)

    def __iter__(self) -> Iterator[tuple[int, Note]]:
        """The notes by number."""
        return iter((number, note) for note, number in self._numbers.items())

    def __len__(self) -> int:
        """How many notes there are."""
        return len(self._numbers)


@dataclass(slots=True)
class Captions:
    """Numbers tables and figures, each kind by itself."""

    _tables: int = 0
    _figures: int = 0

    def caption(self, block: Table | Figure) -> str:
        """The whole caption of the next table or figure: "Table 2. Codes by site (n = 14 passages)"."""
        if isinstance(block, Table):
            self._tables += 1
            name = f"Table {self._tables}"
        else:
            self._figures += 1
            name = f"Figure {self._figures}"
        behind = f" ({block.n})" if block.n else ""
        return f"{name}. {block.caption.rstrip('.')}{behind}."


def line(*parts: str | Run) -> Line:
    """A line of text and runs."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part != "")


def paragraph(*parts: str | Run, style: Style = "plain") -> Paragraph:
    """A paragraph of text and runs."""
    return Paragraph(line(*parts), style)


def cell(*lines: str | Line) -> Cell:
    """A cell of lines; empty ones are left out."""
    return tuple(line(each) if isinstance(each, str) else each for each in lines if each)


def plain(parts: Line, endnotes: Endnotes | None = None) -> str:
    """A line as text, with the numbers of its notes in square brackets."""
    if endnotes is None:
        return "".join(run.words for run in parts)
    return "".join(reference(run.notes, endnotes).join(parted(run)) + _address(run) for run in parts)


def _address(run: Run) -> str:
    return f" ({run.link})" if run.link and run.link not in (run.words, f"mailto:{run.words}") else ""


def parted(run: Run) -> tuple[str, str]:
    """The words of a run, and what leads on to the next: the numbers of its notes stand between the two."""
    words = _LEADS_ON.sub("", run.words) if run.notes else run.words
    return words, run.words[len(words) :]


def reference(notes: Sequence[Note], endnotes: Endnotes) -> str:
    """The numbers of notes as text: " [3, 4]"; "" for none."""
    numbers = sorted({endnotes.number(note) for note in notes})
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def tables(blocks: Iterable[Block]) -> list[Table]:
    """The tables among blocks."""
    return [block for block in blocks if isinstance(block, Table)]


def numbered(report: Report) -> Endnotes:
    """The endnotes of a report by number, in the order in which its text and tables refer to them."""
    found = Endnotes()
    for block in report.blocks:
        match block:
            case Paragraph():
                lines: Iterable[Line] = (block.line,)
            case Bullets():
                lines = block.lines
            case Table():
                lines = (each for row in block.rows for written in row for each in written)
            case _:
                lines = ()
        for each in lines:
            for run in each:
                for note in run.notes:
                    found.number(note)
    return found
