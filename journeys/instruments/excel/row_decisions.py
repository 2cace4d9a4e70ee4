"""The workbook in which rows of the summary tables are closed and reopened: decisions/summary-tables.xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import OutColumn
from journeys.instruments.excel.decision_book import (
    DECIDED_BY,
    DECIDED_ON,
    OUT_COLUMNS,
    REASON,
    DecisionBook,
    says_all,
)
from journeys.instruments.files.cells import Cell, Value
from journeys.instruments.files.workbook import Workbook
from journeys.model.identity import folded
from journeys.model.problems import Address, Problem, Report, Severity

CLOSE, REOPEN = "close", "reopen"
ROW, WORDS, EVIDENCE, DECISION = "row", "words", "evidence", "decision"
_SAYS = {
    **dict.fromkeys((CLOSE, "closed", "close it", "close the row"), CLOSE),
    **dict.fromkeys((REOPEN, "reopened", "re-open", "open", "open again", "reopen it"), REOPEN),
}

ROW_DECISIONS = DecisionBook(
    "row_decisions",
    "Rows",
    (
        OutColumn(ROW, "Row", "Its id. To decide about a row again, add a line with its id.", 9, as_typed=True),
        OutColumn(WORDS, "As the tables say", "For reading only.", 50),
        OutColumn(EVIDENCE, "Evidence when this was written", "For reading only.", 34),
        OutColumn(DECISION, "Decision", "Left empty, nothing is decided.", 12, (CLOSE, REOPEN), True),
        *OUT_COLUMNS,
    ),
    frozenset({ROW, DECISION}),
    "rows to decide on",
    "journeys report summary-tables --decisions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowDecision:
    """A row closed or reopened: who decided it, when (as written) and why."""

    row: Cell
    closes: bool
    decided_by: str
    decided_on: Cell
    reason: str
    address: Address


def read_row_decisions(book: Workbook, report: Report) -> list[RowDecision]:
    """The decisions in a workbook of this kind; lines in which nothing is decided are left out.

    Reported, at their cells: words that are no decision; a decision without its row, initials, date or reason.
    """
    found = (_decision(row, report) for row in ROW_DECISIONS.rows(book, report))
    return [each for each in found if each is not None]


def write_row_decisions(path: Path, rows: Iterable[Mapping[str, Value]], *, notice: str | None = None) -> None:
    """Write the lines, by the ids of the columns. Raises OSError, JourneysError for what Excel cannot hold."""
    ROW_DECISIONS.write(path, rows, notice=notice)


def _decision(row: FilledRow, report: Report) -> RowDecision | None:
    given = row.values
    said = given.get(DECISION)
    if said is None:
        if cell := next((given[name] for name in (DECIDED_BY, DECIDED_ON, REASON) if name in given), None):
            remedy = f"Choose {CLOSE} or {REOPEN} under Decision."
            report(Problem("no_decision", cell.address, "The line has no decision.", remedy, Severity.WARNING))
        return None
    way = _SAYS.get(folded(said.text).strip(" ."))
    if way is None:
        message = f"{said.text!r} is not a decision."
        report(Problem("bad_value", said.address, message, f"Write {CLOSE} or {REOPEN}."))
        return None
    if ROW not in given:
        message, remedy = "The decision does not say which row it is about.", "Write the id of the row, such as T1-07."
        report(Problem("missing_value", said.address, message, remedy))
        return None
    if not says_all(row, {DECIDED_BY, DECIDED_ON, REASON}, said.address, report):
        return None
    return RowDecision(
        given[ROW], way == CLOSE, given[DECIDED_BY].text, given[DECIDED_ON], given[REASON].text, said.address
    )
