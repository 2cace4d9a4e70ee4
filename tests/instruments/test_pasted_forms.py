"""A form pasted into another, in Word and in plain text: one sentence says so, and the first form is read."""

from __future__ import annotations

import struct
import zlib
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from journeys.instruments.answers import Answer, FilledForm
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import load_instrument
from journeys.interpret.other_formats import other_format
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from tests.instruments.test_every_box import contents, full
from tests.written import write_form

SCHEMA = load_schema()


def filled(name: str, field: str, ask: str | None, words: str) -> FilledForm:
    header = {"case_study_and_site": Cell("C1", Address())}
    scope = load_instrument(name)
    scopes = {f.id: f.scopes[0] for f in scope.fields()}
    return FilledForm(name, 1, "", header, (Answer(field, ask, scopes[field], "answered", Cell(words, Address())),))


NARRATIVE = filled("narrative_form", "n2", None, "First words.")
THEME = filled("theme_form", "t1", "findings", "Second words.")


def together(folder: Path, first: FilledForm, second: FilledForm, ending: str) -> Path:
    paths = [folder / f"{number}.{ending}" for number in (1, 2)]
    for path, form in zip(paths, (first, second), strict=True):
        write_form(load_instrument(form.instrument), path, SCHEMA, filled=form)
    both = folder / f"both.{ending}"
    if ending == "txt":
        both.write_text("\n".join(path.read_text(encoding="utf-8") for path in paths), encoding="utf-8")
        return both
    one, other = (docx.Document(str(path)) for path in paths)
    for element in list(other.element.body)[:-1]:
        one.element.body.insert(len(one.element.body) - 1, deepcopy(element))
    one.save(str(both))
    return both


@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["docx", "txt"])
@pytest.mark.parametrize(
    ("second", "said"),
    [
        (THEME, "Here begins another form: Phase 3 Operational Case Study Theme Form; from here on, nothing was read."),
        (
            NARRATIVE,
            "Here begins a second Phase 3 Operational Case Study Narrative Form; from here on, nothing was read",
        ),
    ],
)
def test_a_form_pasted_into_another_is_said_in_one_sentence(
    tmp_path: Path, ending: str, second: FilledForm, said: str
) -> None:
    problems: list[Problem] = []
    path = together(tmp_path, NARRATIVE, second, ending)
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    assert [answer.given.text for answer in form.answers if answer.given] == ["First words."]
    (problem,) = problems
    assert said in problem.message
    assert problem.severity == "error"
    assert (problem.address.cell or "").startswith({"docx": "paragraph ", "txt": "line "}[ending])


@pytest.mark.parametrize("ending", ["docx", "txt"])
def test_a_form_alone_has_no_second_one(tmp_path: Path, ending: str) -> None:
    problems: list[Problem] = []
    path = tmp_path / f"alone.{ending}"
    write_form(load_instrument("narrative_form"), path, SCHEMA, filled=NARRATIVE)
    assert read_form(path, SCHEMA, name=path.name, report=problems.append) is not None
    assert problems == []


def picture() -> BytesIO:
    """The smallest picture that Word takes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + data)


def test_a_scanned_form_is_said_to_be_pictures_only(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_picture(picture())
    document.save(str(tmp_path / "scan.docx"))
    problems: list[Problem] = []
    assert read_form(tmp_path / "scan.docx", SCHEMA, name="forms/scan.docx", report=problems.append) is None
    assert [str(each) for each in problems] == [
        "forms/scan.docx: The document holds only pictures, such as a scanned form; nothing in it was read. Type what "
        "it says into a blank form (`journeys forms`), and move the scan out of forms/."
    ]


def test_of_a_letter_with_a_picture_nothing_is_said(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Dear all")
    document.add_picture(picture())
    document.save(str(tmp_path / "letter.docx"))
    problems: list[Problem] = []
    assert read_form(tmp_path / "letter.docx", SCHEMA, name="forms/letter.docx", report=problems.append) is None
    assert problems == []


@pytest.mark.parametrize("name", ["forms/scan.jpg", "forms/page 1.TIFF"])
def test_a_picture_among_the_forms_is_said(name: str) -> None:
    problem = other_format(name)
    assert problem is not None
    assert problem.message == "A picture is not read."
    assert other_format(name.replace("forms/", "notes/")) is None


SHEETS = {
    "narrative_form": "Story",
    "theme_form": "1 Processes and functions",
    "document_extraction_template": "Content",
    "data_collection_summary": "Overview",
}


@pytest.mark.parametrize(
    ("name", "pasted"),
    [
        ("narrative_form", "theme_form"),
        ("document_extraction_template", "narrative_form"),
        ("data_collection_summary", "document_extraction_template"),
    ],
)
def test_a_sheet_pasted_into_a_workbook_is_said_in_one_sentence(tmp_path: Path, name: str, pasted: str) -> None:
    paths = {each: tmp_path / f"{each}.xlsx" for each in (name, pasted)}
    for each, path in paths.items():
        write_form(load_instrument(each), path, SCHEMA, filled=full(load_instrument(each)))
    book, other = openpyxl.load_workbook(paths[name]), openpyxl.load_workbook(paths[pasted])
    sheet, source = book[SHEETS[name]], other[SHEETS[pasted]]
    below = sheet.max_row + 3
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                sheet.cell(below + cell.row, cell.column, cell.value)
    book.save(paths[name])
    problems: list[Problem] = []
    form = read_form(paths[name], SCHEMA, name="f.xlsx", report=problems.append)
    assert form is not None
    assert contents(form) == contents(full(load_instrument(name)))
    (problem,) = problems
    assert str(problem).startswith(f"f.xlsx > {SHEETS[name]} > A")
    assert f"Here begins another form: {load_instrument(pasted).title}; its " in problem.message


def test_a_block_of_notes_beside_the_answers_is_said_with_its_range(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("narrative_form"), path, SCHEMA, filled=full(load_instrument("narrative_form")))
    book = openpyxl.load_workbook(path)
    for number in range(50, 60):
        book["Story"].cell(number, 2, f"note {number}")
    book["Story"].cell(80, 2, "alone")
    book.save(path)
    problems: list[Problem] = []
    read_form(path, SCHEMA, name="f.xlsx", report=problems.append)
    assert [str(problem) for problem in problems] == [
        "f.xlsx > Story > B50:B59: 10 filled cells here are not part of the form; they were not read. Move what should "
        "be kept to an answer, or to *Who did what*.",
        "f.xlsx > Story > B80: This cell is not beside a question, or not under a heading; it was not read. Move it to "
        "an answer, or to *Who did what*.",
    ]


def test_a_table_of_another_form_pasted_below_rows_is_said_and_not_read(tmp_path: Path) -> None:
    path, other = tmp_path / "f.xlsx", tmp_path / "o.xlsx"
    for each, name in ((path, "interview_sheet"), (other, "observation_guide")):
        write_form(load_instrument(name), each, SCHEMA, filled=full(load_instrument(name)))
    book, guide = openpyxl.load_workbook(path), openpyxl.load_workbook(other)
    for row in guide["People present"].iter_rows(max_row=2):
        for cell in row:
            book["Passages"].cell(cell.row + 4, cell.column, cell.value)
    for cell in list(book["Who did what"][1]):  # the rows of two people, put one below the other with their headings
        book["Who did what"].cell(3, cell.column, cell.value)
        book["Who did what"].cell(4, cell.column, book["Who did what"].cell(2, cell.column).value)
    book.save(path)
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name="f.xlsx", report=problems.append)
    assert form is not None
    assert contents(form)[2]["passages"] == contents(full(load_instrument("interview_sheet")))[2]["passages"]
    assert len(form.claim_rows) == 2
    assert [str(problem) for problem in problems] == [
        "f.xlsx > Passages > row 5: Here begins another table ('Person', 'Role/remit', 'Represents', …); its 1 row was "
        "not read. Put it into the form it belongs to, or copy what belongs here under the headings above.",
        "f.xlsx > Who did what > row 3: This row repeats the headings; it was not read. Delete it.",
    ]
