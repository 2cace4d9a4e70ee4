"""Marks such as ``{{ask 16 site=North | table}}``: how they are written, and what is wrong with one that is not."""

from __future__ import annotations

import shlex
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from journeys.model.phrases import one_of
from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean
from journeys.views.reports.model import Line, Run

SHAPES: Mapping[str, tuple[str, ...]] = {
    "trace": ("summary", "figure", "timeline", "steps", "sources", "disagreements", "supporters", "contesters"),
    "ask": ("table", "count", "list"),
    "analyse": ("table", "figure", "count"),
    "row": ("standing",),
}
"""What each kind of mark can become; the first where none is named."""
BLOCKS = ("figure", "timeline", "table")
"""What stands in a paragraph of its own."""
_QUOTES = str.maketrans("\u201c\u201d\u201e\u2018\u2019", '"""\'\'')
_EXAMPLE = "Write one such as {{trace D07 summary}}."


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its text, the command, what it is about, names with values, and what it becomes.

    ``wrong`` says what is wrong with one that cannot be read.
    """

    written: str
    command: str = ""
    words: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    shape: str = ""
    wrong: str = ""

    @property
    def is_block(self) -> bool:
        """Whether it becomes a table or a figure, which stand by themselves."""
        return self.shape in BLOCKS


def pieces(text: str) -> Iterator[str | Mark]:
    """A text as plain pieces and marks, in their order; braces that do not close are a mark that is wrong."""
    for start, end, mark in _found(text):
        yield mark or text[start:end]


def parts_of(line: Line) -> Iterator[tuple[str | Mark, Run]]:
    """The plain pieces and marks of a line, each with the run that it stands in, or that it begins in: a mark may have
    been broken in two when the file was edited."""
    runs = [(run, len(run.words)) for run in line if run.words]
    ends = [*accumulate(length for _, length in runs)]
    for start, end, mark in _found("".join(run.words for run, _ in runs)):
        at = bisect_right(ends, start)
        if mark is not None:
            yield mark, runs[at][0]
            continue
        while start < end:
            run, length = runs[at]
            first = start - (ends[at] - length)
            words = run.words[first : first + end - start]
            yield words, run
            start, at = start + len(words), at + 1


def braces(text: str) -> Iterator[tuple[int, int]]:
    """Where each ``{{...}}`` of a text begins and ends, in one pass, however many are never closed."""
    end = 0
    while (opened := text.find("{{", end)) >= 0 and (closed := text.find("}}", opened + 2)) >= 0:
        end = closed + 2
        yield opened, end


def _found(text: str) -> Iterator[tuple[int, int, Mark | None]]:
    """Where the pieces of a text begin and end, with the mark that stands there."""
    end = 0
    for opened, closed in braces(text):
        if end < opened:
            yield from _plain(text, end, opened)
        yield opened, closed, read_mark(text[opened + 2 : closed - 2])
        end = closed
    if end < len(text):
        yield from _plain(text, end, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, Mark | None]]:
    opened = text.find("{{", start, end)
    if opened != start:
        yield start, end if opened < 0 else opened, None
    if opened >= 0:
        behind = text[opened + 2 : end]
        yield opened, end, Mark(behind.strip()[:60], wrong="The mark is not closed. Write }} behind it.")


def read_mark(written: str) -> Mark:
    """A mark from what stands between its braces."""
    try:
        return _read(written)
    except UsageProblem as problem:
        return Mark(written.strip(), wrong=str(problem))


def _read(written: str) -> Mark:
    said, _, shape = written.translate(_QUOTES).partition("|")
    try:
        words = shlex.split(said.replace("\\", "\\\\"))
    except ValueError:
        raise UsageProblem("A quotation mark is missing. Put names of several words between two.") from None
    if not words:
        raise UsageProblem(f"The mark is empty. {_EXAMPLE}")
    command, rest = words[0].casefold(), words[1:]
    if command not in SHAPES:
        meant = did_you_mean(command, SHAPES)
        raise UsageProblem(f"{words[0]!r} is not a mark.{meant} A mark begins with {one_of(SHAPES)}.")
    given = {name: value for name, equals, value in (word.partition("=") for word in rest) if equals}
    about = [word for word in rest if "=" not in word]
    shape = shape.strip().casefold()
    if not shape and len(about) > 1 and about[-1].casefold() in SHAPES[command]:
        shape = about.pop().casefold()
    shape = shape or SHAPES[command][0]
    if shape not in SHAPES[command]:
        meant = did_you_mean(shape, SHAPES[command])
        raise UsageProblem(f"{command} cannot be shown as {shape!r}.{meant} Write {one_of(SHAPES[command])}.")
    if not about:
        raise UsageProblem(f"The mark does not say what it is about. {_EXAMPLE}")
    return Mark(written.strip(), command, tuple(about), given, shape)
