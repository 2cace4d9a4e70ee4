"""A small picture of citations: what a document cites at the left, what cites it at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from journeys.analysis.claims.claim import Entity
from journeys.model.phrases import counted
from journeys.views.pictures.text_width import lines_of
from journeys.views.render import picture
from journeys.views.text import sanitized, shortened

CITED = "CITED"
"""The kind of claim that the picture shows."""

WIDTH, BOX = 760.0, 210.0
_LINE, _PAD, _GAP, _TOP = 15.0, 8.0, 10.0, 26.0
_LETTERS = 90
SHOWN = 12
"""So many documents stand on a side; the page lists all of them besides."""


def citations_svg(subject: Entity, cites: Sequence[Entity], cited_by: Sequence[Entity]) -> str:
    """The picture as SVG: an arrow runs from each document to what it cites."""
    left, low = _column(cited_by, 0.0)
    right, lower = _column(cites, WIDTH - BOX)
    middle_lines = list(lines_of(shortened(sanitized(subject.name), _LETTERS), BOX - 2 * _PAD))
    tall = len(middle_lines) * _LINE + 2 * _PAD
    height = max(low, lower, _TOP + tall)
    middle = {
        "x": (WIDTH - BOX) / 2,
        "y": round((height + _TOP - tall) / 2, 1),
        "height": tall,
        "lines": middle_lines,
    }
    number = f"{counted(len(cited_by), 'document')} that cite it, {counted(len(cites), 'document')} that it cites"
    return picture(
        "citations.svg.j2", middle=middle, left=left, right=right, width=WIDTH, box=BOX, height=height + 2,
        label=f"Citations of {sanitized(subject.name)}: {number}", line=_LINE, pad=_PAD,
    )  # fmt: skip


def _column(entities: Sequence[Entity], x: float) -> tuple[list[dict[str, Any]], float]:
    """The boxes of a side from top to bottom, and how far down they reach."""
    shown = list(entities) if len(entities) <= SHOWN + 1 else list(entities[:SHOWN])
    names = [shortened(sanitized(entity.name), _LETTERS) for entity in shown]
    if len(entities) > len(shown):
        names.append(f"and {len(entities) - len(shown):,} others")
    y, boxes = _TOP, []
    for name in names:
        lines = list(lines_of(name, BOX - 2 * _PAD))
        height = len(lines) * _LINE + 2 * _PAD
        boxes.append({"x": x, "y": round(y, 1), "height": height, "lines": lines})
        y += height + _GAP
    return boxes, y - _GAP
