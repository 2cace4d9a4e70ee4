"""Centrality of each actor in a network: degree, betweenness, closeness, eigenvector, core, cutpoint, component."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from journeys.analysis.methods.arrays import Arcs, arcs_of, sums
from journeys.analysis.methods.centrality.cohesion import components, cores, cutpoints
from journeys.analysis.methods.centrality.eigenvector import eigenvector_of
from journeys.analysis.methods.centrality.homophily import GroupTies, Homophily, homophily
from journeys.analysis.methods.centrality.network import Centralisation, NetworkMeasures, network_measures
from journeys.analysis.methods.centrality.shortest_paths import Reach, betweenness_of, reach_of

__all__ = [
    "ActorMeasures",
    "Centralisation",
    "GroupTies",
    "Homophily",
    "NetworkMeasures",
    "actor_measures",
    "homophily",
    "network_measures",
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
    ties = arcs_of(graph, directed=directed, weight=weight)
    plain = ties.both_ways
    count = len(ties.nodes)
    between = betweenness_of(ties)
    most_between = (count - 1) * (count - 2) / (1 if ties.directed else 2)
    outward = reach_of(ties)
    inward = reach_of(ties, incoming=True) if ties.directed else []
    degrees = _degrees(ties)
    central, core, cut = eigenvector_of(plain), cores(plain), cutpoints(plain)
    component = {at: number for number, part in enumerate(components(plain), 1) for at in part.tolist()}
    return tuple(
        ActorMeasures(
            actor=actor,
            **degrees[at],
            betweenness=between[at],
            betweenness_normalised=between[at] / most_between if most_between > 0 else None,
            closeness=_freeman(outward[at], count),
            closeness_corrected=_corrected(outward[at], count),
            closeness_in=_freeman(inward[at], count) if inward else None,
            closeness_in_corrected=_corrected(inward[at], count) if inward else None,
            eigenvector=central[at],
            core=core[at],
            cutpoint=at in cut,
            component=component[at],
        )
        for at, actor in enumerate(ties.nodes)
    )


def _degrees(ties: Arcs) -> list[dict[str, Any]]:
    """The degrees and strengths of each node, by the names of their fields."""
    most = (len(ties.nodes) - 1) * (2 if ties.directed else 1)
    outward = np.diff(ties.first).tolist(), sums(ties.weights, ties.first).tolist()
    inward = np.diff(ties.turned.first).tolist(), sums(ties.turned.weights, ties.turned.first).tolist()
    found = []
    for out, out_strength, into, in_strength in zip(*outward, *inward, strict=True):
        degree, strength = (out + into, out_strength + in_strength) if ties.directed else (out, out_strength)
        ways = (into, out, in_strength, out_strength) if ties.directed else (None,) * 4
        by_way = dict(zip(("in_degree", "out_degree", "in_strength", "out_strength"), ways, strict=True))
        share = degree / most if most else None
        found.append({**by_way, "degree": degree, "strength": strength, "degree_normalised": share})
    return found


def _freeman(reached: Reach, count: int) -> float | None:
    return reached.others / reached.far if 0 < reached.others == count - 1 else None


def _corrected(reached: Reach, count: int) -> float | None:
    if count < 2:
        return None
    return reached.others / (count - 1) * reached.others / reached.far if reached.others else 0.0
