"""The coding workbook as running text, as people leave it: rows added, moved, renumbered, sections taken out."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from journeys.instruments.answers import FilledForm
from journeys.instruments.codebook import shipped_codebook
from journeys.instruments.coded_passages import Passage
from journeys.instruments.coding_workbook import CODINGS, Coding, coding_instrument, filled_workbook
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.study_codebook import study_codebook
from journeys.model.problems import Problem, Severity
from journeys.model.schema import load_schema

SCHEMA, BOOK = load_schema(), shipped_codebook()
SEVEN = "Code: 6.7 Community engagement or consultation\nInterview:\nCoder:\nPlace:\nPassages:\nRemark:\n"


@pytest.fixture
def blank(tmp_path: Path) -> str:
    path = tmp_path / "blank.txt"
    write_form(coding_instrument(), path, SCHEMA)
    return path.read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> tuple[FilledForm, list[Problem]]:
    path = tmp_path / "coded.txt"
    path.write_text(text, encoding="utf-8")
    return opened(path)


def opened(path: Path) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    return form, problems


def codings(form: FilledForm) -> list[tuple[str, str]]:
    return [(row.values["code"].text, row.values["passages"].text) for row in form.tables[CODINGS]]


def filled(blank: str, passages: str, code: str = "6.7 Community engagement or consultation", remark: str = "") -> str:
    assert SEVEN in blank
    return blank.replace(
        SEVEN, f"Code: {code}\nInterview: int-1\nCoder: AB\nPlace:\nPassages: {passages}\nRemark: {remark}\n"
    )


def test_every_code_has_a_row_in_the_section_of_its_sheet(blank: str) -> None:
    sections = re.split(r"^== (.*) ==$", blank, flags=re.M)
    for title, text in zip(sections[3::2], sections[4::2], strict=True):
        if title != "How to fill in":
            sheet = title.split(")")[0]
            rows = re.findall(r"^Code: (\S+)", text, re.M)
            assert rows == [code.key for code in BOOK.on_sheet(sheet)]
    assert len(re.findall(r"^Code: ", blank, re.M)) == 130
    assert blank.count("[label not recovered]\n") == 22


@pytest.mark.parametrize(
    ("code", "read_as", "kind", "said"),
    [
        ("6.7", ["6.7"], None, ""),
        ("Community engagement or consultation", ["6.7"], None, ""),
        ("6.7 Engagement", ["6.7"], None, ""),
        ("1.10", ["1.10"], "wrong_sheet", "belongs in the section '1)'"),
        ("6.77", [], "unknown_code", "'6.77' is not a code"),
        ("6.7 Patient, User or Carer", ["6.7"], "wrong_label", "the label of 6.6 (Patient, User or Carer)"),
        ("", [], "no_code", "The row has passages, but no code."),
    ],
)
def test_a_code_is_found_by_its_number(
    tmp_path: Path, blank: str, code: str, read_as: list[str], kind: str | None, said: str
) -> None:
    form, problems = read(tmp_path, filled(blank, "We asked.", code))
    assert codings(form) == [(key, "We asked.") for key in read_as]
    assert [problem.kind for problem in problems] == ([kind] if kind else [])
    assert all(said in problem.message for problem in problems)


def test_rows_can_be_added_and_sections_taken_out(tmp_path: Path, blank: str) -> None:
    text = filled(blank, "[p. 1] We asked.\n    [p. 2] They came.")
    text = text.replace("Code: 6.8", "Code: 6.7\nCoder: CD\nInterview: int-2\nPassages: Nobody did.\n\nCode: 6.8")
    start, end = text.index("== 7) "), text.index("== 8) ")
    form, problems = read(tmp_path, text[:start] + text[end:])
    assert codings(form) == [("6.7", "[p. 1] We asked.\n[p. 2] They came."), ("6.7", "Nobody did.")]
    assert [row.values["coder"].text for row in form.tables[CODINGS]] == ["AB", "CD"]
    ((kind, severity),) = {(problem.kind, problem.severity) for problem in problems}
    assert (kind, severity) == ("missing_section", Severity.WARNING)


def test_what_belongs_to_no_passage_is_said(tmp_path: Path, blank: str) -> None:
    form, problems = read(tmp_path, filled(blank, "", remark="look again"))
    assert form.tables[CODINGS] == ()
    assert [(problem.kind, problem.address.sheet) for problem in problems] == [
        ("not_coded", "6) … commissioning for multieth")
    ]


def test_a_row_added_in_word_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "coded.docx"
    given = [Coding("int-1", "AB", "6.7", Passage("We asked.", "p. 4"))]
    write_form(coding_instrument(), path, SCHEMA, filled=filled_workbook(given, {"coder": "AB"}))
    document = docx.Document(str(path))
    table = next(each for each in document.tables if any("8.10" in row.cells[0].text for row in each.rows))
    row = table.add_row()
    for cell, words in zip(row.cells, ("8.10", "int-2", "CD", "12:30", "They said no.\nTwice.", "", ""), strict=True):
        cell.text = words
    document.save(str(path))
    form, problems = opened(path)
    assert problems == []
    assert codings(form) == [("6.7", "[p. 4] We asked."), ("8.10", "They said no.\nTwice.")]
    assert {row.values["place"].text for row in form.tables[CODINGS] if "place" in row.values} == {"12:30"}


def test_a_study_s_own_codes_have_rows_and_retired_ones_do_not(tmp_path: Path) -> None:
    own = tmp_path / "codebook.yaml"
    own.write_text("codes:\n  6.17: {label: Posts}\n  6.16: {retired: yes}\n", "utf-8")
    book = study_codebook(own, name="codebook.yaml", report=lambda problem: pytest.fail(str(problem)))
    for ending in ("txt", "docx"):
        given = [Coding("int-1", "AB", "6.17", Passage("We wrote.")), Coding("int-1", "AB", "6.16", Passage("So."))]
        for codings_given, keys in ((given[:1], ["6.17"]), (given, ["6.16", "6.17"])):
            path = tmp_path / f"{len(keys)}.{ending}"
            write_form(coding_instrument(), path, SCHEMA, filled=filled_workbook(codings_given, {}), codebook=book)
            form = read_form(path, SCHEMA, name=path.name, report=lambda p: pytest.fail(str(p)), codebook=book)
            assert form is not None
            assert [row.values["code"].text for row in form.tables[CODINGS]] == keys
