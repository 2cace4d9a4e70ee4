"""Answers in words on forms about a document: on its journey (origins, reception, where else it went, role and impact),
and on all else that the form asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.reading.form import About, filled_in, stands_in
from journeys.analysis.reading.forms import instrument_about
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.record import Entry
from journeys.instruments.definition import Section

QUESTIONS = {
    "origins_and_introduction": "Origins",
    "reception_and_contestation": "Reception",
    "where_else_gone": "Where else it went",
    "role_and_influence": "Role and impact",
}
"""The questions of the document form that are about its journey, each with what its answers are about."""


@dataclass(frozen=True, slots=True)
class AnswersInWords:
    """The answers to one printed question; ``questions`` are it, or its parts, that have an answer. ``title`` is "" for
    a question that is not about the journey.

    ``rows`` are the claims of *Who did what* that stand beside them in the form.
    """

    title: str
    questions: tuple[Entry, ...]
    rows: tuple[ClaimRecord, ...]

    @property
    def cells(self) -> list[str]:
        """The cells of the rows, as people find them in the form."""
        return list(dict.fromkeys(str(row.address.cell) for row in self.rows))

    def as_dict(self) -> dict[str, Any]:
        """The answers for JSON, with the ids of the claims beside them."""
        questions = [
            {**entry.as_dict(), "entries": [below.as_dict() for below in entry.entries if below.kind == "answer"]}
            for entry in self.questions
        ]
        return {"title": self.title, "questions": questions, "rows": [row.id for row in self.rows]}


def answers_in_words(
    library: Library, document: Entity, held: Mapping[str, Any], claims: Sequence[ClaimRecord]
) -> tuple[AnswersInWords, ...]:
    """The answers that forms about a document give: to the questions of its journey, in the order of ``QUESTIONS``,
    then to the others, in the order of the form."""
    stated = [claim for claim in claims if claim.kind.asserted and not claim.derived]
    about = About(document, held, ())
    instrument = instrument_about("Document", library.instruments)
    forms = filled_in(library, instrument, about, library.passages_about(document), stated)
    asked = [entry for form in forms for section in form.sections() for entry in section.entries]
    printed = {field.id: section for section in instrument.sections for field in section.fields}
    names = dict.fromkeys((*QUESTIONS, *printed))
    return tuple(found for name in names for found in _of_question(name, printed[name], asked))


def _of_question(name: str, section: Section, asked: Sequence[Entry]) -> Iterator[AnswersInWords]:
    for entry in asked:
        if entry.kind == "question" and entry.id == name:
            parts = [each for each in entry.walk() if each.kind == "question"]
            answered = [part for part in parts if any(below.kind == "answer" for below in part.entries)]
            rows = [each.claim for each in entry.walk() if each.claim is not None]
            typed = [row for row in rows if not stands_in(row.address, section)]
            if answered:
                yield AnswersInWords(QUESTIONS.get(name, ""), tuple(answered), tuple(typed))
