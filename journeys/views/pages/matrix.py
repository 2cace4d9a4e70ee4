"""The page of a site's matrices: people by documents and by meetings, each cell with the claims behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from journeys.analysis.actors.matrices import MOST, UNKNOWN, Matrix
from journeys.analysis.actors.site_matrices import SiteMatrices
from journeys.analysis.claims.claim import Entity
from journeys.model.phrases import counted, full_stop, one_of
from journeys.views.pages.claim_card import claim_card
from journeys.views.pages.frame import PageFrame, Targets
from journeys.views.render import asset, render
from journeys.views.text import sanitized, shortened

SIGNS = {
    "support": "▲",
    "contest": "◆",
    "both": "▲◆",
    "other": "●",
    "silent": "○",
    "spoke": "●",
    "attended": "○",
    "disputed": "?",
    "absent": "✕",
    "unlisted": "–",
    UNKNOWN: "",
}
"""The sign of each state: its shape says it without its colour. Nothing recorded is nothing."""
_ELSEWHERE = {"absent": "–"}
"""Who was not where a document was dealt with is no news: a small sign."""

_LABELS = {
    "support": "supported",
    "contest": "contested",
    "both": "both sides",
    "other": "no side",
    "silent": "silent",
    "spoke": "spoke",
    "attended": "attended",
    "disputed": "disputed",
    "absent": "absent",
    "unlisted": "not listed",
}
"""What a screen reader says of a cell: thousands stand on a page, so few words."""
_SAID = {"support", "contest", "attended"}
"""States that say what their claims say: their cards need no sentence."""

_HEADS = {"documents": "People and documents", "meetings": "People and meetings"}
_CAPTIONS = {
    "documents": "A row for each person or group, a column for each document or piece of evidence.",
    "meetings": "A row for each person or group, a column for each meeting.",
}
_HEAD, _LONG, _NAME, _NAMED = 34, 60, 200, 20
FEW = 24
"""Up to so many columns have room for a name in two lines."""
MOST_CARDS, CARDS_OF_MANY = 3_000, 2
"""A page with more cards than the first has at most so many of them for each cell; the others are on other pages."""
BLOCK = 40
"""Columns that fit on paper beside each other; more are printed in blocks."""


def matrix_page(found: SiteMatrices, frame: PageFrame) -> str:
    """The whole page as HTML; the same matrices give the same text."""
    number = {node: at for at, node in enumerate(found.found.names)}
    whole = (found.found.documents, found.found.meetings)
    return render(
        "matrix.html.j2",
        title=f"{sanitized(found.place)}: matrices",
        styles=[asset("matrix.css")],
        scripts=[asset("matrix.js")],
        place=found.place,
        left_out=[f"{counted(len(each.claims), 'claim')}: {each.why}" for each in found.found.left_out],
        withheld=" ".join(found.withheld),
        matrices=[_matrix(found, each, number, frame.targets) for each in whole],
        **frame.context(),
    )


def _matrix(found: SiteMatrices, whole: Matrix, number: Mapping[str, int], targets: Targets) -> dict[str, Any]:
    shown = whole.largest(MOST)
    alike = {column: at for at, column in enumerate(shown.columns)}
    if shown.name == "meetings":
        shown = replace(shown, columns=tuple(found.found.in_time(shown.columns)))
    held = [cell for row in shown.rows for column in shown.columns if (cell := shown.cell(row, column)).claims]
    many = sum(len(cell.claims) for cell in held if not cell.meetings) > MOST_CARDS
    signs = SIGNS | (_ELSEWHERE if shown.name == "documents" else {})
    long = _LONG if len(shown.columns) <= FEW else _HEAD
    states = {row: [shown.cell(row, column).state for column in shown.columns] for row in shown.rows}
    times = Counter(state for row in states.values() for state in row)
    columns = [
        {
            "number": number[column],
            "name": _words(found.found.names[column]),
            "short": shortened(sanitized(found.found.names[column]), long) or "?",
            "href": targets.thing(column),
            "meetings": " ".join(str(number[each]) for each in found.found.dealt_with.get(column, ())),
            "alike": alike[column],
            "at": [_words(found.found.names[each]) for each in found.found.dealt_with.get(column, ())],
        }
        for column in shown.columns
    ]
    return {
        "name": shown.name,
        "head": _HEADS[shown.name],
        "caption": _CAPTIONS[shown.name],
        "key": [
            {"state": state, "sign": signs[state], "words": words, "times": times[state]}
            for state, words in shown.states.items()
            if times[state]
        ],
        "signs": signs,
        "in_time": shown.name == "meetings" and len(columns) > 1,
        "few": len(columns) <= FEW,
        "words": _LABELS,
        "columns": columns,
        "blocks": [range(start, min(start + BLOCK, len(columns))) for start in range(0, len(columns), BLOCK)],
        "rows": [
            {
                "number": number[row],
                "name": _words(found.found.names[row]),
                "short": shortened(sanitized(found.found.names[row]), _HEAD) or "?",
                "href": targets.thing(row),
                "states": states[row],
                "cells": list(_cells(found, shown, row, number, targets, CARDS_OF_MANY if many else None)),
            }
            for row in shown.rows
        ],
        "notes": list(_notes(found, whole, shown)),
    }


def _cells(
    found: SiteMatrices,
    matrix: Matrix,
    row: str,
    number: Mapping[str, int],
    targets: Targets,
    most: int | None,
) -> Iterator[dict[str, Any]]:
    """What stands behind the cells of a row, of each the first ``most`` claims; where a document's cell is about
    meetings, that stands at the meetings."""
    person = Entity(row, "Actor", found.found.names[row])
    for column in matrix.columns:
        cell = matrix.cell(row, column)
        if cell.claims and not cell.meetings:
            yield {
                "place": f"{matrix.name}-{number[row]}-{number[column]}",
                "name": _words(found.found.names[column]),
                "state": cell.state,
                "sign": SIGNS[cell.state],
                "words": matrix.states[cell.state],
                "claims": [
                    claim_card(found.claims[claim], person, targets, said_above=cell.state in _SAID)
                    for claim in cell.claims[:most]
                ],
                "more": len(cell.claims[most:]) if most else 0,
            }


def _notes(found: SiteMatrices, whole: Matrix, shown: Matrix) -> Iterator[str]:
    """What the matrix does not show."""
    thing = "document or piece of evidence" if whole.name == "documents" else "meeting"
    things = "documents and pieces of evidence" if whole.name == "documents" else "meetings"
    for what, one, all_of_them, kept in (
        ("people and groups", "person or group", whole.rows, shown.rows),
        (things, thing, whole.columns, shown.columns),
    ):
        if left := len(all_of_them) - len(kept):
            noun = one if left == 1 else what
            most = max(len(whole.rows), len(whole.columns))
            yield (
                f"Not shown: {left:,} {noun} with fewer entries. journeys analyse matrices --option most={most} -o "
                "matrices.xlsx writes all."
            )
    for what, ids in (("people and groups", whole.empty_rows), (things, whole.empty_columns)):
        if ids:
            names = sorted(_words(found.found.names[each]) for each in ids)
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            said = f"{', '.join(names[:_NAMED])}{more}" if more else one_of(names, "and")
            yield full_stop(f"Nothing recorded of these {what}: {said}")


def _words(text: str) -> str:
    return shortened(sanitized(text), _NAME) or "?"
