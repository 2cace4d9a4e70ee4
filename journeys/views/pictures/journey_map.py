"""Layout of the journey map: the place of every mark, the same for the same data.

Lanes are arenas and organisations, time runs to the right. A day is a mark; a date known only within bounds is a bar
between them, with an open end where a bound is not known. Undated steps wait in a tray below their lane. The line runs
from happening to happening through channels above the lanes, and no words stand where it runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_LEAST_BAR, _LEAST_LABEL, _CLEAR = 32.0, 48.0, 11.0
"""How long a bar, and how wide a cut label at least is; how far words stand from the line, which signs may stand on."""


@dataclass(slots=True)
class _Placed:
    """A dated mark that has been placed: its bar, and its horizontal extent."""

    bundle: Bundle
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: Label
    row: int = 0

    @property
    def extents(self) -> list[tuple[float, float]]:
        """How far it reaches in its row, and in the one below if its words stand there."""
        mark = _ends(self.bundle.x, self.bar)
        if not self.label.words:
            return [mark]
        words = self.label.left, self.label.left + self.label.width + 6
        return [mark, words] if self.label.side == "below" else [(min(mark[0], words[0]), max(mark[1], words[1]))]


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

    The line comes down to the first mark of each happening from the top of the lane. Where such a mark has to stand in
    a lower row, no words may stand where the line passes the rows above; so they are placed again, until none do.
    """
    own = {number: each for number, each in enumerate(content.dated) if each.lane == lane}
    first_of = own.keys() & set(content.happenings)
    lower = set(through)
    while True:
        placed = {
            number: _place(each, content, lower | arriving if number in first_of else lower, lower, subject)
            for number, each in own.items()
        }
        first, rest = ([placed[n] for n in own if (n in first_of) == whether] for whether in (True, False))
        rows = _stack(first, rest)
        passing = {each.bundle.x for each in first if each.row > 0 and each.bundle.x in arriving}
        if passing <= lower:
            return placed, rows
        lower |= passing


def _place(bundle: Bundle, content: MapContent, upright: set[float], lower: set[float], subject: Entity) -> _Placed:
    start, end = outer_bounds(bundle.when)
    axis = content.axis
    bar = None
    if start != end:
        x1 = axis.x(start) if start is not None else HEAD + 6
        x2 = axis.x(end) if end is not None else HEAD + PLOT - 6
        # A few days of many years are to be seen beside the mark, which is wider than they are.
        short = max(_LEAST_BAR - (x2 - x1), 0.0) / 2 if start is not None and end is not None else 0.0
        bar = (round(x1 - short, 1), round(x2 + short, 1))
    label = _beside(bundle.x, bar, label_words(bundle, subject), upright, lower, all_or_none=len(bundle.steps) > 1)
    return _Placed(bundle, bar, (start is None, end is None), label)


def _ends(x: float, bar: tuple[float, float] | None) -> tuple[float, float]:
    """How far a mark and its bar reach."""
    left, right = bar or (x, x)
    return min(left, x - 10), max(right, x + 10)


def _beside(
    x: float, bar: tuple[float, float] | None, words: str, upright: set[float], lower: set[float], *, all_or_none: bool
) -> Label:
    """Where a label stands: after the mark and its bar, else before them, else in a row below, from the mark on or up
    to it; where none has room for all of it, where most of it fits. Words never stand where the line runs: at
    ``upright`` in the row of the mark, at ``lower`` in the rows below. ``all_or_none``: words that say no more than the
    sign are not cut but left out.
    """
    left, right = _ends(x, bar)
    words = fitted(words, _LABEL)
    whole = words_width(words)
    ends = HEAD + PLOT
    lines = [line for line in sorted(upright) if abs(line - x) > _CLEAR]
    after = min([ends, *(line - 5 for line in lines if line > right)]) - (right + 5)
    after = after if not any(x < line <= right + 5 for line in lines) else 0.0
    before = (left - 5) - max([HEAD, *(line + 5 for line in lines if line < left)])
    before = before if not any(left - 5 <= line < x for line in lines) else 0.0
    start = x + 6
    below = min([ends, *(line - 5 for line in lower if line > start)]) - start
    below_before = (x - 6) - max([HEAD, *(line + 5 for line in lower if line < x)])
    rooms = {"after": after, "before": before, "below": below, "below before": below_before}
    side = next((each for each, room in rooms.items() if room >= whole), max(rooms, key=lambda each: rooms[each]))
    if rooms[side] < (whole if all_or_none else min(whole, _LEAST_LABEL)):
        return Label("", round(right, 1), 0.0)
    words = fitted(words, rooms[side])
    width = round(words_width(words), 1)
    begin = {"after": right + 5, "before": left - 5 - width, "below": start, "below before": x - 6 - width}[side]
    return Label(words, round(begin, 1), width, side.removesuffix(" before"))


def _stack(first: Sequence[_Placed], rest: Sequence[_Placed]) -> int:
    """Give marks of one lane rows in which nothing covers anything else; how many rows it takes.

    The ``first`` of each happening, to which the line comes, stand above the rest; each in the order of time.
    """
    taken: list[list[tuple[float, float]]] = []
    for each in (*first, *rest):
        row = 0
        while any(
            left < end and start < right
            for (left, right), held in zip(each.extents, taken[row:], strict=False)
            for start, end in held
        ):
            row += 1
        each.row = row
        taken += [[] for _ in range(row + len(each.extents) - len(taken))]
        for extent, held in zip(each.extents, taken[row:], strict=False):
            held.append(extent)
    return len(taken)


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
