"""The network of the actors of a site: their relations, and the claims behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import networkx as nx

from journeys.analysis.actors.claim_index import claim_index
from journeys.analysis.actors.relations import MADE_BY, RELATIONS, Occasion, Relation, direct, occasions
from journeys.analysis.claims.claim import ACTING, COUNTED_BY, counted_source
from journeys.analysis.claims.graph import edges_by_id
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.places import actors_of, organisations_of, place_names
from journeys.analysis.claims.selection import LOOKED_AT, LeftOut, Selection, belonging, select
from journeys.model.aspects import ASPECTS
from journeys.model.definitions import NOT_STATED
from journeys.model.problems import UsageProblem
from journeys.model.schema import Schema
from journeys.model.suggestions import did_you_mean

EVERYTHING = Selection()
THINGS = tuple(MADE_BY)
PROPERTIES = (*LOOKED_AT, *COUNTED_BY, *ASPECTS, "to_arena", "sent_by")
"""The properties of claims that make a difference to a network."""


@dataclass(frozen=True, slots=True)
class ActorNetwork:
    """Actors and their relations.

    ``graph`` is a MultiDiGraph of ids, nodes and edges sorted. A node has ``label`` (Actor, Organisation, Arena), the
    shown ``name``, ``kind``, ``designation``, ``organisations`` (of each ``id``, ``name``, ``kind``),
    ``organisation`` and ``organisation_kind`` (None where nothing is known or it is not one alone), ``sites`` and
    ``site`` (names; None likewise). An edge has its relation as key, and ``relation``, ``directed``, ``polarity``,
    ``weight`` (how many meetings and things: see the relation), ``occasions``, ``claims`` and ``sources`` (ids,
    sorted), ``modes``, ``confidences`` (sorted; with "not_stated"), ``date_from`` and ``date_to`` (of all dated
    occasions; None is open). An undirected relation has one edge, from the lesser id to the greater.

    ``relations`` are those that were asked for, ``left_out`` the claims they might have rested on and do not.
    ``from_elsewhere`` are the people and groups that are not of the site or case study and are there for a tie alone.
    """

    graph: nx.MultiDiGraph[str]
    relations: Mapping[str, Relation]
    left_out: tuple[LeftOut, ...]
    from_elsewhere: tuple[str, ...] = ()

    def of(self, relation: str) -> nx.Graph[str]:
        """One relation by itself, with all actors: a DiGraph if it is directed, else a Graph; edges as above.

        Raises KeyError for a relation that was not asked for.
        """
        directed = self.relations[relation].directed
        single: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
        single.add_nodes_from(self.graph.nodes(data=True))
        single.add_edges_from(
            (a, b, data) for a, b, key, data in self.graph.edges(keys=True, data=True) if key == relation
        )
        return single


def direct_relations(schema: Schema) -> dict[str, Relation]:
    """The ties of actors to documents and pieces of evidence: one for each kind of claim that tells of one."""
    return {
        kind.name.lower(): Relation(
            kind.name.lower(),
            kind.phrase,
            f"A source reports that somebody {kind.phrase} the document or piece of evidence. Each "
            "meeting counts once.",
            (kind.name,),
            polarity=kind.polarity,
            things=True,
        )
        for kind in schema.claims.values()
        if kind.asserted and set(kind.from_labels) & set(ACTING) and set(kind.to_labels) & set(THINGS)
    }


def actor_network(
    graph: nx.MultiDiGraph[str],
    selection: Selection = EVERYTHING,
    *,
    relations: Iterable[str] | None = None,
    actors: Collection[str] = ("Actor",),
    schema: Schema | None = None,
) -> ActorNetwork:
    """The network of a study's graph (``study_graph``), of the claims that ``selection`` counts.

    ``relations`` are names of ``RELATIONS``, by default all but those ``only_if_asked``; with ``schema`` also of its
    ``direct_relations``, whose documents and pieces of evidence become nodes. ``actors`` are the labels of those who
    may be related. All people and groups of the site or case study are there, also those with no relation, and whoever
    else has one.

    A period, a site, a case study and a scope are about the act: who wrote what was contested, and who was there,
    counts whenever and wherever that is said. What was reported not to have happened, was withdrawn or
    is only inferred counts nowhere.

    Raises UsageProblem for a relation there is not.
    """
    known = {**RELATIONS, **(direct_relations(schema) if schema else {})}
    wanted = _wanted(known, relations)
    selection = replace(selection, derived=False)
    chosen, left = select(graph, selection)
    at_any_time = replace(selection, start=None, end=None, scope=None)
    _, left_of_wider = select(graph, at_any_time)
    wider, _ = select(graph, replace(at_any_time, site=None, case=None))
    acts, background = claim_index(chosen), claim_index(wider)
    labels = _labels(graph)
    found = [
        each
        for relation in wanted.values()
        for each in (
            direct(relation.name, acts, relation.acts[0])
            if relation.things
            else occasions(relation.name, acts, background, labels)
        )
        if labels[each.start] in actors and labels[each.end] in (THINGS if relation.things else actors)
    ]
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    there = actors_of(graph, selection.site or selection.case) if "Actor" in actors else set()
    add_nodes(made, graph, there | {end for each in found for end in (each.start, each.end)})
    add_edges(made, graph, found, wanted)
    elsewhere = tuple(node for node in made if labels[node] == "Actor" and node not in there)
    return ActorNetwork(made, wanted, _left_out(graph, wanted.values(), left, left_of_wider), elsewhere)


@kept
def _labels(graph: nx.MultiDiGraph[str]) -> Mapping[str, str]:
    return {node: held["label"] for node, held in graph.nodes(data=True)}


@kept
def _claims_by_id(graph: nx.MultiDiGraph[str]) -> Mapping[str, Mapping[str, Any]]:
    return {claim_id: edge[3] for claim_id, edge in edges_by_id(graph).items()}


def _wanted(known: Mapping[str, Relation], names: Iterable[str] | None) -> dict[str, Relation]:
    if names is None:
        return {name: relation for name, relation in RELATIONS.items() if not relation.only_if_asked}
    asked = list(names)
    for name in asked:
        if name not in known:
            raise UsageProblem(
                f"There is no relation {name!r}.{did_you_mean(name, known)} Write one of: {', '.join(known)}."
            )
    return {name: relation for name, relation in known.items() if name in asked}


def add_nodes(made: nx.MultiDiGraph[str], graph: nx.MultiDiGraph[str], wanted: Collection[str]) -> None:
    """Add nodes of a study's graph to a network, with what ``ActorNetwork`` says of each."""
    organisations, places = organisations_of(graph), belonging(graph)
    for node in sorted(wanted):
        held = graph.nodes[node]
        bodies = organisations.get(node, ())
        kinds = {body.kind for body in bodies}
        sites = place_names(graph, places[node])
        made.add_node(
            node,
            label=held["label"],
            name=held["name"],
            kind=held.get("kind"),
            designation=held.get("designation"),
            organisations=bodies,
            organisation=bodies[0].name if len(bodies) == 1 else None,
            organisation_kind=next(iter(kinds)) if len(kinds) == 1 else None,
            sites=sites,
            site=sites[0] if len(sites) == 1 else None,
        )


def add_edges(
    made: nx.MultiDiGraph[str],
    graph: nx.MultiDiGraph[str],
    found: Iterable[Occasion],
    relations: Mapping[str, Relation],
) -> None:
    """Add the ties that occasions make to a network, as ``ActorNetwork`` describes them."""
    ties: defaultdict[tuple[str, str, str], list[Occasion]] = defaultdict(list)
    for each in found:
        ties[each.start, each.end, each.relation].append(each)
    claims = _claims_by_id(graph)
    told = cache(lambda claim: _told(claims[claim]))
    for start, end, name in sorted(ties):
        held = ties[start, end, name]
        ids = tuple(sorted({claim for each in held for leg in each.legs for claim in leg}))
        sources, modes, confidences = (set(said) for said in zip(*map(told, ids), strict=True))
        first, last = _hull([_when(each, claims) for each in held])
        made.add_edge(
            start,
            end,
            key=name,
            relation=name,
            directed=relations[name].directed,
            polarity=relations[name].polarity,
            weight=len({each.about for each in held}),
            occasions=tuple(held),
            claims=ids,
            sources=tuple(sorted(filter(None, sources))),
            modes=tuple(sorted(modes)),
            confidences=tuple(sorted(confidences)),
            date_from=first,
            date_to=last,
        )


def _told(claim: Mapping[str, Any]) -> tuple[str | None, str, str]:
    """The source that counts for a claim, its mode and its confidence."""
    return counted_source(claim), claim.get("mode") or NOT_STATED, claim.get("confidence") or NOT_STATED


def _when(occasion: Occasion, claims: Mapping[str, Mapping[str, Any]]) -> tuple[date | None, date | None]:
    """The first and last day that the dated claims of an occasion allow; None is open or unknown."""
    dating = [claims[claim] for leg in occasion.legs[: occasion.dated] for claim in leg]
    return _hull([(claim.get("date_from"), claim.get("date_to")) for claim in dating])


def _hull(spans: Sequence[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """The span of those that have a date; open at an end where one of them is."""
    if len(spans) == 1:
        return spans[0]
    known = [span for span in spans if span != (None, None)]
    firsts, lasts = [first for first, _ in known], [last for _, last in known]
    return (
        min((first for first in firsts if first), default=None) if None not in firsts else None,
        max((last for last in lasts if last), default=None) if None not in lasts else None,
    )


def _left_out(
    graph: nx.MultiDiGraph[str],
    relations: Collection[Relation],
    acts: Iterable[LeftOut],
    background: Iterable[LeftOut],
) -> tuple[LeftOut, ...]:
    """The claims that were left out, of the kinds on which the relations rest."""
    edges = edges_by_id(graph)
    by_reason: defaultdict[str, set[str]] = defaultdict(set)
    for left, types in (
        (acts, {name for relation in relations for name in relation.acts}),
        (background, {name for relation in relations for name in relation.background}),
    ):
        for each in left:
            by_reason[each.why] |= {claim for claim in each.claims if edges[claim][3]["type"] in types}
    return tuple(LeftOut(why, tuple(sorted(ids))) for why, ids in sorted(by_reason.items()) if ids)
