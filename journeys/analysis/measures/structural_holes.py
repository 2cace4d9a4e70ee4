"""Structural holes around each actor: constraint, effective size, efficiency, hierarchy."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx

from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, at_times, relation_network
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.network_columns import ACTOR_COLUMNS, about, actor_cells, left_out, period_columns
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.structural_holes import StructuralHoles, structural_holes
from journeys.model.periods import Length

_COLUMNS = {
    "contacts": "others with a tie to or from the actor, N",
    "constraint": "constraint: high where contacts are few or tied to each other; empty for an isolate",
    "autonomy": "1 - constraint",
    "effective_size": "effective size: contacts less redundancy among them, 1 to N",
    "efficiency": "efficiency: effective size divided by N, above 0 to 1",
    "hierarchy": "hierarchy: 0 if all contacts constrain equally, 1 if only one does",
}


def holes(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    relation: Sequence[str] = INTRODUCES,
    weighted: bool = False,
    period: Length | None = None,
) -> tuple[MeasureTable, ...]:
    """The structural holes of every actor, the least constrained first; with ``period`` of those with a tie in it.

    ``weighted`` counts a tie by its occasions, else every tie counts alike.
    """
    whole = relation_network(graph, selection, relation)
    nets = at_times(whole, graph, period)
    rows = [
        (net, each)
        for net in nets
        for each in sorted(
            structural_holes(net.graph, weight="weight" if weighted else None),
            key=lambda each: (each.constraint is None, _alike(each.constraint), net.name(each.actor), each.actor),
        )
        if period is None or each.contacts
    ]
    return (
        MeasureTable(
            name="structural-holes",
            title="Structural holes by actor",
            columns={**period_columns(period), **ACTOR_COLUMNS, **_COLUMNS},
            rows=tuple(_row(net, each) for net, each in rows),
            n=whole.n,
            method="Burt (1992), chapter 2, on ties of "
            f"{'the strength of their occasions' if weighted else 'equal strength'}; a mutual tie counts for both its "
            "arcs. Effective size without weights and direction: Borgatti (1997).",
            left_out=left_out([whole, *nets]),
            notes=(
                *about(whole),
                "Each row lists the claims behind the actor's ties and the ties among the actor's contacts.",
                *small_n(len(whole.graph), "actors"),
            ),
        ),
    )


def _alike(constraint: float | None) -> float:
    """Without the last digits, in which those of actors with ties alike may differ."""
    return round(constraint or 0.0, 12)


def _row(net: RelationNetwork, each: StructuralHoles) -> MeasureRow:
    near = {each.actor, *nx.all_neighbors(net.ties, each.actor)}
    autonomy = None if each.constraint is None else 1 - each.constraint
    return MeasureRow(
        (
            *net.when.values(),
            *actor_cells(net, each.actor),
            each.contacts,
            each.constraint,
            autonomy,
            each.effective_size,
            each.efficiency,
            each.hierarchy,
        ),
        net.claims_among(*near),
    )
