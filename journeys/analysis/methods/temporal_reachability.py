"""Whom something can have reached, passed on in the order of time, where dates are only partly known."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from typing import Any, Literal

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

    ``earliest`` is the first day on which it can have been reached; None if no first day is known.
    ``possible_chain`` are the contacts by which it can, from the source on. ``certain`` says that it was reached
    whatever the days were; then ``certain_chain`` are contacts by which it was, at the latest on ``latest``; None if
    no last day is known. Without certainty ``latest`` is None and ``certain_chain`` empty.
    """

    node: Hashable
    certain: bool
    earliest: date | None
    latest: date | None
    possible_chain: tuple[Step, ...]
    certain_chain: tuple[Step, ...]

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
    """``reach`` of several sources, each by itself: the contacts are put in order once."""
    ways, further = _ways(contacts, same_day), tuple(nodes)
    everybody = _all_nodes(ways, further)
    places = {node: number for number, node in enumerate(everybody)}

    def of(source: Hashable) -> Reach:
        if source in places:
            return _reach(ways, source, since, same_day, everybody, places)
        nodes = _all_nodes(ways, (source, *further))
        return _reach(ways, source, since, same_day, nodes, {node: number for number, node in enumerate(nodes)})

    return tuple(map(of, sources))


@dataclass(frozen=True, slots=True)
class _Way:
    """A step, and the numbers of the first and last day it allows, infinite where open."""

    step: Step
    first: float
    last: float


_Ways = Mapping[Hashable, list[_Way]]
_Arrive = Callable[[_Way, float, bool], float | None]
"""Given a way, when its start was reached, and whether that is the source: the day of arrival, if it is one."""

_LAST_DAY = date.max.toordinal()


def _reach(
    ways: _Ways,
    source: Hashable,
    since: date | None,
    same_day: SameDay,
    nodes: tuple[Hashable, ...],
    place: Mapping[Hashable, int],
) -> Reach:
    start = -math.inf if since is None else since.toordinal()
    possible, possible_via = _first_arrivals(ways, place, source, start, _possibly(strict=same_day == "blocks"))
    certain, certain_via = _first_arrivals(ways, place, source, start, _certainly(strict=same_day != "passes"))
    reached = tuple(
        Reached(
            node=node,
            certain=node in certain,
            earliest=_day(possible[node]),
            latest=_day(certain[node]) if node in certain else None,
            possible_chain=_chain(possible_via, node),
            certain_chain=_chain(certain_via, node),
        )
        for node in sorted(possible, key=place.__getitem__)
        if node != source
    )
    return Reach(source, since, reached, nodes)


def _possibly(*, strict: bool) -> _Arrive:
    def arrive(way: _Way, reached: float, at_source: bool) -> float | None:
        day = max(way.first, reached + 1 if strict and not at_source else reached)
        return day if day <= min(way.last, _LAST_DAY) else None

    return arrive


def _certainly(*, strict: bool) -> _Arrive:
    def arrive(way: _Way, reached: float, at_source: bool) -> float | None:
        undated = way.first == -math.inf and way.last == math.inf
        late_enough = way.first > reached if strict and not at_source else way.first >= reached
        return way.last if late_enough and not undated else None

    return arrive


def _first_arrivals(
    ways: _Ways, place: Mapping[Hashable, int], source: Hashable, start: float, arrive: _Arrive
) -> tuple[dict[Hashable, float], dict[Hashable, Step]]:
    """When every node is reached first, and by which last step; of equal ones the shortest found, then text order."""
    arrived: dict[Hashable, float] = {}
    via: dict[Hashable, Step] = {}
    waiting: list[tuple[float, int, int, Hashable]] = [(start, 0, place[source], source)]
    best: dict[Hashable, tuple[float, int]] = {source: (start, 0)}
    while waiting:
        reached, steps, _, node = heappop(waiting)
        if node in arrived:
            continue
        arrived[node] = reached
        for way in ways.get(node, ()):
            day = arrive(way, reached, node == source)
            other = way.step.end
            if day is not None and other not in arrived and (other not in best or (day, steps + 1) < best[other]):
                best[other] = day, steps + 1
                via[other] = way.step
                heappush(waiting, (day, steps + 1, place[other], other))
    return arrived, via


def _chain(via: Mapping[Hashable, Step], node: Hashable) -> tuple[Step, ...]:
    steps = []
    while node in via:
        steps.append(via[node])
        node = via[node].start
    return tuple(reversed(steps))


def _ways(contacts: Iterable[Contact], same_day: SameDay) -> _Ways:
    """All steps that can be taken from each node, in text order whatever the order of the contacts."""
    if same_day not in ("passes", "unsure", "blocks"):
        raise ValueError(f'what a day does is "passes", "unsure" or "blocks", not {same_day!r}')
    ways: defaultdict[Hashable, list[_Way]] = defaultdict(list)
    for contact in sorted(contacts, key=_contact_rank):
        start, end = outer_bounds(contact.when)
        first = -math.inf if start is None else start.toordinal()
        last = math.inf if end is None else end.toordinal()
        ways[contact.start].append(_Way(Step(contact.start, contact.end, contact), first, last))
        back = ways[contact.end]  # so that every node has an entry, if an empty one
        if not contact.directed:
            back.append(_Way(Step(contact.end, contact.start, contact), first, last))
    return ways


def _all_nodes(ways: _Ways, others: Iterable[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted({*ways, *others}, key=_rank))


def _rank(thing: Any) -> tuple[str, str]:
    """The key by which nodes are sorted: the name, and for 1 beside "1" the type."""
    return str(thing), type(thing).__name__


def _contact_rank(contact: Contact) -> tuple[Any, ...]:
    return _rank(contact.start), _rank(contact.end), _rank(contact.key), contact.directed, repr(contact.when)


def _day(number: float) -> date | None:
    return date.fromordinal(int(number)) if math.isfinite(number) else None
