"""What tired people do to the headings of a coding workbook is said, and no passage is lost without a word."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.codebook import shipped_codebook
from journeys.instruments.coding_workbook import CODINGS, coding_instrument
from journeys.instruments.forms import read_form, write_form
from journeys.model.problems import Problem, Severity
from journeys.model.schema import load_schema

SIX, EIGHT = "6) … commissioning for multieth", "8)"
SCHEMA = load_schema()
BOOK = shipped_codebook()


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "blank.xlsx"
    write_form(coding_instrument(), path, SCHEMA, codebook=BOOK)
    return path


@pytest.fixture
def book(blank: Path) -> Workbook:
    opened = openpyxl.load_workbook(blank)
    opened["Coding"]["B4"] = "AB"
    return opened


def column(sheet: Worksheet, key: str) -> int:
    (found,) = [cell.column for cell in sheet[5] if cell.value == key]
    return int(found)


def code(sheet: Worksheet, row: int, key: str, words: str) -> None:
    sheet.cell(row, 1).value = "int-1"
    sheet.cell(row, column(sheet, key)).value = words


def read(book: Workbook, folder: Path) -> tuple[set[tuple[str, str]], list[Problem]]:
    """The code and words of every filled cell, and the problems."""
    path, problems = folder / "coded.xlsx", list[Problem]()
    book.save(path)
    form = read_form(path, SCHEMA, name=path.name, report=problems.append, codebook=BOOK)
    assert form is not None
    return {(row.values["code"].text, row.values["passages"].text) for row in form.tables[CODINGS]}, problems


def said(problems: list[Problem], kind: str) -> list[str]:
    return [str(problem) for problem in problems if problem.kind == kind]


def test_words_written_over_a_label_or_above_the_codes_are_said(book: Workbook, tmp_path: Path) -> None:
    sheet = book[SIX]
    code(sheet, 7, "6.7", "They were asked.")
    sheet.cell(6, column(sheet, "6.8")).value = "The nurse said so herself."
    sheet.cell(6, column(sheet, "6.9")).value = "Commissioner's own"  # a shortened label
    sheet.cell(4, column(sheet, "6.7")).value = "She came in June."
    found, problems = read(book, tmp_path)
    assert found == {("6.7", "They were asked.")}
    (over,) = said(problems, "changed_label")
    assert "> L6: 'The nurse said so herself.' stands where the label of 6.8 was. It was not read." in over
    (above,) = said(problems, "ignored_cell")
    assert "> K4: 'She came in June.' stands above the codes. It was not read." in above
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_a_first_sheet_without_its_name_still_names_the_coder(book: Workbook, tmp_path: Path) -> None:
    book["Coding"].title = "About"  # openpyxl leaves the hidden names behind, as other programs do
    code(book[SIX], 7, "6.7", "They were asked.")
    path, problems = tmp_path / "coded.xlsx", list[Problem]()
    book.save(path)
    form = read_form(path, SCHEMA, name=path.name, report=problems.append, codebook=BOOK)
    assert form is not None
    assert form.header["coder"].text == "AB"
    assert problems == []


def test_a_key_of_another_sheet_above_a_label_of_this_one_is_refused(book: Workbook, tmp_path: Path) -> None:
    sheet = book[SIX]
    code(sheet, 7, "6.8", "The nurse said so.")
    sheet.cell(5, column(sheet, "6.8")).value = "8.8"
    _, problems = read(book, tmp_path)
    (wrong,) = said(problems, "wrong_label")
    assert "The column has the key 8.8 and the label of 6.8 (Practitioner" in wrong
    assert len(said(problems, "wrong_sheet")) == 1
    assert said(problems, "twice") == []  # the column of 8.8 on its own sheet is empty


def test_a_copied_sheet_is_said_once_for_each_code_that_is_filled_in_twice(book: Workbook, tmp_path: Path) -> None:
    sheet = book[SIX]
    code(sheet, 7, "6.8", "The nurse said so.")
    code(sheet, 7, "6.7", "They were asked.")
    sheet.title = "Six"
    copy = book.copy_worksheet(sheet)
    copy.title = "A copy"
    copy.cell(7, column(copy, "6.8")).value = "The doctor, too."
    copy.cell(7, column(copy, "6.7")).value = None
    found, problems = read(book, tmp_path)
    assert found == {("6.8", "The nurse said so."), ("6.7", "They were asked."), ("6.8", "The doctor, too.")}
    (twice,) = said(problems, "twice")
    assert "A copy > L5: The code 6.8 has a column already, at coded.xlsx" in twice


def test_a_number_that_could_be_two_codes_is_refused_beside_others(book: Workbook, tmp_path: Path) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]
    sheet = book["1)"]
    code(sheet, 7, "1.2", "She works there.")
    for key in ("1.1", "1.10"):
        sheet.delete_cols(column(sheet, key))
    place = column(sheet, "1.5")  # neither of the two belongs between 1.4 and 1.5
    sheet.insert_cols(place)
    sheet.cell(5, place).value, sheet.cell(7, place).value = 1.1, "He was silent."
    found, problems = read(book, tmp_path)
    assert found == {("1.2", "She works there.")}
    (refused,) = said(problems, "unknown_code")
    assert "The cell holds the number 1.1. The code may have been 1.1 (General) or 1.10" in refused
    assert "1 filled cell was not read." in refused


def test_rows_of_which_nothing_was_read_are_said(book: Workbook, tmp_path: Path) -> None:
    sheet = book[SIX]
    code(sheet, 7, "6.7", "They were asked.")
    sheet["A8"], sheet["C8"] = "int-1", "She said this in the wrong box."
    sheet["A9"], sheet["D9"] = "int-1", "p. 3: No code is marked."
    found, problems = read(book, tmp_path)
    assert found == {("6.7", "They were asked.")}
    assert [problem.address.cell for problem in problems if problem.kind == "not_coded"] == ["C8", "D9"]


def test_a_sheet_of_which_the_keys_are_gone_is_a_problem(book: Workbook, tmp_path: Path) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]
    sheet = book[SIX]
    code(sheet, 7, "6.7", "They were asked.")
    sheet.delete_rows(5)
    code(book[EIGHT], 7, "8.8", "To persuade.")
    found, problems = read(book, tmp_path)
    assert found == {("8.8", "To persuade.")}
    (gone,) = said(problems, "no_keys")
    assert f"{SIX}: No key of a code can be made out" in gone
    assert "2 filled cells were not read." in gone
