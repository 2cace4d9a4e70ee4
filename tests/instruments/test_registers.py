"""The registers, out and in, as a workbook and as YAML."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from journeys.instruments.registers import read_registers, write_registers
from journeys.instruments.table_definition import register_sheets
from journeys.model.problems import Problem
from journeys.model.schema import load_schema

SCHEMA = load_schema()
ENTRIES = [
    {"sheet": "sites", "id": "north", "pseudonym": "Northtown"},
    {"sheet": "people", "id": "1.10", "pseudonym": "Sam", "aliases": "SS; Sammy", "designation": "two\nlines"},
    {"sheet": "people", "pseudonym": "محمد", "kind": "Person"},
    {"sheet": "meetings", "id": "B1", "title": "Board", "date": "before June 2011"},
    {"sheet": "documents", "doc_number": "007", "title": "=SUM(A1)"},
]


def read(path: Path) -> tuple[list[dict[str, str]], list[Problem]]:
    problems: list[Problem] = []
    entries = read_registers(path, SCHEMA, name=path.name, report=problems.append)
    return [{"sheet": e.sheet, **{name: given.text for name, given in e.values.items()}} for e in entries], problems


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_every_entry_comes_back_as_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"registers.{suffix}"
    write_registers(path, SCHEMA, ENTRIES)
    entries, problems = read(path)
    order = [sheet.id for sheet in register_sheets()]
    assert entries == sorted(ENTRIES, key=lambda entry: order.index(entry["sheet"]))
    assert problems == []


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_blank_registers_hold_nothing(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"registers.{suffix}"
    write_registers(path, SCHEMA)
    assert read(path) == ([], [])


def test_each_sheet_has_drop_downs_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "registers.xlsx"
    write_registers(path, SCHEMA)
    book = openpyxl.load_workbook(path)
    for sheet in register_sheets():
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == [column.heading for column in sheet.columns]
        assert page["A1"].comment is not None
    kinds = book["Organisations"].data_validations.dataValidation
    assert len(kinds) == 1
    assert not kinds[0].showErrorMessage  # the vocabulary is open: other words are allowed
    (yes_no, mode) = book["Meetings"].data_validations.dataValidation[::-1][:2]
    assert yes_no.showErrorMessage != mode.showErrorMessage


def test_moved_and_renamed_columns_are_found_and_strangers_are_said(tmp_path: Path) -> None:
    path = tmp_path / "registers.xlsx"
    write_registers(path, SCHEMA, ENTRIES)
    book = openpyxl.load_workbook(path)
    book["Sites"]["B1"] = "Our name for it"
    book["Sites"]["F1"] = "Pseudonim"
    book["Sites"]["F2"] = "South"
    book.create_sheet("Plans")["A1"] = "buy cake"
    book.save(path)
    entries, problems = read(path)
    assert {"sheet": "sites", "id": "north", "pseudonym": "Northtown"} in entries
    said = {problem.kind: str(problem) for problem in problems}
    assert "'Pseudonim' is not a column of this form. 1 filled cell was ignored." in said["ignored_column"]
    assert "'Pseudonym'" in said["ignored_column"]
    assert "Plans" in said["ignored_sheet"]


@pytest.mark.parametrize("version", ["2", "", "x"])
def test_registers_of_another_version_are_refused(tmp_path: Path, version: str) -> None:
    path, problems = tmp_path / "registers.yaml", list[Problem]()
    path.write_text(f"registers: {version}\npeople: []\n", encoding="utf-8")
    read_registers(path, load_schema(), name="registers.yaml", report=problems.append)
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("wrong_version", "line 1 (registers)")]
