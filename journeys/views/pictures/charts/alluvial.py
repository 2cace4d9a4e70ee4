"""An alluvial diagram: blocks in columns, and streams between them as wide as the numbers they stand for.

SOURCE: Rosvall & Bergstrom (2010); streams leave and enter a block in the order of the blocks they join, so that they
cross as little as the order of the blocks allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeys.analysis.measures.flow import STATES
from journeys.analysis.measures.gap_map import NO_SOURCE, NOT_REACHED, REACHED
from journeys.analysis.measures.table import MeasureTable
from journeys.model.phrases import counted
from journeys.views.pictures.charts.canvas import MARGIN, SMALL, Canvas, Chart
from journeys.views.pictures.charts.dots import said_n
from journeys.views.pictures.organisations import DISTINCT, OTHER_FILL
from journeys.views.pictures.text_width import fitted, lines_of
from journeys.views.render import COLOURS
from journeys.views.wording import without_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch

MOST_BLOCKS = 12
"""The most blocks of a column; the smallest of more are drawn as one, and the picture says so."""
_LEFT, _FIRST, _SECOND, _STEP, _RIGHT = 112.0, 100.0, 224.0, 90.0, 200.0
_BLOCK, _GAP, _HEAD, _TALL, _THIN = 13.0, 18.0, 52.0, 240.0, 1.0


@dataclass(frozen=True, slots=True)
class Stream:
    """So many journeys of a type from a block of a column (its number) to one of the next, and the row that says so."""

    column: int
    start: str
    end: str
    kind: str
    number: int
    row: int


@dataclass(slots=True)
class _Block:
    top: float
    height: float
    left: float
    number: int
    drawn: float = 0.0
    """How much of what leaves it has been drawn."""


def alluvial_chart(table: MeasureTable) -> Chart:
    """The chart of the table ``flows`` of the measure flow: site, type, and the state at each stage."""
    columns = list(dict.fromkeys(name for row in table.rows for name in (row.values[0], row.values[2])))
    streams = [
        Stream(
            columns.index(row.values[0]),
            str(row.values[1]),
            str(row.values[3]),
            str(row.values[6]),
            int(row.values[4]),
            number,
        )
        for number, row in enumerate(table.rows)
    ]
    streams, merged = _merged(streams)
    most = max((len(_sizes(streams, column)) for column in range(len(columns))), default=0)
    return Chart(
        title=table.title,
        explained="Width of a stream: number of journeys. Colour: their type.",
        width=_LEFT + _FIRST + _SECOND + _STEP * max(len(columns) - 3, 0) + _RIGHT,
        height=_HEAD + _TALL + _GAP * most + 12,
        draw=lambda canvas: _draw(canvas, columns, streams, _TALL),
        below=(*merged, said_n(table)),
    )


def _merged(streams: Sequence[Stream]) -> tuple[list[Stream], list[str]]:
    """The streams with the smallest blocks of a crowded column as one, and what has to be said of that."""
    found, said = list(streams), []
    for column, noun in ((0, "site"), (1, "type")):
        sizes = _sizes(found, column)
        few = {name for name, _ in sorted(sizes.items(), key=lambda each: -each[1])[MOST_BLOCKS - 1 :]}
        if len(sizes) <= MOST_BLOCKS:
            continue
        other = f"{len(few):,} other {noun}s"
        said.append(f"{counted(len(few), noun)} with the fewest journeys are drawn as one block; the table has each.")
        found = [
            Stream(
                each.column,
                other if each.column == column and each.start in few else each.start,
                other if each.column == column - 1 and each.end in few else each.end,
                other if column == 1 and each.kind in few else each.kind,
                each.number,
                each.row,
            )
            for each in found
        ]
    together: dict[tuple[int, str, str, str], Stream] = {}
    for each in found:
        key = (each.column, each.start, each.end, each.kind)
        number = each.number + (together[key].number if key in together else 0)
        together[key] = Stream(*key, number, together.get(key, each).row)
    return list(together.values()), said


def _sizes(streams: Sequence[Stream], column: int) -> dict[str, int]:
    """The blocks of a column with their numbers, in order."""
    leaving: Counter[str] = Counter()
    coming: Counter[str] = Counter()
    for each in streams:
        if each.column == column:
            leaving[each.start] += each.number
        elif each.column == column - 1:
            coming[each.end] += each.number
    names = dict.fromkeys((*(state for state in STATES if column > 1), *leaving, *coming))
    return {name: size for name in names if (size := max(leaving[name], coming[name]))}


def _draw(canvas: Canvas, columns: Sequence[str], streams: Sequence[Stream], tall: float) -> None:
    axes = canvas.whole()
    total = max((sum(_sizes(streams, column).values()) for column in range(len(columns))), default=0) or 1
    places = [_LEFT, _LEFT + _FIRST, *(_LEFT + _FIRST + _SECOND + _STEP * at for at in range(len(columns) - 2))]
    top = canvas.top + _HEAD
    blocks: dict[tuple[int, str], _Block] = {}
    for column, left in enumerate(places[: len(columns)]):
        y = top
        for name, number in _sizes(streams, column).items():
            height = max(number / total * tall, _THIN)
            blocks[column, name] = _Block(y, height, left, number)
            y += height + _GAP
    colours = _colours(streams)
    entering = _entering(streams, blocks, colours, total)
    for each in _ordered(streams, blocks, colours):
        start, end = blocks[each.column, each.start], blocks[each.column + 1, each.end]
        _stream(canvas, axes, columns, each, start, end, entering[each], colours[each.kind], total)
    _legend(canvas, axes)
    for column, name in enumerate(columns):
        _heading(canvas, name, places[column], column)
    for (column, name), block in blocks.items():
        _block(canvas, axes, name, block, column, len(columns), colours.get(name, "") if column == 1 else "")


def _colours(streams: Sequence[Stream]) -> dict[str, str]:
    """The colour of each type, in the order of their blocks; those beyond the palette share a grey."""
    kinds = dict.fromkeys((*_sizes(streams, 1), *(each.kind for each in streams)))
    return {kind: DISTINCT[at] if at < len(DISTINCT) else OTHER_FILL for at, kind in enumerate(kinds)}


def _ordered(
    streams: Sequence[Stream], blocks: Mapping[tuple[int, str], _Block], colours: Mapping[str, str]
) -> list[Stream]:
    """The streams as they leave their blocks: type by type, so that each keeps its place, then as their ends lie."""
    place = {kind: at for at, kind in enumerate(colours)}
    return sorted(
        streams,
        key=lambda each: (
            each.column,
            blocks[each.column, each.start].top,
            place[each.kind],
            blocks[each.column + 1, each.end].top,
        ),
    )


def _entering(
    streams: Sequence[Stream], blocks: Mapping[tuple[int, str], _Block], colours: Mapping[str, str], total: int
) -> dict[Stream, float]:
    """How far below the top of its block each stream enters it: type by type too, whence ever they come."""
    place = {kind: at for at, kind in enumerate(colours)}
    found: dict[Stream, float] = {}
    heights: dict[tuple[int, str], float] = {}
    for each in sorted(streams, key=lambda each: (place[each.kind], blocks[each.column, each.start].top, each.column)):
        block = (each.column + 1, each.end)
        found[each] = heights.get(block, 0.0)
        heights[block] = found[each] + max(each.number / total * _TALL, _THIN)
    return found


def _stream(
    canvas: Canvas,
    axes: Axes,
    columns: Sequence[str],
    each: Stream,
    start: _Block,
    end: _Block,
    entering: float,
    colour: str,
    total: int,
) -> None:
    """A stream; what has been drawn of the block that it leaves grows by it."""
    height = max(each.number / total * _TALL, _THIN)
    ribbon = _ribbon(start.left + _BLOCK, start.top + start.drawn, end.left, end.top + entering, height)
    ribbon.set(facecolor=colour, edgecolor=COLOURS["line"], linewidth=0.6, alpha=0.6)
    axes.add_patch(ribbon)
    start.drawn += height
    before, after = (
        f"{columns[at]}: {name}" if at > 1 else name
        for at, name in ((each.column, each.start), (each.column + 1, each.end))
    )
    kind = f" ({each.kind})" if each.column > 1 else ""
    canvas.mark(ribbon, f"{counted(each.number, 'journey')}{kind} from {before} to {after}", each.row)


def _ribbon(left: float, left_top: float, right: float, right_top: float, height: float) -> PathPatch:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (left + right) / 2
    points = [
        (left, left_top),
        (middle, left_top),
        (middle, right_top),
        (right, right_top),
        (right, right_top + height),
        (middle, right_top + height),
        (middle, left_top + height),
        (left, left_top + height),
        (left, left_top),
    ]
    curve = [Path.CURVE4] * 3
    return PathPatch(Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]))


def _heading(canvas: Canvas, name: str, left: float, column: int) -> None:
    words = name if column > 1 else name.capitalize()
    x, align = (left + _BLOCK / 2, "center") if column > 1 else (left, "left")
    lines = list(lines_of(words, _STEP))[:3]
    for number, line in enumerate(lines):
        y = canvas.top + _HEAD - 22 - 13 * (len(lines) - 1 - number)
        canvas.text(x, y, line, size=SMALL, colour="quiet", align=align)


def _block(canvas: Canvas, axes: Axes, name: str, block: _Block, column: int, columns: int, colour: str) -> None:
    _filled(canvas, axes, block.left, block.top, _BLOCK, block.height, name if column > 1 else REACHED, colour)
    if column == 0:
        number = f" {block.number:,}"
        words = fitted(name, _LEFT - MARGIN - 7 * len(number)) + number
        canvas.text(block.left - 6, block.top + block.height / 2 + 4, words, size=SMALL, align="right")
    elif column == 1:
        canvas.text(
            block.left, block.top - 4, f"{fitted(without_number(name), _SECOND - 26)} ({block.number:,})", size=10
        )
    else:
        canvas.text(block.left, block.top - 4, f"{block.number:,}", size=10, bold=True)
    if column == columns - 1 and column > 1:
        canvas.text(block.left + _BLOCK + 6, block.top + block.height / 2 + 4, name, size=SMALL)


def _filled(
    canvas: Canvas, axes: Axes, x: float, y: float, width: float, height: float, state: str, colour: str = ""
) -> None:
    """A box that is full, empty or striped, as its state says; or of a colour."""
    from matplotlib.patches import Rectangle

    if state == NOT_REACHED:
        canvas.striped(axes, x, y, width, height)
        return
    fill = colour or COLOURS["surface" if state == NO_SOURCE else "step"]
    axes.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=COLOURS["step"], linewidth=1))


def _legend(canvas: Canvas, axes: Axes) -> None:
    x = _LEFT + _FIRST + _SECOND
    for state in STATES:
        _filled(canvas, axes, x, canvas.top - 14, 11, 11, state)
        canvas.text(x + 16, canvas.top - 4, state, size=SMALL, colour="quiet")
        x += 40 + 7 * len(state)
