"""What a report of the team's own holds: blocks of text in which marks stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from journeys.views.reports.model import Line, plain

OwnCell = tuple[Line, ...]
"""A cell of a table of the team's own: its paragraphs."""


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A heading, paragraph, bullet or quote with its line, or a table with its ``rows``; in the words stand marks.

    ``level`` is that of a heading or of a list within lists, from 1. ``numbering`` is that of a list ("1", "a", "A",
    "i", "I"; "" for bullets), and ``number`` the place of an item in it.
    """

    kind: str
    line: Line = ()
    level: int = 1
    rows: tuple[tuple[OwnCell, ...], ...] = field(default=())
    numbering: str = ""
    number: int = 1

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.line)


@dataclass(frozen=True, slots=True)
class Template:
    """What a file holds, and in words what it holds besides that does not come into the report."""

    blocks: tuple[TemplateBlock, ...]
    left_out: tuple[str, ...] = ()
