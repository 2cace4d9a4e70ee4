"""Whom something can have reached, passed on in the order of time, where dates are only partly known."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, Literal

import numpy as np

from journeys.analysis.methods.first_arrivals import Arrivals, Ways, blocks, certainly, first_arrivals, possibly
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds

SameDay = Literal["passes", "unsure", "blocks"]
"""Whether what arrives on a day can go on with a contact of that day.

"passes": it does, whatever the order (time-respecting paths do not decrease). "blocks": it never does (they strictly
increase). "unsure": days say nothing of the order within them, so it possibly does and never certainly.
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """Something that once passed, or could pass, from ``start`` to ``end``; in both directions if not ``directed``.

    It was on one day among those that ``when`` allows. ``key`` is whatever leads back to where it is recorded.
    """

    start: Hashable
    end: Hashable
    when: DateSpan
    key: Hashable = None
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A contact as a chain takes it: from ``start`` to ``end``, which an undirected contact may have the other way."""

    start: Hashable
    end: Hashable
    contact: Contact


@dataclass(frozen=True, slots=True)
class Reached:
    """A node that is reached, and when.

    ``earliest`` is the first day on which it can have been reached; None if no first day is known. ``certain`` says
    that it was reached whatever the days were, at the latest on ``latest``; None if no last day is known. Without
    certainty ``latest`` is None.
    """

    node: Hashable
    certain: bool
    earliest: date | None
    latest: date | None
    _found: _Found = field(repr=False, compare=False)
    _at: tuple[int, int] = field(repr=False, compare=False)

    @property
    def possible_chain(self) -> tuple[Step, ...]:
        """The contacts by which it can have been reached, from the source on."""
        return self._found.chain(self._found.possible, *self._at)

    @property
    def certain_chain(self) -> tuple[Step, ...]:
        """The contacts by which it was reached whatever the days were; empty without certainty."""
        return self._found.chain(self._found.certain, *self._at)

    def certainly_by(self, day: date) -> bool:
        """Whether it had certainly been reached when ``day`` was over."""
        return self.latest is not None and self.latest <= day

    def possibly_by(self, day: date) -> bool:
        """Whether it can have been reached when ``day`` was over."""
        return self.earliest is None or self.earliest <= day


@dataclass(frozen=True, slots=True)
class Reach:
    """What a source reaches: ``reached`` possibly or certainly, ``never`` in no case; each in text order.

    The source itself is in neither. ``nodes`` are all that were asked about.
    """

    source: Hashable
    since: date | None
    reached: tuple[Reached, ...]
    nodes: tuple[Hashable, ...] = field(repr=False)

    @property
    def never(self) -> tuple[Hashable, ...]:
        """The nodes that cannot have been reached."""
        reached = set(self.possibly)
        return tuple(node for node in self.nodes if node != self.source and node not in reached)

    @property
    def certainly(self) -> tuple[Hashable, ...]:
        """The nodes that were reached whatever the days were."""
        return tuple(one.node for one in self.reached if one.certain)

    @property
    def possibly(self) -> tuple[Hashable, ...]:
        """The nodes that can have been reached, the certain ones among them."""
        return tuple(one.node for one in self.reached)


def reach(
    contacts: Iterable[Contact],
    source: Hashable,
    *,
    since: date | None = None,
    same_day: SameDay = "unsure",
    nodes: Iterable[Hashable] = (),
) -> Reach:
    """Whom ``source``, which has something from the start of ``since`` on (None: always), reaches, and when.

    What arrives at a node goes on from it with any later contact: along time-respecting paths (Kempe, Kleinberg &
    Kumar 2002; Moody 2002; Holme & Saramäki 2012). Each contact was on one day of those its span allows
    (``outer_bounds``: more than its words say if they are approximate), independently of the others.

    *Possibly* reached: for some choice of days there is a time-respecting path. A path need visit no node twice, so
    uses no contact twice, and its days can be chosen one by one: each as early as its span and the step before
    allow. That makes every step a function of the arrival that never falls and never goes back in time, so the search
    that always settles the earliest arrival first (Dijkstra) finds the earliest possible day of every node, exactly.

    *Certainly* reached: for every choice of days there is such a path. It suffices that one path is in order for
    every choice, each contact's last day before the next one's first; let L(v) be the least last day of such a path
    to v (infinite if there is none), found by the same search. It is also necessary, and L(v) is the exact last day:
    choose for every contact, with u its end of the smaller L, the first day if that is too early for what arrives on
    L(u), and else the last. Then by induction along the days nothing arrives anywhere before L. For contacts whose
    days depend on one another (two of one meeting) the answer is still sound, but more may be certain.

    A contact without any date is taken not even to be known to lie in the period, so makes nothing certain; nor does
    a contact whose first day is open, except from a source that has always had it.

    ``nodes`` names further nodes that may have no contact. Contacts of a node with itself carry nothing. Raises
    ValueError for another ``same_day``.
    """
    return reaches(contacts, (source,), since=since, same_day=same_day, nodes=nodes)[0]


def reaches(
    contacts: Iterable[Contact],
    sources: Iterable[Hashable],
    *,
    since: date | None = None,
    same_day: SameDay = "unsure",
    nodes: Iterable[Hashable] = (),
) -> tuple[Reach, ...]:
    """``reach`` of several sources, each by itself: the contacts are put in order once, and searched together."""
    if same_day not in ("passes", "unsure", "blocks"):
        raise ValueError(f'what a day does is "passes", "unsure" or "blocks", not {same_day!r}')
    told, asked = list(contacts), list(sources)
    touched = {end for contact in told for end in (contact.start, contact.end)} | set(nodes)
    everybody = tuple(sorted(touched.union(asked), key=_rank))
    place = {node: number for number, node in enumerate(everybody)}
    steps, ways = _ways(told, place)
    start = -math.inf if since is None else since.toordinal()
    found: list[Reach] = []
    for some in blocks([place[source] for source in asked], len(everybody)):
        both = _Found(
            steps,
            first_arrivals(ways, some, start, possibly(strict=same_day == "blocks")),
            first_arrivals(ways, some, start, certainly(strict=same_day != "passes")),
            place,
        )
        for row, number in enumerate(some):
            source = everybody[number]
            # Whoever has no contact is asked about only if it is the source or among ``nodes``.
            near = everybody if len(everybody) == len(touched) else _only(everybody, touched | {source})
            found.append(Reach(source, since, tuple(both.reached(row, number, everybody)), near))
    return tuple(found)


def _only(nodes: Iterable[Hashable], wanted: Collection[Hashable]) -> tuple[Hashable, ...]:
    return tuple(node for node in nodes if node in wanted)


@dataclass(frozen=True, slots=True)
class _Found:
    """What searches from some sources have found; ``steps`` are the ways by their numbers."""

    steps: Sequence[Step]
    possible: Arrivals
    certain: Arrivals
    place: Mapping[Hashable, int]

    def reached(self, row: int, source: int, nodes: Sequence[Hashable]) -> Iterator[Reached]:
        """What the source of a row reaches, in the order of the nodes."""
        earliest, latest = self.possible.days[row], self.certain.days[row]
        there = np.flatnonzero(~np.isnan(earliest))
        for at, first, last in zip(there.tolist(), earliest[there].tolist(), latest[there].tolist(), strict=True):
            if at != source:
                certain = not math.isnan(last)
                yield Reached(nodes[at], certain, _day(first), _day(last) if certain else None, self, (row, at))

    def chain(self, arrivals: Arrivals, row: int, node: int) -> tuple[Step, ...]:
        """The steps by which a node was reached, from the source on."""
        taken, via = [], arrivals.ways[row]
        if math.isnan(arrivals.days[row, node]):
            return ()
        while via[node] >= 0:
            taken.append(self.steps[via[node]])
            node = self.place[taken[-1].start]
        return tuple(reversed(taken))


def _ways(contacts: Iterable[Contact], place: Mapping[Hashable, int]) -> tuple[list[Step], Ways]:
    """All steps that can be taken from each node, in text order whatever the order of the contacts."""
    steps = []
    for contact in _in_order(contacts, place):
        steps.append(Step(contact.start, contact.end, contact))
        if not contact.directed:
            steps.append(Step(contact.end, contact.start, contact))
    starts = np.array([place[step.start] for step in steps], np.int64)
    order = np.argsort(starts, kind="stable")
    steps = [steps[at] for at in order.tolist()]
    days = [outer_bounds(step.contact.when) for step in steps]
    return steps, Ways(
        np.searchsorted(starts[order], np.arange(len(place) + 1)),
        np.array([place[step.end] for step in steps], np.int64),
        np.array([-math.inf if first is None else first.toordinal() for first, _ in days], np.float64),
        np.array([math.inf if last is None else last.toordinal() for _, last in days], np.float64),
    )


def _in_order(contacts: Iterable[Contact], place: Mapping[Hashable, int]) -> Iterator[Contact]:
    """By their ends, keys and, where these are the same, by their dates in words, which take long to write."""

    def rank(contact: Contact) -> tuple[Any, ...]:
        return place[contact.start], place[contact.end], _rank(contact.key), contact.directed

    for _, same in groupby(sorted(contacts, key=rank), key=rank):
        alike = list(same)
        yield from alike if len(alike) == 1 else sorted(alike, key=lambda each: repr(each.when))


def _rank(thing: Any) -> tuple[str, str]:
    """The key by which nodes are sorted: the name, and for 1 beside "1" the type."""
    return str(thing), type(thing).__name__


@cache
def _day(number: float) -> date | None:
    return date.fromordinal(int(number)) if math.isfinite(number) else None
