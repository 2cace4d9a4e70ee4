"""The index that the search box of an atlas reads: every answer, passage, note, claim and name, in files beside it.

A page that is opened from a disk may not read a file of data, but may run a script; so the files are scripts that hand
over data and do nothing else.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeys.model.exports import MADE_BY
from journeys.views.render import asset
from journeys.views.text import sanitized

PART = 1_000_000
"""The approximate number of characters in a file of the index."""

BETWEEN_TEXTS = " \u00a6 "
"""Between two texts of one thing: a phrase does not reach across it."""

NOT, WORDS, NAME, PAGE = range(4)
"""How a heading is searched."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """One thing to be found: its kind in words, the page with its title, the place there, and the words.

    ``weight`` says how the heading is searched: as the title of a ``PAGE``, with its kind, as a ``NAME``, as ``WORDS``
    like the text, or, as it is a question that a form prints, ``NOT`` at all. ``whole`` is the ``id`` of the longer
    passage that it is part of: it is not listed where that is. ``also`` is searched, and shown only where it is why a
    thing was found.
    """

    kind: str
    page: str
    title: str
    anchor: str
    heading: str
    text: str
    source: str = ""
    weight: int = NAME
    id: str = ""
    whole: str = ""
    also: str = ""


def search_files(found: Iterable[Searchable]) -> Iterator[tuple[str, str]]:
    """The files of the index, each with its name: the script that searches, the tables, and the rows in parts."""
    kinds: dict[tuple[str, int], int] = {}
    pages: dict[tuple[str, str], int] = {}
    sources: dict[str, int] = {}
    parts: list[list[list[Any]]] = []
    size = PART
    every = list(found)
    places = {each.id: number for number, each in enumerate(every) if each.id}
    for each in every:
        if size >= PART:
            parts.append([])
            size = 0
        heading, text = _plain(each.heading), _plain(each.text)
        row = [
            kinds.setdefault((each.kind, each.weight), len(kinds)),
            pages.setdefault((each.page, _plain(each.title)), len(pages)),
            each.anchor,
            heading,
            text,
            sources.setdefault(_plain(each.source), len(sources)) if each.source else -1,
            places.get(each.whole, -1),
            *([_plain(each.also)] if each.also else []),
        ]
        parts[-1].append(row)
        size += len(heading) + len(text) + 40
    tables = {"kinds": list(kinds), "pages": list(pages), "sources": list(sources)}
    yield "search.js", f"/* {MADE_BY} */\n{asset('search.js')}"
    yield "index.js", _script(f"begin({_json(tables)}, {len(parts)})")
    for number, rows in enumerate(parts, start=1):
        yield f"index-{number}.js", _script(f"part({_json(rows)})")


def read_index(folder: Path) -> list[Any]:
    """What the files of an index hand over: the tables, then the rows of each part. Raises OSError."""
    begun = _handed((folder / "index.js").read_text(encoding="utf-8"))
    tables, number = json.loads(f"[{begun}]")
    return [
        tables,
        *(json.loads(_handed((folder / f"index-{part}.js").read_text("utf-8"))) for part in range(1, number + 1)),
    ]


def _handed(script: str) -> str:
    """What a script that ``_script`` wrote calls its function with."""
    return script[script.index("(", script.index("journeysSearch.")) + 1 : script.rindex(");")]


def _script(call: str) -> str:
    return f'/* {MADE_BY} */\n"use strict";\njourneysSearch.{call};\n'


def _json(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", sanitized(text))
