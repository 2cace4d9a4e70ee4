"""Group claims that report the same event (a *happening*), for the steps of a journey and for comparing journeys.

Claims report one *happening* when they are of one kind, between the same two ends, agree on whether it happened, and

- are at the same meeting: what somebody does with a thing at one meeting is one act, whatever days sources give it; or
- are of a kind that happens once (``HAPPENS_ONCE``), if no two of them name different meetings; or
- name no meeting, and their dates allow a common day.

A claim with neither a day nor a meeting does not add a happening where other claims report the same act.

Sources may date one happening differently, and both accounts stay: its claims are parted into *accounts*, each with the
days that all of its claims allow. A journey map and a timeline show accounts (``accounts``); that they are of one
happening is what ``journeys.analysis.trace.disagreements`` says. What counts happenings or compares their order
(``happenings``) takes every day that any account allows, so that sources that disagree never make an order certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Generic, Protocol, TypeVar

from journeys.analysis.claims.dates import dated, never_on_one_day
from journeys.analysis.claims.day_ranges import first_of, last_of
from journeys.model.dates import DateSpan


class DatedClaim(Protocol):
    """Any object with an id and a date that says whether it is inferred."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def when(self) -> DateSpan:
        """Return the date that the claim gives."""

    @property
    def derived(self) -> bool:
        """Whether it is inferred from other claims."""


HAPPENS_ONCE = ("AUTHORED", "COMMISSIONED", "GENERATED", "INTRODUCED", "SENT_TO")
"""The kinds of claim of which one is expected between two ends."""

_Claim = TypeVar("_Claim", bound=DatedClaim)


@dataclass(slots=True)
class Account(Generic[_Claim]):
    """Claims that agree on when something happened, and the days that they all allow."""

    when: DateSpan
    claims: list[_Claim]


@dataclass(slots=True)
class Happening(Generic[_Claim]):
    """An event reported by one or several claims, with every day that any of its accounts allows."""

    when: DateSpan
    claims: list[_Claim]


def accounts(claims: Iterable[_Claim], what: Callable[[_Claim], Hashable]) -> list[Account[_Claim]]:
    """The accounts that claims give; ``what`` gives what the claims of one have in common but for their dates."""
    alike: defaultdict[Hashable, list[_Claim]] = defaultdict(list)
    for claim in claims:
        alike[what(claim)].append(claim)
    return [account for together in alike.values() for account in _by_date(together)]


def happenings(
    claims: Iterable[_Claim], act: Callable[[_Claim], tuple[str, Hashable]], meeting: Callable[[_Claim], str | None]
) -> list[Happening[_Claim]]:
    """The happenings that claims tell of, by act.

    ``act`` gives the kind of a claim, and its ends with whether it was so; ``meeting`` the meeting that it names.
    """
    acts: defaultdict[tuple[str, Hashable], list[_Claim]] = defaultdict(list)
    for claim in claims:
        acts[act(claim)].append(claim)
    return [each for (kind, _), told in acts.items() for each in _of_one_act(kind, told, meeting)]


def _of_one_act(
    kind: str, claims: Sequence[_Claim], meeting: Callable[[_Claim], str | None]
) -> list[Happening[_Claim]]:
    at: defaultdict[str | None, list[_Claim]] = defaultdict(list)
    vague = [claim for claim in claims if not dated(claim.when) and meeting(claim) is None]
    for claim in claims:
        if dated(claim.when) or meeting(claim) is not None:
            at[meeting(claim)].append(claim)
    if kind in HAPPENS_ONCE and len(at.keys() - {None}) < 2 and at:
        found = [_happening([claim for told in at.values() for claim in told])]
    else:
        found = [_happening(told) for where, told in at.items() if where is not None]
        found += [Happening(account.when, account.claims) for account in _by_date(at.get(None, ()))]
    if not found:
        return [Happening(vague[0].when, vague)]
    if len(found) == 1:
        found[0].claims += vague
    return found


def _happening(claims: Sequence[_Claim]) -> Happening[_Claim]:
    """Return one happening for claims that may date it differently."""
    days = [account.when for account in _by_date(claims) if dated(account.when)]
    if len(days) < 2:
        return Happening(days[0] if days else claims[0].when, list(claims))
    return Happening(DateSpan(None, first_of(days).date_from, last_of(days).date_to, "between"), list(claims))


def _by_date(claims: Sequence[_Claim]) -> list[Account[_Claim]]:
    """Claims that have all but the date in common, parted where their dates leave no common day.

    The most exactly dated are placed first. An undated claim belongs to the only account there is, if it is one;
    what would fit several belongs to none of them.
    """
    found: list[Account[_Claim]] = []
    unsure: dict[Hashable, Account[_Claim]] = {}
    for claim in sorted(claims, key=_exactness):
        fitting = [account for account in found if not never_on_one_day(account.when, claim.when)]
        if len(fitting) > 1:
            bounds = (claim.when.date_from, claim.when.date_to)
            unsure.setdefault(bounds, Account(claim.when, [])).claims.append(claim)
        elif fitting:
            fitting[0].claims.append(claim)
            fitting[0].when = common_days(fitting[0].when, claim.when)
        else:
            found.append(Account(claim.when, [claim]))
    return found + list(unsure.values())


def _exactness(claim: DatedClaim) -> tuple[bool, bool, int, int, date, str]:
    when = claim.when
    open_ends = (when.date_from is None) + (when.date_to is None)
    days = (when.date_to - when.date_from).days if when.date_from and when.date_to else 0
    # Inferred claims come last: they never decide how accounts are separated.
    return (claim.derived, when.approximate, open_ends, days, when.date_from or when.date_to or date.max, claim.id)


def common_days(one: DateSpan, other: DateSpan) -> DateSpan:
    """Return the days that both dates allow, with the words of the date that has just these days.

    Where only the slack of an approximate date brings them together, the first, which is the more exact, stands.
    """
    starts = [day for day in (one.date_from, other.date_from) if day is not None]
    ends = [day for day in (one.date_to, other.date_to) if day is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is not None and end is not None and start > end:
        return one
    for when in (other, one):
        if (when.date_from, when.date_to) == (start, end):
            return _at(when, one.clock or other.clock)
    return DateSpan(None, start, end, "between")


def _at(when: DateSpan, clock: time | None) -> DateSpan:
    return when if when.clock == clock else replace(when, clock=clock)
