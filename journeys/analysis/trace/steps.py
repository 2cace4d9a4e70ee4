"""From claims to steps: which claims tell of one happening, and in what order the happenings came.

Claims tell of one happening when they are of one kind, between the same two ends, at the same meeting (or all without
one), agree on whether it was so, and their dates allow a common day. Support and contest at a meeting are one step each
for everyone who took that stand, so that who stood where is seen together. A claim that could belong to several
happenings by its date is a step of its own rather than a guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import pairwise

from journeys.analysis.claims.claim import ClaimRecord
from journeys.analysis.claims.dates import apart, dated, follows
from journeys.analysis.trace.parts import Step
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import sort_key
from journeys.model.schema import Schema

_BY_MANY = ("REFERRED_TO", "MADE_AWARE_OF", "RECEIVED")
"""What many do at one meeting without taking sides."""


def steps_of(claims: Iterable[ClaimRecord], schema: Schema) -> tuple[list[Step], list[Step]]:
    """The dated steps in the order of time, and the undated ones by kind.

    Steps whose dates begin alike follow the schema: where it came from, who brought it, how it was received, what was
    done with it.
    """
    happenings: defaultdict[Hashable, list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        happenings[_happening(claim)].append(claim)
    found = [_step(told) for together in happenings.values() for told in _by_date(together)]
    rank = {claim_type: number for number, claim_type in enumerate(schema.claims)}
    found.sort(key=lambda step: _place(step, rank))
    placed = [step for step in found if dated(step.when)]
    return _in_order(placed), [step for step in found if not dated(step.when)]


def _happening(claim: ClaimRecord) -> Hashable:
    """What claims of one happening have in common, but for their dates."""
    together = claim.meeting is not None and (claim.kind.polarity != 0 or claim.kind.name in _BY_MANY)
    start = None if together else claim.start.id
    meeting = claim.meeting.id if claim.meeting else None
    via = claim.via.id if claim.via else None
    return (claim.kind.name, start, claim.end.id, meeting, claim.negated, via)


@dataclass(slots=True)
class _Told:
    """Claims of one happening so far, and the days they all allow."""

    when: DateSpan
    claims: list[ClaimRecord]


def _by_date(claims: Sequence[ClaimRecord]) -> list[list[ClaimRecord]]:
    """Claims that have all but the date in common, parted where their dates leave no common day.

    The most exactly dated are placed first. An undated claim belongs to the only happening there is, if it is one;
    what would fit several belongs to none of them.
    """
    happenings: list[_Told] = []
    unsure: defaultdict[Hashable, list[ClaimRecord]] = defaultdict(list)
    for claim in sorted(claims, key=_exactness):
        fitting = [told for told in happenings if not apart(told.when, claim.when)]
        if len(fitting) > 1:
            unsure[claim.when.date_from, claim.when.date_to].append(claim)
        elif fitting:
            fitting[0].claims.append(claim)
            fitting[0].when = _common(fitting[0].when, claim.when)
        else:
            happenings.append(_Told(claim.when, [claim]))
    return [told.claims for told in happenings] + list(unsure.values())


def _exactness(claim: ClaimRecord) -> tuple[bool, bool, int, int, date, str]:
    when = claim.when
    open_ends = (when.date_from is None) + (when.date_to is None)
    days = (when.date_to - when.date_from).days if when.date_from and when.date_to else 0
    # What follows from other claims comes last: it never decides how accounts are parted.
    return (claim.derived, when.approximate, open_ends, days, when.date_from or when.date_to or date.max, claim.id)


def _common(one: DateSpan, other: DateSpan) -> DateSpan:
    """The days that both allow; the words of the one that says no more than that.

    Where only the slack of an approximate date brings them together, the first, which is the more exact, stands.
    """
    starts = [day for day in (one.date_from, other.date_from) if day is not None]
    ends = [day for day in (one.date_to, other.date_to) if day is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is not None and end is not None and start > end:
        return one
    for when in (other, one):
        if (when.date_from, when.date_to) == (start, end):
            return when
    return DateSpan(None, start, end, "between")


def _step(claims: Sequence[ClaimRecord]) -> Step:
    when = reduce(_common, (claim.when for claim in claims if dated(claim.when)), UNKNOWN)
    first = claims[0]
    ordered = sorted(claims, key=lambda claim: (claim.derived, claim.start.name, claim.voice, claim.id))
    return Step(first.kind, tuple(ordered), when, first.meeting, first.negated, first.via)


def _place(step: Step, rank: Mapping[str, int]) -> tuple[object, ...]:
    meeting = step.meeting.id if step.meeting else ""
    first = step.claims[0]
    ends = (first.end.name, first.end.id, first.start.name, first.start.id, first.id)
    return (*sort_key(step.when), meeting, rank[step.kind.name], step.negated, *ends)


def _in_order(steps: Sequence[Step]) -> list[Step]:
    """The steps with how each stands to the one before it."""
    if not steps:
        return []
    rest = [replace(step, order=follows(before.when, step.when)) for before, step in pairwise(steps)]
    return [steps[0], *rest]
