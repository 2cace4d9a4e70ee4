"""A page that lists pages: all people, meetings, sources or codes of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.model.phrases import counted
from journeys.views.pages.frame import PageFrame
from journeys.views.render import asset, render


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page in a list: its address as seen from the list ("" for what has no page), its name, words about it, and how
    much is written there."""

    href: str
    name: str
    words: str
    entries: int
    group: str = ""


def listing_page(title: str, pages: Sequence[ListedPage], frame: PageFrame) -> str:
    """The page as HTML, with the pages in the order given, under their groups."""
    groups: dict[str, list[ListedPage]] = {}
    for page in pages:
        groups.setdefault(page.group, []).append(page)
    return render(
        "listing.html.j2",
        title=title,
        scripts=[asset("filter.js")],
        number=counted(sum(bool(page.href) for page in pages), "page"),
        groups=groups,
        **frame.context(),
    )
