"""A report in a terminal: its text, its tables, and its endnotes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from journeys.views.reports.model import (
    Block,
    Bullets,
    Captions,
    Endnotes,
    Figure,
    Heading,
    Paragraph,
    Report,
    Table,
    numbered,
    plain,
)
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized


class ReportView:
    """A report as text."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, each block, and the endnotes."""
        endnotes, captions = numbered(self._report), Captions()
        yield Text(sanitized(self._report.title), style="bold")
        yield Text(sanitized(self._report.subtitle), style="dim")
        for block in self._report.blocks:
            yield Text()
            yield from _block(block, endnotes, captions)
        for number, note in endnotes:
            if number == 1:
                yield Text("\nSources", style="bold underline")
            yield Text(f"{number}. {sanitized(note.words)}")


def _block(block: Block, endnotes: Endnotes, captions: Captions) -> Iterator[RenderableType]:
    match block:
        case Heading():
            yield Text(sanitized(block.words), style="bold underline" if block.level == 1 else "bold")
        case Paragraph():
            yield Text(sanitized(plain(block.line, endnotes)), style="dim" if block.style == "quiet" else "")
        case Bullets():
            yield from (Text(f"- {sanitized(plain(each, endnotes))}") for each in block.lines)
        case Table(rows=()):
            yield Text(sanitized(block.empty), style="dim")
        case Table():
            yield Text(sanitized(captions.caption(block)), style="dim")
            rows = [
                ["; ".join(sanitized(plain(each, endnotes)) for each in cell) for cell in row] for row in block.rows
            ]
            yield FittingTable([column.heading for column in block.columns], rows)
        case Figure():
            yield Text(f"{sanitized(captions.caption(block))} {sanitized(block.alt)}", style="dim")
