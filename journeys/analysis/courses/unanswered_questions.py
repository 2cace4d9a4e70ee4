"""Find which questions of the document form are answered for which documents, and the status of the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import networkx as nx

FORM = "document_extraction_template."

Status = Literal["answered", "nothing_found", "not_known_yet", "not_asked"]
STATUSES: tuple[Status, ...] = ("answered", "nothing_found", "not_known_yet", "not_asked")


@dataclass(frozen=True, slots=True)
class AnswerStatuses:
    """A document's questions by status, each as "section.question" with its scope; sorted.

    ``claims`` are the ties that place the answers, or that make the form a source. ``has_form`` is false where nobody
    has filled one in, so that nothing was asked at all.
    """

    document: str
    has_form: bool
    by_status: dict[Status, tuple[str, ...]]
    claims: tuple[str, ...]


def answer_statuses(graph: nx.MultiDiGraph[str], document: str) -> AnswerStatuses:
    """Return the status of each question of the form about a document; an empty box counts as not asked."""
    found: defaultdict[Status, set[str]] = defaultdict(set)
    claims: set[str] = set()
    has_form = False
    for start, _, key, claim in graph.in_edges(document, keys=True, data=True):
        held = graph.nodes[start]
        if claim["type"] == "ABOUT" and str(held.get("instrument_field") or "").startswith(FORM):
            has_form = True
            claims.add(key)
            status: Status = held.get("answer_status") or "answered"
            found[status].add(_question(held["instrument_field"], held.get("scope")))
        elif claim["type"] == "OF_DOCUMENT" and held.get("not_asked") is not None:
            has_form = True
            claims.add(key)
            for box in held["not_asked"]:
                question, _, scope = str(box).partition(" ")
                found["not_asked"].add(_question(question, scope))
    return AnswerStatuses(
        document,
        has_form,
        {status: tuple(sorted(found[status])) for status in STATUSES},
        tuple(sorted(claims)),
    )


def _question(name: str, scope: str | None) -> str:
    short = name.removeprefix(FORM)
    return short if scope in (None, "", "not_stated") else f"{short} ({scope.replace('_', ' ')})"
