"""The parts of an atlas that can be written beside the others: networks and storylines; journeys and pages to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from journeys.analysis.trace.journey import Journey
from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.store.resolve import Found
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.atlas.measuring import AT_SITES, measured_at
from journeys.study.atlas.network_pages import write_networks
from journeys.study.atlas.record_pages import RecordPages
from journeys.study.atlas.storyline_pages import write_storylines
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.journey import journey_page
from journeys.views.pictures.journey_map import journey_map

_NETWORKS = {"href": "../index.html#networks", "words": "Networks"}
_JOURNEYS = {"href": "../index.html#journeys", "words": "Journeys"}
_STORYLINES = {"href": "../index.html#storylines", "words": "Storylines"}

Links = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Drawings:
    """What networks and storylines are written from.

    ``study`` is the folder of the study, ``graph`` all of it, ``around`` the frame of a page in a folder; ``sites`` and
    ``storylines`` are as ``write_networks`` and ``write_storylines`` take them; ``measured`` says whether there are
    pages of measures.
    """

    study: Path
    schema: Schema
    graph: nx.MultiDiGraph[str]
    around: PageFrame
    sites: Mapping[str | None, tuple[str, str]]
    storylines: Mapping[Found | None, str]
    measured: bool

    def write(self, out: AtlasFolder, progress: Progress) -> tuple[Links, Links]:
        """Write the pages; returns the links to networks and to storylines for the first page. Raises OSError."""
        around = replace(self.around, shared=out.shared)
        measured = {site: _measured_at(site, page, self.sites) for site, (page, _) in self.sites.items()}
        below = around.below(_NETWORKS)
        links = list(
            write_networks(self.schema, self.graph, out, below, self.sites, progress, measured if self.measured else {})
        )
        stories = around.below(_STORYLINES)
        drawn = write_storylines(self.study, self.schema, self.graph, out, stories, self.storylines, progress)
        return links, list(drawn)


def _measured_at(site: str | None, page: str, sites: Mapping[str | None, tuple[str, str]]) -> str:
    return measured_at(page) if site and len(sites) > 1 else f"measures/{AT_SITES}.html"


@dataclass(frozen=True, slots=True)
class PagesToRead:
    """What journeys and pages to read are written from.

    ``around`` is the frame of a page in a folder, ``journeys`` the pages of the journeys that were ``traced``, by the
    id of what is traced; ``guides`` links to the guided journeys on them.
    """

    pages: RecordPages
    around: PageFrame
    journeys: Mapping[str, str]
    traced: Sequence[Journey]
    guides: Mapping[str, Links]

    def write(self, out: AtlasFolder, progress: Progress) -> None:
        """Write the pages. Raises OSError."""
        around = replace(self.around, shared=out.shared)
        progress.stage("Writing journeys", len(self.traced))
        for journey in self.traced:
            subject = journey.subject.entity.id
            written = {"href": f"../{self.pages.things[subject]}", "words": "What is written in and about it"}
            frame = around.below(_JOURNEYS).with_links(*self.guides.get(subject, ()), written)
            out.page(self.journeys[subject], _journey_page, journey, frame=frame)
            progress.advance()
        self.pages.write(out, around, self.journeys, progress)


def _journey_page(journey: Journey, *, frame: PageFrame) -> str:
    return journey_page(journey, journey_map(journey), frame)
