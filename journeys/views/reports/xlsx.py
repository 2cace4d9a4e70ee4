"""A report as a workbook: its text on the first sheet, each table on a sheet of its own, the endnotes on the last."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.excel.write_sheet import BOLD, BOX, QUIET, WRAPPED, BookOut, heading, in_excel, write
from journeys.model.exports import EXPORT_PROPERTY
from journeys.views.reports.model import (
    Bullets,
    Captions,
    Endnotes,
    Figure,
    Heading,
    Paragraph,
    Report,
    Table,
    numbered,
    plain,
    tables,
)

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_TEXT_WIDTH, _TABLE_WIDTH, _NARROW = 100, 150, 8
_FIRST, _NOTES = "Report", "Sources"


def xlsx(report: Report) -> bytes:
    """The workbook as bytes. What Excel cannot hold (control characters, more than 32,767) is left out."""
    book, endnotes, captions = BookOut(report.notice or None), numbered(report), Captions()
    first = book.sheet(_FIRST, landscape=False)
    first.column_dimensions["A"].width = _TEXT_WIDTH
    taken = {_FIRST, _NOTES}
    for block in tables(report.blocks):
        if block.rows:
            _table(book.sheet(_name(block, taken)), block, captions.caption(block), endnotes)
    names = iter(book.book.sheetnames[1:])
    _text(first, report, list(_lines(report, endnotes, names)))
    if len(endnotes):
        _notes(book.sheet(_NOTES, landscape=False), endnotes)
    file = io.BytesIO()
    book.save(file, {EXPORT_PROPERTY: "report"})
    return file.getvalue()


def _lines(report: Report, endnotes: Endnotes, names: Iterator[str]) -> Iterator[tuple[str, Font | None]]:
    for block in report.blocks:
        match block:
            case Heading():
                yield block.words, BOLD
            case Paragraph():
                yield plain(block.line, endnotes), QUIET if block.style == "quiet" else None
            case Bullets():
                for label, each in zip(block.labels(), block.lines, strict=True):
                    yield f"{'    ' * (block.level - 1)}{label} {plain(each, endnotes)}", None
            case Table(rows=()):
                yield block.empty, QUIET
            case Table():
                yield f"{block.caption}: see the sheet {next(names)}.", QUIET
            case Figure():
                yield f"{block.caption}: {block.alt}", QUIET


def _text(sheet: Worksheet, report: Report, lines: list[tuple[str, Font | None]]) -> None:
    for number, (words, font) in enumerate([(report.title, BOLD), (report.subtitle, QUIET), *lines], start=1):
        cell = sheet.cell(number, 1)
        write(cell, in_excel(words))
        cell.alignment = WRAPPED
        if font is not None:
            cell.font = font


def _table(sheet: Worksheet, block: Table, caption: str, endnotes: Endnotes) -> None:
    write(sheet.cell(1, 1), in_excel(caption))
    sheet.cell(1, 1).font = BOLD
    whole = sum(column.weight for column in block.columns)
    for number, column in enumerate(block.columns, start=1):
        heading(sheet.cell(2, number), column.heading, "")
        width = max(_NARROW, round(_TABLE_WIDTH * column.weight / whole))
        sheet.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(block.rows, start=3):
        for number, lines in enumerate(row, start=1):
            cell = sheet.cell(at, number)
            write(cell, in_excel("\n".join(plain(each, endnotes) for each in lines)))
            cell.alignment, cell.border = WRAPPED, BOX
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(block.columns))}{len(block.rows) + 2}"


def _notes(sheet: Worksheet, endnotes: Endnotes) -> None:
    heading(sheet.cell(1, 1), "Number", "")
    heading(sheet.cell(1, 2), "Source", "")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 10, _TEXT_WIDTH
    for number, note in endnotes:
        write(sheet.cell(number + 1, 1), number)
        write(sheet.cell(number + 1, 2), in_excel(note.words))
        sheet.cell(number + 1, 2).alignment = WRAPPED
    sheet.freeze_panes = "A2"


def _name(block: Table, taken: set[str]) -> str:
    """A name for a sheet that Excel takes and no other sheet has."""
    words = _NOT_IN_A_NAME.sub(" ", block.sheet or block.caption)[:28].strip() or "Table"
    name, number = words, 1
    while name.casefold() in {each.casefold() for each in taken}:
        number += 1
        name = f"{words[:26]} {number}"
    taken.add(name)
    return name
