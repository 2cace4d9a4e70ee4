"""Files of every kind with pseudonyms in place of names: nothing is left of a name in any part of any of them."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from journeys.instruments.files.pseudonymised import pseudonymised
from journeys.model.real_names import KnownPerson, NameFinder

PEOPLE = [KnownPerson("Mina Varma", "Person 1"), KnownPerson("Zoë Okonkwo", "Person 2")]
FINDER, WHOLE = NameFinder(PEOPLE), NameFinder(PEOPLE, parts=False)

BODY = """<w:p><w:r><w:t>Mi</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>na V</w:t></w:r><w:r><w:t xml:space="preserve">arma said </w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Tracked: Mi</w:t></w:r><w:del w:id="1" w:author="Zoe Okonkwo"><w:r><w:delText>x</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="Zoe Okonkwo"><w:r><w:t>na</w:t></w:r></w:ins></w:p>
<w:p><w:del w:id="3" w:author="ZO"><w:r><w:delText>Okon</w:delText></w:r></w:del><w:ins w:id="4" w:author="ZO"><w:r><w:t>z</w:t></w:r></w:ins>
<w:del w:id="5" w:author="ZO"><w:r><w:delText>kwo</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>with Okon-</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>kwo today</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>MINA</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>VARMA</w:t></w:r></w:p>"""  # noqa: E501


def changed_part(content: bytes, part: str, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            target.writestr(entry, text.replace(old.encode(), new.encode(), 1) if entry.filename == part else text)
    return made.getvalue()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8", errors="replace") for name in package.namelist()}


def left_in(content: bytes) -> list[str]:
    """The parts that hold a piece of a name, with and without their tags."""
    names = re.compile("mina|varma|okonkwo|zoe|zo\u00eb", re.IGNORECASE)
    found = parts(content)
    return [
        name for name, text in found.items() if names.search(name + text) or names.search(re.sub("<[^>]*>", "", text))
    ]


def word_document() -> bytes:
    document = Document()
    document.add_paragraph("Before Dr Varma's paper")
    document.core_properties.author = "Mina Varma"
    document.core_properties.last_modified_by = "an account"
    document.core_properties.title = "Interview with Zoe\u0308 Okonkwo"
    document.sections[0].header.paragraphs[0].text = "Mina Varma, 2 May 2011"
    run = document.paragraphs[0].runs[0]
    document.add_comment(run, text="Is this Zoë?", author="Mina Varma", initials="MV")
    made = io.BytesIO()
    document.save(made)
    return changed_part(made.getvalue(), "word/document.xml", "<w:sectPr", BODY + "<w:sectPr")


def test_a_word_document_keeps_no_name_in_runs_cells_changes_comments_and_properties() -> None:
    made = pseudonymised(word_document(), "x.docx", FINDER, WHOLE)
    assert left_in(made.content) == []
    assert "an account" not in "".join(parts(made.content).values())
    assert (made.unread, made.left) == ([], [])
    document = Document(io.BytesIO(made.content))
    texts = [each.text for each in document.paragraphs]
    assert texts[0] == "Before Dr Person 1's paper"
    assert texts[1] == "Person 1 said "
    assert texts[-1].strip() == "Person 1"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["with Person 2", " today"]
    assert document.sections[0].header.paragraphs[0].text == "Person 1, 2 May 2011"
    assert [each.text for each in document.comments] == ["Is this Person 2?"]


def test_a_workbook_keeps_no_name_in_cells_comments_sheet_names_and_properties() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mina Varma"
    sheet["A1"], sheet["A2"], sheet["B1"] = "Varma, Mina", 4.5, "='Mina Varma'!A2"
    sheet["A1"].comment = Comment("Zoë Okonkwo asked", "Zoë Okonkwo")
    sheet["A3"].hyperlink = "mailto:mina.varma@council.example"
    book.properties.creator = "Mina Varma"
    book.create_sheet("Okonkwo")["A1"] = "plain"
    kept = io.BytesIO()
    book.save(kept)
    made = pseudonymised(kept.getvalue(), "x.xlsx", FINDER, WHOLE)
    assert left_in(made.content) == []
    read = load_workbook(io.BytesIO(made.content))
    assert read.sheetnames == ["Person 1", "Person 2"]
    assert read["Person 1"]["A1"].value == "Person 1"
    assert read["Person 1"]["A2"].value == 4.5
    assert read["Person 1"]["B1"].value == "='Person 1'!A2"
    assert read["Person 1"]["A1"].comment.text == "Person 2 asked"


def test_an_opendocument_file_keeps_no_name() -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>'
        "<text:p>Then M<text:span>ina</text:span><text:s/>Var<text:span>ma</text:span> spoke"
        "<office:annotation><dc:creator>Zoë Okonkwo</dc:creator><text:p>Varma?</text:p></office:annotation>"
        ", once.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:creator>an account</dc:creator></office:meta>'
        "</office:document-meta>"
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("meta.xml", meta)
        package.writestr("Thumbnails/thumbnail.png", b"\x89PNG")
        package.writestr("Pictures/a.png", b"\x89PNG Mina Varma")
    made = pseudonymised(kept.getvalue(), "x.odt", FINDER, WHOLE)
    assert made.unread == ["x.odt > Pictures/a.png"]
    assert made.left == ["x.odt > Pictures/a.png"]  # what a camera or a program wrote into the picture
    found = parts(made.content)
    assert re.sub("<[^>]*>", "", found["content.xml"]).strip().endswith("Then Person 1 spokePerson 2Person 1?, once.")
    assert "an account" not in found["meta.xml"]
    assert not [name for name in found if name.startswith("Thumbnails")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_stays_in_its_encoding(encoding: str) -> None:
    made = pseudonymised("who,said\r\nZoë Okonkwo,été\r\n".encode(encoding), "x.csv", FINDER, WHOLE)
    assert made.content.decode(encoding) == "who,said\r\nPerson 2,été\r\n"


def test_letters_that_json_writes_as_numbers_are_read() -> None:
    made = pseudonymised(json.dumps({"who": "Zoë Okonkwo", "n": 1}).encode(), "x.json", FINDER, WHOLE)
    assert json.loads(made.content) == {"who": "Person 2", "n": 1}


def test_what_cannot_be_read_is_named_and_given_back() -> None:
    made = pseudonymised(b"%PDF-1.7 \x00\xff", "scan.pdf", FINDER, WHOLE)
    assert (made.content, made.unread, made.left) == (b"%PDF-1.7 \x00\xff", ["scan.pdf"], [])
    told = pseudonymised("(Mina Varma)".encode("utf-16-le"), "x.bin", FINDER, WHOLE)
    assert told.left == ["x.bin"]
