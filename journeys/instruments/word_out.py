"""An instrument as a Word document: headings, boxes to write in, tables; A4, with the wording of the original."""

from __future__ import annotations

import re
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.prose import Box, Fields, Grid, Heading, Hint, Identity, prose
from journeys.instruments.prose_in import MORE
from journeys.model.problems import JourneysError
from journeys.model.schema import Schema

HINT_STYLE = "Form guidance"
IDENTITY_STYLE = "Form identity"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INK, _QUIET = RGBColor(0x1F, 0x4E, 0x5F), RGBColor(0x55, 0x55, 0x55)
_SHADE = "DCE6EA"
_WIDTH = 257
"""The width of A4 on its side between its margins, in millimetres."""
_WIDE_COLUMNS = {"Note", "Passage", "Quote", "Entry", "Point"}
_SHOWN = ("Who", "Did what", "To what", "Aspect or purpose", "Grounds or manner", "Scope", "Mode", "Quote")
"""The columns of *Who did what* that fit on a page; the others go into one column of `heading: value` lines."""


def write_word(
    instrument: Instrument, path: Path, schema: Schema, filled: FilledForm | None, notice: str | None = None
) -> None:
    """Write the document; ``notice`` says on every page what it is. Raises JourneysError for a text that Word cannot
    hold."""
    document = _paper(instrument)
    if notice:
        document.sections[0].header.paragraphs[0].text = notice
        document.core_properties.subject = notice
    for block in prose(instrument, schema, filled):
        match block:
            case Heading(words, level):
                document.add_heading(_text(words), level)
            case Hint(words):
                paragraph = document.add_paragraph(_text(words.strip()), style=HINT_STYLE)
                if words != words.lstrip():
                    paragraph.paragraph_format.left_indent = Mm(8)
            case Identity(words):
                document.add_paragraph(words, style=IDENTITY_STYLE)
            case Fields(lines):
                table = _table(document, len(lines), 2, (90, _WIDTH - 90))
                for row, line in zip(table.rows, lines, strict=True):
                    _write(row.cells[0], line[0], heading=True)
                    _write(row.cells[1], line[1])
            case Box(parts):
                table = _table(document, 2, len(parts), (_WIDTH // len(parts),) * len(parts))
                table.rows[1].height = Mm(22)
                for place, part in enumerate(parts):
                    remarks = [f"({name}: {value})" for name, value in part.remarks]
                    _write(table.rows[0].cells[place], part.label, heading=True)
                    _write(table.rows[1].cells[place], "\n".join(filter(None, [part.words, *remarks])))
                document.add_paragraph()
            case Grid():
                _grid(document, _narrowed(block))
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _paper(instrument: Instrument) -> DocumentType:
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.subject = instrument.title, "evidence-journeys", ""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    for level in range(4):
        document.styles[f"Heading {level}" if level else "Title"].font.color.rgb = _INK
    for name in (HINT_STYLE, IDENTITY_STYLE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.italic, style.font.size, style.font.color.rgb = True, Pt(9), _QUIET
        style.paragraph_format.space_after = Pt(2)
    return document


def _narrowed(grid: Grid) -> Grid:
    """A table that is too wide for paper: the columns that are mostly used, and one for all others."""
    if len(grid.headings) <= len(_SHOWN):
        return grid
    shown = [grid.headings.index(heading) for heading in _SHOWN]
    rest = [place for place in range(len(grid.headings)) if place not in shown]
    rows = tuple(
        (*(row[place] for place in shown), "\n".join(f"{grid.headings[p]}: {row[p]}" for p in rest if row[p]))
        for row in grid.rows
    )
    return Grid((*_SHOWN, MORE), rows, None, grid.spare)


def _grid(document: DocumentType, grid: Grid) -> None:
    weights = [2 if heading in _WIDE_COLUMNS else 1 for heading in grid.headings]
    if grid.main is not None:
        weights[grid.main] = 2 * len(weights)
    widths = tuple(_WIDTH * weight // sum(weights) for weight in weights)
    table = _table(document, 1 + len(grid.rows) + grid.spare, len(grid.headings), widths)
    for cell, heading in zip(table.rows[0].cells, grid.headings, strict=True):
        _write(cell, heading, heading=True)
    _repeat_on_every_page(table)
    for row, cells in zip(table.rows[1:], grid.rows, strict=False):
        for cell, words in zip(row.cells, cells, strict=True):
            _write(cell, words)
    document.add_paragraph()


def _table(document: DocumentType, rows: int, columns: int, widths: tuple[int, ...]) -> Table:
    table: Table = document.add_table(rows, columns)
    table.style = "Table Grid"
    table.autofit = False
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    return table


def _repeat_on_every_page(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _write(cell: _Cell, words: str, *, heading: bool = False) -> None:
    first, *rest = _text(words).split("\n")
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(first)
    for line in rest:
        more = cell.add_paragraph(line)
        more.paragraph_format.space_after = Pt(1)
    if heading:
        run.bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _text(words: str) -> str:
    if found := _NOT_IN_XML.search(words):
        raise JourneysError(
            f"Word cannot hold the character U+{ord(found[0]):04X}, which stands in a text that begins {words[:40]!r}. "
            "Take it out, or use the YAML form."
        )
    return words
