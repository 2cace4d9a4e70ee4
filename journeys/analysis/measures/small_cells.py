"""Tables for readers outside the team: without rows that rest on so few claims that they point to somebody."""

from __future__ import annotations

from dataclasses import replace

from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.phrases import counted


def without_small_cells(table: MeasureTable, smallest: int) -> MeasureTable:
    """The table without rows that rest on fewer than ``smallest`` claims; a note says how many were left out.

    A row that counts nothing, and rests on nothing, stays: it says that nothing was found. The text for another program
    (``csv``) goes, because it has every row.
    """
    kept = tuple(row for row in table.rows if len(row.claims) >= smallest or _is_empty(row))
    gone = len(table.rows) - len(kept)
    if not gone:
        return table
    why = "it rests" if gone == 1 else "they rest"
    note = f"{counted(gone, 'row')} left out, because {why} on fewer than {smallest} claims."
    return replace(table, rows=kept, notes=(*table.notes, note), csv=None)


def _is_empty(row: MeasureRow) -> bool:
    return not row.claims and not any(isinstance(value, int | float) and value for value in row.values)
