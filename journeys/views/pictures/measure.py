"""A measure as a picture: a dot plot, a line for each row of its table, for papers and the documentation.

SOURCE: Cleveland, W. S. & McGill, R. (1984), Graphical perception, JASA 79: people compare positions along a common
scale most accurately, so values are drawn as dots.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from journeys.analysis.measures.table import MeasureRow, MeasureTable
from journeys.model.problems import UsageProblem
from journeys.views.pictures.time_axis import TimeAxis
from journeys.views.render import fragment
from journeys.views.tables import shown
from journeys.views.text import sanitized, shortened

MOST_ROWS = 40
_LABEL_WIDTH, _PLOT, _MARGIN = 330.0, 430.0, 90.0
_ROW, _TOP = 22.0, 62.0
_LABEL, _LEAST = 50, 16


def measure_svg(table: MeasureTable, columns: Sequence[str] = ()) -> str:
    """The picture of a column of numbers or days of a table, or of two, from the one to the other.

    ``columns`` names one or two of them; nothing means the first of numbers, else of days. Of two the first is a ring
    and the second a dot. The words of a row are its label; one without a value has its label, and the words that stand
    there. At most ``MOST_ROWS`` rows are drawn, and the picture says so. Raises UsageProblem, naming the columns there
    are, for one that holds neither numbers nor days, for more than two, and for two of different kinds.
    """
    ends = _chosen(table, columns)
    at = [list(table.columns).index(name) for name in ends]
    signed = zip(("ring, ", "dot, ") if len(ends) == 2 else ("",), ends, strict=True)
    labels = [i for i, name in enumerate(table.columns) if _is_label(table, name) and i not in at]
    rows = table.rows[:MOST_ROWS]
    days = _kind(table, ends[0]) is date
    x, ticks = (_time_scale if days else _number_scale)([row.values[i] for row in rows for i in at])
    more = len(table.rows) - len(rows)
    return fragment(
        "measure.svg.j2",
        title=sanitized(table.title),
        subtitle="; ".join(f"{sign}{name.replace('_', ' ')}: {table.columns[name]}" for sign, name in signed),
        width=_LABEL_WIDTH + _PLOT + _MARGIN,
        height=_TOP + len(rows) * _ROW + (50 if more else 30),
        top=_TOP,
        bottom=_TOP + len(rows) * _ROW,
        ticks=ticks,
        zero=x(0) if len(ends) == 1 and not days else None,
        rows=[
            {
                "y": _TOP + _ROW * (number + 0.5),
                "label": _label([sanitized(shown(row.values[i])) for i in labels if row.values[i]]),
                "from": x(row.values[at[0]]) if len(at) == 2 else None,
                "x": x(row.values[at[-1]]),
                "words": _words(row, at) or ("no date" if days else "not defined"),
            }
            for number, row in enumerate(rows)
        ],
        left=_LABEL_WIDTH,
        label_x=_LABEL_WIDTH - 14,
        more=f"… and {more} more rows in the table." if more else "",
        n="; ".join(f"{number} {what}" for what, number in table.n.items()),
    )


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
    kinds = {date if isinstance(value, date) else float for value in _values(table, name) if _number(value) is not None}
    return kinds.pop() if len(kinds) == 1 else None


def _number(value: Any) -> float | None:
    """A number, or a day as its number; None for anything else."""
    if isinstance(value, date):
        return float(value.toordinal())
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def _words(row: MeasureRow, at: Sequence[int]) -> str:
    """What stands beside the dots: the values, each once; nothing where there is none."""
    values = [row.values[i] for i in at]
    return " to ".join(dict.fromkeys(map(_value_words, values))) if any(v is not None for v in values) else ""


def _value_words(value: Any) -> str:
    number = _number(value)
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


_Scale = tuple[Callable[[Any], float | None], list[tuple[float, str]]]
"""Where a value stands, None for what is no number and no day; and the ticks, each with its words."""


def _time_scale(values: Sequence[Any]) -> _Scale:
    axis = TimeAxis([value for value in values if isinstance(value, date)], _LABEL_WIDTH, _LABEL_WIDTH + _PLOT)
    return (lambda value: axis.x(value) if isinstance(value, date) else None), [(t.x, t.words) for t in axis.ticks()]


def _number_scale(values: Sequence[Any]) -> _Scale:
    ticks = _ticks([number for value in values if (number := _number(value)) is not None])
    first, last = ticks[0][0], ticks[-1][0]

    def x(value: Any) -> float | None:
        number = _number(value)
        return None if number is None else round(_LABEL_WIDTH + (number - first) / (last - first) * _PLOT, 1)

    return x, [(round(_LABEL_WIDTH + (tick - first) / (last - first) * _PLOT, 1), words) for tick, words in ticks]


def _ticks(numbers: Sequence[float]) -> list[tuple[float, str]]:
    """Round numbers from at most the least to at least the greatest, nought among them, five steps or so."""
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    # The fifth of the least number that there is would be nought.
    rough = max((high - low or 1.0) / 5, sys.float_info.min)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    if all(number.is_integer() for number in numbers):
        step = max(step, 1)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [step * number for number in range(first, max(last, first + 1) + 1)]
    return [(tick, f"{tick:g}") for tick in ticks]
