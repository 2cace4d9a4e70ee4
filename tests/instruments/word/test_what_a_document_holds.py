"""Word documents as people and programs leave them: tracked, commented, hidden, ticked, drawn, under odd names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.word.blocks import Paragraph, WordTable, word_blocks
from journeys.model.problems import Problem, UnreadableFile
from tests.instruments.word.documents import (
    MAIN,
    NAMESPACES,
    QUOTE,
    SCHEMA,
    W,
    minimal,
    read,
    repacked,
    text_run,
    with_quote,
)

STRUCK, HIDDEN = "<w:strike/>", "<w:vanish/>"
TRACKED = 'w:author="AB" w:date="2026-01-01T00:00:00Z"'


def deleted(words: str) -> str:
    return f'<w:del w:id="1" {TRACKED}><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def inserted(words: str) -> str:
    return f'<w:ins w:id="2" {TRACKED}>{text_run(words)}</w:ins>'


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def m(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def choice(requires: str, inner: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{inner}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def old_field(data: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{text_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def ticked(state: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{text_run('?')}</w:sdtContent></w:sdt>"
    )


PICTURE = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
BOX = f"<w:txbxContent><w:p>{text_run('in a box')}</w:p></w:txbxContent>"

# What stands in a paragraph, what is read of it, and the beginning of what is said.
RUNS: list[tuple[str, str, str, list[str]]] = [
    ("replaced", text_run("it is ") + deleted("bad") + inserted("good"), "it is good", ["2 tracked changes were read"]),
    ("inserted in two runs", inserted("a") + inserted("b"), "ab", ["1 tracked change was read as accepted"]),
    (
        "two insertions apart",
        inserted("a") + text_run(" and ") + inserted("b"),
        "a and b",
        ["2 tracked changes were read as accepted"],
    ),
    (
        "moved",
        f'<w:moveFrom w:id="1" {TRACKED}>{text_run("here")}</w:moveFrom>{text_run("then ")}'
        f'<w:moveTo w:id="2" {TRACKED}>{text_run("here")}</w:moveTo>',
        "then here",
        ["1 tracked change was read as accepted"],
    ),
    ("struck out", text_run("not ", STRUCK) + text_run("so"), "so", ["Struck-out text is not read: 'not'."]),
    ("struck out twice", text_run("no", "<w:dstrike/>"), "", ["Struck-out text is not read: 'no'."]),
    ("not struck after all", text_run("yes", '<w:strike w:val="0"/>'), "yes", []),
    ("hidden",
     text_run("He ") + text_run("SECRET ", HIDDEN) + text_run("said"), "He said", ["Hidden text is not read"]),
    ("a style that strikes", text_run("old", '<w:rStyle w:val="Gone"/>'), "", ["Struck-out text is not read: 'old'."]),
    ("a style based on one that hides",
     text_run("x", '<w:rStyle w:val="Sub"/>'), "", ["Hidden text is not read: 'x'."]),
    (
        "a style turned off in place",
        text_run("kept", '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>'),
        "kept",
        [],
    ),
    ("an old check box", old_field("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>") + text_run(" yes"),
     "\u2612 yes", []),
    ("an old check box by default", old_field("<w:checkBox><w:default w:val='1'/></w:checkBox>") + text_run(" yes"),
     "\u2612 yes", []),
    ("an old check box unticked", old_field("<w:checkBox><w:checked w:val='0'/></w:checkBox>"), "", []),
    (
        "an old list",
        old_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>'),
        "yes",
        [],
    ),
    (
        "an old list whose choice is shown as well",
        old_field('<w:ddList><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "no"),
        "no",
        [],
    ),
    ("an old text field", old_field('<w:textInput><w:default w:val="x"/></w:textInput>', "typed"), "typed", []),
    ("new check boxes", ticked("1") + text_run(" a ") + ticked("0") + text_run(" b"), "\u2612 a \u2610 b", []),
    ("a lone box that nobody ticked", ticked("0"), "", []),
    ("a fraction", text_run("p is ") + math(f"<m:f><m:num>{m('a+b')}</m:num><m:den>{m('2')}</m:den></m:f>"),
     "p is (a+b)/2", []),
    ("a power", math(f"<m:sSup><m:e>{m('x')}</m:e><m:sup>{m('2')}</m:sup></m:sSup>"), "x^2", []),
    (
        "a sum",
        math(
            f'<m:nary><m:naryPr><m:chr m:val="\u2211"/></m:naryPr><m:sub>{m("i=1")}</m:sub><m:sup>{m("n")}</m:sup>'
            f"<m:e><m:sSub><m:e>{m('x')}</m:e><m:sub>{m('i')}</m:sub></m:sSub></m:e></m:nary>"
        ),
        "\u2211_(i=1)^n x_i",
        [],
    ),
    ("a root in brackets",
     math(f"<m:d><m:e><m:rad><m:deg/><m:e>{m('y')}</m:e></m:rad></m:e></m:d>"), "(\u221a(y))", []),
    ("an alternative",
     text_run("smile ") + f"<w:r>{choice('w14', '<w:t>A</w:t>', '<w:t>A</w:t>')}</w:r>", "smile A", []),
    ("an alternative that nobody knows", f"<w:r>{choice('alien', '<w:t>?</w:t>', '<w:t>B</w:t>')}</w:r>", "B", []),
    (
        "a text box in two forms",
        f"<w:r>{choice('wps', f'<w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>', f'<w:pict>{BOX}</w:pict>')}</w:r>",
        "",
        ["The words of a text box are not read: 'in a box'."],
    ),
    ("a picture", text_run("see ") + PICTURE + PICTURE, "see ", ["A picture is not read (2 here)."]),
    ("a comment", text_run("so") + '<w:r><w:commentReference w:id="0"/></w:r>', "so",
     ["A comment is not read: 'XY: check this'."]),
    ("a footnote", text_run("so") + '<w:r><w:footnoteReference w:id="3"/></w:r>', "so",
     ["The words of a footnote are not read: 'See p. 4'."]),
    ("a reading above words", "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>K</w:t></w:r>"
     "</w:rubyBase></w:ruby></w:r>", "K (kan)", []),
    ("a link", f'<w:hyperlink r:id="gone">{text_run("here")}</w:hyperlink>', "here", []),
]  # fmt: skip
STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Hid"/></w:style>'
)
PARTS = {
    "comments": f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="XY"><w:p>{text_run("check this")}</w:p>'
    "</w:comment></w:comments>",
    "footnotes": f'<w:footnotes {NAMESPACES}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="3"><w:p>{text_run("See p. 4")}</w:p></w:footnote></w:footnotes>',
}


def blocks(tmp_path: Path, data: bytes) -> tuple[list[Paragraph | WordTable], list[Problem]]:
    path, problems = tmp_path / "x.docx", []
    path.write_bytes(data)
    return word_blocks(path, name="x.docx", report=problems.append), problems


@pytest.mark.parametrize(("markup", "words", "says"), [case[1:] for case in RUNS], ids=[case[0] for case in RUNS])
def test_a_paragraph_is_read_as_it_is_seen(tmp_path: Path, markup: str, words: str, says: list[str]) -> None:
    parts = {kind: xml for kind, xml in PARTS.items() if f"{kind[:-1]}Reference" in markup}
    found, problems = blocks(tmp_path, minimal(f"<w:p>{markup}</w:p>", parts=parts, styles=STYLES))
    assert [block.words for block in found if isinstance(block, Paragraph)] == [words]
    assert len(problems) == len(says)
    for problem, said in zip(problems, says, strict=True):
        assert problem.message.startswith(said)
        assert problem.address.cell == "paragraph 1"


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{text_run(words)}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


TABLES: list[tuple[str, str, tuple[tuple[str, ...], ...], str]] = [
    ("a deleted row", row(cell("a")) + row(cell("b"), properties=f'<w:del w:id="1" {TRACKED}/>') + row(cell("c")),
     (("a",), ("c",)), "1 tracked change was read as accepted (table 1, row 2)."),
    ("an inserted row", row(cell("a")) + row(cell("b"), properties=f'<w:ins w:id="1" {TRACKED}/>'),
     (("a",), ("b",)), "1 tracked change was read as accepted (table 1, row 2)."),
    ("a deleted cell", row(cell("a"), cell("b", f'<w:cellDel w:id="1" {TRACKED}/>'), cell("c")), (("a", "c"),),
     "1 tracked change was read as accepted (table 1, row 1, column 2)."),
    ("a hidden row", row(cell("a")) + row(cell("SECRET"), properties="<w:hidden/>"), (("a",),),
     "Hidden text is not read: 'SECRET'."),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "cells", "says"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_table_is_read_as_it_is_seen(tmp_path: Path, rows: str, cells: object, says: str) -> None:
    found, problems = blocks(tmp_path, minimal(f"<w:tbl>{rows}</w:tbl>"))
    assert [block.rows for block in found if isinstance(block, WordTable)] == [cells]
    assert [problem.message for problem in problems] == [says]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(tmp_path: Path) -> None:
    mark = f"<w:pPr><w:rPr><w:del {TRACKED}/></w:rPr></w:pPr>"
    joined = f"<w:p>{mark}{text_run('one ')}</w:p><w:p>{text_run('two')}</w:p>"
    found, problems = blocks(tmp_path, minimal(joined + f"<w:tbl>{row(f'<w:tc>{joined}</w:tc>')}</w:tbl>"))
    assert isinstance(found[0], Paragraph)
    assert isinstance(found[1], WordTable)
    assert (found[0].words, found[1].rows) == ("one two", (("one two",),))
    assert [problem.kind for problem in problems] == ["tracked_changes"]


def test_an_inserted_file_and_a_comment_without_a_place_are_said(tmp_path: Path) -> None:
    data = minimal('<w:altChunk r:id="x"/><w:p/>', parts={"comments": PARTS["comments"]})
    _, problems = blocks(tmp_path, data)
    assert [problem.message for problem in problems] == [
        "Another file that was inserted here is not read.",
        "A comment is not read: 'XY: check this'.",
    ]


def test_what_somebody_typed_into_a_page_header_is_said(tmp_path: Path) -> None:
    header = f"<w:hdr {NAMESPACES}><w:p>{text_run('Call Sam first')}</w:p></w:hdr>"
    _, problems = blocks(tmp_path, minimal("<w:p/>", parts={"header": header}))
    assert [problem.message for problem in problems] == ["The words of a page header are not read: 'Call Sam first'."]


# -- whole forms


@pytest.mark.parametrize(
    ("markup", "quote", "kinds"),
    [
        (text_run("the numbers are ") + deleted("wrong") + inserted("not final"), "the numbers are not final",
         ["tracked_changes"]),
        (text_run("the numbers ") + text_run("SECRET real name", HIDDEN) + text_run("fell"), "the numbers fell",
         ["hidden_text"]),
        (text_run("p is ") + math(m("x=0.05")), "p is x=0.05", []),
        (f"<w:r>{choice('w14', '<w:t>A</w:t>', '<w:t>A</w:t>')}</w:r>", "A", []),
    ],
)  # fmt: skip
def test_a_quote_in_a_form_is_read_as_it_is_seen(tmp_path: Path, markup: str, quote: str, kinds: list[str]) -> None:
    form, problems = read(with_quote(tmp_path / "f.docx", markup))
    assert [row.values["quote"].text for row in form.claim_rows] == [quote]
    assert [problem.kind for problem in problems] == kinds
    assert all(problem.address.sheet == "Who did what" for problem in problems)


def renamed(parts: dict[str, bytes]) -> None:
    parts["word/document2.xml"] = parts.pop(MAIN)
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"word/document.xml", b"word/document2.xml")


def elsewhere(parts: dict[str, bytes]) -> None:
    parts["text/main.xml"] = parts.pop(MAIN)
    parts["text/_rels/main.xml.rels"] = parts.pop("word/_rels/document.xml.rels").replace(
        b'Target="', b'Target="../word/'
    )
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"word/document.xml", b"text/main.xml")


def dangling(parts: dict[str, bytes]) -> None:
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    for target in ("NULL", "media/gone.png", "../../outside.png"):
        more = f'<Relationship Id="{target}" Type="{image}" Target="{target}"/></Relationships>'.encode()
        rels = "word/_rels/document.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", more)


def strict(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        data = data.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        parts[name] = data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


@pytest.mark.parametrize("change", [renamed, elsewhere, dangling, strict])
def test_valid_files_of_other_programs_are_read(tmp_path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    form, problems = read(with_quote(tmp_path / "f.docx", text_run(QUOTE), more=change))
    assert [row.values["quote"].text for row in form.claim_rows] == [QUOTE]
    assert problems == []


@pytest.mark.parametrize(
    ("type_", "called"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "a Word document with macros (.docm)"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "a Word template (.dotx)"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "a Word template with macros (.dotm)"),
    ],
)
def test_another_kind_of_word_file_under_this_ending_is_read_and_said(tmp_path: Path, type_: str, called: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"].decode()
        usual = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        assert usual in types
        parts["[Content_Types].xml"] = types.replace(usual, type_).encode()

    form, problems = read(with_quote(tmp_path / "f.docx", text_run(QUOTE), more=change))
    assert [row.values["quote"].text for row in form.claim_rows] == [QUOTE]
    assert [problem.kind for problem in problems] == ["other_kind"]
    assert f"The file is {called}" in problems[0].message


NOT_WORD: list[tuple[bytes, str]] = [
    (
        b'{"url": "https://docs.google.com/document/d/1/edit", "doc_id": "1"}',
        "a shortcut to Google Drive (.gdoc, .gsheet)",
    ),
    (b"bplist00\xd4", "a placeholder of iCloud"),
    (b"%PDF-1.7", "a PDF file"),
    (b"<html><body>", "a web page"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "in the old Excel format (.xls)"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "called"), NOT_WORD, ids=[case[1] for case in NOT_WORD])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_what_a_file_is_instead_is_named(tmp_path: Path, data: bytes, called: str, ending: str) -> None:
    path = tmp_path / f"f.{ending}"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_form(path, SCHEMA, name=path.name, report=lambda _: None)
    assert f"The file is {called}" in str(refused.value)


def test_an_open_document_text_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(minimal("<w:p/>"))

    def change(parts: dict[str, bytes]) -> None:
        parts.clear()
        parts |= {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}

    repacked(path, change)
    with pytest.raises(UnreadableFile, match=r"The file is an OpenDocument text \(\.odt\)\."):
        read_form(path, SCHEMA, name=path.name, report=lambda _: None)


def plain(parts: dict[str, bytes]) -> None:
    """What another word processor leaves of a form: no styles but headings, curly quotes, no document properties."""
    text = parts[MAIN].decode()
    text = re.sub(r'<w:pStyle w:val="(?!Heading|Title)[^"]*"/>', "", text)
    text = re.sub(r"(?<=>)([^<]*)(?=</w:t>)", lambda m: m[1].replace("'", "\u2019").replace(" - ", " \u2013 "), text)
    parts[MAIN] = text.encode()
    del parts["docProps/core.xml"]
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", parts["_rels/.rels"])


@pytest.mark.parametrize("instrument", ["interview_sheet", "observation_guide"])
def test_a_form_that_lost_its_styles_does_not_load_its_own_help(tmp_path: Path, instrument: str) -> None:
    path = tmp_path / "f.docx"
    write_form(load_instrument(instrument), path, SCHEMA)
    repacked(path, plain)
    form, problems = read(path)
    assert (form.size, form.header) == (0, {})
    assert problems == []


def test_words_typed_in_the_style_of_the_help_are_said(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        style = re.search(rb'w:styleId="([^"]+)"[^>]*><w:name w:val="Form guidance"', parts["word/styles.xml"])
        assert style is not None
        mine = f'<w:p><w:pPr><w:pStyle w:val="{style[1].decode()}"/></w:pPr>{text_run("My own remark")}</w:p>'
        parts[MAIN] = parts[MAIN].replace(b"<w:sectPr", mine.encode() + b"<w:sectPr", 1)

    _, problems = read(with_quote(tmp_path / "f.docx", text_run(QUOTE), more=change))
    assert [problem.kind for problem in problems] == ["ignored_text"]
    assert "'My own remark'" in problems[0].message


# -- the originals


@pytest.mark.parametrize(
    ("name", "quote", "says"),
    [
        ("w-altcontent", "smile A", []),
        ("w-comment", QUOTE, ["A comment is not read: 'XY: MV asked to retract this - check!'."]),
        ("w-omath", "p is x=0.05", []),
        ("w-tracked", "the numbers are not final", ["2 tracked changes were read as accepted"]),
        ("p-docm-renamed", QUOTE, ["The file is a Word document with macros (.docm), despite its name"]),
        ("p-document2", QUOTE, []),
        ("p-null", QUOTE, []),
        ("googledocs-like", QUOTE, []),
    ],
)
def test_the_originals(shared_cases: Path, name: str, quote: str, says: list[str]) -> None:
    problems: list[Problem] = []
    form = read_form(shared_cases / "inputs" / f"{name}.docx", SCHEMA, name=f"{name}.docx", report=problems.append)
    assert form is not None
    assert [row.values["quote"].text for row in form.claim_rows][:1] == [quote]
    assert (len(form.tables["passages"]), len(problems)) == (1, len(says)), problems
    assert all(problem.message.startswith(said) for problem, said in zip(problems, says, strict=True))


def test_an_original_without_its_row(shared_cases: Path) -> None:
    problems: list[Problem] = []
    path = shared_cases / "inputs" / "w-rowdeleted.docx"
    form = read_form(path, SCHEMA, name=path.name, report=problems.append)
    assert form is not None
    assert [problem.message for problem in problems] == ["1 tracked change was read as accepted (table 3, row 2)."]
    assert QUOTE not in [row.values["quote"].text for row in form.claim_rows]
