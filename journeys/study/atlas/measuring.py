"""The measures of a study, run before pages are written, so that their pictures are drawn in the meantime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Self

import networkx as nx

from journeys.analysis.measures.registry import GROUPS, MEASURES
from journeys.analysis.measures.run import Analysis, Choice, run_measure
from journeys.analysis.measures.table import MeasureTable
from journeys.model.problems import JourneysError
from journeys.model.progress import Progress
from journeys.store.errors import raise_passing
from journeys.study.access import StudyAccess
from journeys.study.atlas.across_pages import OF_FIGURES, pictures_across
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.atlas.kept_pictures import KeptPictures, ToDraw
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.listing import ListedPage
from journeys.views.pages.result import measure_page, row_href

AT_SITES = "centrality"
"""The measure that has a page for each site besides that of all: who is central in one network is not in another."""


class Measuring:
    """Every measure of a study; while the block runs, another process draws their pictures where they are many."""

    def __init__(
        self,
        study: StudyAccess,
        graph: nx.MultiDiGraph[str],
        out: AtlasFolder,
        frame: PageFrame,
        sites: Mapping[str | None, tuple[str, str]],
        progress: Progress,
    ) -> None:
        """Run them. ``graph`` is the whole study, ``frame`` that of the pages of measures; ``sites`` are the page and
        name of each site's network."""
        progress.stage("Measuring", len(MEASURES))
        self._measures = study.measures().by_name
        self._ran: dict[str, Analysis] = {}
        self._failed: dict[str, JourneysError] = {}
        self._at_sites: dict[str, Analysis] = {}
        self._out, self._frame, self._opened = out, frame, ExitStack()
        self.pictures = KeptPictures(study.folder.path)
        with study.store() as store:
            for name in MEASURES:
                progress.advance()
                try:
                    self._ran[name] = run_measure(store, study.id, study.schema, name, sources=True, graph=graph)
                except JourneysError as problem:
                    raise_passing(problem)
                    self._failed[name] = problem
            links = [{"href": f"{AT_SITES}.html", "words": "All sites together"}]
            for site, (page, words) in sites.items() if len(sites) > 1 else ():
                if site is None or AT_SITES in self._failed:
                    continue
                at = Choice(site=site)
                ran = run_measure(store, study.id, study.schema, AT_SITES, choice=at, sources=True, graph=graph)
                self._at_sites[measured_at(page)] = ran
                links.append({"href": measured_at(page).rpartition("/")[2], "words": words})
        self._links = links if self._at_sites else []

    def __enter__(self) -> Self:
        self._draw_missing = self._opened.enter_context(self.pictures.drawn_beside(self._wanted()))
        return self

    def __exit__(self, *exception: object) -> None:
        self._opened.close()

    @property
    def across(self) -> Mapping[str, Analysis]:
        """The measures of which there is a figure across cases."""
        return {name: analysis for name, analysis in self._ran.items() if name in OF_FIGURES}

    def pages(self) -> Iterator[ListedPage]:
        """Write the page of each measure; gives what is listed of it. Raises OSError."""
        self._draw_missing()
        for name, measure in self._measures.items():
            if name in self._failed:
                yield ListedPage("", name, f"{measure.answers} ({self._failed[name]})", 0, GROUPS[measure.group])
                continue
            ran = self._ran[name]
            self._out.page(_href(name), measure_page, ran, frame=self._frame_of(name), draw=self.pictures.svg)
            rows = sum(len(table.rows) for table in ran.tables)
            for href, at_site in self._at_sites.items() if name == AT_SITES else ():
                self._out.page(href, measure_page, at_site, frame=self._frame_of(name), draw=self.pictures.svg)
            yield ListedPage(f"{name}.html", name.replace("-", " "), ran.measure.answers, rows, GROUPS[measure.group])

    def _wanted(self) -> Iterator[ToDraw]:
        """The pictures of the pages that will be written."""
        pages = [*((_href(name), ran) for name, ran in self._ran.items()), *self._at_sites.items()]
        for href, ran in pages:
            around = self._frame_of(ran.measure.name)
            if not self._out.is_kept(href, measure_page, ran, frame=around, draw=self.pictures.svg):
                yield from (_on_page(ran, table) for table in ran.tables)
        yield from pictures_across(self.across)

    def _frame_of(self, measure: str) -> PageFrame:
        """The frame of the page of a measure: one that is also there for each site has links to these."""
        return self._frame.with_links(*self._links) if measure == AT_SITES else self._frame


def measured_at(site_page: str) -> str:
    """The page of the measure at a site, by the page of the site's network."""
    return f"measures/{AT_SITES}-{site_page.rpartition('/')[2]}"


def _href(measure: str) -> str:
    return f"measures/{measure}.html"


def _on_page(analysis: Analysis, table: MeasureTable) -> ToDraw:
    """A table as its picture is drawn on the page of its measure."""
    hrefs = tuple(row_href(table.name, row) for row in range(len(table.rows)))
    return ToDraw(analysis.measure.name, table, hrefs)
