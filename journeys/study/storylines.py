"""Storylines of a study: drawn once for the same meetings and people, kept, and written as pages."""

from __future__ import annotations

import contextlib
import hashlib
import json
from functools import partial
from pathlib import Path

from journeys.analysis.actors.storyline import SiteStoryline, Solver, site_storyline
from journeys.analysis.claims.selection import Selection
from journeys.analysis.methods.storyline.layers import FewestCrossings, Storyline, crossings, problem_with
from journeys.interpret.folder import WORK_FOLDER
from journeys.model.private_files import write_private
from journeys.study.access import StudyAccess

SECONDS = 30.0
"""How long the order of the lines is looked for where it is not proved sooner."""
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
        return site_storyline(
            store, study.id, study.schema, place, selection=selection, solve=solver(study.folder.path, SECONDS)
        )


def solver(study: Path, seconds: float) -> Solver:
    """What finds the order of the lines, unless it is kept in this folder of a study, in about so many seconds."""
    return partial(_kept, study / WORK_FOLDER / _KEPT, seconds)


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
        with contextlib.suppress(OSError):  # else it is found again next time
            write_private(path, json.dumps({"orders": found.orders, "bound": found.bound}))
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
