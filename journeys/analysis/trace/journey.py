"""The journey of one document or piece of evidence: where it came from, who did what with it, what it led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.from_store import HoldsRows
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.show import known_as, thing_meant
from journeys.analysis.trace.actions import ActionTold, actions_of
from journeys.analysis.trace.as_known_on import KnownOn, known_on, without_withdrawn
from journeys.analysis.trace.disagreements import disagreements
from journeys.analysis.trace.in_words import AnswersInWords, answers_in_words
from journeys.analysis.trace.lanes import Places, places_of
from journeys.analysis.trace.lookup import JourneyRecords, read_journey
from journeys.analysis.trace.parts import Disagreement, Step, Subject
from journeys.analysis.trace.sentences import said_of_step
from journeys.analysis.trace.steps import steps_of
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.model.phrases import as_typed, with_article
from journeys.model.problems import JourneysError
from journeys.model.result import Result
from journeys.model.schema import Schema, load_schema
from journeys.store.connection import Store
from journeys.store.resolve import Found, UnknownReference, resolve

ORIGIN_STAGES = ("impetus", "generation_access")
"""The stages that say where something came from."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of claims of a journey and of their sources; derived claims are counted separately."""

    claims: int
    sources: int
    derived: int
    withdrawn: int


@dataclass(frozen=True, slots=True, repr=False)
class Journey(Result):
    """The steps of a journey in the order of time, the undated ones, and where sources disagree.

    ``narratives`` are the researchers' own accounts, step by step; ``withdrawn`` the claims the team has withdrawn,
    which no step counts; ``places`` is where the steps took place; ``known`` is set when the journey is shown as it was
    known on a day; ``in_words`` are the answers of its form about its journey, ``also_answered`` those to the other
    questions of the form; ``actions`` are what it led to, and what was taken on at its meetings.
    """

    subject: Subject
    steps: tuple[Step, ...]
    unplaced: tuple[Step, ...]
    disagreements: tuple[Disagreement, ...]
    places: Places
    narratives: tuple[Mapping[str, Any], ...] = ()
    withdrawn: tuple[ClaimRecord, ...] = ()
    known: KnownOn | None = None
    in_words: tuple[AnswersInWords, ...] = ()
    also_answered: tuple[AnswersInWords, ...] = ()
    actions: tuple[ActionTold, ...] = ()

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """The steps in the order of time, then the undated ones: as they are numbered, from 1."""
        return (*self.steps, *self.unplaced)

    @property
    def claims(self) -> list[ClaimRecord]:
        """The claims of all steps."""
        return [claim for step in self.all_steps for claim in step.claims]

    @property
    def origin(self) -> list[Step]:
        """Return the steps, dated or not, that report where it came from and are not denials."""
        return [
            step
            for step in self.all_steps
            if step.kind.stage in ORIGIN_STAGES and step.via is None and not step.negated
        ]

    @property
    def counts(self) -> Counts:
        """How many claims, sources, derived and withdrawn claims."""
        stated = [claim for claim in self.claims if not claim.derived]
        sources = {claim.source.id for claim in stated if claim.source}
        return Counts(len(stated), len(sources), len(self.claims) - len(stated), len(self.withdrawn))

    def as_dict(self) -> dict[str, Any]:
        """The journey for JSON: ``document``, ``steps``, ``unplaced``, ``disagreements`` and more; ISO dates."""
        counts = self.counts
        return {
            "document": self.subject.as_dict(),
            "steps": [self._step(step) for step in self.steps],
            "unplaced": [self._step(step) for step in self.unplaced],
            "disagreements": [each.as_dict() for each in self.disagreements],
            "narratives": [dict(narrative) for narrative in self.narratives],
            "withdrawn": [claim.as_dict() for claim in self.withdrawn],
            "in_words": [answers.as_dict() for answers in self.in_words],
            "also_answered": [answers.as_dict() for answers in self.also_answered],
            "actions": [each.as_dict() for each in self.actions],
            "known": self.known.as_dict() if self.known else None,
            "counts": {
                "claims": counts.claims,
                "sources": counts.sources,
                "derived": counts.derived,
                "withdrawn": counts.withdrawn,
            },
        }

    def _step(self, step: Step) -> dict[str, Any]:
        return {"sentence": said_of_step(step, self.subject.entity), **step.as_dict()}


def _traceable(store: Store, study: str, schema: Schema, ref: str) -> Found:
    """Return the document or piece of evidence meant; for anything else, raise an error that names the command which
    shows it."""
    try:
        return resolve(store, study, ref)
    except UnknownReference as unknown:
        try:
            other = thing_meant(store, study, schema, ref)
        except JourneysError:
            raise unknown from None
        raise UnknownReference(
            f"{other.name} is {with_article(known_as(schema, other.label))}, and only documents and pieces of evidence "
            f"have a journey. `journeys show {as_typed(ref)}` shows {_shown(other)}."
        ) from None


def _shown(entity: Entity) -> str:
    return "what they did and said" if entity.label == "Actor" else "what is written about it"


def trace(
    store: Store,
    study: str,
    ref: str,
    *,
    as_known_on: date | None = None,
    schema: Schema | None = None,
    instruments: InstrumentSet | None = None,
) -> Journey:
    """The journey of the document or piece of evidence that ``ref`` stands for (see ``store.reference.resolve``).

    With ``as_known_on``, only from claims certainly known on that day (see ``as_known_on``); researchers' narratives,
    which have no date, are then left out. ``schema`` and ``instruments`` are the study's, when it has its own.

    Raises AmbiguousReference and UnknownReference for the reference, StoreUnavailable when the store is lost.
    """
    schema, instruments = schema or load_schema(), instruments or shipped_instruments()
    found = _traceable(store, study, schema, ref)
    library = Library(store, study, schema, instruments)
    return journey_of(library, store, Entity(found.id, found.label, found.name), as_known_on)


def journey_of(library: Library, rows: Store | HoldsRows, subject: Entity, as_known_on: date | None = None) -> Journey:
    """The journey of a document or piece of evidence; ``rows`` is the store, or what answers in its place.

    Raises LookupError if it is gone, StoreUnavailable.
    """
    schema = library.schema
    read = read_journey(rows, schema, subject)
    claims: Sequence[ClaimRecord] = read.claims
    known = None
    if as_known_on is not None:
        claims, known = known_on(claims, as_known_on)
    claims, withdrawn = without_withdrawn(claims)
    steps, unplaced = steps_of(claims, schema)
    answers = _in_words(library, read) if known is None else ()
    in_order = [claim for step in (*steps, *unplaced) for claim in step.claims]
    return Journey(
        subject=read.subject,
        steps=tuple(steps),
        unplaced=tuple(unplaced),
        disagreements=tuple(disagreements(in_order, read.subject.entity)),
        places=places_of(rows, (*steps, *unplaced)),
        narratives=() if known else read.narratives,
        withdrawn=tuple(withdrawn),
        known=known,
        in_words=tuple(each for each in answers if each.title),
        also_answered=tuple(each for each in answers if not each.title),
        actions=actions_of(library, (*steps, *unplaced)) if known is None else (),
    )


def _in_words(library: Library, read: JourneyRecords) -> tuple[AnswersInWords, ...]:
    """The answers of a document's form; there is no form about a piece of evidence."""
    subject = read.subject
    if subject.entity.label != "Document" or not subject.answers:
        return ()
    return answers_in_words(library, subject.entity, subject.properties, read.claims)
