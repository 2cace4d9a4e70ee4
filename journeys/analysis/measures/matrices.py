"""Affiliation (two-mode) matrices: people by documents and evidence, people by meetings, clustered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx

from journeys.analysis.actors import matrices as two_mode
from journeys.analysis.actors.matrices import MOST, UNKNOWN, Matrices, Matrix
from journeys.analysis.claims.selection import Selection
from journeys.analysis.claims.short_ids import short_ids
from journeys.analysis.claims.small_cells import left_out
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.phrases import counted
from journeys.model.problems import UsageProblem

_TITLES = {"documents": "People by documents and evidence", "meetings": "People by meetings"}
_PERSON = {"person": "the person or group", "person_id": "its id"}
_METHOD = (
    "Rows and columns ordered by average linkage (Sokal & Michener 1958) on Jaccard distances, with optimal leaf "
    "ordering (Bar-Joseph et al. 2001)."
)


def matrices(
    graph: nx.MultiDiGraph[str], selection: Selection, *, most: int = MOST, smallest: int = 1
) -> tuple[MeasureTable, ...]:
    """The matrices of people by documents and by meetings, each whole and as a list of its cells.

    Cells that rest on fewer than ``smallest`` claims are left out, and a note says so.
    """
    if most < 1:
        raise UsageProblem("most is the number of people and columns to show: write 1 or more.")
    found, gone = two_mode.matrices(graph, selection).at_least(smallest)
    said = left_out(gone, smallest, "cell")
    return tuple(
        replace(table, notes=(*table.notes, *filter(None, [said])))
        for matrix in (found.documents, found.meetings)
        for table in (_wide(matrix, matrix.largest(most), found), _cells(matrix.largest(most), found))
    )


def _wide(whole: Matrix, matrix: Matrix, found: Matrices) -> MeasureTable:
    heading = {each: name if name not in _PERSON else each for each, name in short_ids(matrix.columns).items()}
    return MeasureTable(
        name=matrix.name,
        title=_TITLES[matrix.name],
        columns={
            **_PERSON,
            **{heading[each]: f"{found.names[each]} ({each})" for each in matrix.columns},
        },
        rows=tuple(
            MeasureRow(
                (found.names[row], row, *(_word(matrix.cell(row, column).state) for column in matrix.columns)),
                tuple(
                    sorted({claim for column in matrix.columns for claim in matrix.cell(row, column).claims}),
                ),
            )
            for row in matrix.rows
        ),
        notes=(*_key(matrix), *_not_shown(whole, matrix, found)),
        **_shared(matrix, found),
    )


def _cells(matrix: Matrix, found: Matrices) -> MeasureTable:
    thing = "document" if matrix.name == "documents" else "meeting"
    meetings: Mapping[str, str] = (
        {"meetings": "the meetings that dealt with it, where the state is about them"} if thing == "document" else {}
    )
    return MeasureTable(
        name=f"{thing}_cells",
        title=f"{_TITLES[matrix.name]}: each cell that rests on claims",
        columns={
            **_PERSON,
            thing: f"the {thing}{' or piece of evidence' if meetings else ''}",
            f"{thing}_id": "its id",
            "state": "as in the matrix",
            **meetings,
            "claims": "claims that it rests on",
        },
        rows=tuple(
            MeasureRow(
                (
                    found.names[row],
                    row,
                    found.names[column],
                    column,
                    cell.state,
                    *([[found.names.get(each, each) for each in cell.meetings]] if meetings else []),
                    len(cell.claims),
                ),
                cell.claims,
            )
            for row in matrix.rows
            for column in matrix.columns
            if (cell := matrix.cell(row, column)).claims
        ),
        notes=_key(matrix),
        **_shared(matrix, found),
    )


def _shared(matrix: Matrix, found: Matrices) -> dict[str, Any]:
    claims = {claim for cell in matrix.recorded.values() for claim in cell.claims}
    return {
        "n": {"people": len(matrix.rows), matrix.name: len(matrix.columns), "claims": len(claims)},
        "left_out": found.left_out,
        "method": _METHOD,
    }


def _word(state: str) -> str | None:
    return None if state == UNKNOWN else state


def _key(matrix: Matrix) -> tuple[str, ...]:
    said = "; ".join(f"{state}: {words}" for state, words in matrix.states.items() if state != UNKNOWN)
    return (f"{said}; an empty cell: {matrix.states[UNKNOWN]}, which is not silence.",)


def _not_shown(whole: Matrix, matrix: Matrix, found: Matrices) -> tuple[str, ...]:
    notes = []
    for what, all_of_them, shown in (
        ("actor", whole.rows, matrix.rows),
        ("document or piece of evidence" if whole.name == "documents" else "meeting", whole.columns, matrix.columns),
    ):
        if more := len(all_of_them) - len(shown):
            most = f"--option most={max(len(whole.rows), len(whole.columns))}"
            notes.append(f"Not shown: {counted(more, what)} with fewer entries. {most} shows all.")
    if whole.empty_rows:
        notes.append(f"Nothing recorded of: {', '.join(sorted(found.names[each] for each in whole.empty_rows))}.")
    return tuple(notes)
