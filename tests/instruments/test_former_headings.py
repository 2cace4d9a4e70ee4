"""Forms that were filled in under the headings of earlier versions are read as before."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import instruments, load_instrument
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema

SCHEMA = load_schema()
NOWHERE = Address()
NOW, FORMER = "Reported not to have happened", "Found not to be so"


def cells(**values: str) -> dict[str, Cell]:
    return {name: Cell(words, NOWHERE) for name, words in values.items()}


def in_workbook(path: Path) -> int:
    """Write the former headings, and take the hidden names away, as other programs do."""
    book = openpyxl.load_workbook(path)
    for name in list(book.defined_names):
        if ".rows.not_so" in name or ".sources" in name:
            del book.defined_names[name]
    changed = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                former = {NOW: FORMER, "Sources": "Sources (who says so)"}.get(cell.value)
                if former is not None:
                    cell.value, changed = former, changed + 1
    book.save(path)
    return changed


def in_document(path: Path) -> int:
    document = docx.Document(str(path))
    changed = 0
    for table in document.tables:
        for row in table.rows:
            for paragraph in (each for cell in row.cells for each in cell.paragraphs):
                if NOW in paragraph.text:
                    paragraph.text, changed = paragraph.text.replace(NOW, FORMER), changed + 1
    document.save(str(path))
    return changed


def in_text(path: Path) -> int:
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace(NOW, FORMER), encoding="utf-8")
    return written.count(NOW)


@pytest.mark.parametrize(("format_", "age"), [("xlsx", in_workbook), ("docx", in_document), ("txt", in_text)])
def test_who_did_what_is_read_under_a_former_heading(tmp_path: Path, format_: str, age: Callable[[Path], int]) -> None:
    path = tmp_path / f"sheet.{format_}"
    row = FilledRow(cells(who="MV", did_what="contested", to_what="D07", not_so="yes"))
    header = cells(case_study="North", meeting_group_name="Board", date="5 March 2011")
    guide = load_instrument("observation_guide")
    write_form(guide, path, SCHEMA, filled=FilledForm(guide.instrument, 1, path.name, header, (), (row,)))
    assert age(path) > 0
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    assert [{name: cell.value for name, cell in each.values.items()} for each in form.claim_rows] == [
        {"who": "MV", "did_what": "contested", "to_what": "D07", "not_so": "yes"}
    ]
    assert not [problem for problem in problems if "column" in problem.kind or problem.kind == "ignored_text"]


def test_a_sheet_of_questions_is_read_under_a_former_heading(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    template = load_instrument("document_extraction_template")
    write_form(template, path, SCHEMA)
    assert in_workbook(path) > 0
    problems: list[Problem] = []
    read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert [problem.message for problem in problems if problem.kind == "missing_column"] == []


@pytest.mark.thorough
@pytest.mark.parametrize("format_", ["txt", "docx", "yaml", "xlsx"])
@pytest.mark.parametrize("name", instruments())
def test_no_form_prints_a_repaired_word_in_pieces_or_a_remark_of_its_editor(
    tmp_path: Path, name: str, format_: str
) -> None:
    instrument = load_instrument(name)
    if format_ not in instrument.formats:
        pytest.skip(f"{name} has no {format_}")
    write_form(instrument, tmp_path / f"f.{format_}", SCHEMA)
    printed = shown(tmp_path / f"f.{format_}")
    for uncertain in ("Emotio[ns]", "dy[namics]"):  # the end of the word is lost, and what it was is not certain
        printed = printed.replace(uncertain, "")
    assert len(printed) > 1000
    assert re.findall(r"\w*[a-z]\[[a-z]+\]|graph key|as printed|damaged print", printed) == []


def shown(path: Path) -> str:
    """All words of a form, comments of cells too."""
    if path.suffix == ".xlsx":
        cells_ = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        return "\n".join(f"{cell.value or ''} {cell.comment.text if cell.comment else ''}" for cell in cells_)
    if path.suffix == ".docx":
        return "\n".join(each.text or "" for each in docx.Document(str(path)).element.body.iter() if each.text)
    return path.read_text(encoding="utf-8")


def test_a_text_form_under_a_question_with_a_repaired_word_is_read(tmp_path: Path) -> None:
    instrument = load_instrument("document_extraction_template")
    write_form(instrument, tmp_path / "blank.txt", SCHEMA)
    blank = (tmp_path / "blank.txt").read_text(encoding="utf-8")
    heading = "commissioning work does the document"
    assert heading in blank
    lines = blank.replace(heading, "commission[ing] work does the document").splitlines()
    at = next(n for n, line in enumerate(lines) if "commission[ing]" in line)
    box = next(n for n in range(at, len(lines)) if "How does the document relate" in lines[n])
    answer = next(n for n in range(box, len(lines)) if lines[n].startswith("("))
    lines.insert(answer + 1, "It quotes the plan.")
    (tmp_path / "old.txt").write_text("\n".join(lines), encoding="utf-8")
    problems: list[Problem] = []
    form = read_form(tmp_path / "old.txt", SCHEMA, name="old.txt", report=problems.append)
    assert form is not None
    assert [str(answer.given.value).strip() for answer in form.answers if answer.given] == ["It quotes the plan."]
    assert [each.message for each in problems if "heading" in each.message.lower()] == []


@pytest.mark.parametrize("format_", ["xlsx", "docx", "yaml", "txt"])
def test_a_form_from_before_a_question_was_added_is_read_in_silence(tmp_path: Path, format_: str) -> None:
    """Of a question that came later nothing is said where a form has no box for it."""
    now = load_instrument("document_extraction_template")
    sections = [
        section.model_copy(update={"fields": tuple(field for field in section.fields if not field.later)})
        for section in now.sections
    ]
    before = now.model_copy(update={"sections": tuple(sections)})
    assert len([*now.questions()]) > len([*before.questions()])
    header = {"case_study_and_site": "C1", "name_of_document": "Plan", "document_number": "D1"}
    filled = FilledForm(
        now.instrument,
        now.version,
        "",
        {name: Cell(words, Address()) for name, words in header.items()},
        (Answer("organisation_revealed", None, "general", "answered", Cell("It does.", Address())),),
    )
    path = tmp_path / f"before.{format_}"
    write_form(before, path, load_schema(), filled=filled)
    problems: list[Problem] = []
    form = read_form(path, load_schema(), name=path.name, report=problems.append)
    assert form is not None
    assert [answer.given.text for answer in form.answers if answer.given] == ["It does."]
    assert problems == []
