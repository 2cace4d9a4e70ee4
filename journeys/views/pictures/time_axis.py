"""The time axis of a picture: where a day stands, and which days are written above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_TICKS = 12
_DAYS = (1, 2, 7)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
"""How far apart the ticks may be; weeks begin on Mondays."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the time axis."""

    x: float
    words: str


class TimeAxis:
    """Days to the right, between ``left`` and ``right``. Without any day there is no time to show, and no tick."""

    def __init__(self, days: Iterable[date], left: float, right: float) -> None:
        known = sorted(days)
        self._left, self._right = left, right
        self.empty = not known
        first, last = (known[0], known[-1]) if known else (date(2000, 1, 1), date(2000, 1, 1))
        room = max(timedelta(days=3), (last - first) * 0.04)
        self._first = first - room if first - date.min > room else first
        self._last = last + room if date.max - last > room else last
        self._days = max((self._last - self._first).days, 1)

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self._first).days / self._days
        return round(self._left + share * (self._right - self._left), 1)

    def ticks(self) -> Iterator[Tick]:
        """Days, Mondays, or firsts of months, quarters or years, whichever are few enough to be read."""
        if self.empty:
            return
        for step in _DAYS:
            if self._days / step <= _MOST_TICKS:
                yield from (Tick(self.x(day), f"{day.day} {day:%b} {day.year}") for day in self._every(step))
                return
        step = next((each for each in _MONTHS if self._days / 30.4 / each <= _MOST_TICKS), _MONTHS[-1])
        for day in self._firsts(step):
            yield Tick(self.x(day), f"{day:%b} {day.year}" if step < 12 else str(day.year))

    def _every(self, step: int) -> Iterator[date]:
        first, last = self._first.toordinal(), self._last.toordinal()
        # Day 1 of the calendar was a Monday.
        yield from (date.fromordinal(day) for day in range(first + (1 - first) % step, last + 1, step))

    def _firsts(self, step: int) -> Iterator[date]:
        month = self._first.year * 12 + self._first.month - 1
        month += -month % step
        while month // 12 <= min(self._last.year, 9998):
            day = date(max(month // 12, 1), month % 12 + 1, 1)
            if self._first <= day <= self._last:
                yield day
            month += step
