"""A network as a whole: its size, density, components, reciprocity and centralisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from journeys.analysis.methods.arrays import Arcs, arcs_of
from journeys.analysis.methods.centrality.cohesion import components
from journeys.analysis.methods.centrality.shortest_paths import betweenness_of, reach_of


@dataclass(frozen=True, slots=True)
class Centralisation:
    """Centralisation: 0 where all actors have the same centrality (a circle), 1 in a star. None where undefined.

    SOURCE: Freeman, L. C. (1979), Centrality in social networks: conceptual clarification. Each is the sum of the
    differences from the highest value, by the largest such sum there can be with so many actors. Directed: Wasserman &
    Faust (1994) for the degrees, the same denominator for betweenness over ordered pairs.
    """

    degree: float | None
    """None in a directed graph and below three actors."""
    in_degree: float | None
    """None in an undirected graph and below two actors."""
    out_degree: float | None
    """As ``in_degree``."""
    betweenness: float | None
    """None below three actors."""
    closeness: float | None
    """None in a directed graph (Freeman has no maximum for it), in an unconnected one and below three actors."""


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """A network as a whole."""

    directed: bool
    actors: int
    ties: int
    """Edges, or arcs in a directed graph, after folding."""
    self_loops: int
    """Edges of the input left out because they lead back to where they start."""
    parallel: int
    """Edges of the input folded into another between the same actors."""
    isolates: int
    """Actors without a tie."""
    density: float | None
    """0 to 1: ties by the pairs (directed: ordered pairs) of actors; None below two actors."""
    components: int
    """Parts not tied to each other, direction ignored; an isolate is one."""
    largest_component: int
    """The actors of the largest."""
    strong_components: int | None
    """Parts in which everyone reaches everyone along the arcs; None in an undirected graph."""
    reciprocity: float | None
    """0 to 1: the share of arcs that are returned; None in an undirected graph and without arcs."""
    centralisation: Centralisation


def network_measures(
    graph: nx.Graph[Any], *, directed: bool | None = None, weight: str | None = "weight"
) -> NetworkMeasures:
    """The measures of the whole network, for any NetworkX graph; ``simple`` says what ``directed`` does.

    Weights are read only to refuse a bad one. Raises ValueError for a weight that is not a finite number of 0 or more.
    """
    ties = arcs_of(graph, directed=directed, weight=weight)
    count, number = len(ties.nodes), ties.ties
    pairs = count * (count - 1) / (1 if ties.directed else 2)
    self_loops = nx.number_of_selfloops(graph)
    # An undirected edge that becomes two arcs is one edge still.
    apart = number if graph.is_directed() or not ties.directed else number // 2
    parts = components(ties)
    degrees = np.diff(ties.first) + np.diff(ties.turned.first)
    return NetworkMeasures(
        directed=ties.directed,
        actors=count,
        ties=number,
        self_loops=self_loops,
        parallel=graph.number_of_edges() - self_loops - apart,
        isolates=int(np.count_nonzero(degrees == 0)),
        density=number / pairs if pairs else None,
        components=len(parts),
        largest_component=max(map(len, parts), default=0),
        strong_components=len(components(ties, strong=True)) if ties.directed else None,
        reciprocity=_reciprocity(ties) if ties.directed and number else None,
        centralisation=_centralisation(ties, connected=len(parts) == 1),
    )


def _reciprocity(arcs: Arcs) -> float:
    """SOURCE: Wasserman & Faust (1994), chapter 13; the arc-based form, over arcs and not over pairs."""
    return int(np.count_nonzero(arcs.find(arcs.ends, arcs.starts)[1])) / arcs.ties


def _centralisation(ties: Arcs, *, connected: bool) -> Centralisation:
    count = len(ties.nodes)
    between = betweenness_of(ties) if count > 2 else ()
    most_between = (count - 1) ** 2 * (count - 2)
    outward = np.diff(ties.first).tolist()
    if ties.directed:
        most = (count - 1) ** 2
        return Centralisation(
            degree=None,
            in_degree=_spread(np.diff(ties.turned.first).tolist(), most),
            out_degree=_spread(outward, most),
            betweenness=_spread(between, most_between),
            closeness=None,
        )
    close = None
    if count > 2 and connected:
        close = _spread(
            ((count - 1) / reached.far for reached in reach_of(ties)),
            (count - 1) * (count - 2) / (2 * count - 3),
        )
    return Centralisation(
        degree=_spread(outward, (count - 1) * (count - 2)),
        in_degree=None,
        out_degree=None,
        betweenness=_spread(between, most_between / 2),
        closeness=close,
    )


def _spread(values: Iterable[float], most: float) -> float | None:
    """The sum of the differences from the highest value, divided by its maximum."""
    found = list(values)
    if len(found) < 2 or most <= 0:
        return None
    highest = max(found)
    return sum(highest - value for value in found) / most
