"""A storyline in words: how many meet, what was left out, and how few crossings its drawing has."""

from __future__ import annotations

from collections.abc import Sequence

from journeys.analysis.actors.storyline import SiteStoryline
from journeys.analysis.claims.claim import Entity, MeetingRef
from journeys.model.phrases import counted
from journeys.views.text import sanitized


def facts_of(found: SiteStoryline) -> list[str]:
    """The numbers of people, meetings and claims."""
    return [
        _people(sum(person.kind == "person" for person in found.people.values())),
        *_groups(found),
        counted(len(found.points), "meeting"),
        f"based on {counted(len(found.claims), 'claim')}",
    ]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _groups(found: SiteStoryline) -> list[str]:
    groups = sum(person.kind != "person" for person in found.people.values())
    return [counted(groups, "group")] if groups else []


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
            *(f"Not counted: {counted(len(each.claims), 'claim')}, {each.why}." for each in found.left_out),
        )
        if sentence
    ]


def _listed(why: str, noun: str, things: Sequence[MeetingRef | Entity]) -> str:
    if not things:
        return ""
    names = ", ".join(sanitized(each.title if isinstance(each, MeetingRef) else each.name) for each in things)
    return f"{why}: {counted(len(things), noun)} ({names})."
