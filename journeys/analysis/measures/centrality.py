"""Centrality of each actor of a site: ties, betweenness, closeness, eigenvector, core, cutpoint, component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import networkx as nx

from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, at_times, relation_network
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.network_columns import (
    ACTOR_COLUMNS,
    Columns,
    about,
    actor_cells,
    left_out,
    period_columns,
)
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.centrality.actors import ActorMeasures, actor_measures
from journeys.model.periods import Length

_TIES: Columns = {
    "degree": "ties; directed: arcs in and out",
    "in_degree": "in-degree: others with a tie to the actor; empty if ties are undirected",
    "out_degree": "out-degree: others the actor has a tie to",
    "strength": "strength: occasions of all ties",
    "in_strength": "strength of incoming ties",
    "out_strength": "strength of outgoing ties",
    "core": "k-core: largest k for which the actor is in a group where everyone has at least k ties",
    "component": "component of the actor, 1 is the largest; direction ignored",
}
_POSITION: Columns = {
    "betweenness": "betweenness: shortest paths between others through the actor, split among ties",
    "betweenness_share": "betweenness divided by its maximum, 0 to 1",
    "closeness": "closeness: number of others divided by the sum of distances to them, 0 to 1; empty if "
    "not all are reached",
    "closeness_reached": "closeness over those reached, weighted by their share, 0 to 1",
    "eigenvector": "eigenvector centrality, direction ignored; 0 outside the component with the largest value",
    "cutpoint": "cutpoint: whether the component falls apart without the actor, direction ignored",
}
_CLAIMS = "Each row lists the claims behind the actor's own ties; paths and eigenvectors depend on all other ties too."


def centrality(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    relation: Sequence[str] = INTRODUCES,
    period: Length | None = None,
) -> tuple[MeasureTable, ...]:
    """Every actor of the site of the selection, or of all sites as one network; with ``period`` those with a tie in it.

    Those with most ties first, and of equals those with most betweenness.
    """
    whole = relation_network(graph, selection, relation)
    nets = at_times(whole, graph, period)
    rows = [(net, each) for net in nets for each in _in_order(net) if period is None or each.degree]
    keys = {**period_columns(period), **ACTOR_COLUMNS}
    shared: dict[str, Any] = {
        "n": whole.n,
        "left_out": left_out([whole, *nets]),
        "notes": (*about(whole), _CLAIMS, *small_n(len(whole.graph), "actors")),
    }
    ties = MeasureTable(
        name="ties",
        title="Degree and strength",
        columns={**keys, **_TIES},
        rows=tuple(_row(net, each, _TIES) for net, each in rows),
        method="Degree: Freeman (1979). Strength: Barrat et al. (2004). k-core: Seidman (1983).",
        **shared,
    )
    position = MeasureTable(
        name="position",
        title="Centrality of each actor",
        columns={**keys, **_POSITION},
        rows=tuple(_row(net, each, _POSITION) for net, each in rows),
        method="Betweenness: Freeman (1977), directed Gould (1987). Closeness: Freeman (1979); over those reached "
        "Wasserman & Faust (1994). Eigenvector: Bonacich (1972). Cutpoints: Harary, Norman & Cartwright (1965).",
        **shared,
    )
    return ties, position


_COUNTS = ("strength", "in_strength", "out_strength")
_FIELDS = {"betweenness_share": "betweenness_normalised", "closeness_reached": "closeness_corrected"}


def _row(net: RelationNetwork, each: ActorMeasures, columns: Columns) -> MeasureRow:
    found = [getattr(each, _FIELDS.get(column, column)) for column in columns]
    # occasions are whole numbers
    values = [
        int(value) if column in _COUNTS and value is not None else value
        for column, value in zip(columns, found, strict=True)
    ]
    return MeasureRow((*net.when.values(), *actor_cells(net, each.actor), *values), net.claims_of(each.actor))


def _in_order(net: RelationNetwork) -> list[ActorMeasures]:
    """The most tied first; components numbered by size and, among equals, by the names that are shown."""
    found = actor_measures(net.graph)
    parts = groupby(sorted(found, key=lambda each: each.component), key=lambda each: each.component)
    ranked = sorted(
        (-len(held), min(net.name(each.actor) for each in held), part)
        for part, held in ((part, list(members)) for part, members in parts)
    )
    number = {part: at for at, (_, _, part) in enumerate(ranked, start=1)}
    return sorted(
        (replace(each, component=number[each.component]) for each in found),
        key=lambda each: (-each.degree, -each.betweenness, net.name(each.actor), each.actor),
    )
