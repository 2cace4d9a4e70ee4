"""A storyline in words: how many meet, what was left out, and how few crossings its drawing has."""

from __future__ import annotations

from collections.abc import Sequence

from journeys.analysis.actors.storyline import SiteStoryline
from journeys.analysis.claims.claim import Entity, MeetingRef
from journeys.model.phrases import counted
from journeys.views.text import sanitized


def facts_of(found: SiteStoryline) -> list[str]:
    """The numbers of people, meetings and claims; of how many where not all are drawn."""
    return [*drawn_words(found), f"based on {counted(len(found.claims), 'claim')}"]


def drawn_words(found: SiteStoryline) -> list[str]:
    """How many people, groups and meetings are drawn, and of how many."""
    groups = sum(person.kind != "person" for person in found.people.values())
    people, meetings = len(found.people) - groups, len(found.points)
    return [
        _of(people, found.totals.people, "person", "people"),
        *([_of(groups, found.totals.groups, "group", "groups")] if found.totals.groups else []),
        _of(meetings, found.totals.meetings, "meeting", "meetings"),
    ]


def _of(drawn: int, there: int, one: str, several: str) -> str:
    noun = one if there == 1 else several
    return f"{drawn:,} {noun}" if drawn == there else f"{drawn:,} of {there:,} {noun}"


def crossings_words(found: SiteStoryline) -> str:
    """How few crossings the drawing has, and whether that is proved."""
    if found.crossings == found.bound:
        return f"Fewest crossings: {found.crossings:,} (proved)."
    above = (found.crossings - found.bound) / found.bound if found.bound else None
    least = f"at most {above:.0%} above the best possible" if above is not None else "the best possible is not known"
    return f"Crossings: {found.crossings:,}, {least}."


def notes_on(found: SiteStoryline) -> list[str]:
    """What is not on the drawing, and why; a sentence each."""
    people = [each for each in found.not_drawn if each.label == "Actor"]
    meetings = [each for each in found.not_drawn if each.label != "Actor"]
    return [
        sentence
        for sentence in (
            _listed("No date is known", "meeting", found.undated),
            _listed("No source says who was there", "meeting", found.unattended),
            _listed("Not drawn, because too few of these people were there", "meeting", meetings),
            _listed("Not drawn, because they were at fewer meetings", "actor", people),
            _listed("No date is known of any meeting that they were at", "actor", found.nowhere),
            *(f"Not counted: {counted(len(each.claims), 'claim')}, {each.why}." for each in found.left_out),
        )
        if sentence
    ]


def _listed(why: str, noun: str, things: Sequence[MeetingRef | Entity]) -> str:
    if not things:
        return ""
    names = ", ".join(sanitized(each.title if isinstance(each, MeetingRef) else each.name) for each in things)
    return f"{why}: {counted(len(things), noun)} ({names})."
