"""A network as a whole: its size, density, components, reciprocity and centralisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from journeys.analysis.methods.centrality.shortest_paths import betweenness, reach
from journeys.analysis.methods.simple_graph import simple


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
    ties = simple(graph, directed=directed, weight=weight)
    count, number = len(ties), ties.number_of_edges()
    pairs = count * (count - 1) / (1 if ties.is_directed() else 2)
    arcs = ties if isinstance(ties, nx.DiGraph) else None
    parts = [len(part) for part in nx.connected_components(simple(ties, directed=False))]
    return NetworkMeasures(
        directed=ties.is_directed(),
        actors=count,
        ties=number,
        self_loops=ties.graph["self_loops"],
        parallel=ties.graph["parallel"],
        isolates=sum(1 for _, degree in ties.degree() if degree == 0),
        density=number / pairs if pairs else None,
        components=len(parts),
        largest_component=max(parts, default=0),
        strong_components=None if arcs is None else sum(1 for _ in nx.strongly_connected_components(arcs)),
        reciprocity=_reciprocity(arcs) if arcs is not None and number else None,
        centralisation=_centralisation(ties),
    )


def _reciprocity(arcs: nx.DiGraph[Any]) -> float:
    """SOURCE: Wasserman & Faust (1994), chapter 13; the arc-based form, over arcs and not over pairs."""
    return sum(1 for one, other in arcs.edges if arcs.has_edge(other, one)) / arcs.number_of_edges()


def _centralisation(ties: nx.Graph[Any]) -> Centralisation:
    count = len(ties)
    between = betweenness(ties).values() if count > 2 else ()
    most_between = (count - 1) ** 2 * (count - 2)
    if isinstance(ties, nx.DiGraph):
        most = (count - 1) ** 2
        return Centralisation(
            degree=None,
            in_degree=_spread((degree for _, degree in ties.in_degree()), most),
            out_degree=_spread((degree for _, degree in ties.out_degree()), most),
            betweenness=_spread(between, most_between),
            closeness=None,
        )
    close = None
    if count > 2 and nx.is_connected(ties):
        close = _spread(
            ((count - 1) / reached.far for reached in reach(ties).values()),
            (count - 1) * (count - 2) / (2 * count - 3),
        )
    return Centralisation(
        degree=_spread((degree for _, degree in ties.degree()), (count - 1) * (count - 2)),
        in_degree=None,
        out_degree=None,
        betweenness=_spread(between, most_between / 2),
        closeness=close,
    )


def _spread(values: Iterable[float], most: float) -> float | None:
    """The sum of the differences from the highest value, divided by its maximum."""
    found = list(values)
    return sum(max(found) - value for value in found) / most if len(found) > 1 and most > 0 else None
