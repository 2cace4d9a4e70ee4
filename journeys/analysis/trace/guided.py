"""A guided journey: the stops that a team chose on the map of a journey, each with the steps it stands at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from journeys.analysis.claims.dates import dated
from journeys.analysis.trace.glance import sign_of
from journeys.analysis.trace.journey import ORIGIN_STAGES, Journey
from journeys.analysis.trace.parts import Step
from journeys.analysis.trace.sentences import said_of_step
from journeys.model.identity import folded
from journeys.model.order import describe
from journeys.model.phrases import counted, one_of
from journeys.model.problems import JourneysError
from journeys.model.suggestions import did_you_mean

_LISTED = 4
_NEAR = 60


class NoSuchStop(JourneysError):
    """Words that stand for no step or place of a journey, or for several steps; the message says which there are."""


@dataclass(frozen=True, slots=True)
class GuidedStop:
    """A stop: its title and text, and the numbers of the steps it stands at (as in the table of the journey).

    No numbers: the whole map, unless ``missing`` says why its step or place was not found. ``place`` is the name of the
    lane it stands at, "" for a step.
    """

    title: str
    text: str
    steps: tuple[int, ...] = ()
    place: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class GuidedJourney:
    """A journey with the stops of a guide; ``name`` is what the guide is asked by."""

    name: str
    title: str
    intro: str
    journey: Journey
    stops: tuple[GuidedStop, ...]

    def step(self, number: int) -> Step:
        """A step of the journey by its number, from 1."""
        return self.journey.all_steps[number - 1]

    def as_dict(self) -> dict[str, Any]:
        """The guided journey for JSON: its stops with the sentences of their steps, and the ids of their claims."""
        return {
            "name": self.name,
            "title": self.title,
            "intro": self.intro,
            "journey": self.journey.subject.entity.as_dict(),
            "stops": [
                {
                    "title": stop.title,
                    "text": stop.text,
                    "place": stop.place,
                    "missing": stop.missing,
                    "steps": [
                        {
                            "number": number,
                            "sentence": sentence_of(step, self.journey),
                            "when_and_where": when_and_where(step),
                            "claims": [claim.id for claim in step.claims],
                        }
                        for number, step in ((number, self.step(number)) for number in stop.steps)
                    ],
                }
                for stop in self.stops
            ],
        }


def step_meant(journey: Journey, words: str) -> int:
    """The number, from 1, of the one step that ``words`` stand for: all of them are in its sentence, date, meeting or
    sources, in any order; or they are the id of one of its claims.

    Where several have the words, one in whose sentence they stand together is meant. Raises NoSuchStop.
    """
    wanted = folded(words)
    said = {number: folded(_said(step, journey)) for number, step in enumerate(journey.all_steps, start=1)}
    if words.isdecimal() and 0 < int(words) <= len(said):
        raise NoSuchStop(
            f"{words} is a number, and the numbers of steps change when more is loaded. Write the words of the step: "
            f"{words_for(journey, int(words))}"
        )
    fitting = [number for number, text in said.items() if _has_words(text, wanted)]
    fitting += [
        number
        for number, step in enumerate(journey.all_steps, start=1)
        if number not in fitting and any(claim.id == words for claim in step.claims)
    ]
    if len(fitting) > 1:
        together = [
            number for number in fitting if wanted in folded(sentence_of(journey.all_steps[number - 1], journey))
        ]
        fitting = together or fitting
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        near = process.extract(wanted, said, scorer=fuzz.token_set_ratio, limit=2, score_cutoff=_NEAR)
        shown = _listed([number for _, _, number in near], journey)
        raise NoSuchStop(f"No step has the words {words!r}." + (f" The nearest: {shown}." if near else ""))
    raise NoSuchStop(
        f"{counted(len(fitting), 'step')} have the words {words!r}: {_listed(fitting, journey)}. Add words of the one "
        "you mean: who did it, its date or meeting."
    )


def place_meant(journey: Journey, words: str) -> tuple[str, tuple[int, ...]]:
    """The name of the one lane of the map that ``words`` stand for, and the numbers of the steps in it.

    Raises NoSuchStop.
    """
    lanes: dict[str, list[int]] = {}
    for number, step in enumerate(journey.all_steps, start=1):
        if step.event:
            lanes.setdefault(journey.places.lane(step).name, []).append(number)
    wanted = folded(words)
    exact = [name for name in lanes if folded(name) == wanted]
    found = exact or [name for name in lanes if _has_words(folded(name), wanted)]
    if len(found) == 1:
        return found[0], tuple(lanes[found[0]])
    if found:
        raise NoSuchStop(f"{words!r} may be {one_of(map(repr, found))}. Write the whole name.")
    meant = did_you_mean(words, lanes) or f" The places are: {', '.join(sorted(lanes))}."
    raise NoSuchStop(f"The map has no place {words!r}.{meant}")


def worth_a_stop(journey: Journey, most: int) -> list[int]:
    """The numbers of at most ``most`` steps to begin a guide with, in the order of the table: the origin, the first of
    each sign that a journey has at a glance, the first denial, then the first of each other kind of event."""
    first: dict[tuple[int, str], int] = {}
    for number, step in enumerate(journey.all_steps, start=1):
        if not step.event or not step.stated or step.via is not None:
            continue
        if step.negated:
            worth = (1, "denied")
        elif sign := sign_of(step):
            worth = (0, sign)
        else:
            worth = (0 if step.kind.stage in ORIGIN_STAGES else 2, step.kind.name)
        first.setdefault(worth, number)
    return sorted(number for _, number in sorted(first.items(), key=lambda each: (each[0][0], each[1]))[:most])


def words_for(journey: Journey, number: int) -> str:
    """The words by which a guide can name a step: its sentence, with date, meeting or sources where others have it."""
    step = journey.all_steps[number - 1]
    sentence = sentence_of(step, journey)
    for words in (sentence, f"{sentence}, {when_and_where(step)}", f"{sentence}, {_said(step, journey)}"):
        try:
            if step_meant(journey, words) == number:
                return words
        except NoSuchStop:
            continue
    return step.claims[0].id


def sentence_of(step: Step, journey: Journey, most: int | None = None) -> str:
    """What a step says, as a sentence without its full stop; with at most so many names on a side."""
    said = said_of_step(step, journey.subject.entity, most)
    return f"Reported not to have happened: {said}" if step.negated else said[:1].upper() + said[1:]


def when_and_where(step: Step) -> str:
    """The date and the meeting of a step, as far as they are known."""
    when = describe(step.when) if dated(step.when) else step.when.text or ""
    return ", ".join(filter(None, [when, step.meeting.title if step.meeting else ""]))


def _said(step: Step, journey: Journey) -> str:
    """All that is said of a step on its page: where words for it are looked for."""
    sources = [source.name for source in step.sources]
    dates = [str(claim.properties.get("date_text") or "") for claim in step.claims]
    days = [step.when.date_from, step.when.date_to]
    known = [f"{day.isoformat()} {day.day} {day:%B %Y}" for day in days if day]
    return " ".join(filter(None, [sentence_of(step, journey), when_and_where(step), *dates, *known, *sources]))


def _has_words(text: str, wanted: str) -> bool:
    held = text.split()
    return bool(wanted.split()) and all(
        any(word.strip(".,;:()‘’'\"") in (each, each.strip(".,;:()‘’'\"")) for each in held) for word in wanted.split()
    )


def _listed(numbers: Iterable[int], journey: Journey) -> str:
    every = journey.all_steps
    chosen = list(numbers)
    said = [
        f"“{sentence_of(every[number - 1], journey)}” ({when_and_where(every[number - 1]) or 'no date known'})"
        for number in chosen[:_LISTED]
    ]
    return "; ".join([*said, *([f"and {len(chosen) - _LISTED} more"] if len(chosen) > _LISTED else [])])
