"""The pages of an atlas across cases: the figures, and behind the gap map the journeys of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeys.analysis.measures.run import Analysis
from journeys.model.phrases import counted
from journeys.study.atlas.folder import AtlasFolder
from journeys.study.atlas.kept_pictures import ToDraw
from journeys.views.pages.across import FIGURES, RowHref, across_page, drawn_figures, measure_row
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.gap_cells import GapCells
from journeys.views.pictures.charts.figures import Draw

FOLDER, TITLE = "across", "Across cases"
OF_FIGURES = {figure.measure for figure in FIGURES}
"""The measures of which there is a figure."""


def write_across(
    analyses: Mapping[str, Analysis],
    out: AtlasFolder,
    around: PageFrame,
    journeys: Mapping[str, str],
    draw: Draw,
) -> dict[str, str]:
    """Write the page of figures from measures that were run with their sources; gives the link to it.

    ``journeys`` are the pages of journeys, as seen from the first page; ``draw`` draws the figures.
    """
    cells, href = _links(analyses)
    if cells:
        below = around.below({"href": "index.html#gap-map", "words": TITLE})
        for type_, name in cells.pages.items():
            out.page(f"{FOLDER}/{name}", gap_page, cells.analysis, type_, cells.pages, journeys, frame=below)
    out.page(f"{FOLDER}/index.html", across_page, analyses, frame=around, href=href, draw=draw)
    figures = counted(len(drawn_figures(analyses)), "figure")
    return {"href": f"{FOLDER}/index.html", "name": TITLE, "words": figures}


def pictures_across(analyses: Mapping[str, Analysis]) -> Iterator[ToDraw]:
    """The pictures of the page of figures, as it draws them."""
    _, href = _links(analyses)
    for figure in drawn_figures(analyses):
        table = analyses[figure.measure].table(figure.drawn)
        hrefs = tuple(href(figure.measure, figure.drawn, row) for row in range(len(table.rows)))
        yield ToDraw(figure.measure, table, hrefs)


def _links(analyses: Mapping[str, Analysis]) -> tuple[GapCells | None, RowHref]:
    """The pages behind the gap map, if it was made, and the address of the sources of a row of a figure."""
    cells = GapCells.of(analyses["gap-map"]) if "gap-map" in analyses else None

    def href(measure: str, table: str, row: int) -> str:
        return cells.href(row) if cells and table == "cells" else measure_row(measure, table, row)

    return cells, href


def gap_page(
    analysis: Analysis, type_: str, pages: Mapping[str, str], journeys: Mapping[str, str], *, frame: PageFrame
) -> str:
    """The page of a type of the gap map."""
    return GapCells(analysis, pages).page(type_, frame, journeys)
