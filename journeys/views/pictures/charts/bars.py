"""Divided bars: for each line of a panel a bar of counts, divided into parts that fills and numbers tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.text_width import fitted, words_width
from journeys.views.render import COLOURS

MOST_BARS = 60
"""The most bars of a picture; it says how many more there are."""
_NAMES, _PLOT, _RIGHT = 210.0, 470.0, 60.0
_BAR, _LINE, _HEADING, _LEGEND = 15.0, 23.0, 28.0, 26.0
_FILLS = ("surface", "step", "line", "band")
"""The fills of the parts: empty, full, striped, pale."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: the panel that it is in, its name, the numbers of its parts, and the row that it shows."""

    panel: str
    name: str
    parts: tuple[int, ...]
    row: int


def count_of(values: Sequence[object]) -> int:
    """What a row of one of these tables counts, all its numbers together: 0 for a bar of no length."""
    return sum(value for value in values if isinstance(value, int))


def uses_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``use_types`` of the measure uses: a panel for each site, a bar for each type of use."""
    specific = list(table.columns)[-1].replace("_", " ")
    bars = [
        Bar(str(row.values[0]), str(row.values[1]), (row.values[2] - row.values[-1], row.values[-1]), number)
        for number, row in enumerate(table.rows)
    ]
    return _chart(table, "Uses, by who used what at which meeting.", ["not " + specific, specific], bars, "use")


def factors_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``general_or_specific`` of the measure factors: supports and barriers by domain."""
    scopes = [name.replace("_", " ") for name in list(table.columns)[3:]]
    bars = [
        Bar(f"{row.values[0]}s".capitalize(), str(row.values[1]), tuple(row.values[3:]), number)
        for number, row in enumerate(table.rows)
    ]
    return _chart(table, "Different supports and barriers, by how sources tell of them.", scopes, bars, "factor")


def _chart(table: MeasureTable, explained: str, parts: Sequence[str], bars: Sequence[Bar], noun: str) -> Chart:
    drawn = bars[:MOST_BARS]
    panels = list(dict.fromkeys(bar.panel for bar in drawn))
    more = len(bars) - len(drawn)
    return Chart(
        title=table.title,
        explained=explained,
        width=MARGIN + _NAMES + _PLOT + _RIGHT,
        height=_LEGEND + len(panels) * _HEADING + len(drawn) * _LINE + 6,
        draw=lambda canvas: _draw(canvas, parts, drawn, noun),
        below=(*([f"… and {counted(more, 'more bar')} in the table."] if more else []), said_n(table)),
    )


def _draw(canvas: Canvas, parts: Sequence[str], bars: Sequence[Bar], noun: str) -> None:
    from matplotlib.patches import Rectangle

    axes, left = canvas.whole(), MARGIN + _NAMES
    most = max((sum(bar.parts) for bar in bars), default=0) or 1

    def box(x: float, y: float, width: float, part: int) -> None:
        if _FILLS[part % len(_FILLS)] == "line":
            canvas.striped(axes, x, y, width, _BAR)
            return
        fill, edge = COLOURS[_FILLS[part % len(_FILLS)]], COLOURS["step"]
        axes.add_patch(Rectangle((x, y), width, _BAR, facecolor=fill, edgecolor=edge, linewidth=1))

    x, y = left, canvas.top + 6
    for number, name in enumerate(parts):
        box(x, y, 15, number)
        canvas.text(x + 20, y + 12, name, size=SMALL, colour="quiet")
        x += 36 + words_width(name)
    y = canvas.top + _LEGEND
    before = None
    for bar in bars:
        if bar.panel != before:
            before = bar.panel
            canvas.text(MARGIN, y + 20, fitted(bar.panel, _NAMES + _PLOT), bold=True)
            canvas.line(axes, [MARGIN, left + _PLOT], [y + 4, y + 4], color=COLOURS["rule"], linewidth=1)
            y += _HEADING
        canvas.text(left - 8, y + 12, fitted(bar.name, _NAMES - 20), align="right")
        x = left
        for number, count in enumerate(bar.parts):
            if count:
                width = count / most * _PLOT
                box(x, y, width, number)
                words = f"{count:,}"
                if width >= words_width(words) + 4:
                    light = _FILLS[number % len(_FILLS)] == "step"
                    if _FILLS[number % len(_FILLS)] == "line":
                        at, room = x + width / 2, words_width(words) + 2
                        ground = COLOURS["surface"]
                        axes.add_patch(
                            Rectangle((at - room / 2, y + 1), room, _BAR - 2, facecolor=ground, edgecolor="none")
                        )
                    canvas.text(
                        x + width / 2, y + 12, words, size=SMALL, align="center", colour="surface" if light else "ink"
                    )
                x += width
        total = sum(bar.parts)
        canvas.text(x + 6, y + 12, f"{total:,}", size=SMALL, colour="quiet" if total else "faint")
        if total:
            said = ", ".join(f"{count} {name}" for name, count in zip(parts, bar.parts, strict=True) if count)
            words = f"{bar.panel}, {bar.name}: {counted(total, noun)} ({said})"
            canvas.area(axes, left, y - 2, max(x - left, 24), _BAR + 4, words, bar.row)
        y += _LINE
