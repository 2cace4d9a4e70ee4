"""The time axis of pictures: the position of a day, and the labelled ticks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_TICKS = 12
_TICK_WIDTH = 70.0
"""The room that a written day needs, as in "27 Sep 2011"."""
_MONTH = 30.4
_DAYS = (1, 2, 7)
_MONTHS = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))
"""How far apart the ticks may be; weeks begin on Mondays. The last is enough for every year that a date can have."""
_FORTNIGHT = 14
_LEAST_TICKS = 3
_DAY, _FIRST_OF_MONTH, _FIRST_OF_YEAR = "{0.day} {0:%b} {0.year}", "{0:%b} {0.year}", "{0.year}"


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
        self._most = max(min(int((right - left) / _TICK_WIDTH), _MOST_TICKS), 2)

    def x(self, day: date) -> float:
        """Where a day stands."""
        share = (day - self._first).days / self._days
        return round(self._left + share * (self._right - self._left), 1)

    def ticks(self) -> Iterator[Tick]:
        """Days, Mondays, or firsts of months, quarters or years, whichever are few enough to be read."""
        if self.empty:
            return
        choices = list(self._choices())
        enough = [choice for choice in choices if len(choice[0]) >= _LEAST_TICKS]
        days, pattern = enough[0] if enough else max(choices, key=lambda choice: len(choice[0]))
        for day in days:
            yield Tick(self.x(day), pattern.format(day))

    def _choices(self) -> Iterator[tuple[list[date], str]]:
        """The days of each kind of tick of which there are not too many, and how they are written."""
        for step in _DAYS:
            if self._days / step <= self._most:
                yield list(self._every(step)), _DAY
        for step in _MONTHS:
            if self._days / _MONTH / step <= self._most:
                yield list(self._firsts(step)), _FIRST_OF_MONTH if step < 12 else _FIRST_OF_YEAR
            if step == 1 and self._days / _FORTNIGHT <= self._most:
                # In two months there may be one first of a month alone.
                yield list(self._every(_FORTNIGHT)), _DAY

    def _every(self, step: int) -> Iterator[date]:
        first, last = self._first.toordinal(), self._last.toordinal()
        # Day 1 of the calendar was a Monday.
        yield from (date.fromordinal(day) for day in range(first + (1 - first) % step, last + 1, step))

    def _firsts(self, step: int) -> Iterator[date]:
        month = self._first.year * 12 + self._first.month - 1
        month += -month % step
        while month // 12 <= self._last.year:
            day = date(month // 12, month % 12 + 1, 1)
            if self._first <= day <= self._last:
                yield day
            month += step
