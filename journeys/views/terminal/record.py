"""A record in a terminal: a filled-in form, a person, a meeting, a source, as a person would read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from journeys.analysis.reading.record import Entry, Record, Section
from journeys.model.phrases import as_typed
from journeys.views.reading import heading_of, notes_of, quoted
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized

SHOWN = 200
"""So many entries of a section are shown in a terminal, its headings not counted; a file has all."""

_DIM, _BOLD = "dim", "bold"


def record_view(record: Record, *, all_of_it: bool = False) -> RenderableType:
    """The record, to be printed by a rich console. Long sections are cut, and say so, unless ``all_of_it``."""
    return _RecordView(record, None if all_of_it else SHOWN)


class _RecordView:
    def __init__(self, record: Record, most: int | None) -> None:
        self._record, self._most = record, most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from _Page(self._record, Terminal.of(console, options), self._most).lines()


class _Page:
    def __init__(self, record: Record, terminal: Terminal, most: int | None) -> None:
        self._record, self._terminal, self._most = record, terminal, most
        self._left: int | None = None
        self._known = (record.subject.id, record.own_source)

    def lines(self) -> Iterator[Text]:
        """Every line, from the title to what else there is to see."""
        record = self._record
        yield from self._line(0, (sanitized(record.title), _BOLD))
        yield from self._line(0, sanitized(record.kind))
        for fact in record.facts:
            yield from self._entry(fact, 0)
        for section in record.sections:
            yield from self._section(section)
        if record.see:
            yield Text()
        for command, ref, what in record.see:
            yield from self._line(0, (f"`{command} {as_typed(ref)}` shows {what}.", _DIM))

    def _section(self, section: Section) -> Iterator[Text]:
        yield Text()
        yield from self._line(0, (sanitized(section.title), "bold underline"))
        if section.note:
            yield from self._line(2, (sanitized(section.note), _DIM))
        self._left = self._most
        yield from self._entries(section.entries, 2)
        left_out = sum(map(_size, section.entries)) - self._most if self._most is not None else 0
        if left_out > 0:
            words = "1 more entry" if left_out == 1 else f"{left_out:,} more entries"
            yield from self._line(2, (f"{self._terminal.ellipsis} and {words}: add -o FILE to see all.", _DIM))

    def _entries(self, entries: Sequence[Entry], indent: int) -> Iterator[Text]:
        for number, entry in enumerate(entries):
            if self._left == 0:
                return
            if number and entry.kind == "question" and indent <= 2:
                yield Text()
            yield from self._entry(entry, indent)
            if self._left is not None and not _is_heading(entry):
                self._left -= 1

    def _entry(self, entry: Entry, indent: int) -> Iterator[Text]:
        if entry.kind == "fact":
            yield from self._line(indent, (f"{sanitized(entry.heading)}: ", _BOLD), sanitized(entry.text))
            return
        if entry.kind in ("question", "heading"):
            yield from self._line(indent, (sanitized(entry.heading), _BOLD))
            if entry.status == "not_asked" and not entry.entries:
                yield from self._line(indent + 2, ("Not answered.", _DIM))
            yield from self._entries(entry.entries, indent + 2)
            return
        heading = sanitized(heading_of(entry, self._record.subject))
        words = sanitized(entry.text)
        said = f"“{words}”" if words and quoted(entry) else words
        if entry.kind == "claim":
            yield from self._line(indent, heading)
            if said:
                yield from self._line(indent + 2, said)
        else:
            lead = f"{entry.speaker}: " if entry.speaker else ""
            yield from self._line(indent, sanitized(lead) + (" " if lead else "") + said)
        for note in notes_of(entry, self._known):
            yield from self._line(indent + 2, (sanitized(note), _DIM))

    def _line(self, indent: int, *parts: tuple[str, str] | str) -> Iterator[Text]:
        return self._terminal.lines(self._terminal.text(*parts), indent)


def _size(entry: Entry) -> int:
    """How many entries it is: those below a heading, or one."""
    return sum(map(_size, entry.entries)) if _is_heading(entry) else 1


def _is_heading(entry: Entry) -> bool:
    return entry.kind in ("question", "heading") and bool(entry.entries)
