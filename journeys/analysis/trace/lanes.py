"""Find where each step of a journey took place, which decides its lane on a journey map.

A step at a meeting took place in the meeting's arena. Any other took place with the arena or organisation that did it
or had it done to them, else with the organisation of who did it. Ties between documents and evidence, and results of
the journey, have lanes of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from journeys.analysis.claims.claim import Entity
from journeys.analysis.claims.from_store import HoldsRows, rows_of
from journeys.analysis.trace.parts import Step
from journeys.model.identity import short_id
from journeys.store.connection import Store

Row = Mapping[str, Any]
LaneKind = Literal["arena", "organisation", "people", "papers", "outcomes"]

_BODIES = {"Arena": "arena", "Organisation": "organisation"}
_PAPERS = ("Document", "Evidence", "Driver", "Factor", "CycleElement", "Understanding", "Extract", "Code")
_OUTCOMES = ("Action", "CaseStudy")


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of a journey map; ``name`` is what stands at its head."""

    kind: LaneKind
    id: str
    name: str


PEOPLE = Lane("people", "people", "People without an organisation")
PAPERS = Lane("papers", "papers", "Documents, evidence and what they are about")
OUTCOMES = Lane("outcomes", "outcomes", "What came of it")


@dataclass(frozen=True, slots=True)
class Places:
    """The arenas of meetings, and the organisations and roles of people, by their ids."""

    arenas: Mapping[str, Entity]
    bodies: Mapping[str, Entity]
    roles: Mapping[str, str] = field(default_factory=dict)

    def lane(self, step: Step) -> Lane:
        """Where a step took place."""
        if step.meeting is not None:
            arena = self.arenas.get(step.meeting.id)
            return Lane("arena", arena.id, arena.name) if arena else Lane("arena", step.meeting.id, step.meeting.title)
        ends = [*step.starts, *step.ends]
        for entity in ends:
            if entity.label == "Meeting" and entity.id in self.arenas:
                arena = self.arenas[entity.id]
                return Lane("arena", arena.id, arena.name)
        for entity in ends:
            if entity.label in _BODIES:
                return Lane(_BODIES[entity.label], entity.id, entity.name)  # type: ignore[arg-type]
        for entity in ends:
            if entity.label == "Actor":
                body = self.bodies.get(entity.id)
                return Lane("organisation", body.id, body.name) if body else PEOPLE
        return OUTCOMES if any(entity.label in _OUTCOMES for entity in ends) else PAPERS


def places_of(store: Store | HoldsRows, steps: Sequence[Step]) -> Places:
    """The arenas and organisations that steps took place in. Raises StoreUnavailable."""
    ends = [entity for step in steps for entity in (*step.starts, *step.ends)]
    meetings = {step.meeting.id for step in steps if step.meeting} | {e.id for e in ends if e.label == "Meeting"}
    actors = {entity.id for entity in ends if entity.label == "Actor"}
    held = rows_of(store, "lookup/actor_bodies", {"ids": sorted(actors)})
    return Places(
        _by_id(rows_of(store, "lookup/meeting_arenas", {"ids": sorted(meetings)}), "meeting", "Arena"),
        _by_id(held, "actor", "Organisation"),
        {str(row["actor"]): str(row["role"]) for row in held if row["role"]},
    )


def _by_id(rows: Iterable[Row], key: str, label: str) -> dict[str, Entity]:
    """The first body of each by name, where the store has several."""
    found: dict[str, Entity] = {}
    for row in sorted(rows, key=lambda row: (row[key], row["name"] or "", row["id"] or "")):
        if row["id"]:
            found.setdefault(row[key], Entity(row["id"], label, row["name"] or short_id(row["id"])))
    return found
