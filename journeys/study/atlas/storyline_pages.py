"""The pages of an atlas with storylines: of each site and case study, and of all together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from journeys.analysis.actors.storyline import storyline_of
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.store.resolve import Found
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.storylines import solver
from journeys.views.pages.storyline import storyline_page
from journeys.views.storyline_words import drawn_words

if TYPE_CHECKING:
    from journeys.analysis.reading.whole import WholeStudy
    from journeys.views.pages.frame import PageFrame

IN_ATLAS, IN_ALL, LEAST = 10.0, 60.0, 0.5
"""How long the order of the lines is looked for where it is not proved sooner: for each storyline, for all of an atlas,
and the least for each where that time is over."""


def storyline_pages(whole: WholeStudy, page_name: Callable[[str], str]) -> dict[Found | None, str]:
    """The page of each site's and case study's storyline, and of all together (None) unless there is one site.

    ``page_name`` gives the name of the page about a node.
    """
    places = [
        Found(thing.id, thing.label, thing.name) for label in ("Site", "CaseStudy") for thing in whole.things(label)
    ]
    everywhere = [None] if sum(place.label == "Site" for place in places) != 1 else []
    return {
        place: f"storylines/{page_name(place.id if place else 'study:site:all')}.html"
        for place in (*everywhere, *places)
    }


def write_storylines(
    study: Path,
    schema: Schema,
    graph: nx.MultiDiGraph[str],
    out: AtlasFolder,
    frame: PageFrame,
    pages: Mapping[Found | None, str],
    progress: Progress,
) -> Iterator[dict[str, str]]:
    """Write the storyline of each site and case study; yields links for the first page, but for those without one.

    ``study`` is its folder, in which the order of lines is kept; ``graph`` is the whole study.
    """
    progress.stage("Writing storylines", len(pages))
    left = IN_ALL
    for place, href in pages.items():
        begun = time.monotonic()
        found = storyline_of(graph, schema, place, solve=solver(study, min(IN_ATLAS, max(left, LEAST))))
        left -= time.monotonic() - begun
        if found.points:
            out.page(href, storyline_page, found, schema=schema, frame=frame)
            yield {"href": href, "name": found.name, "words": ", ".join(drawn_words(found))}
        progress.advance()
