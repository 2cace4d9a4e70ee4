"""Render a page: it opens offline, makes no requests, and shows all data as text.

Templates are jinja2 with autoescape. Every style sheet, and every script of a page that stands alone, is in the page
and is named to the browser by its hash in a Content-Security-Policy, so that nothing else can run, whatever a form
held. The pages of an atlas share the files of scripts that lie beside them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from journeys.model.exports import MADE_BY
from journeys.model.unfinished import write_whole
from journeys.views.compiled_templates import CompiledTemplates
from journeys.views.shared_files import SharedFiles
from journeys.views.tables import dumped
from journeys.views.text import sanitized, shortened
from journeys.views.tokens import OF_PICTURES, light, token_styles

_TEMPLATES = Path(__file__).parent / "templates"

COLOURS = {**{name: light()[name] for name in OF_PICTURES}, "use": light()["result"]}
"""The colours of pictures, which colour-blind people can tell apart; colour is never the only sign."""

_FOR_SCRIPTS = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


_COMMENT, _QUOTED = re.compile(r"/\*.*?\*/", re.S), re.compile(r"(\"[^\"]*\")")
_AROUND, _PROPERTY = re.compile(r" ?([{};,]) ?"), re.compile(r"(?<=[{;])([a-z-]+) ?: ")
_COORDINATES = re.compile(r' (?:[xy][12]?|width|height|d|viewBox)="[^"]*"')
_WHOLE = re.compile(r"(?<=\d)\.0(?!\d)")

_BESIDE = " 'self' file:"

LONG = 1000
"""Text of more characters scrolls in a frame of its own, so that what is below it is not pages away."""


def render(
    template: str,
    *,
    title: str,
    scripts: Iterable[str] = (),
    styles: Iterable[str] = (),
    search: str = "",
    live: str = "",
    loaded: str = "",
    shared_files: SharedFiles | None = None,
    up: str = "",
    search_data: Markup | None = None,
    **context: Any,
) -> str:
    """The page made from ``templates/<template>``, which extends ``base.html.j2``.

    ``scripts`` and ``styles`` are whole texts (see ``asset``) that stand in the page in this order, after the style
    every page has. ``title`` is shown in the browser's tab. ``search`` leads to the folder of a search index; such a
    page has a search box, and may run scripts that lie beside it (by ``'self'`` on a web server, by ``file:`` where the
    page is opened from a disk). ``live`` leads to the folder of the script that says when the page is outdated,
    ``loaded`` to the script that says when the data were loaded. The scripts of the pages of an atlas are put into
    ``shared_files``, to whose folder ``up`` leads, and not into the page.
    ``search_data`` is the search index of a page that holds its own. The same context gives the same text.
    """
    sheets = [token_styles(), asset("page.css"), *([asset("search.css")] if search else []), *styles]
    all_styles = [_close_set(sheet) for sheet in sheets]
    # The first stands in the head: a page must not show in light and then turn dark.
    of_frame = [
        "theme.js",
        "frame.js",
        *(["search_box.js"] if search else []),
        *(["search.js"] if search_data else []),
        *(["live.js"] if live else []),
    ]
    first, *others = map(asset, of_frame)
    inside = [_closed(text) for text in ((first,) if shared_files else (first, *others, *scripts))]
    apart = [up + shared_files.script(text) for text in (*others, *scripts)] if shared_files else []
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hashes(inside)}{_BESIDE if search and not search_data else ''}",
            f"style-src {_hashes(all_styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return (
        _environment()
        .get_template(template)
        .render(
            title=title,
            policy=Markup(policy),
            styles=[Markup(text) for text in all_styles],
            first_script=Markup(inside[0]),
            scripts=[Markup(text) for text in inside[1:]],
            scripts_apart=apart,
            colours=COLOURS,
            made_by=MADE_BY,
            search=search,
            live=live,
            loaded=loaded,
            up=up,
            search_data=search_data,
            **context,
        )
    )


def fragment(template: str, **context: Any) -> str:
    """A piece of a page, or a picture, made from ``templates/<template>``."""
    return _environment().get_template(template).render(colours=COLOURS, made_by=MADE_BY, **context)


def picture(template: str, **context: Any) -> str:
    """An SVG picture made as a ``fragment``, without empty lines and with short numbers: 24, not 24.0."""
    text = _COORDINATES.sub(lambda found: _WHOLE.sub("", found[0]), fragment(template, **context))
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def write_page(path: Path, text: str) -> None:
    """Write a page as UTF-8 with plain line ends, making its folder, unless it is there already. Raises OSError."""
    content = text.encode("utf-8", errors="replace")
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    write_whole(path, content)


@cache
def asset(name: str) -> str:
    """The text of a style sheet or script beside the templates."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def whole(value: Any) -> str:
    """A text from a study with nothing left out, to stand in any element but a link; a long one scrolls in a frame."""
    return scrolled(text := sanitized(str(value)), len(text)) if value is not None else ""


def scrolled(text: str, length: int) -> str:
    """A text, or markup, that scrolls in a frame of its own if it has more than ``LONG`` characters. All of it is
    printed."""
    if length <= LONG:
        return text
    said = f"Long text, {length:,} characters"
    return Markup('<span class="long" tabindex="0" role="group" aria-label="{}">{}</span>').format(said, text)


def json_script(data: Any) -> Markup:
    """``data`` as JSON to stand inside ``<script type="application/json">``: it cannot end the element."""
    text = dumped(data, separators=(",", ":"))
    for sign, escaped in _FOR_SCRIPTS.items():  # several times as quick as str.translate where not all is ASCII
        text = text.replace(sign, escaped)
    return Markup(text)


@lru_cache(maxsize=200)
def _close_set(sheet: str) -> str:
    """A style sheet without its comments and the spaces that mean nothing: it stands in every page."""
    parts = _QUOTED.split(_COMMENT.sub("", sheet))
    parts[::2] = [_PROPERTY.sub(r"\1:", _AROUND.sub(r"\1", re.sub(r"\s+", " ", part))) for part in parts[::2]]
    return "".join(parts).replace("}", "}\n").strip()


def _hashes(texts: Iterable[str]) -> str:
    found = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{digest}'" for digest in found) or "'none'"


def _closed(script: str) -> str:
    """A script that does not end its element early; in a string or a comment the escaped form means the same."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(_TEMPLATES),
    )
    made.filters["plain"] = lambda value: sanitized(str(value)) if value is not None else ""
    made.filters["whole"] = whole
    made.filters["whole_lines"] = lambda value: scrolled(
        "\n".join(filter(None, map(sanitized, str(value).splitlines()))), len(str(value))
    )
    made.filters["short"] = lambda value, most=120: shortened(sanitized(str(value)), most)
    made.filters["json_script"] = json_script
    return made
