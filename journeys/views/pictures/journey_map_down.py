"""The journey map turned for narrow screens: time runs downwards, a row a mark, the line in columns at the left.

Every mark of the map is on it, with its words in full lines beside it; the line forks and merges as on the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from journeys.analysis.claims.claim import Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.line import Junction
from journeys.model.order import outer_bounds
from journeys.views.pictures.bundles import Bundle
from journeys.views.pictures.map_parts import Stretch, label_words, map_content, shape, style
from journeys.views.pictures.text_width import lines_of
from journeys.views.text import sanitized, shortened
from journeys.views.wording import date_words

WIDTH = 340.0
_LEFT, _COLUMN, _MOST_COLUMNS = 14.0, 22.0, 5
_LINE, _GAP = 15.0, 9.0
_LETTERS = 160


@dataclass(frozen=True, slots=True)
class RowWords:
    """Lines of words on the turned map: "head" for a date and meeting, "lane" for where, "mark" for what happened."""

    kind: str
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DownMark:
    """A mark of the turned map: the numbers of its steps, its place, shape and style."""

    numbers: tuple[int, ...]
    bundle: Bundle
    x: float
    y: float
    words: tuple[RowWords, ...]

    @property
    def shape(self) -> str:
        """See ``map_parts.shape``."""
        return shape(self.bundle.first)

    @property
    def style(self) -> str:
        """See ``map_parts.style``."""
        return style(self.bundle.first)


@dataclass(frozen=True, slots=True)
class DownMap:
    """All of the turned map, in the units of its picture."""

    height: float
    marks: tuple[DownMark, ...]
    heads: tuple[RowWords, ...]
    way: tuple[Stretch, ...]


@dataclass(slots=True)
class _Columns:
    """Which rows of each column of the line are taken, by nodes and by what runs past."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def free(self, column: int, first: float, last: float) -> bool:
        """Whether nothing is in the column strictly between two rows."""
        if column >= len(self.taken):
            return True
        return all(end <= first or start >= last for start, end in self.taken[column])

    def take(self, column: int, first: float, last: float) -> None:
        """Take the column between two rows."""
        while len(self.taken) <= column:
            self.taken.append([])
        self.taken[column].append((first, last))

    def first_free(self, first: float, last: float) -> int:
        """The first column that is free there."""
        return next(column for column in range(len(self.taken) + 1) if self.free(column, first, last))


@dataclass(frozen=True, slots=True)
class _Link:
    """From a row of the line to a later one, in which column it runs; rows between whole numbers are junctions."""

    start: float
    end: float
    column: int
    certain: bool


def journey_map_down(journey: Journey) -> DownMap:
    """Lay the map out with time downwards."""
    content = map_content(journey)
    subject = journey.subject.entity
    columns, links = _columns(len(content.happenings), content.joined)
    number = min(max([*columns.values(), *(link.column for link in links), 0]) + 1, _MOST_COLUMNS)
    happening = dict(zip(content.happenings, range(len(content.happenings)), strict=True))
    text = _LEFT + number * _COLUMN + _COLUMN
    aside = _LEFT + number * _COLUMN
    marks: list[DownMark] = []
    heads: list[RowWords] = []
    at: dict[float, float] = {}
    y, before, lane, column = 4.0, "", "", 0
    for place, bundle in enumerate(content.dated):
        head = _head(bundle)
        if head != before:
            y += _GAP
            for line in lines_of(head, WIDTH - text):
                y += _LINE
                heads.append(RowWords("head", line, text, y - 3))
            before, lane = head, ""
        if place in happening:
            column = columns[happening[place]]
            at[happening[place]] = y + 11
        on_line = not bundle.first.negated and bundle.first.via is None
        x = _LEFT + min(column, _MOST_COLUMNS - 1) * _COLUMN if on_line else aside
        mark = _mark(bundle, x, y, text, subject, lane=bundle.lane.name != lane)
        lane = bundle.lane.name
        marks.append(mark)
        y = max(mark.words[-1].y + 6, y + 24)
    way = tuple(_path(link, columns, at) for link in links)
    waiting = content.undated
    if waiting:
        y += _GAP + _LINE
        heads.append(RowWords("head", "No date known", text, y - 3))
        lane = ""
    for bundle in waiting:
        mark = _mark(bundle, aside, y, text, subject, lane=bundle.lane.name != lane)
        lane = bundle.lane.name
        marks.append(mark)
        y = max(mark.words[-1].y + 6, y + 24)
    return DownMap(round(y + 8, 1), tuple(marks), tuple(heads), way)


def _head(bundle: Bundle) -> str:
    step = bundle.first
    start, end = outer_bounds(bundle.when)
    if start is None and end is None:
        return "No date known"
    met = step.meeting if len(bundle.steps) == 1 else None
    return sanitized(" · ".join(filter(None, [date_words(bundle.when), met.title if met else ""])))


def _mark(bundle: Bundle, x: float, y: float, text: float, subject: Entity, *, lane: bool) -> DownMark:
    """A mark with its words; with its lane, unless it is that of the mark above."""
    said = list(lines_of(shortened(label_words(bundle, subject), _LETTERS), WIDTH - text))
    where = lines_of(shortened(sanitized(bundle.lane.name), _LETTERS), WIDTH - text) if lane else ()
    words = [
        RowWords(kind, line, text, round(y + _LINE * place, 1))
        for place, (kind, line) in enumerate(
            (*(("mark", each) for each in said), *(("lane", each) for each in where)), 1
        )
    ]
    return DownMark(bundle.numbers, bundle, round(x, 1), round(y + 11, 1), tuple(words))


def _columns(number: int, joined: Sequence[Junction]) -> tuple[dict[float, int], list[_Link]]:
    """The column of each happening, and the links of the line with the columns in which they run.

    Where several come together and several go on, a row between them joins them (half a row above the first that goes
    on), so that no more lines are drawn than there are happenings.
    """
    pairs: dict[float, list[float]] = {float(place): [] for place in range(number)}
    for junction in joined:
        if not junction.certain:
            continue
        if len(junction.before) > 1 and len(junction.after) > 1:
            knot = junction.after[0] - 0.5
            pairs.setdefault(knot, []).extend(float(each) for each in junction.before)
            for after in junction.after:
                pairs[float(after)].append(knot)
        else:
            for after in junction.after:
                pairs[float(after)] += [float(each) for each in junction.before]
    until = {row: max((after for after, before in pairs.items() if row in before), default=row) for row in pairs}
    columns: dict[float, int] = {}
    last: dict[int, float] = {}
    used = _Columns()
    links: list[_Link] = []
    for row in sorted(pairs):
        before = sorted(pairs[row])
        own = [columns[each] for each in before if last[columns[each]] == each]
        # What nothing leads to, or leads elsewhere, begins a column of its own while others still run.
        busy = {columns[each] for each in columns if until[each] > row}
        columns[row] = min(own) if own else next(c for c in range(len(busy) + 1) if c not in busy)
        last[columns[row]] = row
        for each in before:
            runs = [columns[each], columns[row]]
            free = [column for column in runs if used.free(column, each, row)]
            column = free[0] if free else used.first_free(each, row)
            links.append(_Link(each, row, column, True))
            used.take(column, each, row)
        used.take(columns[row], row, row)
    unsure = [(float(j.before[0]), float(j.after[0])) for j in joined if not j.certain]
    links += [_Link(start, end, columns[end], False) for start, end in unsure]
    return columns, links


def _path(link: _Link, columns: dict[float, int], at: dict[float, float]) -> Stretch:
    x1, x2, x = (
        round(_LEFT + min(column, _MOST_COLUMNS - 1) * _COLUMN, 1)
        for column in (columns[link.start], columns[link.end], link.column)
    )
    y1, y2 = (round(_row_y(row, at), 1) for row in (link.start, link.end))
    slant = min(14.0, (y2 - y1) / 2)
    points = [f"M{x1} {y1}"]
    if x != x1:
        points.append(f"L{x} {round(y1 + slant, 1)}")
    if x != x2:
        points.append(f"L{x} {round(y2 - slant, 1)}")
    points.append(f"L{x2} {y2}")
    return Stretch("".join(points), link.certain)


def _row_y(row: float, at: dict[float, float]) -> float:
    """The height of a row; of a junction, just above the next happening."""
    return at[row] if row in at else at[row + 0.5] - 22.0


def every_number(laid_out: DownMap) -> Iterator[int]:
    """The numbers of all steps on a turned map."""
    for mark in laid_out.marks:
        yield from mark.numbers
