"""The journey map as SVG: by itself, on a page with its lane heads apart, and turned for narrow screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeys.analysis.trace.guided import sentence_of
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.model.phrases import counted
from journeys.views.pages.legend import SAID_OF_STYLE, signs_below
from journeys.views.pictures.journey_map import AXIS
from journeys.views.pictures.journey_map_down import WIDTH, DownMap
from journeys.views.pictures.map_parts import HEAD, JourneyMap, Mark, Stretch, style
from journeys.views.pictures.text_width import lines_of
from journeys.views.render import COLOURS, picture
from journeys.views.text import sanitized, shortened
from journeys.views.wording import date_words

SENTENCE_NAMES = 12
_LETTERS = {1: 9, 2: 9, 3: 7.5}
"""The size of the letters on a sign, by how many there are."""
_CAPTION_TOP, _CAPTION_LINE, _TITLE_LETTERS = 20.0, 16.0, 300


def journey_svg(journey: Journey, laid_out: JourneyMap, *, captioned: bool = True) -> str:
    """The map alone: an SVG picture that stands by itself, with its words as words and its signs explained.

    ``captioned``: with its title, what it shows and n above it; a report writes these beside its figures.
    """
    lines = [line for said in caption(journey, laid_out) for line in lines_of(said, laid_out.width - 20)]
    drop = _CAPTION_TOP + _CAPTION_LINE * len(lines) if captioned else 0.0
    return _svg(laid_out, journey, alone=True, caption=lines if captioned else (), drop=drop)


def page_map(journey: Journey, laid_out: JourneyMap) -> str:
    """The map on a page, which explains the signs itself: the heads of its lanes, which stay in view, and the rest."""
    return _svg(laid_out, journey, alone=False, caption=(), drop=0.0)


def down_map(journey: Journey, laid_out: DownMap) -> str:
    """The turned map on a page."""
    marks = [
        {
            **_mark(mark.numbers, mark.bundle.first, journey),
            "x": _short(mark.x),
            "y": _short(mark.y),
            "shape": mark.shape,
            "style": mark.style,
            "colour": COLOURS[mark.shape],
            "lines": mark.words,
        }
        for mark in laid_out.marks
    ]
    label = f"Journey map of {journey.subject.entity.name}: time runs downwards"
    return picture(
        "journey_map_down.svg.j2", map=laid_out, pieces=_pieces(laid_out.way), marks=marks, width=WIDTH, map_label=label
    )


def caption(journey: Journey, laid_out: JourneyMap) -> tuple[str, str]:
    """The title of the map, and what it shows with n: for a paper."""
    number = str(journey.subject.properties.get("doc_number") or "")
    name = f"{number} {journey.subject.entity.name}".strip()
    dated = sum(len(mark.numbers) for mark in laid_out.marks)
    undated = sum(len(mark.numbers) for mark in laid_out.tray)
    counts = journey.counts
    n = (
        f"n = {counted(dated + undated, 'event')}, {undated} of them undated"
        if undated
        else f"n = {counted(dated, 'event')}"
    )
    sources = f"{counted(counts.claims, 'claim')} from {counted(counts.sources, 'source')}"
    return (
        sanitized(f"Journey of {shortened(name, _TITLE_LETTERS)}"),
        f"Lanes are groups and organisations; {_ACROSS}. {n}; {sources}.{folded_words(laid_out)}",
    )


_ACROSS = "time runs from left to right"


def page_caption(journey: Journey, laid_out: JourneyMap) -> str:
    """What the map shows, on a page, where it is turned on a small screen."""
    return caption(journey, laid_out)[1].replace(_ACROSS, f"{_ACROSS}, on a small screen downwards", 1)


def folded_words(laid_out: JourneyMap) -> str:
    """What is said where steps stand together in one mark."""
    if not laid_out.folded:
        return ""
    return f" {counted(laid_out.folded, 'step')} share marks, as there are too many to be shown singly."


def _svg(laid_out: JourneyMap, journey: Journey, *, alone: bool, caption: Sequence[str], drop: float) -> str:
    signs, whole = signs_below(laid_out)
    entity = journey.subject.entity
    return picture(
        "journey_map.svg.j2",
        map=laid_out,
        pieces=_pieces(laid_out.way),
        marks=[_drawn(mark, journey) for mark in (*laid_out.marks, *laid_out.tray)],
        axis=AXIS,
        head=HEAD,
        bottom=max((band.y + band.height for band in laid_out.lanes), default=AXIS),
        signs=signs,
        whole=whole + drop,
        drop=drop,
        caption=caption,
        alone=alone,
        map_label=f"Journey map of {entity.name}: lanes are arenas and organisations; time runs from left to right",
    )


def _drawn(mark: Mark, journey: Journey) -> dict[str, Any]:
    label = mark.label
    before = label.side == "before"
    return {
        **_mark(mark.numbers, mark.step, journey),
        "x": _short(mark.x),
        "y": _short(mark.y),
        "bar": mark.bar,
        "open": mark.open,
        "shape": mark.shape,
        "style": mark.style,
        "colour": COLOURS[mark.shape],
        "label": {
            "x": _short(round(label.left + label.width, 1) if before else label.left),
            "side": label.side,
            "lines": [label.words] if label.words else [],
        },
    }


def _mark(numbers: Sequence[int], step: Step, journey: Journey) -> dict[str, Any]:
    """What a mark says of itself: its first step, the others, the sign on it, and its words for screen readers."""
    several = len(numbers) > 1
    words = mark_words(numbers[0], step, journey)
    if several:
        words = f"{counted(len(numbers), 'step')} together, the first: {words}"
    sign = f"×{len(numbers)}" if several else str(numbers[0])
    return {
        "number": numbers[0],
        "also": " ".join(map(str, numbers[1:])) if several else "",
        "sign": sign,
        "letters": _LETTERS.get(len(sign), 6),
        "words": words,
    }


def mark_words(number: int, step: Step, journey: Journey) -> str:
    """The tooltip of a mark, also read by screen readers."""
    when = date_words(step.when) or "no date known"
    where = step.meeting.title if step.meeting else ""
    said = ", ".join(filter(None, [when, where, SAID_OF_STYLE[style(step)]]))
    return f"{number}. {sentence(step, journey)} ({said})"


def sentence(step: Step, journey: Journey) -> str:
    """What a step says, as a sentence without its full stop, with as many names as fit."""
    return sentence_of(step, journey, SENTENCE_NAMES)


def _pieces(way: Sequence[Stretch]) -> list[tuple[str, bool]]:
    return [(each.path, each.certain) for each in way]


def _short(number: float) -> float:
    """A number as it is written in a picture: 24, not 24.0."""
    return int(number) if number == int(number) else number
