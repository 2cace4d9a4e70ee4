"""A measure as a picture: a dot plot, a line for each row of its table, for papers and the documentation.

SOURCE: Cleveland, W. S. & McGill, R. (1984), Graphical perception, JASA 79: a position along a common scale is what
people read most exactly, so values are dots and not areas or angles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from journeys.analysis.measure import MeasureTable
from journeys.model.problems import UsageProblem
from journeys.views.page import fragment
from journeys.views.tables import shown
from journeys.views.terminal_text import harmless, shortened

MOST_ROWS = 40
_LABEL_WIDTH, _PLOT, _MARGIN = 330.0, 430.0, 50.0
_ROW, _TOP = 22.0, 62.0
_LABEL = 50


def measure_svg(table: MeasureTable, value: str | None = None) -> str:
    """The picture of one numeric column of a table: ``value``, else its first; the words of a row are its label.

    A row where the value is not defined has its label and no dot. At most ``MOST_ROWS`` rows are drawn, and the picture
    says so. Raises UsageProblem, naming the columns there are, for one that the table does not have or that holds no
    number.
    """
    numeric = [name for name in table.columns if _is_numeric(table, name)]
    if value is None and numeric:
        value = numeric[0]
    if value not in numeric:
        known = ", ".join(numeric) or "none"
        raise UsageProblem(f"{table.name} has no column of numbers {value!r}. It has: {known}.")
    at = list(table.columns).index(value)
    labels = [i for i, name in enumerate(table.columns) if _is_label(table, name)]
    rows = table.rows[:MOST_ROWS]
    top = max((float(row.values[at]) for row in rows if row.values[at] is not None), default=1.0)
    low = min((float(row.values[at]) for row in rows if row.values[at] is not None), default=0.0)
    ticks = _ticks(min(0.0, low), max(top, 0.0) or 1.0)
    first, last = ticks[0], ticks[-1]

    def x(number: float) -> float:
        return round(_LABEL_WIDTH + (number - first) / (last - first) * _PLOT, 1)

    more = len(table.rows) - len(rows)
    return fragment(
        "measure.svg.j2",
        title=harmless(table.title),
        subtitle=f"{value.replace('_', ' ')}: {table.columns[value]}",
        width=_LABEL_WIDTH + _PLOT + _MARGIN,
        height=_TOP + len(rows) * _ROW + (50 if more else 30),
        top=_TOP,
        bottom=_TOP + len(rows) * _ROW,
        ticks=[(x(tick), f"{tick:g}") for tick in ticks],
        zero=x(0.0),
        rows=[
            {
                "y": _TOP + _ROW * (number + 0.5),
                "label": shortened(harmless(" · ".join(shown(row.values[i]) for i in labels if row.values[i])), _LABEL),
                "x": None if row.values[at] is None else x(float(row.values[at])),
                "words": "not defined" if row.values[at] is None else f"{float(row.values[at]):.3g}",
            }
            for number, row in enumerate(rows)
        ],
        label_x=_LABEL_WIDTH - 14,
        more=f"… and {more} more rows, which the table has." if more else "",
        n="; ".join(f"{number} {what}" for what, number in table.n.items()),
    )


def _is_numeric(table: MeasureTable, name: str) -> bool:
    values = _values(table, name)
    return bool(values) and all(
        isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each) for each in values
    )


def _is_label(table: MeasureTable, name: str) -> bool:
    """Words for a person to tell rows apart by; ids are for programs."""
    values = _values(table, name)
    return bool(values) and all(isinstance(each, str) for each in values) and name != "id" and not name.endswith("_id")


def _values(table: MeasureTable, name: str) -> Sequence[Any]:
    at = list(table.columns).index(name)
    return [row.values[at] for row in table.rows if row.values[at] is not None]


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from at most ``low`` to at least ``high``, five steps or so."""
    rough = (high - low) / 5
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * number, 10) for number in range(first, last + 1)]
