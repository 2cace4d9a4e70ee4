"""The evidence-journey gap map as a chart: a line for each type and site, a bubble for the journeys at each stage.

SOURCE: bubble maps of evidence and its gaps, Snilstveit et al. (2016); see ``analysis/measures/gap_map.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from journeys.analysis.measures.gap_map import NO_SOURCE, NONE_RECORDED, NOT_REACHED, REACHED, SIDES
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.text_width import fitted, lines_of, words_width
from journeys.views.render import COLOURS
from journeys.views.wording import without_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_LINES = 60
"""The most lines (a type at a site) of a picture; it says how many more there are."""
_NAMES, _CELL, _RIGHT = 120.0, 92.0, 14.0
_LINE, _EMPTY, _HEADING, _HEAD, _WORDS = 40.0, 24.0, 26.0, 12.0, 14.0
_LARGEST, _LEAST = 15.0, 3.0
_KEY = 26.0
_SHARES: Mapping[str, Mapping[str, float]] = {
    "supported": {"support": 1},
    "contested": {"contest": 1},
    "some of each": {"support": 0.5, "contest": 0.5},
    "no side known": {},
}
_FEW = 4
"""The largest bubble stands for at least so many journeys, so that a single one does not look like many."""


def gap_map_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``cells`` of the measure gap-map.

    The area of a bubble is the number of journeys. It is divided from left to right: supported, contested, neither;
    below its number stand a triangle with the number supported and a diamond with the number contested. At most
    ``MOST_LINES`` lines are drawn, and the picture says so.
    """
    lines = [list(group) for _, group in groupby(_cells(table), key=lambda cell: (cell["type"], cell["site"]))]
    drawn = lines[:MOST_LINES]
    types = len({line[0]["type"] for line in drawn})
    stages = [cell["stage"] for cell in drawn[0]] if drawn else []
    more = len(lines) - len(drawn)
    head = _KEY + _HEAD + _WORDS * max((len(_lines(stage)) for stage in stages), default=0)
    return Chart(
        title=table.title,
        explained="A bubble stands for the journeys that reached a stage: the larger, the more. Beside it: how many; "
        "▲ how many of them were supported, ◆ how many contested. What was both counts in each.",
        width=_NAMES + _CELL * max(len(stages), 5) + _RIGHT + MARGIN,
        height=head + _HEADING * types + sum(map(_height, drawn)) + 6,
        draw=lambda canvas: _draw(canvas, drawn, stages, head),
        below=(
            f"“{NO_SOURCE}”: something of the type is recorded at the site, but no source says that it reached the "
            f"stage. “{NONE_RECORDED}”: nothing of the type is recorded at the site.",
            *([f"… and {counted(more, 'more line')} in the table."] if more else []),
            said_n(table),
        ),
    )


def cell_words(cell: Mapping[str, Any]) -> str:
    """What a cell says, in words."""
    place = f"{cell['type']}, {cell['site']}, {cell['stage']}"
    if cell["state"] != REACHED:
        return f"{place}: {cell['state']}"
    sides = [f"{cell[name]} {words}" for name, words in SIDES.items() if cell[name]]
    return f"{place}: {counted(cell['journeys'], 'journey')} ({', '.join(sides)})"


def _cells(table: MeasureTable) -> list[dict[str, Any]]:
    return [
        {**dict(zip(table.columns, row.values, strict=True)), "row": number} for number, row in enumerate(table.rows)
    ]


def _height(line: Sequence[Mapping[str, Any]]) -> float:
    return _EMPTY if _is_empty(line) else _LINE


def _is_empty(line: Sequence[Mapping[str, Any]]) -> bool:
    return all(cell["state"] == NONE_RECORDED for cell in line)


def _lines(stage: str) -> list[str]:
    return list(lines_of(stage, _CELL + 4))[:3]


def _draw(canvas: Canvas, lines: Sequence[Sequence[Mapping[str, Any]]], stages: Sequence[str], head: float) -> None:
    axes, colours = canvas.whole(), COLOURS
    _key(axes, canvas)
    left, right = MARGIN + _NAMES, MARGIN + _NAMES + _CELL * len(stages)
    for number, stage in enumerate(stages):
        for row, words in enumerate(_lines(stage)):
            canvas.text(
                left + _CELL * (number + 0.5),
                canvas.top + _KEY + _WORDS * (row + 0.85),
                words,
                colour="quiet",
                align="center",
            )
    most = max((cell["journeys"] for line in lines for cell in line), default=0)
    most = max(most, _FEW)
    y, before = canvas.top + head, None
    for line in lines:
        if line[0]["type"] != before:
            before = line[0]["type"]
            canvas.line(axes, [MARGIN, right], [y, y], color=colours["line"], linewidth=1)
            canvas.text(MARGIN, y + 18, fitted(without_number(before), right - MARGIN), bold=True)
            y += _HEADING
        else:
            canvas.line(axes, [MARGIN, right], [y, y], color=colours["rule"], linewidth=0.75)
        middle = y + _height(line) / 2
        canvas.text(MARGIN + 8, middle + 4, fitted(line[0]["site"], _NAMES - 16))
        if _is_empty(line):
            canvas.text(left + 8, middle + 4, NONE_RECORDED, colour="faint", size=SMALL, italic=True)
        else:
            for number, cell in enumerate(line):
                _cell(canvas, axes, cell, left + _CELL * number, middle, most)
        y += _height(line)


def _key(axes: Axes, canvas: Canvas) -> None:
    """What the colours of a bubble say, above the stages."""
    x, middle = MARGIN + 8.0, canvas.top + 8
    for words, shares in _SHARES.items():
        _disc(axes, x, middle, 7, shares)
        canvas.text(x + 12, middle + 4, words, size=SMALL, colour="quiet")
        x += 34 + words_width(words)


def _disc(axes: Axes, x: float, y: float, radius: float, shares: Mapping[str, float]) -> None:
    """A bubble, divided from the left by the shares of its colours; what is left is neither."""
    from matplotlib.patches import Circle

    axes.add_patch(Circle((x, y), radius, facecolor=COLOURS["surface"], edgecolor=COLOURS["step"], linewidth=1.5))
    done = 0.0
    for colour, share in shares.items():
        if share:
            axes.add_patch(_slice(x, y, radius - 1, done, done + share, COLOURS[colour]))
            done += share


def _cell(canvas: Canvas, axes: Axes, cell: Mapping[str, Any], left: float, middle: float, most: int) -> None:
    if cell["state"] == NO_SOURCE:
        canvas.text(left + _CELL / 2, middle + 4, NO_SOURCE, colour="faint", size=SMALL, align="center")
    elif cell["state"] == NOT_REACHED:
        _reported_not(canvas, axes, left, middle)
    elif cell["state"] == REACHED:
        _bubble(canvas, axes, cell, left, middle, most)
    if cell["state"] in (REACHED, NOT_REACHED):
        canvas.area(axes, left + 2, middle - 18, _CELL - 4, 36, cell_words(cell), cell["row"])


def _reported_not(canvas: Canvas, axes: Axes, left: float, middle: float) -> None:
    from matplotlib.patches import Rectangle

    colours = COLOURS
    box = Rectangle(
        (left + 3, middle - 16), _CELL - 6, 32, facecolor=colours["band"], edgecolor=colours["line"], linewidth=1
    )
    axes.add_patch(box)
    for row, words in enumerate(("reported not to", "have happened")):
        canvas.text(left + _CELL / 2, middle - 2 + 12 * row, words, size=9.5, align="center")


def _bubble(canvas: Canvas, axes: Axes, cell: Mapping[str, Any], left: float, middle: float, most: int) -> None:
    colours = COLOURS
    x, radius = left + 26, max(_LARGEST * math.sqrt(cell["journeys"] / most), _LEAST)
    shares = {
        "support": (cell["supported"] + cell["both"] / 2) / cell["journeys"],
        "contest": (cell["contested"] + cell["both"] / 2) / cell["journeys"],
    }
    _disc(axes, x, middle, radius, shares)
    beside = left + 26 + _LARGEST + 6
    canvas.text(beside, middle - 2, f"{cell['journeys']:,}", bold=True)
    at = beside + 4.0
    for colour, marker, number in (
        ("support", "^", cell["supported"] + cell["both"]),
        ("contest", "D", cell["contested"] + cell["both"]),
    ):
        if number:
            canvas.line(
                axes, [at], [middle + 8], marker, markersize=6 if marker == "^" else 4.5, color=colours[colour], mew=0
            )
            canvas.text(at + 5, middle + 12, f"{number:,}", size=10, colour="quiet")
            at += 12 + 6 * len(f"{number:,}")


def _slice(x: float, y: float, radius: float, start: float, end: float, colour: str) -> Any:
    """The part of a disc between two shares of its width, from the left, of the area in between."""
    from matplotlib.patches import Polygon

    edges = [_edge(start), _edge(end)]
    upper = [edges[0] + (edges[1] - edges[0]) * step / 24 for step in range(25)]
    points = [(x + radius * at, y - radius * math.sqrt(max(1 - at * at, 0))) for at in upper]
    points += [(x + radius * at, y + radius * math.sqrt(max(1 - at * at, 0))) for at in reversed(upper)]
    return Polygon(points, closed=True, facecolor=colour, edgecolor=COLOURS["surface"], linewidth=1)


def _edge(share: float) -> float:
    """Where a disc of radius 1 has to be cut, from -1 to 1, so that a share of its area lies to the left."""
    low, high = -1.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        area = (math.asin(middle) + middle * math.sqrt(1 - middle * middle)) / math.pi + 0.5
        low, high = (middle, high) if area < share else (low, middle)
    return (low + high) / 2
