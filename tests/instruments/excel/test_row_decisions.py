"""The workbook in which rows of the summary tables are closed and reopened, filled in and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from journeys.instruments.excel.coding_decisions import CODING_DECISIONS
from journeys.instruments.excel.row_decisions import ROW_DECISIONS, RowDecision, read_row_decisions, write_row_decisions
from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem
from tests.instruments.excel.test_rows_gone import delete_row

LINES = [{"row": "T1-07", "words": "Seven", "evidence": "North: none yet"}, {"row": "T1-10", "words": "Ten"}]


@pytest.fixture
def decided(tmp_path: Path) -> Any:
    """Writes the workbook, fills cells in, and gives what is read and what is said."""

    def fill(cells: dict[str, Any], change: Any = None) -> tuple[list[RowDecision], list[str]]:
        path = tmp_path / "rows.xlsx"
        write_row_decisions(path, LINES)
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book["Rows"][place] = value
        if change:
            change(book)
        book.save(path)
        problems: list[Problem] = []
        found = read_workbook(path, name="decisions/rows.xlsx", report=problems.append)
        return read_row_decisions(found, problems.append), [str(problem) for problem in problems]

    return fill


def test_an_untouched_workbook_decides_nothing(decided: Any) -> None:
    assert decided({}) == ([], [])


def test_decisions_come_back_with_their_cells(decided: Any) -> None:
    found, said = decided(
        {
            "D2": "Closed.", "E2": "AB", "F2": "5 March 2026", "G2": "Confirmed.",
            "A9": "t1-7", "D9": "re-open", "E9": "AB", "F9": "April 2026", "G9": "New interviews.",
        }
    )  # fmt: skip
    assert said == []
    assert [(each.row.text, each.closes, each.decided_by, each.decided_on.text, each.reason) for each in found] == [
        ("T1-07", True, "AB", "5 March 2026", "Confirmed."),
        ("t1-7", False, "AB", "April 2026", "New interviews."),
    ]
    assert str(found[0].address) == "decisions/rows.xlsx > Rows > D2"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"D2": "close", "E2": "AB", "F2": "May 2026"}, "Rows > D2: The decision does not say why. Write a reason"),
        ({"D2": "close", "E2": "AB", "G2": "Why"}, "Rows > D2: The decision does not say when it was decided."),
        ({"D2": "close", "F2": "May 2026", "G2": "Why"}, "Rows > D2: The decision does not say who decided."),
        ({"D2": "perhaps"}, "Rows > D2: 'perhaps' is not a decision. Write close or reopen."),
        ({"G2": "Because"}, "Rows > G2: The line has no decision. Choose close or reopen under Decision."),
        ({"A2": None, "D2": "close"}, "Rows > D2: The decision does not say which row it is about."),
    ],
)
def test_what_cannot_be_used_is_said(decided: Any, cells: dict[str, Any], says: str) -> None:
    found, said = decided(cells)
    assert found == []
    assert len(said) == 1
    assert says in said[0]


DECIDED = {"D2": "close", "E2": "AB", "F2": "5 March 2026", "G2": "Why", "D3": "close", "E3": "AB", "F3": "May 2026",
           "G3": "Also"}  # fmt: skip


def test_a_deleted_row_takes_no_other_with_it_and_comments_and_struck_words_are_said(decided: Any) -> None:
    found, said = decided(DECIDED, lambda book: delete_row(book["Rows"], 2))
    assert ([each.row.text for each in found], said) == (["T1-10"], [])

    def commented(book: Any) -> None:
        book["Rows"]["D3"].comment = Comment("not agreed yet", "CD")
        book["Rows"]["G2"].font = Font(strike=True)

    found, said = decided(DECIDED, commented)
    assert [each.row.text for each in found] == ["T1-10"]
    assert [told.split(": ")[0] for told in sorted(said)] == [
        "decisions/rows.xlsx > Rows > D2",  # says no reason now
        "decisions/rows.xlsx > Rows > D3",
        "decisions/rows.xlsx > Rows > G2",
    ]


def test_decisions_below_a_heading_row_that_was_deleted_are_not_lost_in_silence(decided: Any) -> None:
    found, said = decided(DECIDED, lambda book: delete_row(book["Rows"], 1))
    assert found == []
    (told,) = said
    assert "has no table of rows to decide on any more" in told


def test_each_kind_of_workbook_is_told_by_its_mark_or_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_row_decisions(path, LINES)

    def kinds() -> tuple[bool, bool]:
        book = read_workbook(path, name="d.xlsx", report=print)
        return ROW_DECISIONS.is_kind_of(book), CODING_DECISIONS.is_kind_of(book)

    assert kinds() == (True, False)
    book = openpyxl.load_workbook(path)
    book.custom_doc_props = openpyxl.packaging.custom.CustomPropertyList()
    book.save(path)
    assert kinds() == (True, False)
    book["Rows"].title = "Shopping"
    book.save(path)
    assert kinds() == (False, False)
