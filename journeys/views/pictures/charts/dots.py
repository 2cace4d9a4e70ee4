"""A table of a measure as a dot plot, a line for each row, for papers and the documentation.

SOURCE: Cleveland, W. S. & McGill, R. (1984), Graphical perception, JASA 79: people compare positions along a common
scale most accurately, so values are drawn as dots.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from journeys.analysis.measures.qca_conditions import condition_words, term_words
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.problems import UsageProblem
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.scales import Scale, number_of, number_scale, time_scale
from journeys.views.render import COLOURS
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

MOST_ROWS = 40
LEFT, PLOT, _RIGHT = 330.0, 430.0, 90.0
_ROW, _TICKS = 22.0, 22.0
_LABEL, _LEAST = 50, 16


def dot_plot(table: MeasureTable, columns: Sequence[str] = ()) -> Chart:
    """The chart of a column of numbers or days of a table, or of two, from the one to the other.

    ``columns`` names one or two of them; nothing means the first of numbers, else of days. Of two the first is a ring
    and the second a dot. The words of a row are its label; one without a value has its label, and the words that stand
    there. At most ``MOST_ROWS`` rows are drawn, and the picture says so. Raises UsageProblem, naming the columns there
    are, for one that holds neither numbers nor days, for more than two, and for two of different kinds.
    """
    ends = _chosen(table, columns)
    at = [list(table.columns).index(name) for name in ends]
    signed = zip(("ring, ", "dot, ") if len(ends) == 2 else ("",), ends, strict=True)
    rows = table.rows[:MOST_ROWS]
    more = len(table.rows) - len(rows)
    return Chart(
        title=table.title,
        explained="; ".join(f"{sign}{condition_words(name)}: {table.columns[name]}" for sign, name in signed),
        width=LEFT + PLOT + _RIGHT,
        height=_TICKS + _ROW * len(rows) + 4,
        draw=lambda canvas: _draw(canvas, table, rows, at, days=_kind(table, ends[0]) is date),
        below=(*([f"… and {more} more rows in the table."] if more else []), said_n(table)),
    )


def said_n(table: MeasureTable) -> str:
    """How many of what the table is about."""
    return f"n: {'; '.join(f'{what} {number:,}' for what, number in table.n.items())}"


def _draw(canvas: Canvas, table: MeasureTable, rows: Sequence[MeasureRow], at: Sequence[int], *, days: bool) -> None:
    top = canvas.top + _TICKS
    values = [row.values[i] for row in rows for i in at]
    scale = time_scale(values, PLOT) if days else number_scale(values)
    axes = canvas.axes(LEFT, top, PLOT, _ROW * len(rows))
    axes.set_xlim(scale.first, scale.last)
    axes.set_ylim(len(rows), 0)
    colours = COLOURS
    for x, words in scale.ticks:
        axes.axvline(x, color=colours["rule"], linewidth=1)
        canvas.text(_x(scale, x), top - 6, words, colour="quiet", align="center")
    labels = [i for i, name in enumerate(table.columns) if _is_label(table, name) and i not in at]
    for number, row in enumerate(rows):
        places = [scale.at(row.values[i]) for i in at]
        known = [place for place in places if place is not None]
        y, base = number + 0.5, top + _ROW * (number + 0.5) + 4
        if len(at) == 1 and not days and known:
            canvas.line(axes, [0, known[0]], [y, y], color=colours["line"], linewidth=1)
        elif len(known) == 2:
            canvas.line(axes, known, [y, y], color=colours["support"], linewidth=2)
        words = _words(row, at) or ("no date" if days else "not defined")
        label = _label([sanitized(term_words(shown(row.values[i]))) for i in labels if row.values[i]])
        canvas.text(LEFT - MARGIN, base, label, align="right")
        for end, place in enumerate(places):
            if place is not None:
                ring = len(at) == 2 and end == 0
                dot = canvas.line(
                    axes,
                    [place],
                    [y],
                    "o",
                    markersize=10,
                    color=colours["surface" if ring else "support"],
                    markeredgecolor=colours["support"],
                    markeredgewidth=2 if ring else 0,
                )
                canvas.mark(dot, f"{label}: {words}" if label else words, number)
        if known:
            canvas.text(_x(scale, max(known)) + 9, base, words, colour="quiet", size=SMALL)
        else:
            canvas.text(LEFT + 9, base, words, colour="faint", size=SMALL, italic=True)


def _x(scale: Scale, place: float) -> float:
    return LEFT + (place - scale.first) / (scale.last - scale.first) * PLOT


def _label(parts: Sequence[str]) -> str:
    """The words joined; where they are too long for the picture, of the longest of them only the beginning."""
    joined = " · ".join(parts)
    if len(joined) <= _LABEL:
        return joined
    longest = max(parts, key=len)
    left = max(_LABEL - (len(joined) - len(longest)), _LEAST)
    return shortened(" · ".join(shortened(part, left) if part is longest else part for part in parts), _LABEL)


def can_be_drawn(table: MeasureTable) -> bool:
    """Whether any column holds a number or a day."""
    return any(_kind(table, name) for name in table.columns)


def _chosen(table: MeasureTable, columns: Sequence[str]) -> Sequence[str]:
    """The columns to draw."""
    can_be = {name: _kind(table, name) for name in table.columns if _kind(table, name)}
    first = [name for kind in (float, date) for name in can_be if can_be[name] is kind][:1]
    if not table.rows:
        raise UsageProblem(f"{table.title}: there is nothing to draw, as the table has no rows. Its notes say why.")
    if not can_be:
        raise UsageProblem(f"{table.title}: the table has no numbers or dates to draw. Choose another table.")
    chosen = [name.strip().replace(" ", "_") for name in columns] or first
    for name in chosen:
        if name not in can_be:
            could = ", ".join(can_be)
            raise UsageProblem(f"{table.name} has no column of numbers or dates named {name!r}. Choose from: {could}.")
    if len(chosen) > 2 or len({can_be[name] for name in chosen}) > 1:
        raise UsageProblem("A picture shows one column, or two that are both numbers or both dates. Name one or two.")
    return chosen


def _kind(table: MeasureTable, name: str) -> type | None:
    """``float`` for a column that holds a number anywhere, ``date`` for days, None for one that holds neither."""
    kinds = {
        date if isinstance(value, date) else float for value in _values(table, name) if number_of(value) is not None
    }
    return kinds.pop() if len(kinds) == 1 else None


def _words(row: MeasureRow, at: Sequence[int]) -> str:
    """What stands beside the dots: the values, each once; nothing where there is none."""
    values = [row.values[i] for i in at]
    return " to ".join(dict.fromkeys(map(_value_words, values))) if any(v is not None for v in values) else ""


def _value_words(value: Any) -> str:
    number = number_of(value)
    if value is None:
        return "…"
    return shown(value) if number is None or isinstance(value, date) else f"{number:.3g}"


def _is_label(table: MeasureTable, name: str) -> bool:
    """Words or days for a person to tell rows apart by; ids are for programs."""
    values = _values(table, name)
    return (
        bool(values)
        and all(isinstance(each, str | date) for each in values)
        and name != "id"
        and not name.endswith("_id")
    )


def _values(table: MeasureTable, name: str) -> Sequence[Any]:
    at = list(table.columns).index(name)
    return [row.values[at] for row in table.rows if row.values[at] is not None]
