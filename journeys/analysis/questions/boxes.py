"""What the boxes of forms say to a question: answers in words, beside the claims that a query finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.problems import Address
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from journeys.store.queries.parameters import Value

_ABOUT = ("document", "evidence", "meeting", "actor", "arena", "organisation")
"""The parameters that say what a question is about."""


@dataclass(frozen=True, slots=True)
class BoxAnswer:
    """An answer in words on a form: what it is about, the question, and the status with the text, if there is one."""

    about: str
    about_id: str
    question: str
    scope: str
    status: str
    text: str | None
    address: Address


def box_answers(
    store: Store, study: str, instruments: InstrumentSet, fields: Iterable[str], values: Mapping[str, Value]
) -> tuple[BoxAnswer, ...]:
    """What forms answer to the questions ``fields`` (instrument and field), narrowed as ``values`` narrow the query."""
    asked = list(fields)
    if not asked:
        return ()
    about = next((values[name] for name in _ABOUT if values.get(name)), None)
    query = load_query("lookup/box_answers")
    given = {"study": study, "fields": asked, "about": about, "site": values.get("site"), "case": values.get("case")}
    words = instruments.question_words
    return tuple(
        BoxAnswer(
            row["about"],
            row["about_id"],
            words.get(str(row["field"]), str(row["field"])),
            row["scope"] or "not_stated",
            row["status"] or "answered",
            row["text"],
            Address(row["file"], row["sheet"], row["cell"]),
        )
        for row in store.read(query.text, query.values(given))
    )
