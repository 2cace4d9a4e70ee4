"""The page of what holds across cases: its figures, each with a caption, a table, and links to the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeys.analysis.measures.run import Analysis
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.gap_list import gap_list
from journeys.views.pages.plain_words import plain_words
from journeys.views.pages.readable import cell_in_words, head_words
from journeys.views.pages.result import MOST_ROWS, row_id
from journeys.views.pictures.charts.figures import Draw, table_svg
from journeys.views.render import asset, render
from journeys.views.tables import rounded, shown
from journeys.views.terminal.measures import about
from journeys.views.terminal.question_answer import shown_columns
from journeys.views.text import sanitized, shortened

_CELL = 160


@dataclass(frozen=True, slots=True)
class AcrossFigure:
    """A figure of the page: its anchor and heading, the measure, its table that is drawn and the one written below."""

    anchor: str
    heading: str
    measure: str
    drawn: str
    below: str
    listed: bool = False
    """Whether a list stands in its place on a small screen."""


FIGURES = (
    AcrossFigure("gap-map", "Gap map", "gap-map", "cells", "map", listed=True),
    AcrossFigure("flow", "Flow through the stages", "flow", "flows", "states"),
    AcrossFigure("uses", "Types of use", "uses", "use_types", "use_types"),
    AcrossFigure("factors", "Supports and barriers", "factors", "general_or_specific", "factors"),
    AcrossFigure(
        "after-introduction", "Journeys from their first introduction", "after-introduction", "events", "introductions"
    ),
    AcrossFigure("survival", "Survival curves", "survival", "stops", "stops"),
    AcrossFigure("truth-table", "Truth table", "truth-table", "truth_table", "truth_table"),
)
"""The figures in their order."""

RowHref = Callable[[str, str, int], str]
"""The address of the sources of a row, by the names of its measure and table and its number."""


def measure_row(measure: str, table: str, row: int) -> str:
    """The address of a row on the page of its measure, as seen from this page."""
    return f"../measures/{measure}.html#{row_id(table, row)}" if row < MOST_ROWS else f"../measures/{measure}.html"


def across_page(
    analyses: Mapping[str, Analysis], frame: PageFrame, href: RowHref = measure_row, draw: Draw = table_svg
) -> str:
    """The page as HTML: the figures of the measures that were run. ``href`` leads to the sources of a row."""
    sections = [
        _section(figure, analyses[figure.measure], href, draw) for figure in FIGURES if figure.measure in analyses
    ]
    return render(
        "across.html.j2",
        title="Across cases",
        styles=[asset("result.css"), asset("across.css")],
        sections=sections,
        **frame.context(),
    )


def drawn_figures(analyses: Mapping[str, Analysis]) -> list[AcrossFigure]:
    """The figures of the page."""
    return [figure for figure in FIGURES if figure.measure in analyses]


def _section(figure: AcrossFigure, analysis: Analysis, href: RowHref, draw: Draw) -> dict[str, Any]:
    drawn, below = analysis.table(figure.drawn), analysis.table(figure.below)
    columns = shown_columns(tuple(below.columns))
    names = list(below.columns.items())
    return {
        "anchor": figure.anchor,
        "heading": figure.heading,
        "question": analysis.measure.answers,
        "plain": plain_words(figure.measure, analysis.measure.lens),
        "measure": figure.measure,
        "command": f"journeys analyse {figure.measure} --table {drawn.name} -o {figure.measure}.pdf",
        "picture": Markup(draw(figure.measure, drawn, lambda row: href(figure.measure, figure.drawn, row))),
        "listed": gap_list(drawn, lambda row: href(figure.measure, figure.drawn, row)) if figure.listed else [],
        "caption": list(_caption(drawn)),
        "heads": [(head_words(names[at][0]), names[at][1]) for at in columns],
        "rows": list(_rows(below, columns, lambda row: href(figure.measure, figure.below, row))),
        "more": len(below.rows) - MOST_ROWS,
    }


def _caption(table: MeasureTable) -> Iterator[str]:
    """What must be said with a figure, as sentences."""
    return (line if line.startswith("n:") else f"{line[:1].upper()}{line[1:]}" for line in about(table))


def _rows(table: MeasureTable, columns: Sequence[int], href: Callable[[int], str]) -> Iterable[dict[str, Any]]:
    for number, row in enumerate(table.rows[:MOST_ROWS]):
        yield {
            "cells": [_words(row.values[at]) for at in columns],
            "claims": counted(len(row.claims), "claim") if row.claims else "",
            "href": href(number),
        }


def _words(value: Any) -> str:
    return shortened(sanitized(shown(cell_in_words(rounded(value)))), _CELL)
