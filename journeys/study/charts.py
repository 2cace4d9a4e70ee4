"""The pictures of a measure: what each format of them is, and what a format cannot show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.analysis.measures.run import Analysis
    from journeys.views.pictures.charts.canvas import Chart

PICTURES = ("svg", "png", "pdf")
"""The formats of a chart."""


def chart_formats(
    analysis: Analysis, table: str | None, columns: Sequence[str]
) -> tuple[Mapping[str, Callable[[], str | bytes]], Callable[[str], str]]:
    """What makes each format of the chart of a table, and what is said of a format: letters that it cannot show.

    ``columns`` ask for a dot plot of one or two of them. Making one raises UsageProblem for what cannot be drawn.
    """

    def chart() -> Chart:
        from journeys.views.pictures.charts.figures import chart_of

        return chart_of(analysis, table, columns)

    def said(format_: str) -> str:
        lacking = chart().unknown_letters() if format_ in ("png", "pdf") else ""
        if not lacking:
            return ""
        return f"This {format_} shows boxes for letters that its font does not have ({lacking}). Write it as .svg."

    return {"svg": lambda: chart().svg(), "png": lambda: chart().png(), "pdf": lambda: chart().pdf()}, said
