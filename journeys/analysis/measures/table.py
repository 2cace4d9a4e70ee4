"""The result of an analysis: a table with its n, what was left out, and the claims behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from journeys.analysis.claims.selection import LeftOut
from journeys.model.lens import Lens
from journeys.model.result import Result
from journeys.store.queries.ask import Table


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line: a value a column (None where it is not defined), and the ids of the claims it rests on, sorted."""

    values: tuple[Any, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class MeasureTable(Result):
    """One table of an analysis. ``columns`` are names with what each means (range, unit); ``n`` how many of what.

    ``method`` says how it was computed and by whom the method is (author, year); ``notes`` what a reader must know
    before quoting a number: a small n, a tie, a value that is not defined, a seed. ``csv`` is the text of the csv file
    where another program says what has to be in it.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    rows: tuple[MeasureRow, ...]
    n: Mapping[str, int]
    method: str
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    csv: str | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """All claims that the table rests on, sorted."""
        return tuple(sorted({claim for row in self.rows for claim in row.claims}))

    def worded(self, lens: Lens) -> MeasureTable:
        """The table in the words of a study's lens: "on air quality", not "on ethnicity"."""
        columns = {lens.column(name): lens.in_words(meaning) for name, meaning in self.columns.items()}
        notes = tuple(map(lens.in_words, self.notes))
        words = lens.in_words
        return replace(self, title=words(self.title), columns=columns, method=words(self.method), notes=notes)

    def as_table(self) -> Table:
        """Its columns and rows alone."""
        return Table(tuple(self.columns), tuple(row.values for row in self.rows))

    def as_dict(self) -> dict[str, Any]:
        """The table for JSON: rows as mappings, each with ``claims``."""
        return {
            "name": self.name,
            "title": self.title,
            "columns": dict(self.columns),
            "n": dict(self.n),
            "rows": [
                dict(zip(self.columns, row.values, strict=True)) | {"claims": list(row.claims)} for row in self.rows
            ],
            "left_out": [each.as_dict() for each in self.left_out],
            "notes": list(self.notes),
            "method": self.method,
        }


SMALL = 10
"""The number of cases below which a table warns that a share or rank means little."""


def small_n(n: int, what: str) -> tuple[str, ...]:
    """A note where ``n`` is small; none where it is not, or where there is nothing to be read."""
    return (f"The number of {what} is only {n}: read shares and ranks with care.",) if 0 < n < SMALL else ()
