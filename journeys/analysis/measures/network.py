"""The network of actors of each site as a whole: size, cohesion, centralisation and homophily."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from journeys.analysis.actors.one_mode import INTRODUCES, RelationNetwork, at_times, networks_by_site
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.network_columns import Columns, about, left_out, period_columns
from journeys.analysis.measures.table import MeasureRow, MeasureTable, small_n
from journeys.analysis.methods.centrality.actors import Homophily, homophily, network_measures
from journeys.model.periods import Length

_COUNTED = "Actors are the people and groups of the site, isolates included, and others with such a tie there."
_PLACE: Columns = {"site": "the site, or all sites as one network"}
_SIZE: Columns = {
    "actors": "people and groups of the site, isolates included, and others with such a tie there",
    "ties": "pairs with at least one tie (directed: ordered pairs)",
    "occasions": "occasions behind the ties",
    "isolates": "isolates: actors without a tie",
    "density": "density: ties divided by possible pairs, 0 to 1",
    "components": "components, direction ignored; an isolate counts as one",
    "largest": "actors in the largest component",
    "strong": "strong components: everyone reaches everyone along the ties; empty if undirected",
    "reciprocity": "reciprocity: share of ties returned, 0 to 1; empty if undirected",
}
_CENTRALISATION: Columns = {
    "degree": "degree centralisation (Freeman), 0 (all equal) to 1 (a star); empty if directed",
    "in_degree": "in-degree centralisation; empty if undirected",
    "out_degree": "out-degree centralisation",
    "betweenness": "betweenness centralisation, 0 to 1",
    "closeness": "closeness centralisation, 0 to 1; empty if directed or not connected",
}
_HOMOPHILY: Columns = {
    "actors": "actors whose kind of organisation is known",
    "unknown": "actors with no kind or several kinds of organisation, left out with their ties",
    "internal": "ties within a kind",
    "external": "ties between two kinds",
    "ei": "E-I index: -1 all ties within kinds, 1 all between",
    "ei_expected": "E-I index expected if ties ignored the kind",
    "assortativity": "assortativity: 1 all within kinds, 0 as by chance, negative if actors avoid their own kind",
}
_KINDS: Columns = {
    "organisation_kind": "the kind of organisation",
    "actors": "its actors",
    "internal": "ties between two of them",
    "external": "ties between one of them and another kind",
    "ei": "its E-I index",
}


def network(
    graph: nx.MultiDiGraph[str],
    selection: Selection,
    *,
    relation: Sequence[str] = INTRODUCES,
    period: Length | None = None,
) -> tuple[MeasureTable, ...]:
    """The networks of each site and of all, of a study's graph, as wholes; with ``period`` in each of the periods."""
    places = networks_by_site(graph, selection, relation)
    nets = [net for place in places for net in at_times(place, graph, period)]
    measured = [(net, network_measures(net.graph)) for net in nets]
    mixing = [(net, homophily(net.graph, "organisation_kind")) for net in nets]
    keys = {**_PLACE, **period_columns(period)}
    notes = (*about(places[-1]), _COUNTED, *_small(places))
    shared: dict[str, Any] = {"n": places[-1].n, "left_out": left_out([*places, *nets]), "notes": notes}
    rows = [
        MeasureRow(
            (
                *_key(net),
                whole.actors,
                whole.ties,
                net.occasions,
                whole.isolates,
                whole.density,
                whole.components,
                whole.largest_component,
                whole.strong_components,
                whole.reciprocity,
            ),
            net.claims,
        )
        for net, whole in measured
    ]
    size = MeasureTable(
        name="network",
        title="Size and cohesion of the networks",
        columns={**keys, **_SIZE},
        rows=tuple(rows),
        method="Density, components, reciprocity (the share of arcs returned): Wasserman & Faust (1994).",
        **shared,
    )
    spread = MeasureTable(
        name="centralisation",
        title="Centralisation",
        columns={**keys, **_CENTRALISATION},
        rows=tuple(
            MeasureRow(
                (*_key(net), each.degree, each.in_degree, each.out_degree, each.betweenness, each.closeness), net.claims
            )
            for net, whole in measured
            for each in [whole.centralisation]
        ),
        method="Centralisation: Freeman (1979); for in- and out-degree Wasserman & Faust (1994).",
        **shared,
    )
    return size, spread, *_mixing(mixing, keys, shared)


def _mixing(
    mixing: list[tuple[RelationNetwork, Homophily]], keys: Columns, shared: Mapping[str, Any]
) -> tuple[MeasureTable, MeasureTable]:
    method = "E-I index: Krackhardt & Stern (1988). Assortativity: Newman (2003)."
    rows = [
        MeasureRow(
            (
                *_key(net),
                each.actors,
                each.actors_left_out,
                each.internal,
                each.external,
                each.ei,
                each.ei_expected,
                each.assortativity,
            ),
            net.claims,
        )
        for net, each in mixing
    ]
    kinds = [
        MeasureRow(
            (*_key(net), each.group, each.actors, each.internal, each.external, each.ei),
            net.claims_of(*(node for node, kind in net.graph.nodes(data="organisation_kind") if kind == each.group)),
        )
        for net, whole in mixing
        for each in whole.groups
    ]
    return (
        MeasureTable(
            name="homophily",
            title="Homophily by kind of organisation",
            columns={**keys, **_HOMOPHILY},
            rows=tuple(rows),
            method=method,
            **shared,
        ),
        MeasureTable(
            name="organisation_kinds",
            title="Ties of each kind of organisation",
            columns={**keys, **_KINDS},
            rows=tuple(kinds),
            method=method,
            **shared,
        ),
    )


def _key(net: RelationNetwork) -> tuple[str, ...]:
    return (net.place, *net.when.values())


def _small(places: Sequence[RelationNetwork]) -> tuple[str, ...]:
    return tuple(note for net in places for note in small_n(len(net.graph), f"actors at {net.place}"))
