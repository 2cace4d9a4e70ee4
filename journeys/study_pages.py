"""Pages of a study: one journey as a page or a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from journeys.analysis.journey import Journey
from journeys.analysis.journey_places import places_of
from journeys.study import Study
from journeys.views.journey_page import PageFrame, journey_page, journey_svg
from journeys.views.page import write_page


def frame(study: Study, links: Sequence[Mapping[str, str]] = ()) -> PageFrame:
    """What stands around every page of a study: its title, its note, links to other pages."""
    settings = study.folder.settings
    return PageFrame(settings.title, settings.note or "", links)


def write_journey(study: Study, journey: Journey, *, html: Path | None = None, svg: Path | None = None) -> list[Path]:
    """Write a journey as a page, as a picture, or both; returns the files. Raises OSError, StoreUnavailable."""
    with study.store() as store:
        places = places_of(store, journey)
    written = []
    if html is not None:
        write_page(html, journey_page(journey, places, frame(study)))
        written.append(html)
    if svg is not None:
        write_page(svg, journey_svg(journey, places))
        written.append(svg)
    return written
