"""Layout of the journey map: the place of every mark, the same for the same data.

Lanes are arenas and organisations, time runs to the right. A day is a mark; a date known only within bounds is a bar
between them, with an open end where a bound is not known. Undated steps wait in a tray below their lane. The line runs
from happening to happening through channels above the lanes, and no words stand where it runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from journeys.analysis.claims.claim import Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Lane
from journeys.analysis.trace.line import Junction
from journeys.model.order import outer_bounds
from journeys.views.pictures.bundles import Bundle
from journeys.views.pictures.map_parts import (
    HEAD,
    PLOT,
    JourneyMap,
    Label,
    LaneBand,
    MapContent,
    Mark,
    Stretch,
    label_words,
    map_content,
    shape,
)
from journeys.views.pictures.text_width import fitted, lines_of, words_width
from journeys.views.text import sanitized, shortened

ROW, LANE_GAP, AXIS, CHANNEL = 24.0, 10.0, 34.0, 6.0
_LABEL, _TRAY_LABEL, _LANE_NAME = 290.0, 480.0, 156.0
"""How wide the label of a mark, dated or not, and the lines of a lane's name may be."""
_LANE_LETTERS = 60
_LEAST_BAR, _LEAST_LABEL, _CLEAR, _BESIDE, _AFTER = 32.0, 48.0, 11.0, 3.5, 6.0
"""How long a bar, and how wide a cut label at least is; how far from the line a sign stands beside it and not on it,
how far words stand from it, and what is free behind words."""


@dataclass(slots=True)
class _Placed:
    """A dated mark of a lane: its bar, what its label may be, and the label and the row that it was given."""

    bundle: Bundle
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    labels: Sequence[Label]
    wanted: float
    label: Label = field(init=False)
    row: int = 0

    @property
    def ends(self) -> tuple[float, float]:
        """How far the mark and its bar reach."""
        return _ends(self.bundle.x, self.bar)


@dataclass(slots=True)
class _Rows:
    """The rows of a lane while marks are placed in it: how far marks and words reach in each, and where the line runs.

    Each of ``arriving`` comes down from the top of the lane to a mark: through the first row at least, and through as
    many more as there are in ``stems`` above its mark.
    """

    arriving: set[float]
    marks: list[list[tuple[float, float]]] = field(default_factory=list)
    words: list[list[tuple[float, float]]] = field(default_factory=list)
    stems: dict[float, int] = field(default_factory=dict)

    def place(self, placed: _Placed, least: int, *, first: bool, kept_free: bool) -> bool:
        """Give a mark the uppermost row from ``least`` on in which it and one of its labels have room; False where the
        line would have to run through words that stand there already. ``kept_free``: no words stand in its way."""
        stem = placed.bundle.x if first and placed.bundle.x in self.arriving else None
        for row in range(least, max(least, len(self.marks)) + 2):
            if (
                stem is not None
                and not kept_free
                and any(self._runs_through(stem, words) for words in self.words[:row])
            ):
                return False
            if label := next((each for each in placed.labels if self._fits(placed, each, row)), None):
                self._take(placed, label, row, stem)
                return True
        return False

    def _fits(self, placed: _Placed, label: Label, row: int) -> bool:
        if not self._is_free(row, *placed.ends):
            return False
        if not label.words:
            return True
        below = row + (label.side == "below")
        left, right = label.left, label.left + label.width
        lines = [x for x in self.arriving if below < max(self.stems.get(x, 0), 1) and x != placed.bundle.x]
        return self._is_free(below, left, right + _AFTER) and not any(
            self._runs_through(x, [(left, right)]) for x in lines
        )

    def _is_free(self, row: int, left: float, right: float) -> bool:
        if row >= len(self.marks):
            return True
        held = [*self.marks[row], *((start, end + _AFTER) for start, end in self.words[row])]
        return not any(left < end and start < right for start, end in held)

    @staticmethod
    def _runs_through(x: float, words: Sequence[tuple[float, float]]) -> bool:
        return any(left - _BESIDE < x < right + _BESIDE for left, right in words)

    def _take(self, placed: _Placed, label: Label, row: int, stem: float | None) -> None:
        below = row + (label.side == "below")
        while len(self.marks) <= max(row, below):
            self.marks.append([])
            self.words.append([])
        self.marks[row].append(placed.ends)
        if label.words:
            self.words[below].append((label.left, label.left + label.width))
        if stem is not None:
            self.stems[stem] = max(self.stems.get(stem, 0), row)
        placed.label, placed.row = label, row


@dataclass(frozen=True, slots=True)
class _Rail:
    """A junction in the channel above a lane: its members as places among the dated, and which channel it takes."""

    junction: Junction
    members: tuple[int, ...]
    lane: int
    channel: int


def journey_map(journey: Journey) -> JourneyMap:
    """Lay a journey out; steps are numbered as in ``journey.steps`` and then ``journey.unplaced``, from 1."""
    content = map_content(journey)
    lane_of = {lane: place for place, lane in enumerate(content.lanes)}
    rails = _rails(content, lane_of)
    through, arriving = _upright(content, rails, lane_of)
    subject = journey.subject.entity
    top = 0.0 if content.axis.empty else AXIS
    bands: list[LaneBand] = []
    marks: dict[int, Mark] = {}
    tray: list[Mark] = []
    for place, lane in enumerate(content.lanes):
        placed, rows = _in_lane(content, lane, through[place], arriving[place], subject)
        channels = max((rail.channel + 1 for rail in rails if rail.lane == place), default=0)
        first = top + LANE_GAP / 2 + channels * CHANNEL
        for number, p in placed.items():
            y = first + p.row * ROW + ROW / 2
            marks[number] = Mark(
                p.bundle.numbers, p.bundle.first, p.bundle.x, y, p.bar, p.open, p.label, shape(p.bundle.first)
            )
        below = first + rows * ROW
        waiting = [each for each in content.undated if each.lane == lane]
        held = list(_tray(waiting, below + 2, sorted(through[place]), subject))
        tray += held
        bottom = max((mark.y + ROW / 2 for mark in held), default=below)
        lines = tuple(lines_of(shortened(sanitized(lane.name), _LANE_LETTERS), _LANE_NAME))
        height = max(bottom - top + LANE_GAP / 2, len(lines) * 14 + (22 if held else 8))
        bands.append(LaneBand(lane, lines, top, height, place % 2 == 0, below + 2 if held else None))
        top += height
    way = tuple(_drawn(rail, marks, bands) for rail in rails)
    in_order = tuple(marks[number] for number in sorted(marks))
    ticks = tuple(content.axis.ticks())
    return JourneyMap(HEAD + PLOT, top + 10, tuple(bands), ticks, way, in_order, tuple(tray), content.folded)


# -- the line


def _rails(content: MapContent, lane_of: Mapping[Lane, int]) -> list[_Rail]:
    """Each junction in the channel above the lowest of its lanes; junctions that meet there take different channels."""
    found: list[_Rail] = []
    taken: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for junction in content.joined:
        members = tuple(content.happenings[place] for place in (*junction.before, *junction.after))
        xs = [content.dated[number].x for number in members]
        lane = max(lane_of[content.dated[number].lane] for number in members)
        left, right = min(xs), max(xs)
        channel = 0
        while any(left < end and start < right for start, end in taken[lane, channel]):
            channel += 1
        taken[lane, channel].append((left, right))
        found.append(_Rail(junction, members, lane, channel))
    return found


def _upright(
    content: MapContent, rails: Sequence[_Rail], lane_of: Mapping[Lane, int]
) -> tuple[list[set[float]], list[set[float]]]:
    """Where the line runs through each lane from top to bottom, and where it comes down to a mark from its channel."""
    through: list[set[float]] = [set() for _ in content.lanes]
    arriving: list[set[float]] = [set() for _ in content.lanes]
    for rail in rails:
        for number in rail.members:
            own, x = lane_of[content.dated[number].lane], content.dated[number].x
            for lane in range(own, rail.lane):
                through[lane].add(x)
            if own == rail.lane:
                arriving[own].add(x)
    return through, arriving


def _drawn(rail: _Rail, marks: Mapping[int, Mark], bands: Sequence[LaneBand]) -> Stretch:
    y = bands[rail.lane].y + LANE_GAP / 2 + rail.channel * CHANNEL
    xs = [marks[number].x for number in rail.members]
    path = [f"M{min(xs)} {y}H{max(xs)}", *(f"M{marks[number].x} {marks[number].y}V{y}" for number in rail.members)]
    number = len(rail.junction.before)
    return Stretch("".join(path), rail.junction.certain, max(xs[:number]), min(xs[number:]))


# -- marks and their words


def _in_lane(
    content: MapContent, lane: Lane, through: set[float], arriving: set[float], subject: Entity
) -> tuple[dict[int, _Placed], int]:
    """The dated marks of a lane by their places among all, in rows; and how many rows they take.

    The line comes down from the top of the lane to the first mark of each happening. Whether its words or those of the
    next have to make way depends on which is placed first: from the earliest on, or from the latest on, whichever cuts
    fewer words, and then takes fewer rows.
    """
    own = {number: each for number, each in enumerate(content.dated) if each.lane == lane}
    first = [number for number in own if number in set(content.happenings)]
    rest = [number for number in own if number not in set(first)]
    found = (
        _arranged(own, [*order, *rest], set(first), content, through, arriving, subject)
        for order in (first, first[::-1])
    )
    placed = min(found, key=lambda each: (sum(p.wanted - p.label.width for p in each.values()), _rows(each)))
    return placed, _rows(placed)


def _rows(placed: Mapping[int, _Placed]) -> int:
    return max((each.row + (each.label.side == "below") + 1 for each in placed.values()), default=0)


def _arranged(
    own: Mapping[int, Bundle],
    order: Sequence[int],
    first: set[int],
    content: MapContent,
    through: set[float],
    arriving: set[float],
    subject: Entity,
) -> dict[int, _Placed]:
    """The marks placed in this order, so that nothing covers anything else and the line runs through no words.

    Marks of one place in time stand below each other in the order of time. Where the line has no way to a mark, all are
    placed again with its way kept free of the words of those that it comes to, until each has one.
    """
    lower = set(through)
    while True:
        placed = {
            number: _place(own[number], content, lower if number in first else through, subject) for number in order
        }
        rows = _Rows(arriving)
        least: dict[float, int] = {}
        for number, each in placed.items():
            x = each.bundle.x
            if not rows.place(each, least.get(x, 0), first=number in first, kept_free=x in lower):
                lower.add(x)
                break
            least[x] = each.row + 1
        else:
            return placed


def _place(bundle: Bundle, content: MapContent, lines: set[float], subject: Entity) -> _Placed:
    start, end = outer_bounds(bundle.when)
    axis = content.axis
    bar = None
    if start != end:
        x1 = axis.x(start) if start is not None else HEAD + 6
        x2 = axis.x(end) if end is not None else HEAD + PLOT - 6
        # A few days of many years are to be seen beside the mark, which is wider than they are.
        short = max(_LEAST_BAR - (x2 - x1), 0.0) / 2 if start is not None and end is not None else 0.0
        bar = (round(x1 - short, 1), round(x2 + short, 1))
    words = fitted(label_words(bundle, subject), _LABEL)
    labels = list(_beside(bundle.x, bar, words, lines, all_or_none=len(bundle.steps) > 1))
    return _Placed(bundle, bar, (start is None, end is None), labels, round(words_width(words), 1))


def _ends(x: float, bar: tuple[float, float] | None) -> tuple[float, float]:
    """How far a mark and its bar reach."""
    left, right = bar or (x, x)
    return min(left, x - 10), max(right, x + 10)


def _beside(
    x: float, bar: tuple[float, float] | None, words: str, lines: set[float], *, all_or_none: bool
) -> Iterator[Label]:
    """Where a label may stand: after the mark and its bar, else before them, else in a row below, from the mark on or
    up to it; where none has room for all of it, where most of it fits. Words never stand at the ``lines``, which run
    through the lane. ``all_or_none``: words that say no more than the sign are not cut but left out.
    """
    left, right = _ends(x, bar)
    whole = words_width(words)
    ends = HEAD + PLOT
    near = [line for line in sorted(lines) if abs(line - x) > _CLEAR]
    after = min([ends, *(line - 5 for line in near if line > right)]) - (right + 5)
    after = after if not any(x < line <= right + 5 for line in near) else 0.0
    before = (left - 5) - max([HEAD, *(line + 5 for line in near if line < left)])
    before = before if not any(left - 5 <= line < x for line in near) else 0.0
    start = x + 6
    below = min([ends, *(line - 5 for line in lines if line > x)]) - start
    below_before = (x - 6) - max([HEAD, *(line + 5 for line in lines if line < x)])
    rooms = {"after": after, "before": before, "below": below, "below before": below_before}
    sides = [side for side, room in rooms.items() if room >= whole]
    most = max(rooms, key=lambda side: rooms[side])
    if not sides and rooms[most] < (whole if all_or_none else min(whole, _LEAST_LABEL)):
        yield Label("", round(right, 1), 0.0)
        return
    for side in sides or [most]:
        said = fitted(words, rooms[side])
        width = round(words_width(said), 1)
        begin = {"after": right + 5, "before": left - 5 - width, "below": start, "below before": x - 6 - width}[side]
        yield Label(said, round(begin, 1), width, side.removesuffix(" before"))


def _tray(waiting: Sequence[Bundle], top: float, upright: Sequence[float], subject: Entity) -> Iterator[Mark]:
    """The undated marks of a lane in rows, each with its words between the places where the line runs."""
    edges = [HEAD, *upright, HEAD + PLOT]
    gaps = [(left + _CLEAR + 2, right - 5) for left, right in pairwise(edges)]
    wide = [gap for gap in gaps if gap[1] - gap[0] >= 2 * _LEAST_LABEL]
    gaps = wide or [gap for gap in gaps if gap[1] - gap[0] >= 2 * _CLEAR] or [(HEAD + 12, HEAD + PLOT)]
    widest = max(range(len(gaps)), key=lambda at: gaps[at][1] - gaps[at][0])
    row, place, x, empty = 0, 0, gaps[0][0], True
    for each in waiting:
        words = fitted(label_words(each, subject), _TRAY_LABEL) if wide else ""
        wanted = words_width(words) + 26 if words else 2 * _CLEAR
        if x + wanted > gaps[place][1]:
            # On to where all the words have room: in this row, else in the next; where nowhere has, to the most room.
            roomy = [at for at, (left, right) in enumerate(gaps) if right - left >= wanted] or [widest]
            later = [at for at in roomy if at > place]
            row += not later and not empty
            place = (later or roomy)[0]
            x = gaps[place][0]
        empty = False
        words = fitted(words, gaps[place][1] - x - 26) if words else ""
        label = Label(words, round(x + 25, 1), round(words_width(words), 1))
        y = top + row * ROW + ROW / 2
        yield Mark(each.numbers, each.first, round(x + 10, 1), y, None, (False, False), label, shape(each.first))
        x += words_width(words) + (44 if words else 2 * _CLEAR)
