"""Journeys as strips on one common scale of time: the place of each mark, in hundredths of the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journeys.analysis.trace.glance import SIGNS, Glance, GlanceMark
from journeys.model.dates import describe
from journeys.model.order import outer_bounds
from journeys.model.phrases import counted
from journeys.views.pictures.time_axis import Tick, TimeAxis

_ABOVE: Mapping[str, int] = {"supported": 10, "contested": 28}
_MIDDLE = 19
_OPEN = 5.0
"""How far a bar reaches where no bound is known."""


@dataclass(frozen=True, slots=True)
class StripMark:
    """A mark: its sign and place; ``bar`` is where an uncertain date begins and how long it is, None for a day."""

    sign: str
    x: float
    y: int
    bar: tuple[float, float] | None
    derived: bool
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A journey as a strip: where its line begins and ends (None without dates), its marks, and all of it in words."""

    line: tuple[float, float] | None
    marks: tuple[StripMark, ...]
    words: str


class Strips:
    """The strips of some journeys; ``ticks`` is their common scale of time, empty where nothing has a date."""

    def __init__(self, glances: Iterable[Glance]) -> None:
        days = [day for glance in glances for mark in glance.marks for day in outer_bounds(mark.when) if day]
        self._axis = TimeAxis(days, 2, 98)
        wide = TimeAxis(days, 20, 980)
        self.ticks: Sequence[Tick] = [Tick(round(tick.x / 10, 1), tick.words) for tick in wide.ticks()]

    def strip(self, glance: Glance) -> Strip:
        """One journey."""
        marks = tuple(map(self._mark, glance.marks))
        ends = [x for mark in marks for x in (mark.x, *((mark.bar[0], sum(mark.bar)) if mark.bar else ()))]
        line = (min(ends), max(ends)) if len(ends) > 1 else None
        dated = "; ".join(mark.words for mark in marks)
        return Strip(line, marks, dated or "No step that is shown here has a date")

    def _mark(self, mark: GlanceMark) -> StripMark:
        start, end = outer_bounds(mark.when)
        left = None if start is None else self._axis.x(start)
        right = None if end is None else self._axis.x(end)
        if left is None or right is None:
            x = left if left is not None else right or 0.0
            bar = (x, min(_OPEN, 100 - x)) if left is not None else (max(x - _OPEN, 0.0), min(_OPEN, x))
        else:
            x, bar = round((left + right) / 2, 1), (left, round(right - left, 1))
        several = f" ({counted(mark.steps, 'step')})" if mark.steps > 1 else ""
        words = f"{SIGNS[mark.sign]} {describe(mark.when)}{several}{', inferred' if mark.derived else ''}"
        return StripMark(
            mark.sign,
            x,
            _ABOVE.get(mark.sign, _MIDDLE),
            None if start and start == end else (round(bar[0], 1), round(bar[1], 1)),
            mark.derived,
            words,
        )
