"""Report what a worksheet hides or shows otherwise: hidden cells, conditional formats, page headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from journeys.instruments.files.cells import column_letters
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.files.sheet_markup import SheetMarkup
from journeys.instruments.files.workbook_parts import parse_area
from journeys.model.phrases import in_short
from journeys.model.problems import Problem, Report, Severity

_NOTICE = "notice"
"""The sheet on which our own workbooks say what they are, as they do at the head of each page."""
_MOST_ROWS = 2_000_000
"""Rows that are looked through for the areas of all conditional formats."""
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|[A-Z&])', re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:\W|\d|_|\bpage\b|\bp\b|\bpp\b|\bof\b)*", re.IGNORECASE)


def report_hidden(sheet: Sheet, markup: SheetMarkup, report: Report) -> None:
    """Report hidden rows, columns and sheets that hold something."""
    remedy = "Unhide it to see what is read, or delete it."
    if sheet.hidden and sheet.last_row and not sheet.name.startswith("_"):
        message = "the sheet is hidden; it was read."
        report(Problem("hidden_sheet", sheet.origin, message, remedy, Severity.WARNING))
    for number in markup.hidden_rows:
        if sheet.row(number).values:
            message = f"row {number} is hidden, perhaps by a filter; it was read."
            report(Problem("hidden_row", sheet.origin.at(f"row {number}"), message, remedy, Severity.WARNING))
    if not markup.hidden_columns:
        return
    held = {column for row in sheet.rows() for column, value in enumerate(row.values) if value is not None}
    hidden = columns_in(markup.hidden_columns, max(held, default=0) + 1)
    for column in sorted(held):
        if hidden[column]:
            letters = column_letters(column)
            message = f"column {letters} is hidden; it was read."
            report(Problem("hidden_column", sheet.origin.at(f"column {letters}"), message, remedy, Severity.WARNING))


def columns_in(runs: Iterable[tuple[int, int]], number: int) -> list[bool]:
    """Whether each of the first ``number`` columns lies in one of the runs."""
    begin = [0] * (number + 1)
    for first, last in runs:
        if 0 <= first <= last and first < number:
            begin[first] += 1
            begin[min(last + 1, number)] -= 1
    return [depth > 0 for depth in accumulate(begin)][:number]


def report_rules(sheet: Sheet, rules: Iterable[tuple[str, str]], looks: Sequence[str], report: Report) -> None:
    """Report conditional formats that strike out or hide what cells hold; whether their conditions hold is not known.

    ``rules`` are the areas of a sheet with the number of the look that a condition gives them, or with what it does;
    ``looks`` say what each look does ("" where the words stay as they are).
    """
    said: dict[tuple[str, str], None] = {}
    holds = _HeldAreas(sheet)
    for area, look in rules:
        does = looks[int(look)] if look.isdecimal() and int(look) < len(looks) else "" if look.isdecimal() else look
        if does:
            said.update({(part, does): None for part in area.split() if holds[part]})
    for area, does in said:
        message = f"A conditional format may {does} what stands in {area}; it was read."
        remedy = "Look at these cells, and empty those that should not be read."
        report(Problem("conditional_format", sheet.origin.at(area), message, remedy, Severity.WARNING))


def report_margins(sheets: Sequence[Sheet], report: Report) -> None:
    """Report the words of page headers and footers, each once for a workbook; page numbers and our own are none."""
    own = own_notices(sheets)
    said: set[tuple[str, str]] = set()
    for sheet in sheets:
        for place, written in sheet.margins:
            words = " ".join(_CODE.sub(lambda code: "&" if code[0] == "&&" else " ", written).split())
            if is_page_number(words) or words in own or (place, words) in said:
                continue
            said.add((place, words))
            message = f"The words of a page {place} are not read: '{in_short(words)}'."
            remedy = "Write what should be kept into a cell."
            report(Problem("ignored_text", sheet.origin, message, remedy, Severity.WARNING))


def own_notices(sheets: Iterable[Sheet]) -> set[str]:
    """The words that our own workbooks print at the head of each page."""
    return {" ".join(str(sheet.cell("A1").value).split()) for sheet in sheets if sheet.name.casefold() == _NOTICE}


def is_page_number(words: str) -> bool:
    """Whether words are no more than a page number, or none at all."""
    return _PAGE_NUMBER.fullmatch(words) is not None


class _HeldAreas(dict[str, bool]):
    """Whether the cells of an area hold something, by the area as written; said of all after many were looked at."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._left = _MOST_ROWS

    def __missing__(self, written: str) -> bool:
        area = parse_area(f"_!{written}")
        rows = range(area.top, min(area.bottom, self._sheet.last_row) + 1) if area else range(0)
        self._left -= len(rows)
        self[written] = self._left < 0 or any(
            value is not None
            for row in rows
            if area
            for value in self._sheet.row(row).values[area.left : area.right + 1]
        )
        return self[written]
