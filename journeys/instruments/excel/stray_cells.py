"""Cells of a sheet that are filled in and not read: said one by one, or, where many stand together, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from journeys.instruments.coding_workbook import coding_instrument
from journeys.instruments.files.cells import column_letters, text
from journeys.instruments.files.sheet import Sheet
from journeys.instruments.instrument_set import shipped_instruments
from journeys.model.problems import Problem, Report, Severity

_FEW = 3
"""So many cells that stand together are said one by one."""
_GAP = 3
"""Cells stand together if at most so many rows lie between them."""
_OWN = 3
"""Rows at the head of a sheet, in which it says what form it is itself."""
_IDENTITY = re.compile(r"(\w+) version \d+")

Place = tuple[int, int]
"""The number of a row, from 1, and of a column, from 0."""


def report_stray_cells(sheet: Sheet, places: Sequence[Place], what: str, remedy: str, report: Report) -> None:
    """Say which cells were not read; ``what`` and ``remedy`` are about one of them ("This cell is outside …")."""
    for block in _together(places):
        if len(block) <= _FEW:
            for row, column in block:
                message = f"{what}; it was not read."
                report(Problem("ignored_cell", sheet.row(row).address(column), message, remedy, Severity.WARNING))
            continue
        rows, columns = [row for row, _ in block], [column for _, column in block]
        first = f"{column_letters(min(columns))}{min(rows)}"
        address = sheet.origin.at(f"{first}:{column_letters(max(columns))}{max(rows)}")
        other = _other_form(sheet, range(max(min(rows) - _GAP, 1), max(rows) + 1))
        message = f"{len(block)} filled cells here are not part of the form; they were not read."
        way_out = remedy.replace("Move it", "Move what should be kept").replace("delete it", "delete them")
        if other:
            message = f"Here begins another form: {other}; its {len(block)} filled cells were not read."
            way_out = "Put it into a file of its own, or copy what belongs together into one form."
        kind = "pasted_form" if other else "ignored_cell"
        report(Problem(kind, address, message, way_out, Severity.WARNING))


def _together(places: Sequence[Place]) -> Iterator[list[Place]]:
    block: list[Place] = []
    for place in sorted(places):
        if block and place[0] - block[-1][0] > _GAP:
            yield block
            block = []
        block.append(place)
    if block:
        yield block


def _other_form(sheet: Sheet, rows: Iterable[int]) -> str:
    """The title of the form whose sheet was pasted here, from the line that each sheet has at its head."""
    titles: dict[str, str] = {each.instrument: each.title for each in (*shipped_instruments(), coding_instrument())}
    for number in rows:
        for value in sheet.row(number).values if number > _OWN else ():
            match = _IDENTITY.fullmatch(text(value).strip())
            if match and match[1] in titles:
                return titles[match[1]]
    return ""
