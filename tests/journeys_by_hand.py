"""Journeys made of claims written in a test: ``by_hand("Ann SUPPORTED it at March", ...)`` needs no store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef, Source
from journeys.analysis.trace.as_known_on import without_withdrawn
from journeys.analysis.trace.disagreements import disagreements
from journeys.analysis.trace.journey import Journey
from journeys.analysis.trace.lanes import Places
from journeys.analysis.trace.parts import Subject
from journeys.analysis.trace.steps import steps_of
from journeys.model.dates import UNKNOWN, read_date
from journeys.model.schema import load_schema

IT = Entity("study:document:D1", "Document", "The review")
_LABELS = {"Trust Board": "Arena", "Council": "Organisation", "Two clinics": "Action", "The plan": "Document"}


def thing(name: str, label: str | None = None, key: str = "") -> Entity:
    """A thing by its name: "it" is what is traced; a person, unless ``label`` or its name says otherwise."""
    if name == "it":
        return IT
    label = label or _LABELS.get(name, "Actor")
    return Entity(f"study:{label.lower()}:{key or name.lower().replace(' ', '-')}", label, name)


def said(
    start: Entity | str,
    kind: str,
    end: Entity | str = "it",
    *,
    source: str | None = "Interview 1",
    when: str = "",
    at: str = "",
    via: Entity | None = None,
    **held: Any,
) -> ClaimRecord:
    """One claim; ``at`` is a meeting, ``when`` a date as a person writes it."""
    schema = load_schema()
    start, end = (each if isinstance(each, Entity) else thing(each) for each in (start, end))
    meeting = MeetingRef(f"study:meeting:{at}", at, read_date(when) if when else UNKNOWN) if at else None
    properties = {
        **schema.claim_defaults(kind),
        "file": "forms/a.xlsx",
        "sheet": "Who did what",
        **held,
        "id": f"{start.id} {kind} {end.id} {source} {when} {at} {held}",
    }
    spoken = Source(f"study:data_source:{source}", source) if source else None
    span = read_date(when) if when else UNKNOWN
    return ClaimRecord(
        schema.claims[kind], start, end, properties, span, meeting, spoken, None, via, schema.vocabularies
    )


def by_hand(*claims: ClaimRecord, cases: Sequence[Mapping[str, Any]] = (), **changed: Any) -> Journey:
    """The journey that these claims make."""
    held, withdrawn = without_withdrawn(claims)
    steps, unplaced = steps_of(held, load_schema())
    subject = Subject(IT, {"doc_number": "D1"}, cases, kind="Document", type_words="report")
    in_order = [claim for step in (*steps, *unplaced) for claim in step.claims]
    found = tuple(disagreements(in_order, IT))
    journey = Journey(subject, tuple(steps), tuple(unplaced), found, Places({}, {}), withdrawn=tuple(withdrawn))
    return replace(journey, **changed)


def many(number: int, kind: str, **held: Any) -> Iterable[ClaimRecord]:
    """The same said of so many people: Person 1, Person 2 …"""
    return (said(f"Person {each}", kind, **held) for each in range(1, number + 1))
