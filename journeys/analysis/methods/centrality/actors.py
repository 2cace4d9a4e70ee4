"""Centrality of each actor in a network: degree, betweenness, closeness, eigenvector, core, cutpoint, component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.methods.centrality.eigenvector import eigenvector
from journeys.analysis.methods.centrality.homophily import GroupTies, Homophily, homophily
from journeys.analysis.methods.centrality.network import Centralisation, NetworkMeasures, network_measures
from journeys.analysis.methods.centrality.shortest_paths import Reach, betweenness, reach
from journeys.analysis.methods.simple_graph import in_order, simple

__all__ = [
    "ActorMeasures",
    "Centralisation",
    "GroupTies",
    "Homophily",
    "NetworkMeasures",
    "actor_measures",
    "homophily",
    "network_measures",
    "simple",
]


@dataclass(frozen=True, slots=True)
class ActorMeasures:
    """The centrality of one actor. Measures that are not defined are None, as are measures of direction in undirected
    graphs.

    All but the three strengths ignore weights; a path's length is its number of ties.
    """

    actor: Any
    """The node."""
    degree: int
    """Freeman 1979: ties; in a directed graph the arcs in and out together."""
    in_degree: int | None
    """Arcs that end here."""
    out_degree: int | None
    """Arcs that start here."""
    degree_normalised: float | None
    """0 to 1: ``degree`` by the most there can be, n-1 or, directed, 2(n-1). None for a lone actor."""
    strength: float
    """Barrat et al. 2004: the weights of the ties counted in ``degree``."""
    in_strength: float | None
    """The weights of the arcs that end here."""
    out_strength: float | None
    """The weights of the arcs that start here."""
    betweenness: float
    """Freeman 1977: the sum, over pairs of others (directed: ordered pairs, Gould 1987), of the share of the shortest
    paths that run through the actor."""
    betweenness_normalised: float | None
    """0 to 1: the same by its maximum, (n-1)(n-2)/2 or, directed, (n-1)(n-2). None below three actors."""
    closeness: float | None
    """Freeman 1979: (n-1) by the sum of the distances to all others, above 0 to 1; directed: along the arcs. None
    unless all others can be reached, and for a lone actor."""
    closeness_corrected: float | None
    """Wasserman & Faust 1994: the share of others reached, times their number by the sum of their distances; 0 to 1.
    The same as ``closeness`` where all are reached; 0 where none is; None for a lone actor."""
    closeness_in: float | None
    """``closeness`` by the distances from the others to the actor."""
    closeness_in_corrected: float | None
    """``closeness_corrected`` by the distances from those who reach the actor."""
    eigenvector: float
    """Bonacich 1972, direction ignored: 0 to 1, the squares of all sum to 1. Of several components the one with the
    largest eigenvalue has all of it (see ``centrality_eigenvector``)."""
    core: int
    """Seidman 1983, direction ignored: the largest k such that the actor belongs to a part of the network in which
    everyone has k ties or more."""
    cutpoint: bool
    """An articulation point (Harary, Norman & Cartwright 1965), direction ignored: without this actor the component
    falls apart."""
    component: int
    """The number of the actor's component, direction ignored: 1 is the largest, equally large ones by their first
    name."""


def actor_measures(
    graph: nx.Graph[Any], *, directed: bool | None = None, weight: str | None = "weight"
) -> tuple[ActorMeasures, ...]:
    """The measures of every actor, sorted by name; no actors, no measures.

    Any NetworkX graph is taken, and folded by ``simple`` (which says what ``directed`` and ``weight`` mean): isolates
    count as actors, self-loops do not count as ties, parallel edges count once except in the strengths. Raises
    ValueError for a weight that is not a finite number of 0 or more.
    """
    ties = simple(graph, directed=directed, weight=weight)
    plain = simple(ties, directed=False)
    count = len(ties)
    between = betweenness(ties)
    most_between = (count - 1) * (count - 2) / (1 if ties.is_directed() else 2)
    outward = reach(ties)
    inward = reach(ties, incoming=True) if ties.is_directed() else {}
    central = eigenvector(plain)
    cores = nx.core_number(plain)
    cutpoints = set(nx.articulation_points(plain))
    components = _components(plain)
    return tuple(
        ActorMeasures(
            actor=actor,
            **_degrees(ties, actor),
            betweenness=between[actor],
            betweenness_normalised=between[actor] / most_between if most_between > 0 else None,
            closeness=_freeman(outward[actor], count),
            closeness_corrected=_corrected(outward[actor], count),
            closeness_in=_freeman(inward[actor], count) if inward else None,
            closeness_in_corrected=_corrected(inward[actor], count) if inward else None,
            eigenvector=central[actor],
            core=cores[actor],
            cutpoint=actor in cutpoints,
            component=components[actor],
        )
        for actor in ties
    )


def _degrees(ties: nx.Graph[Any], actor: Any) -> dict[str, Any]:
    """The degrees and strengths, by the names of their fields."""
    found: dict[str, Any] = dict.fromkeys(("in_degree", "out_degree", "in_strength", "out_strength"))
    found |= {"degree": ties.degree(actor), "strength": float(ties.degree(actor, weight="weight"))}
    most = len(ties) - 1
    if isinstance(ties, nx.DiGraph):
        most *= 2
        found |= {"in_degree": ties.in_degree(actor), "in_strength": float(ties.in_degree(actor, weight="weight"))}
        found |= {"out_degree": ties.out_degree(actor), "out_strength": float(ties.out_degree(actor, weight="weight"))}
    return {**found, "degree_normalised": found["degree"] / most if most else None}


def _freeman(reached: Reach, count: int) -> float | None:
    return reached.others / reached.far if 0 < reached.others == count - 1 else None


def _corrected(reached: Reach, count: int) -> float | None:
    if count < 2:
        return None
    return reached.others / (count - 1) * reached.others / reached.far if reached.others else 0.0


def _components(plain: nx.Graph[Any]) -> dict[Any, int]:
    parts = [sorted(part, key=in_order) for part in nx.connected_components(plain)]
    parts.sort(key=lambda part: (-len(part), in_order(part[0])))
    return {actor: number for number, part in enumerate(parts, 1) for actor in part}
