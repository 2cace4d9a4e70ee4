"""All pages of an atlas in one file. Which of them is shown is a matter of style alone, so that no script is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeys.views.pages.frame import PageFrame
from journeys.views.render import asset, json_script, render


@dataclass(frozen=True, slots=True)
class SinglePage:
    """A page: its id in the file, its title and its markup (both escaped), and the style sheets that it has alone."""

    id: str
    title: Markup
    markup: Markup
    styles: tuple[str, ...]


def single_page(frame: PageFrame, pages: Sequence[SinglePage], index: Mapping[str, Any]) -> str:
    """The file as HTML, with the first page shown until a link leads elsewhere; ``index`` is that of its search box."""
    shared = set(pages[0].styles).intersection(*(set(each.styles) for each in pages))
    own = {each.styles: None for each in pages}
    kinds = {styles: f"kind-{number}" for number, styles in enumerate(own, start=1)}
    # Each kind of page keeps its own rules: inside the articles of that kind.
    scoped = [f".{kind} {{\n{sheet}\n}}" for styles, kind in kinds.items() for sheet in styles if sheet not in shared]
    return render(
        "single.html.j2",
        title=frame.study_title,
        **{**frame.context(), "home": f"#{pages[0].id}", "search": "in this file"},
        styles=[asset("single.css"), *scoped],
        scripts=[asset("home.js")],
        pages=pages,
        kinds=kinds,
        search_data=json_script(index),
    )
