"""Guided journeys of a study: read from ``guides/``, followed on the journeys that the store holds, and drafted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journeys.interpret.folder import GUIDE_FOLDER
from journeys.interpret.guides import MOST, Guide, read_guides
from journeys.model.file_names import file_stem
from journeys.model.identity import folded, short_id
from journeys.model.problems import JourneysError, Problem, Report, UsageProblem
from journeys.model.suggestions import did_you_mean
from journeys.model.unfinished import write_whole
from journeys.store.errors import raise_passing

if TYPE_CHECKING:
    from journeys.analysis.trace.guided import GuidedJourney, GuidedStop
    from journeys.analysis.trace.journey import Journey
    from journeys.interpret.guides import StopEntry
    from journeys.study.access import StudyAccess

DRAFT = """\
# A guided journey: some stops on the map of {title}. Change the texts, move or delete stops.
# `step` names a step by words that no other step has; `place: Name of a lane` stands at a place instead, and a stop
# with neither shows the whole map. `journeys guide` says which stops cannot be found. `public: yes` puts it into the
# public pages, too.
guide: 1
title: {quoted}
journey: {ref}
stops:
  - title: Where we are going
    text: Write here what the journey shows, and why it is worth following.
{stops}"""


class GuidesFound(NamedTuple):
    """The guided journeys of a study by name, and what is wrong or odd with them."""

    guides: Sequence[GuidedJourney]
    problems: Sequence[Problem]


class Guides:
    """The methods of ``Study`` for guided journeys."""

    def guides(self: StudyAccess) -> GuidesFound:
        """Every guided journey of the study; a stop that stands for no step says so in place, and is a problem.

        Raises StoreUnavailable.
        """
        problems: list[Problem] = []
        with self.store():
            found = [followed(self, guide, problems.append) for guide in read_guides(self.folder, problems.append)]
        return GuidesFound([each for each in found if each is not None], problems)

    def guide(self: StudyAccess, name: str) -> GuidedJourney:
        """The guided journey of this name. Raises UsageProblem when there is none that can be shown."""
        problems: list[Problem] = []
        known = {folded(guide.name): guide for guide in read_guides(self.folder, problems.append)}
        guide = known.get(folded(name.removeprefix(f"{GUIDE_FOLDER}/").removesuffix(".yaml")))
        if guide is None:
            names = sorted(each.name for each in known.values())
            there = f" There are: {', '.join(names)}." if names else " There are none in guides/."
            wrong = "".join(f"\n{problem}" for problem in problems)
            raise UsageProblem(f"There is no guided journey {name!r}.{did_you_mean(name, names) or there}{wrong}")
        with self.store():
            found = followed(self, guide, problems.append)
        if found is None:
            raise UsageProblem(str(problems[-1]))
        return found

    def draft_guide(self: StudyAccess, ref: str) -> Path:
        """Write a guide about a document or piece of evidence, with stops to begin with; returns its file.

        Raises UsageProblem where the file is there already, and JourneysError for an unknown reference.
        """
        journey = self.trace(ref)
        called = str(journey.subject.properties.get("doc_number") or "") or short_id(journey.subject.entity.id)
        path = self.folder.path / GUIDE_FOLDER / f"{file_stem(called, ascii_only=True)}.yaml"
        if path.exists():
            raise UsageProblem(f"{self.folder.name(path)} is there already. Rename or delete it first.")
        write_whole(path, _draft(journey, short_id(journey.subject.entity.id)))
        return path


def followed(study: StudyAccess, guide: Guide, report: Report) -> GuidedJourney | None:
    """A guide on the journey it is about; None, reported, where there is no such journey."""
    from journeys.analysis.trace.guided import GuidedJourney

    try:
        journey = study.trace(guide.content.journey)
    except JourneysError as error:
        raise_passing(error)
        report(Problem("bad_guide", guide.address("journey"), str(error), ""))
        return None
    stops = []
    for place, entry in enumerate(guide.content.stops):
        stop = _stop(journey, entry)
        stops.append(stop)
        if stop.missing:
            where = guide.address("stops", place, "step" if entry.step else "place")
            report(Problem("stop_not_found", where, stop.missing, ""))
    content = guide.content
    return GuidedJourney(guide.name, content.title, content.intro or "", journey, tuple(stops))


def _stop(journey: Journey, entry: StopEntry) -> GuidedStop:
    from journeys.analysis.trace.guided import GuidedStop, NoSuchStop, place_meant, step_meant

    title = entry.title or ""
    try:
        if entry.step:
            return GuidedStop(title, entry.text, tuple(step_meant(journey, words) for words in entry.step))
        if entry.place:
            place, steps = place_meant(journey, entry.place)
            return GuidedStop(title, entry.text, steps, place)
    except NoSuchStop as error:
        return GuidedStop(title, entry.text, missing=str(error))
    return GuidedStop(title, entry.text)


def _draft(journey: Journey, ref: str) -> str:
    from journeys.analysis.trace.guided import words_for, worth_a_stop

    name = journey.subject.entity.name
    said = [words_for(journey, number) for number in worth_a_stop(journey, MOST - 2)]
    stops = [f"  - step: {_quoted(words)}\n    text: Write what happened here, and why it matters.\n" for words in said]
    stops.append("  - title: What came of it\n    text: Write what the journey shows in the end.\n")
    return DRAFT.format(
        title=" ".join(name.split()), quoted=_quoted(f"The journey of {name}"), ref=_quoted(ref), stops="".join(stops)
    )


def _quoted(words: str) -> str:
    """Words as YAML takes them whatever they are: JSON's quotation marks are YAML's."""
    return json.dumps(words, ensure_ascii=False)
