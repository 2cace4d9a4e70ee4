"""What the program itself prints into a form: recognised by its wording, whatever became of styles and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.definition import FormatName, Instrument
from journeys.instruments.excel.question_columns import QUESTION_COLUMNS
from journeys.instruments.excel.write import help_of
from journeys.instruments.guidance import POINTER, guidance
from journeys.instruments.text.document import Heading, Hint, Identity, identity, prose
from journeys.model.identity import folded
from journeys.model.resources import resource_folder
from journeys.model.schema import Schema, load_schema

FORMER = "instruments/former_help.txt"
"""The help that earlier versions printed, a line each: forms are filled in for years."""
_FORMATS: tuple[FormatName, ...] = ("xlsx", "docx", "yaml", "txt")
_PIECE = 40
"""Letters that a piece of a wrapped line of help has at least; shorter ones could be anybody's words."""
_NOT_WORDS = re.compile(r"[\W_]+")


class OwnWords:
    """The help and headings of one instrument's forms."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = frozenset(filter(None, map(_plain, lines)))
        self._all = "\n".join(f" {line} " for line in sorted(self._lines))
        self._last = ""

    def __contains__(self, words: str) -> bool:
        """Whether every line of ``words`` is one that the program prints."""
        lines = [plain for line in words.split("\n") if (plain := _plain(line))]
        return bool(lines) and (all(line in self._lines for line in lines) or " ".join(lines) in self._lines)

    def has_piece(self, line: str) -> bool:
        """Whether a line of a text file is a piece of the help, as it was wrapped; ask line by line, in their order."""
        plain = _plain(line.lstrip("# "))
        goes_on = bool(self._last) and f" {self._last} {plain} " in self._all
        long_enough = len(plain) >= _PIECE and f" {plain} " in self._all
        is_own = bool(plain) and (plain in self._lines or goes_on or long_enough)
        self._last = f"{self._last} {plain}" if goes_on else plain if is_own else ""
        return is_own


def own_words(instrument: Instrument, schema: Schema) -> OwnWords:
    """What forms of this instrument print, in any format and in earlier versions, apart from questions and headings
    of tables.
    """
    return OwnWords((*_printed(instrument, schema), *_former()))


def cell_comments(instrument: Instrument) -> OwnWords:
    """What the program writes into the comments of a workbook's cells."""
    fields = [help_of(field) for field in instrument.fields()]
    asks = [f"Worth noting: {', '.join(q.ask.worth_noting)}." for q in instrument.questions() if q.ask]
    helps = [column.help for section in instrument.tables for column in section.columns]
    helps += [column.help for column in (*QUESTION_COLUMNS, *CLAIM_COLUMNS)]
    return OwnWords((*fields, *(line for each in fields for line in each.split("\n")), *asks, *helps, *_former()))


def _printed(instrument: Instrument, schema: Schema) -> Iterator[str]:
    yield from (instrument.title, identity(instrument), POINTER)
    yield from (section.instruction for section in instrument.sections)
    for vocabulary in (schema, load_schema()):
        for block in prose(instrument, vocabulary, None, "docx"):
            if isinstance(block, Hint | Identity) or (isinstance(block, Heading) and block.level == 0):
                yield block.words
    for format_ in _FORMATS:
        for title, lines in guidance(instrument, format_):
            yield title
            yield from lines


@cache
def _former() -> tuple[str, ...]:
    return tuple((resource_folder("schema") / FORMER).read_text(encoding="utf-8").splitlines())


def _plain(words: str) -> str:
    """Words without signs: programs change quotation marks, dashes, bullets and spaces."""
    return _NOT_WORDS.sub(" ", folded(words)).strip()
