"""One worksheet of a workbook that has been read: its rows and cells, and what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journeys.instruments.files.cells import Cell, Row, Value, column_letters, split_reference
from journeys.instruments.files.sheet_extras import Comment
from journeys.instruments.files.workbook_parts import Area
from journeys.model.problems import Address, Problem


@dataclass(slots=True)
class Sheet:
    """One worksheet. ``hidden`` is whether Excel shows it; ``merged`` are its merged areas; ``comments`` are not read
    as values, and whoever reads the sheet says so (``report_comments``). ``margins`` are its page headers and footers,
    each with the name of its place."""

    name: str
    hidden: bool
    origin: Address
    merged: tuple[Area, ...] = ()
    comments: list[Comment] = field(default_factory=list)
    margins: list[tuple[str, str]] = field(default_factory=list)
    _rows: list[Sequence[Value]] = field(default_factory=list, repr=False)

    @property
    def last_row(self) -> int:
        """The number of the last row that holds something; 0 for an empty sheet."""
        return len(self._rows)

    def rows(self, start: int = 1) -> Iterator[Row]:
        """The rows that hold something, from row ``start`` on."""
        for number in range(start, len(self._rows) + 1):
            if values := self._rows[number - 1]:
                yield Row(values, number, self.origin)

    def row(self, number: int) -> Row:
        """Row ``number`` (from 1), empty when it holds nothing."""
        return Row(self._rows[number - 1] if 0 < number <= len(self._rows) else (), number, self.origin)

    def cell(self, reference: str) -> Cell:
        """The cell "C7". Raises ValueError when ``reference`` is none."""
        place = split_reference(reference)
        if place is None:
            raise ValueError(f"{reference!r} is not a cell reference")
        return self.row(place[0]).cell(place[1])

    def put(self, row: int, column: int, value: Value) -> None:
        """Change what a cell that holds something holds."""
        values = list(self._rows[row - 1])
        values[column] = value
        while values and values[-1] is None:
            values.pop()
        self._rows[row - 1] = values

    def merged_below(self, header_row: int) -> Iterator[Problem]:
        """A problem for each merged area below a table's header: only the first of its cells has a value."""
        for area in self.merged:
            if area.bottom > header_row:
                first = f"{column_letters(area.left)}{area.top}"
                place = f"{first}:{column_letters(area.right)}{area.bottom}"
                message = f"the cells {place} are merged; their value was read for {first} only."
                remedy = "Unmerge them and write the value in each row it belongs to."
                yield Problem("merged_cells", self.origin.at(place), message, remedy)
