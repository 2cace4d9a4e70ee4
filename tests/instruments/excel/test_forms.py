"""The workbook of an instrument in people's hands: filled in, sorted, moved, and changed by other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from journeys.instruments.answers import STATUSES, Answer, FilledForm, FilledRow
from journeys.instruments.claim_columns import CLAIM_COLUMNS
from journeys.instruments.claim_columns import SHEET as WHO_DID_WHAT
from journeys.instruments.files.cells import Cell, text
from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.lens import GENERAL, SPECIFIC
from journeys.model.problems import Address, Problem, UnreadableFile, UsageProblem
from journeys.model.schema import load_schema
from tests.written import write_form

SCHEMA = load_schema()
TEMPLATE = load_instrument("document_extraction_template")
QUESTIONS = list(TEMPLATE.questions())
SHEETS = [section.sheet for section in TEMPLATE.question_sections]
Change = Callable[[openpyxl.Workbook], object]


def said(words: str | date) -> Cell:
    return Cell(words, Address())


HEADER = {name: said(words) for name, words in {
    "case_study_and_site": "north", "name_of_document": "A title", "document_number": "1.10",
}.items()}  # fmt: skip


def filled(*answers: Answer, rows: tuple[FilledRow, ...] = (), header: Mapping[str, Cell] = HEADER) -> FilledForm:
    return FilledForm(TEMPLATE.instrument, TEMPLATE.version, "", header, answers, rows)


def read(path: Path) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    return form, problems


def read_changed(path: Path, form: FilledForm, change: Change) -> tuple[FilledForm, list[Problem]]:
    """What is read of ``form`` after somebody, or some program, changed its workbook."""
    write_form(TEMPLATE, path, SCHEMA, filled=form)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(path)


def contents(form: FilledForm) -> dict[tuple[str, str | None, str], tuple[str, ...]]:
    """Every part of every answer, to be compared."""
    return {
        (a.field, a.ask, a.scope): (a.status, *(part.text if part else "" for part in (a.given, a.place, a.sources)))
        for a in form.answers
    }


ONE_OF_EACH = tuple(
    Answer(q.field.id, q.ask.id if q.ask else None, scope, "answered", said(f"{q.name} {scope}"))
    for q in QUESTIONS
    for scope in q.field.scopes
)

# What Excel can hold; controls and half characters are refused, and tested elsewhere.
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t\x85"
)
WORDS = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=40),
    st.sampled_from(["=1+1", "- no", "_x0041_", "_x005F_x0041_", "1.10", "2-3", "2011-03", "null", "~", "a: b", "007"]),
).filter(lambda words: text(words) == words)


@st.composite
def answers(draw: st.DrawFn) -> tuple[Answer, ...]:
    made = []
    for question in draw(st.lists(st.sampled_from(QUESTIONS), max_size=5, unique_by=lambda q: q.name)):
        for scope in draw(st.sets(st.sampled_from(question.field.scopes), min_size=1)):
            status = draw(st.sampled_from(STATUSES))
            optional = st.none() | WORDS
            words = draw(WORDS if status == "answered" else optional)
            sources = draw(optional) if question.section.needs_sources else None
            parts = [part and said(part) for part in (words, draw(optional), sources)]
            made.append(Answer(question.field.id, question.ask.id if question.ask else None, scope, status, *parts))
    return tuple(made)


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answers=answers())
def test_each_part_of_each_answer_comes_back_for_its_own_scope(
    tmp_path: Path, suffix: str, answers: tuple[Answer, ...]
) -> None:
    path = tmp_path / f"form.{suffix}"
    form = filled(*answers)
    write_form(TEMPLATE, path, SCHEMA, filled=form)
    back, problems = read(path)
    assert contents(back) == contents(form)
    assert {name: given.text for name, given in back.header.items()} == {n: g.text for n, g in HEADER.items()}
    assert problems == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_sorted_rows_keep_their_answers(tmp_path: Path, data: st.DataObject) -> None:
    """Sorting in Excel moves the cells and leaves the hidden names: every answer must stay with its question."""

    def sort(book: openpyxl.Workbook) -> None:
        for title in SHEETS:
            sheet = book[title]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
            for number, row in enumerate(data.draw(st.permutations(rows)), 5):
                for place, value in enumerate(row, 1):
                    sheet.cell(number, place).value = value

    form, problems = read_changed(tmp_path / "form.xlsx", filled(*ONE_OF_EACH), sort)
    assert contents(form) == contents(filled(*ONE_OF_EACH))
    assert {problem.kind for problem in problems} <= {"moved"}


@pytest.mark.parametrize("title", ["Document", *SHEETS, WHO_DID_WHAT])
def test_a_row_inserted_by_another_program_changes_nothing(tmp_path: Path, title: str) -> None:
    """Other programs insert rows without moving the names; in a form that is read by names alone all would shift."""
    form = filled(*ONE_OF_EACH, rows=(FilledRow({"who": said("SS"), "did_what": said("contested")}),))
    back, problems = read_changed(tmp_path / "form.xlsx", form, lambda book: book[title].insert_rows(1))
    assert contents(back) == contents(form)
    assert back.header == form.header
    assert back.claim_rows == form.claim_rows
    assert {problem.kind for problem in problems} <= {"moved"}


def moved(book: openpyxl.Workbook, title: str, column: int, to: int) -> None:
    """Move a column as Excel does: its hidden name goes with it."""
    sheet, old, new = book[title], f"${get_column_letter(column)}$", f"${get_column_letter(to)}$"
    sheet.move_range(f"{get_column_letter(column)}1:{get_column_letter(column)}{sheet.max_row}", cols=to - column)
    for name in book.defined_names.values():
        if name.attr_text.startswith(f"'{title}'!{old}"):
            name.attr_text = name.attr_text.replace(old, new)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("title", "column"),
    [*((WHO_DID_WHAT, number) for number in (1, 2, 10, 16)), *(("Journey", n) for n in (2, 3, 7, 9))],
)
def test_a_column_that_was_moved_and_renamed_is_still_read(tmp_path: Path, title: str, column: int) -> None:
    rows = (FilledRow({each.id: said(f"the {each.id}") for each in CLAIM_COLUMNS}),)
    leader = Answer("journey_leadership_roles", None, GENERAL, "answered", said("one"), said("p. 1"), said("I1"))
    other = Answer("journey_leadership_roles", None, SPECIFIC, "answered", said("two"), said("p. 2"), said("I2"))
    form = filled(leader, other, rows=rows)

    def move_and_rename(book: openpyxl.Workbook) -> None:
        moved(book, title, column, 30)
        book[title].cell(4 if title == "Journey" else 1, 30).value = "Our own heading"

    back, problems = read_changed(tmp_path / "form.xlsx", form, move_and_rename)
    assert contents(back) == contents(form)
    assert back.claim_rows == rows
    assert problems == []


@pytest.mark.parametrize(("column", "severity"), [("B", "error"), ("F", "warning")])
def test_a_deleted_column_is_said_with_what_to_do(tmp_path: Path, column: str, severity: str) -> None:
    def delete(book: openpyxl.Workbook) -> None:
        sheet = book["Content"]
        for row in range(1, sheet.max_row + 1):
            sheet[f"{column}{row}"].value = None
        for name in book.defined_names.values():
            if name.attr_text == f"'Content'!${column}$4":
                name.attr_text = "'Content'!#REF!"

    _, problems = read_changed(tmp_path / "form.xlsx", filled(), delete)
    (problem,) = [problem for problem in problems if problem.kind == "missing_column"]
    assert problem.severity == severity
    assert "journeys forms" in problem.remedy


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("cell", "words", "kind"),
    [
        (("Document", "C5"), "beside a box", "ignored_cell"),
        (("Document", "B15"), "below the fields", "ignored_cell"),
        (("Content", "F5"), "a page without an answer", "ignored_cell"),
        (("Journey", "H6"), "a source without an answer", "ignored_cell"),
        (("Content", "C5"), "in a grey box", "ignored_cell"),
        (("Content", "G5"), "a page in a grey box", "ignored_cell"),
        (("Content", "B60"), "below the questions", "ignored_cell"),
        (("Content", "K5"), "right of the columns", "ignored_cell"),
        ((WHO_DID_WHAT, "R2"), "right of the rows", "ignored_column"),
        (("Document", "B2"), "above the fields", "ignored_cell"),
        (("Content", "B2"), "above the questions", "ignored_cell"),
        (("_notes", "A1"), "on a sheet of one's own", "ignored_sheet"),
    ],
)
def test_nothing_is_passed_over_in_silence(tmp_path: Path, cell: tuple[str, str], words: str, kind: str) -> None:
    title, place = cell

    def add(book: openpyxl.Workbook) -> None:
        if title not in book.sheetnames:
            book.create_sheet(title)
        book[title][place] = words

    _, problems = read_changed(tmp_path / "form.xlsx", filled(), add)
    assert [(problem.kind, problem.address.sheet) for problem in problems] == [(kind, title)]


def test_a_form_that_lost_its_names_and_headings_is_not_called_blank(tmp_path: Path) -> None:
    def ruin(book: openpyxl.Workbook) -> None:
        for name in list(book.defined_names):
            del book.defined_names[name]
        for title in ("Document", *SHEETS):
            for row in book[title].iter_rows(max_col=1, min_row=4):
                row[0].value = "ours"

    _, problems = read_changed(tmp_path / "form.xlsx", filled(*ONE_OF_EACH), ruin)
    kinds = {problem.kind for problem in problems}
    assert {"missing_field", "missing_question", "ignored_cell"} <= kinds
    assert "blank_form" not in kinds


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
def test_a_blank_form_is_blank_and_nothing_is_said_of_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"form.{suffix}"
    write_form(TEMPLATE, path, SCHEMA)
    form, problems = read(path)
    assert (form.blank, problems) == (True, [])


@pytest.mark.parametrize("words", ["No", "none.", "Nothing found", "n/a", "not known"])
def test_a_bare_word_without_a_status_is_asked_about_even_where_yes_or_no_is_asked(tmp_path: Path, words: str) -> None:
    def without_status(book: openpyxl.Workbook) -> None:
        cells = (cell for row in book["Journey"].iter_rows() for cell in row if cell.value == "Answered")
        for cell in cells:
            cell.value = None

    answer = Answer("reflects_wider_discourse", None, "not_stated", "answered", said(words))
    form, problems = read_changed(tmp_path / "form.xlsx", filled(answer), without_status)
    assert contents(form) == contents(filled(answer))
    assert [problem.kind for problem in problems] == ["unclear_answer"]


def test_every_heading_has_a_comment_and_no_value_is_wider_than_its_column(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    day, moment = date(2011, 3, 5), datetime(2011, 3, 5, 14, 30)
    rows = (FilledRow({"when": said(moment), "place": said(day)}),)
    page = Answer("content_summary", None, "not_stated", "answered", said("x"), said(day))
    write_form(TEMPLATE, path, SCHEMA, filled=filled(page, rows=rows, header={**HEADER, "date": said(day)}))
    book = openpyxl.load_workbook(path)
    for title, row in [("Content", 4), ("Journey", 4), (WHO_DID_WHAT, 1)]:
        assert all(cell.comment for cell in book[title][row])
    dated = [cell for sheet in book for line in sheet.iter_rows() for cell in line if isinstance(cell.value, date)]
    assert len(dated) == 4
    for cell in dated:
        shown = cell.number_format.replace("h:mm:ss", "hh:mm:ss")
        assert len(shown) < cell.parent.column_dimensions[cell.column_letter].width


def test_excel_makes_no_date_or_formula_of_what_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(TEMPLATE, path, SCHEMA, filled=filled(header={**HEADER, "name_of_document": said("=1+1")}))
    book = openpyxl.load_workbook(path)
    number, title, day = book["Document"]["B6"], book["Document"]["B5"], book["Document"]["B8"]
    assert (number.value, number.number_format) == ("1.10", "@")
    assert (title.value, title.data_type, title.quotePrefix) == ("=1+1", "s", True)
    assert day.number_format == "@"  # else "5 March" becomes a day of the year in which it is typed
    assert {book["Content"]["F5"].number_format, book[WHO_DID_WHAT]["K2"].number_format} == {"@"}


@pytest.mark.parametrize("name", ["document_extraction_template", "observation_guide", "interview_sheet"])
def test_every_box_for_a_date_is_a_text_cell(name: str, tmp_path: Path) -> None:
    instrument = load_instrument(name)
    path = tmp_path / "form.xlsx"
    write_form(instrument, path, SCHEMA)
    book = openpyxl.load_workbook(path)
    boxes = {}
    for field in instrument.header.fields:
        area = book.defined_names[f"_ej.header.{field.id}"].attr_text
        sheet, _, cell = area.rpartition("!")
        boxes[field.id] = book[sheet.strip("'")][cell.replace("$", "")]
    assert "date" in {field.answer_kind for field in instrument.header.fields}
    assert {box.number_format for box in boxes.values()} == {"@"}
    rows = book[WHO_DID_WHAT]
    when = next(cell.column for cell in rows[1] if cell.value == "When")
    assert {rows.cell(number, when).number_format for number in range(2, rows.max_row + 1)} == {"@"}
    assert rows.max_row > 100  # the prepared rows too


def test_only_questions_asked_twice_have_two_boxes(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(TEMPLATE, path, SCHEMA)
    book = openpyxl.load_workbook(path)
    twice = [question for question in QUESTIONS if question.field.scope_split]
    split = {question.wording.strip() for question in twice} | {question.field.wording.strip() for question in twice}
    for title in SHEETS:
        for row in book[title].iter_rows(min_row=5):
            if row[1].protection.locked is False:
                grey = row[2].fill.fill_type == "solid"
                assert grey != (row[0].value.strip() in split)


@pytest.mark.parametrize("version", ["two", "9" * 5000, "-1"])
def test_a_version_that_is_none_is_said(tmp_path: Path, version: str) -> None:
    path = tmp_path / "form.yaml"
    write_form(TEMPLATE, path, SCHEMA, filled=filled())
    path.write_text(re.sub("version: 1", f"version: {version}", path.read_text("utf-8"), count=1), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="version cannot be read"):
        read(path)


def test_a_workbook_with_macros_is_not_what_a_form_is_written_as(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="choose xlsx or docx or yaml or txt"):
        write_form(TEMPLATE, tmp_path / "form.xlsm", SCHEMA)
    assert list(tmp_path.iterdir()) == []


def test_a_form_made_before_a_field_was_added_is_read_without_a_word(tmp_path: Path) -> None:
    def without_initials(book: openpyxl.Workbook) -> None:
        sheet = book["Document"]
        row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if str(cell.value).startswith("Researchers"))
        for name in [name for name in book.defined_names if "researchers" in name.lower()]:
            del book.defined_names[name]
        for cell in sheet[row]:
            cell.value = None

    form, problems = read_changed(tmp_path / "form.xlsx", filled(), without_initials)
    assert form is not None
    assert [problem.kind for problem in problems] == []


@pytest.mark.parametrize("name", ["who did what (MO)", "Who did waht"])
def test_a_copied_sheet_under_another_name_is_asked_about(tmp_path: Path, name: str) -> None:
    """A copy of a sheet has no hidden names, so only its own name can tell what it is."""

    def copied(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book[WHO_DID_WHAT]).title = name
        for hidden in [each for each, area in book.defined_names.items() if WHO_DID_WHAT in area.attr_text]:
            del book.defined_names[hidden]
        del book[WHO_DID_WHAT]

    _, problems = read_changed(tmp_path / "form.xlsx", filled(), copied)
    (problem,) = [each for each in problems if each.kind == "missing_sheet"]
    assert problem.remedy.startswith(
        f"Is it the sheet {name!r}? Then name that one 'Who did what' again. If not, make "
    )
