"""Lines that the program wrote into a form from the data, told apart from a person's own words by a mark in the text.

The mark stands at the beginning of the line and holds a short check of the line's own words: ``[From the data 7K2Q]
Mina V. contested …``. It is plain text, so it survives lost styles and copying; the check says whether somebody changed
the line. Signs and case do not count in it, as programs change quotation marks and dashes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from journeys.instruments.answers import FilledRow
from journeys.instruments.files.cells import Cell
from journeys.model.identity import folded

NEW, GONE = "new", "no longer there"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without those that are easily taken for others (I, L, O, U)."""
_CODE = 4
_WRAPPED = 12
"""How many further lines a line may have been broken into by a program that wraps text."""
_MARK = re.compile(
    rf"\[\s*from\s+the\s+data\s+(?P<code>[0-9a-z]{{{_CODE}}})\s*"
    rf"(?:,\s*(?P<state>new|no\s+longer\s+there)\s+on\s+(?P<day>[^\]\n]*?)\s*)?\][ \t\xa0]*",
    re.IGNORECASE,
)
_DAMAGED = re.compile(
    r"\s*(?:[\[({]\s*from\s+(?:the\s+)?data\b|from\s+the\s+data\s+[0-9a-z]{3,5}\s*[\])}])", re.IGNORECASE
)
_AFTER_MARK = re.compile(r"[^\])}\n]{0,60}[\])}]\s*(?P<words>.*)")
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: the program's where it has a ``code``, unless its words are not those it was marked for.

    ``state`` and ``day`` say when a later pre-fill added it, or no longer found it in the data.
    """

    words: str
    code: str = ""
    state: str = ""
    day: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether it is the program's, word for word."""
        return bool(self.code) and self.code == check_of(self.words)

    @property
    def shown(self) -> str:
        """The line as it stands in a form."""
        if not self.code:
            return self.words
        since = f", {self.state} on {self.day}" if self.state else ""
        return f"[From the data {self.code}{since}] {self.words}"


@dataclass(slots=True)
class OwnWords:
    """What is a person's own in a text, or in several: the words, and how many lines were the program's.

    ``changed`` counts lines of the program that somebody changed, which are own words now; ``damaged`` are lines whose
    mark cannot be read, own words too.
    """

    words: str = ""
    unchanged: int = 0
    changed: int = 0
    damaged: list[str] = field(default_factory=list)


def check_of(words: str) -> str:
    """The short check of a line's words, without signs, case and spacing."""
    number = int.from_bytes(hashlib.sha256(_plain(words).encode()).digest()[:4], "big")
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_CODE))


def prefilled(words: str, *, state: str = "", day: str = "") -> Line:
    """A line of the program's, with its mark; line ends and marks in it are taken away."""
    one_line = " ".join(_MARK.sub("", words).split())
    return Line(one_line, check_of(one_line), state, day)


def lines_of(text: str) -> list[Line]:
    """The lines of a text: one that a program wrapped is whole again, and a mark in the middle begins a new one."""
    pieces = _MARK.sub(lambda found: f"\n{found[0].rstrip()} ", text).split("\n")
    lines: list[Line] = []
    at = 0
    while at < len(pieces):
        found = _MARK.match(pieces[at].strip())
        if found is None:
            lines.append(Line(pieces[at].rstrip()))
            at += 1
            continue
        line = _marked(found, pieces[at].strip()[found.end() :])
        taken = 1
        while not line.unchanged and taken <= _WRAPPED and at + taken < len(pieces):
            further = pieces[at + taken]
            if not further.strip() or _MARK.match(further.strip()):
                break
            longer = replace(line, words=f"{line.words} {further.strip()}")
            taken += 1
            line = longer
        if not line.unchanged:
            line, taken = _marked(found, pieces[at].strip()[found.end() :]), 1
        lines.append(line)
        at += taken
    return _without_gaps(lines)


def _without_gaps(lines: list[Line]) -> list[Line]:
    """Without what splitting at a mark leaves before it: empty lines, and bullets without words."""
    return [
        line
        for place, line in enumerate(lines)
        if line.code or _plain(line.words) or not (place + 1 < len(lines) and lines[place + 1].code)
    ]


def _marked(found: re.Match[str], words: str) -> Line:
    state = " ".join((found["state"] or "").lower().split())
    return Line(words.strip(), found["code"].upper(), state, found["day"] or "")


def text_of(lines: Iterable[Line]) -> str:
    """The text that lines make."""
    return "\n".join(line.shown for line in lines)


def own_words(text: str) -> OwnWords:
    """What is a person's own in a text."""
    own = OwnWords()
    kept = []
    for line in lines_of(text):
        if line.unchanged:
            own.unchanged += 1
            continue
        own.changed += bool(line.code)
        if not line.code and _DAMAGED.match(line.words):
            own.damaged.append(line.words.strip())
        kept.append(line.words)
    own.words = "\n".join(kept).strip()
    return own


def mark_for(line: str) -> str:
    """The mark that a line with a damaged one would have, if its words are still the program's."""
    found = _AFTER_MARK.match(line)
    return f"[From the data {check_of(found['words'] if found else line)}]"


def updated(text: str, offered: Iterable[str], day: str) -> tuple[str, int]:
    """A text with the lines of the data that it does not have yet added at its end, and how many these are.

    Nothing in it is taken away: a line that the data no longer say is marked so, unless somebody changed it.
    """
    lines = lines_of(text) if text.strip() else []
    wanted = {line.code: line for line in map(prefilled, offered)}
    kept = []
    for line in lines:
        if line.unchanged and line.code not in wanted and line.state != GONE:
            line = replace(line, state=GONE, day=day)
        elif line.unchanged and line.code in wanted and line.state == GONE:
            line = replace(line, state=NEW, day=day)
        kept.append(line)
    there = {line.code for line in lines if line.code}
    added = [replace(line, state=NEW, day=day) for code, line in wanted.items() if code not in there]
    return text_of([*kept, *added]), len(added)


# -- rows of a table: the mark stands in one column, and its check is of the whole row


def marked_row(values: Mapping[str, str], column: str, *, state: str = "", day: str = "") -> dict[str, str]:
    """The cells of a row of the program's, with the mark in ``column``."""
    held = {name: " ".join(words.split()) for name, words in values.items() if words.strip()}
    line = Line(held.get(column, ""), _row_check(held), state, day)
    return {**held, column: line.shown.strip()}


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row of a form: the program's where it has a ``code``; ``unchanged``: word for word."""

    row: FilledRow
    code: str = ""
    unchanged: bool = False
    state: str = ""
    damaged: bool = False


def row_of(row: FilledRow, column: str) -> MarkedRow:
    """A row without its mark."""
    given = row.values.get(column)
    if given is None:
        return MarkedRow(row)
    found = _MARK.search(given.text)
    if found is None:
        return MarkedRow(row, damaged=_DAMAGED.match(given.text) is not None)
    words = f"{given.text[: found.start()]} {given.text[found.end() :]}".strip()
    values = {name: cell for name, cell in row.values.items() if name != column}
    if words:
        values[column] = Cell(words, given.address)
    code = found["code"].upper()
    unchanged = code == _row_check({name: cell.text for name, cell in values.items()})
    return MarkedRow(FilledRow(values, row.address), code, unchanged, _marked(found, "").state)


def _row_check(values: Mapping[str, str]) -> str:
    return check_of(" ".join(_in_order(values)))


def _in_order(values: Mapping[str, str]) -> Iterator[str]:
    return (values[name] for name in sorted(values))


def _plain(words: str) -> str:
    return _NOT_WORDS.sub(" ", folded(words)).strip()
