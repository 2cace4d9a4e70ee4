"""Group claims into steps by ``claims.happenings``, and order the steps by date.

Support and contest at a meeting are one step each for everyone who took that stand, so that each side is seen together;
likewise what many do at a meeting without taking sides. What is inferred of somebody is a step of its own, so that
nobody is named among those of whom a source says it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import certainty_of_order, dated
from journeys.analysis.claims.happenings import accounts, common_days
from journeys.analysis.trace.parts import Step
from journeys.model.dates import UNKNOWN
from journeys.model.order import sort_key
from journeys.model.schema import Schema

_BY_MANY = ("REFERRED_TO", "MADE_AWARE_OF", "RECEIVED")
"""What many do at one meeting without taking sides."""


def steps_of(claims: Iterable[ClaimRecord], schema: Schema) -> tuple[list[Step], list[Step]]:
    """The dated steps in the order of time, and the undated ones by kind.

    Steps whose dates begin alike follow the schema: where it came from, who brought it, how it was received, what was
    done with it.
    """
    claims = list(claims)
    stated = {_ends(claim) for claim in claims if not claim.derived}
    found = [_step(account.claims) for account in accounts(claims, lambda claim: _what(claim, stated))]
    rank = {claim_type: number for number, claim_type in enumerate(schema.claims)}
    found.sort(key=lambda step: _place(step, rank))
    placed = [step for step in found if dated(step.when)]
    return _in_order(placed), [step for step in found if not dated(step.when)]


def _ends(claim: ClaimRecord) -> tuple[Hashable, ...]:
    """Return what a claim says, of whom and where, apart from its date."""
    meeting = claim.meeting.id if claim.meeting else None
    via = claim.via.id if claim.via else None
    return (claim.kind.name, claim.start.id, claim.end.id, meeting, claim.negated, via)


def _what(claim: ClaimRecord, stated: Collection[Hashable]) -> Hashable:
    """Return what the claims of one step share, apart from their dates; ``stated`` is what sources say."""
    alone = claim.derived and _ends(claim) not in stated
    together = claim.meeting is not None and (claim.kind.polarity != 0 or claim.kind.name in _BY_MANY)
    name, start, *rest = _ends(claim)
    return (name, None if together else start, *rest, alone)


def _step(claims: Sequence[ClaimRecord]) -> Step:
    when = reduce(common_days, (claim.when for claim in claims if dated(claim.when)), UNKNOWN)
    first = claims[0]
    ordered = sorted(claims, key=lambda claim: (claim.derived, claim.start.name, claim.voice, claim.id))
    return Step(first.kind, tuple(ordered), when, first.meeting, first.negated, first.via)


def _place(step: Step, rank: Mapping[str, int]) -> tuple[object, ...]:
    meeting = step.meeting.id if step.meeting else ""
    first = step.claims[0]
    ends = (first.end.name, first.end.id, first.start.name, first.start.id, first.id)
    return (*sort_key(step.when), meeting, rank[step.kind.name], step.negated, *ends)


def _in_order(steps: Sequence[Step]) -> list[Step]:
    """Return the steps, each with its order relative to the one before it."""
    if not steps:
        return []
    rest = [replace(step, order=certainty_of_order(before.when, step.when)) for before, step in pairwise(steps)]
    return [steps[0], *rest]
