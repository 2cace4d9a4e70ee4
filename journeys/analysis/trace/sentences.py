"""Describe a step in words, with the schema's phrases: "Brockett introduced it", "it was sent to Trust board"."""

from __future__ import annotations

from collections.abc import Sequence

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.trace.parts import Step
from journeys.model.definitions import ClaimKind

IT = "it"
"""How the traced thing is called."""


def names(entities: Sequence[str], most: int | None = None) -> str:
    """ "A", "A and B", "A, B and C"; with ``most``, "A, B … (7)" for more than that."""
    if most is not None and len(entities) > most:
        return f"{', '.join(entities[:most])} … ({len(entities)})"
    if len(entities) < 2:
        return "".join(entities)
    return f"{', '.join(entities[:-1])} and {entities[-1]}"


def said_of_claim(claim: ClaimRecord, subject: Entity) -> str:
    """What one claim says, as if it were so."""
    return statement(claim.kind, [claim.start], [claim.end], subject)


def said_of_step(step: Step, subject: Entity, most: int | None = None) -> str:
    """What happened, as if it were so; at most ``most`` names at each end."""
    return statement(step.kind, step.starts, step.ends, subject, most)


def statement(
    kind: ClaimKind, starts: Sequence[Entity], ends: Sequence[Entity], subject: Entity, most: int | None = None
) -> str:
    """Who, what, whom: the traced thing is "it"."""
    return f"{_called(starts, subject, most)} {kind.phrase} {_called(ends, subject, most)}"


def _called(entities: Sequence[Entity], subject: Entity, most: int | None) -> str:
    if [entity.id for entity in entities] == [subject.id]:
        return IT
    return names([IT if entity.id == subject.id else entity.name for entity in entities], most)
