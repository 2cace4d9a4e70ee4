"""The sentences of the home page: the study in a paragraph, and what the last load brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from journeys.analysis.trace.glance import sign_of
from journeys.analysis.trace.journey import Journey
from journeys.model.calendar import MONTHS
from journeys.model.exports import MADE_BY
from journeys.model.phrases import counted, one_of, were
from journeys.store.load_history import LastLoad
from journeys.views.pages.span_words import dated_words
from journeys.views.render import json_script
from journeys.views.text import sanitized

_NAMED = 6
"""How many files are named in a sentence."""


def lead(numbers: Mapping[str, int], sources: Mapping[str, int], journeys: Sequence[Journey]) -> list[str]:
    """The study in sentences.

    ``numbers`` are nodes by label, ``sources`` the number of sources by their kind in words.
    """
    made = []
    if followed := _and(
        (numbers.get("Document", 0), "document", "documents"),
        (numbers.get("Evidence", 0), "piece of evidence", "pieces of evidence"),
    ):
        cases = _and((numbers.get("CaseStudy", 0), "case study", "case studies"))
        sites = _and((numbers.get("Site", 0), "site", "sites"))
        where = [f" in {cases}" if cases else "", f" at {sites}" if sites else ""]
        made.append(f"This study follows {followed}{''.join(where)}.")
    if sources:
        kinds = sorted(sources.items(), key=lambda item: (-item[1], item[0]))
        told = one_of([_number(number, kind) for kind, number in kinds], "and")
        # "Another kind" says something only beside the kinds that are named.
        of_kinds = f": {told}" if set(sources) != {"other"} else ""
        made.append(f"It draws on {counted(sum(sources.values()), 'source')}{of_kinds}.")
    if span := dated_words(step.when for each in journeys for step in each.steps):
        made.append(span)
    stances = [{sign_of(step) for step in each.all_steps} for each in journeys]
    reception = [
        f"{number:,} {were(number)} {words}"
        for number, words in (
            (sum("supported" in each and "contested" not in each for each in stances), "supported only"),
            (sum("contested" in each and "supported" not in each for each in stances), "contested only"),
            (sum({"supported", "contested"} <= each for each in stances), "both supported and contested"),
        )
        if number
    ]
    if reception and len(journeys) > 1:
        others = sum(not {"supported", "contested"} & each for each in stances)
        rest = f"; of the other{f' {others:,}' if others > 1 else ''}, no source says either" if others else ""
        made.append(f"Of the {len(journeys):,} journeys, {one_of(reception, 'and')}{rest}.")
    return made


def news(load: LastLoad | None) -> list[str]:
    """What the last load brought, in sentences."""
    if load is None:
        return []
    when = f"The last load, on {when_words(load.when)}, "
    if not load.complete:
        return [f"{when}was interrupted: these pages may show some of the old data and some of the new."]
    if load.first:
        return [f"The data were first loaded on {when_words(load.when)}, from {counted(load.files, 'file')}."]
    files = [
        f"{words}: {_names(names)}"
        for words, names in (("New", load.new), ("Changed", load.changed), ("No longer there", load.gone))
        if names
    ]
    created, changed, removed = load.claims
    counts = [
        f"{words} {counted(number, 'claim')}"
        for words, number in (("added", created), ("changed", changed), ("removed", removed))
        if number
    ]
    if not files and not counts:
        return [f"{when}found nothing new."]
    return [f"{when}{one_of(counts, 'and') if counts else 'changed no claim'}.", *(f"{each}." for each in files)]


def stated(load: LastLoad | None) -> str:
    """The sentence at the foot of every page: which data it shows."""
    if load is None:
        return ""
    return f"Data as loaded on {when_words(load.when)} from {counted(load.files, 'file')}."


def loaded_script(sentence: str) -> str:
    """The script that puts the sentence of ``stated`` at the foot of the pages of an atlas."""
    return f'/* {MADE_BY} */\ndocument.getElementById("loaded").textContent = {json_script(sentence)};\n'


def when_words(when: datetime) -> str:
    """A time in words, the same in every time zone."""
    at = when.astimezone(UTC)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M} UTC"


def _and(*parts: tuple[int, str, str]) -> str:
    return one_of([f"{number:,} {one if number == 1 else more}" for number, one, more in parts if number], "and")


def _number(number: int, kind: str) -> str:
    return f"{number:,} of another kind" if kind == "other" else counted(number, kind)


def _names(names: Sequence[str]) -> str:
    shown = [sanitized(name) for name in names[:_NAMED]]
    rest = len(names) - len(shown)
    return f"{', '.join(shown)} and {rest:,} more" if rest else one_of(shown, "and")
