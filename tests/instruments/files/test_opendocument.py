"""OpenDocument spreadsheets as LibreOffice writes them: what a person sees in a cell is what is read, or it is said."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.files.opendocument import read_ods
from journeys.instruments.files.workbook import Workbook
from journeys.model.problems import Problem, UnreadableFile
from tests.mapped import make_study, read_study

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())

AUTOMATIC = """
<number:date-style style:name="N36"><number:day number:style="long"/><number:text>/</number:text>
 <number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="N37"><number:day number:style="long"/><number:text>/</number:text>
 <number:month number:style="long"/><number:text>/</number:text><number:year/></number:date-style>
<number:date-style style:name="N82"><number:month number:textual="true"/><number:text> </number:text><number:year/>
</number:date-style>
<number:date-style style:name="N81"><number:day/><number:text> </number:text><number:month number:textual="true"/>
</number:date-style>
<number:date-style style:name="N75"><number:quarter/><number:text> </number:text><number:year number:style="long"/>
</number:date-style>
<number:date-style style:name="N51"><number:day/><number:text>.</number:text><number:month/><number:text>.</number:text>
 <number:year number:style="long"/><number:text> </number:text><number:hours/><number:text>:</number:text>
 <number:minutes number:style="long"/></number:date-style>
<style:style style:name="whole" style:family="table-cell" style:parent-style-name="Default"
 style:data-style-name="N36"/>
<style:style style:name="short" style:family="table-cell" style:data-style-name="N37"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N82"/>
<style:style style:name="noyear" style:family="table-cell" style:data-style-name="N81"/>
<style:style style:name="quarter" style:family="table-cell" style:data-style-name="N75"/>
<style:style style:name="clock" style:family="table-cell" style:data-style-name="N51"/>
<style:style style:name="ce9" style:family="table-cell" style:parent-style-name="Dropped"/>
<style:style style:name="ce10" style:family="table-cell" style:parent-style-name="Dropped">
 <style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"
 style:text-line-through-type="single"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="white" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="ondark" style:family="table-cell" style:parent-style-name="white">
 <style:table-cell-properties fo:background-color="#1f4e79"/></style:style>
<style:style style:name="black" style:family="table-cell">
 <style:table-cell-properties fo:background-color="#000000"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties fo:color="#fffffe"/></style:style>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
"""
SHARED = """
<style:default-style style:family="table-cell"/>
<style:style style:name="Default" style:family="table-cell"/>
<style:style style:name="Dropped" style:family="table-cell" style:parent-style-name="Default">
 <style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
"""


def package(path: Path, content: str, **parts: str) -> Path:
    """A spreadsheet of this content, packed as LibreOffice packs it."""
    meta = "<office:meta><meta:creation-date>2026-11-20T10:00:00</meta:creation-date></office:meta>"
    files = {
        "META-INF/manifest.xml": f"<manifest:manifest {DECLARED}><manifest:file-entry manifest:full-path='/'/>"
        "</manifest:manifest>",
        "styles.xml": f"<office:document-styles {DECLARED}><office:styles>{SHARED}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {DECLARED}>{meta}</office:document-meta>",
        "content.xml": f"<office:document-content {DECLARED}><office:automatic-styles>{AUTOMATIC}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body>"
        "</office:document-content>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        for name, text in {**files, **parts}.items():
            made.writestr(name, XML + text)
    return path


def sheet(
    rows: str, name: str = "Sheet1", columns: str = '<table:table-column table:number-columns-repeated="9"/>'
) -> str:
    return f'<table:table table:name="{name}" table:style-name="ta1">{columns}{rows}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def words(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" calcext:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def number(kind: str, value: str, shown: str | None, more: str = "") -> str:
    said = f"<text:p>{shown}</text:p>" if shown is not None else ""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" calcext:value-type="{kind}" {more}>'
        f"{said}</table:table-cell>"
    )


def day(value: str, shown: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"'
        f' calcext:value-type="date"><text:p>{shown}</text:p></table:table-cell>'
    )


EMPTY = "<table:table-cell/>"


def read(tmp_path: Path, content: str, **parts: str) -> tuple[Workbook, list[Problem]]:
    problems: list[Problem] = []
    book = read_ods(package(tmp_path / "t.ods", content, **parts), name="t.ods", report=problems.append)
    return book, problems


CELLS: dict[str, tuple[str, Any, tuple[str, ...]]] = {
    "words": (words("Needs assessment"), "Needs assessment", ()),
    "a percentage": (number("percentage", "0.25", "25 %"), "25 %", ()),
    "a percentage without words": (number("percentage", "0.125", None), "12.5%", ()),
    "two decimals": (number("float", "1.1", "1.10"), "1.10", ()),
    "leading zeros": (number("float", "7", "007"), "007", ()),
    "a general number": (number("float", "12.5", "12.5"), 12.5, ()),
    "a decimal comma": (number("float", "12.5", "12,5"), 12.5, ()),
    "a decimal comma with a zero": (number("float", "1.1", "1,10"), "1,10", ()),
    "thousands": (number("currency", "1200", "1.200,00 \u20ac", 'office:currency="EUR"'), "1.200,00 \u20ac", ()),
    "thousands with spaces": (number("float", "1234567", "1\u202f234\u202f567"), "1\u202f234\u202f567", ()),
    "pounds": (number("currency", "1200.5", "\u00a31,200.50"), "\u00a31,200.50", ()),
    "rounded": (number("float", "12.345", "12.3"), "12.3", ("rounded",)),
    "rounded with a comma": (number("float", "12.345", "12,3"), "12,3", ("rounded",)),
    "hidden by its format": (number("float", "5", ""), None, ("hidden_text",)),
    "a document number by format": (number("float", "1", "D01"), "D01", ()),
    "a truth value": (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p>'
        "</table:table-cell>", True, ()),
    "a day": (day("2011-03-05", "05/03/2011", "whole"), date(2011, 3, 5), ()),
    "a day of which the format hides the time": (
        day("2011-03-05T14:30:00", "05/03/2011", "whole"), date(2011, 3, 5), ()),
    "a day with its time": (day("2011-03-05T14:30:00", "5.3.2011 14:30", "clock"), datetime(2011, 3, 5, 14, 30), ()),
    "a short year": (day("2011-03-05", "05/03/11", "short"), date(2011, 3, 5), ()),
    "a day of the year of work": (day("2026-03-05", "05/03/26", "short"), date(2026, 3, 5), ("year_of_work",)),
    "a month": (day("2011-03-01", "Mar 11", "month"), "2011-03", ()),
    "a month that holds a day": (day("2013-03-05", "Mar 13", "month"), "2013-03", ("date_shown_in_part",)),
    "a day without its year": (day("2026-03-05", "5 Mar", "noyear"), date(2026, 3, 5), ("date_without_year",)),
    "a quarter": (day("2011-01-05", "Q1 2011", "quarter"), "Q1 2011", ()),
    "a date that is none": (day("2011-02-31", "31/02/2011", "whole"), "31/02/2011", ()),
    "a time": (
        '<table:table-cell office:value-type="time" office:time-value="PT14H30M00S"><text:p>02:30 PM</text:p>'
        "</table:table-cell>", "02:30 PM", ()),
    "a struck-out style": (words("old", 'table:style-name="ce9"'), None, ("struck_out",)),
    "a struck-out number": (number("float", "7", "7", 'table:style-name="ce9"'), None, ("struck_out",)),
    "a style that takes the line off": (words("live", 'table:style-name="ce10"'), "live", ()),
    "struck-out words among others": (
        words('stays <text:span text:style-name="T1">goes</text:span> '
              '<text:span text:style-name="T2">bold</text:span>'),
        "stays bold", ("struck_out",)),
    "a span that takes the line off": (
        words('gone <text:span text:style-name="T2">gone too</text:span>', 'table:style-name="ce9"'), None,
        ("struck_out",)),
    "hidden words": (words('seen<text:span text:style-name="T3"> unseen</text:span>'), "seen", ("hidden_text",)),
    "white words": (words("unseen", 'table:style-name="white"'), "unseen", ("hidden_text",)),
    "white words on a dark cell": (words("seen", 'table:style-name="ondark"'), "seen", ()),
    "a blackened cell": (words("unseen", 'table:style-name="black"'), "unseen", ("hidden_text",)),
    "white words among others": (
        words('seen<text:span text:style-name="T4"> unseen</text:span>'), "seen unseen", ("hidden_text",)),
    "spaces and tabs": (words("a<text:s/>b<text:s text:c='3'/>c<text:tab/>d"), "a b   c\td", ()),
    "white space of the file": (words("\n   one\n   two\n"), "one two", ()),
    "two paragraphs": (words("one</text:p><text:p>two<text:line-break/>three"), "one\ntwo\nthree", ()),
    "a link": (words("see <text:a xlink:href='http://example.org'>the page</text:a>"), "see the page", ()),
    "small letters beside others": (
        words("<text:ruby><text:ruby-base>\u6771\u4eac</text:ruby-base><text:ruby-text>tokyo</text:ruby-text></text:ruby>"),
        "\u6771\u4eac", ()),
    "a comment": (
        words("D01</text:p><office:annotation><dc:creator>Ann</dc:creator><dc:date>2011-01-01</dc:date>"
              "<text:p>ask <text:span text:style-name='T1'>Bob</text:span></text:p></office:annotation><text:p>b"),
        "D01\nb", ()),
    "a formula": (words("12", 'table:formula="of:=[.A1]&amp;[.B1]"'), "12", ("formula",)),
    "a formula without a result": ('<table:table-cell table:formula="of:=NOW()"/>', None, ("formula_without_value",)),
    "an error": (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>', None, ("excel_error",)),
    "an error of an older version": (
        number("float", "0", "Err:508", 'table:formula="of:=(("'), None, ("excel_error",)),
    "a picture": (
        words("seen</text:p><draw:frame><draw:image xlink:href='a.png'/></draw:frame><text:p>"), "seen", ("picture",)),
    "a text box": (
        "<table:table-cell><draw:custom-shape><text:p>Not in a cell</text:p></draw:custom-shape></table:table-cell>",
        None, ("picture",)),
    "control characters": (words("a\u007fb"), "ab", ("control_characters",)),
    "text without paragraphs": (
        '<table:table-cell office:value-type="string" office:string-value="bare"/>', "bare", ()),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_is_read_as_it_is_shown(tmp_path: Path, case: str) -> None:
    cell, value, said = CELLS[case]
    book, problems = read(tmp_path, sheet(row(words("first"), cell) + row(words("last"))))
    found = book.sheets[0].cell("B1").value
    assert (found, type(found)) == (value, type(value))
    assert [problem.kind for problem in problems] == list(said)
    assert all(str(problem.address) == "t.ods > Sheet1 > B1" for problem in problems)
    assert book.sheets[0].cell("A2").value == "last"


def test_comments_are_kept_apart_with_their_author_and_cell(tmp_path: Path) -> None:
    book, _ = read(tmp_path, sheet(row(EMPTY, CELLS["a comment"][0])))
    (comment,) = book.sheets[0].comments
    assert (str(comment.address), comment.author, comment.words) == ("t.ods > Sheet1 > B1", "Ann", "ask Bob")


def test_repeated_cells_and_rows_are_written_out(tmp_path: Path) -> None:
    rows = (
        row(words("a", 'table:number-columns-repeated="3"'), words("b"))
        + row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="2"')
        + row(
            '<table:table-cell table:number-columns-repeated="2"/>', words("c"), more='table:number-rows-repeated="2"'
        )
        + row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1048571"')
    )
    book, problems = read(tmp_path, sheet(rows))
    found = [list(each.values) for each in book.sheets[0].rows()]
    assert found == [["a", "a", "a", "b"], [None, None, "c"], [None, None, "c"]]
    assert [each.number for each in book.sheets[0].rows()] == [1, 4, 5]
    assert problems == []


def test_what_lies_under_a_merged_cell_is_said_and_not_read(tmp_path: Path) -> None:
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    under = '<table:covered-table-cell office:value-type="string"><text:p>unseen</text:p></table:covered-table-cell>'
    blank = "<table:covered-table-cell/>"
    book, problems = read(tmp_path, sheet(row(words("h"), words("i")) + row(words("seen", spanned), under, words("c"))
                                          + row(blank, blank, words("d"))))  # fmt: skip
    assert [list(each.values) for each in book.sheets[0].rows(2)] == [["seen", None, "c"], [None, None, "d"]]
    assert [(p.kind, p.address.cell) for p in problems] == [("hidden_text", "B2")]
    (merged,) = book.sheets[0].merged_below(1)
    assert "A2:B3" in merged.message


def test_hidden_rows_columns_and_sheets_are_said(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = (
        row(words("a"), words("b"), words("c"))
        + row(words("d"), more='table:visibility="filter"')
        + "<table:table-row-group table:display='false'>"
        + row(words("e"), more='table:visibility="collapse"')
        + "</table:table-row-group>"
        + row(EMPTY, more='table:visibility="collapse"')
        + "<table:table-header-rows>" + row(words("f")) + "</table:table-header-rows>"
    )  # fmt: skip
    hidden = sheet(row(words("x")), name="Old").replace("ta1", "ta2")
    book, problems = read(tmp_path, sheet(rows, columns=columns) + hidden)
    assert [(p.kind, p.address.sheet, p.address.cell) for p in problems] == [
        ("hidden_row", "Sheet1", "row 2"),
        ("hidden_row", "Sheet1", "row 3"),
        ("hidden_column", "Sheet1", "column B"),
        ("hidden_sheet", "Old", None),
    ]
    assert [each.name for each in book.sheets] == ["Sheet1", "Old"]
    assert book.sheets[0].cell("A5").value == "f"


def test_recorded_changes_are_not_read_as_cells_and_said(tmp_path: Path) -> None:
    changes = (
        "<table:tracked-changes><table:cell-content-change table:id='ct1'><table:previous>"
        "<table:change-track-table-cell office:value-type='string'><text:p>before</text:p>"
        "</table:change-track-table-cell></table:previous>"
        "</table:cell-content-change><table:deletion table:id='ct2'/></table:tracked-changes>"
    )
    book, problems = read(tmp_path, changes + sheet(row(words("after"))))
    assert [list(each.values) for each in book.sheets[0].rows()] == [["after"]]
    assert [str(p).split(": ")[1] for p in problems] == [
        "2 recorded changes were read as accepted. Accept or reject them, and save the file."
    ]


def test_a_table_that_libreoffice_remembers_of_another_file_is_no_sheet(tmp_path: Path) -> None:
    other = sheet(row(words("elsewhere")), name="'file:///home/ann/old.ods'#$Sheet1").replace("ta1", "ta_extref")
    book, _ = read(tmp_path, sheet(row(words("here"))) + other)
    assert [each.name for each in book.sheets] == ["Sheet1"]


def test_a_column_or_row_gives_its_cells_their_style(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce9"/>'
    rows = row(words("a"), words("b")) + row(words("c"), EMPTY, more='table:default-cell-style-name="ce9"')
    book, problems = read(tmp_path, sheet(rows, columns=columns))
    assert [list(each.values) for each in book.sheets[0].rows()] == [["a"]]
    assert [p.address.cell for p in problems] == ["B1", "A2"]


def test_page_headers_and_footers_with_words_are_said(tmp_path: Path) -> None:
    page = (
        "<style:header><text:p>DRAFT<text:tab/>not for <text:span>use</text:span> <text:date>5 March</text:date>"
        '</text:p></style:header><style:header-left style:display="false"><text:p>unused</text:p></style:header-left>'
        "<style:footer><text:p>Page <text:page-number>1</text:page-number> of <text:page-count>9</text:page-count>"
        "</text:p></style:footer>"
    )
    styles = (
        f"<office:document-styles {DECLARED}><office:styles>{SHARED}</office:styles><office:master-styles>"
        f'<style:master-page style:name="Default">{page}</style:master-page>'
        f'<style:master-page style:name="Report">{page}</style:master-page></office:master-styles>'
        "</office:document-styles>"
    )
    _, (problem,) = read(tmp_path, sheet(row(words("a"))), **{"styles.xml": styles})
    assert problem.message == "The words of a page header are not read: 'DRAFT not for use'."


def test_a_sheet_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    rows = row(words("a", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"')
    book, (problem,) = read(tmp_path, sheet(rows))
    assert (problem.kind, book.sheets[0].last_row) == ("sheet_too_large", 0)


@pytest.mark.parametrize(
    ("part", "text", "kind"),
    [
        ("META-INF/manifest.xml", f"<manifest:manifest {DECLARED}><manifest:file-entry manifest:full-path='a.xml'>"
         "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>", "locked_file"),
        ("content.xml", "<office:document-content>", "damaged_file"),
        ("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "unsafe_file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(tmp_path: Path, part: str, text: str, kind: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, sheet(row(words("a"))), **{part: text})
    assert refused.value.problem.kind == kind


def test_a_map_reads_a_spreadsheet_cell_by_cell(tmp_path: Path) -> None:
    rows = (
        row(words("who"), words("paper"), words("date"), words("page"))
        + row(words("Ann"), number("float", "7", "007"), day("2011-03-05", "05/03/2011", "whole"),
              number("float", "1.1", "1.10"))
        + row(words("Bob", 'table:style-name="ce9"'), words("P2"))
    )  # fmt: skip
    mapped = (
        "map: 1\nnodes:\n  who: {kind: Actor, each: who}\n"
        "  paper: {kind: Document, each: paper, set: {title: '{value}', date: '{date?}'}}\n"
        "claims:\n  - {type: SUPPORTED, from: who, to: paper, set: {place: '{page?}'}}\n"
    )
    folder = make_study(tmp_path, v_map_yaml=mapped)
    package(folder / "tables" / "v.ods", sheet(rows))
    study = read_study(folder)
    assert [(p.kind, str(p.address)) for p in study.problems] == [
        ("gave_nothing", "tables/v.ods"),
        ("struck_out", "tables/v.ods > Sheet1 > A3"),
    ]
    assert study.said == [("ann", "SUPPORTED", "007")]
    assert study.claims[0][3]["place"] == "1.10"
    assert study.nodes["007"]["date_from"] == date(2011, 3, 5)
    assert study.claims[0][3]["cell"] == "A2"
