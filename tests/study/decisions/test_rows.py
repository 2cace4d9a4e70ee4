"""The workbook in which rows are closed: written for a study, filled in, and written again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import journeys.study.decisions.rows
from journeys.analysis.reading.row_status import AtSite, RowStatus, TableStatus
from journeys.interpret.folder import open_folder
from journeys.model.problems import UsageProblem
from journeys.study.decisions.rows import write_row_decision_book


class Study:
    """As much of a study as the workbook needs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.id = open_folder(folder), "rows"

    def store(self) -> Any:
        from contextlib import nullcontext

        return nullcontext()


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    (tmp_path / "study.yaml").write_text("id: rows\ntitle: Rows\n", encoding="utf-8")
    none = {"n": AtSite("none yet")}
    rows = [RowStatus(each, "1", "emerging", f"Words of {each}", "", "", "", none) for each in ("T1-07", "T1-08")]
    found = TableStatus({"1": "One"}, {"n": "North"}, tuple(rows), True)
    monkeypatch.setattr(journeys.study.decisions.rows, "table_status", lambda *given: found)
    return Study(tmp_path)


def lines(path: Path) -> list[tuple[object, ...]]:
    return [*openpyxl.load_workbook(path)["Rows"].iter_rows(min_row=2, max_row=6, max_col=7, values_only=True)]


def fill(path: Path, **cells: object) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book["Rows"][place] = value
    book.save(path)


def test_it_is_written_once_with_a_line_for_each_row(study: Study) -> None:
    path = write_row_decision_book(study, again=False)  # type: ignore[arg-type]
    assert path == study.folder.path / "decisions" / "summary-tables.xlsx"
    none = (None,) * 4
    assert lines(path)[:3] == [
        ("T1-07", "Words of T1-07", "North: none yet", *none),
        ("T1-08", "Words of T1-08", "North: none yet", *none),
        (None,) * 7,
    ]
    assert write_row_decision_book(study, again=False) is None  # type: ignore[arg-type]


def test_written_again_it_keeps_every_decision_and_what_is_half_filled_in(study: Study) -> None:
    path = write_row_decision_book(study, again=False)  # type: ignore[arg-type]
    assert path is not None
    renamed = path.rename(path.with_name("closed rows.xlsx"))
    fill(renamed, D2="close", E2="AB", F2="5 March 2026", G2="Confirmed.", C2="as it was", A5="X9-01", G5="Why not?")
    assert write_row_decision_book(study, again=False) is None  # type: ignore[arg-type]
    assert write_row_decision_book(study, again=True) == renamed  # type: ignore[arg-type]
    assert lines(renamed) == [
        ("T1-07", "Words of T1-07", "as it was", "close", "AB", "5 March 2026", "Confirmed."),
        ("T1-07", "Words of T1-07", "North: none yet", None, None, None, None),
        ("T1-08", "Words of T1-08", "North: none yet", None, None, None, None),
        ("X9-01", None, None, None, None, None, "Why not?"),
        (None,) * 7,
    ]
    copies = [*(study.folder.path / "out" / "forms before an update").iterdir()]
    assert [each.name.split(" 20")[0] for each in copies] == ["closed rows"]


def test_it_is_not_written_again_where_words_would_be_lost(study: Study) -> None:
    path = write_row_decision_book(study, again=False)  # type: ignore[arg-type]
    assert path is not None
    fill(path, J3="a remark beside the table")
    with pytest.raises(UsageProblem, match="was not written again, because something in it is not read"):
        write_row_decision_book(study, again=True)  # type: ignore[arg-type]
    assert openpyxl.load_workbook(path)["Rows"]["J3"].value == "a remark beside the table"
