"""Answers to questions and tables of measures as tables of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.questions.answer import Answer
from journeys.model.phrases import counted
from journeys.study.report_kinds.claims import notes_of
from journeys.views.reports.model import Cell, Column, Run, Table, cell, line
from journeys.views.tables import shown

MOST_ROWS = 50
"""More rows than a report prints; it says so, and where the others are."""
_WIDEST = 40


def answer_table(answer: Answer, rows: Sequence[int] | None = None) -> Table:
    """The answer as a table: labels for terms, no ids, and the sources of each row as notes where they were read."""
    kept = [at for at, name in enumerate(answer.columns) if not name.endswith(("_id", "_ids"))]
    chosen = range(len(answer.rows)) if rows is None else rows
    words = answer.rows_in_words
    made = []
    for number in list(chosen)[:MOST_ROWS]:
        notes = notes_of(answer.claims_of(number)) if answer.claims else ()
        cells: list[Cell] = [cell(shown(words[number][at])) for at in kept]
        if notes and cells:
            cells[0] = cell(line(Run(shown(words[number][kept[0]]), notes)))
        made.append(tuple(cells))
    columns = _columns([answer.columns[at] for at in kept], made)
    total = len(answer.rows)
    more = f"the first {MOST_ROWS} of " if total > MOST_ROWS else ""
    empty = f"{answer.query.title}: nothing of the kind is recorded."
    return Table(
        answer.query.title, columns, tuple(made), f"n = {more}{counted(total, 'row')}", empty, answer.query.short_name
    )


def measure_table(found: MeasureTable) -> Table:
    """A table of a measure, with the numbers of what it tells behind the caption."""
    made = [tuple(cell(_value(value)) for value in row.values) for row in found.rows[:MOST_ROWS]]
    columns = _columns(list(found.columns), made)
    return Table(found.title, columns, tuple(made), _n(found.n), f"{found.title}: no rows.", found.name)


def _value(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else shown(value)


def _n(n: Mapping[str, int]) -> str:
    return "; ".join(f"n = {number} {what.replace('_', ' ')}" for what, number in n.items())


def _columns(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    made = []
    for at, name in enumerate(names):
        heading = name.replace("_", " ").capitalize()
        texts = [heading, *(run.words for row in rows for each in row[at] for run in each)]
        longest = max(map(len, texts))
        unbroken = max(len(word) for text in (heading, *texts[:20]) for word in text.split() or [""])
        made.append(Column(heading, max(min(longest, _WIDEST), unbroken + 2, 6)))
    return tuple(made)
