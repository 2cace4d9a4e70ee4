"""Survival curves over the stages of journeys, as small multiples: one panel for each type and site.

SOURCE: Kaplan & Meier (1958) for the curve; Tufte, E. R. (1983), The Visual Display of Quantitative Information, for
small multiples, which need no colours to tell groups apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from journeys.analysis.measures.survival import ALL
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.text_width import lines_of
from journeys.views.render import COLOURS
from journeys.views.wording import without_number

FEWEST = 3
"""A curve of fewer journeys would look as if it meant something; they are named below, and stand in the table."""
MOST_PANELS = 24
"""The most panels of a picture; it says how many more groups there are."""
_ACROSS, _PANEL, _PLOT, _GAP = 3, 96.0, 216.0, 52.0
_HEAD, _FOOT, _NAME_LINES = 50.0, 30.0, 3


def survival_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``stops`` of the measure survival.

    Each step is the share of journeys that reached the stage or a later one, with its 95 % interval behind it.
    """
    rows = [
        {**dict(zip(table.columns, row.values, strict=True)), "row": number} for number, row in enumerate(table.rows)
    ]
    # That of all first: the others are compared with it.
    rows.sort(key=lambda row: row["group"] != ALL)
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row["group"])]
    large = [group for group in groups if group[0]["n"] >= FEWEST]
    small = [f"{without_number(group[0]['group'])} ({group[0]['n']:,})" for group in groups if group not in large]
    drawn = large[:MOST_PANELS]
    stages = [row["stage"] for row in groups[0]] if groups else []
    lines = -(-len(drawn) // _ACROSS)
    more = len(large) - len(drawn)
    few = [f"Too few journeys for a curve (fewer than {FEWEST}); see the table: {'; '.join(small)}."] if small else []
    return Chart(
        title="Survival curves: share of journeys that reached each stage or a later one",
        explained="; ".join(f"{number} {stage}" for number, stage in enumerate(stages, 1))
        + ". Shaded: 95 % interval. Percent at each stage.",
        width=MARGIN + _ACROSS * (_PLOT + _GAP) + MARGIN,
        height=lines * (_HEAD + _PANEL + _FOOT),
        draw=lambda canvas: _draw(canvas, drawn),
        below=(*few, *([f"… and {counted(more, 'more group')} in the table."] if more else []), said_n(table)),
    )


def _draw(canvas: Canvas, groups: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    for number, group in enumerate(groups):
        left = MARGIN + 30 + (number % _ACROSS) * (_PLOT + _GAP)
        top = canvas.top + _HEAD + (number // _ACROSS) * (_HEAD + _PANEL + _FOOT)
        _panel(canvas, group, left, top)


def _panel(canvas: Canvas, group: Sequence[Mapping[str, Any]], left: float, top: float) -> None:
    name = list(lines_of(f"{without_number(group[0]['group'])} (n = {group[0]['n']:,})", _PLOT + 30))
    lines = name if len(name) <= _NAME_LINES else [*name[: _NAME_LINES - 1], f"… (n = {group[0]['n']:,})"]
    for number, line in enumerate(lines):
        canvas.text(left, top - 6 - 14 * (len(lines) - 1 - number), line, bold=True, size=SMALL)
    axes = canvas.axes(left, top, _PLOT, _PANEL)
    axes.set_xlim(0.5, len(group) + 0.5)
    axes.set_ylim(-0.04, 1.06)
    for share in (0, 0.5, 1):
        axes.axhline(share, color=COLOURS["rule"], linewidth=0.75)
        canvas.text(
            left - 4,
            top + _PANEL * (1.06 - share) / 1.1 + 4,
            f"{share:.0%}",
            size=9.5,
            colour="quiet",
            align="right",
        )
    x = list(range(1, len(group) + 1))
    known = [row for row in group if row["share"] is not None]
    if known:
        edges = [at for each in x[: len(known)] for at in (each - 0.5, each + 0.5)]
        low, high, curve = ([float(row[name]) for row in known for _ in range(2)] for name in ("low", "high", "share"))
        axes.fill_between(edges, low, high, facecolor=COLOURS["band"], edgecolor=COLOURS["rule"], linewidth=0.75)
        canvas.line(axes, edges, curve, color=COLOURS["step"], linewidth=2)
    for at, row in zip(x, group, strict=True):
        canvas.text(left + _PLOT * (at - 0.5) / len(group), top + _PANEL + 12, str(at), size=10, align="center")
        if row["share"] is None:
            continue
        words = f"{row['share']:.0%}"
        canvas.text(
            left + _PLOT * (at - 0.5) / len(group), top + _PANEL + 24, words, size=9.5, colour="quiet", align="center"
        )
        said = f"{row['group']}, {row['stage']}: {row['reached']} of {row['n']} reached it or a later stage ({words})"
        canvas.area(axes, at - 0.5, -0.04, 1, 1.1, said, row["row"])
