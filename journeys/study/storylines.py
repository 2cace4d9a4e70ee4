"""Storylines of a study: drawn once for the same meetings and people, kept, and written as pages."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from journeys.analysis.actors.storyline import SiteStoryline, Solver, site_storyline, storyline_of
from journeys.analysis.claims.selection import Selection
from journeys.analysis.methods.storyline.layers import FewestCrossings, Storyline, crossings, problem_with
from journeys.interpret.folder import WORK_FOLDER
from journeys.model.phrases import counted
from journeys.model.progress import Progress
from journeys.store.resolve import Found
from journeys.study.access import StudyAccess

if TYPE_CHECKING:
    from journeys.analysis.reading.whole import WholeStudy
    from journeys.views.pages.frame import PageFrame

SECONDS, IN_ATLAS = 30.0, 10.0
"""How long the order of the lines is looked for where it is not proved sooner; and for each of many."""
IN_ALL, LEAST = 60.0, 0.5
"""How long the orders of all storylines of an atlas are looked for, and the least for each where that time is over."""
_KEPT = "storylines"
_METHOD = 1
"""To be raised when a better order is found for the same storyline, so that kept ones are not used any more."""


def find_storyline(
    study: StudyAccess, place: str | None = None, *, selection: Selection | None = None
) -> SiteStoryline:
    """The storyline of a site or case study, or of the whole study.

    The order of its lines is kept in ``.journeys``, so that the same meetings give the same drawing, at once. Raises
    JourneysError when there is no such place or nothing is loaded.
    """
    with study.store() as store:
        return site_storyline(store, study.id, study.schema, place, selection=selection, solve=_solver(study, SECONDS))


def _solver(study: StudyAccess, seconds: float) -> Solver:
    return partial(_kept, study.folder.path / WORK_FOLDER / _KEPT, seconds)


def _kept(folder: Path, seconds: float, story: Storyline) -> FewestCrossings:
    """The order found before, if it is proved or had as much time; else one that is looked for now, and kept."""
    meetings = [[sorted(meeting) for meeting in layer] for layer in story.layers]
    digest = hashlib.sha256(json.dumps([_METHOD, len(story.lines), meetings]).encode()).hexdigest()
    path = folder / f"{digest[:32]}.json"
    found = _read(path, story)
    if found is None:
        # The solver is slow to start.
        from journeys.analysis.methods.storyline.exact import fewest_crossings

        found = fewest_crossings(story, seconds=seconds)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"orders": found.orders, "bound": found.bound}), encoding="utf-8")
        except OSError:
            pass  # it is found again next time
    return found


def _read(path: Path, story: Storyline) -> FewestCrossings | None:
    """What was kept, if it is a drawing of this storyline."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        orders = tuple(tuple(int(line) for line in order) for order in held["orders"])
        bound = int(held["bound"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if problem_with(story, orders) is not None or not 0 <= bound <= crossings(orders):
        return None
    return FewestCrossings(orders, crossings(orders), bound)


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
    study: StudyAccess,
    graph: nx.MultiDiGraph[str],
    folder: Path,
    around: PageFrame,
    pages: Mapping[Found | None, str],
    progress: Progress,
) -> Iterator[dict[str, str]]:
    """Write the storyline of each site and case study; yields links for the first page, but for those without one.

    ``graph`` is the whole study.
    """
    from journeys.views.pages.storyline import storyline_page
    from journeys.views.render import write_page

    progress.stage("Writing storylines", len(pages))
    left = IN_ALL
    for place, href in pages.items():
        begun = time.monotonic()
        found = storyline_of(graph, study.schema, place, solve=_solver(study, min(IN_ATLAS, max(left, LEAST))))
        left -= time.monotonic() - begun
        if found.points:
            write_page(folder / href, storyline_page(found, study.schema, around))
            words = f"{counted(len(found.people), 'actor')}, {counted(len(found.points), 'meeting')}"
            yield {"href": href, "name": found.name, "words": words}
        progress.advance()
