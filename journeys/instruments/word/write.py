"""An instrument as a Word document: headings, boxes to write in, tables; A4, with the wording of the original."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as DocumentType
from docx.shared import Mm

from journeys.instruments.answers import FilledForm
from journeys.instruments.definition import Instrument
from journeys.instruments.guidance import GUIDANCE
from journeys.instruments.text.document import (
    BEARS_ON,
    STATUS,
    Box,
    Fields,
    Grid,
    Heading,
    Hint,
    Identity,
    document_blocks,
)
from journeys.instruments.text.document_tables import labelled_lines
from journeys.instruments.word.column_widths import column_widths
from journeys.instruments.word.page_setup import (
    HINT_STYLE,
    IDENTITY_STYLE,
    WIDTH,
    add_heading,
    add_line,
    add_paragraph,
    blank_document,
    cells,
    choice,
    fit,
    keep_with_next,
    repeat_on_every_page,
    table,
    write,
)
from journeys.model.schema import Schema

_SHORT = 48
_ON_ONE_PAGE = 12
_MANY = 10
"""A table of more columns than this is set in smaller type, so that all of them fit on a page."""


def write_word(
    instrument: Instrument,
    path: Path,
    schema: Schema,
    filled: FilledForm | None,
    notice: str | None = None,
    rows: tuple[str, ...] = (),
) -> None:
    """Write the document; ``notice`` says on every page what it is, ``rows`` are what *Bears on* offers.

    Raises JourneysError for a text that Word cannot hold.
    """
    document = blank_document(instrument.title, notice)
    in_form, below_a_table = True, False
    for block in document_blocks(instrument, schema, filled, "docx", tuple(map(_short, rows))):
        if below_a_table and block != Heading(GUIDANCE, 1):  # which begins a page
            add_paragraph(document)
        below_a_table = isinstance(block, Grid)
        match block:
            case Heading(words, level):
                in_form = words != GUIDANCE
                add_heading(document, words, level).paragraph_format.page_break_before = not in_form
            case Hint(words, strong):
                paragraph = add_paragraph(document, style=HINT_STYLE)
                paragraph.add_run(fit(words.strip())).bold = strong
                paragraph.paragraph_format.keep_with_next = in_form or strong
                if words != words.lstrip():
                    paragraph.paragraph_format.left_indent = Mm(8)
            case Identity(words):
                add_paragraph(document, words, IDENTITY_STYLE)
            case Fields():
                _fields(document, block)
            case Box():
                _boxes(document, block)
            case Grid():
                _grid(document, block)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


def _fields(document: DocumentType, fields: Fields) -> None:
    made = table(document, len(fields.lines), (90, WIDTH - 90))
    for row, (label, words) in zip(made.rows, fields.lines, strict=True):
        left, right = cells(row)
        write(left, label, heading=True)
        write(right, words)


def _boxes(document: DocumentType, box: Box) -> None:
    number = len(box.parts)
    made = table(document, 3, [WIDTH // number] * number)
    made.rows[1].height = Mm(16)
    columns = zip(*map(cells, made.rows), strict=True)
    for part, (label, words, below) in zip(box.parts, columns, strict=True):
        remarks = dict(part.remarks)
        write(label, part.label, heading=True)
        write(words, part.words)
        write(below, f"{STATUS}: ")
        choice(below.paragraphs[0], box.statuses, remarks.pop(STATUS, ""))
        if box.rows:
            line = add_line(below)
            line.add_run(f"{BEARS_ON}: ")
            choice(line, box.rows, remarks.pop(BEARS_ON, ""), with_ids=True)
        if remarks:
            add_line(below)
            write(below, labelled_lines(remarks.items()))
    for row in list(made.rows)[:-1]:
        keep_with_next(row)
    add_paragraph(document)


def _grid(document: DocumentType, grid: Grid) -> None:
    small = len(grid.headings) > _MANY
    widths = column_widths(grid.headings, grid.widths, grid.rows, WIDTH, small=small)
    made = table(document, 1 + len(grid.rows) + grid.spare, widths, small=small)
    for cell, heading in zip(cells(made.rows[0]), grid.headings, strict=True):
        write(cell, heading, heading=True)
    repeat_on_every_page(made.rows[0])
    rows = list(made.rows)
    # A short table of printed rows stays on one page.
    for row in rows[:1] if grid.spare or len(grid.rows) > _ON_ONE_PAGE else rows[:-1]:
        keep_with_next(row)
    empty = [("",) * len(grid.headings)] * grid.spare
    for row, contents in zip(rows[1:], [*grid.rows, *empty], strict=True):
        for cell, heading, words in zip(cells(row), grid.headings, contents, strict=True):
            if offered := grid.rows_offered if heading == BEARS_ON else grid.lists.get(heading):
                choice(cell.paragraphs[0], offered, words, with_ids=heading == BEARS_ON)
            else:
                write(cell, words)


def _short(row: str) -> str:
    """A row of the summary tables as its list offers it: the beginning of its words, since every box has the list."""
    return row if len(row) <= _SHORT else f"{row[: _SHORT - 1].rstrip()}\u2026"
