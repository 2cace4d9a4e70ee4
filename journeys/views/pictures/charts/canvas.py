"""The canvas of charts: a matplotlib figure in the type and colours of our pictures, as SVG, PNG or PDF.

SOURCE: Hunter, J. D. (2007), Matplotlib: a 2D graphics environment, Computing in Science & Engineering 9(3).

The same chart gives the same bytes on every machine: no date is written, a person's own matplotlib settings do not
count, ids do not depend on chance, and words are measured in the font that matplotlib brings along. matplotlib is
imported when a chart is drawn, because it takes long.
"""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, chdir, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeys.model.exports import MADE_BY
from journeys.views.pictures.charts.svg import cleaned_svg
from journeys.views.pictures.png import MOST_PIXELS, SHARP
from journeys.views.pictures.text_width import lines_of
from journeys.views.render import COLOURS
from journeys.views.text import sanitized, shortened

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.lines import Line2D

MARGIN = 14.0
_LINE, _STRIPE, _MOST_STRIPES = 16.0, 5.0, 500
_TITLE_SIZE, SIZE, SMALL = 14.0, 12.0, 11.0
_LONGEST = 400
_UNIT = 72
"""Dots an inch at which one unit of a figure is one unit of its SVG."""
_STYLE: Mapping[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": SIZE,
    "svg.fonttype": "none",
    "svg.hashsalt": "evidence-journeys",
    "pdf.fonttype": 42,
    "path.simplify": False,
    # A dollar sign in a name is a dollar sign.
    "text.parse_math": False,
    "text.usetex": False,
    "axes.unicode_minus": False,
}

Href = Callable[[int], str]
"""The address of the sources of a mark, by the number that it was given; "" for none."""


def no_links(_: int) -> str:
    """No address: of a picture that stands by itself."""
    return ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person can point at: its words, and the number of the row of the table that it shows."""

    words: str
    row: int


@dataclass(slots=True)
class Canvas:
    """What a chart is drawn on. Places are in units of the picture from its top left; the drawing begins at ``top``."""

    width: float
    height: float
    top: float
    figure: Figure
    marks: dict[str, Mark] = field(default_factory=dict)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes in this place, without a frame, ticks or labels."""
        place = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(place)
        axes.set_axis_off()
        axes.margins(0)
        return axes

    def whole(self) -> Axes:
        """Axes over the whole picture in its own units, for what no axes of matplotlib measure."""
        axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        return axes

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        colour: str = "ink",
        size: float = SIZE,
        align: str = "left",
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        """Words whose base line begins, ends or has its middle at a place; ``colour`` is a token."""
        if words := sanitized(words):
            self.figure.text(
                x / self.width,
                1 - y / self.height,
                words,
                color=COLOURS[colour],
                fontproperties=_font(size, bold=bold, italic=italic),
                ha=align,
                va="baseline",
            )

    def line(self, axes: Axes, x: Sequence[float], y: Sequence[float], marker: str = "", **look: Any) -> Line2D:
        """A line through places of the axes; with a ``marker``, the marker at each of them and no line.

        ``Axes.plot`` also finds limits and a colour, which are given here, and takes twice as long.
        """
        from matplotlib.lines import Line2D

        drawn = Line2D(x, y, marker=marker or None, linestyle="None" if marker else None, **look)
        axes.add_artist(drawn)
        return drawn

    def mark(self, artist: Artist, words: str, row: int) -> None:
        """Make something that was drawn a mark."""
        name = f"mark-{len(self.marks)}"
        artist.set_gid(name)
        self.marks[name] = Mark(sanitized(words), row)

    def area(self, axes: Axes, x: float, y: float, width: float, height: float, words: str, row: int) -> None:
        """Make what was drawn in an area of the axes one mark; for what is more than one shape."""
        from matplotlib.patches import Rectangle

        place = Rectangle((x, y), width, height, facecolor="none", edgecolor="none")
        axes.add_patch(place)
        self.mark(place, words, row)

    def striped(self, axes: Axes, x: float, y: float, width: float, height: float) -> None:
        """A box of the axes with slanting stripes, which can be told from a full one whatever the colours are."""
        from matplotlib.patches import PathPatch, Rectangle
        from matplotlib.path import Path as Outline

        ink, ground = COLOURS["step"], COLOURS["surface"]
        axes.add_patch(Rectangle((x, y), width, height, facecolor=ground, edgecolor=ink, linewidth=1))
        ends: list[tuple[float, float]] = []
        for number in range(1, min(int((width + height) / _STRIPE), _MOST_STRIPES) + 1):
            along = number * _STRIPE
            first, last = max(along - height, 0.0), min(along, width)
            if last > first:
                ends += [(x + first, y + along - first), (x + last, y + along - last)]
        if ends:
            codes = [Outline.MOVETO, Outline.LINETO] * (len(ends) // 2)
            axes.add_patch(PathPatch(Outline(ends, codes), fill=False, edgecolor=ink, linewidth=1))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it says around the drawing, and the function that draws it.

    ``height`` is that of the drawing alone, which begins at ``top``; title and explanation stand above it, the lines
    of ``below`` under it. ``description`` is for people who cannot see it.
    """

    title: str
    explained: str
    width: float
    height: float
    draw: Callable[[Canvas], None]
    below: tuple[str, ...] = ()
    description: str = ""

    @property
    def top(self) -> float:
        """Where the drawing begins."""
        return 34.0 + _LINE * len(self._above)

    @property
    def whole_height(self) -> float:
        """The height with all words."""
        return self.top + self.height + _LINE * len(self._under) + MARGIN

    def svg(self, href: Href | None = None) -> str:
        """The picture as SVG. ``href`` makes each of its marks a link; otherwise it stands by itself."""
        with self._drawn() as canvas:
            text = io.StringIO()
            canvas.figure.savefig(text, format="svg", dpi=_UNIT, metadata={"Date": None, "Creator": None})
        titles = {name: (mark.words, href(mark.row) if href else "") for name, mark in canvas.marks.items()}
        described = self.description or " ".join((self.explained, *self.below))
        return cleaned_svg(text.getvalue(), sanitized(self.title), sanitized(described), titles, linked=bool(href))

    def png(self) -> bytes:
        """The picture as PNG on white, three pixels for each unit, fewer if it is very large."""
        scale = min(SHARP, MOST_PIXELS / self.width, MOST_PIXELS / self.whole_height)
        with self._drawn() as canvas:
            image = io.BytesIO()
            canvas.figure.savefig(image, format="png", dpi=_UNIT * scale, metadata={"Software": MADE_BY})
        return image.getvalue()

    def pdf(self) -> bytes:
        """The picture as PDF, with its words as text."""
        said = {"Title": sanitized(self.title), "Creator": MADE_BY, "Producer": MADE_BY, "CreationDate": None}
        with self._drawn() as canvas:
            page = io.BytesIO()
            canvas.figure.savefig(page, format="pdf", dpi=_UNIT, metadata=said)
        return page.getvalue()

    def unknown_letters(self) -> str:
        """The letters of the picture that the font of PNG and PDF does not have, each once, in order."""
        from matplotlib.ft2font import FT2Font
        from matplotlib.text import Text

        known = FT2Font(_font_file()).get_charmap()
        with self._drawn() as canvas:
            found = canvas.figure.findobj(Text)
            words = "".join(each.get_text() for each in found if isinstance(each, Text) and each.get_visible())
        return "".join(sorted({letter for letter in words if ord(letter) not in known and letter.isprintable()}))

    @property
    def _above(self) -> list[str]:
        return self._lines(self.explained)

    @property
    def _under(self) -> list[str]:
        return [line for said in self.below for line in self._lines(said)]

    def _lines(self, words: str) -> list[str]:
        words = shortened(sanitized(words), _LONGEST)
        return list(lines_of(words, self.width - 2 * MARGIN)) if words else []

    def plot(self) -> Axes:
        """The picture drawn into a figure of pyplot; returns its main Axes."""
        _imported()
        from matplotlib import pyplot

        with self._drawn(pyplot.figure) as canvas:
            return max(canvas.figure.axes, key=lambda axes: len(axes.get_children()))

    @contextmanager
    def _drawn(self, make: Callable[..., Figure] | None = None) -> Iterator[Canvas]:
        """The chart, drawn; what is read from the canvas has to be read inside the block."""
        matplotlib = _imported()
        from matplotlib.figure import Figure

        rc: dict[Any, Any] = {**matplotlib.rcParamsDefault, **_STYLE}
        with warnings.catch_warnings(), matplotlib.rc_context({name: rc[name] for name in rc if name != "backend"}):
            # A letter that the font lacks is said in our own words.
            warnings.simplefilter("ignore")
            height = self.whole_height
            figure = (make or Figure)(figsize=(self.width / _UNIT, height / _UNIT), dpi=_UNIT, facecolor="#ffffff")
            canvas = Canvas(self.width, height, self.top, figure)
            title = next(lines_of(sanitized(self.title), (self.width - 2 * MARGIN) / 1.25))
            canvas.text(MARGIN, 22, title, size=_TITLE_SIZE, bold=True)
            for number, line in enumerate(self._above):
                canvas.text(MARGIN, 40 + _LINE * number, line, colour="quiet")
            for number, line in enumerate(self._under):
                canvas.text(MARGIN, self.top + self.height + _LINE * (number + 0.75), line, colour="quiet", size=SMALL)
            self.draw(canvas)
            # Not by ``findobj``, which makes the ticks of each axis, of which none is shown.
            for artist in (artist for axes in figure.axes for artist in axes.get_children()):
                artist.set_clip_on(False)
            yield canvas


@cache
def _imported() -> Any:
    """matplotlib, imported without what it says of its own folders, which are of no use to a reader of our messages."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with _without_settings_of_this_folder():
            import matplotlib
            import matplotlib.figure  # reads the fonts of the machine, once
    finally:
        log.setLevel(level)
    return matplotlib


def _without_settings_of_this_folder() -> AbstractContextManager[None]:
    """Elsewhere for the time of the block, where the current folder has settings for matplotlib.

    They may be a stranger's: a study folder is often the current one. Nothing of them is used, and a pipe of that name
    would be waited for.
    """
    return chdir(Path(__file__).parent) if os.path.lexists("matplotlibrc") else nullcontext()


def _font_file(kind: str = "") -> str:
    return str(Path(_imported().get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{kind}.ttf")


def _font(size: float, *, bold: bool = False, italic: bool = False) -> FontProperties:
    """DejaVu Sans from matplotlib's own files, whatever fonts the machine has."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        fname=_font_file("-Bold" if bold else "-Oblique" if italic else ""),
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )
