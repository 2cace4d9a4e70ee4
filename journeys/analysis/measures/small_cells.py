"""Tables for readers outside the team: without rows that rest on so few claims that they point to somebody."""

from __future__ import annotations

from dataclasses import replace

from journeys.analysis.claims.small_cells import left_out, may_be_shown
from journeys.analysis.measures.table import MeasureTable


def without_small_cells(table: MeasureTable, smallest: int) -> MeasureTable:
    """The table without rows that rest on fewer than ``smallest`` claims; a note says how many were left out.

    A row that counts nothing, and rests on nothing, stays: it says that nothing was found. The text for another program
    (``csv``) goes, because it has every row.
    """
    kept = tuple(row for row in table.rows if may_be_shown(len(row.claims), row.values, smallest=smallest))
    if len(kept) == len(table.rows):
        return table
    note = left_out(len(table.rows) - len(kept), smallest)
    return replace(table, rows=kept, notes=(*table.notes, note), csv=None)
