"""Registers in people's hands: sorted, renamed, pruned, filled with any words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.instruments.files.cells import text
from journeys.instruments.registers import read_registers
from journeys.instruments.table_definition import register_sheets
from journeys.model.problems import Problem
from journeys.model.resources import resource_folder
from journeys.model.schema import load_schema
from journeys.model.yaml_with_lines import BrokenSchema
from tests.written import write_registers

SCHEMA = load_schema()
DOCUMENT = {"sheet": "documents", "case": "north", "doc_number": "D07", "title": "Needs", "url": "http://a.example"}
SITE = {"sheet": "sites", "id": "N", "pseudonym": "North"}


def read(path: Path) -> tuple[list[dict[str, str]], list[Problem]]:
    problems: list[Problem] = []
    found = read_registers(path, SCHEMA, name=path.name, report=problems.append)
    return [{"sheet": e.sheet, **{name: said.text for name, said in e.values.items()}} for e in found], problems


def read_changed(
    path: Path, change: Callable[[openpyxl.Workbook], object]
) -> tuple[list[dict[str, str]], list[Problem]]:
    write_registers(path, SCHEMA, [SITE, DOCUMENT])
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(path)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n"),
    min_size=1, max_size=20,
).filter(lambda words: text(words) == words)  # fmt: skip


@st.composite
def entry(draw: st.DrawFn) -> dict[str, str]:
    sheet = draw(st.sampled_from(register_sheets()))
    names = draw(st.sets(st.sampled_from([column.id for column in sheet.columns]), min_size=1, max_size=4))
    return {"sheet": sheet.id, **{name: draw(WORDS) for name in sorted(names)}}


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(entries=st.lists(entry(), max_size=4))
def test_any_words_come_back(tmp_path: Path, suffix: str, entries: list[dict[str, str]]) -> None:
    path = tmp_path / f"registers.{suffix}"
    write_registers(path, SCHEMA, entries)
    order = [sheet.id for sheet in register_sheets()]
    assert read(path) == (sorted(entries, key=lambda each: order.index(each["sheet"])), [])


def test_columns_moved_by_another_program_are_found_and_said(tmp_path: Path) -> None:
    found, problems = read_changed(tmp_path / "r.xlsx", lambda book: book["Documents"].move_range("A1:A5", cols=12))
    assert DOCUMENT in found
    (problem,) = problems
    assert problem.kind == "moved"
    assert problem.remedy.endswith("The columns: 'Case study'."), problem.remedy  # as it is printed, no name of ours


def test_rows_above_the_headings_are_said_and_do_no_harm(tmp_path: Path) -> None:
    def title(book: openpyxl.Workbook) -> None:
        book["Documents"].insert_rows(1)
        book["Documents"]["A1"] = "Our documents"

    found, problems = read_changed(tmp_path / "r.xlsx", title)
    assert DOCUMENT in found
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("ignored_cell", "row 1")]


def test_a_renamed_sheet_is_known_by_its_hidden_names(tmp_path: Path) -> None:
    def rename(book: openpyxl.Workbook) -> None:
        book["Documents"].title = "Papers"
        for name in book.defined_names.values():  # as Excel does
            name.attr_text = name.attr_text.replace("'Documents'", "'Papers'")

    found, problems = read_changed(tmp_path / "r.xlsx", rename)
    assert DOCUMENT in found
    assert problems == []


def test_a_sheet_and_a_column_that_are_gone_are_said(tmp_path: Path) -> None:
    def prune(book: openpyxl.Workbook) -> None:
        del book["Evidence"]
        book["Documents"].delete_cols(2)
        del book.defined_names["_ej.registers.documents.doc_number"]

    found, problems = read_changed(tmp_path / "r.xlsx", prune)
    assert {**found[1], "doc_number": ""} == {**DOCUMENT, "doc_number": ""}
    assert "doc_number" not in found[1]
    said = {problem.kind: problem.message for problem in problems}
    assert "'Evidence'" in said["missing_sheet"]
    assert "'Number'" in said["missing_column"]


def test_excel_is_told_to_leave_ids_and_names_as_they_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_registers(path, SCHEMA, [{**DOCUMENT, "doc_number": "1.10"}])
    sheet = openpyxl.load_workbook(path)["Documents"]
    formats = {head.value: cell.number_format for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (formats["Case study"], formats["Number"], formats["Title"]) == ("@", "@", "@")
    assert formats["Date"] == "@"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("node: CaseStudy", "node: Case", "no node kind 'Case'"),
        ("commissioning_area: {}", "area: {}", "CaseStudy has no property 'area'"),
        (
            "{edge: OF_ARENA, to: [Arena]}",
            "{edge: OF_ARENA, to: [Site]}",
            "OF_ARENA does not lead from Meeting to Site",
        ),
        ("{title: Number}", "{titel: Number}", "titel"),
    ],
)
def test_a_broken_declaration_is_refused_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    for name in ("graph.yaml", "vocabularies.yaml", "registers.yaml"):
        text = (resource_folder("schema") / name).read_text(encoding="utf-8")
        if name == "registers.yaml":
            line = text[: text.index(before)].count("\n") + 1
            text = text.replace(before, after, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenSchema, match=said) as refused:
        register_sheets(tmp_path)
    assert f"registers.yaml, line {line}:" in str(refused.value)
