"""Workbooks: values, addresses, names, and what a reader must be told about formulas, merges and hidden cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.files.workbook import Workbook, read_workbook
from journeys.instruments.files.workbook_parts import Area
from journeys.model.problems import Problem, Severity


def read(path: Path) -> tuple[Workbook, list[Problem]]:
    problems: list[Problem] = []
    return read_workbook(path, name=f"forms/{path.name}", report=problems.append), problems


def sheet_of(tmp_path: Path, fill: Callable[[Worksheet], object]) -> tuple[Workbook, list[Problem]]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Journey"
    fill(sheet)
    book.save(tmp_path / "t.xlsx")
    return read(tmp_path / "t.xlsx")


def test_values_come_with_their_kinds_and_addresses(tmp_path: Path) -> None:
    written = ["Zoë", 3, 2.5, True, date(2011, 3, 5), datetime(2011, 3, 5, 14, 30), "007", "שלום", " as written "]
    book, problems = sheet_of(tmp_path, lambda sheet: [sheet.cell(3, 2 + i, value) for i, value in enumerate(written)])
    [row] = book.sheets[0].rows()
    assert row.number == 3
    assert list(row.values) == [None, *written]
    assert [type(value) for value in row.values[1:]] == [type(value) for value in written]
    assert str(row.cell(1).address) == "forms/t.xlsx > Journey > B3"
    assert problems == []


def test_times_and_durations_are_text(tmp_path: Path) -> None:
    book, _ = sheet_of(tmp_path, lambda sheet: sheet.append([time(14, 30), timedelta(hours=30, minutes=5)]))
    assert list(book.sheets[0].row(1).values) == ["14:30:00", "30:05:00"]


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [("mmm-yy", "2011-03"), ('"since" mmmm yyyy', "2011-03"), ("yyyy", "2011"), ("dd/mm/yyyy", date(2011, 3, 1))],
)
def test_a_date_shown_without_its_day_has_no_day(tmp_path: Path, number_format: str, expected: str | date) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = date(2011, 3, 1)
        sheet["A1"].number_format = number_format

    book, _ = sheet_of(tmp_path, fill)
    assert book.sheets[0].cell("A1").value == expected


@pytest.mark.parametrize(
    ("number_format", "day", "value", "kind"),
    [
        ("d-mmm", date(2026, 3, 5), date(2026, 3, 5), "date_without_year"),
        ("dd/mm", date(2026, 3, 5), date(2026, 3, 5), "date_without_year"),
        ("[$-809]dddd d mmmm", date(2026, 3, 5), date(2026, 3, 5), "date_without_year"),
        ("mmmm", date(2026, 3, 5), date(2026, 3, 5), "date_without_year"),
        ("mmm-yy", date(2011, 3, 5), "2011-03", "date_shown_in_part"),
        ("yyyy", date(2011, 3, 5), "2011", "date_shown_in_part"),
        ("mmm yyyy", date(2010, 11, 1), "November 2010", None),  # "2010-11" would be two years to many
        ("d mmm yyyy", date(2011, 3, 5), date(2011, 3, 5), None),
        ("dd/mm/yy;@", date(2011, 3, 5), date(2011, 3, 5), None),
    ],
)
def test_a_date_shown_in_part_is_read_as_shown_or_said(
    tmp_path: Path, number_format: str, day: date, value: str | date, kind: str | None
) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C3"] = day
        sheet["C3"].number_format = number_format

    book, problems = sheet_of(tmp_path, fill)
    assert book.sheets[0].cell("C3").value == value
    assert [problem.kind for problem in problems] == ([kind] if kind else [])
    assert all(problem.address.cell == "C3" and problem.severity == "warning" for problem in problems)
    assert all(f"{day.day} " in problem.message and str(day.year) in problem.message for problem in problems)


def test_cells_are_found_by_reference_and_by_defined_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Who's who"
    sheet["C7"] = "general answer"
    targets = {"_ej.field.general": "'Who''s who'!$C$7", "area": "'Who''s who'!$A$1:$B$2", "gone": "#REF!$C$7"}
    for name, target in targets.items():
        book.defined_names[name] = DefinedName(name, attr_text=target, hidden=name.startswith("_"))
    book.custom_doc_props.append(StringProperty(name="instrument", value="document_extraction"))
    book.save(tmp_path / "t.xlsx")
    read_book, _ = read(tmp_path / "t.xlsx")
    cell = read_book.named_cell("_ej.field.general")
    assert cell is not None
    assert cell.value == "general answer"
    assert str(cell.address) == "forms/t.xlsx > Who's who > C7"
    assert read_book.names["area"] == Area("Who's who", 1, 0, 2, 1)
    assert "gone" not in read_book.names
    assert read_book.named_cell("gone") is None
    assert read_book.properties == {"instrument": "document_extraction"}
    found = read_book.sheet("WHO'S WHO")
    assert found is not None
    assert found.cell("C7") == cell
    assert found.cell("Z99").value is None
    with pytest.raises(ValueError, match="is not a cell reference"):
        found.cell("there")


def test_a_formula_without_a_stored_value_is_an_error(tmp_path: Path) -> None:
    book, [problem] = sheet_of(tmp_path, lambda sheet: sheet.append(["x", "=A1&1"]))
    assert list(book.sheets[0].row(1).values) == ["x"]
    assert problem.severity is Severity.ERROR
    assert str(problem.address) == "forms/t.xlsx > Journey > B1"
    assert "=A1&1" in problem.message
    assert problem.remedy == "Write the value itself."


def test_a_formula_with_a_stored_value_is_a_warning(tmp_path: Path) -> None:
    sheet_of(tmp_path, lambda sheet: sheet.append(["=20+2"]))
    stored = re.compile(rb"<v\s*/>|<v></v>")
    rewrite(tmp_path / "t.xlsx", "xl/worksheets/sheet1.xml", lambda xml: stored.sub(b"<v>22</v>", xml))
    book, [problem] = read(tmp_path / "t.xlsx")
    assert book.sheets[0].cell("A1").value == 22
    assert problem.severity is Severity.WARNING
    assert "(=20+2); its stored value '22' was read" in problem.message


def test_excel_errors_are_reported_and_read_as_nothing(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for reference, error in {"A1": "#N/A", "C2": "#REF!"}.items():
            sheet[reference] = error
            sheet[reference].data_type = "e"

    book, problems = sheet_of(tmp_path, fill)
    assert [(str(p.address.cell), p.kind) for p in problems] == [("A1", "excel_error"), ("C2", "excel_error")]
    assert "#REF!" in problems[1].message
    assert book.sheets[0].last_row == 0


def test_merged_cells_below_a_header_are_reported(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "A title over the table"
        sheet.merge_cells("A1:C1")
        sheet["A3"] = "council"
        sheet.merge_cells("A3:A5")

    book, problems = sheet_of(tmp_path, fill)
    assert problems == []
    [problem] = book.sheets[0].merged_below(2)
    assert str(problem.address) == "forms/t.xlsx > Journey > A3:A5"
    assert "for A3 only" in problem.message
    assert [row.number for row in book.sheets[0].rows()] == [1, 3]


def test_hidden_rows_columns_and_sheets_are_read_and_reported(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for _ in range(4):
        sheet.append(["a", "b", "c"])
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    for name in ("Old", "_lists"):
        other = book.create_sheet(name)
        other.sheet_state = "hidden"
        other["A1"] = "x"
    book.save(tmp_path / "t.xlsx")
    read_book, problems = read(tmp_path / "t.xlsx")
    assert [(p.address.sheet, p.address.cell) for p in problems] == [
        ("Sheet", "row 3"),
        ("Sheet", "column B"),
        ("Old", None),
    ]
    assert {p.severity for p in problems} == {Severity.WARNING}
    assert [sheet.hidden for sheet in read_book.sheets] == [False, True, True]
    assert read_book.sheets[0].cell("B3").value == "b"


@pytest.mark.thorough
def test_many_blank_formatted_rows_are_dropped_and_share_one_object(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Journey")
    blank = WriteOnlyCell(sheet)
    blank.fill = PatternFill("solid", fgColor="FFFF00")
    sheet.append(["when", "what"])
    for _ in range(20_000):
        sheet.append([blank, blank])
    sheet.append(["2011", "stray"])
    for _ in range(20_000):
        sheet.append([blank, blank])
    book.save(tmp_path / "t.xlsx")
    read_book, problems = read(tmp_path / "t.xlsx")
    assert read_book.sheets[0].last_row == 20_002
    assert [row.number for row in read_book.sheets[0].rows()] == [1, 20_002]
    assert len({id(row) for row in read_book.sheets[0]._rows}) == 3
    assert problems == []


def test_control_characters_are_left_out_and_reported(tmp_path: Path) -> None:
    book, [problem] = sheet_of(tmp_path, lambda sheet: sheet.append(["a_x0007_b"]))
    assert book.sheets[0].cell("A1").value == "ab"
    assert str(problem.address) == "forms/t.xlsx > Journey > A1"


def test_accents_are_compared_composed(tmp_path: Path) -> None:
    book, _ = sheet_of(tmp_path, lambda sheet: sheet.append(["Jose\u0301\u00a0Ruiz "]))
    assert book.sheets[0].cell("A1").value == "Jose\u0301\u00a0Ruiz "
    assert book.sheets[0].cell("A1").text == "José Ruiz"


def test_a_macro_workbook_is_read_and_its_macros_are_not(tmp_path: Path) -> None:
    sheet_of(tmp_path, lambda sheet: sheet.append(["x"]))
    path = (tmp_path / "t.xlsx").rename(tmp_path / "t.xlsm")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00macro")
    book, [problem] = read(path)
    assert book.sheets[0].cell("A1").value == "x"
    assert problem.kind == "macros"
    assert problem.severity is Severity.WARNING


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


# Excel keeps no carriage returns and no control characters; openpyxl reads =... as a formula and #N/A as an error.
words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_"), max_size=12)
cells = words.filter(lambda word: not word.startswith(("=", "#")))


@given(table=st.lists(st.lists(cells, max_size=4), max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("xlsx")
    book, problems = sheet_of(folder, lambda sheet: [sheet.append(row) for row in table])
    values = {(row.number, column): value for row in book.sheets[0].rows() for column, value in enumerate(row.values)}
    written = {(number, column): word for number, row in enumerate(table, 1) for column, word in enumerate(row)}
    assert {place: value for place, value in values.items() if value is not None} == {
        place: word for place, word in written.items() if word
    }
    assert problems == []
