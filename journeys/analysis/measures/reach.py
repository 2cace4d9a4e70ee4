"""Reachability: which people and places a document or piece of evidence can have reached, by when, and which not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx

from journeys.analysis.actors.contacts import TOUCHING, contacts, origin
from journeys.analysis.claims.day_ranges import days_between
from journeys.analysis.claims.places import actors_of, organisations_of
from journeys.analysis.claims.selection import LeftOut, Selection, belonging, select
from journeys.analysis.courses.course import TRAVELS, end_of_data
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.temporal_reachability import Contact, Reach, Reached, reaches
from journeys.model.dates import DateSpan

_THING = {"journey": "the document or piece of evidence", "journey_id": "its id"}
_REACHED = "certainly: for all days that the dates allow; possibly: for some of them; no: for none"
_DAYS = {
    "earliest": "earliest possible day; empty where open",
    "latest": "day by which it certainly had; empty if not certain",
}
_TOLD = ("MADE_AWARE_OF", "RECEIVED")
_METHOD = (
    "Time-respecting paths: Kempe, Kleinberg & Kumar (2002); Holme & Saramaki (2012); with dates known "
    "only within bounds, independent of one another. An item reaches everyone who did something with it, "
    "was sent it, was told of it or attended a meeting where it came up, and the group that met."
)
_NOTES = (
    "Days are those of recorded events; people may have known earlier. Unrecorded talk is not counted.",
    "Undated events count as having happened by the end of the data.",
    "Counts cover the people at the item's sites, and anyone else it came to.",
)


@dataclass(frozen=True, slots=True)
class _Spread:
    """One thing and its reach among the ``people`` and ``arenas`` of its sites, and whoever else it can have come to.

    ``denied`` has, for who was reported not to know of it, the claims that say so.
    """

    thing: str
    found: Reach
    origin: DateSpan
    people: Sequence[str]
    arenas: Sequence[str]
    denied: Mapping[str, tuple[str, ...]]

    def of(self, nodes: Iterable[str]) -> Iterator[tuple[str, Reached | None]]:
        """The nodes: those that are certainly reached first, by day, then possibly, then never."""
        by_node = {str(one.node): one for one in self.found.reached}
        yield from sorted(((node, by_node.get(node)) for node in nodes), key=_rank)


def reachable(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    ref: str | None = None,
    carried: bool = True,
    groups: bool = True,
) -> tuple[MeasureTable, ...]:
    """With ``ref`` (a node) everybody and every group, and how the reach grew; without, a line for each thing.

    With ``carried`` a thing also comes to those whom a document that cites or presents it comes to, after it was
    written; with ``groups`` it may have come to the members of a group it came to, though certainly to none.
    """
    counted, left = select(graph, selection)
    place = selection.case or selection.site
    places = belonging(graph)
    things = [
        node
        for node, held in graph.nodes(data=True)
        if held.get("label") in TRAVELS and (node == ref if ref else place is None or place in places[node])
    ]
    found = contacts(counted, end_of_data(graph), groups=groups, carried=carried)
    of: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in found:
        of[str(contact.start)].append(contact)
    sites = {site for thing in things for site in _sites(graph, places, thing, place)}
    at = {site: _at(graph, places, site) for site in sites} if sites else {}
    in_order = {label: _by_name(graph, label) for label in ("Actor", "Arena")}
    spreads = [
        _spread(
            graph,
            in_order,
            thing,
            went,
            origin(counted, thing, of[thing]),
            [at[site] for site in _sites(graph, places, thing, place)] or [_at(graph, places, None)],
        )
        for thing, went in zip(things, reaches(found, things, same_day="passes"), strict=True)
    ]
    people = {node for one in spreads for node in one.people}
    kinds = {key: claim["type"] for *_, key, claim in graph.edges(keys=True, data=True)}
    kept = [LeftOut(each.why, tuple(key for key in each.claims if kinds[key] in TOUCHING)) for each in left]
    shared: dict[str, Any] = {
        "n": {
            "documents and pieces of evidence": len(things),
            "people and groups of people": len(people),
            "arenas": len({node for one in spreads for node in one.arenas}),
        },
        "left_out": tuple(each for each in kept if each.claims),
        "method": _METHOD,
        "notes": (*_NOTES, *small_n(len(people), "people")),
    }
    if ref is None:
        return _overview(graph, spreads, shared), _arenas(graph, spreads, shared)
    return (
        _people(graph, spreads, shared),
        _arenas(graph, spreads, shared),
        *(_growth(one, shared) for one in spreads),
    )


def _sites(
    graph: nx.MultiDiGraph[str], places: Mapping[str, frozenset[str]], thing: str, place: str | None
) -> list[str]:
    """The place that was asked for, else the sites that a thing belongs to."""
    return [place] if place else [one for one in sorted(places[thing]) if graph.nodes[one].get("label") == "Site"]


def _at(graph: nx.MultiDiGraph[str], places: Mapping[str, frozenset[str]], place: str | None) -> set[str]:
    """The people, groups and arenas of a place; all there are, where none is named."""
    return actors_of(graph, place) | {node for node in graph if place is None or place in places[node]}


def _by_name(graph: nx.MultiDiGraph[str], label: str) -> dict[str, int]:
    """The nodes of a label, each with its place in the order of their names."""
    nodes = [(held["name"], node) for node, held in graph.nodes(data=True) if held.get("label") == label]
    return {node: at for at, (_, node) in enumerate(sorted(nodes))}


def _spread(
    graph: nx.MultiDiGraph[str],
    in_order: Mapping[str, Mapping[str, int]],
    thing: str,
    went: Reach,
    made: DateSpan,
    near: Iterable[set[str]],
) -> _Spread:
    """The reach of one thing; those it might have come to are those near, and whomever it came to."""
    there = set().union(*near) | {str(node) for node in went.possibly}
    people, arenas = (sorted(there & order.keys(), key=order.__getitem__) for order in in_order.values())
    return _Spread(thing, went, made, people, arenas, _denied(graph, thing))


def _overview(graph: nx.MultiDiGraph[str], spreads: Sequence[_Spread], shared: Mapping[str, Any]) -> MeasureTable:
    rows = []
    for one in spreads:
        people = list(one.of(one.people))
        reached = [how for _, how in people if how is not None]
        certain = sum(how.certain for how in reached)
        never = tuple(graph.nodes[node]["name"] for node, how in people if how is None)
        rows.append(
            MeasureRow(
                (
                    graph.nodes[one.thing]["name"],
                    one.thing,
                    certain,
                    len(reached),
                    len(never),
                    certain / len(one.people) if one.people else None,
                    len(reached) / len(one.people) if one.people else None,
                    never,
                ),
                tuple(sorted(set[str]().union(*map(_behind, reached)))),
            )
        )
    rows.sort(key=lambda row: (-row.values[2], -row.values[3], row.values[0]))
    return MeasureTable(
        name="reach",
        title="Reach: how many people it can have come to",
        columns={
            **_THING,
            "certainly": "people and groups of people it certainly came to",
            "possibly": "those it certainly or possibly came to",
            "never": "those it cannot have come to, on the evidence recorded",
            "share_certainly": "certainly, of all (0 to 1)",
            "share_possibly": "certainly or possibly, of all (0 to 1)",
            "never_names": "their names",
        },
        rows=tuple(rows),
        **shared,
    )


def _people(graph: nx.MultiDiGraph[str], spreads: Sequence[_Spread], shared: Mapping[str, Any]) -> MeasureTable:
    bodies = organisations_of(graph)
    return MeasureTable(
        name="people",
        title="Who can have seen it",
        columns={
            "actor": "the person or group of people",
            "actor_id": "its id",
            "organisations": "the organisations they belong to",
            "reached": _REACHED,
            **_DAYS,
            "through": "documents and groups it came through, if not directly",
            "reported_unaware": "whether a source says that they did not know of it",
        },
        rows=tuple(
            MeasureRow(
                (
                    graph.nodes[node]["name"],
                    node,
                    tuple(body.name for body in bodies.get(node, ())),
                    _how(how),
                    how and how.earliest,
                    how and how.latest,
                    _through(graph, how),
                    node in one.denied,
                ),
                tuple(sorted({*_claims(how), *one.denied.get(node, ())})),
            )
            for one in spreads
            for node, how in one.of(one.people)
        ),
        **shared,
    )


def _arenas(graph: nx.MultiDiGraph[str], spreads: Sequence[_Spread], shared: Mapping[str, Any]) -> MeasureTable:
    rows = []
    for one in spreads:
        for node, how in one.of(one.arenas):
            if how is None and len(spreads) > 1:
                continue
            arrival = DateSpan(None, how.earliest, how.latest, "between") if how else None
            days = days_between(one.origin, arrival) if arrival else None
            rows.append(
                MeasureRow(
                    (
                        graph.nodes[one.thing]["name"],
                        one.thing,
                        graph.nodes[node]["name"],
                        node,
                        _how(how),
                        how and how.earliest,
                        how and how.latest,
                        # Nothing comes anywhere before it is made.
                        None if days is None or days.least is None else max(days.least, 0),
                        days and days.most,
                        _through(graph, how),
                        node in one.denied,
                    ),
                    tuple(sorted({*_claims(how), *one.denied.get(node, ())})),
                )
            )
    return MeasureTable(
        name="arenas",
        title="Time to reach each arena",
        columns={
            **_THING,
            "arena": "the standing group",
            "arena_id": "its id",
            "reached": _REACHED,
            **_DAYS,
            "least_days": "minimum days since it was written or made; empty where not known",
            "most_days": "at most; empty where not known",
            "through": "the documents it came through, if not itself",
            "reported_unaware": "whether a source says that the group did not get it, or know of it",
        },
        rows=tuple(rows),
        **shared,
    )


def _growth(one: _Spread, shared: Mapping[str, Any]) -> MeasureTable:
    """How many had been reached on each day on which the number changes."""
    reached = [how for _, how in one.of(one.people) if how is not None]
    days = sorted({day for how in reached for day in (how.earliest, how.latest) if day is not None})
    return MeasureTable(
        name="spread",
        title="Growth of reach over time",
        columns={
            "day": "a day on which reach changed (at the end of the day)",
            "certainly": "people it had certainly come to",
            "possibly": "people it had certainly or possibly come to",
        },
        rows=tuple(
            MeasureRow(
                (day, sum(how.certainly_by(day) for how in reached), sum(how.possibly_by(day) for how in reached)),
                tuple(sorted({claim for how in reached if how.possibly_by(day) for claim in _claims(how)})),
            )
            for day in days
        ),
        **shared,
    )


def _denied(graph: nx.MultiDiGraph[str], thing: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for who, _, key, claim in graph.in_edges(thing, keys=True, data=True):
        if claim["type"] in _TOLD and claim.get("negated") and claim.get("status") != "withdrawn":
            found.setdefault(who, []).append(key)
    return {who: tuple(sorted(keys)) for who, keys in found.items()}


def _rank(pair: tuple[str, Reached | None]) -> tuple[int, date]:
    how = pair[1]
    if how is None:
        return 2, date.max
    return (0, how.latest or date.max) if how.certain else (1, how.earliest or date.min)


def _how(how: Reached | None) -> str:
    return "no" if how is None else "certainly" if how.certain else "possibly"


def _through(graph: nx.MultiDiGraph[str], how: Reached | None) -> tuple[str, ...]:
    chain = (how.certain_chain or how.possible_chain) if how else ()
    return tuple(graph.nodes[str(step.start)]["name"] for step in chain[1:])


def _claims(how: Reached | None) -> tuple[str, ...]:
    """The claims of the chains by which it can have come, and by which it did."""
    return tuple(sorted(_behind(how))) if how else ()


def _behind(how: Reached) -> set[str]:
    steps = (*how.possible_chain, *how.certain_chain)
    return set[str]().union(*(_of(step.contact.key) for step in steps))


def _of(key: Any) -> Iterable[str]:
    return key if isinstance(key, tuple) else ()
