"""The workbook of disagreements, filled in as a third person does and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from journeys.instruments.excel.coding_decisions import (
    CODING_DECISIONS,
    Decision,
    Disagreement,
    read_decisions,
    write_decisions,
)
from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem

ROWS = [
    Disagreement("int-SS", "6.10", "Service data", "XY", "we had the data", "YZ", None, "", ("claim:a", "claim:b")),
    Disagreement("int-SS", "8.8", "Uses", "YZ", "it was used", "XY", "it was used then", "8.1, 8.10", ("claim:c",)),
]
DECISION, INSTEAD, BY, ON, REASON, CODINGS = "IJKLMN"


@pytest.fixture
def decided(tmp_path: Path) -> Any:
    """Writes the workbook, fills cells in, and gives what is read and what is said."""

    def fill(cells: dict[str, Any], change: Any = None) -> tuple[list[Decision], list[str]]:
        path = tmp_path / "coding.xlsx"
        write_decisions(path, ROWS)
        book = openpyxl.load_workbook(path)
        for place, value in cells.items():
            book["Disagreements"][place] = value
        if change:
            change(book)
        book.save(path)
        problems: list[Problem] = []
        book = read_workbook(path, name="decisions/coding.xlsx", report=problems.append)
        found = read_decisions(book, problems.append)
        return found, [str(problem) for problem in problems]

    return fill


def test_what_is_to_be_decided_stands_in_the_workbook(tmp_path: Path) -> None:
    write_decisions(tmp_path / "d.xlsx", ROWS)
    sheet = openpyxl.load_workbook(tmp_path / "d.xlsx")["Disagreements"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)]
    assert rows[0][:9] == [
        "Interview", "Code", "Label", "Coded by", "Passage", "Not by", "Passage of the others", "Codes of the others",
        "Decision",
    ]  # fmt: skip
    assert rows[2][:8] == ["int-SS", "8.8", "Uses", "YZ", "it was used", "XY", "it was used then", "8.1, 8.10"]
    assert sheet["B2"].value == "6.10"
    assert sheet["B2"].number_format == "@"


def test_an_untouched_workbook_decides_nothing(decided: Any) -> None:
    assert decided({}) == ([], [])


def test_decisions_come_back(decided: Any) -> None:
    found, said = decided(
        {
            "I2": "the code does not apply", "K2": "AB", "L2": "5 March 2026", "M2": "Only mentioned.",
            "I3": "Yes", "K3": "AB",
        }
    )  # fmt: skip
    assert said == []
    first, second = found
    assert (first.codings, first.applies, first.decided_by) == (("claim:a", "claim:b"), False, "AB")
    assert (first.decided_on, first.reason) == ("5 March 2026", "Only mentioned.")
    assert str(first.address) == "decisions/coding.xlsx > Disagreements > I2"
    assert (second.codings, second.applies, second.reason) == (("claim:c",), True, None)


def test_a_code_instead_means_that_this_one_does_not_apply(decided: Any) -> None:
    ((decision,), said) = decided({"J2": "6.11", "K2": "AB"})
    assert said == []
    assert not decision.applies
    assert decision.instead.text == "6.11"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"I2": "maybe", "K2": "AB"}, "decisions/coding.xlsx > Disagreements > I2: 'maybe' is not a decision."),
        ({"I2": "applies"}, "I2: The decision does not say who decided."),
        ({"I2": "applies", "J2": "6.1", "K2": "AB"}, "J2: The row says that the code applies, and names '6.1' instead"),
        ({"K2": "AB"}, "decisions/coding.xlsx > Disagreements > K2: The row has no decision."),
        ({"I2": "applies", "K2": "AB", "N2": None}, "The row does not say which codings it is about"),
    ],
)
def test_what_cannot_be_used_is_told(decided: Any, cells: dict[str, Any], says: str) -> None:
    found, said = decided(cells)
    assert found == []
    assert len(said) == 1
    assert says in said[0]


def test_columns_may_be_moved_and_the_sheet_renamed(decided: Any) -> None:
    def moved(book: Any) -> None:
        sheet = book["Disagreements"]
        sheet.delete_cols(3)  # the label
        sheet.title = "disagreements"

    found, said = decided({"I3": "applies", "K3": "AB"}, moved)
    assert [decision.codings for decision in found] == [("claim:c",)], said
    assert [line for line in said if "error" in line] == []


def test_another_workbook_is_none_of_these(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Shopping"
    book.save(tmp_path / "x.xlsx")
    assert not CODING_DECISIONS.is_kind_of(read_workbook(tmp_path / "x.xlsx", name="x.xlsx", report=print))
