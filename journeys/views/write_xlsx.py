"""Tables as an Excel workbook: headings that stay, filters, widths that fit; no cell is ever a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from journeys.instruments.excel.write_sheet import WRAPPED, BookOut, heading, in_excel, write
from journeys.model.exports import EXPORT_PROPERTY
from journeys.views.tables import Sheet, shown

_NARROW, _WIDE = 8, 45
_LOOKED_AT = 200
"""So many rows decide how wide a column is."""


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an Excel file."""
    book, file = BookOut(), io.BytesIO()
    for sheet in sheets:
        _fill(book.sheet(sheet.title), sheet)
    book.save(file, {EXPORT_PROPERTY: "results"})
    return file.getvalue()


def _fill(made: Worksheet, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        heading(made.cell(1, number), column.replace("_", " "), sheet.meanings.get(column, ""))
        texts = [column, *(shown(row[number - 1]) for row in sheet.rows[:_LOOKED_AT])]
        longest = max(len(line) for text in texts for line in text.split("\n"))
        made.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, _NARROW), _WIDE)
    for at, row in enumerate(sheet.rows, start=2):
        for number, value in enumerate(row, start=1):
            cell = made.cell(at, number)
            write(cell, _fitting(value))
            cell.alignment = WRAPPED
    made.freeze_panes = "A2"
    made.print_title_rows = "1:1"
    if sheet.rows:
        made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _fitting(value: Any) -> Any:
    """Numbers and dates as what they are; everything else, yes and no too, as text that Excel can hold."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # Excel knows no time zones
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return in_excel(shown(value))
