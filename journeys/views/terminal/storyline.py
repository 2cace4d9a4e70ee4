"""A storyline in a terminal: the meetings in order, with who was there, on which side, and what was introduced."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from journeys.analysis.actors.storyline import Point, SiteStoryline
from journeys.views.storyline_words import crossings_words, facts_of, notes_on
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized, shortened
from journeys.views.wording import date_words

_NAMES = 60


def storyline_view(found: SiteStoryline) -> RenderableType:
    """The storyline for a terminal."""
    return Group(*_parts(found))


def _parts(found: SiteStoryline) -> Iterator[RenderableType]:
    yield Text(sanitized(found.name), style="bold")
    yield Text(f"{', '.join(facts_of(found))}. {crossings_words(found)}")
    if found.points:
        yield Text()
        yield FittingTable(
            ("meeting", "when", "introduced", "supported", "contested", "also there"),
            [_row(found, point) for point in found.points],
        )
        yield Text()
        yield Text("-o FILE.html draws it, with the sources of each meeting; -o FILE.svg is the drawing alone.", "dim")
    for note in notes_on(found):
        yield Text(note, style="dim")


def _row(found: SiteStoryline, point: Point) -> tuple[str, ...]:
    names = {part.person: sanitized(found.people[part.person].entity.name) for part in point.parts}
    introduced = [
        f"{sanitized(thing.name)} ({names[part.person]})" for part in point.parts for thing in part.introduced
    ]
    sides = [[names[part.person] for part in point.parts if side in part.sides] for side in (1, -1)]
    silent = [names[part.person] for part in point.parts if not part.sides and not part.introduced]
    earlier = " (may have come before the one above)" if point.unsure else ""
    return (
        shortened(sanitized(point.meeting.title), _NAMES),
        date_words(point.meeting.when) + earlier,
        *("; ".join(each) for each in (introduced, *sides, silent)),
    )
