"""The workbook in which a team says who follows what up, by when, and what came of it: decisions/follow-ups.xlsx."""

from __future__ import annotations

from dataclasses import dataclass

from journeys.instruments.answers import FilledRow
from journeys.instruments.columns import OutColumn
from journeys.instruments.excel.decision_book import DecisionBook
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.workbook import Workbook
from journeys.model.problems import Address, Problem, Report

WHAT, KIND, CASE, FROM, OWNER, DUE, STATE, WORD, ID = (
    "what", "kind", "case", "from", "owner", "due", "state", "word", "id",
)  # fmt: skip
TYPED = (OWNER, DUE, STATE, WORD)
"""The columns that people fill in."""
STATES = ("open", "in progress", "closed")

FOLLOW_UPS = DecisionBook(
    "follow_ups",
    "Follow-ups",
    (
        OutColumn(WHAT, "To follow up", "For reading only.", 52),
        OutColumn(KIND, "Kind", "For reading only.", 14),
        OutColumn(CASE, "Case study", "For reading only.", 18),
        OutColumn(FROM, "Written in", "The form and the place in it. For reading only.", 26),
        OutColumn(OWNER, "Owner", "Initials: who follows it up.", 9),
        OutColumn(DUE, "Due", "The date by which it should be done, such as 5 March 2026.", 15, as_typed=True),
        OutColumn(STATE, "State", "Choose from the list. Empty: open.", 12, STATES, True),
        OutColumn(WORD, "Closing word", "What came of it. Needed where the state is closed.", 34),
        OutColumn(ID, "Follow-up (do not change)", "By this the program finds it again.", 16, as_typed=True),
    ),
    frozenset({STATE, ID}),
    "follow-ups",
    "journeys report follow-ups --decisions",
)


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """What people wrote about one follow-up, cell by cell."""

    id: str
    what: str
    cells: dict[str, Cell]
    address: Address


def read_follow_ups(book: Workbook, report: Report) -> list[FollowUpRow]:
    """The rows of a workbook of this kind in which somebody wrote something.

    Reported: a row that does not say what it is about.
    """
    return [made for row in FOLLOW_UPS.rows(book, report) if (made := _row(row, report)) is not None]


def _row(row: FilledRow, report: Report) -> FollowUpRow | None:
    cells = {name: row.values[name] for name in TYPED if name in row.values}
    if not cells:
        return None
    what = row.values[WHAT].text if WHAT in row.values else ""
    if ID not in row.values:
        message = "The row does not say which follow-up it is about: the last column is empty."
        remedy = f"Run `{FOLLOW_UPS.command}` and copy what you wrote into the row of that follow-up."
        report(Problem("missing_value", row.address, message, remedy))
        return None
    return FollowUpRow(row.values[ID].text.strip(), what, cells, next(iter(cells.values())).address)
