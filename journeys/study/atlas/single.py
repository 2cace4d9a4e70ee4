"""An atlas in one file, to be sent by mail: all its pages one after the other, shown one at a time."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from journeys.model.problems import Report
from journeys.model.progress import Progress
from journeys.model.unfinished import scratch_folder
from journeys.study.atlas.pages import write_atlas
from journeys.views.pages.frame import PageFrame
from journeys.views.pages.search_index import read_index
from journeys.views.pages.single import SinglePage, single_page
from journeys.views.render import write_page

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
_DIAGRAM = re.compile(r'^<noscript>.*?(?=^<h2 id="meaning">)', re.S | re.M)
_NO_DIAGRAM = '<p class="notice">The diagram and the table of ties are in the atlas that is a folder.</p>\n'
_NOSCRIPT = re.compile(r"^<noscript>.*?</noscript>\n", re.S | re.M)
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
    ordered = {_HOME: texts.pop(_HOME), **texts}
    foot = _FOOT.search(ordered[_HOME])
    stated = [unescape(line) for line in re.findall(r"<p>(.*?)</p>", foot[1])[:-1]] if foot else []
    settings = study.folder.settings
    frame = PageFrame(settings.title, settings.note or "", stated=stated)
    tables["pages"] = [[f"#{_name(path)}", title] for path, title in tables["pages"]]
    write_page(file, single_page(frame, list(_pages(ordered)), {"tables": tables, "parts": parts}))
    return file


def _pages(texts: Mapping[str, str]) -> Iterator[SinglePage]:
    """Each page with its ids and links as they are in one file."""
    for path, text in texts.items():
        main, ways = _MAIN.search(text), _WAYS.search(text)
        assert main, path
        title = _TITLE.search(text)
        said = _NOSCRIPT.sub(_NO_DIAGRAM, _DIAGRAM.sub(_NO_DIAGRAM, main[1]))
        yield SinglePage(
            _name(path),
            Markup(title[1] if title else ""),
            Markup(_joined(path, (ways[0] if ways else "") + said, texts)),
            tuple(_STYLE.findall(text)),
        )


def _joined(path: str, markup: str, pages: Mapping[str, str]) -> str:
    """The markup of a page with ids that no other page has, and links to places in the same file.

    All words in it are escaped, so that what looks like an attribute is one.
    """

    def alone(found: re.Match[str]) -> str:
        return f' {found[1]}="{" ".join(_place(path, each) for each in found[2].split(" "))}"'

    def link(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1])) if found[1] else path
        if target not in pages:
            return found[0]
        return f' href="#{_place(target, found[2]) if found[2] else _name(target)}"'

    return _REFERENCE.sub(lambda found: f"url(#{_place(path, found[1])})", _LINK.sub(link, _ALONE.sub(alone, markup)))


def _name(path: str) -> str:
    """The id of a page in one file."""
    return "page:" + path.removesuffix(".html")


def _place(path: str, place: str) -> str:
    """The id of a place on a page: those of the home page, whose script looks for them, stay as they are."""
    return place if path == _HOME else f"{_name(path)}:{place}"
