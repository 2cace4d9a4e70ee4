"""Office files with pseudonyms in all that they hold beside text: headers, formats, formulas, names of things."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from journeys.instruments.files.pseudonymised import pseudonymised
from journeys.model.real_names import KnownPerson, NameFinder

PEOPLE = [
    KnownPerson("Rajiv Patel", "Person 1"),
    KnownPerson("Dorothea Schwarzenegger", "P2"),
    KnownPerson("Anna Gray", "Person 3"),
]
FINDER, WHOLE = NameFinder(PEOPLE), NameFinder(PEOPLE, parts=False)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = re.compile("rajiv|patel|schwarz|dorothea|anna", re.IGNORECASE)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8", errors="replace") for name in package.namelist()}


def workbook(book: Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    made = pseudonymised(kept.getvalue(), "x.xlsx", FINDER, WHOLE)
    assert (made.unread, made.left) == ([], [])
    assert [name for name, text in parts(made.content).items() if NAMES.search(name + text)] == []
    return made.content


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("&CSchwarzenegger", "&CP2"),
        ("&LRajiv&RPatel, 2011", "&LPerson 1&RPerson 1, 2011"),
        ('&L&"Arial,Bold"&12Rajiv Patel&C&KFF0000Patel&R&K01+000Schwarzenegger', None),
        ("&CRa&Bjiv&B &UPatel && Anna Gray, &P of &N", "&CPerson 1&B&B&U && Person 3, &P of &N"),
        ("&C&F &A\n&D", "&C&F &A\n&D"),
    ],
)
def test_headers_of_excel_hold_codes_directly_before_names(written: str, said: str | None) -> None:
    book = Workbook()
    kept = io.BytesIO()
    book.active.oddHeader.center.text = "HERE"  # type: ignore[union-attr]
    book.active.evenFooter.left.text = "x"  # type: ignore[union-attr]
    book.save(kept)
    escaped = written.replace("&", "&amp;")
    content = io.BytesIO()
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).decode().replace("&amp;CHERE", escaped))
    made = pseudonymised(content.getvalue(), "x.xlsx", FINDER, WHOLE)
    sheet = parts(made.content)["xl/worksheets/sheet1.xml"]
    found = re.search("<oddHeader>(.*?)</oddHeader>", sheet, re.DOTALL)
    assert found is not None
    said = said or '&L&"Arial,Bold"&12Person 1&C&KFF0000Person 1&R&K01+000P2'
    assert found[1].replace("&amp;", "&") == said


def test_headers_that_openpyxl_writes_hold_no_name() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.oddHeader.center.text, sheet.oddHeader.left.text = "Schwarzenegger", "Dorothea Schwarzenegger"
    sheet.oddFooter.right.text, sheet.oddFooter.right.size = "Patel", 12
    sheet.firstFooter.left.text, sheet.firstFooter.left.font = "Rajiv", "Arial,Bold"
    read = load_workbook(io.BytesIO(workbook(book))).active
    assert read is not None
    assert (read.oddHeader.left.text, read.oddHeader.center.text) == ("P2", "P2")
    assert (read.oddFooter.right.text, read.firstFooter.left.text) == ("Person 1", "Person 1")


def test_sheets_ranges_and_tables_keep_names_that_excel_takes_and_formulas_find() -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Patel"
    other = book.create_sheet("Rajiv Patel")
    for name in ("Rajiv_Patel", "Patel", "Schwarzenegger"):
        book.defined_names[name] = DefinedName(name, attr_text="'Rajiv Patel'!$A$1", comment="by Dorothea")
    first.append(["Patel", "n"])
    first.append(["x", 1])
    first.add_table(Table(displayName="Dorothea", ref="A1:B2"))
    first["D1"] = (
        "=IF(A1=\"Rajiv Patel\",Rajiv_Patel+Patel!B2,SUM(Patel,Schwarzenegger,Dorothea[Patel]))+'Rajiv Patel'!A1"
    )
    first["D2"] = "=MAX(GRAY12:GRAY13)+GRAY(1)"
    first["D2"].hyperlink = "#'Rajiv Patel'!A1"
    first["E1"].number_format, first["E1"] = '"Patel" 0\\ \\P\\a\\t\\e\\l;[Red]0', 5
    other["A1"] = "M_x00FC_ller, Pa_x0074_el"
    book.move_sheet("Rajiv Patel", -1)
    content = workbook(book)
    read = load_workbook(io.BytesIO(content))
    assert sorted(read.sheetnames) == ["Person 1", "Person 1 (2)"]
    own, table = read["Person 1"], read["Person 1 (2)"]
    assert sorted(read.defined_names) == ["Person_1", "Person_1_2", "_P2_2"]
    assert {each.attr_text for each in read.defined_names.values()} == {f"'{own.title}'!$A$1"}
    assert list(table.tables) == ["_P2"]
    assert table["D1"].value == (
        f"=IF(A1=\"Person 1\",Person_1+'{table.title}'!B2,SUM(Person_1_2,_P2_2,_P2[Person 1]))+'{own.title}'!A1"
    )
    assert table["E1"].number_format == '"Person 1" 0" Person 1";[Red]0'
    assert own["A1"].value == "Müller, Person 1"


def test_word_divided_by_a_line_end_and_all_other_attributes() -> None:
    document = Document()
    first = document.add_paragraph()
    for xml in (
        f"<w:r {W}><w:t>Schwarzen-</w:t><w:br/><w:t>egger, Rajiv</w:t><w:br/><w:t>Patel</w:t></w:r>",
        f'<w:bookmarkStart {W} w:id="3" w:name="Rajiv_Patel"/>',
        f'<w:bookmarkEnd {W} w:id="3"/>',
        f"<w:r {W}><w:instrText> REF Rajiv_Patel \\h </w:instrText></w:r>",
        f'<w:hyperlink {W} w:anchor="Rajiv_Patel"><w:r><w:t>there</w:t></w:r></w:hyperlink>',
        f'<w:sdt {W}><w:sdtPr><w:placeholder><w:docPart w:val="Patel"/></w:placeholder></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:color w:val="lightGray"/></w:rPr><w:t>x</w:t></w:r></w:sdtContent></w:sdt>',
        f'<w:fldSimple {W} w:instr=" AUTHOR patel "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
    ):
        first._p.append(parse_xml(xml))
    kept = io.BytesIO()
    document.save(kept)
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("customXml/item9.xml", '<!-- by Rajiv Patel --><a strange="for Anna Gray" b="patel"/>')
    made = pseudonymised(kept.getvalue(), "x.docx", FINDER, WHOLE)
    assert (made.unread, made.left) == ([], [])
    found = parts(made.content)
    body = found["word/document.xml"]
    assert re.sub("<w:br/>|<[^>]*>", "", body).strip().startswith("P2, Person 1 REF Person_1 \\h there")
    assert body.count("Person_1") == 4
    assert 'w:val="lightGray"' in body
    assert NAMES.search(body) is None
    assert "<!-- by Person 1 -->" in found["customXml/item9.xml"]
    assert 'strange="for Person 3" b="Person_1"' in found["customXml/item9.xml"]


def test_paths_in_a_package_lead_to_the_parts_they_name() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("project.qde", '<Project><TextSource plainTextPath="internal://Rajiv%20Patel.txt"/></Project>')
        package.writestr("Sources/Rajiv%20Patel.txt", "x")
    found = parts(pseudonymised(kept.getvalue(), "x.qdpx", FINDER, WHOLE).content)
    assert 'plainTextPath="internal://Person_1.txt"' in found["project.qde"]
    assert "Sources/Person_1.txt" in found
