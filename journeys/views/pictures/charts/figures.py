"""The chart of a table of a measure: its own where it has one, else a dot plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from journeys.analysis.measures.run import Analysis
from journeys.analysis.measures.table import MeasureTable
from journeys.views.pictures.charts.aligned import aligned_chart
from journeys.views.pictures.charts.alluvial import alluvial_chart
from journeys.views.pictures.charts.bars import count_of, factors_chart, uses_chart
from journeys.views.pictures.charts.canvas import Chart, Href
from journeys.views.pictures.charts.dots import can_be_drawn, dot_plot
from journeys.views.pictures.charts.gap_map import gap_map_chart
from journeys.views.pictures.charts.survival import survival_chart
from journeys.views.pictures.charts.truth_table import truth_table_chart

OWN: Mapping[tuple[str, str], Callable[[MeasureTable], Chart]] = {
    ("gap-map", "cells"): gap_map_chart,
    ("flow", "flows"): alluvial_chart,
    ("after-introduction", "events"): aligned_chart,
    ("survival", "stops"): survival_chart,
    ("uses", "use_types"): uses_chart,
    ("factors", "general_or_specific"): factors_chart,
    ("truth-table", "truth_table"): truth_table_chart,
}
"""The charts of single tables, by the names of the measure and the table."""

_OF_COUNTS = (uses_chart, factors_chart)
"""Charts of bars, which are empty where every number is 0."""


def chart_of(analysis: Analysis, table: str | None = None, columns: Sequence[str] = ()) -> Chart:
    """The chart of a table of a measure: the one named, else the first that can be drawn.

    ``columns`` ask for a dot plot of one or two of them. Raises UsageProblem for what cannot be drawn.
    """
    measure = analysis.measure.name
    drawable = (each for each in analysis.tables if chart_of_table(measure, each))
    drawn = analysis.table(table) if table else next(drawable, analysis.tables[0])
    own = OWN.get((measure, drawn.name))
    return own(drawn) if own and not columns and drawn.rows else dot_plot(drawn, columns)


def table_svg(measure: str, table: MeasureTable, href: Href) -> str:
    """The chart of a table as SVG for a page, each mark with a link; "" where there is nothing to draw."""
    chart = chart_of_table(measure, table)
    return chart.svg(href) if chart else ""


Draw = Callable[[str, MeasureTable, Href], str]
"""A function like ``table_svg``."""


def chart_of_table(measure: str, table: MeasureTable) -> Chart | None:
    """The chart of a table on the page of its measure; None where there is nothing to draw."""
    if not table.rows:
        return None
    if own := OWN.get((measure, table.name)):
        return own(table) if own not in _OF_COUNTS or any(count_of(row.values) for row in table.rows) else None
    return dot_plot(table) if can_be_drawn(table) else None
