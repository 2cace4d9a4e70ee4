"""Who introduces documents and evidence, how much, and to whom; and for whom no introduction is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import networkx as nx

from journeys.analysis.actors.claim_index import claim_index
from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, at_times, relation_network
from journeys.analysis.claims.places import organisations_of
from journeys.analysis.claims.selection import Selection, select
from journeys.analysis.measures.network_columns import ACTOR_COLUMNS, about, actor_cells, left_out, period_columns
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.model.periods import Length
from journeys.model.problems import UsageProblem

TO = ("introduces_to", "introduces_to_group")
"""What "to whom" may mean."""

_MOST = {
    **ACTOR_COLUMNS,
    "introductions": "things introduced, at each meeting anew; one with no meeting told counts if no other does",
    "things": "different documents and pieces of evidence",
    "meetings": "different meetings at which",
    "people": "others who are said to have been there, or done something with it there",
}
_PAIRS = {
    "from": "who introduced",
    "from_id": "the id",
    "to": "to whom",
    "to_id": "the id",
    "occasions": "things and meetings",
    "things": "what was introduced",
}


def introductions(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    relation: Sequence[str] = INTRODUCES,
    period: Length | None = None,
) -> tuple[MeasureTable, ...]:
    """All people and groups by what they introduced, those without any last; and each pair of who and to whom.

    Whoever introduced something at the site is there, also somebody who belongs to another site.
    ``relation`` says what "to" means (``introduces_to`` or ``introduces_to_group``). With ``period`` the pairs are told
    for each period; the first table is for all times. Raises UsageProblem for another relation.
    """
    if unknown := [name for name in relation if name not in TO]:
        raise UsageProblem(f"relation cannot be {unknown[0]!r} here. Write {' or '.join(TO)}.")
    whole = relation_network(graph, selection, relation)
    nets = at_times(whole, graph, period)
    counted, _ = select(graph, selection)
    told: defaultdict[str, list[tuple[str, str | None, str]]] = defaultdict(list)
    for who, what, claim_id, claim in claim_index(counted).of("INTRODUCED"):
        told[who].append((what, claim.get("at_meeting"), claim_id))
    things = {what for claims in told.values() for what, _, _ in claims}
    visitors = {actor: _visitor(graph, actor) for actor in told if actor not in whole.graph}
    everyone = {actor: actor_cells(whole, actor) for actor in whole.graph} | visitors
    shared: dict[str, Any] = {
        "left_out": left_out([whole, *nets]),
        "method": "Each item introduced at a meeting counts once, however many sources report it.",
    }
    most = MeasureTable(
        name="introducers",
        title="Introductions by each actor",
        columns=_MOST,
        rows=tuple(
            sorted(
                (_introducer(whole, actor, cells, told.get(actor, [])) for actor, cells in everyone.items()),
                key=lambda row: (-row.values[3], -row.values[4], row.values[0], row.values[1]),
            )
        ),
        n={"actors": len(everyone), "things": len(things), "claims": sum(map(len, told.values()))},
        notes=(*about(whole)[1:], *small_n(len(everyone), "actors")),
        **shared,
    )
    pairs = MeasureTable(
        name="introduced_to",
        title="Introductions between actors",
        columns={**period_columns(period), **_PAIRS},
        rows=tuple(row for net in nets for row in _pairs(net, graph)),
        n=whole.n,
        notes=(*about(whole), *small_n(whole.ties.number_of_edges(), "pairs")),
        **shared,
    )
    return most, pairs


def _visitor(graph: nx.MultiDiGraph[str], actor: str) -> tuple[str | None, ...]:
    """The values of ``ACTOR_COLUMNS`` for somebody who is not of the network."""
    bodies = organisations_of(graph).get(actor, ())
    return graph.nodes[actor]["name"], actor, bodies[0].name if len(bodies) == 1 else None


def _introducer(
    net: RelationNetwork, actor: str, cells: tuple[str | None, ...], told: list[tuple[str, str | None, str]]
) -> MeasureRow:
    at_meetings = {(what, meeting) for what, meeting, _ in told if meeting}
    things = {what for what, _, _ in told}
    elsewhere = things - {what for what, _ in at_meetings}
    ties = net.ties
    reached = set(ties.successors(actor) if isinstance(ties, nx.DiGraph) else ties[actor]) if actor in ties else set()
    counts = len(at_meetings) + len(elsewhere), len(things), len({at for _, at in at_meetings}), len(reached)
    return MeasureRow((*cells, *counts), tuple(sorted(claim_id for *_, claim_id in told)))


def _pairs(net: RelationNetwork, graph: nx.MultiDiGraph[str]) -> list[MeasureRow]:
    edges = sorted(
        net.graph.edges(data=True),
        key=lambda edge: (-edge[2]["weight"], net.name(edge[0]), net.name(edge[1]), edge[:2]),
    )
    return [
        MeasureRow(
            (
                *net.when.values(),
                net.name(one),
                one,
                net.name(other),
                other,
                data["weight"],
                sorted({graph.nodes[each.about[-1]]["name"] for each in data["occasions"] if each.about}),
            ),
            data["claims"],
        )
        for one, other, data in edges
    ]
