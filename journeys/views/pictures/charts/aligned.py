"""Journeys aligned at their first introduction: a line for each, small multiples by site on one scale of days.

SOURCE: Tufte (1983), small multiples; see ``analysis/measures/after_introduction.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from journeys.analysis.measures.after_introduction import CONTESTED, FIRST, RESULT, STEP, SUPPORTED, USED
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SIZE, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.charts.scales import Scale, number_scale
from journeys.views.pictures.text_width import fitted, lines_of, words_width
from journeys.views.render import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LINES = 60
"""The most journeys of a picture; it says how many more there are."""
_NAMES, _PLOT, _RIGHT = 260.0, 600.0, 30.0
_LINE, _HEADING, _HEAD = 30.0, 28.0, 48.0
_WIDE = 92
"""The days of a bar that is shown whole."""
_SIGNS = {
    FIRST: ("|", "ink", 16.0, 0.0),
    SUPPORTED: ("^", "support", 8.0, -8.0),
    CONTESTED: ("D", "contest", 6.5, 8.0),
    USED: ("s", "result", 7.0, 0.0),
    RESULT: ("P", "result", 8.5, 0.0),
    STEP: ("o", "step", 5.5, 0.0),
}
"""The sign of each event, its colour and size, and how far below the line it stands."""


def aligned_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``events`` of the measure after-introduction.

    A bar spans the least and the most days where these differ; its sign, which is hollow, stands in the middle of what
    is shown. An event of which one of them is not known stands at the other.
    """
    rows = [
        {**dict(zip(table.columns, row.values, strict=True)), "row": number} for number, row in enumerate(table.rows)
    ]
    lines = [list(group) for _, group in groupby(rows, key=lambda row: (row["site"], row["journey_id"]))]
    drawn = lines[:MOST_LINES]
    sites = len(list(groupby(drawn, key=lambda line: line[0]["site"])))
    more = len(lines) - len(drawn)
    return Chart(
        title=table.title,
        explained="Days from the first introduction that a source dates. Hollow signs: known only within the days of "
        "their bar, which may go on beyond the picture.",
        width=_NAMES + _PLOT + _RIGHT,
        height=_HEAD + _HEADING * sites + _LINE * len(drawn) + 8,
        draw=lambda canvas: _draw(canvas, drawn),
        below=(*([f"… and {counted(more, 'more line')} in the table."] if more else []), said_n(table)),
    )


def _draw(canvas: Canvas, lines: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    axes = canvas.whole()
    scale = number_scale([day for line in lines for row in line for day in _shown_days(row)])
    top, bottom = canvas.top + _HEAD, canvas.top + _HEAD + _height(lines)
    for at, words in scale.ticks:
        colour = "line" if at == 0 else "rule"
        canvas.line(axes, [_x(scale, at)] * 2, [top, bottom], color=COLOURS[colour], linewidth=1)
        canvas.text(_x(scale, at), top - 6, words, colour="quiet", size=SMALL, align="center")
    _legend(canvas, axes)
    y, before, order = top, None, [FIRST, *(event for event in reversed(_SIGNS) if event != FIRST)]
    for line in lines:
        if line[0]["site"] != before:
            before = line[0]["site"]
            canvas.text(MARGIN, y + 19, fitted(before, _NAMES - MARGIN), bold=True)
            y += _HEADING
        middle = y + _LINE / 2
        canvas.line(axes, [_NAMES, _NAMES + _PLOT], [middle, middle], color=COLOURS["rule"], linewidth=0.75)
        name = list(lines_of(line[0]["journey"], _NAMES - 30))
        if len(name) > 1:
            name = [name[0], fitted(" ".join(name[1:]), _NAMES - 30)]
        for number, words in enumerate(name):
            y_words = middle + 4 if len(name) == 1 else middle - 1 + 11 * number
            canvas.text(_NAMES - 10, y_words, words, align="right", size=SIZE if len(name) == 1 else 10)
        # What matters least first, so that it hides nothing.
        for row in sorted(line, key=lambda row: order.index(row["event"]) if row["event"] in order else 0):
            _event(canvas, axes, scale, row, middle)
        y += _LINE


def _shown_days(row: Mapping[str, Any]) -> list[int]:
    """The days of an event that the scale has to reach: of a wide bar the nearer end, so that a part of it is seen."""
    least, most = row["least_days"], row["most_days"]
    if least is None or most is None or most - least <= _WIDE:
        return [day for day in (least, most) if day is not None]
    return [most if most < 0 else least if least > 0 else 0]


def _height(lines: Sequence[Sequence[Mapping[str, Any]]]) -> float:
    return _HEADING * len(list(groupby(lines, key=lambda line: line[0]["site"]))) + _LINE * len(lines)


def _event(canvas: Canvas, axes: Axes, scale: Scale, row: Mapping[str, Any], middle: float) -> None:
    known = [at for name in ("least_days", "most_days") if (at := scale.at(row[name])) is not None]
    if not known:
        return
    sign, colour, size, below = _SIGNS.get(row["event"], _SIGNS[STEP])
    first, last = (_x(scale, min(max(at, scale.first), scale.last)) for at in (known[0], known[-1]))
    y = middle + below
    if last - first > 2:
        canvas.line(axes, [first, last], [y, y], color=COLOURS[colour], linewidth=4, alpha=0.3, solid_capstyle="round")
    exact = row["least_days"] == row["most_days"]
    drawn = canvas.line(
        axes,
        [(first + last) / 2],
        [y],
        sign,
        markersize=size,
        color=COLOURS[colour if exact or sign == "|" else "surface"],
        markeredgecolor=COLOURS["surface" if exact and sign != "|" else colour],
        markeredgewidth=2.5 if sign == "|" else 0.75 if exact else 1.25,
    )
    words = f"{row['what']}, " if row["what"] else ""
    canvas.mark(drawn, f"{row['journey']}: {row['event']}. {words}{row['date']} ({_days(row)})", row["row"])


def _days(row: Mapping[str, Any]) -> str:
    least, most = row["least_days"], row["most_days"]
    if row["event"] == FIRST:
        return "day 0"
    if least == most:
        return counted(least, "day")
    return f"{'?' if least is None else least} to {'?' if most is None else most} days"


def _legend(canvas: Canvas, axes: Axes) -> None:
    x, y = MARGIN + 4, canvas.top + 6
    for event, (sign, colour, size, _) in _SIGNS.items():
        canvas.line(
            axes, [x], [y], sign, markersize=size, color=COLOURS[colour], markeredgewidth=2 if sign == "|" else 0
        )
        canvas.text(x + 10, y + 4, event, size=SMALL, colour="quiet")
        x += 34 + words_width(event)


def _x(scale: Scale, place: float) -> float:
    return _NAMES + (place - scale.first) / (scale.last - scale.first) * _PLOT
