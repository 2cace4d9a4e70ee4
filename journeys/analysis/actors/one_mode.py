"""The networks that measures on actors are computed on: a site, a relation, and, if asked for, one period each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np

from journeys.analysis.actors.network import ActorNetwork, actor_network
from journeys.analysis.actors.relations import RELATIONS, Occasion
from journeys.analysis.claims.claim import counted_source
from journeys.analysis.claims.dates import dated, span
from journeys.analysis.claims.graph import edges_by_id, nodes_by_label
from journeys.analysis.claims.kept import kept
from journeys.analysis.claims.selection import LeftOut, Selection
from journeys.analysis.methods.arrays import spread
from journeys.analysis.methods.simple_graph import simple
from journeys.model.dates import DateSpan
from journeys.model.order import outer_bounds
from journeys.model.periods import Certainty, Length, calendar, lies_in

ALL_SITES = "all sites"
INTRODUCES = ("introduces_to",)
"""The relation that is measured unless another is asked for."""


@dataclass(frozen=True)
class RelationNetwork:
    """The actors of a place and their ties by one relation, or by several together.

    ``graph`` has an edge for each tie and relation, as ``ActorNetwork`` describes it; it is directed if any of the
    relations is, and a tie of one that is not is then an arc each way. ``period`` and ``certainty`` are None for all
    times; "possibly" has the ties that certainly lie in the period too.
    """

    place: str
    relations: tuple[str, ...]
    graph: nx.MultiGraph[str]
    left_out: tuple[LeftOut, ...]
    period: str | None = None
    certainty: Certainty | None = None

    @cached_property
    def ties(self) -> nx.Graph[str]:
        """One tie for each pair, with the sum of the weights; the actors sorted."""
        return simple(self.graph)

    @cached_property
    def _edges(self) -> list[tuple[str, str, dict[str, Any]]]:
        return list(self.graph.edges(data=True))

    @cached_property
    def _claims_by_actor(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {actor: set() for actor in self.graph}
        for one, other, data in self._edges:
            found[one].update(data["claims"])
            found[other].update(data["claims"])
        return found

    @cached_property
    def _claims_by_tie(self) -> _ClaimsByTie:
        return _ClaimsByTie(list(self.graph), self._edges)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that any tie rests on, sorted."""
        return _claims(self._edges)

    def claims_of(self, *actors: str) -> tuple[str, ...]:
        """The claims that the ties of any of these actors rest on, sorted."""
        return tuple(sorted({claim for actor in actors for claim in self._claims_by_actor[actor]}))

    def claims_among(self, *actors: str) -> tuple[str, ...]:
        """The claims that the ties between these actors rest on, sorted."""
        return self._claims_by_tie.among(actors)

    def name(self, actor: str) -> str:
        """The name shown for an actor."""
        return str(self.graph.nodes[actor]["name"])

    @property
    def when(self) -> dict[str, str]:
        """The period for a row of a table: nothing for all times."""
        return {} if self.period is None else {"period": self.period, "certainty": self.certainty or ""}

    @property
    def occasions(self) -> int:
        """The occasions of all ties."""
        arcs = self.graph.is_directed()
        # A tie without direction is an arc each way in a directed network.
        return sum(
            int(data["weight"]) for one, other, data in self._edges if data["directed"] or not arcs or one < other
        )

    @property
    def n(self) -> dict[str, int]:
        """The numbers of actors, ties, claims and sources, for the n of a table."""
        sources = {source for *_, data in self._edges for source in data["sources"]}
        return {
            "actors": len(self.graph),
            "ties": self.ties.number_of_edges(),
            "claims": len(self.claims),
            "sources": len(sources),
        }

    @property
    def meaning(self) -> str:
        """What a tie is, in words."""
        return " Or: ".join(RELATIONS[name].definition for name in self.relations)


def relation_network(
    graph: nx.MultiDiGraph[str], selection: Selection, relations: Sequence[str] = INTRODUCES
) -> RelationNetwork:
    """The network of the site of the selection, or of all sites, of a study's graph.

    Raises UsageProblem for a relation there is not.
    """
    return _relation_network(graph, selection, tuple(relations))


@kept
def _relation_network(graph: nx.MultiDiGraph[str], selection: Selection, relations: tuple[str, ...]) -> RelationNetwork:
    found = actor_network(graph, selection, relations=relations)
    place = selection.case or selection.site
    name = graph.nodes[place]["name"] if place else ALL_SITES
    return RelationNetwork(name, tuple(found.relations), _together(found), found.left_out)


def networks_by_site(
    graph: nx.MultiDiGraph[str], selection: Selection, relations: Sequence[str] = INTRODUCES
) -> tuple[RelationNetwork, ...]:
    """``relation_network`` of each site in the order of their names, then of all sites; of the chosen one alone."""
    sites = sorted((graph.nodes[node]["name"], node) for node in nodes_by_label(graph).get("Site", ()))
    places = [] if selection.site or selection.case else [node for _, node in sites]
    chosen = [*(replace(selection, site=place) for place in places), selection]
    return tuple(relation_network(graph, one, relations) for one in chosen)


def at_times(whole: RelationNetwork, graph: nx.MultiDiGraph[str], period: Length | None) -> tuple[RelationNetwork, ...]:
    """The network in each calendar period from the first day that any tie may have been to the last.

    Twice for each: with the occasions that certainly lie in it, and with all that possibly do. Without ``period`` the
    network itself. ``graph`` is the study's.
    """
    return (whole,) if period is None else tuple(_snapshots(whole, graph, period))


def _together(found: ActorNetwork) -> nx.MultiGraph[str]:
    directed = any(relation.directed for relation in found.relations.values())
    made: nx.MultiGraph[str] = nx.MultiDiGraph() if directed else nx.MultiGraph()
    made.add_nodes_from(found.graph.nodes(data=True))
    for one, other, key, data in found.graph.edges(keys=True, data=True):
        made.add_edge(one, other, key=key, **data)
        if directed and not data["directed"]:
            made.add_edge(other, one, key=key, **data)
    return made


def _snapshots(whole: RelationNetwork, graph: nx.MultiDiGraph[str], period: Length) -> Iterator[RelationNetwork]:
    claims = {key: edge[3] for key, edge in edges_by_id(graph).items()}
    edges = list(whole.graph.edges(keys=True, data=True))
    spans = {each: _span(each, claims) for *_, data in edges for each in data["occasions"]}
    undated = {claim for each, when in spans.items() if not dated(when) for claim in each.claims}
    nowhere = LeftOut("no date, so certainly in no period and possibly in any", tuple(sorted(undated)))
    wanted: tuple[Certainty, ...] = ("certainly", "possibly")
    for time in calendar(spans.values(), period):
        for certainty in wanted:
            held: nx.MultiGraph[str] = type(whole.graph)()
            held.add_nodes_from(whole.graph.nodes(data=True))
            for one, other, key, data in edges:
                then = [each for each in data["occasions"] if _in(spans[each], time, certainty)]
                if then:
                    held.add_edge(one, other, key=key, **{**data, **_of(then, claims)})
            left = (*whole.left_out, *((nowhere,) if undated else ()))
            yield replace(whole, graph=held, left_out=left, period=time.text, certainty=certainty)


def _in(when: DateSpan, period: DateSpan, certainty: Certainty) -> bool:
    return dated(when) and lies_in(when, period) in ("certainly", certainty)


def _of(occasions: Sequence[Occasion], claims: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    ids = tuple(sorted({claim for each in occasions for claim in each.claims}))
    return {
        "weight": len(occasions),
        "occasions": tuple(occasions),
        "claims": ids,
        "sources": tuple(sorted(filter(None, {counted_source(claims[each]) for each in ids}))),
    }


def _span(occasion: Occasion, claims: Mapping[str, Mapping[str, Any]]) -> DateSpan:
    """The days on which an occasion may have been: from the first to the last of its dated claims."""
    dates = [span(claims[claim]) for leg in occasion.legs[: occasion.dated] for claim in leg]
    bounds = [outer_bounds(when) for when in dates if dated(when)]
    firsts, lasts = [first for first, _ in bounds], [last for _, last in bounds]
    return DateSpan(
        None,
        min((day for day in firsts if day), default=None) if None not in firsts else None,
        max((day for day in lasts if day), default=None) if None not in lasts else None,
        "between",
    )


class _ClaimsByTie:
    """The claims of all ties as arrays, to find those of the ties among some actors without a look at all the rest."""

    def __init__(self, actors: Sequence[str], edges: Sequence[tuple[str, str, Mapping[str, Any]]]) -> None:
        self._place = {actor: number for number, actor in enumerate(actors)}
        self._ids = sorted({claim for *_, data in edges for claim in data["claims"]})
        number = {claim: at for at, claim in enumerate(self._ids)}
        placed = sorted((self._place[one], self._place[other], data["claims"]) for one, other, data in edges)
        self._ends = np.array([other for _, other, _ in placed], np.int64)
        self._first = np.searchsorted([one for one, _, _ in placed], np.arange(len(actors) + 1))
        self._claims = np.array([number[claim] for *_, ids in placed for claim in ids], np.int64)
        self._begin = np.concatenate(([0], np.cumsum([len(ids) for *_, ids in placed]))).astype(np.int64)

    def among(self, actors: Iterable[str]) -> tuple[str, ...]:
        chosen = np.array([self._place[actor] for actor in actors], np.int64)
        inside = np.zeros(len(self._place), np.bool_)
        inside[chosen] = True
        ties = spread(np.flatnonzero(inside), self._first)[1]
        claims = self._claims[spread(ties[inside[self._ends[ties]]], self._begin)[1]]
        there = np.zeros(len(self._ids), np.bool_)
        there[claims] = True
        return tuple(self._ids[at] for at in np.flatnonzero(there).tolist())


def _claims(edges: Iterable[tuple[str, str, dict[str, Any]]]) -> tuple[str, ...]:
    return tuple(sorted({claim for *_, data in edges for claim in data["claims"]}))
