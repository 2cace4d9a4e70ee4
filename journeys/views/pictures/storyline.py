"""Layout of a storyline: the place of every line, meeting and sign, the same for the same data.

Meetings stand side by side in order of time, each with its date; above them a time axis shows when they were, as a
point or, where a date is known only within bounds, as a bar. People are lines from their first meeting to their last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from journeys.analysis.actors.storyline import Part, Person, Point, SiteStoryline
from journeys.model.order import outer_bounds
from journeys.views.pictures.organisations import Band, band_of, bands
from journeys.views.pictures.text_width import fitted, lines_of, words_width
from journeys.views.pictures.time_axis import Tick, TimeAxis
from journeys.views.text import sanitized, shortened
from journeys.views.wording import date_words

HEAD, COLUMN, MARGIN = 150.0, 150.0, 30.0
"""Widths: what is free before the first meeting, at least from one meeting to the next, and what is free after the
last."""
TOGETHER, APART, THING = 20.0, 30.0, 12.0
"""From line to line, in a meeting and outside; and more for each thing that is written above a line."""
AXIS, TITLES, GAP = 64.0, 62.0, 26.0
"""Heights: the time axis, the titles of the meetings, and what is free above the lines."""
_NAME, _TITLE = 130.0, 134.0
_THINGS, _SCREEN = (300.0, 220.0, 180.0, 140.0), 1190.0
"""How much of a title is written: the most with which all is on a screen, else the least."""
_BEND = 50.0
"""How much of the way from one meeting to the next the lines need to change places."""
_SMALLER = 12 / 11
"""How much more goes into a width in the smaller letters that things are written in."""
_TITLE_LINES = 3
_LEAST_BAR = 8.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One person at one meeting: place, and what they did: "support", "contest", "both" or "there"."""

    person: str
    x: float
    y: float
    shape: str
    things: tuple[tuple[str, float], ...]
    """What they introduced, each with the height at which it is written."""
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """A meeting: where it stands, its title in lines, its date, where that is on the time axis, and who is there."""

    number: int
    point: Point
    x: float
    top: float
    bottom: float
    title: tuple[str, ...]
    when: str
    bar: tuple[float, float]
    exact: bool
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A person: the curve, the name, where it is written, and the band of the organisation with its letter."""

    person: Person
    path: str
    name: str
    x: float
    y: float
    colour: str
    dashes: str
    letters: str
    """Of all the organisations that the person belongs to."""


@dataclass(frozen=True, slots=True)
class StorylinePicture:
    """All of the picture, in its own units."""

    width: float
    height: float
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    """Of each organisation."""


def storyline_picture(found: SiteStoryline) -> StorylinePicture:
    """Lay a storyline out."""
    heights = _heights(found.points)
    lowest = max((y for held in heights for y in held.values()), default=0.0)
    for room in _THINGS:
        gaps = _gaps(found, room)
        xs = [round(x, 1) for x in accumulate((gap.width for gap in gaps[:-1]), initial=HEAD)]
        width = round(xs[-1] + max(gaps[-1].after if gaps else 0.0, _TITLE / 2) + MARGIN, 1)
        if width <= _SCREEN:
            break
    days = [day for point in found.points for day in outer_bounds(point.meeting.when) if day is not None]
    axis = TimeAxis(days, HEAD - COLUMN / 2, width - MARGIN)
    columns = tuple(
        _column(number, point, x, held, axis, found.people, room)
        for number, (point, x, held) in enumerate(zip(found.points, xs, heights, strict=False), 1)
    )
    marks = bands(found.people.values())
    return StorylinePicture(
        width=width,
        height=lowest + GAP,
        lines=tuple(_line(person, xs, gaps, heights, marks) for person in found.people.values()),
        columns=columns,
        ticks=tuple(axis.ticks()),
        bands=tuple(marks.values()),
    )


@dataclass(frozen=True, slots=True)
class _Gap:
    """What is written between a meeting and the next: ``after`` the one, what was introduced; ``before`` the other, the
    names of those who come in. There the lines run level, so that none lies under a word."""

    after: float
    before: float

    @property
    def width(self) -> float:
        return max(COLUMN, self.after + _BEND + self.before)


def _gaps(found: SiteStoryline, room: float) -> list[_Gap]:
    marks = bands(found.people.values())
    seen: set[str] = set()
    names: list[float] = []
    for point in found.points:
        new = [found.people[line] for line in point.lines if line not in seen]
        seen.update(point.lines)
        names.append(
            max((words_width(f"{_name(each, marks)} {band_of(each, marks)[2]}") + 24 for each in new), default=0.0)
        )
    things = [
        max(
            (
                words_width(_thing(thing.name, room)) / _SMALLER + 16
                for each in point.parts
                for thing in each.introduced
            ),
            default=0.0,
        )
        for point in found.points
    ]
    return [_Gap(max(after, 12.0), max(before, 12.0)) for after, before in zip(things, [*names[1:], 0.0], strict=True)]


def _name(person: Person, marks: Mapping[str, Band]) -> str:
    return fitted(sanitized(person.entity.name), _NAME - words_width(f" {band_of(person, marks)[2]}"))


def _thing(name: str, room: float) -> str:
    return fitted(sanitized(name), room * _SMALLER)


def _heights(points: Sequence[Point]) -> list[dict[str, float]]:
    """The height of each line at each meeting, near where it was at the one before and never against the order."""
    found: list[dict[str, float]] = []
    for point in points:
        there = {part.person: THING * len(part.introduced) for part in point.parts}
        steps = [
            (TOGETHER if one in there and other in there else APART) + there.get(other, 0.0)
            for one, other in pairwise(point.lines)
        ]
        offsets = [sum(steps[:at]) for at in range(len(point.lines))]
        before = found[-1] if found else {}
        known = [before[line] - offset for line, offset in zip(point.lines, offsets, strict=True) if line in before]
        middle = sum(known) / len(known) if known else 0.0
        wanted = [
            before[line] - offset if line in before else middle
            for line, offset in zip(point.lines, offsets, strict=True)
        ]
        settled = _rising(wanted)
        found.append({line: y + offset for line, y, offset in zip(point.lines, settled, offsets, strict=True)})
    top = min((y for held in found for y in held.values()), default=0.0)
    above = AXIS + TITLES + GAP - top
    return [{line: round(y + above, 1) for line, y in held.items()} for held in found]


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values, by least squares, that never fall (pool adjacent violators: Ayer et al. 1955)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, n), (other, m) = pools[-2:]
            pools[-2:] = [((one * n + other * m) / (n + m), n + m)]
    return [mean for mean, count in pools for _ in range(count)]


def _line(
    person: Person,
    xs: Sequence[float],
    gaps: Sequence[_Gap],
    heights: Sequence[Mapping[str, float]],
    marks: Mapping[str, Band],
) -> Line:
    there = [(column, held[person.entity.id]) for column, held in enumerate(heights) if person.entity.id in held]
    (first, y), (last, _) = there[0], there[-1]
    path = [f"M{xs[first] - 12:g} {y:g}H{xs[first]:g}"]
    for (column, before), (_, after) in pairwise(there):
        left, right = xs[column] + gaps[column].after, xs[column + 1] - gaps[column].before
        bend = (left + right) / 2
        path.append(f"H{left:g}C{bend:g} {before:g} {bend:g} {after:g} {right:g} {after:g}H{xs[column + 1]:g}")
    path.append(f"H{xs[last] + 12:g}")
    colour, dashes, letters = band_of(person, marks)
    return Line(
        person=person,
        path="".join(path),
        name=_name(person, marks),
        x=xs[first] - 21,
        y=y,
        colour=colour,
        dashes=dashes,
        letters=letters,
    )


def _column(
    number: int,
    point: Point,
    x: float,
    heights: Mapping[str, float],
    axis: TimeAxis,
    people: Mapping[str, Person],
    room: float,
) -> Column:
    there = [heights[part.person] for part in point.parts]
    start, end = outer_bounds(point.meeting.when)
    known = [axis.x(day) for day in (start, end) if isinstance(day, date)]
    left, right = (min(known), max(known)) if known else (x, x)
    exact = start == end
    if not exact and right - left < _LEAST_BAR:
        left, right = (left + right - _LEAST_BAR) / 2, (left + right + _LEAST_BAR) / 2
    return Column(
        number=number,
        point=point,
        x=x,
        top=min(there) - 10,
        bottom=max(there) + 10,
        title=tuple(lines_of(shortened(sanitized(point.meeting.title), 70), _TITLE))[:_TITLE_LINES],
        when=fitted(date_words(point.meeting.when), _TITLE),
        bar=(round(left, 1), round(right, 1)),
        exact=exact,
        signs=tuple(
            _sign(part, x, heights[part.person], people[part.person].entity.name, room) for part in point.parts
        ),
    )


def _sign(part: Part, x: float, y: float, name: str, room: float) -> Sign:
    shape = {(): "there", (1,): "support", (-1,): "contest"}.get(part.sides, "both")
    things = [_thing(thing.name, room) for thing in part.introduced]
    did = {"there": "", "support": "supported", "contest": "contested", "both": "supported and contested"}[shape]
    names = ", ".join(sanitized(thing.name) for thing in part.introduced)
    said = "; ".join(filter(None, [did, f"introduced {names}" if names else ""]))
    return Sign(
        person=part.person,
        x=x,
        y=y,
        shape=shape,
        things=tuple((thing, y - 8 - 12 * place) for place, thing in enumerate(things)),
        words=f"{sanitized(name)}: {said or 'was there'}",
    )
