"""Matrices as tables: in a terminal, as csv, and as the sheets of a workbook with the form cells behind each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from journeys.analysis.actors.matrices import UNKNOWN, Matrix
from journeys.analysis.actors.site_matrices import SiteMatrices
from journeys.model.identity import short_id
from journeys.model.phrases import counted
from journeys.views.tables import Sheet, csv_text
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized, shortened
from journeys.views.wording import address_words

_NAME = 30
_TITLES = {"documents": "People and documents", "meetings": "People and meetings"}
NOTHING_SHOWN = "Nothing is recorded of this kind that may be shown."
CELL_COLUMNS = {
    "person": "the person or group",
    "thing": "the document, piece of evidence or meeting",
    "state": "as in the matrix",
    "means": "the state in words",
    "claims": "ids of the claims that it rests on",
    "addresses": "the form cells in which they were written",
}


class MatricesView:
    """Both matrices, words in the cells."""

    def __init__(self, found: SiteMatrices) -> None:
        self._found = found

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(sanitized(self._found.place), "bold")
        for matrix in _both(self._found):
            yield Text()
            yield Text(_TITLES[matrix.name], "bold")
            if not matrix.rows:
                yield Text(NOTHING_SHOWN if self._found.withheld else "Nothing of this kind is recorded.")
                continue
            yield FittingTable(
                ("person", *(shortened(head, _NAME) for head in _heads(self._found, matrix))),
                [[shortened(str(row[0]), _NAME), *row[2:]] for row in _rows(self._found, matrix)],
            )
            for state, words in matrix.states.items():
                yield Text(f"{state if state != UNKNOWN else '(empty)'}: {words}", "dim")
        for each in self._found.found.left_out:
            yield Text(f"Left out: {counted(len(each.claims), 'claim')}, {each.why}.", "dim")
        if self._found.withheld:
            yield Text(" ".join(self._found.withheld), "dim")


def matrix_csv(found: SiteMatrices, which: int = 0) -> str:
    """One matrix: 0 people by documents, 1 people by meetings. A line for each person, empty where nothing is known."""
    matrix = _both(found)[which]
    return csv_text(("person", "person_id", *_heads(found, matrix)), _rows(found, matrix))


def meetings_file(documents: Path) -> Path:
    """The file of people by meetings that lies beside that of people by documents."""
    return documents.with_name(f"{documents.stem}-meetings{documents.suffix}")


def matrix_sheets(found: SiteMatrices) -> list[Sheet]:
    """The sheets: each matrix, the cells with their claims, and what each state means."""
    both = _both(found)
    return [
        *(
            Sheet(_TITLES[each.name], ("person", "person_id", *_heads(found, each)), list(_rows(found, each)))
            for each in both
        ),
        Sheet("Cells", tuple(CELL_COLUMNS), [row for each in both for row in _cells(found, each)], CELL_COLUMNS),
        Sheet(
            "About",
            ("matrix", "state", "means"),
            [
                *((_TITLES[each.name], state, words) for each in both for state, words in each.states.items()),
                *(("Left out", why.why, counted(len(why.claims), "claim")) for why in found.found.left_out),
                *(("Left out", None, said) for said in found.withheld),
            ],
        ),
    ]


def _both(found: SiteMatrices) -> tuple[Matrix, Matrix]:
    return found.found.documents, found.found.meetings


def _heads(found: SiteMatrices, matrix: Matrix) -> list[str]:
    """The names of the columns; with the id where two are alike."""
    names = [sanitized(found.found.names[each]) for each in matrix.columns]
    times = Counter(["person", "person_id", *names])
    return [
        name if times[name] == 1 else f"{name} ({short_id(each)})"
        for name, each in zip(names, matrix.columns, strict=True)
    ]


def _rows(found: SiteMatrices, matrix: Matrix) -> Iterator[list[Any]]:
    for row in matrix.rows:
        states = (matrix.cell(row, column).state for column in matrix.columns)
        yield [found.found.names[row], row, *(None if state == UNKNOWN else state for state in states)]


def _cells(found: SiteMatrices, matrix: Matrix) -> Iterator[tuple[Any, ...]]:
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cell(row, column)
            if cell.claims:
                addresses = [address_words(found.claims[claim]) for claim in cell.claims]
                names = found.found.names
                yield names[row], names[column], cell.state, matrix.states[cell.state], list(cell.claims), addresses
