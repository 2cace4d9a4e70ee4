"""The contacts through which a document or piece of evidence reaches people and groups: the input of reach in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import networkx as nx

from journeys.analysis.actors.relations import STANCES
from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.day_ranges import first_of, last_of
from journeys.analysis.methods.temporal_reachability import Contact
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import outer_bounds

KNOWING = (
    "AUTHORED", "CONTRIBUTED_TO", "GENERATED", "ACCESSED", "INTRODUCED", "MADE_AWARE_OF", "REFERRED_TO", "APPRAISED",
    "RECEIVED", "USED", *STANCES,
)  # fmt: skip
"""Who did one of these with a thing has it then, if not before."""

GIVEN = ("SENT_TO", "INFLUENCED")
"""Whom a thing was given to or worked on by these has it then."""

ONCE = ("AUTHORED", "CONTRIBUTED_TO", "GENERATED", "ACCESSED", "INTRODUCED", "SENT_TO")
"""What somebody does with a thing once: accounts of it that differ in their days are of one act."""

CARRIED = ("CITED", "PRESENTED_IN")
ORIGINS = ("AUTHORED", "GENERATED")
TOUCHING = (*KNOWING, *GIVEN, *CARRIED, "TABLED_AT", "ATTENDED", "MEMBER_OF", "OF_ARENA")
"""The kinds of claim that contacts are made of."""

_Origin = Callable[[str], DateSpan]
"""When a thing was made."""

_THINGS, _WHO = ("Document", "Evidence"), ("Actor", "Arena", "Organisation")


def contacts(counted: nx.MultiDiGraph[str], end: date | None, *, groups: bool, carried: bool) -> list[Contact]:
    """All contacts among the claims that count; the ``key`` of each is the ids of the claims it rests on.

    A thing comes to whoever did something with it, was sent it, or was at a meeting where it came up, and to the group
    that met; with ``carried`` to the documents that cite or present it, when they are written, and on to theirs; with
    ``groups`` from a group to its members, at a time that nobody knows. What has no date was by ``end``, the last day
    of the data, and not before the thing can have come about.
    """
    made = cache(lambda thing: origin(counted, thing))
    found = [*_direct(counted, end, made), *_meetings(counted, end, made)]
    if carried:
        found += _carriers(counted, end, found, made)
    if groups:
        found += _members(counted)
    return found


def origin(counted: nx.MultiDiGraph[str], thing: str, shown: Iterable[Contact] = ()) -> DateSpan:
    """When a thing was made: every day that its own date, or the dates of writing or making it, allow.

    With ``shown`` no later than the first day on which it certainly had come to somebody by one of those contacts.
    """
    told = [span(claim) for *_, claim in counted.in_edges(thing, data=True) if claim["type"] in ORIGINS]
    own = _any_of([*told, span(counted.nodes[thing])])
    return _no_later(own, first_of(contact.when for contact in shown if contact.start == thing))


def _direct(counted: nx.MultiDiGraph[str], end: date | None, made: _Origin) -> Iterator[Contact]:
    told: defaultdict[tuple[str, str, str], list[tuple[str, DateSpan, str]]] = defaultdict(list)
    for one, other, key, claim in counted.edges(keys=True, data=True):
        kind, said = claim["type"], (key, span(claim), claim.get("at_meeting") or "")
        labels = counted.nodes[one].get("label"), counted.nodes[other].get("label")
        if kind in KNOWING and labels[0] in _WHO and labels[1] in _THINGS:
            told[kind, other, one].append(said)
        elif kind in GIVEN and labels[0] in _THINGS and labels[1] in _WHO:
            told[kind, one, other].append(said)
    for (kind, thing, who), claims in told.items():
        # An undated claim tells of no further time where a dated one says the same.
        known = [one for one in claims if dated(one[1])] or claims
        for same in _happenings(kind, known):
            when = _by(_any_of(when for _, when, _ in same), made(thing), end)
            yield Contact(thing, who, when, tuple(sorted(key for key, _, _ in same)))


def _happenings(
    kind: str, claims: Iterable[tuple[str, DateSpan, str]]
) -> Iterable[Sequence[tuple[str, DateSpan, str]]]:
    """Group the claims about one act (what happens once, or at one meeting); the act was on any of their days."""
    found: defaultdict[str, list[tuple[str, DateSpan, str]]] = defaultdict(list)
    for key, when, meeting in claims:
        found[meeting or ("once" if kind in ONCE else key)].append((key, when, meeting))
    return found.values()


def _meetings(counted: nx.MultiDiGraph[str], end: date | None, made: _Origin) -> Iterator[Contact]:
    came_up: defaultdict[tuple[str, str], dict[str, DateSpan]] = defaultdict(dict)
    there: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    arena: dict[str, str] = {}
    for one, other, key, claim in counted.edges(keys=True, data=True):
        kind, label = claim["type"], counted.nodes[other].get("label")
        if kind == "ATTENDED":
            there[other].append((one, key))
        elif kind == "OF_ARENA":
            arena[one] = other
        elif kind in ("TABLED_AT", "SENT_TO") and label == "Meeting":
            came_up[one, other][key] = span(claim)
        elif kind in KNOWING and label in _THINGS and claim.get("at_meeting") in counted:
            came_up[other, claim["at_meeting"]][key] = span(claim)
    for (thing, meeting), claims in came_up.items():
        when = _by(_any_of([span(counted.nodes[meeting]), *claims.values()]), made(thing), end)
        if meeting in arena:
            yield Contact(thing, arena[meeting], when, tuple(sorted(claims)))
        for who, key in there[meeting]:
            yield Contact(thing, who, when, tuple(sorted({*claims, key})))


def _carriers(
    counted: nx.MultiDiGraph[str], end: date | None, shown: Iterable[Contact], made: _Origin
) -> Iterator[Contact]:
    of: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in shown:
        of[str(contact.start)].append(contact)
    written = cache(lambda paper: origin(counted, paper, of[paper]))
    for one, other, key, claim in counted.edges(keys=True, data=True):
        if claim["type"] in CARRIED:
            paper, thing = (one, other) if claim["type"] == "CITED" else (other, one)
            if paper != thing and counted.nodes[thing].get("label") in _THINGS:
                yield Contact(thing, paper, _by(written(paper), made(thing), end), (key,))


def _members(counted: nx.MultiDiGraph[str]) -> Iterator[Contact]:
    """Contacts by membership of a group, at some time; not after a membership is reported to have ended."""
    for who, group, key, claim in counted.edges(keys=True, data=True):
        if claim["type"] == "MEMBER_OF" and counted.nodes[group].get("label") == "Arena":
            last = claim.get("date_to")
            yield Contact(group, who, DateSpan(None, None, last, "before") if last else UNKNOWN, (key,))


def _by(when: DateSpan, made: DateSpan, end: date | None) -> DateSpan:
    """The date; of what has none, from when the thing can have been made to the end of the data."""
    if dated(when) or end is None:
        return when
    start = outer_bounds(made)[0]
    return DateSpan(None, None if start is None or start > end else start, end, "between")


def _any_of(dates: Iterable[DateSpan]) -> DateSpan:
    """The span from the first to the last day that any of the dates allows."""
    known = [when for when in dates if dated(when)]
    if not known:
        return UNKNOWN
    return DateSpan(None, first_of(known).date_from, last_of(known).date_to, "between")


def _no_later(when: DateSpan, other: DateSpan) -> DateSpan:
    """The days of ``when`` up to the last of ``other``, if any are left."""
    start, end = outer_bounds(when) if dated(when) else (None, None)
    last = other.date_to
    if last is None or (end is not None and end <= last) or (start is not None and start > last):
        return when
    return replace(when, text=None, date_from=start, date_to=last, precision="between", approximate=False)
