"""Workbooks as other people and programs leave them: formats, struck-out words, comments, pictures, odd part names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.files.workbook import read_workbook
from journeys.instruments.forms import read_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address, Problem
from journeys.model.schema import load_schema
from tests.instruments.word.documents import repacked
from tests.written import write_form

SCHEMA = load_schema()
ROWS = "Who did what"
FILLED = FilledForm(
    "interview_sheet", 1, "",
    {name: Cell(words, Address()) for name, words in
     {"source": "int-SS", "interviewee": "Sam S.", "case_study": "C1"}.items()}, (),
    (FilledRow({name: Cell(words, Address()) for name, words in
                {"who": "SS", "did_what": "contested", "to_what": "D01", "quote": "wrong"}.items()}),),
)  # fmt: skip


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Any], object]], tuple[FilledForm, list[Problem]]]:
    """Reads a filled interview sheet in which somebody changed something with another program."""

    def change(how: Callable[[Any], object]) -> tuple[FilledForm, list[Problem]]:
        path = tmp_path / "f.xlsx"
        write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)
        book = openpyxl.load_workbook(path, rich_text=True)
        how(book)
        book.save(path)
        return read(path)

    return change


def read(path: Path) -> tuple[FilledForm, list[Problem]]:
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name=f"forms/{path.name}", report=problems.append)
    assert form is not None
    return form, problems


def row(form: FilledForm) -> dict[str, str]:
    return {name: given.text for name, given in form.claim_rows[0].values.items()}


def put(book: Any, cell: str, value: object, format_: str) -> None:
    box = book[ROWS][cell]
    box.value, box.number_format = value, format_


def test_numbers_are_read_as_they_are_shown(changed: Any) -> None:
    def typed(book: Any) -> None:
        put(book, "C2", 1, '"D"00')
        put(book, "F2", 0.25, "0%")
        put(book, "G2", 1.1, "0.00")
        put(book, "K2", 7, "000")
        put(book, "P2", True, "General")

    form, problems = changed(typed)
    values = row(form)
    assert (values["to_what"], values["aspect_or_purpose"], values["grounds_or_manner"]) == ("D01", "25%", "1.10")
    assert (values["place"], values["note"], problems) == ("007", "TRUE", [])


def test_a_number_that_is_shown_rounded_is_said(changed: Any) -> None:
    form, problems = changed(lambda book: put(book, "G2", 0.1234, "0%"))
    assert row(form)["grounds_or_manner"] == "12%"
    assert [problem.kind for problem in problems] == ["rounded"]
    assert problems[0].address.cell == "G2"


def test_what_a_format_hides_is_not_read_and_said(changed: Any) -> None:
    form, problems = changed(lambda book: put(book, "G2", "SECRET", ";;;"))
    assert "grounds_or_manner" not in row(form)
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("hidden_text", "G2")]


def test_struck_out_words_are_not_read_and_said(changed: Any) -> None:
    def struck(book: Any) -> None:
        sheet = book[ROWS]
        sheet["L2"] = CellRichText("He ", TextBlock(InlineFont(strike=True), "opposed"), " supported it")
        sheet["G2"].value, sheet["G2"].font = "old", Font(strike=True)
        for column in "ABC":
            sheet[f"{column}3"] = "MV"
            sheet[f"{column}3"].font = Font(strike=True)

    form, problems = changed(struck)
    assert (len(form.claim_rows), row(form)["quote"]) == (1, "He supported it")
    assert "grounds_or_manner" not in row(form)
    assert {problem.address.cell for problem in problems} == {"L2", "G2", "A3", "B3", "C3"}
    assert {problem.kind for problem in problems} == {"struck_out"}


def test_struck_out_words_in_shared_strings(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "shared"
    book.save(path)

    def share(parts: dict[str, bytes]) -> None:
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = (
            b'<sst xmlns="%s" count="2" uniqueCount="2"><si><t>kept</t></si><si><r><rPr><strike/></rPr><t>no </t></r>'
            b"<r><t>yes</t></r></si></sst>" % space
        )
        parts["xl/worksheets/sheet1.xml"] = (
            b'<worksheet xmlns="%s"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s">'
            b"<v>1</v></c></row></sheetData></worksheet>" % space
        )

    repacked(path, share)
    problems: list[Problem] = []
    read_book = read_workbook(path, name="f.xlsx", report=problems.append)
    assert list(read_book.sheets[0].row(1).values) == ["kept", "yes"]
    assert [problem.message for problem in problems] == ["Struck-out text is not read: 'no'."]


def test_comments_that_people_wrote_are_said_and_our_own_are_not(changed: Any) -> None:
    def commented(book: Any) -> None:
        book[ROWS]["B2"].comment = Comment("check with team", "XY")
        book["Interview"]["B4"].comment = Comment("is this right?", "evidence-journeys")

    _, problems = changed(commented)
    assert {(problem.address.sheet, problem.address.cell) for problem in problems} == {
        (ROWS, "B2"),
        ("Interview", "B4"),
    }
    assert any("'XY: check with team'" in problem.message for problem in problems)


def test_a_threaded_comment_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)

    def thread(parts: dict[str, bytes]) -> None:
        rels = "xl/worksheets/_rels/sheet1.xml.rels"
        kind = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        more = b'<Relationship Id="t" Type="%s" Target="/xl/threadedComments/t1.xml"/></Relationships>' % kind
        parts[rels] = parts[rels].replace(b"</Relationships>", more)
        parts["xl/threadedComments/t1.xml"] = (
            b'<ThreadedComments xmlns="x"><threadedComment ref="B4" personId="{P}" id="{1}"><text>Ask Sam</text>'
            b"</threadedComment></ThreadedComments>"
        )
        parts["xl/persons/person.xml"] = b'<personList xmlns="x"><person displayName="A. Boe" id="{P}"/></personList>'
        notes = next(name for name in parts if name.startswith("xl/comments"))
        copy = b'<comment ref="B4" authorId="1"><text><t>[Threaded]</t></text></comment></commentList>'
        data = parts[notes].replace(b"</commentList>", copy)
        parts[notes] = data.replace(b"</authors>", b"<author>tc={1}</author></authors>")

    repacked(path, thread)
    _, problems = read(path)
    assert [problem.message for problem in problems] == ["A comment is not read: 'A. Boe: Ask Sam'."]
    assert (problems[0].address.sheet, problems[0].address.cell) == ("Interview", "B4")


def drawing(inner: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        rels = "xl/worksheets/_rels/sheet1.xml.rels"
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
        more = b'<Relationship Id="d" Type="%s" Target="/xl/drawings/d.xml"/></Relationships>' % kind
        parts[rels] = parts[rels].replace(b"</Relationships>", more)
        place = b"<x:from><x:col>2</x:col><x:colOff>0</x:colOff><x:row>4</x:row><x:rowOff>0</x:rowOff></x:from>"
        parts["xl/drawings/d.xml"] = (
            b'<x:wsDr xmlns:x="x" xmlns:a="a"><x:twoCellAnchor>%s%s</x:twoCellAnchor></x:wsDr>' % (place, inner)
        )

    return change


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (b"<x:pic/>", "A picture that lies over the cells is not read."),
        (b"<x:graphicFrame/>", "A chart or diagram that lies over the cells is not read."),
        (b"<x:sp><x:txBody><a:t>Ask</a:t><a:t>Sam</a:t></x:txBody></x:sp>",
         "A text box that lies over the cells is not read: 'Ask Sam'."),
    ],
)  # fmt: skip
def test_what_lies_over_the_cells_is_said(tmp_path: Path, inner: bytes, said: str) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)
    repacked(path, drawing(inner))
    _, problems = read(path)
    assert [(problem.message, problem.address.cell) for problem in problems] == [(said, "C5")]


def test_a_check_box_over_the_cells_is_said(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)

    def change(parts: dict[str, bytes]) -> None:
        vml = next(name for name in parts if name.endswith(".vml"))
        box = (
            b'<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Checkbox"><x:Anchor>1, 0, '
            b"6, 0, 2, 0, 7, 0</x:Anchor><x:Checked>1</x:Checked></x:ClientData></xml>"
        )
        parts[vml] = parts[vml].replace(b"</xml>", box)

    repacked(path, change)
    _, problems = read(path)
    assert [problem.message for problem in problems] == ["A ticked check box that lies over the cells is not read."]
    assert problems[0].address.cell == "B7"


def other_name(parts: dict[str, bytes]) -> None:
    parts["xl/workbook2.xml"] = parts.pop("xl/workbook.xml")
    parts["xl/_rels/workbook2.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"xl/workbook2.xml")


def other_folder(parts: dict[str, bytes]) -> None:
    parts["book/main.xml"] = parts.pop("xl/workbook.xml")
    rels = parts.pop("xl/_rels/workbook.xml.rels").replace(b'Target="/xl/', b'Target="../xl/')
    parts["book/_rels/main.xml.rels"] = rels
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"book/main.xml")


def strict(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            data = data.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            parts[name] = data.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )


def with_dangling_links(parts: dict[str, bytes]) -> None:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    more = b'<Relationship Id="n" Type="%s" Target="NULL"/></Relationships>' % kind
    parts[rels] = parts[rels].replace(b"</Relationships>", more)


@pytest.mark.parametrize("change", [other_name, other_folder, strict, with_dangling_links])
def test_valid_workbooks_of_other_programs_are_read(tmp_path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)
    repacked(path, change)
    form, problems = read(path)
    assert (row(form)["quote"], form.header["source"].text, problems) == ("wrong", "int-SS", [])


def test_a_template_under_this_ending_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    write_form(load_instrument("interview_sheet"), path, SCHEMA, filled=FILLED)

    def change(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(
            b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml"
        )

    repacked(path, change)
    form, problems = read(path)
    assert row(form)["quote"] == "wrong"
    assert [problem.message[:34] for problem in problems] == ["The file is an Excel template (.xl"]


# -- the originals


def original(shared_cases: Path, name: str) -> tuple[list[dict[str, str]], list[Problem]]:
    form, problems = read(shared_cases / "inputs" / name)
    return [{column: given.text for column, given in each.values.items()} for each in form.claim_rows], problems


def test_the_original_with_number_formats(shared_cases: Path) -> None:
    form, problems = read(shared_cases / "inputs" / "numfmt.xlsx")
    said = {given.text for row in form.claim_rows for given in row.values.values()}
    assert {"25%", "1.10", form.header["document_number"].text} == {"D01"} | said & {"25%", "1.10"}
    assert problems == []


def test_the_original_with_comments(shared_cases: Path) -> None:
    _, problems = original(shared_cases, "cellcomment.xlsx")
    assert [(problem.kind, problem.address.cell) for problem in problems] == [("comment", "B3"), ("comment", "C3")]


def test_the_original_with_struck_out_words(shared_cases: Path) -> None:
    rows, problems = original(shared_cases, "strike.xlsx")
    assert [each["quote"] for each in rows] == ["He supported it"]
    assert {problem.kind for problem in problems} == {"struck_out"}
