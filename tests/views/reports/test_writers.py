"""A report in each format: the same words, the same numbers, and nothing of it is taken for markup."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx as python_docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from journeys.views.reports.docx import docx
from journeys.views.reports.html import html
from journeys.views.reports.model import (
    Bullets,
    Column,
    Figure,
    Heading,
    Note,
    Report,
    Run,
    Table,
    cell,
    line,
    paragraph,
)
from journeys.views.reports.xlsx import xlsx

FIRST, SECOND = Note("\u201cIn March\u201d, Ann, page 3."), Note("Minutes of April, item 4.")
HOSTILE = "<script>alert(1)</script> =1+1 \x07"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>map</text></svg>'


@pytest.fixture
def report() -> Report:
    rows = (
        (cell("D07"), cell(line(Run("seen twice", (FIRST, SECOND))), "and read")),
        (cell(HOSTILE), cell(line(Run("seen once", (FIRST,))))),
    )
    blocks = (
        Heading("What happened"),
        paragraph("It began in March", Run("", (SECOND,)), "."),
        Table("Documents", (Column("No.", 5), Column("What", 20)), rows, "n = 2 documents", sheet="Docs: 1"),
        Table("Meetings", (Column("No."),), (), empty="No meeting is recorded."),
        Bullets((line("one"), line("two"))),
        Figure(SVG, "The way of D07", "The document goes from the team to the board.", "n = 4 steps"),
        Table("Documents", (Column("No."),), ((cell("D08"),),), sheet="Docs: 1"),
    )
    return Report("Journey of D07", "From first to last.", blocks, "Our study", "Invented.", wide=False)


def test_the_page_has_every_word_once_and_notes_in_order(report: Report) -> None:
    page = html(report)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; =1+1") == 1
    assert re.findall(r'href="#n(\d)"', page) == ["1", "2", "1", "2"]
    assert re.findall(r'<li id="n(\d)" value="\d">(\S+)', page) == [("1", "Minutes"), ("2", "\u201cIn")]
    assert sorted(re.findall(r'id="r(\d)"', page)) == ["1", "2"]
    captions = [
        "Table 1. Documents (n = 2 documents).",
        "Figure 1. The way of D07 (n = 4 steps).",
        "Table 2. Documents.",
    ]
    assert [page.index(caption) for caption in captions] == sorted(page.index(caption) for caption in captions)
    assert "No meeting is recorded." in page
    assert "Table 3" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<text>map</text>" in page


def words_of(document: python_docx.document.Document) -> Iterator[str]:
    for element in document.element.body.iter(qn("w:p")):
        yield "".join(each.text or "" for each in element.iter(qn("w:t")))


def test_the_word_document_is_a4_with_repeated_headings_and_linked_notes(report: Report) -> None:
    document = python_docx.Document(io.BytesIO(docx(report)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Invented."
    assert [len(table.rows) for table in document.tables] == [3, 2]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(round(column.width.mm) for column in table.columns) == 170
    words = list(words_of(document))
    assert "<script>alert(1)</script> =1+1 " in words
    assert [each for each in words if re.match(r"\d\.", each)] == [f"1.{SECOND.words}", f"2.{FIRST.words}"]
    links = [each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))]
    assert links == ["note1", "note1", "note2", "note2"]
    marks = [each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert marks == ["note1", "note2"]
    assert "No meeting is recorded." in words


def test_the_workbook_has_a_sheet_for_each_table_and_no_formula(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(report)))
    assert book.sheetnames == ["Notice", "Report", "Docs  1", "Docs  1 2", "Sources"]
    sheet = book["Docs  1"]
    assert [row[0].value for row in sheet.iter_rows()] == [
        "Table 1. Documents (n = 2 documents).", "No.", "D07", "<script>alert(1)</script> =1+1 ",
    ]  # fmt: skip
    assert sheet["B3"].value == "seen twice [1, 2]\nand read"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width >= 8
    assert [cell.value for cell in book["Sources"]["B"]] == ["Source", SECOND.words, FIRST.words]
    told = [cell.value for cell in book["Report"]["A"]]
    assert "It began in March [1]." in told
    assert "Documents: see the sheet Docs  1 2." in told
