"""An atlas in one file, to be sent by mail: all its pages one after the other, shown one at a time."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from journeys.model.problems import Report
from journeys.model.progress import Progress
from journeys.model.unfinished import scratch_folder
from journeys.study.atlas.pages import write_atlas
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.search_index import read_index
from journeys.views.pages.single import DRAWN, SinglePage, single_page
from journeys.views.render import json_script, write_page
from journeys.views.shared_files import FOLDER as SHARED

if TYPE_CHECKING:
    from journeys.model.privacy import Profile
    from journeys.study.access import StudyAccess

_HOME = "index.html"
_WAYS = re.compile(r'^<div class="ways screen-only">\n.*?\n</div>\n(?=<main )', re.S | re.M)
_MAIN = re.compile(r'^<main id="content" tabindex="-1">\n(.*?)^</main>$', re.S | re.M)
_STYLE = re.compile(r"^<style>(.*?)</style>$", re.S | re.M)
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)
_FOOT = re.compile(r"^<footer>\n(.*?)^</footer>$", re.S | re.M)
_ALONE = re.compile(r' (id|for|aria-labelledby|aria-describedby|aria-controls|data-cell)="([^"]+)"')
_LINK = re.compile(r' href="([^"#:]*)(?:#([^"]*))?"')
_NOSCRIPT = re.compile(r"^<noscript>.*?</noscript>\n", re.S | re.M)
_DIAGRAM = re.compile(rf'{_NOSCRIPT.pattern}(.*?)(?=^<h2 id="meaning">)', re.S | re.M)
_NO_DIAGRAM = '<p class="notice not-drawn">The diagrams, and the table of all ties, need JavaScript.</p>\n'
_DATA = re.compile(r'^<script type="application/json" id="([^"]+)">(.*?)</script>$', re.M)
_BESIDE = re.compile(r"comparedSite\(\d+, (.*)\);\n", re.S)
_LINKS = ("href", "source_href")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def write_single(
    study: StudyAccess,
    file: Path,
    progress: Progress | None = None,
    *,
    profile: Profile,
    report: Report = lambda problem: None,
) -> Path:
    """Write the atlas of a study as one file; returns it. Raises what ``write_atlas`` raises."""
    with scratch_folder("journeys-atlas-") as folder:
        first = write_atlas(study, folder, progress, profile=profile, keep=False, report=report)
        texts = {
            page.relative_to(first.parent).as_posix(): page.read_text(encoding="utf-8")
            for page in sorted(first.parent.rglob("*.html"))
        }
        tables, *parts = read_index(first.parent / "search")
        beside = {f"../shared/{each.name}": each.read_text("utf-8") for each in (first.parent / SHARED).glob("*.js")}
    ordered = {_HOME: texts.pop(_HOME), **texts}
    foot = _FOOT.search(ordered[_HOME])
    stated = [unescape(line) for line in re.findall(r"<p>(.*?)</p>", foot[1])[:-1]] if foot else []
    settings = study.folder.settings
    frame = PageFrame(settings.title, settings.note or "", stated=stated)
    tables["pages"] = [[f"#{_name(path)}", title] for path, title in tables["pages"]]
    write_page(file, single_page(frame, list(_pages(ordered, beside)), {"tables": tables, "parts": parts}))
    return file


def _pages(texts: Mapping[str, str], beside: Mapping[str, str]) -> Iterator[SinglePage]:
    """Each page with its ids and links as they are in one file; ``beside`` are the shared scripts."""
    for path, text in texts.items():
        main, ways = _MAIN.search(text), _WAYS.search(text)
        assert main, path
        title = _TITLE.search(text)
        data = {name: json.loads(held) for name, held in _DATA.findall(text) if name in DRAWN}
        drawn = _DIAGRAM.sub(lambda found: f'{_NO_DIAGRAM}<div class="drawn-only">\n{found[1]}</div>\n', main[1])
        said = _NOSCRIPT.sub(_NO_DIAGRAM if data else "", drawn)
        yield SinglePage(
            _name(path),
            Markup(title[1] if title else ""),
            Markup(_joined(path, (ways[0] if ways else "") + said, texts)) + _data(path, data, texts, beside),
            tuple(_STYLE.findall(text)),
            next((DRAWN[name] for name in DRAWN if name in data), ""),
        )


def _data(path: str, data: Mapping[str, Any], pages: Mapping[str, str], beside: Mapping[str, str]) -> Markup:
    """What the scripts of a page read, with links to places in the same file."""

    def inside(held: Any) -> Any:
        if isinstance(held, dict):
            return {
                name: _inside(path, value, pages) if name in _LINKS and isinstance(value, str) else inside(value)
                for name, value in held.items()
            }
        return list(map(inside, held)) if isinstance(held, list) else held

    made = Markup()
    for name, held in data.items():
        if held.get("beside"):
            found = [_BESIDE.search(beside[each]) for each in held["beside"]]
            held |= {"sites": [json.loads(each[1]) for each in found if each], "beside": []}
        script = Markup('<script type="application/json" id="{}">{}</script>\n')
        made += script.format(_place(path, name), json_script(inside(held)))
    return made


def _joined(path: str, markup: str, pages: Mapping[str, str]) -> str:
    """The markup of a page with ids that no other page has, and links to places in the same file.

    All words in it are escaped, so that what looks like an attribute is one.
    """

    def alone(found: re.Match[str]) -> str:
        return f' {found[1]}="{" ".join(_place(path, each) for each in found[2].split(" "))}"'

    def link(found: re.Match[str]) -> str:
        return f' href="{_inside(path, found[1] + (f"#{found[2]}" if found[2] else ""), pages)}"'

    return _REFERENCE.sub(lambda found: f"url(#{_place(path, found[1])})", _LINK.sub(link, _ALONE.sub(alone, markup)))


def _inside(path: str, href: str, pages: Mapping[str, str]) -> str:
    """The address in one file of what a link of a page leads to; what leads elsewhere stays."""
    page, _, place = href.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path
    if target not in pages:
        return href
    return f"#{_place(target, place) if place else _name(target)}"


def _name(path: str) -> str:
    """The id of a page in one file."""
    return "page:" + path.removesuffix(".html")


def _place(path: str, place: str) -> str:
    """The id of a place on a page: those of the home page, whose script looks for them, stay as they are."""
    return place if path == _HOME else f"{_name(path)}:{place}"
