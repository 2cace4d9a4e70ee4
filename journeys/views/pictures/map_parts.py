"""The parts of a laid-out journey map, and what stands on one: the same for every form of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from journeys.analysis.claims.claim import Entity
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Lane
from journeys.analysis.trace.line import Junction, junctions
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import names
from journeys.model.order import outer_bounds
from journeys.model.phrases import counted
from journeys.views.pictures.bundles import Bundle, few, few_undated, in_few_lanes
from journeys.views.pictures.time_axis import Tick, TimeAxis
from journeys.views.text import sanitized

HEAD, PLOT, MARGIN = 170.0, 960.0, 36.0
"""Widths: the lane heads, the time axis, and what is free at either end."""
_LANE_ORDER = ("organisation", "people", "arena", "papers", "outcomes")
_SIDES = {
    "support": " supporting it",
    "contest": " contesting it",
    "use": " of its use",
    "result": " of what came of it",
}


@dataclass(frozen=True, slots=True)
class Label:
    """The words of a mark, and where they are written: ``after`` the mark, ``before`` it, or ``below`` in a row
    more. They are cut to the room there is; a mark without room has none, and its number alone."""

    words: str
    left: float
    width: float
    side: str = "after"


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on the map, or several: their numbers (as in the table), place, shape and words.

    ``bar`` is the stretch a date is known within, None for a day; ``open`` says at which ends no bound is known.
    ``shape`` is "support", "contest", "use", "result" or "step".
    """

    numbers: tuple[int, ...]
    step: Step
    x: float
    y: float
    bar: tuple[float, float] | None
    open: tuple[bool, bool]
    label: Label
    shape: str

    @property
    def number(self) -> int:
        """The number of its first step."""
        return self.numbers[0]

    @property
    def style(self) -> str:
        """How it is known (see ``style``)."""
        return style(self.step)


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A lane's band: its name in lines, its top and its height, and whether it is shaded, as every other one is.

    ``tray_top`` is where its undated steps begin, None where it has none.
    """

    lane: Lane
    lines: tuple[str, ...]
    y: float
    height: float
    shaded: bool
    tray_top: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the line, as an SVG path, from where it was last (``x1``, the latest of what comes together) to where
    it goes on first (``x2``); not ``certain`` where the order is only possible."""

    path: str
    certain: bool
    x1: float = 0.0
    x2: float = 0.0


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """All of the map, in the units of its picture. ``folded`` steps stand with others in one mark."""

    width: float
    height: float
    lanes: tuple[LaneBand, ...]
    ticks: tuple[Tick, ...]
    way: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    tray: tuple[Mark, ...]
    folded: int = 0


@dataclass(frozen=True, slots=True)
class MapContent:
    """What a map shows before it is laid out: the dated in the order of time, the undated by lane, the lanes in order.

    ``happenings`` are the places among the dated of what stands on the line, one for each day and meeting;
    ``joined`` are the junctions between these.
    """

    axis: TimeAxis
    lanes: tuple[Lane, ...]
    dated: tuple[Bundle, ...]
    undated: tuple[Bundle, ...]
    happenings: tuple[int, ...]
    joined: tuple[Junction, ...]

    @property
    def folded(self) -> int:
        """How many steps stand with others in one mark."""
        return sum(len(each.steps) for each in (*self.dated, *self.undated) if len(each.steps) > 1)


def map_content(journey: Journey) -> MapContent:
    """The events of a journey as marks: what a document is or says is no event, and stands on no map."""
    number = len(journey.steps)
    told = [
        Bundle((place,), (step,), journey.places.lane(step))
        for place, step in enumerate(journey.all_steps, 1)
        if step.event
    ]
    told = in_few_lanes(told)
    dated = [each for each in told if each.numbers[0] <= number]
    days = [day for each in dated for day in outer_bounds(each.when) if day is not None]
    axis = TimeAxis(days, HEAD + MARGIN, HEAD + PLOT - MARGIN)
    shown = few(list(_in_time(dated, axis)), _alike, HEAD, HEAD + PLOT)
    waiting = sorted((each for each in told if each.numbers[0] > number), key=lambda each: each.numbers)
    lanes = sorted(
        dict.fromkeys(each.lane for each in (*shown, *waiting)), key=lambda lane: _LANE_ORDER.index(lane.kind)
    )
    undated = [few_undated([each for each in waiting if each.lane == lane], _alike) for lane in lanes]
    on_line = [place for place, each in enumerate(shown) if not each.first.negated and each.first.via is None]
    groups = [list(group) for _, group in groupby(on_line, key=lambda place: _when_and_where(shown[place]))]
    happenings = [group[0] for group in groups]
    joined = junctions([shown[place].when for place in happenings])
    return MapContent(
        axis,
        tuple(lanes),
        tuple(shown),
        tuple(each for lane in undated for each in lane),
        tuple(happenings),
        tuple(joined),
    )


def _in_time(bundles: Sequence[Bundle], axis: TimeAxis) -> Iterator[Bundle]:
    """The bundles on the time axis: in the middle of the days each may have been, but not left of the one before it.

    They come in the order of their last days, so this never leaves the days themselves, and time never runs backwards
    along the line.
    """
    after = 0.0
    for each in bundles:
        start, end = outer_bounds(each.when)
        x1 = axis.x(start) if start is not None else HEAD + 6
        x2 = axis.x(end) if end is not None else HEAD + PLOT - 6
        x = x2 if start is None else x1 if end is None else (x1 + x2) / 2
        after = max(x, after)
        yield replace(each, x=round(after, 1))


def _when_and_where(bundle: Bundle) -> tuple[object, ...]:
    if len(bundle.steps) > 1:
        return bundle.numbers
    step = bundle.first
    return (step.when.date_from, step.when.date_to, step.meeting.id if step.meeting else None)


def label_words(bundle: Bundle, subject: Entity) -> str:
    """What happened, in few words: the verb, and who or what besides the traced thing and the meeting; or else that."""
    step = bundle.first
    if len(bundle.steps) > 1:
        return f"{counted(len(bundle.steps), 'step')}{_SIDES.get(shape(step), '')}"
    if subject.id not in {e.id for e in (*step.starts, *step.ends)}:
        return _label_of_others(step)
    others = [e for e in (*step.starts, *step.ends) if e.id != subject.id]
    others = [e for e in others if not _is_place(e, step)] or others
    # "wrote: Ann N.", but "was cited by: Business case": a paper's own doing would read as the traced one's.
    done_to_it = [e.id for e in step.ends] == [subject.id] and not step.who
    verb = f"{'not: ' if step.negated else ''}{step.kind.passive if done_to_it else step.kind.phrase}"
    return f"{verb}: {names([sanitized(e.name) for e in others], 2)}" if others else verb


def _label_of_others(step: Step) -> str:
    """What happened between other things, which is a step of this journey by way of one of them: "resulted in: Two
    clinics", and of a paper that presents the traced thing, "Review was sent to: the Board"."""
    through = f"{sanitized(step.via.name)} " if step.via is not None and step.via.label == "Document" else ""
    passive = step.via is not None and [e.id for e in step.ends] == [step.via.id] and bool(through)
    # The meeting that something arises from is shown by its lane: what is left to say is to what it gave rise.
    passive = passive or (not through and all(_is_place(e, step) for e in step.ends))
    verb = f"{'not: ' if step.negated else ''}{through}{step.kind.passive if passive else step.kind.phrase}"
    others = [e for e in (step.starts if passive else step.ends) if not _is_place(e, step)]
    return f"{verb}: {names([sanitized(e.name) for e in others], 2)}" if others else verb


def _is_place(entity: Entity, step: Step) -> bool:
    """Whether an end is the meeting itself, which the lane and the date already show."""
    return step.meeting is not None and entity.id == step.meeting.id


def _alike(step: Step) -> tuple[str, str]:
    """What steps have in common that one mark can stand for."""
    return shape(step), style(step)


def style(step: Step) -> str:
    """How a step is known: "negated", "derived", "interpretive" or "said"."""
    if step.negated:
        return "negated"
    return "derived" if step.derived else "interpretive" if step.interpretation else "said"


def shape(step: Step) -> str:
    """What a step is: "support" or "contest", "use", "result" for what came of it, else "step"."""
    if step.kind.polarity:
        return "support" if step.kind.polarity > 0 else "contest"
    return {"use": "use", "impact": "result"}.get(step.kind.stage or "", "step")
