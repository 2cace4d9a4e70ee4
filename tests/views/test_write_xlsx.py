"""Workbooks of results: what looks like a formula is text, dates and numbers are what they are, nothing breaks it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from journeys.views.tables import Sheet, csv_text
from journeys.views.write_xlsx import workbook

HOSTILE = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "_x0041_",
    "a\x00b\x1b",
    "x" * 40_000,
    "é\u202e",
]


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(workbook([Sheet("=A", ("=1+1", "n"), [(text, 1) for text in HOSTILE])]))
    [sheet] = load_workbook(path).worksheets
    cells = [row[0] for row in sheet.iter_rows()]

    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[1:7]] == HOSTILE[:6]
    assert cells[8].value == "ab"
    assert len(str(cells[9].value)) == 32_767


def test_values_are_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    when = datetime(2011, 3, 5, 12, 30, tzinfo=UTC)
    row = (date(2011, 3, 5), when, 3, 2.5, True, None, ["a", "b"], {"k": 1}, float("nan"))
    path.write_bytes(workbook([Sheet("Values", [f"c{at}" for at in range(len(row))], [row], {"c0": "the day"})]))
    sheet = load_workbook(path)["Values"]
    read = [cell.value for cell in sheet[2]]

    assert read[0] == datetime(2011, 3, 5)
    assert read[1:] == [when.replace(tzinfo=None), 3, 2.5, "yes", None, "a; b", '{"k": 1}', "nan"]
    assert sheet["A1"].comment is not None
    assert sheet["A1"].comment.text == "the day"
    assert sheet.auto_filter.ref == "A1:I2"


CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.lists(st.text()))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_table_can_be_written(tmp_path: Path, rows: list[tuple[object, object]]) -> None:
    (tmp_path / "any.xlsx").write_bytes(workbook([Sheet("Any", ("a", "b"), rows)]))
    assert load_workbook(tmp_path / "any.xlsx")["Any"].max_row == len(rows) + 1
    csv_text(("a", "b"), rows)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@a"])
def test_csv_is_harmless_in_a_spreadsheet(text: str) -> None:
    value = csv_text(("a",), [(text,)]).splitlines()[1]
    assert value == (text if text == "+44" else f"'{text}")
