"""Read a Word document from top to bottom: paragraphs and tables, with tracked changes and content controls.

Tracked insertions and content controls are read as if they had always been there, tracked deletions as if they were
gone; hidden and struck-out words are not read; a table inside a cell becomes lines of its words. All this, and what
stands beside the words (text boxes, comments, pictures), is reported with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.instruments.files.safety import read_bytes, unreadable
from journeys.instruments.word.document_parts import WordFile, damaged, open_word
from journeys.instruments.word.markup_notes import MarkupNotes
from journeys.instruments.word.ooxml import is_on, w, whole
from journeys.instruments.word.paragraph import ParagraphReader, is_placeholder, mark_of, unwrapped
from journeys.model.problems import Address, Report, UnreadableFile

LARGEST = 100_000_000
"""Bytes: a larger document is not read."""
WIDEST = 1_000
"""Columns of a table: Word itself has at most 63."""
MOST_CELLS = 50_000
"""Cells of all tables, with those that wide cells cover."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its words, its style's name, and where it stands."""

    words: str
    style: str
    place: str


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: its rows of cells, where it stands, and the numbers (from 1) of rows in which cells are merged."""

    rows: tuple[tuple[str, ...], ...]
    place: str
    merged: frozenset[int] = frozenset()


WordBlock = Paragraph | WordTable


def word_blocks(path: Path, *, name: str, report: Report, own_words: Iterable[str] = ()) -> list[WordBlock]:
    """The paragraphs and tables of a document. Raises UnreadableFile for one that cannot be read at all.

    ``own_words`` are what the program itself prints at the head and foot of pages.
    """
    file = open_word(read_bytes(path, name=name, limit=LARGEST), name=name, report=report)
    noticed = MarkupNotes(name)
    try:
        blocks = list(blocks_of(file, noticed))
        noticed.finish(file, tuple(own_words), report)
    except UnreadableFile:
        raise
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise damaged(Address(name)) from error
    return blocks


def blocks_of(file: WordFile, noticed: MarkupNotes, *, marked: bool = False) -> Iterator[WordBlock]:
    """The paragraphs and tables of an opened document; with ``marked``, there are marks in their words where comments
    and pages begin and end (see ``paragraph.Mark``). What is met besides words goes to ``noticed``."""
    return _Walker(file, noticed, marked=marked).blocks()


class _Walker:
    def __init__(self, file: WordFile, noticed: MarkupNotes, *, marked: bool) -> None:
        self._file, self._noticed, self._marked = file, noticed, marked
        self._paragraph = ParagraphReader(file, noticed, marked=marked)
        self._between = ""  # marks that stand between two paragraphs
        self._cells = 0

    def blocks(self) -> Iterator[WordBlock]:
        tables = paragraphs = 0
        begun = ""
        for element in self._inside(self._file.body):
            if element.tag == w("p"):
                paragraphs += 1
                place = self._noticed.place = f"paragraph {paragraphs}"
                words = begun + self._words(element)
                if self._paragraph.runs_on(element):
                    begun = words
                    continue
                begun, style = "", self._style(element)
                if style.lower() == "heading 1":
                    self._noticed.section = words.strip() or None
                yield Paragraph(words, style, place)
            elif element.tag == w("tbl"):
                tables += 1
                yield self._table(element, f"table {tables}")
                self._noticed.place = f"paragraph {paragraphs + 1}"
        if (begun := begun + self._between).strip():
            yield Paragraph(begun, "", f"paragraph {paragraphs}")

    def _words(self, paragraph: Any) -> str:
        before, self._between = self._between, ""
        return before + self._paragraph.words(paragraph)

    def _style(self, paragraph: Any) -> str:
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style = self._file.styles.get(named.get(w("val"))) if named is not None else None
        return style.name if style else ""

    def _table(self, element: Any, place: str) -> WordTable:
        """A table; ``place`` is empty for one inside a cell, whose place is the cell's."""
        rows: list[tuple[str, ...]] = []
        merged = set()
        for row in (each for each in self._inside(element) if each.tag == w("tr")):
            at = f"{place}, row {len(rows) + 1}"
            if place:
                self._noticed.place = at
            properties = row.find(w("trPr"))
            change = self._change_of(properties, "ins", "del")
            if change == "del":
                continue
            if is_on(properties, "hidden"):
                self._noticed.met("hidden", " ".join(each.text or "" for each in row.iter(w("t"))))
                continue
            cells, is_merged = self._row(row, at if place else "")
            rows.append(cells)
            if is_merged:
                merged.add(len(rows))
        return WordTable(tuple(rows), place, frozenset(merged))

    def _row(self, row: Any, place: str) -> tuple[tuple[str, ...], bool]:
        """The cells of a row, one for each column of the table, and whether any of them is merged with another."""
        cells = [""] * _number(row, "trPr", "gridBefore")
        is_merged = bool(cells)
        for cell in (each for each in self._inside(row) if each.tag == w("tc")):
            if place:
                self._noticed.place = f"{place}, column {len(cells) + 1}"
            properties = cell.find(w("tcPr"))
            if self._change_of(properties, "cellIns", "cellDel", "cellMerge") == "cellDel":
                continue
            span = _number(cell, "tcPr", "gridSpan") or 1
            if any(_goes_on(properties, way) for way in ("vMerge", "hMerge")):
                if unseen := " ".join(text.text or "" for text in cell.iter(w("t"))).strip():
                    self._noticed.met("hidden", unseen)
                cells += [""] * span
            else:
                cells += [self._cell(cell), *[""] * (span - 1)]
            if len(cells) > WIDEST:
                raise _too_wide(self._noticed.here)
            is_merged |= span > 1 or (properties is not None and properties.find(w("vMerge")) is not None)
        self._cells += len(cells)
        if self._cells > MOST_CELLS:
            raise _too_many_cells(self._noticed.here)
        return tuple(cells), is_merged

    def _change_of(self, properties: Any, *names: str) -> str | None:
        """Which of these tracked changes a row or cell is; it is noted."""
        found = next((n for n in names if properties is not None and properties.find(w(n)) is not None), None)
        if found is not None:
            self._paragraph.changed(properties.find(w(found)))
        return found

    def _cell(self, cell: Any) -> str:
        lines: list[str] = []
        begun = ""
        for each in self._inside(cell):
            if each.tag == w("p"):
                words = begun + self._words(each)
                begun = words if self._paragraph.runs_on(each) else ""
                if not begun:
                    lines.append(words)
            elif each.tag == w("tbl"):
                lines += [" | ".join(row) for row in self._table(each, "").rows]
        return "\n".join([*lines, begun] if begun else lines)

    def _inside(self, parent: Any) -> Iterator[Any]:
        """The paragraphs, tables, rows or cells of an element, also those inside content controls and insertions."""
        for child in parent:
            if child.tag in (w("altChunk"), w("subDoc")):
                self._noticed.met("file")
            elif child.tag in (w("ins"), w("moveTo"), w("del"), w("moveFrom")):
                self._paragraph.changed(child)
                if child.tag in (w("ins"), w("moveTo")):
                    yield from self._inside(child)
            elif (inner := unwrapped(child)) is not None:
                yield from () if is_placeholder(child) else self._inside(inner)
            elif self._marked and (mark := mark_of(child)):
                self._between += mark
            else:
                yield child


def _too_wide(place: Address) -> UnreadableFile:
    message = f"A row of this table has more than {WIDEST:,} columns; Word itself has at most 63."
    return unreadable("too_large", place, message, "Copy the text into a new table in Word.")


def _too_many_cells(place: Address) -> UnreadableFile:
    message = f"The tables of the document have more than {MOST_CELLS:,} cells."
    return unreadable("too_large", place, message, "Split it into several documents, or save large tables as CSV.")


def _goes_on(properties: Any, way: str) -> bool:
    """Whether a cell is covered by the one above it, or before it, with which it was merged."""
    merge = properties.find(w(way)) if properties is not None else None
    return merge is not None and merge.get(w("val")) != "restart"


def _number(element: Any, *path: str) -> int:
    found = element.find("/".join(map(w, path)))
    value = found.get(w("val")) if found is not None else None
    return min(whole(value), WIDEST + 1)
