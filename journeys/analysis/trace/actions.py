"""The actions that a journey led to, or that were taken on at its meetings, with who took them on and what came of
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.reading.entries import by_date
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.parts import said
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
    own = [
        end for step in steps for claim in said(step.claims) for end in (claim.start, claim.end) if end.label == _ACTION
    ]
    at_meetings = library.actions_at({step.meeting.id for step in steps if step.meeting})
    found = {action.id: action for action in (*own, *at_meetings)}
    touching = library.touching_each(found.values())
    told = []
    for action in sorted(found.values(), key=lambda each: (each.name, each.id)):
        claims = sorted(said(touching[action.id]), key=lambda each: (by_date(each.when), each.id))
        told.append(ActionTold(action, tuple(claims)))
    return tuple(told)
