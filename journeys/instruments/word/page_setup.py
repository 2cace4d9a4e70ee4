"""Write Word documents for people to fill in: A4, styles, tables, lists to choose from, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from journeys.model.characters import NOT_IN_XML
from journeys.model.problems import JourneysError

LIST_MARK = "\u25be"
"""What is shown where a list to choose from opens; not read."""
HINT_STYLE = "Form guidance"
IDENTITY_STYLE = "Form identity"
CELL_STYLE, SMALL_STYLE = "Form cell", "Form cell, small"
WIDTH = 257
"""The width of A4 on its side between its margins, in millimetres."""

_LONGEST_PROPERTY = 255
_INK, _GREY = RGBColor(0x1F, 0x4E, 0x5F), RGBColor(0x55, 0x55, 0x55)
_SHADE = "DCE6EA"


def blank_document(title: str, notice: str | None) -> DocumentType:
    """An empty document; ``notice`` says on every page what it is."""
    document = Document()
    set_properties(document, title, notice or "")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    section.header.paragraphs[0].text = without_controls(notice or "")
    number_pages(section.footer.paragraphs[0], without_controls(title))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    for level in range(4):
        document.styles[f"Heading {level}" if level else "Title"].font.color.rgb = _INK
    for name in (HINT_STYLE, IDENTITY_STYLE, CELL_STYLE, SMALL_STYLE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.space_after = Pt(1)
        style.font.size = Pt(7 if name == SMALL_STYLE else 9)
        if name in (HINT_STYLE, IDENTITY_STYLE):
            style.font.italic, style.font.color.rgb = True, _GREY
    return document


def set_properties(document: DocumentType, title: str, subject: str) -> None:
    """The document's properties, as far as Word takes them: no control characters, and 255 characters each."""
    properties = document.core_properties
    properties.title, properties.subject = (without_controls(each)[:_LONGEST_PROPERTY] for each in (title, subject))
    properties.author = "evidence-journeys"


def style_id(name: str) -> str:
    """The id of a style of ``blank_document``: python-docx takes half of the time to look styles up by their names."""
    return name.replace(" ", "")


def add_paragraph(document: DocumentType, words: str = "", style: str | None = None) -> Paragraph:
    """Another paragraph at the end of the document, in the style of this name."""
    made: Paragraph = document._body.add_paragraph(fit(words))
    if style is not None:
        made._p.style = style_id(style)
    return made


def add_heading(document: DocumentType, words: str, level: int) -> Paragraph:
    """A heading of level 1 to 4, or with level 0 the title."""
    return add_paragraph(document, words, f"Heading {level}" if level else "Title")


def table(document: DocumentType, rows: int, widths: Sequence[float], *, small: bool = False) -> Table:
    """A table with columns of these widths in millimetres; no row is torn between two pages.

    ``small`` is for many columns: small type, and narrow margins in the cells.
    """
    made: Table = document._body.add_table(rows, len(widths), Mm(WIDTH))
    made._tbl.tblStyle_val = style_id("Table Grid")
    made.autofit = False
    style = style_id(SMALL_STYLE if small else CELL_STYLE)
    margins = OxmlElement("w:tblCellMar")
    for side, wide in (("top", 20), ("left", 30 if small else 80), ("bottom", 20), ("right", 30 if small else 80)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(wide))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    made._tbl.tblPr.insert(len(made._tbl.tblPr) if look is None else made._tbl.tblPr.index(look), margins)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row in made.rows:
        for cell, width in zip(cells(row), widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0]._p.style = style
        _say_of_row(row, "w:cantSplit")
    return made


def cells(row: _Row) -> list[_Cell]:
    """The cells of a row without merged cells; python-docx goes through the whole table for them."""
    return [_Cell(cell, row.table) for cell in row._tr.tc_lst]


def repeat_on_every_page(row: _Row) -> None:
    """Make a row the heading of its table on every page."""
    _say_of_row(row, "w:tblHeader")


def keep_with_next(row: _Row) -> None:
    """Keep a row on the page of the one below it."""
    for cell in cells(row):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def write(cell: _Cell, words: str, *, heading: bool = False) -> None:
    """Write into a cell, a paragraph a line. Raises JourneysError for what Word cannot hold."""
    first, *rest = fit(words).split("\n")
    run = cell.paragraphs[-1].add_run(first)
    for line in rest:
        add_line(cell).add_run(line)
    if heading:
        run.bold = True
        shaded(cell)


def shaded(cell: _Cell) -> None:
    """Shade a cell as headings are."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def add_line(cell: _Cell) -> Paragraph:
    """Another paragraph in a cell, in the style of the first."""
    paragraph: Paragraph = cell.add_paragraph()
    paragraph._p.style = cell.paragraphs[0]._p.style
    return paragraph


def choice(paragraph: Paragraph, offered: tuple[str, ...], words: str, *, with_ids: bool = False) -> None:
    """A list to choose from, at the end of a paragraph; other words than it has can be typed too.

    ``with_ids``: each entry begins with an id of its own, which is enough to tell it by.
    A content control, as Word and LibreOffice have them; one in which nothing is chosen shows a small mark.
    """
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    if not words:
        properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append(deepcopy(_choices(offered, with_ids)))
    run = paragraph.add_run(fit(words) or LIST_MARK)
    if not words:
        run.font.color.rgb = _GREY
    content.append(run._r)
    control.extend((properties, content))
    paragraph._p.append(control)


@cache
def _choices(offered: tuple[str, ...], with_ids: bool) -> BaseOxmlElement:
    """The list of a content control; made once for all the boxes that have it."""
    choices = OxmlElement("w:comboBox")
    for word in offered:
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), word)
        item.set(qn("w:value"), word.partition(" ")[0] if with_ids else word)
        choices.append(item)
    return choices


def fit(words: str) -> str:
    """The words, if Word can hold them; else raises JourneysError."""
    if found := NOT_IN_XML.search(words):
        raise JourneysError(
            f"Word cannot hold the character U+{ord(found[0]):04X}, which is in a text that begins {words[:40]!r}. "
            "Take it out, or use the YAML form."
        )
    return words


def without_controls(words: str) -> str:
    """The words without what Word cannot hold."""
    return NOT_IN_XML.sub("", words)


def number_pages(paragraph: Paragraph, title: str) -> None:
    """Write the title, the page and the number of pages into a paragraph of the footer."""
    for words, field in ((f"{title}, page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        paragraph._p.append(number)


def _say_of_row(row: _Row, property_: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property_))
