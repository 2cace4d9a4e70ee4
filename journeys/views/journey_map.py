"""The journey map: where every mark of a journey stands, computed beforehand: the same data give the same bytes.

Lanes are arenas and organisations, time runs to the right. A day is a mark; a date known only within bounds is a bar
between them, with an open end where a bound is not known. The journey's way is the line from happening to happening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from journeys.analysis.journey import Journey
from journeys.analysis.journey_parts import Entity, Step
from journeys.analysis.journey_places import Lane, Places
from journeys.analysis.journey_words import names
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds
from journeys.views.terminal_text import harmless, shortened

HEAD, PLOT, MARGIN = 170.0, 960.0, 24.0
"""Widths: the lane heads, the time axis, and what is free at either end."""
ROW, LANE_GAP, AXIS = 24.0, 10.0, 34.0
_LETTER = 6.1
"""The mean width of a letter of a label."""
_LABEL = 40
_TRAY_COLUMNS = 4
_LANE_ORDER = ("organisation", "people", "arena", "papers", "outcomes")


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on the map: its number (as in the table), place, shape and words.

    ``bar`` is the stretch a date is known within, None for a day; ``open`` says at which ends no bound is known. The
    label begins at ``label_x``, or ends there if ``label_end``. ``shape`` is "support", "contest" or "step".
    """

    number: int
    step: Step
    x: float
    y: float
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: str
    label_x: float
    label_end: bool
    shape: str

    @property
    def style(self) -> str:
        """How it is known (see ``style``)."""
        return style(self.step)


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A lane's band: its name in lines, its top and its height."""

    lane: Lane
    lines: tuple[str, ...]
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the way from one happening to the next; not ``certain`` where their order is not."""

    x1: float
    y1: float
    x2: float
    y2: float
    certain: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the time axis."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """All of the map, in the units of its picture."""

    width: float
    height: float
    lanes: tuple[LaneBand, ...]
    ticks: tuple[Tick, ...]
    way: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    tray: tuple[Mark, ...]
    tray_top: float


@dataclass(slots=True)
class _Placed:
    """A step on its way to being a mark: its bar, and how much room it takes from left to right."""

    number: int
    step: Step
    lane: Lane
    x: float
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: str
    label_x: float
    label_end: bool
    row: int = 0

    @property
    def extent(self) -> tuple[float, float]:
        left, right = _ends(self.x, self.bar)
        words = len(self.label) * _LETTER
        first, last = (self.label_x - words, self.label_x) if self.label_end else (self.label_x, self.label_x + words)
        return min(left, first), max(right, last) + 6


def journey_map(journey: Journey, places: Places) -> JourneyMap:
    """Lay a journey out; steps are numbered as in ``journey.steps`` and then ``journey.unplaced``, from 1."""
    scale = _Scale([step.when for step in journey.steps])
    placed = [
        _place(number, step, places.lane(step), scale, journey.subject.entity)
        for number, step in enumerate(journey.steps, 1)
    ]
    bands: list[LaneBand] = []
    top = AXIS
    y_of: dict[int, float] = {}
    for lane in _lanes(placed):
        own = [each for each in placed if each.lane == lane]
        rows = _stack(own)
        lines = tuple(_broken(shortened(harmless(lane.name), 60), 24))
        height = max(rows * ROW, len(lines) * 14 + 8) + LANE_GAP
        bands.append(LaneBand(lane, lines, top, height))
        for each in own:
            y_of[each.number] = top + LANE_GAP / 2 + each.row * ROW + ROW / 2
        top += height
    marks = tuple(
        Mark(p.number, p.step, p.x, y_of[p.number], p.bar, p.open, p.label, p.label_x, p.label_end, shape(p.step))
        for p in placed
    )
    tray_top = top + 30
    tray = tuple(_tray(journey, tray_top))
    height = tray_top + (-(-len(tray) // _TRAY_COLUMNS) * ROW + 16 if tray else -20)
    way = tuple(_way(marks))
    return JourneyMap(HEAD + PLOT, height, tuple(bands), tuple(scale.ticks()), way, marks, tray, tray_top)


class _Scale:
    """Days to the right."""

    def __init__(self, spans: Sequence[DateSpan]) -> None:
        days = [day for span in spans for day in outer_bounds(span) if day is not None]
        first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 1))
        room = max(timedelta(days=10), (last - first) * 0.04)
        self._first = first - room if first - date.min > room else first
        self._last = last + room if date.max - last > room else last
        self._days = max((self._last - self._first).days, 1)

    def x(self, day: date) -> float:
        share = (day - self._first).days / self._days
        return round(HEAD + MARGIN + share * (PLOT - 2 * MARGIN), 1)

    def ticks(self) -> Iterator[Tick]:
        """The firsts of months, quarters or years, whichever are few enough to be read."""
        months = self._days / 30.4
        step = next((each for each in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / each <= 12), 2400)
        month = self._first.year * 12 + self._first.month - 1
        month += -month % step
        while month // 12 <= min(self._last.year, 9998):
            day = date(max(month // 12, 1), month % 12 + 1, 1)
            if self._first <= day <= self._last:
                yield Tick(self.x(day), f"{day:%b} {day.year}" if step < 12 else str(day.year))
            month += step


def _place(number: int, step: Step, lane: Lane, scale: _Scale, subject: Entity) -> _Placed:
    start, end = outer_bounds(step.when)
    x1 = scale.x(start) if start is not None else HEAD + 6
    x2 = scale.x(end) if end is not None else HEAD + PLOT - 6
    certain = start is not None and start == end
    x = x2 if start is None else x1 if certain or end is None else (x1 + x2) / 2
    bar = None if certain or x2 - x1 < 6 else (x1, x2)
    label = _label(step, subject)
    label_x, label_end = _beside(x, bar, len(label) * _LETTER)
    return _Placed(number, step, lane, round(x, 1), bar, (start is None, end is None), label, label_x, label_end)


def _ends(x: float, bar: tuple[float, float] | None) -> tuple[float, float]:
    """How far a mark and its bar reach."""
    left, right = bar or (x, x)
    return min(left, x - 10), max(right, x + 10)


def _beside(x: float, bar: tuple[float, float] | None, words: float) -> tuple[float, bool]:
    """Where a label begins or (True) ends: after the bar, else before it, else over it beside the mark."""
    left, right = _ends(x, bar)
    if right + 5 + words <= HEAD + PLOT:
        return round(right + 5, 1), False
    if left - 5 - words >= HEAD:
        return round(left - 5, 1), True
    return (round(x + 14, 1), False) if x + 14 + words <= HEAD + PLOT else (round(x - 14, 1), True)


def _label(step: Step, subject: Entity) -> str:
    """What happened, in few words: the verb, and who or what besides the traced thing."""
    others = [e for e in (*step.starts, *step.ends) if e.id != subject.id and not _is_place(e, step)]
    if step.via is not None:
        others = [e for e in others if e.id != step.via.id] or others
    # "wrote: Ann N.", but "was cited by: Business case": a paper's own doing would read as the traced one's.
    done_to_it = [e.id for e in step.ends] == [subject.id] and not step.who
    verb = f"{'not: ' if step.negated else ''}{step.kind.passive if done_to_it else step.kind.phrase}"
    return shortened(f"{verb}: {names([harmless(e.name) for e in others], 2)}" if others else verb, _LABEL)


def _is_place(entity: Entity, step: Step) -> bool:
    """Whether an end is the meeting itself, which the lane and the day say already."""
    return step.meeting is not None and entity.id == step.meeting.id


def _lanes(placed: Sequence[_Placed]) -> list[Lane]:
    """Organisations, then arenas, then the rest; within each by what came first."""
    lanes = dict.fromkeys(each.lane for each in placed)
    return sorted(lanes, key=lambda lane: _LANE_ORDER.index(lane.kind))


def _stack(placed: Sequence[_Placed]) -> int:
    """Give marks of one lane rows in which nothing covers anything else; how many rows it takes."""
    ends: list[float] = []
    for each in sorted(placed, key=lambda p: (p.extent[0], p.number)):
        left, right = each.extent
        for row, end in enumerate(ends):
            if end <= left:
                each.row, ends[row] = row, right
                break
        else:
            each.row = len(ends)
            ends.append(right)
    return max(len(ends), 1)


def _way(marks: Sequence[Mark]) -> Iterator[Stretch]:
    """From happening to happening: the first mark of each day and meeting, in the order of the time-line."""
    happened = [mark for mark in marks if not mark.step.negated and mark.step.via is None]
    groups = [list(group) for _, group in groupby(happened, key=_when_and_where)]
    for before, after in pairwise(groups):
        one, other = before[0], after[0]
        certain = after[0].step.order == "certainly"
        yield Stretch(one.x, one.y, other.x, other.y, certain)


def _when_and_where(mark: Mark) -> tuple[object, ...]:
    step = mark.step
    return (step.when.date_from, step.when.date_to, step.meeting.id if step.meeting else None)


def _tray(journey: Journey, top: float) -> Iterator[Mark]:
    width = (HEAD + PLOT - 20) / _TRAY_COLUMNS
    for place, step in enumerate(journey.unplaced):
        x, y = 20 + (place % _TRAY_COLUMNS) * width, top + 14 + (place // _TRAY_COLUMNS) * ROW
        label = _label(step, journey.subject.entity)
        number = len(journey.steps) + place + 1
        yield Mark(number, step, round(x, 1), y, None, (False, False), label, round(x + 15, 1), False, shape(step))


def style(step: Step) -> str:
    """How a step is known: "negated", "derived", "interpretive" or "said"."""
    if step.negated:
        return "negated"
    return "derived" if step.derived else "interpretive" if step.interpretation else "said"


def shape(step: Step) -> str:
    """The side a step takes: "support", "contest" or "step" for none."""
    return {1: "support", -1: "contest"}.get(step.kind.polarity, "step")


def _broken(words: str, width: int) -> Iterable[str]:
    """A lane's name in lines of at most ``width`` letters."""
    line = ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield shortened(line, width)
