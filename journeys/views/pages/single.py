"""All pages of an atlas in one file. Which of them is shown is a matter of style alone, so that no script is needed;
the diagrams of networks are drawn by the scripts of their pages, each when its page is first shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeys.views.pages import compare, network
from journeys.views.pages.frame import PageFrame
from journeys.views.pictures.network import vis_script
from journeys.views.render import asset, json_script, render


@dataclass(frozen=True, slots=True)
class SinglePage:
    """A page: its id in the file, its title and its markup (both escaped), the style sheets that it has alone, and
    which scripts it needs (of ``DRAWN``; "" for none)."""

    id: str
    title: Markup
    markup: Markup
    styles: tuple[str, ...]
    scripts: str = ""


DRAWN = {"compare-data": "compare", "network-data": "network"}
"""By the id of the data that they read, the pages whose scripts are in the file."""
_SCRIPTS = {"compare": compare.SCRIPTS, "network": network.SCRIPTS}


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
        scripts=[asset("home.js"), *(_drawing() if any(each.scripts for each in pages) else [])],
        pages=pages,
        kinds=kinds,
        search_data=json_script(index),
    )


def _drawing() -> list[str]:
    """The scripts that draw networks: those of each kind of page as a function of the page that it finds things on."""
    made = [
        f"{name}: (document, window) => {{\n{''.join(map(asset, scripts))}\n}},\n" for name, scripts in _SCRIPTS.items()
    ]
    return [vis_script(), f'"use strict";\nwindow.scriptsOfPages = {{\n{"".join(made)}}};\n', asset("single.js")]
