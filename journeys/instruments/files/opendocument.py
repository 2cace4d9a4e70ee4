"""Sheets of OpenDocument spreadsheets (.ods), as LibreOffice saves them, as a stream of rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from journeys.instruments.files.cells import Row, Value
from journeys.instruments.files.safety import reading, unreadable
from journeys.model.problems import Address


def open_ods(path: Path, sheet: str | None, *, name: str) -> Iterator[Row]:
    """The rows with any text of a sheet, the first one when ``sheet`` is None; ``name`` is the file's for addresses.

    Raises UnreadableFile for what is not such a file, is locked with a password, or has no such sheet.
    """
    with reading(name):
        try:
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            wanted = sheet if sheet is not None else book.sheet_names[0]
            if wanted not in book.sheet_names:
                there = ", ".join(map(repr, book.sheet_names))
                message = f"There is no sheet {sheet!r}; there are: {there}."
                raise unreadable("missing_sheet", Address(name), message, "Name one of them in the map.")
            values: list[list[Any]] = book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
        except (python_calamine.CalamineError, IndexError) as error:
            remedy = "Open it in a spreadsheet program and save it again, without a password."
            raise unreadable("bad_ods", Address(name), f"the spreadsheet cannot be read ({error}).", remedy) from error
    for number, row in enumerate(values, 1):
        cells = [_value(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield Row(cells, number, Address(name, wanted))


def _value(cell: Any) -> Value:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, (str, bool, int, float, datetime, date)):
        return cell
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return str(cell) if not isinstance(cell, timedelta) else f"{cell.total_seconds() / 3600:g} hours"
