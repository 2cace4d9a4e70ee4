"""No real name in any byte of a pseudonymised copy, whatever program wrote the study and however it writes letters."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, unquote_plus

import pytest
import yaml
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.commands import run_here
from tests.every_byte import every_byte

PEOPLE = (
    "Siobhán O'Connor", "Jean-Pierre Lefèvre", "Jürgen Müller", "Nguyễn Thị Minh", "王小明", "Al-Hassan Ibn Sina",
    "Mary-Jane van der Berg", "Will Brown", "Fionnuala Ó Súilleabháin", "Krzysztof Wójcik", "Владимир Петров", "Li Wu",
    "Grace May", "Dorothea Schwarzenegger", "Rajiv Patel", "Zoë Brontë-Okonkwo", "J. R. Tolkienson", "김민수",
    "राजीव पटेल", "Øyvind Åse",
)  # fmt: skip
REAL = (
    "siobhan", "connor", "jean-pierre", "lefevre", "jurgen", "juergen", "muller", "mueller", "nguyen", "thi minh",
    "王小明", "小明", "hassan", "ibn sina", "li wu", "ms wu", "wu said", "mary-jane", "der berg", "will brown", "brown",
    "fionnuala", "suilleabhain", "krzysztof", "wojcik", "владимир", "петров", "grace", "ms may", "dorothea", "schwarz",
    "enegger", "rajiv", "patel", "bronte", "okonkwo", "tolkienson", "김민수", "민수", "राजीव", "पटेल", "oyvind",
)  # fmt: skip
"""What must be nowhere, folded; words that are looked for with what tells that they are names."""
SAID = (
    "We met Siobhán O'Connor and Dr O’CONNOR; then J.-P. Lefevre; Jean Pierre. Juergen Mueller said so; "
    "Jurgen; Herr Müller too. Nguyen Thi Minh (Ms Minh). 王小明和小明说. Al-Hassan; Ibn Sina. Li Wu; Ms Wu; Wu "
    "said. Mary Jane van der Berg's; van der Berg. Will Brown; Brown, Will; Mr Brown. Ó Súilleabháin. "
    "KRZYSZTOF WÓJCIK; Wojcik. Владимир Петров; Петров. Grace May; Ms May came in May. Schwarzen\u00adegger; "
    "Dorothea\u00a0Schwarzenegger. rajiv.patel@x.example; RajivPatel; R. Patel. Zoe\u0308 Bronte\u0308; "
    "Bronte-Okonkwo. J. R. Tolkienson. 김민수는; 민수가. राजीव पटेल ने; पटेल. Øyvind Åse; Oyvind."
)
LONG = "words and words, "
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("’", "'"))
    return "".join(each for each in letters if not unicodedata.combining(each) and each not in "\u00ad\u200b")


def says(content: bytes) -> Iterator[str]:
    """Everything that some bytes may be read as, by libraries that the program does not use for it."""
    read = []
    for codec in ("utf-8", "utf-16", "cp1252"):
        try:
            read.append(content.decode(codec))
        except UnicodeDecodeError:
            continue
    for text in read[:2]:
        for loads in (json.loads, yaml.safe_load, lambda each: [json.loads(line) for line in each.splitlines()]):
            try:
                read.append(str(loads(text)))
            except Exception:
                continue
    for text in read:
        plain = text
        for _ in range(3):
            plain = html.unescape(unquote_plus(unquote(plain)))
            plain = re.sub(r"\\[ux]([0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})", lambda code: chr(int(code[1], 16)), plain)
            plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), plain)
        yield from (text, plain)
        for within in ("", "\n"):
            apart = re.sub(r"&[A-Z]|<[^>]*>", within, plain)
            yield from (
                apart,
                re.sub(r"-\s+", "", apart),
                re.sub(r"\r?\n[ \t]", "", apart),
                re.sub(r"[\\\"*']", "", apart),
            )


def names_in(folder: Path) -> list[str]:
    """Where a real name stands, and which."""
    found = set()
    for place, content in every_byte(folder):
        for text in says(content):
            said = " ".join(folded(text).split())
            for name in map(folded, REAL):
                # A short name may be a part of another word, but not where no spaces stand between words.
                within = len(name) > 6 or not name.isascii()
                if name in said and (within or re.search(rf"(?<![^\W\d_]){re.escape(name)}", said)):
                    found.add(f"{place}: {name}")
    return sorted(found)


def package(path: Path, parts: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        made.comment = b"packed by Rajiv Patel"


def more_parts(path: Path, parts: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        package(path, {name: old.read(name) for name in old.namelist() if name not in parts} | parts)


def write_texts(study: Path) -> None:
    forms, tables = study / "forms", study / "tables"
    said = {"who": list(PEOPLE), "Jürgen Müller": f"{LONG * 6}Rajiv Patel {LONG * 4}{SAID}", "n": [SAID] * 2}
    for name, options in (("plain", {}), ("unicode", {"allow_unicode": True}), ("double", {"default_style": '"'}),
                          ("single", {"default_style": "'"}), ("folded", {"default_style": ">"})):  # fmt: skip
        (forms / f"{name}.yaml").write_text(yaml.safe_dump(said, width=60, **options), encoding="utf-8")
    (forms / "odd.yml").write_text(
        "# K. Wójcik, Schwarzen-\n# egger\na: &Rajiv_Patel 'O''Connor'\nb: *Rajiv_Patel\nc: \"Rajiv Pa\\\n  tel\"\n"
        "d: Rajiv\n        Patel\ne: |\n   Rajiv\n       Patel\n",
        encoding="utf-8",
    )
    (forms / "int Siobhán_OConnor ms wu.txt").write_text(SAID.replace("; ", ";\n"), encoding="utf-8")
    (forms / f"{quote('Jürgen Müller')}.txt").write_text("x", encoding="utf-8")
    (forms / "old.txt").write_bytes("Siobhán O’Connor; Jürgen Müller; Lefèvre".encode("cp1252"))
    (tables / "sixteen.csv").write_bytes(f'who,words\nRajiv Patel,"{SAID}"\n'.encode("utf-16"))
    (tables / "tabs.tsv").write_text(f"who\twords\n{PEOPLE[0]}\t{quote(SAID)}\n", encoding="utf-8")
    (tables / "ascii.json").write_text(json.dumps({"Rajiv Patel": SAID.replace("; ", "\n")}), encoding="utf-8")
    (tables / "html.json").write_text(json.dumps({"x": html.escape(SAID)}).replace("&", "\\u0026"), encoding="utf-8")
    (tables / "lines.jsonl").write_text("\n".join(json.dumps({"n": each}) for each in PEOPLE), encoding="utf-8")
    entities = "".join(each if each.isascii() else f"&#{ord(each)};" for each in SAID.replace("'", "&#39;"))
    page = (
        f"<p title='J&uuml;rgen M&uuml;ller'>{entities}<a href='mailto:rajiv%2Epatel@x'>Schwarzen<b>egger</b></a></p>"
    )
    (study / "page.html").write_text(page, encoding="utf-8")
    (study / "notes.md").write_text(
        f"# Schwarz**enegger**\n\n> Schwarzen-\n> egger\n\n{entities}\n{quote(SAID)}", "utf-8"
    )
    (study / "guides" / "g.vtt").write_text(
        f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Rajiv Patel>{SAID}", encoding="utf-8"
    )
    (study / "guides" / "g.srt").write_text(
        f"1\n00:00:00,0 --> 00:00:01,0\n<i>Ra</i>jiv Patel\n{SAID}", encoding="utf-8"
    )
    (study / "guides" / "g.ics").write_text("BEGIN:VCALENDAR\r\nSUMMARY:Dorothea Schwarzen\r\n egger\r\n", "utf-8")
    (study / "cypher" / "Patel.cypher").write_text(
        "// Schwarzen-\n// egger\nMATCH (a {name: 'Siobh\\u00e1n O\\'Connor', b: \"M\\u00fcller\"}) RETURN a", "utf-8"
    )


def write_workbook(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Wójcik"
    for row, name in enumerate(PEOPLE, start=1):
        sheet.cell(row, 1, name)
    sheet["B1"], sheet["B2"] = SAID, "_x004A_ürgen M_x00FC_ller"
    sheet["B3"] = "=IF(A1=\"Rajiv Patel\",'Rajiv Patel'!A1,Rajiv_Patel+Schwarzenegger)"
    sheet["B4"].hyperlink = "mailto:rajiv%2Epatel@x.example"
    sheet["B5"].number_format, sheet["B5"] = '"Patel" 0', 5
    sheet["B6"].number_format, sheet["B6"] = "0\\ \\P\\a\\t\\e\\l", 5
    sheet["A1"].comment = Comment("Fionnuala asked", "Krzysztof Wójcik")
    check = DataValidation(type="list", formula1='"Rajiv Patel,Li Wu"', prompt="Ask Patel", error="Ms Wu knows")
    check.add("C1")
    sheet.add_data_validation(check)
    sheet.oddHeader.left.text, sheet.oddHeader.center.text = "Dorothea Schwarzenegger", "Schwarzenegger"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "Rajiv", "Patel"
    sheet.oddFooter.right.size, sheet.evenFooter.center.color = 14, "FF0000"
    sheet.evenFooter.center.text = "Rajiv"
    book.create_sheet("Rajiv Patel")
    for name in ("Rajiv_Patel", "Schwarzenegger"):
        book.defined_names[name] = DefinedName(name, attr_text="'Rajiv Patel'!$A$1", comment="by Okonkwo")
    book.properties.creator, book.properties.title, book.properties.keywords = "Rajiv Patel", "Wójcik", "Müller"
    book.save(path)
    person = '<personList><person displayName="Jürgen Müller" userId="S::k.wojcik@x"/></personList>'
    more_parts(path, {"xl/persons/person.xml": person})


def write_document(path: Path, workbook: bytes) -> None:
    document = Document()
    for each in SAID.split("; "):
        document.add_paragraph(each)
    cell = document.add_table(1, 2).rows[0].cells
    cell[0].text, cell[1].text = "Schwarzen-", "egger"
    first = document.add_paragraph()
    first.add_run("Schw")
    first.add_run("arzen").bold = True
    first.add_run("egger and R")
    first.add_run("ajiv Pa").italic = True
    first.add_run("tel")
    for xml in (
        f'<w:ins {W} w:id="9" w:author="Rajiv Patel"><w:r><w:t>Schwarzen-</w:t><w:br/><w:t>egger</w:t></w:r></w:ins>',
        f'<w:del {W} w:id="8" w:author="Rajiv Patel"><w:r><w:delText>Patel was</w:delText></w:r></w:del>',
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="Patel"/><w:tag w:val="rajiv_patel"/><w:placeholder>'
        '<w:docPart w:val="Patel"/></w:placeholder></w:sdtPr><w:sdtContent><w:r><w:t>Patel</w:t></w:r></w:sdtContent>'
        "</w:sdt>",
        f'<w:bookmarkStart {W} w:id="3" w:name="Rajiv_Patel"/>',
        f'<w:bookmarkEnd {W} w:id="3"/>',
        f'<w:r {W}><w:instrText> HYPERLINK "mailto:rajiv.patel@x" \\o "Rajiv Patel" \\l Rajiv_Patel</w:instrText></w:r>',  # noqa: E501
    ):
        first._p.append(parse_xml(xml))
    document.sections[0].header.paragraphs[0].text = "Rajiv Patel"
    document.add_comment(first.runs[0], text="Is this Zoë Okonkwo?", author="Krzysztof Wójcik", initials="KW")
    document.core_properties.author, document.core_properties.comments = "Rajiv Patel", "Müller"
    document.save(path)
    properties = "<Manager>Rajiv Patel</Manager><HyperlinkBase>C:\\Users\\rajiv.patel\\</HyperlinkBase>"
    parts = {
        "docProps/app.xml": f"<!-- Rajiv Patel --><Properties>{properties}</Properties>",
        "customXml/item1.xml": f"<a strange='Jürgen M&amp;uuml;ller' b='patel'><![CDATA[{html.escape(SAID)}]]></a>",
        "word/people.xml": f'<w:people {W}><w:person w:author="Wójcik" w:userId="rajiv.patel@x"/></w:people>',
        "word/embeddings/sheet.xlsx": workbook,
    }
    more_parts(path, parts)


def write_raw_packages(study: Path) -> None:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:x="urn:x"'
    )
    content = (
        f"<office:document-content {spaces}><office:body>"
        "<text:p>Ra<text:span>jiv</text:span> Pa<text:span>tel; </text:span>"
        f"Schwarzen-<text:line-break/>egger; {SAID}</text:p><office:annotation><dc:creator>Rajiv Patel</dc:creator>"
        '</office:annotation><x:table x:name="Patel" x:odd="for Rajiv Patel"/></office:body></office:document-content>'
    )
    meta = f"<office:document-meta {spaces}><dc:creator>Jürgen Müller</dc:creator></office:document-meta>"
    for name in ("forms/a.odt", "tables/a.ods"):
        package(study / name, {"mimetype": "application/x", "content.xml": content, "meta.xml": meta})
    slide = (
        '<p:sld xmlns:p="urn:p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p>'
        "<a:r><a:t>Ra</a:t></a:r><a:r><a:t>jiv Patel</a:t></a:r></a:p></p:sld>"
    )
    package(study / "talk.pptx", {"ppt/slides/Patel.xml": slide})
    user, source = '<User name="Rajiv Patel" id="rajiv.patel"/>', '<TextSource plainTextPath="internal://Wójcik.txt"/>'
    project = f'<Project name="Patel">{user}{source}</Project>'
    package(study / "p.qdpx", {"project.qde": project, "Sources/Wójcik.txt": SAID})
    package(study / "all.zip", {"Rajiv Patel.txt": SAID, "J&uuml;rgen.html": "M&uuml;ller"})
    (study / "codes.qdc").write_text('<CodeBook><Code name="Patel"/></CodeBook>', encoding="utf-8")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    for name in ("forms", "tables", "decisions", "guides", "cypher"):
        (folder / name).mkdir(parents=True)
    (folder / "study.yaml").write_text(
        "# by Schwarzenegger, D.\nid: s\ntitle: What Rajiv Patel did\n", encoding="utf-8"
    )
    people = [{"id": f"p{number}", "pseudonym": name, "site": "north"} for number, name in enumerate(PEOPLE)]
    registers = {"sites": [{"id": "north", "pseudonym": "Northtown"}], "people": people}
    (folder / "registers.yaml").write_text(yaml.safe_dump(registers), encoding="utf-8")
    write_texts(folder)
    write_workbook(folder / "forms" / "D1 Rajiv Patel.xlsx")
    write_document(folder / "forms" / "Siobhán O'Connor.docx", (folder / "forms" / "D1 Rajiv Patel.xlsx").read_bytes())
    write_raw_packages(folder)
    return folder


def test_no_name_is_in_any_byte_of_a_copy_whatever_wrote_the_study(study: Path, tmp_path: Path) -> None:
    seen = {each.rpartition(": ")[2] for each in names_in(study)}
    assert sorted(set(map(folded, REAL)) - seen) == []  # the search can see every name
    said = run_here(["pseudonymise", tmp_path / "copy", "--key", tmp_path / "key.csv"], study, {})
    assert said.code == 0, said.stderr
    assert names_in(tmp_path / "copy") == []
    assert "Not copied" not in said.stdout
    count = [sum(path.is_file() for path in folder.rglob("*")) for folder in (study, tmp_path / "copy")]
    assert count[0] == count[1] > 25
