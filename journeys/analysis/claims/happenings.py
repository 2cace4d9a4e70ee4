"""Which claims tell of one happening: the one definition, for the steps of a journey and for what compares journeys.

Claims tell of one happening when they are of one kind, between the same two ends, at the same meeting (or all without
one), agree on whether it was so, and their dates allow a common day. A happening was on the days that all of its claims
allow. A claim that could belong to several happenings by its date belongs to none of them rather than to a guess; one
that names no meeting is not taken to be about a meeting that another claim names, for the same reason.

Sources that date the same act so that no day is common are two happenings here: both accounts stay. That they may be
accounts of one act is for ``journeys.analysis.trace.disagreements`` to say. What reach in time is computed on
(``journeys.analysis.actors.contacts``) is coarser on purpose: there an act that happens once was on any of the days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from journeys.analysis.claims.dates import apart
from journeys.model.dates import DateSpan


class Telling(Protocol):
    """A claim in any shape that has an id and a date, and says whether it follows from other claims."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def when(self) -> DateSpan:
        """When it says that something happened."""

    @property
    def derived(self) -> bool:
        """Whether it follows from other claims."""


_Claim = TypeVar("_Claim", bound=Telling)


@dataclass(slots=True)
class Happening(Generic[_Claim]):
    """What one claim or several tell of, and the days that they all allow."""

    when: DateSpan
    claims: list[_Claim]


def happenings(claims: Iterable[_Claim], what: Callable[[_Claim], Hashable]) -> list[Happening[_Claim]]:
    """The happenings that claims tell of; ``what`` gives what the claims of one have in common but for their dates."""
    alike: defaultdict[Hashable, list[_Claim]] = defaultdict(list)
    for claim in claims:
        alike[what(claim)].append(claim)
    return [happening for together in alike.values() for happening in _by_date(together)]


def _by_date(claims: Sequence[_Claim]) -> list[Happening[_Claim]]:
    """Claims that have all but the date in common, parted where their dates leave no common day.

    The most exactly dated are placed first. An undated claim belongs to the only happening there is, if it is one;
    what would fit several belongs to none of them.
    """
    found: list[Happening[_Claim]] = []
    unsure: dict[Hashable, Happening[_Claim]] = {}
    for claim in sorted(claims, key=_exactness):
        fitting = [happening for happening in found if not apart(happening.when, claim.when)]
        if len(fitting) > 1:
            bounds = (claim.when.date_from, claim.when.date_to)
            unsure.setdefault(bounds, Happening(claim.when, [])).claims.append(claim)
        elif fitting:
            fitting[0].claims.append(claim)
            fitting[0].when = common(fitting[0].when, claim.when)
        else:
            found.append(Happening(claim.when, [claim]))
    return found + list(unsure.values())


def _exactness(claim: Telling) -> tuple[bool, bool, int, int, date, str]:
    when = claim.when
    open_ends = (when.date_from is None) + (when.date_to is None)
    days = (when.date_to - when.date_from).days if when.date_from and when.date_to else 0
    # What follows from other claims comes last: it never decides how accounts are parted.
    return (claim.derived, when.approximate, open_ends, days, when.date_from or when.date_to or date.max, claim.id)


def common(one: DateSpan, other: DateSpan) -> DateSpan:
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
