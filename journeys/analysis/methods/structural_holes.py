"""Structural holes around each actor: constraint, effective size, efficiency, hierarchy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.methods.simple_graph import simple


@dataclass(frozen=True, slots=True)
class StructuralHoles:
    """The holes around one actor; all but ``contacts`` None for an isolate.

    Strength z_ij is the weight of i->j and j->i together; p_ij is its share of all i's strength.
    """

    actor: Any
    """The node."""
    contacts: int
    """Others with a tie to or from the actor, N."""
    constraint: float | None
    """Above 0: the sum over contacts j of (p_ij + sum of p_iq p_qj over the other contacts q) squared. High where the
    contacts are few, or tied to each other (then also above 1), so that the actor has no hole to broker over."""
    effective_size: float | None
    """1 to N: the sum over contacts j of 1 - sum of p_iq m_jq over the other contacts q, where m_jq is z_jq by the
    largest of j's strengths. In an unweighted undirected graph it is N - 2t/N, t ties among contacts (Borgatti 1997).
    """
    efficiency: float | None
    """Above 0 to 1: ``effective_size`` by N."""
    hierarchy: float | None
    """0 to 1: how far the constraint comes from one contact (the Coleman-Theil disorder index of its parts): 0 when
    all constrain alike. 1 for a single contact, by Burt's convention (the formula is 0/0 there)."""


def structural_holes(
    graph: nx.Graph[Any], *, directed: bool | None = None, weight: str | None = None
) -> tuple[StructuralHoles, ...]:
    """The structural holes of every actor, sorted by name, for any NetworkX graph.

    ``weight`` None gives every tie the strength 1, however many edges it folds; a name gives it the sum of that edge
    attribute (1 where an edge has none), and a tie that sums to 0 is no contact. In a directed graph a mutual tie
    counts for both its arcs. Self-loops are dropped. p_qj is a share of all q's ties, not of those near the actor
    alone. Raises ValueError for a weight that is not a finite number of 0 or more.

    SOURCE: Burt, R. S. (1992), Structural Holes, chapter 2; Burt (1991), STRUCTURE 4.2 manual, for the
    hierarchy of a single contact.
    """
    ties = simple(graph, directed=directed, weight=weight)
    strengths: dict[Any, dict[Any, float]] = {actor: {} for actor in ties}
    for one, other, data in ties.edges(data=True):
        strength = 1.0 if weight is None else data["weight"]
        if strength > 0:
            strengths[one][other] = strengths[one].get(other, 0.0) + strength
            strengths[other][one] = strengths[other].get(one, 0.0) + strength
    sums = {actor: math.fsum(near.values()) for actor, near in strengths.items()}
    shares = {actor: {near: z / sums[actor] for near, z in of.items()} for actor, of in strengths.items()}
    largest = {actor: max(of.values(), default=0.0) for actor, of in strengths.items()}
    return tuple(_holes(actor, shares, strengths, largest) for actor in ties)


def _holes(
    actor: Any,
    shares: dict[Any, dict[Any, float]],
    strengths: dict[Any, dict[Any, float]],
    largest: dict[Any, float],
) -> StructuralHoles:
    own = shares[actor]
    if not own:
        return StructuralHoles(actor, 0, None, None, None, None)
    count = len(own)
    invested = dict(own)
    redundancy = []
    for between, share in own.items():
        for contact, strength in strengths[between].items():
            if contact in own:
                invested[contact] += share * shares[between][contact]
                redundancy.append(share * strength / largest[contact])
    constraints = [value * value for value in invested.values()]
    effective = count - math.fsum(redundancy)
    return StructuralHoles(
        actor=actor,
        contacts=count,
        constraint=math.fsum(constraints),
        effective_size=effective,
        efficiency=effective / count,
        hierarchy=_hierarchy(constraints),
    )


def _hierarchy(constraints: list[float]) -> float:
    count = len(constraints)
    if count == 1:
        return 1.0
    mean = math.fsum(constraints) / count
    # Underflow can leave a part at 0, whose limit is 0; rounding can leave a sum of equals a hair below 0.
    parts = [c / mean * math.log(c / mean) for c in constraints if c > 0]
    return max(0.0, math.fsum(parts) / (count * math.log(count)))
