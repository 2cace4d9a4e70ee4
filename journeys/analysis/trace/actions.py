"""The actions that a journey led to, or that were taken on at its meetings, with who took them on and what came of
them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.reading.entries import by_date
from journeys.analysis.reading.lookup import Library
from journeys.analysis.trace.parts import Step

_ACTION = "Action"


@dataclass(frozen=True, slots=True)
class ActionTold:
    """An action or decision with every claim about it; those that are steps of the journey stand in it too."""

    action: Entity
    claims: tuple[ClaimRecord, ...]

    def as_dict(self) -> dict[str, Any]:
        """The action for JSON, with its claims."""
        return {"action": self.action.name, "id": self.action.id, "claims": [each.as_dict() for each in self.claims]}


def actions_of(library: Library, steps: Sequence[Step]) -> tuple[ActionTold, ...]:
    """The actions at the ends of the steps, and those that claims place at the meetings of the steps, by name.

    Raises StoreUnavailable.
    """
    meetings = {step.meeting.id: step.meeting for step in steps if step.meeting}
    at_meetings = [
        *library.naming(meetings),
        *(claim for each in meetings.values() for claim in library.touching(Entity(each.id, "Meeting", each.title))),
    ]
    own = [claim for step in steps for claim in step.claims]
    found = {end.id: end for claim in _said((*own, *at_meetings)) for end in _ends(claim) if end.label == _ACTION}
    told = []
    for action in sorted(found.values(), key=lambda each: (each.name, each.id)):
        claims = {claim.id: claim for claim in _said(library.touching(action))}
        told.append(ActionTold(action, tuple(sorted(claims.values(), key=lambda each: (by_date(each.when), each.id)))))
    return tuple(told)


def _said(claims: Iterable[ClaimRecord]) -> list[ClaimRecord]:
    """What sources say and the team holds: no structure, nothing inferred or withdrawn."""
    return [
        claim
        for claim in claims
        if claim.kind.asserted and not claim.derived and claim.properties.get("status") != "withdrawn"
    ]


def _ends(claim: ClaimRecord) -> tuple[Entity, Entity]:
    return claim.start, claim.end
