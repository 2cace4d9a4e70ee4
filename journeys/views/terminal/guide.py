"""Guided journeys in a terminal: the list of them, and the stops of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from journeys.analysis.trace.guided import GuidedJourney, sentence_of, when_and_where
from journeys.model.phrases import as_typed, counted
from journeys.views.terminal.fitting_table import FittingTable
from journeys.views.text import sanitized
from journeys.views.wording import sources_words


def guides_view(guides: Sequence[GuidedJourney]) -> RenderableType:
    """The guided journeys of a study, for a terminal."""
    if not guides:
        return Text("There are no guided journeys yet. `journeys guide --draft D07` writes a file to begin with.")
    rows = [(each.name, each.title, each.journey.subject.entity.name, str(len(each.stops))) for each in guides]
    return FittingTable(("name", "title", "journey of", "stops"), [tuple(map(sanitized, row)) for row in rows])


def guide_view(guided: GuidedJourney) -> RenderableType:
    """One guided journey, stop by stop, for a terminal."""
    return Group(*_lines(guided))


def _lines(guided: GuidedJourney) -> Iterator[RenderableType]:
    yield Text(sanitized(guided.title), style="bold")
    name, size = sanitized(guided.journey.subject.entity.name), counted(len(guided.stops), "stop")
    yield Text(f"{size} on the journey of {name}", style="dim")
    if guided.intro:
        yield Text(sanitized(guided.intro))
    for number, stop in enumerate(guided.stops, start=1):
        told = [] if stop.place else [guided.step(step) for step in stop.steps]
        said = sentence_of(told[0], guided.journey) if told else stop.place or "The whole map"
        yield Text()
        yield Text(f"{number}. {sanitized(stop.title or said)}", style="bold")
        if stop.missing:
            yield Padding(Text(sanitized(stop.missing), style="red"), (0, 0, 0, 3))
        yield Padding(Text(sanitized(stop.text)), (0, 0, 0, 3))
        for step in told:
            known = ", ".join(filter(None, [when_and_where(step), sources_words(step.claims)]))
            yield Padding(Text(f"{sentence_of(step, guided.journey)} ({known})", style="dim"), (0, 0, 0, 3))
    yield Text()
    yield Text(f"journeys guide {as_typed(guided.name)} -o FILE.html writes the page that plays it.", style="dim")
