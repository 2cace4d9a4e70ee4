"""Everything that a study has to follow up, whatever form it is written in: with owner, date and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeys.analysis.claims.claim import Entity
from journeys.analysis.claims.from_store import rows_of
from journeys.analysis.reading.entries import in_place
from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.dates import DateSpan, describe
from journeys.model.identity import short_id
from journeys.model.lens import scope_words
from journeys.model.problems import Address
from journeys.model.schema import Schema
from journeys.store.connection import Store

KINDS: Mapping[str, str] = {
    "follow_up": "Follow-up",
    "gap": "Gap",
    "confusion": "Confusion",
    "not_known": "Not known yet",
    "document": "Document to source",
}
"""The kinds of follow-ups, in words."""
OPEN, IN_PROGRESS, CLOSED = "open", "in_progress", "closed"
_STATES = {OPEN: "Open", IN_PROGRESS: "In progress", CLOSED: "Closed"}


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to follow up: its words, what it is about, where it is written, and what the team decided about it.

    ``due`` is the date in the words used, ``due_by`` its last day; ``on_one_day``: the words name a day.
    """

    id: str
    kind: str
    words: str
    plan: str
    cases: tuple[Entity, ...]
    about: tuple[Entity, ...]
    address: Address
    state: str = OPEN
    owner: str = ""
    due: str = ""
    due_by: date | None = None
    on_one_day: bool = False
    word: str = ""

    @property
    def closed(self) -> bool:
        """Whether it is done."""
        return self.state == CLOSED

    def overdue(self, today: date) -> bool:
        """Whether it should be done and is not."""
        return not self.closed and self.due_by is not None and self.due_by < today

    @property
    def kind_words(self) -> str:
        """Its kind, in words."""
        return KINDS[self.kind]

    @property
    def state_words(self) -> str:
        """Its state, in words."""
        return _STATES.get(self.state, self.state)


def follow_ups(store: Store, study: str, instruments: InstrumentSet, schema: Schema) -> list[FollowUp]:
    """Everything to follow up: what is due first, then what has no date; closed last. Raises StoreUnavailable."""
    found = [_made(row, instruments, schema) for row in rows_of(store, "lookup/follow_ups", {"study": study})]
    return sorted(
        found,
        key=lambda each: (
            each.closed, each.due_by is None, each.due_by or date.max, [case.name for case in each.cases],
            [*KINDS].index(each.kind), in_place(each.address), each.id,
        ),
    )  # fmt: skip


def _made(row: Mapping[str, Any], instruments: InstrumentSet, schema: Schema) -> FollowUp:
    about = tuple(sorted((Entity(a["id"], a["label"], a["name"]) for a in row["about"]), key=lambda a: (a.name, a.id)))
    cases = {each["id"]: Entity(each["id"], "CaseStudy", each["name"]) for each in row["cases"]}
    cases |= {each.id: each for each in about if each.label == "CaseStudy"}
    due_by = row["due_to"] or row["due_from"]
    return FollowUp(
        row["id"],
        row["kind"],
        _words(row, instruments, schema),
        str(row["plan"] or ""),
        tuple(sorted(cases.values(), key=lambda each: (each.name, each.id))),
        tuple(each for each in about if each.label != "CaseStudy"),
        Address(row["file"], row["sheet"], row["cell"]),
        row["state"] or OPEN,
        str(row["owner"] or ""),
        str(row["due"] or ""),
        date.fromisoformat(str(due_by)) if due_by else None,
        bool(due_by) and row["due_from"] == row["due_to"],
        str(row["word"] or ""),
    )


def _words(row: Mapping[str, Any], instruments: InstrumentSet, schema: Schema) -> str:
    """What is to be done: the finding's own words; the question that nobody could answer yet; the document to get."""
    words = str(row["words"] or "")
    if row["kind"] == "document":
        return f"Get {short_id(row['id']).rpartition('.')[2]} {words}"
    if row["kind"] != "not_known":
        return words
    question = instruments.question_words.get(words, words)
    scope = scope_words(schema.terms("scope")).get(str(row["scope"]), "")
    return f"Find out: {question} ({scope})" if scope else f"Find out: {question}"


def due_words(follow_up: FollowUp) -> str:
    """When something is due: a day as "5 March 2026", anything else in the words used; "" for no date."""
    if follow_up.due_by is None or not follow_up.on_one_day:
        return follow_up.due
    return describe(DateSpan(None, follow_up.due_by, follow_up.due_by, "day"))
