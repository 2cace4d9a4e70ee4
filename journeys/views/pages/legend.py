"""The legend of a journey map: only the signs that the map has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeys.views.pictures.map_parts import JourneyMap
from journeys.views.pictures.text_width import words_width
from journeys.views.render import COLOURS

SAID_OF_STYLE = {
    "said": "",
    "negated": "reported not to have happened",
    "interpretive": "researcher's interpretation only",
    "derived": "inferred",
}
"""Words for the style of a step (stated, inferred, interpreted, denied)."""

_SHAPES = {
    "support": "supported",
    "contest": "contested",
    "use": "used",
    "result": "what came of it",
    "step": "any other step",
}
_LEFT, _ICON, _GAP, _LINE = 10.0, 28.0, 22.0, 20.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and its words; where it stands in a picture."""

    shape: str
    style: str
    colour: str
    words: str
    x: float = 0.0
    y: float = 0.0


def signs_of(laid_out: JourneyMap) -> list[Sign]:
    """The signs of a map, with what they mean."""
    return list(_signs(laid_out))


def signs_below(laid_out: JourneyMap) -> tuple[list[Sign], float]:
    """The same in lines below the map, and the height of the map with them."""
    x, y = _LEFT, laid_out.height + 14.0
    placed: list[Sign] = []
    for sign in _signs(laid_out):
        width = _ICON + words_width(sign.words)
        if placed and x + width > laid_out.width:
            x, y = _LEFT, y + _LINE
        placed.append(Sign(sign.shape, sign.style, sign.colour, sign.words, round(x, 1), y))
        x += width + _GAP
    return placed, y + _LINE if placed else laid_out.height


def _signs(laid_out: JourneyMap) -> Iterator[Sign]:
    marks = (*laid_out.marks, *laid_out.tray)
    for shape, words in _SHAPES.items():
        if any(mark.shape == shape for mark in marks):
            yield Sign(shape, "said", COLOURS[shape], words)
    for style, words in SAID_OF_STYLE.items():
        if words and any(mark.style == style for mark in marks):
            yield Sign("step", style, COLOURS["step"], words)
    if any(mark.bar and mark.open == (False, False) for mark in marks):
        yield Sign("bar", "said", COLOURS["step"], "on a day in this period")
    if any(mark.bar and mark.open[0] for mark in marks):
        yield Sign("before", "said", COLOURS["step"], "on or before this day")
    if any(mark.bar and mark.open[1] for mark in marks):
        yield Sign("after", "said", COLOURS["step"], "on or after this day")
    if any(stretch.certain for stretch in laid_out.way):
        yield Sign("way", "said", COLOURS["line"], "from one step to the next")
    if any(not stretch.certain for stretch in laid_out.way):
        yield Sign("way", "unsure", COLOURS["line"], "to the next, order not certain")
