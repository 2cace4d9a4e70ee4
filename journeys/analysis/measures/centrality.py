"""Where each actor of a site stands: ties, betweenness, closeness, eigenvector, core, cutpoint, component."""

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
    "in_degree": "others with an arc to the actor; empty if ties have no direction",
    "out_degree": "others the actor has an arc to",
    "strength": "occasions of all these ties",
    "in_strength": "occasions of the arcs in",
    "out_strength": "occasions of the arcs out",
    "core": "the largest k so that the actor is among others who all have k ties with each other",
    "component": "number of the actor's part of the network, 1 the largest, direction ignored",
}
_POSITION: Columns = {
    "betweenness": "shortest paths between others that lead through the actor, shared out among equals",
    "betweenness_share": "the same by the most there can be, 0 to 1",
    "closeness": "others by the sum of the distances to them (along the arcs), 0 to 1; empty if not all are reached",
    "closeness_reached": "over those reached, times their share of all others, 0 to 1",
    "eigenvector": "central by ties to the central, direction ignored; 0 outside the part with the largest value",
    "cutpoint": "whether the part falls apart without the actor, direction ignored",
}
_CLAIMS = "The claims of a row are those of the actor's own ties; paths and eigenvectors depend on all others as well."


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
        title="How many ties each actor has",
        columns={**keys, **_TIES},
        rows=tuple(_row(net, each, _TIES) for net, each in rows),
        method="Degree: Freeman (1979). Strength: Barrat et al. (2004). k-core: Seidman (1983).",
        **shared,
    )
    position = MeasureTable(
        name="position",
        title="Where each actor stands",
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
