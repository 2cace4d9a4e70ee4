"""The passages in one cell of a coding workbook, each with its place.

A place stands before the words, in square brackets or with a colon: "[12:30] words", "p. 4: words". Brackets without a
digit are words ("[laughs] No"); "[place: the end] words" is a place without a digit, "[] words" words without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from journeys.model.identity import folded

_LONGEST_PLACE = 80
LONGEST_CELL = 32_767
"""Characters; Excel cuts off the rest."""

_UNIT = r"(?:pp?|ll?|pages?|lines?|para(?:graph)?s?|ch|sec|turn|min|slide|note|\u00a7)"
_NUMBERS = r"\d[\d:.]*(?:\s*[-\u2013,]\s*\d[\d:.]*)*"
_COLON = re.compile(rf"({_UNIT}\.?\s*{_NUMBERS}(?<![:.]))\s*:\s*(?=\S)", re.I)
_BRACKET = re.compile(r"\[([^\[\]\n]{0,100})\]\s*")
_NAMED = re.compile(r"place:\s*(.+)", re.I)
_STRICT = re.compile(rf"\[\s*(?:{_UNIT}\.?\s*)?{_NUMBERS}\s*\]|\b(?:pp?|ll?)\.\s*{_NUMBERS}\s*:(?=\s)", re.I)
_QUOTED_TWICE = re.compile(
    r'"[^"]+"\s*"[^"]+".*|\u201c[^\u201c\u201d]+\u201d\s*\u201c.+|\u00ab[^\u00ab\u00bb]+\u00bb\s*\u00ab.+', re.S
)
_BULLET = re.compile(r"[\u2022\u00b7*\u2013-]\s+(?=\S)")
_MORE_PLACE = re.compile(r"(?<=\S)(?:, (?:paragraphs? \d[\d-]*|table \d+, row \d+, column \d+))?(?:, p\. \d+)?$", re.I)
_CHARACTERS = re.compile(r"^characters \d+-\d+(?:, )?")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_QUOTES = (('"', '"'), ("\u201c", "\u201d"), ("'", "'"), ("\u2018", "\u2019"), ("\u00ab", "\u00bb"))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source, with their place where one is given."""

    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem with the passages of a cell, and its remedy; ``kind`` as in ``Problem``."""

    kind: str
    message: str
    remedy: str


def same_place(place: str | None) -> str:
    """Return a place in the form in which places are compared: "p. 4", "P.4" and "p 4" are the same.

    Of a place in a transcript the time or line number counts where there is one, else the paragraph; the page never, as
    it changes with the printer: "00:12:30, paragraph 7, p. 3" is "00:12:30". The characters of an imported text count
    neither, as lines above them may be added: "characters 56-77, time 2" is "time 2".
    """
    stable = _CHARACTERS.sub("", _MORE_PLACE.sub("", place or ""))
    return re.sub(r"(?<=[^\W\d_])\.|\s", "", folded(stable))


def same_words(text: str) -> str:
    """Return words in the form in which passages are compared: without case, accents, spacing, or quotation marks
    around the whole."""
    return folded(_unquoted(text))


def passages_in(cell: str) -> tuple[list[Passage], list[Flaw]]:
    """Return the passages of a cell, and the problems found in them.

    Passages are separated by blank lines; where there is none, each line is one. A line that begins with a place in
    square brackets always begins a passage.
    """
    made = [passage for words in _pieces(cell) if (passage := read_passage(words)) is not None]
    return made, list(_flaws(cell, made))


def read_passage(words: str) -> Passage | None:
    """One passage, without the bullet before and the quotation marks around it; None for nothing."""
    text = _BULLET.sub("", words.strip(), count=1) if _BULLET.match(words.strip()) else words.strip()
    place, text = _place(text)
    text = _unquoted(text)
    return Passage(text, place) if text else None


def _unquoted(text: str) -> str:
    for first, last in _QUOTES:
        inside = text[1:-1]
        if len(text) > 2 and text[0] == first and text[-1] == last and first not in inside and last not in inside:
            return inside.strip() or text
    return text


def can_stand_before(place: str) -> bool:
    """Whether a place can be written before a passage; else it needs a column of its own."""
    return len(place) <= _LONGEST_PLACE and not re.search(r"[\[\]]", place)


def written_passage(passage: Passage) -> str:
    """A passage as it is written into a cell, on one line."""
    text = " ".join(passage.text.split())
    place = " ".join((passage.place or "").split())
    if not place:
        return f"[] {text}" if _place(text)[0] is not None or _begins_oddly(text) else text
    if not re.search(r"\d", place) or _NAMED.match(place):
        return f"[place: {place}] {text}"
    return f"[{place}]: {text}" if text.startswith(":") else f"[{place}] {text}"  # reading takes away one colon


def cells_of(passages: Iterable[Passage]) -> list[str]:
    """The passages as the texts of cells, one a line: as few cells as can hold them.

    A passage that is too long for a cell gets a cell of its own, which the writer refuses.
    """
    cells: list[str] = []
    for passage in passages:
        line = written_passage(passage)
        if cells and len(cells[-1]) + 1 + len(line) <= LONGEST_CELL:
            cells[-1] = f"{cells[-1]}\n{line}"
        else:
            cells.append(line)
    return cells


def _begins_oddly(text: str) -> bool:
    """Whether reading would take away the beginning of a text."""
    return read_passage(text) != Passage(text) or _BRACKET.match(text) is not None


def _pieces(cell: str) -> Iterator[str]:
    if not _BLANK_LINE.search(cell):
        yield from cell.split("\n")
        return
    for paragraph in _BLANK_LINE.split(cell):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            if lines and _place(line.strip())[0] is not None:
                yield "\n".join(lines)
                lines = []
            lines.append(line)
        yield "\n".join(lines)


def _place(text: str) -> tuple[str | None, str]:
    """The place at the beginning of a text, and the rest."""
    if bracket := _BRACKET.match(text):
        inside, rest = bracket[1].strip(), text[bracket.end() :]
        if not inside:
            return None, rest.strip()
        if named := _NAMED.fullmatch(inside):
            return named[1].strip(), rest.strip()
        if re.search(r"\d", inside):
            return inside, re.sub(r"^:\s*", "", rest).strip()
        return None, text
    if colon := _COLON.match(text):
        return " ".join(colon[1].split()), text[colon.end() :].strip()
    return None, text


def _flaws(cell: str, made: list[Passage]) -> Iterator[Flaw]:
    if len(cell) == LONGEST_CELL:
        message = f"The cell is full ({len(cell):,} characters); its end may have been cut off."
        yield Flaw("cut_off", message, "Check the last passage, and continue in another row for the same interview.")
    for passage in made:
        second = _STRICT.search(passage.text) or _QUOTED_TWICE.fullmatch(passage.text)
        if second and second.re is _QUOTED_TWICE:
            message = f"Two passages seem to stand in one: {_short(passage.text)} has two pairs of quotation marks."
            yield Flaw("two_passages", message, "Begin each passage on a line of its own, if there are two.")
        elif second:
            message = f"Two passages seem to stand in one: {second[0]!r} is inside {_short(passage.text)}."
            yield Flaw("two_passages", message, "Begin each passage on a line of its own, if there are two.")
    with_place = [passage for passage in made if passage.place]
    if with_place and len(with_place) < len(made):
        without = next(passage for passage in made if not passage.place)
        message = f"{_short(without.text)} has no place, unlike other passages in the cell."
        yield Flaw(
            "no_place",
            message,
            "Write its place before it. If it continues the line above, separate the passages with blank lines.",
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
