"""Word documents written element by element, as other programs and tired people leave them: what is seen is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.instruments.word.blocks import Paragraph, word_blocks
from journeys.model.problems import Problem
from tests.instruments.word.documents import minimal, text_run

TRACKED = 'w:author="AB" w:date="2026-01-01T00:00:00Z"'
UP = '<w:vertAlign w:val="superscript"/>'


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def symbol(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def set_in(font: str, words: str) -> str:
    return text_run(words, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def control(words: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"


def deleted(inner: str) -> str:
    return f"<w:del {TRACKED}>{inner}</w:del>"


def equation(properties: str) -> str:
    return f"<m:oMath><m:r><w:rPr>{properties}</w:rPr><m:t>x</m:t></m:r><m:r><m:t>y</m:t></m:r></m:oMath>"


NESTED_IF = (
    field("begin") + code(" IF ") + field("begin") + code(" MERGEFIELD a ") + field("separate") + text_run("north")
    + field("end") + code(' = "x" ') + field("separate") + text_run("shown") + field("end")
)  # fmt: skip
PROMPT = '<w:rStyle w:val="PlaceholderText"/>'
UNKNOWN_SYMBOL = "A symbol of a special font is not known and shown as \ufffd."
PUT_IN = "A date or page number that Word puts in is not read."
ONE_CHANGE = "1 tracked change was read as accepted (paragraph 1)."

PARAGRAPHS: dict[str, tuple[str, str, list[str]]] = {
    "a raised figure": (text_run("10") + text_run("2", UP) + text_run(" people"), "10\u00b2 people", []),
    "raised letters": (text_run("1") + text_run("st", UP), "1st", []),
    "a lowered figure": (text_run("CO") + text_run("2", '<w:vertAlign w:val="subscript"/>'), "CO2", []),
    "a field in the condition of another": (NESTED_IF, "shown", []),
    "words in a field's instruction": (
        field("begin") + code("QUOTE ") + text_run("unseen") + field("separate") + text_run("seen") + field("end"),
        "seen", []),
    "an entry of an index": (text_run("word") + field("begin") + code(' XE "other" ') + field("end"), "word", []),
    "an entry of a table of contents": (
        text_run("word") + field("begin") + code(" TC ") + text_run("other") + field("end"), "word", []),
    "a link as a field": (
        field("begin") + code(' HYPERLINK "a" ') + field("separate") + text_run("link") + field("end"), "link", []),
    "a field that does not end": (field("begin") + text_run("still read"), "still read", []),
    "a field whose result was replaced": (
        field("begin") + code("REF") + field("separate") + deleted("<w:r><w:delText>old</w:delText></w:r>")
        + text_run("new") + field("end") + text_run(" after"), "new after", [ONE_CHANGE]),
    "a date": ('<w:fldSimple w:instr=" DATE "><w:r><w:t>5 March</w:t></w:r></w:fldSimple>', "5 March", []),
    "a date that Word puts in": (text_run("on ") + "<w:r><w:dayLong/></w:r>", "on ", [PUT_IN]),
    "a page number that Word puts in": (text_run("p. ") + "<w:r><w:pgNum/></w:r>", "p. ", [PUT_IN]),
    "a tick in Wingdings": (set_in("Wingdings", "\u00fc") + text_run(" yes"), "\u2713 yes", []),
    "a tick in Wingdings 2": (symbol("Wingdings 2", "F052"), "\u2611", []),
    "a private character": (text_run("\uf0fc yes"), "\u2713 yes", []),
    "a Greek letter in Symbol": (symbol("Symbol", "F061") + set_in("Symbol", "b"), "\u03b1\u03b2", []),
    "a control character": (
        text_run("a\x7fb"), "ab", ["Invisible control characters were left out."]),
    "a control character in an equation": (
        "<m:oMath><m:r><m:t>x\x7f+1</m:t></m:r></m:oMath>", "x+1", ["Invisible control characters were left out."]),
    "another sign of another font": (symbol("Wingdings", "F0A3"), "\ufffd", [UNKNOWN_SYMBOL]),
    "an arrow": (symbol("Wingdings", "F0E0"), "\u2192", []),
    "no arrow in Symbol": (symbol("Symbol", "F0E0"), "\ufffd", [UNKNOWN_SYMBOL]),
    "an insertion that another deleted": (
        f"<w:ins {TRACKED}>{deleted('<w:r><w:delText>gone</w:delText></w:r>')}{text_run('stays')}</w:ins>", "stays",
        ["2 tracked changes were read as accepted (paragraph 1)."]),
    "deleted words under another name": (deleted(text_run("gone")) + text_run("kept"), "kept", [ONE_CHANGE]),
    "a struck-out format before": (
        text_run("live", "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>"), "live", []),
    "white words": (text_run("a ") + text_run("b", '<w:color w:val="FFFFFF"/>'), "a b", ["White text was read: 'b'."]),
    "white words on black": (
        text_run("b", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'), "b", []),
    "hidden on the web only": (text_run("a", "<w:webHidden/>"), "a", []),
    "nothing chosen yet": (control(text_run("Choose an item."), "<w:showingPlcHdr/>"), "", []),
    "nothing chosen yet, the mark lost": (control(text_run("Click or tap here.", PROMPT)), "", []),
    "something written in the prompt": (control(text_run("Click ", PROMPT) + text_run("typed")), "Click typed", []),
    "a choice": (control(text_run("contested"), "<w:dropDownList/>"), "contested", []),
    "a picture's place": (
        control("<w:r><w:drawing><pic:pic/></w:drawing></w:r>", "<w:picture/>"), "", ["A picture is not read."]),
    "ink": ('<w:r><w:contentPart r:id="a"/></w:r>', "", ["A picture is not read."]),
    "breaks and hyphens": (
        "<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e"
        "</w:t><w:br/><w:t>f</w:t></w:r>", "a\nb\tc-de\nf", []),
    "a deleted part of an equation": (equation(f"<w:del {TRACKED}/>"), "y", []),
    "a hidden part of an equation": (equation("<w:vanish/>"), "y", ["Hidden text is not read: 'x'."]),
    "a struck-out part of an equation": (equation("<w:strike/>"), "y", ["Struck-out text is not read: 'x'."]),
    "an equation that was deleted": (deleted("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), "", [ONE_CHANGE]),
    "an inserted file": ('<w:subDoc r:id="q"/>', "", ["Another file that was inserted here is not read."]),
    "a diagram": (
        '<w:r><w:drawing><dgm:relIds xmlns:dgm="urn:d"/></w:drawing></w:r>', "", ["A diagram is not read."]),
}  # fmt: skip


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{text_run(words)}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


HIDDEN = "Hidden text is not read: 'unseen'."
BLOCKS: dict[str, tuple[str, list[object], list[str]]] = {
    "rows in a content control": (
        table(row(cell("a")), control(row(cell("b")) + row(cell("c")))), [(("a",), ("b",), ("c",))], []),
    "a cell in a content control": (
        table(f"<w:tr>{control(cell('a'))}{cell('b')}</w:tr>"), [(("a", "b"),)], []),
    "words under a cell merged downwards": (
        table(row(cell("a", '<w:vMerge w:val="restart"/>'), cell("x")), row(cell("unseen", "<w:vMerge/>"), cell("y"))),
        [(("a", "x"), ("", "y"))], [HIDDEN]),
    "words under a cell merged sideways": (
        table(row(cell("a", '<w:hMerge w:val="restart"/>'), cell("unseen", "<w:hMerge/>"), cell("c"))),
        [(("a", "", "c"),)], [HIDDEN]),
    "a row that begins further right": (
        table(row(cell("a"), cell("b")), row(cell("c"), properties='<w:gridBefore w:val="1"/>')),
        [(("a", "b"), ("", "c"))], []),
    "a wide cell": (
        table(row(cell("a", '<w:gridSpan w:val="2"/>'), cell("c"))), [(("a", "", "c"),)], []),
    "a file inserted into a cell": (
        table("<w:tr><w:tc><w:altChunk r:id='x'/><w:p/></w:tc></w:tr>"), [(("",),)],
        ["Another file that was inserted here is not read."]),
    "a paragraph that was moved": (
        f"<w:p><w:pPr><w:rPr><w:moveFrom {TRACKED}/></w:rPr></w:pPr><w:moveFrom {TRACKED}>{text_run('moved')}"
        f"</w:moveFrom></w:p><w:p>{text_run('next')}</w:p><w:p><w:pPr><w:rPr><w:moveTo {TRACKED}/></w:rPr></w:pPr>"
        f"<w:moveTo {TRACKED}>{text_run('moved')}</w:moveTo></w:p>", ["next", "moved"], [ONE_CHANGE]),
    "a row deleted in a table in a cell": (
        table(f"<w:tr><w:tc>{table(row(cell('in')), row(cell('gone'), properties=f'<w:del {TRACKED}/>'))}<w:p/></w:tc>"
              "</w:tr>"), [(("in\n",),)], ["1 tracked change was read as accepted (table 1, row 1, column 1)."]),
    "a paragraph in a frame": (f"<w:p><w:pPr><w:framePr/></w:pPr>{text_run('framed')}</w:p>", ["framed"], []),
    "a paragraph in an element of one's own": (f"<w:customXml><w:p>{text_run('a')}</w:p></w:customXml>", ["a"], []),
    "a prompt of a whole paragraph": (
        control(f"<w:p>{text_run('Click')}</w:p>", "<w:showingPlcHdr/>") + f"<w:p>{text_run('b')}</w:p>", ["b"], []),
    "a check box that does not end": (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
        f"</w:fldChar></w:r></w:p><w:p>{text_run('still read')}</w:p>", ["\u2612", "still read"], []),
    "a field over paragraphs": (
        f"<w:p>{field('begin')}{code('TOC')}{field('separate')}{text_run('one')}</w:p><w:p>{text_run('two')}"
        f"{field('end')}</w:p>", ["one", "two"], []),
}  # fmt: skip


def read(tmp_path: Path, body: str) -> tuple[list[object], list[Problem]]:
    path, problems = tmp_path / "x.docx", list[Problem]()
    path.write_bytes(minimal(body))
    found = word_blocks(path, name="x.docx", report=problems.append)
    return [block.words if isinstance(block, Paragraph) else block.rows for block in found], problems


@pytest.mark.parametrize("case", PARAGRAPHS)
def test_a_paragraph_is_read_as_it_is_seen(tmp_path: Path, case: str) -> None:
    markup, words, says = PARAGRAPHS[case]
    found, problems = read(tmp_path, f"<w:p>{markup}</w:p>")
    assert found == [words]
    assert [problem.message for problem in problems] == says


@pytest.mark.parametrize("case", BLOCKS)
def test_tables_and_paragraphs_are_read_as_they_are_seen(tmp_path: Path, case: str) -> None:
    markup, blocks, says = BLOCKS[case]
    found, problems = read(tmp_path, markup)
    assert found == blocks
    assert [problem.message for problem in problems] == says


def styled(kind: str, name: str, properties: str, more: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{inner}{more}</w:style>'


def filled(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def dressed(words: str, run: str, properties: str) -> str:
    """A table of one cell."""
    return table(f"<w:tr><w:tc><w:tcPr>{properties}</w:tcPr><w:p>{text_run(words, run)}</w:p></w:tc></w:tr>")


def in_style(name: str, words: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{text_run(words, properties)}</w:p>'


WHITE = '<w:color w:val="FFFFFF"/>'
RUN_STYLE, SPECK, DARK_WORDS = '<w:rStyle w:val="C"/>', '<w:sz w:val="2"/>', '<w:color w:val="1F4E79"/>'
WHITE_BY_THEME = '<w:color w:val="auto" w:themeColor="background1"/>'
BLACKENED = '<w:color w:val="000000"/><w:highlight w:val="black"/>'
DARK_HEAD = styled(
    "table",
    "Dark",
    "",
    f'<w:tblStylePr w:type="firstRow"><w:rPr>{WHITE}</w:rPr><w:tcPr>{filled("1F4E79")}</w:tcPr></w:tblStylePr>',
)
DARK_TABLE = '<w:tblPr><w:tblStyle w:val="Dark"/><w:tblLook w:val="0420" w:firstRow="1" w:noHBand="1"/></w:tblPr>'
WHITE_ROW = f"<w:tr><w:tc><w:p>{text_run('b', WHITE)}</w:p></w:tc></w:tr>"
SEEN: list[str] = []
WHITE_READ, UNSEEN_READ = ["White text was read: 'b'."], ["Text in the colour of its background was read: 'b'."]

# styles, body, and what is said; "b" is what may not be seen
COLOURS: dict[str, tuple[str, str, list[str]]] = {
    "a paragraph style of white words": (styled("paragraph", "S", WHITE), in_style("S", "b"), WHITE_READ),
    "a style on a white style": (
        styled("paragraph", "S", WHITE) + styled("paragraph", "T", "", '<w:basedOn w:val="S"/>'), in_style("T", "b"),
        WHITE_READ),
    "a white style whose words are black again": (
        styled("paragraph", "S", WHITE), in_style("S", "b", '<w:color w:val="000000"/>'), SEEN),
    "words that are black by default in a white style": (
        styled("paragraph", "S", WHITE), in_style("S", "b", '<w:color w:val="auto"/>'), SEEN),
    "a character style of white words": (
        styled("character", "C", WHITE), f'<w:p>{text_run("a ")}{text_run("b", RUN_STYLE)}</w:p>',
        WHITE_READ),
    "white by theme": ("", f"<w:p>{text_run('b', WHITE_BY_THEME)}</w:p>", WHITE_READ),
    "a white style in a dark paragraph": (
        styled("paragraph", "S", WHITE, f"<w:pPr>{filled('000080')}</w:pPr>"), in_style("S", "b"), SEEN),
    "white words on the white of a cell": ("", dressed("b", WHITE, filled('FFFFFF')), WHITE_READ),
    "white words on a cell without a colour": ("", dressed("b", WHITE, filled('auto')), WHITE_READ),
    "white words on a dark cell": ("", dressed("b", WHITE, filled('1F4E79')), SEEN),
    "white words on a dark table": (
        "", f"<w:tbl><w:tblPr>{filled('1F4E79')}</w:tblPr>{row(cell('a'))}{WHITE_ROW}</w:tbl>", SEEN),
    "white words in the dark head of a table's style": (
        DARK_HEAD, f"<w:tbl>{DARK_TABLE}{row(cell('b'))}{row(cell('a'))}</w:tbl>", SEEN),
    "white words below the dark head": (
        DARK_HEAD, f"<w:tbl>{DARK_TABLE}{row(cell('a'))}{WHITE_ROW}</w:tbl>", WHITE_READ),
    "words in the colour of the cell": ("", dressed("b", DARK_WORDS, filled('1F4E79')), UNSEEN_READ),
    "black words marked in black": ("", f"<w:p>{text_run('b', BLACKENED)}</w:p>", UNSEEN_READ),
    "words without a colour": (
        "", f"<w:p>{text_run('b', '<w14:textFill><w14:noFill/></w14:textFill>')}</w:p>", UNSEEN_READ),
    "words of one point": ("", f"<w:p>{text_run('b', SPECK)}</w:p>", ["Text too small to be seen was read: 'b'."]),
    "the usual style hides": (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr><w:vanish/></w:rPr>'
        "</w:style>", f"<w:p>{text_run('b')}</w:p>", ["Hidden text is not read: 'b'."]),
}  # fmt: skip


@pytest.mark.parametrize("case", COLOURS)
def test_words_that_are_not_seen_are_said(tmp_path: Path, case: str) -> None:
    styles, body, says = COLOURS[case]
    path, problems = tmp_path / "x.docx", list[Problem]()
    path.write_bytes(minimal(body, styles=styles))
    found = list(word_blocks(path, name="x.docx", report=problems.append))
    assert [problem.message for problem in problems] == says
    assert ("b" in str(found)) == (not any(message.startswith("Hidden") for message in says))
