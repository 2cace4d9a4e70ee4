"""Layout of the journey map: the place of every mark, the same for the same data.

Lanes are arenas and organisations, time runs to the right. A day is a mark; a date known only within bounds is a bar
between them, with an open end where a bound is not known. The line of the journey runs from event to event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from journeys.analysis.claims.claim import Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Lane
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import names
from journeys.model.order import outer_bounds
from journeys.views.pictures.text_width import fitted, lines_of, words_width
from journeys.views.pictures.time_axis import Tick, TimeAxis
from journeys.views.text import sanitized, shortened

HEAD, PLOT, MARGIN = 170.0, 960.0, 36.0
"""Widths: the lane heads, the time axis, and what is free at either end."""
ROW, LANE_GAP, AXIS = 24.0, 10.0, 34.0
_LABEL, _LANE_NAME = 250.0, 156.0
"""How wide the label of a mark and the lines of a lane's name may be."""
_LANE_LETTERS = 60
_LEAST_BAR = 32.0
_TRAY_COLUMNS = 4
_LANE_ORDER = ("organisation", "people", "arena", "papers", "outcomes")


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a mark, and where they are written: ``after`` the mark, ``before`` it, or ``below`` in a row
    more."""

    words: str
    left: float
    width: float
    side: str = "after"


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on the map: its number (as in the table), place, shape and words.

    ``bar`` is the stretch a date is known within, None for a day; ``open`` says at which ends no bound is known.
    ``shape`` is "support", "contest" or "step"; ``shaded`` says whether the band below is.
    """

    number: int
    step: Step
    x: float
    y: float
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: Label
    shape: str
    shaded: bool = False

    @property
    def style(self) -> str:
        """How it is known (see ``style``)."""
        return style(self.step)


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A lane's band: its name in lines, its top and its height, and whether it is shaded, as every other one is."""

    lane: Lane
    lines: tuple[str, ...]
    y: float
    height: float
    shaded: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the way from one happening to the next; not ``certain`` where their order is not."""

    x1: float
    y1: float
    x2: float
    y2: float
    certain: bool


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
    """A step that has been placed: its bar, and its horizontal extent."""

    number: int
    step: Step
    lane: Lane
    x: float
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: Label
    row: int = 0

    @property
    def extent(self) -> tuple[float, float]:
        left, right = _ends(self.x, self.bar)
        return min(left, self.label.left), max(right, self.label.left + self.label.width) + 6


def journey_map(journey: Journey) -> JourneyMap:
    """Lay a journey out; steps are numbered as in ``journey.steps`` and then ``journey.unplaced``, from 1."""
    days = [day for step in journey.steps for day in outer_bounds(step.when) if day is not None]
    axis = TimeAxis(days, HEAD + MARGIN, HEAD + PLOT - MARGIN)
    placed: list[_Placed] = []
    for number, step in enumerate(journey.steps, 1):
        after = placed[-1].x if placed else 0.0
        placed.append(_place(number, step, journey.places.lane(step), axis, journey.subject.entity, after))
    bands: list[LaneBand] = []
    marks: list[Mark] = []
    top = 0.0 if axis.empty else AXIS
    for lane in _lanes(placed):
        own = [each for each in placed if each.lane == lane]
        rows = _stack(own)
        lines = tuple(lines_of(shortened(sanitized(lane.name), _LANE_LETTERS), _LANE_NAME))
        height = max(rows * ROW, len(lines) * 14 + 8) + LANE_GAP
        band = LaneBand(lane, lines, top, height, shaded=len(bands) % 2 == 0)
        bands.append(band)
        for p in own:
            y = top + LANE_GAP / 2 + p.row * ROW + ROW / 2
            marks.append(Mark(p.number, p.step, p.x, y, p.bar, p.open, p.label, shape(p.step), band.shaded))
        top += height
    marks.sort(key=lambda mark: mark.number)
    tray_top = top + 30
    tray = tuple(_tray(journey, tray_top))
    height = tray_top + (-(-len(tray) // _TRAY_COLUMNS) * ROW + 16 if tray else -20)
    way = tuple(_way(marks))
    return JourneyMap(HEAD + PLOT, height, tuple(bands), tuple(axis.ticks()), way, tuple(marks), tray, tray_top)


def _place(number: int, step: Step, lane: Lane, axis: TimeAxis, subject: Entity, after: float) -> _Placed:
    """A step on the time axis: in the middle of the days it may have been, but not left of ``after``, where the step
    before it stands. Steps come in the order of their last days, so this never leaves the days themselves; and the line
    from step to step never runs backwards.
    """
    start, end = outer_bounds(step.when)
    x1 = axis.x(start) if start is not None else HEAD + 6
    x2 = axis.x(end) if end is not None else HEAD + PLOT - 6
    x = x2 if start is None else x1 if end is None else (x1 + x2) / 2
    x = max(x, after)
    bar = None
    if start != end:
        # A few days of many years are to be seen beside the mark, which is wider than they are.
        short = max(_LEAST_BAR - (x2 - x1), 0.0) / 2 if start is not None and end is not None else 0.0
        bar = (round(x1 - short, 1), round(x2 + short, 1))
    label = _beside(x, bar, _label(step, subject, _LABEL))
    return _Placed(number, step, lane, round(x, 1), bar, (start is None, end is None), label)


def _ends(x: float, bar: tuple[float, float] | None) -> tuple[float, float]:
    """How far a mark and its bar reach."""
    left, right = bar or (x, x)
    return min(left, x - 10), max(right, x + 10)


def _beside(x: float, bar: tuple[float, float] | None, words: str) -> Label:
    """Where a label stands: after the mark and its bar, else before them, else in a row below."""
    left, right = _ends(x, bar)
    width = round(words_width(words), 1)
    if right + 5 + width <= HEAD + PLOT:
        return Label(words, round(right + 5, 1), width)
    if left - 5 - width >= HEAD:
        return Label(words, round(left - 5 - width, 1), width, "before")
    return Label(words, round(min(x - 8, HEAD + PLOT - width), 1), width, "below")


def _label(step: Step, subject: Entity, width: float) -> str:
    """What happened, in few words: the verb, and who or what besides the traced thing and the meeting; or else that."""
    others = [e for e in (*step.starts, *step.ends) if e.id != subject.id]
    others = [e for e in others if not _is_place(e, step)] or others
    if step.via is not None:
        others = [e for e in others if e.id != step.via.id] or others
    # "wrote: Ann N.", but "was cited by: Business case": a paper's own doing would read as the traced one's.
    done_to_it = [e.id for e in step.ends] == [subject.id] and not step.who
    verb = f"{'not: ' if step.negated else ''}{step.kind.passive if done_to_it else step.kind.phrase}"
    return fitted(f"{verb}: {names([sanitized(e.name) for e in others], 2)}" if others else verb, width)


def _is_place(entity: Entity, step: Step) -> bool:
    """Whether an end is the meeting itself, which the lane and the date already show."""
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
        high = 2 if each.label.side == "below" else 1
        each.row = next(row for row in range(len(ends) + 1) if all(end <= left for end in ends[row : row + high]))
        ends += [0.0] * (each.row + high - len(ends))
        ends[each.row : each.row + high] = [right] * high
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
        words = _label(step, journey.subject.entity, min(_LABEL, width - 30))
        label = Label(words, round(x + 15, 1), round(words_width(words), 1))
        yield Mark(len(journey.steps) + place + 1, step, round(x, 1), y, None, (False, False), label, shape(step))


def style(step: Step) -> str:
    """How a step is known: "negated", "derived", "interpretive" or "said"."""
    if step.negated:
        return "negated"
    return "derived" if step.derived else "interpretive" if step.interpretation else "said"


def shape(step: Step) -> str:
    """The side a step takes: "support", "contest" or "step" for none."""
    return {1: "support", -1: "contest"}.get(step.kind.polarity, "step")
