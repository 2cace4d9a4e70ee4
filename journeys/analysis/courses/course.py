"""The course of one journey: its stages, the places it was at, where it forks and merges, and how it ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import networkx as nx

from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.day_ranges import DayRange, days_between, first_of, last_of
from journeys.analysis.courses.stages import JourneyCourse, StageEvent, happenings_of
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.order import Order, order, outer_bounds, sort_key

TRAVELS = ("Document", "Evidence")
"""The labels of things that have a journey."""

Branch = Literal["fork", "merge"]
State = Literal["used", "reported without effect", "stalled", "possibly stalled", "ongoing", "not known"]


@dataclass(frozen=True, slots=True)
class StageReached:
    """A stage of a journey. ``reached`` is None where there is no claim about it, so that the stage may have been
    skipped.

    ``first`` is when the first dated claim may have been; ``undated`` counts claims of happenings without a date, which
    may have been earlier still.
    """

    stage: str
    reached: bool | None
    first: DateSpan
    claims: tuple[str, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first dated claim of one stage to that of the next one in time."""

    start: StageReached
    end: StageReached
    days: DayRange
    order: Order


@dataclass(frozen=True, slots=True)
class Visit:
    """That it was at a place: one meeting, or one time that it was sent or came there. ``place`` is an id."""

    place: str
    when: DateSpan
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a journey ends according to the claims. ``quiet`` are the days from its last step to the end of the data."""

    state: State
    last: DateSpan
    quiet: DayRange
    claims: tuple[str, ...]


def stages_of(journey: JourneyCourse, stages: Sequence[str]) -> tuple[StageReached, ...]:
    """Each stage, in the order given."""
    found = []
    for stage in stages:
        told = [each for each in journey.reported() if each.stage == stage]
        denied = [each for each in journey.denied() if each.stage == stage]
        found.append(
            StageReached(
                stage=stage,
                reached=True if told else False if denied else None,
                first=first_of(each.when for each in told),
                claims=tuple(sorted({each.claim for each in told or denied})),
                undated=sum(len(each.claims) for each in happenings_of(told) if not dated(each.when)),
            )
        )
    return tuple(found)


def intervals(stages: Iterable[StageReached]) -> tuple[Interval, ...]:
    """The time between stages that are next to each other in the order of their first dated claims."""
    placed = sorted((each for each in stages if each.reached and dated(each.first)), key=lambda s: sort_key(s.first))
    return tuple(
        Interval(one, other, days_between(one.first, other.first), order(one.first, other.first))
        for one, other in pairwise(placed)
    )


def visits(journey: JourneyCourse, graph: nx.MultiDiGraph[str]) -> tuple[Visit, ...]:
    """Return the places of a journey in order of time: the arenas of its meetings, and the arenas and organisations it
    was sent to.

    A meeting is one visit, on any day that the meeting or the claims about it allow.
    """
    at: defaultdict[tuple[str, str], list[StageEvent]] = defaultdict(list)
    for each in journey.reported():
        meeting = each.properties.get("at_meeting") or _labelled(graph, (each.end,), ("Meeting",))
        if meeting:
            at[_arena(graph, meeting), meeting].append(each)
        elif each.type == "SENT_TO":
            place = _labelled(graph, (each.end,), ("Arena", "Organisation"))
            if place:
                at[place, each.claim].append(each)
    found = []
    for (place, meeting), told in at.items():
        own = span(graph.nodes.get(meeting, {}))
        dates = [when for when in (own, *(each.when for each in told)) if dated(when)]
        first, last = first_of(dates).date_from, last_of(dates).date_to
        when = DateSpan(None, first, last, "between") if dates else UNKNOWN
        found.append(Visit(place, when, tuple(sorted({each.claim for each in told}))))
    return tuple(sorted(found, key=lambda visit: (sort_key(visit.when), visit.place, visit.claims)))


def ending(journey: JourneyCourse, end_of_data: date | None, quiet: int) -> Ending:
    """Whether it was used, has stalled, or goes on.

    It is used if a use or an impact is reported. Else it has stalled if its last dated step certainly was ``quiet``
    days or more before the data end, and no undated one may have come later.
    """
    told = journey.reported()
    happened = journey.happenings()
    used = [each for each in told if each.stage in ("use", "impact")]
    denied = [each for each in journey.denied() if each.stage in ("use", "impact")]
    last = last_of(each.when for each in happened)
    claims = tuple(sorted({each.claim for each in (used or denied or told)}))
    days = days_between(last, DateSpan(None, end_of_data, end_of_data, "day")) if end_of_data else DayRange(None, None)
    if used or denied:
        return Ending("used" if used else "reported without effect", last, days, claims)
    if not dated(last) or end_of_data is None:
        return Ending("not known", last, days, claims)
    undated = any(not dated(each.when) for each in happened)
    if days.least is not None and days.least >= quiet and not undated:
        return Ending("stalled", last, days, claims)
    if days.most is None or days.most >= quiet:
        return Ending("possibly stalled", last, days, claims)
    return Ending("ongoing", last, days, claims)


def end_of_data(graph: nx.MultiDiGraph[str]) -> date | None:
    """A day that the data certainly reach to: the latest first day of any claim, meeting or source."""
    starts = [outer_bounds(span(held))[0] for _, held in graph.nodes(data=True) if held["label"] in _DATED]
    starts += [outer_bounds(span(claim))[0] for *_, claim in graph.edges(data=True)]
    return max((start for start in starts if start is not None), default=None)


_DATED = ("Meeting", "DataSource")


def branches(counted: nx.MultiDiGraph[str], node: str) -> dict[Branch, Mapping[str, tuple[str, ...]]]:
    """Return the papers and places it went into, and the documents and evidence it was made from: ids with claims.

    ``counted`` are the claims that count. A fork is more than one of the former, a merge more than one of the latter;
    fewer are no branch, and empty.
    """
    out: defaultdict[str, set[str]] = defaultdict(set)
    into: defaultdict[str, set[str]] = defaultdict(set)
    for _, end, key, claim in counted.out_edges(node, keys=True, data=True):
        if claim["type"] in ("PRESENTED_IN", "SENT_TO") and end != node:
            out[end].add(key)
        elif claim["type"] == "CITED" and end != node and counted.nodes[end].get("label") in TRAVELS:
            into[end].add(key)
    for start, _, key, claim in counted.in_edges(node, keys=True, data=True):
        if claim["type"] == "CITED" and start != node:
            out[start].add(key)
        elif claim["type"] == "PRESENTED_IN" and start != node:
            into[start].add(key)
    return {"fork": _several(out), "merge": _several(into)}


def _several(ways: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {node: tuple(sorted(claims)) for node, claims in sorted(ways.items())} if len(ways) > 1 else {}


def _arena(graph: nx.MultiDiGraph[str], meeting: str) -> str:
    """Return the group of a meeting; the meeting itself where none is recorded."""
    ways = graph.out_edges(meeting, data=True) if meeting in graph else ()
    return next((end for _, end, claim in ways if claim["type"] == "OF_ARENA"), meeting)


def _labelled(graph: nx.MultiDiGraph[str], nodes: Iterable[str], labels: Sequence[str]) -> str | None:
    return next((node for node in nodes if graph.nodes[node].get("label") in labels), None)
