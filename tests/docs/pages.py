"""The blocks of a documentation page, with what comments above them say of how they are tried.

A comment stands on a line of its own, somewhere above its block:

``<!-- study: demo -->``       the page's blocks run in a copy of the invented study, loaded; else in an empty folder
``<!-- file: tables/x.csv -->``  the next block is written to this file, instead of being run
``<!-- settings -->``          the next block is a part of study.yaml: a study can be opened with it
``<!-- ends with 1 -->``       the next block's last command ends so
``<!-- not run: REASON -->``   the next block is only shown
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs"
_PARTS = re.compile(
    r"^ *<!-- (?P<mark>.+?) -->$"
    r"|^(?P<indent> *)(?P<fence>```+)(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=indent)(?P=fence)$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is written in, its text, and what the comments above it say, by their first words."""

    language: str
    text: str
    line: int
    marks: dict[str, str]

    @property
    def shown_only(self) -> bool:
        return "not run" in self.marks


@dataclass(frozen=True)
class Page:
    """A page with its blocks in their order."""

    path: Path
    study: str | None
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        return self.path.relative_to(CHECKOUT).as_posix()


def page(path: Path) -> Page:
    """Read a page."""
    text = path.read_text(encoding="utf-8")
    study, marks, blocks = None, {}, []
    for part in _PARTS.finditer(text):
        if part["mark"] is not None:
            name, _, value = part["mark"].partition(": ")
            name, value = (
                ("ends with", name.removeprefix("ends with ")) if name.startswith("ends with ") else (name, value)
            )
            if name == "study":
                study = value
            else:
                marks[name] = value
            continue
        inside = re.sub(rf"^{part['indent']}", "", part["text"], flags=re.M)
        line = text.count("\n", 0, part.start()) + 1
        blocks.append(Block(part["language"].strip(), inside, line, marks))
        marks = {}
    assert not marks, f"{path}: {marks} stands above no block"
    return Page(path, study, tuple(blocks))
