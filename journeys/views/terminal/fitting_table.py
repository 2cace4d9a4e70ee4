"""A table for a terminal of any width: no word is broken, and rows that cannot stand side by side become blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as RichTable
from rich.text import Text

from journeys.store.queries.ask import Table
from journeys.views.tables import shown
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized

_GAP = 2
"""Blanks between two columns."""

_DIM = "dim"


class FittingTable:
    """Columns side by side where the longest word of each fits; else a block of ``column: value`` lines for each row.

    Cells may hold anything; they are shown as text, and markup in them means nothing. Widths are counted in terminal
    cells, so that Chinese or Japanese text, which may be broken anywhere, takes two for each character.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
        self._columns = [sanitized(column) for column in columns]
        self._rows = [[sanitized(shown(value)) for value in row] for row in rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or a block of lines for each row."""
        widths = self.widths(options.max_width)
        if widths is not None:
            yield self._table(widths)
            return
        terminal = Terminal.of(console, options)
        if not self._rows:
            yield from terminal.lines(terminal.text(", ".join(filter(None, self._columns))))
        for number in range(len(self._rows)):
            if number:
                yield Text()
            yield from self.block(terminal, number)

    def widths(self, width: int) -> list[int] | None:
        """The width of each column in a line of ``width`` cells; None where a word would be broken.

        Narrow columns get what they need, and the wide ones share the rest evenly.
        """
        texts = [[name, *(row[at] for row in self._rows)] for at, name in enumerate(self._columns)]
        least = [max(map(_longest_word, column)) for column in texts]
        most = [max(map(cell_len, column)) for column in texts]
        left = width - _GAP * (len(texts) - 1)
        if sum(least) > left:
            return None
        widths = least
        for limit in range(1, max(most, default=0) + 1):
            wider = [max(low, min(high, limit)) for low, high in zip(least, most, strict=True)]
            if sum(wider) > left:
                break
            widths = wider
        spare = left - sum(widths)
        wanting = [at for at, high in enumerate(most) if widths[at] < high][:spare]
        return [width + (at in wanting) for at, width in enumerate(widths)]

    def block(self, terminal: Terminal, row: int) -> Iterator[Text]:
        """The lines of one row (counted from 0): its first value stands out, and empty cells are left out."""
        filled = [(name, words) for name, words in zip(self._columns, self._rows[row], strict=True) if words]
        for place, (name, words) in enumerate(filled):
            head = [(f"{name}: ", _DIM)] if name else []
            yield from terminal.lines(terminal.text(*head, (words, "" if place else "bold")), 2 if place else 0)

    def _table(self, widths: Sequence[int]) -> RichTable:
        made = RichTable(box=None, header_style="bold", pad_edge=False)
        for name, width in zip(self._columns, widths, strict=True):
            made.add_column(Text(name), width=width, overflow="fold")
        for row in self._rows:
            made.add_row(*map(Text, row))
        return made


def table_view(table: Table) -> FittingTable:
    """The answer to a query that a person wrote, for a terminal."""
    return FittingTable(table.columns, table.rows)


def _longest_word(text: str) -> int:
    return max((_unbroken(word) for word in text.split()), default=0)


def _unbroken(word: str) -> int:
    """The cells that a word needs on one line; a word of wide characters alone may be broken after each of them."""
    cells = cell_len(word)
    return 2 if cells == 2 * len(word) else cells
