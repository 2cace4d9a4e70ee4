"""Scales of charts: where a number or a day stands, and the ticks with their words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeys.views.pictures.time_axis import TimeAxis

_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """``at`` gives the place of a value between ``first`` and ``last``, None for what has none."""

    at: Callable[[Any], float | None]
    first: float
    last: float
    ticks: tuple[tuple[float, str], ...]


def number_of(value: Any) -> float | None:
    """A number, or a day as its number; None for anything else."""
    if isinstance(value, date):
        return float(value.toordinal())
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None


def number_scale(values: Sequence[Any]) -> Scale:
    """Round numbers from at most the least to at least the greatest, nought among them."""
    from matplotlib.ticker import MaxNLocator

    numbers = [number for value in values if (number := number_of(value)) is not None]
    # Of very large and very small numbers the axis shows multiples of a power of ten.
    most = max(map(abs, numbers), default=0.0)
    unit = 10.0 ** math.floor(math.log10(most)) if most and not 1e-9 < most < 1e12 else 1.0
    unit = unit or math.ulp(0.0)
    low, high = min(0.0, *numbers, 0.0) / unit, max(0.0, *numbers, 0.0) / unit
    whole = unit == 1.0 and all(number.is_integer() for number in numbers)
    ticks = MaxNLocator(nbins=_MOST_STEPS, steps=[1, 2, 5, 10], integer=whole, min_n_ticks=2).tick_values(
        low, high if high > low else low + 1
    )

    def at(value: Any) -> float | None:
        number = number_of(value)
        return None if number is None else number / unit

    return Scale(
        at, float(ticks[0]), float(ticks[-1]), tuple((float(tick), _number_words(float(tick) * unit)) for tick in ticks)
    )


def _number_words(number: float) -> str:
    """A tick in words: "1,500", "0.25", "1e+20"."""
    return f"{number:,.0f}" if number.is_integer() and abs(number) < 10**9 else f"{number:g}"


def time_scale(values: Sequence[Any], width: float) -> Scale:
    """Days, with as many ticks as can be read where the scale is so wide."""
    axis = TimeAxis([value for value in values if isinstance(value, date)], 0.0, width)
    ticks = tuple((tick.x, tick.words) for tick in axis.ticks())
    return Scale(lambda value: axis.x(value) if isinstance(value, date) else None, 0.0, width, ticks)
