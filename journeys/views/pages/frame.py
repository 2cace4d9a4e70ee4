"""The frame of a page, and the links of the names and addresses on it."""

from __future__ import annotations

import hashlib
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self

from markupsafe import Markup, escape

from journeys.analysis.claims.claim import Entity
from journeys.model.file_names import file_stem
from journeys.model.problems import Address
from journeys.views.render import LONG, scrolled
from journeys.views.shared_files import SharedFiles
from journeys.views.text import sanitized, shortened

_READABLE = 40
_LINKED = 160
"""The most characters of a name that is a link."""
_LINKS, _ANCHORS = 20_000, 20_000
"""So many links and ids of places are kept: a page names the same things again and again."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets of links from names and addresses on a page.

    ``things`` are the pages about things, by the id of the thing; ``cells`` the places where a cell of a form is shown,
    by its address. Both are as seen from the first page of an atlas; ``up`` leads there. A thing without a page gets no
    link.
    """

    things: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[Address, str] = field(default_factory=dict)
    up: str = ""

    def thing(self, node_id: str | None) -> str:
        """The page about a thing; "" for none."""
        found = self.things.get(node_id or "")
        return f"{self.up}{found}" if found else ""

    def cell(self, address: Address) -> str:
        """The place where what is written in a cell is shown; "" for none."""
        found = self.cells.get(address)
        return f"{self.up}{found}" if found else ""

    def linked(self, text: str, named: Iterable[Entity]) -> Markup:
        """``text`` with a link at each name of a thing that has a page; all else in it is text.

        A link has the beginning of a long name; the page that it leads to has all of it.
        """
        return linked_at(text, self.places(named))

    def places(self, named: Iterable[Entity]) -> dict[str, str]:
        """The pages of things by their names, as links show these; of things of one name, that of the first."""
        places: dict[str, str] = {}
        for thing in named:
            if place := self.thing(thing.id):
                places.setdefault(sanitized(thing.name), place)
        places.pop("", None)
        return places


def linked_at(text: str, places: Mapping[str, str]) -> Markup:
    """``text`` with a link at each name of ``places``, which are as ``Targets.places`` gives them."""
    text = sanitized(text)
    there = [name for name in places if name in text] if text else []
    if not there:
        words = escape(text)
        return Markup(scrolled(words, len(text))) if len(text) > LONG else words
    made, end = [], 0
    for start, name in _found(text, there):
        made += [escape(text[end:start]), _link(name, places[name])]
        end = start + len(name)
    return Markup(scrolled(Markup("".join([*made, escape(text[end:])])), len(text)))


@lru_cache(maxsize=_LINKS)
def _link(name: str, place: str) -> str:
    return f'<a href="{escape(place)}">{escape(shortened(name, _LINKED))}</a>'


def _found(text: str, names: list[str]) -> list[tuple[int, str]]:
    """Where names stand in a text as whole words, in its order; of names that overlap, the longest."""
    taken: list[tuple[int, str]] = []
    # Most texts have one.
    for name in names if len(names) == 1 else sorted(names, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                at = bisect(taken, (start, name))
                after_last = not at or taken[at - 1][0] + len(taken[at - 1][1]) <= start
                if after_last and (at == len(taken) or end <= taken[at][0]):
                    taken.insert(at, (start, name))
            start = text.find(name, end)
    return taken


NO_TARGETS = Targets()
"""Of a page by itself."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What is around a page: the study's title and note, the way down to it, and links to related pages.

    ``trail`` are the pages above it, from the home page down, ``links`` those beside it; each has ``href`` and
    ``words``. ``search`` leads to the folder of the search index; "" for a page without a search box, which is no part
    of an atlas. ``stated`` are sentences for the foot: which data the page shows, and what was left out of it.
    A ``live`` page looks for a newer version of itself while it is open. ``loaded`` is the script, as seen from the
    first page, that says when the data were loaded, on a page that does not say so itself. ``shared`` are the files
    that the pages of an atlas share; None for a page that stands alone.
    """

    study_title: str
    study_note: str = ""
    links: Sequence[Mapping[str, str]] = ()
    targets: Targets = NO_TARGETS
    search: str = ""
    trail: Sequence[Mapping[str, str]] = ()
    stated: Sequence[str] = ()
    live: bool = False
    loaded: str = ""
    shared: SharedFiles | None = None

    def with_links(self, *links: Mapping[str, str]) -> Self:
        """The same with further links to related pages."""
        return replace(self, links=(*self.links, *links))

    def below(self, *pages: Mapping[str, str]) -> Self:
        """The same with further pages above this one."""
        return replace(self, trail=(*self.trail, *pages))

    def context(self) -> dict[str, Any]:
        """What every template needs of it."""
        return {
            "study_title": self.study_title,
            "study_note": self.study_note,
            "links": self.links,
            "trail": self.trail,
            "home": f"{self.targets.up}index.html" if self.search else "",
            "search": self.search,
            "stated": self.stated,
            "live": f"{self.targets.up}live/" if self.live else "",
            "loaded": self.targets.up + self.loaded if self.loaded else "",
            "up": self.targets.up,
            "shared_files": self.shared,
        }


@lru_cache(maxsize=_ANCHORS)
def cell_anchor(address: Address) -> str:
    """The id of the place on a page where what is written in a cell is shown: the same for the same cell, always."""
    written = "\x1f".join(part or "" for part in (address.file, address.sheet, address.cell))
    digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    readable = file_stem(f"{address.sheet or ''} {address.cell or ''}".lower(), ascii_only=True)[:_READABLE]
    return f"at-{readable}-{digest}"
