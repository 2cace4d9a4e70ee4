"""The atlas of the demonstration study, and its pages read as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

VOID = {"br", "hr", "img", "input", "link", "meta", "col", "path", "rect", "line", "circle"}


@dataclass
class ReadPage(HTMLParser):
    """The ids of a page, its links with their words, and the words below each id."""

    file: Path
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    _open: list[tuple[str, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag == "a" and "href" in held:
            self.links.append((str(held["href"]), ""))
        if tag not in VOID:
            self._open.append((tag, held.get("id")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name:
                self.words[name] = self.words.get(name, "") + data
        if any(tag == "a" for tag, _ in self._open) and self.links:
            href, words = self.links[-1]
            self.links[-1] = (href, words + data)


@pytest.fixture(scope="session")
def atlas(demo_study: Callable[..., Any], between_workers: Path) -> Path:
    """The first page of the demo's atlas, written by the first worker that needs it; tests only read it."""
    import journeys
    from journeys.study.atlas.pages import write_atlas

    study, folder = journeys.open(demo_study("embedded").folder), between_workers / "atlas"
    with FileLock(f"{folder}.lock"):
        return folder / "index.html" if folder.exists() else write_atlas(study, folder)


@pytest.fixture(scope="session")
def pages(atlas: Path) -> dict[Path, ReadPage]:
    """Every page of that atlas, by its file."""
    return {file.resolve(): ReadPage(file) for file in atlas.parent.rglob("*.html")}


@pytest.fixture(scope="session")
def index(atlas: Path) -> dict[str, Any]:
    """The search index of that atlas: its tables, and all its rows."""
    return read_index(atlas.parent / "search")


def read_index(folder: Path) -> dict[str, Any]:
    """The tables and ``rows`` in the files of a search index."""
    begun = re.fullmatch(
        r"/\*.*?\*/\n\"use strict\";\njourneysSearch\.begin\((.*), (\d+)\);\n",
        (folder / "index.js").read_text(encoding="utf-8"),
        re.S,
    )
    assert begun
    rows: list[Any] = []
    for part in range(1, int(begun[2]) + 1):
        text = (folder / f"index-{part}.js").read_text(encoding="utf-8")
        handed = re.fullmatch(r"/\*.*?\*/\n\"use strict\";\njourneysSearch\.part\((.*)\);\n", text, re.S)
        assert handed
        rows += json.loads(handed[1])
    return {**json.loads(begun[1]), "rows": rows}
