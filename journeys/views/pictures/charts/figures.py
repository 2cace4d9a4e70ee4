"""The chart of a table of a measure: its own where it has one, else a dot plot."""

from __future__ import annotations

from collections.abc import Sequence

from journeys.analysis.measures.run import Analysis
from journeys.analysis.measures.table import MeasureTable
from journeys.views.pictures.charts.canvas import Chart
from journeys.views.pictures.charts.dots import can_be_drawn, dot_plot


def chart_of(analysis: Analysis, table: str | None = None, columns: Sequence[str] = ()) -> Chart:
    """The chart of a table of a measure: the one named, else the first that can be drawn.

    ``columns`` ask for a dot plot of one or two of them. Raises UsageProblem for what cannot be drawn.
    """
    drawn = analysis.table(table) if table else next(filter(can_be_drawn, analysis.tables), analysis.tables[0])
    return dot_plot(drawn, columns)


def chart_of_table(measure: str, table: MeasureTable) -> Chart | None:
    """The chart of a table on the page of its measure; None where there is nothing to draw."""
    return dot_plot(table) if table.rows and can_be_drawn(table) else None
