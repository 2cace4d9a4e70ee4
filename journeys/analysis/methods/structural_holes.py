"""Structural holes around each actor: constraint, effective size, efficiency, hierarchy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import networkx as nx
import numpy as np

from journeys.analysis.methods.arrays import Arcs, Numbers, Values, arcs_of, sums, triangles


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
    ties = arcs_of(graph, directed=directed, weight=weight).both_ways
    ties = ties.chosen(ties.weights > 0)
    count = np.diff(ties.first)
    shares = ties.weights / sums(ties.weights, ties.first)[ties.starts]
    largest = np.zeros(len(ties.nodes))
    np.maximum.at(largest, ties.ends, ties.weights)
    invested, redundant = _through_others(ties, shares, ties.weights / largest[ties.ends])
    parts = (shares + invested) ** 2
    constraint = sums(parts, ties.first)
    effective = count - sums(redundant, ties.first)
    hierarchy = _hierarchy(parts, constraint, count, ties)
    found = zip(ties.nodes, *(each.tolist() for each in (count, constraint, effective, hierarchy)), strict=True)
    return tuple(
        StructuralHoles(actor, near, burt, size, size / near, tiered)
        if near
        else StructuralHoles(actor, 0, None, None, None, None)
        for actor, near, burt, size, tiered in found
    )


def _through_others(ties: Arcs, shares: Values, strengths: Values) -> tuple[Values, Values]:
    """For each tie i-j the sum, over all others q whom both are tied to, of p_iq p_qj, and of p_iq m_jq.

    ``strengths`` has for a tie i-j the strength m_ji: z_ij by the largest of j's.
    """
    invested, redundant = np.zeros(len(shares)), np.zeros(len(shares))
    for three in triangles(ties):
        for i, q, j in permutations(three):
            (direct, _), (there, _), (onward, _) = ties.find(i, j), ties.find(i, q), ties.find(q, j)
            for held, values in ((invested, shares), (redundant, strengths)):
                held += np.bincount(direct, weights=shares[there] * values[onward], minlength=len(held))
    return invested, redundant


def _hierarchy(parts: Values, constraint: Values, count: Numbers, ties: Arcs) -> Values:
    """The Coleman-Theil index of the parts of each actor's constraint."""
    ratio = parts * count[ties.starts] / constraint[ties.starts]
    # Underflow can leave a part at 0, whose limit is 0; rounding can leave a sum of equals a hair below 0.
    told = sums(ratio * np.log(np.where(ratio > 0, ratio, 1.0)), ties.first)
    several = np.maximum(count, 2)
    return np.where(count == 1, 1.0, np.maximum(0.0, told / (several * np.log(several))))
