"""The document extraction template, out and in: nothing lost, general and specific never mixed."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.instruments.answers import STATUSES, Answer, AnswerStatus, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.definition import Question
from journeys.instruments.excel.write import question_name
from journeys.instruments.files.cells import Cell, text
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address, JourneysError, Problem, UnreadableFile
from journeys.model.schema import load_schema

SCHEMA = load_schema()
TEMPLATE = load_instrument("document_extraction_template")
NOWHERE = Address()
FORMATS = ("xlsx", "yaml")


def given_words(words: str) -> Cell:
    return Cell(words, NOWHERE)


def answer_to(question: Question, scope: str, status: AnswerStatus, words: str | None = None) -> Answer:
    ask = question.ask.id if question.ask else None
    return Answer(question.field.id, ask, scope, status, given_words(words) if words else None)


def header(**more: str) -> dict[str, Cell]:
    needed = {"case_study_and_site": "north", "name_of_document": "A title", "document_number": "D07", **more}
    return {name: given_words(words) for name, words in needed.items()}


def round_trip(form: FilledForm, path: Path) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    write_form(TEMPLATE, path, SCHEMA, filled=form)
    read = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert read is not None
    return read, problems


def damaged(path: Path, change: Callable[[openpyxl.Workbook], object]) -> list[Problem]:
    """The problems of reading a workbook after somebody changed it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    problems: list[Problem] = []
    read_form(path, SCHEMA, name=path.name, report=problems.append)
    return problems


def test_the_thirty_fields_are_all_there() -> None:
    printed = [[field for field in section.fields if not field.ours] for section in TEMPLATE.sections]
    assert [len(fields) for fields in printed] == [6, 14, 10]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_question_is_worded_in_the_blank_form(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"blank.{format_}"
    write_form(TEMPLATE, path, SCHEMA)
    if format_ == "yaml":
        shown = " ".join(path.read_text(encoding="utf-8").replace("#", " ").split())
    else:
        book = openpyxl.load_workbook(path)
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
        shown = " ".join(" ".join(map(str, cells)).split())
    for field in TEMPLATE.fields():
        assert (
            " ".join(field.wording.replace("#", " ").split() if format_ == "yaml" else field.wording.split()) in shown
        )
    for question in TEMPLATE.questions():
        assert " ".join(question.wording.split()) in shown


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1, max_size=60
).filter(lambda words: text(words) == words)
QUESTIONS = list(TEMPLATE.questions())
PLACES = [(question, scope) for question in QUESTIONS for scope in question.field.scopes]
ANSWERS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(STATUSES), WORDS, st.none() | WORDS),
    max_size=6,
    unique_by=lambda entry: (entry[0][0].name, entry[0][1]),
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from([column.id for column in CLAIM_COLUMNS]), WORDS, min_size=1, max_size=5), max_size=4
)


@pytest.mark.thorough
@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answers=ANSWERS, rows=ROWS)
def test_what_is_filled_in_comes_back(tmp_path: Path, format_: str, answers: list, rows: list) -> None:  # type: ignore[type-arg]
    filled = tuple(
        replace(
            answer_to(q, scope, status, words), place=None if q.field.scope_split or not place else given_words(place)
        )
        for (q, scope), status, words, place in answers
    )
    form = FilledForm(
        TEMPLATE.instrument, TEMPLATE.version, "", header(), filled,
        tuple(FilledRow({name: given_words(words) for name, words in row.items()}) for row in rows),
    )  # fmt: skip
    read, _ = round_trip(form, tmp_path / f"form.{format_}")
    assert {(a.field, a.ask, a.scope): a for a in read.answers} == {(a.field, a.ask, a.scope): a for a in filled}
    assert [{name: g.text for name, g in row.values.items()} for row in read.claim_rows] == rows
    assert {name: g.text for name, g in read.header.items()} == {name: g.text for name, g in form.header.items()}


@pytest.mark.parametrize("format_", FORMATS)
def test_four_kinds_of_no_answer_stay_four(tmp_path: Path, format_: str) -> None:
    questions = [question for question in QUESTIONS if not question.field.scope_split][:4]
    statuses = ("nothing_found", "not_known_yet", "not_asked")
    answers = [answer_to(q, "not_stated", status) for q, status in zip(questions, statuses, strict=False)]
    read, problems = round_trip(
        FilledForm(TEMPLATE.instrument, 1, "", header(), tuple(answers)), tmp_path / f"f.{format_}"
    )
    assert [answer.status for answer in read.answers] == ["nothing_found", "not_known_yet", "not_asked"]
    assert all(answer.given is None for answer in read.answers)
    assert problems == []


def test_a_bare_no_is_asked_about_and_kept(tmp_path: Path) -> None:
    question = next(question for question in QUESTIONS if question.name == "content_summary")
    answer = Answer(question.field.id, None, "not_stated", "answered", given_words("None"))
    path = tmp_path / "f.xlsx"
    write_form(TEMPLATE, path, SCHEMA, filled=FilledForm(TEMPLATE.instrument, 1, "", header(), (answer,)))

    def without_status(book: openpyxl.Workbook) -> None:
        for row in book["Content"].iter_rows():
            for cell in row:
                if cell.value == "Answered":
                    cell.value = None

    (problem,) = damaged(path, without_status)
    assert problem.kind == "unclear_answer"
    assert "'None' could be an answer or a status" in str(problem)
    assert "Nothing found" in problem.remedy


def filled_form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    rows = (FilledRow({"who": given_words("SS"), "did_what": given_words("contested"), "quote": given_words("No.")}),)
    general = Answer("course_of_action", "how_case_made", "general", "answered", given_words("By cost"))
    write_form(TEMPLATE, path, SCHEMA, filled=FilledForm(TEMPLATE.instrument, 1, "", header(), (general,), rows))
    return path


def test_a_renamed_heading_is_still_read(tmp_path: Path) -> None:
    path = filled_form(tmp_path)

    def rename(book: openpyxl.Workbook) -> None:
        book["Who did what"]["A1"] = "Person"
        book["Content"]["B4"] = "Our answer"
        book["Content"].title = "Inhalt"
        for name in book.defined_names.values():  # as Excel does when a sheet is renamed
            name.attr_text = name.attr_text.replace("'Content'", "'Inhalt'")

    assert damaged(path, rename) == []
    read = read_form(path, SCHEMA, name="f", report=lambda _: None)
    assert read is not None
    assert read.claim_rows[0].values["who"].text == "SS"
    assert [answer.scope for answer in read.answers] == ["general"]


def test_a_column_whose_name_is_gone_is_said(tmp_path: Path) -> None:
    path = filled_form(tmp_path)

    def remove(book: openpyxl.Workbook) -> None:
        del book.defined_names["_ej.rows.did_what"]
        book["Who did what"]["B1"] = "Action"

    problems = damaged(path, remove)
    assert any(p.kind == "missing_column" and "'Did what'" in p.message for p in problems)
    assert any(p.kind == "ignored_column" and "'Action'" in p.message for p in problems)


def test_a_question_whose_row_is_gone_is_said(tmp_path: Path) -> None:
    path = filled_form(tmp_path)
    question = next(question for question in QUESTIONS if question.name == "content_summary")

    def remove(book: openpyxl.Workbook) -> None:
        del book.defined_names[question_name(question)]
        book["Content"]["A5"] = None

    assert any(p.kind == "missing_question" and "brief summary" in p.message for p in damaged(path, remove))


def test_an_extra_sheet_and_a_stray_cell_are_said(tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("My notes")["A1"] = "remember"
        book["Content"]["C5"] = "in the grey box"
        book["Content"]["J30"] = "stray"

    kinds = {p.kind: str(p) for p in damaged(filled_form(tmp_path), add)}
    assert "My notes" in kinds["ignored_sheet"]
    assert "ignored_cell" in kinds


def test_a_form_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    write_form(TEMPLATE, path, SCHEMA)
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 9"), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="version 9; this program reads up to version 1"):
        read_form(path, SCHEMA, name="f.yaml", report=lambda _: None)


def test_drop_downs_offer_the_vocabularies(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    write_form(TEMPLATE, path, SCHEMA, known={"Actor": ["Sam", "Mina"]})
    book = openpyxl.load_workbook(path)
    offered = {tuple(c.value for c in column if c.value) for column in book["_lists"].iter_cols()}
    assert tuple(kind.phrase for kind in SCHEMA.claims.values() if kind.asserted) in offered
    assert tuple(term.label for term in SCHEMA.terms("answer_status").terms.values()) in offered
    assert tuple(term.label for term in SCHEMA.terms("mode").terms.values() if term.name != "derived") in offered
    assert ("Sam", "Mina") in offered
    assert book["_lists"].sheet_state == "hidden"
    for sheet in ("Document", "Content", "Journey", "Who did what"):
        assert book[sheet].page_setup.paperSize == 9
        assert book[sheet].freeze_panes is not None


def test_what_excel_cannot_hold_is_refused_and_yaml_holds_it(tmp_path: Path) -> None:
    long = FilledForm(TEMPLATE.instrument, 1, "", header(name_of_document=string.ascii_letters * 1000))
    with pytest.raises(JourneysError, match="Use the YAML form"):
        write_form(TEMPLATE, tmp_path / "f.xlsx", SCHEMA, filled=long)
    read, _ = round_trip(long, tmp_path / "f.yaml")
    assert len(read.header["name_of_document"].text) == 52_000
