"""The pages of an atlas by their titles, for the search box: each that is not found as the page of a thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from pathlib import Path

from journeys.study.atlas import across_pages, record_pages, result_pages
from journeys.study.atlas.guide_pages import FOLDER as GUIDES
from journeys.views.pages.across import AcrossFigure
from journeys.views.pages.search_index import PAGE, Searchable

_HEAD = 4096
"""The title stands within so many bytes of the beginning of a page."""
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_KINDS = {
    "journeys": "Journey",
    GUIDES: "Guided journey",
    "storylines": "Storyline",
    "sites": "Network",
    "matrices": "Matrices",
    "answers": "Question",
    "measures": "Measure",
    across_pages.FOLDER: "Figures",
    "quality": "Data quality",
    "schema": "Schema",
}
"""By folder, what a page is; what is in no such folder, and the first page of one with a list, is a list."""
_LISTS = {*(folder for folder, _ in record_pages.FOLDERS.values()), *result_pages.FOLDERS}


def found_by_title(folder: Path, pages: Iterable[str], known: Collection[str]) -> Iterator[Searchable]:
    """Every page of the atlas in ``folder``, by its title, but those ``known`` as the pages of things. Raises OSError.

    The titles are read from the pages themselves: whoever wrote them, a page has no other title, and none that a
    profile withholds.
    """
    order = list(_KINDS)

    def place(href: str) -> tuple[int, str]:
        first = href.partition("/")[0]
        return (order.index(first) if first in order else len(order)), href

    for href in sorted((each for each in pages if each.endswith(".html") and each not in known), key=place):
        with (folder / href).open("rb") as file:
            title = _TITLE.search(file.read(_HEAD).decode("utf-8", errors="replace"))
        if title:
            name = unescape(title[1])
            yield Searchable(_kind(href), href, name, "", name, "", weight=PAGE)


def found_figures(figures: Iterable[AcrossFigure]) -> Iterator[Searchable]:
    """The figures across cases, each at its place on their page."""
    for each in figures:
        href = f"{across_pages.FOLDER}/index.html"
        yield Searchable("Figure", href, across_pages.TITLE, each.anchor, each.heading, "", weight=PAGE)


def _kind(href: str) -> str:
    folder, _, name = href.partition("/")
    if name == "index.html" and folder in _LISTS:
        return "List"
    return _KINDS.get(folder, "Page")
