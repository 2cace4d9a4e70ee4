"""The storyline of a site or case study: people over time, where they met, what was introduced and how received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from journeys.analysis.actors.network import EVERYTHING
from journeys.analysis.actors.relations import STANCES
from journeys.analysis.claims.claim import ClaimRecord, Entity, MeetingRef
from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.from_graph import claims_in_graph
from journeys.analysis.claims.graph import STRUCTURE, edges_by_id, nodes_by_label, parts_of, study_graph
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.places import Body, organisations_of
from journeys.analysis.claims.selection import LeftOut, Selection, belonging, select
from journeys.analysis.methods.storyline.layers import FewestCrossings, Storyline, storyline
from journeys.model.order import Order, order, sort_key
from journeys.model.result import Result
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.loaded import refuse_unloaded
from journeys.store.resolve import Found, resolve

MOST_PEOPLE, MOST_MEETINGS = 40, 60
"""More than these are not drawn: those that meet least are left out, and said to be."""

Solver = Callable[[Storyline], FewestCrossings]


def exactly(story: Storyline) -> FewestCrossings:
    """The order of the lines by the exact method."""
    # The solver is slow to start, and many drawings are kept.
    from journeys.analysis.methods.storyline.exact import fewest_crossings

    return fewest_crossings(story)


@dataclass(frozen=True, slots=True)
class Person:
    """A person or group as a line: name, whether a "person" or a "group", and organisations."""

    entity: Entity
    kind: str
    organisations: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one person did at one meeting: the claims that say that they were there, and those on what they did."""

    person: str
    there: tuple[str, ...]
    did: tuple[str, ...]
    sides: tuple[int, ...]
    """1 for support, -1 for contest, each once; none for somebody who took no side."""
    introduced: tuple[Entity, ...]
    """The documents and pieces of evidence that they introduced there."""


@dataclass(frozen=True, slots=True)
class Point:
    """A meeting on the storyline, with its people from top to bottom, and everybody who is there in that order."""

    meeting: MeetingRef
    parts: tuple[Part, ...]
    lines: tuple[str, ...]
    """Ids of all people whose line passes, those at the meeting and those who are elsewhere."""
    unsure: bool
    """Whether it may have come before the meeting before it on the drawing."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many people, groups and meetings a drawing of any size would have."""

    people: int
    groups: int
    meetings: int


@dataclass(frozen=True, slots=True, repr=False)
class SiteStoryline(Result):
    """The storyline of a site or case study (``place``), or of the whole study if that is None."""

    place: Found | None
    people: Mapping[str, Person]
    points: tuple[Point, ...]
    undated: tuple[MeetingRef, ...]
    """Meetings of which no date is known: they have no place on the drawing."""
    unattended: tuple[MeetingRef, ...]
    """Meetings of which no source says who was there."""
    not_drawn: tuple[Entity, ...]
    """People and meetings that were left out because the drawing would be too large."""
    nowhere: tuple[Entity, ...]
    """People who were only at meetings of which no date is known."""
    totals: Totals
    crossings: int
    bound: int
    """No drawing of these meetings in this order has fewer crossings."""
    claims: Mapping[str, ClaimRecord]
    left_out: tuple[LeftOut, ...]

    @property
    def name(self) -> str:
        """The name of the site or case study."""
        return self.place.name if self.place else "All sites"

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON: people, meetings with who was there and did what, crossings, and the claims by id."""
        return {
            "place": {"id": self.place.id, "name": self.place.name} if self.place else None,
            "people": [
                {
                    "id": each.entity.id,
                    "name": each.entity.name,
                    "kind": each.kind,
                    "organisations": [{"id": body.id, "name": body.name} for body in each.organisations],
                }
                for each in self.people.values()
            ],
            "meetings": [
                {
                    **point.meeting.as_dict(),
                    "may_have_come_earlier": point.unsure,
                    "lines": list(point.lines),
                    "people": [
                        {
                            "id": part.person,
                            "there": list(part.there),
                            "did": list(part.did),
                            "sides": list(part.sides),
                            "introduced": [thing.as_dict() for thing in part.introduced],
                        }
                        for part in point.parts
                    ],
                }
                for point in self.points
            ],
            "crossings": self.crossings,
            "fewest_possible": self.bound,
            "without_date": [each.as_dict() for each in self.undated],
            "nobody_recorded": [each.as_dict() for each in self.unattended],
            "not_drawn": [each.as_dict() for each in self.not_drawn],
            "only_at_meetings_without_date": [each.as_dict() for each in self.nowhere],
            "totals": asdict(self.totals),
            "claims": {claim_id: claim.as_dict() for claim_id, claim in self.claims.items()},
            "left_out": [each.as_dict() for each in self.left_out],
        }


def site_storyline(
    store: Store,
    study: str,
    schema: Schema,
    place: str | None = None,
    *,
    selection: Selection | None = None,
    solve: Solver = exactly,
) -> SiteStoryline:
    """The storyline of a site or case study (its name, id or a beginning), or of the whole study.

    A person is at a meeting if a source says that they attended, or did something there. ``selection`` may narrow
    which claims count; ``solve`` finds the order of the lines. Raises UnknownReference, AmbiguousReference, and
    NothingLoaded when the store has nothing of the study.
    """
    found = resolve(store, study, place, ("Site", "CaseStudy")) if place is not None else None
    kinds = {name for name, kind in schema.claims.items() if {"Actor", "any"} & set(kind.from_labels)}
    graph = study_graph(store, study, schema, types=sorted(kinds | {*STRUCTURE, "SITS_IN"}))
    if not graph:
        refuse_unloaded(store, schema, study)
    return storyline_of(nx.freeze(graph), schema, found, selection=selection or EVERYTHING, solve=solve)


def storyline_of(
    graph: nx.MultiDiGraph[str],
    schema: Schema,
    place: Found | None = None,
    *,
    selection: Selection = EVERYTHING,
    solve: Solver = exactly,
) -> SiteStoryline:
    """The storyline of a site or case study, made from a graph that has been read."""
    counted, left = select(graph, selection)
    places = belonging(graph)
    refs = {
        node: MeetingRef(node, held["name"], span(held))
        for node in nodes_by_label(graph).get("Meeting", ())
        if place is None or place.id in places[node]
        for held in [graph.nodes[node]]
    }
    told = _told(counted, refs)
    wanted = sorted((ref for ref in refs.values() if dated(ref.when)), key=lambda ref: (sort_key(ref.when), ref.id))
    with_people = [ref for ref in wanted if told.get(ref.id)]
    shown, people, not_drawn = _largest(graph, with_people, told)
    story = storyline([[[person for person in told[ref.id] if person in people]] for ref in shown])
    drawing = solve(story)
    ids = {claim for ref in shown for person in told[ref.id].keys() & people for claim in told[ref.id][person]}
    nowhere = {person for at in told.values() for person in at}.difference(*(told[ref.id] for ref in with_people))
    orders = [tuple(str(story.lines[line]) for line in order) for order in drawing.orders]
    return SiteStoryline(
        place=place,
        people=_people(graph, dict.fromkeys(line for lines in orders for line in lines)),
        points=tuple(
            Point(ref, _parts(counted, told[ref.id], lines), lines, unsure)
            for ref, lines, unsure in zip(shown, orders, _unsure(shown), strict=True)
        ),
        undated=tuple(ref for ref in refs.values() if not dated(ref.when)),
        unattended=tuple(ref for ref in wanted if not told.get(ref.id)),
        not_drawn=not_drawn,
        nowhere=_entities(graph, sorted(nowhere)),
        totals=_totals(graph, [told[ref.id] for ref in with_people]),
        crossings=drawing.crossings,
        bound=drawing.bound,
        claims=claims_in_graph(counted, schema, ids),
        left_out=_of_meetings(graph, left, refs),
    )


def _there(graph: nx.MultiDiGraph[str], meetings: Mapping[str, MeetingRef]) -> Iterator[tuple[str, str, str]]:
    """Each claim that puts a person at one of these meetings: the meeting, the person, and the claim's id."""
    acts = _acts(graph)
    return ((meeting, person, claim_id) for meeting in meetings for person, claim_id in acts.get(meeting, ()))


@kept
def _acts(graph: nx.MultiDiGraph[str]) -> Mapping[str, list[tuple[str, str]]]:
    """For each meeting the claims that put a person there: the person, and the claim's id."""
    parts = parts_of(graph)
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for start, end, claim_id, claim in parts[1] if parts else graph.edges(keys=True, data=True):
        if claim["asserted"] and graph.nodes[start]["label"] == "Actor":
            found[claim.get("at_meeting") or end].append((start, claim_id))
    return dict(found)


def _told(graph: nx.MultiDiGraph[str], meetings: Mapping[str, MeetingRef]) -> dict[str, dict[str, list[str]]]:
    """For each meeting the people whom a claim puts there, each with these claims."""
    told: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for meeting, person, claim_id in _there(graph, meetings):
        told[meeting][person].append(claim_id)
    return {meeting: {person: sorted(of[person]) for person in sorted(of)} for meeting, of in told.items()}


def _largest(
    graph: nx.MultiDiGraph[str], meetings: Sequence[MeetingRef], told: Mapping[str, Mapping[str, list[str]]]
) -> tuple[list[MeetingRef], set[str], tuple[Entity, ...]]:
    """The meetings and people that are drawn, and those that are left out where they are too many."""
    by_size = sorted(meetings, key=lambda ref: -len(told[ref.id]))
    kept = {ref.id for ref in by_size[:MOST_MEETINGS]}
    times: dict[str, int] = {}
    for ref in meetings:
        for person in told[ref.id]:
            # Whoever was only at meetings that are left out is left out too, and is to be named.
            times[person] = times.get(person, 0) + (ref.id in kept)
    people = set(sorted(filter(times.get, times), key=lambda person: (-times[person], person))[:MOST_PEOPLE])
    shown = [ref for ref in meetings if ref.id in kept and people & told[ref.id].keys()]
    left = [ref.id for ref in meetings if ref not in shown] + sorted(times.keys() - people)
    return shown, people, _entities(graph, left)


def _entities(graph: nx.MultiDiGraph[str], ids: Iterable[str]) -> tuple[Entity, ...]:
    return tuple(Entity(each, graph.nodes[each]["label"], graph.nodes[each]["name"]) for each in ids)


def _totals(graph: nx.MultiDiGraph[str], meetings: Sequence[Mapping[str, list[str]]]) -> Totals:
    people = {person for there in meetings for person in there}
    groups = sum(_kind(graph, person) != "person" for person in people)
    return Totals(people=len(people) - groups, groups=groups, meetings=len(meetings))


def _kind(graph: nx.MultiDiGraph[str], person: str) -> str:
    return str(graph.nodes[person].get("kind") or "person")


def _people(graph: nx.MultiDiGraph[str], ids: Iterable[str]) -> dict[str, Person]:
    bodies = organisations_of(graph)
    return {
        each: Person(
            Entity(each, "Actor", graph.nodes[each]["name"]),
            _kind(graph, each),
            bodies.get(each, ()),
        )
        for each in ids
    }


def _parts(graph: nx.MultiDiGraph[str], told: Mapping[str, list[str]], lines: Sequence[str]) -> tuple[Part, ...]:
    edges = edges_by_id(graph)
    held = {claim_id: (edges[claim_id][1], edges[claim_id][3]) for ids in told.values() for claim_id in ids}
    parts = []
    for person in (line for line in lines if line in told):
        there = [claim for claim in told[person] if graph.nodes[held[claim][0]]["label"] == "Meeting"]
        did = [claim for claim in told[person] if claim not in there]
        sides = {STANCES[held[claim][1]["type"]] for claim in did if held[claim][1]["type"] in STANCES}
        things = {held[claim][0] for claim in did if held[claim][1]["type"] == "INTRODUCED"}
        named = _entities(graph, sorted(things))
        parts.append(Part(person, tuple(there), tuple(did), tuple(sorted(sides)), named))
    return tuple(parts)


def _unsure(meetings: Sequence[MeetingRef]) -> list[bool]:
    """For each meeting whether it may have come before the one that it is drawn after."""
    later = [order(one.when, other.when) is Order.OVERLAP for one, other in pairwise(meetings)]
    return [False, *later] if meetings else []


def _of_meetings(
    graph: nx.MultiDiGraph[str], left: Sequence[LeftOut], meetings: Mapping[str, MeetingRef]
) -> tuple[LeftOut, ...]:
    """Of what was left out, the claims that put somebody at one of these meetings."""
    ours = {claim_id for _, _, claim_id in _there(graph, meetings)}
    kept = ((each.why, tuple(claim for claim in each.claims if claim in ours)) for each in left)
    return tuple(LeftOut(why, claims) for why, claims in kept if claims)
