"""A journey at a glance: its introductions, support, contestation, uses and results, and what no source says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.parts import Step
from journeys.model.dates import DateSpan

SIGNS: Mapping[str, str] = {
    "introduced": "introduced",
    "supported": "supported",
    "contested": "contested",
    "used": "used",
    "result": "result",
}
"""What is shown of a journey at a glance, in the order of a legend, with its words."""

_MOST = 60
"""The most marks of one journey; a strip with more could not be read."""


@dataclass(frozen=True, slots=True)
class GlanceMark:
    """Steps of one sign on the same days: ``when``, and the number of steps; ``derived`` if all are inferred."""

    sign: str
    when: DateSpan
    steps: int
    derived: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What is shown of a journey: ``marks`` in the order of time, the number of undated steps by sign, and the number
    of dated marks that are ``left_out`` because there are too many."""

    marks: tuple[GlanceMark, ...]
    undated: Mapping[str, int]
    left_out: int = 0

    @property
    def signs(self) -> Mapping[str, int]:
        """How many steps of each sign, dated or not."""
        found = dict(self.undated)
        for mark in self.marks:
            found[mark.sign] = found.get(mark.sign, 0) + mark.steps
        return {sign: found[sign] for sign in SIGNS if sign in found}


def sign_of(step: Step) -> str | None:
    """What a step is at a glance; None for what is not shown there, such as a denial or what a document cites."""
    kind = step.kind
    if step.negated or step.via is not None:
        return None
    if kind.polarity:
        return "supported" if kind.polarity > 0 else "contested"
    if kind.name == "INTRODUCED":
        return "introduced"
    return ("used" if kind.stage == "use" else "result") if _is_outcome(step) else None


def glance(journey: Journey) -> Glance:
    """The journey at a glance."""
    found: dict[tuple[str, DateSpan], list[Step]] = {}
    for step in journey.steps:
        if sign := sign_of(step):
            found.setdefault((sign, _days(step.when)), []).append(step)
    undated: dict[str, int] = {}
    for step in journey.unplaced:
        if sign := sign_of(step):
            undated[sign] = undated.get(sign, 0) + 1
    marks = tuple(
        GlanceMark(sign, steps[0].when, len(steps), all(step.derived for step in steps))
        for (sign, _), steps in found.items()
    )
    shown = marks if len(marks) <= _MOST else tuple(marks[at * len(marks) // _MOST] for at in range(_MOST))
    return Glance(shown, {sign: undated[sign] for sign in SIGNS if sign in undated}, len(marks) - len(shown))


def unsaid(journey: Journey) -> Iterator[str]:
    """What no source says of a journey: names of ``UNSAID``. What is reported not to have happened is said."""
    counts = journey.counts
    if not counts.claims:
        yield "nothing"
        return
    about = [step for step in journey.all_steps if step.via is None and not step.derived]
    if not any(step.kind.name == "INTRODUCED" for step in about):
        yield "introduction"
    if not any(map(_is_outcome, about)):
        yield "outcome"
    if not journey.steps:
        yield "dates"
    if counts.sources <= 1:
        yield "second_source"


UNSAID: Mapping[str, str] = {
    "nothing": "No source says anything about {these}",
    "introduction": "No source says that anybody introduced {these}",
    "outcome": "No source says whether {these} had a use or a result",
    "dates": "No step of {these} has a date",
    "second_source": "Only one source tells of {these}",
}
"""What may be unsaid, in words; ``{these}`` is a number of documents and pieces of evidence."""


def _is_outcome(step: Step) -> bool:
    """Whether something came of a document; what it recommends is not yet that."""
    kind = step.kind
    return kind.stage in ("use", "impact") and any(kind.is_event(each.label) for each in step.starts)


def _days(when: DateSpan) -> DateSpan:
    """The days alone: two steps on the same days are the same mark, whatever words were used."""
    return DateSpan("", when.date_from, when.date_to, when.precision, when.approximate)
