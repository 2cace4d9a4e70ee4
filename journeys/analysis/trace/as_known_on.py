"""Select the claims of a journey: those known on a day, and without those that the team has withdrawn.

A claim was known from the day it was recorded; where that was not noted, or not as a date, from the date of its source.
Only the last possible day counts: a claim recorded "in March" is known at the end of March. A claim of which neither
day is known, or which may have come before or after, is left out and counted. A derived claim was known as soon as one
of the claims it follows from was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord
from journeys.model.dates import DateSpan, DateUnreadable, read_date
from journeys.model.order import outer_bounds


@dataclass(frozen=True, slots=True)
class KnownOn:
    """The day whose knowledge a journey shows; how many claims came ``later``, and of how many it is ``not_known``."""

    day: date
    later: int
    not_known: int

    def as_dict(self) -> dict[str, Any]:
        """The day in ISO form, and the two counts."""
        return {"day": self.day.isoformat(), "left_out_later": self.later, "left_out_not_known": self.not_known}


class _Known(Enum):
    THEN = "then"
    LATER = "later"
    UNSURE = "unsure"


def known_on(claims: Sequence[ClaimRecord], day: date) -> tuple[list[ClaimRecord], KnownOn]:
    """The claims certainly known on ``day``, and what was left out."""
    stated = {claim.id: _known(claim, day) for claim in claims if not claim.derived}
    of_claim = {claim.id: _of_basis(claim, stated) if claim.derived else stated[claim.id] for claim in claims}
    kept = [claim for claim in claims if of_claim[claim.id] is _Known.THEN]
    left_out = [known for claim_id, known in of_claim.items() if claim_id in stated]
    return kept, KnownOn(day, left_out.count(_Known.LATER), left_out.count(_Known.UNSURE))


def without_withdrawn(claims: Sequence[ClaimRecord]) -> tuple[list[ClaimRecord], list[ClaimRecord]]:
    """Return the claims that are still held, and those that the team has withdrawn; a load infers nothing from the
    latter."""
    stand = [claim for claim in claims if claim.properties.get("status") != "withdrawn"]
    return stand, [claim for claim in claims if claim.properties.get("status") == "withdrawn"]


def _known(claim: ClaimRecord, day: date) -> _Known:
    recorded = _recorded(claim)
    when = recorded if recorded is not None else claim.source.when if claim.source else None
    if when is None:
        return _Known.UNSURE
    first, last = outer_bounds(when)
    if last is not None and last <= day:
        return _Known.THEN
    if first is not None and first > day:
        return _Known.LATER
    return _Known.UNSURE


def _recorded(claim: ClaimRecord) -> DateSpan | None:
    """When the form was filled in: it is stored as it was written, and need not be a date."""
    try:
        when = read_date(claim.properties.get("recorded_at"))
    except DateUnreadable:
        return None
    return when if when.date_from or when.date_to else None


def _of_basis(claim: ClaimRecord, stated: dict[str, _Known]) -> _Known:
    known = {stated.get(basis, _Known.UNSURE) for basis in claim.derived_from}
    for answer in (_Known.THEN, _Known.UNSURE):
        if answer in known:
            return answer
    return _Known.LATER if known else _Known.UNSURE
