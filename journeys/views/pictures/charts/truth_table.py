"""The truth table of a qualitative comparative analysis (Ragin 1987) as a chart: a line for each combination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeys.analysis.measures.qca_conditions import condition_words
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.text_width import fitted, words_width
from journeys.views.render import COLOURS

MOST_LINES = 40
"""The most combinations of a picture; it says how many more there are."""
_OF_RESULT = 6
"""So many columns stand after the conditions: code, meaning, n, consistency, PRI, cases."""
_LEAST, _BARS, _SCORE, _WORDS = 84.0, 150.0, 170.0, 120.0
_LINE, _HEAD = 26.0, 30.0


def truth_table_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``truth_table`` of the measure truth-table.

    A filled disc is a condition that is present, a ring one that is absent; the bar is the number of cases, the dot
    their consistency with the outcome.
    """
    conditions = list(table.columns)[:-_OF_RESULT]
    widths = [max(_LEAST, words_width(condition_words(name)) * 0.95 + 16) for name in conditions]
    rows = table.rows[:MOST_LINES]
    more = len(table.rows) - len(rows)
    return Chart(
        title=table.title,
        explained="Filled disc: present; ring: absent. Bar: number of cases. Diamond: share of them with the outcome.",
        width=MARGIN + sum(widths) + _BARS + _SCORE + _WORDS + 2 * MARGIN,
        height=_HEAD + _LINE * len(rows) + 8,
        draw=lambda canvas: _draw(canvas, [row.values for row in rows], conditions, widths),
        below=(*([f"… and {counted(more, 'more combination')} in the table."] if more else []), said_n(table)),
    )


def _draw(canvas: Canvas, rows: Sequence[Sequence[Any]], conditions: Sequence[str], widths: Sequence[float]) -> None:
    from matplotlib.patches import Rectangle

    axes = canvas.whole()
    top, bars = canvas.top + _HEAD, MARGIN + sum(widths)
    score, words = bars + _BARS, bars + _BARS + _SCORE
    middles = [MARGIN + sum(widths[:at]) + width / 2 for at, width in enumerate(widths)]
    for name, x in zip(conditions, middles, strict=True):
        canvas.text(x, top - 10, condition_words(name), colour="quiet", size=10, align="center")
    for x, name in ((bars, "cases"), (score, "share with the outcome"), (words + 12, "result")):
        canvas.text(x, top - 10, name, colour="quiet", size=10)
    most = max((row[-4] for row in rows), default=0) or 1
    scale = _SCORE - 60
    canvas.line(axes, [score, score], [top, top + _LINE * len(rows)], color=COLOURS["rule"], linewidth=1)
    canvas.line(axes, [score + scale] * 2, [top, top + _LINE * len(rows)], color=COLOURS["rule"], linewidth=1)
    for number, row in enumerate(rows):
        y = top + _LINE * (number + 0.5)
        canvas.line(axes, [MARGIN, words + _WORDS], [y - _LINE / 2] * 2, color=COLOURS["rule"], linewidth=0.75)
        for x, value in zip(middles, row, strict=False):
            fill = COLOURS["step" if value else "surface"]
            canvas.line(
                axes, [x], [y], "o", markersize=11, color=fill, markeredgecolor=COLOURS["step"], markeredgewidth=1.25
            )
        code, meaning, n, consistency, _, cases = row[-_OF_RESULT:]
        width = n / most * (_BARS - 50)
        axes.add_patch(Rectangle((bars, y - 7), width, 14, facecolor=COLOURS["line"], edgecolor="none"))
        canvas.text(bars + width + 5, y + 4, f"{n:,}", size=SMALL)
        if consistency is not None:
            place = score + consistency * scale
            canvas.line(axes, [place], [y], "D", markersize=7, color=COLOURS["result"], markeredgewidth=0)
            canvas.text(place + 8, y + 4, f"{consistency:.2g}", size=SMALL, colour="quiet")
        canvas.text(words + 12, y + 4, fitted(f"{code} {meaning}", _WORDS))
        told = ", ".join(
            f"{condition_words(name)}: {'present' if value else 'absent'}"
            for name, value in zip(conditions, row, strict=False)
        )
        named = "; ".join(map(str, cases)) if isinstance(cases, list | tuple) else str(cases)
        said = f"{told}: {counted(n, 'case')}, {meaning}. {named}"
        canvas.area(axes, MARGIN, y - _LINE / 2 + 1, words + _WORDS - MARGIN, _LINE - 2, said, number)
