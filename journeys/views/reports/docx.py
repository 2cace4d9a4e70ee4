"""A report as a Word document: A4, captions, headings of tables repeated on every page, numbered endnotes."""

from __future__ import annotations

import io

import resvg_py
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from journeys.instruments.word.column_widths import column_widths
from journeys.instruments.word.page_setup import (
    CELL_STYLE,
    SMALL_STYLE,
    number_pages,
    repeat_on_every_page,
    set_properties,
    shaded,
    table,
    without_controls,
)
from journeys.views.reports.model import (
    Bullets,
    Captions,
    Figure,
    Heading,
    Line,
    Paragraph,
    Report,
    Run,
    Style,
    Table,
    numbered,
    parted,
    plain,
)

_INK, _GREY, _LINK = RGBColor(0x1F, 0x4E, 0x5F), RGBColor(0x55, 0x55, 0x55), RGBColor(0x00, 0x4F, 0x80)
_MARGIN = 20
_INDENT = 7
_MANY = 10
"""A table of more columns than this is set in smaller type."""
_PIXELS = 2400
"""How wide a picture is drawn: about 350 dots an inch across a page."""
_STYLES: dict[Style, str] = {"plain": "Normal", "quote": "Quote", "quiet": "Normal", "notice": "Intense Quote"}


def docx(report: Report) -> bytes:
    """The document as bytes. What Word cannot hold (control characters) is left out of the words."""
    return _Writer(report).written()


class _Writer:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._document = _blank(report)
        self._endnotes, self._captions = numbered(report), Captions()
        self._width = (297 if report.wide else 210) - 2 * _MARGIN

    def written(self) -> bytes:
        document, report = self._document, self._report
        document.add_heading(without_controls(report.title), 0)
        self._line(document.add_paragraph(), (), quiet=report.subtitle)
        for block in report.blocks:
            match block:
                case Heading():
                    document.add_heading(without_controls(block.words), min(block.level, 4))
                case Paragraph():
                    made = document.add_paragraph(style=_STYLES[block.style])
                    made.paragraph_format.keep_with_next = block.style == "quiet" or None  # a question
                    self._line(made, block.line, grey=block.style == "quiet")
                case Bullets():
                    self._list(block)
                case Table(rows=()):
                    self._line(document.add_paragraph(), (), quiet=block.empty)
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)
        self._notes()
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    def _list(self, block: Bullets) -> None:
        """Numbers are written as text, so that each list begins with its own."""
        for label, each in zip(block.labels(), block.lines, strict=True):
            made = self._document.add_paragraph(style="List Paragraph" if block.numbering else "List Bullet")
            indent = made.paragraph_format
            if block.numbering:
                made.add_run(f"{label}\t")
            if block.numbering or block.level > 1:
                indent.left_indent, indent.first_line_indent = Mm(_INDENT * block.level), Mm(-_INDENT)
                indent.tab_stops.add_tab_stop(Mm(_INDENT * block.level))
            self._line(made, each)

    def _table(self, block: Table) -> None:
        caption = self._document.add_paragraph(without_controls(self._captions.caption(block)), style="Caption")
        caption.paragraph_format.keep_with_next = True
        words = [[" ".join(map(plain, written)) for written in row] for row in block.rows]
        headings, weights = [each.heading for each in block.columns], [each.weight for each in block.columns]
        small = len(headings) > _MANY
        widths = column_widths(headings, weights, words, self._width, small=small, grow=False)
        made = table(self._document, 1 + len(block.rows), widths, small=small)
        repeat_on_every_page(made.rows[0])
        for place, column in enumerate(block.columns):
            box = made.rows[0].cells[place]
            box.paragraphs[0].add_run(without_controls(column.heading)).bold = True
            shaded(box)
        for row, cells in zip(list(made.rows)[1:], block.rows, strict=True):
            for box, lines in zip(row.cells, cells, strict=True):
                style = box.paragraphs[0]._p.style
                for number, each in enumerate(lines):
                    paragraph = box.paragraphs[0] if number == 0 else box.add_paragraph()
                    paragraph._p.style = style
                    self._line(paragraph, each)
        self._document.add_paragraph()

    def _figure(self, block: Figure) -> None:
        picture = io.BytesIO(
            resvg_py.svg_to_bytes(svg_string=without_controls(block.svg), width=_PIXELS, background="#ffffff")
        )
        shape = self._document.add_picture(picture, width=Mm(self._width))
        shape._inline.docPr.set("descr", without_controls(block.alt))
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._document.add_paragraph(without_controls(self._captions.caption(block)), style="Caption")

    def _notes(self) -> None:
        if not len(self._endnotes):
            return
        self._document.add_heading("Sources", 1)
        for number, note in self._endnotes:
            made = self._document.add_paragraph()
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Mm(9), Mm(-9)
            made.paragraph_format.space_after = Pt(3)
            _bookmark(made, f"note{number}", number, f"{number}.")
            run = made.add_run(f"\t{without_controls(note.words)}")
            run.font.size = Pt(9)
            made.paragraph_format.tab_stops.add_tab_stop(Mm(9))

    def _line(self, made: WordParagraph, parts: Line, *, quiet: str = "", grey: bool = False) -> None:
        if quiet:
            made.add_run(without_controls(quiet)).font.color.rgb = _GREY
        for run in parts:
            words, behind = parted(run)
            written = made.add_run(without_controls(words))
            written.bold, written.italic = run.strong or None, run.emphasis or None
            written.font.strike = run.struck or None
            if run.raised:
                written.font.superscript, written.font.subscript = run.raised == "super", run.raised == "sub"
            if run.code:
                written.font.name = "Consolas"
            if run.link:
                self._lead(made, written, run)
            if run.changed:
                written.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if run.quiet or grey:
                written.font.color.rgb = _GREY
            numbers = sorted({self._endnotes.number(note) for note in run.notes})
            for place, number in enumerate(numbers):
                if place:
                    made.add_run(", ").font.superscript = True
                _link(made, f"note{number}", str(number))
            if behind:
                made.add_run(without_controls(behind))

    def _lead(self, made: WordParagraph, written: WordRun, run: Run) -> None:
        """Let words lead to an address; one that is no web or mail address stands behind them."""
        if not run.opens:
            made.add_run(f" ({without_controls(run.link)})")
            return
        link = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"), made.part.relate_to(without_controls(run.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )
        written.font.color.rgb, written.font.underline = _LINK, True
        link.append(written._r)
        made._p.append(link)


def _blank(report: Report) -> DocumentType:
    document = Document()
    set_properties(document, report.title, report.study)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if report.wide else WD_ORIENT.PORTRAIT
    width, height = (297, 210) if report.wide else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.header.paragraphs[0].text = without_controls(report.notice)
    number_pages(section.footer.paragraphs[0], without_controls(report.title))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption"):
        document.styles[name].font.color.rgb = _INK
        document.styles[name].font.name = "Calibri"
    for name in (CELL_STYLE, SMALL_STYLE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = normal, Pt(7 if name == SMALL_STYLE else 9)
        style.paragraph_format.space_after = Pt(1)
    return document


def _bookmark(made: WordParagraph, name: str, number: int, words: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    made._p.append(start)
    made.add_run(words)
    made._p.append(end)


def _link(made: WordParagraph, bookmark: str, words: str) -> None:
    """A raised number that leads to a bookmark in the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    run = made.add_run(words)
    run.font.superscript, run.font.color.rgb = True, _LINK
    link.append(run._r)
    made._p.append(link)
