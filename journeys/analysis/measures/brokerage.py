"""Brokerage between organisations: the roles of Gould and Fernandez, compared with chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import networkx as nx

from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, at_times, relation_network
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.network_columns import Columns, about, left_out, period_columns
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.brokerage.null_model import EVERY, Roles
from journeys.analysis.methods.brokerage.roles import ActorBrokerage, Brokerage, GroupBrokerage, brokerage
from journeys.model.periods import Length

By = Literal["organisation", "kind"]
_ATTRIBUTE: dict[By, str] = {"organisation": "organisation", "kind": "organisation_kind"}

_ROLES: Columns = {
    "coordinator": "within the actor's own group (coordinator)",
    "itinerant": "within another group (itinerant, consultant)",
    "representative": "from the actor's own group to another (representative)",
    "gatekeeper": "from another group into the actor's own (gatekeeper)",
    "liaison": "between two other groups (liaison)",
    "total": "all five roles: pairs (a, b) with a -> actor -> b and no tie a -> b",
}
_Z: Columns = {role: f"z-score of {role}; empty where the null model has no variation" for role in _ROLES}
ALL = "all groups"
_METHOD = (
    "Gould & Fernandez (1989); a -> v -> b counts for v when a and b differ and there is no a -> b. z compares with "
    "arcs drawn at random at the same density, groups kept (for actors, as sna::brokerage does in R)."
)


def brokers(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    relation: Sequence[str] = INTRODUCES,
    by: By = "organisation",
    period: Length | None = None,
) -> tuple[MeasureTable, ...]:
    """The roles of every actor with an organisation, and of each organisation or kind, both with their z-scores.

    Those who broker most come first; with ``period`` those who broker at all in it.
    """
    whole = relation_network(graph, selection, relation)
    nets = at_times(whole, graph, period)
    found = [(net, brokerage(net.graph, _ATTRIBUTE[by])) for net in nets]
    actors = [
        (net, each)
        for net, roles in found
        for each in sorted(roles.actors, key=lambda each: (-each.counts.total, net.name(each.actor), each.actor))
        if period is None or each.counts.total
    ]
    known = [node for node, held in whole.graph.nodes(data=True) if held[_ATTRIBUTE[by]] is not None]
    keys: Columns = {
        **period_columns(period),
        "actor": "the person or group",
        "actor_id": "its id",
        "group": f"its {by}" if by == "organisation" else "the kind of its organisation",
    }
    shared: dict[str, Any] = {
        "n": {**whole.n, "with a group": len(known)},
        "left_out": left_out([whole, *nets]),
        "method": _METHOD,
        "notes": (
            *about(whole),
            *_without(whole, found[0][1] if period is None else brokerage(whole.graph, _ATTRIBUTE[by]), by),
            *_undirected(whole),
            *small_n(len(known), "actors with a group"),
        ),
    }
    counts = MeasureTable(
        name="roles",
        title="Brokerage roles of each actor",
        columns={**keys, **_ROLES},
        rows=tuple(_row(net, each, each.counts) for net, each in actors),
        **shared,
    )
    scores = MeasureTable(
        name="z_scores",
        title="Brokerage compared with chance (z-scores)",
        columns={**keys, **_Z},
        rows=tuple(_row(net, each, each.z) for net, each in actors),
        **shared,
    )
    return counts, scores, *_of_groups(found, known, by, period, keys, shared)


def _of_groups(
    found: Sequence[tuple[RelationNetwork, Brokerage]],
    known: Sequence[str],
    by: By,
    period: Length | None,
    keys: Columns,
    shared: Mapping[str, Any],
) -> tuple[MeasureTable, MeasureTable]:
    """Brokerage roles by group and of all, and their z-scores."""
    columns = {**period_columns(period), "group": keys["group"], "actors": "its actors"}
    lines: list[tuple[tuple[Any, ...], GroupBrokerage | Brokerage, tuple[str, ...]]] = []
    for net, roles in found:
        when = net.when.values()
        for each in roles.groups:
            if period is None or each.counts.total:
                own = [actor for actor in known if net.graph.nodes[actor][_ATTRIBUTE[by]] == each.group]
                lines.append(((*when, each.group, each.actors), each, net.claims_of(*own)))
        if roles.groups and (period is None or roles.counts.total):
            lines.append(((*when, ALL, len(roles.actors)), roles, net.claims_of(*known)))
    return (
        MeasureTable(
            name="group_roles",
            title="Brokerage roles by group",
            columns={**columns, **_ROLES},
            rows=tuple(MeasureRow((*cells, *_values(each.counts)), claims) for cells, each, claims in lines),
            **shared,
        ),
        MeasureTable(
            name="group_z_scores",
            title="Brokerage by group compared with chance (z-scores)",
            columns={**columns, **_Z},
            rows=tuple(MeasureRow((*cells, *_values(each.z)), claims) for cells, each, claims in lines),
            **shared,
        ),
    )


def _row(net: RelationNetwork, each: ActorBrokerage, values: Roles[Any]) -> MeasureRow:
    cells = (net.name(each.actor), each.actor, each.group)
    return MeasureRow((*net.when.values(), *cells, *_values(values)), net.claims_of(each.actor))


def _values(roles: Roles[Any]) -> tuple[Any, ...]:
    return tuple(getattr(roles, role) for role in EVERY)


def _without(whole: RelationNetwork, lost: Brokerage, by: By) -> tuple[str, ...]:
    if not lost.left_out:
        return ()
    names = ", ".join(sorted(whole.name(actor) for actor in lost.left_out))
    return (
        f"Left out, as no {'one organisation' if by == 'organisation' else 'one kind of organisation'} of theirs is "
        f"known: {names}. With them {lost.triples_left_out} more pairs would be brokered.",
    )


def _undirected(whole: RelationNetwork) -> tuple[str, ...]:
    if whole.graph.is_directed():
        return ()
    return (
        "The ties have no direction, so each pair is counted both ways, representative equals gatekeeper, and z is too "
        "far from 0 by up to the square root of 2. Groups have no z.",
    )
