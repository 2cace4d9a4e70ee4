"""What arrays and sparse matrices give is what NetworkX, or a search for each by itself, gives on any graph."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.methods.arrays import arcs_of
from journeys.analysis.methods.centrality import cohesion
from journeys.analysis.methods.centrality.eigenvector import eigenvector
from journeys.analysis.methods.centrality.shortest_paths import reach
from journeys.analysis.methods.simple_graph import simple
from journeys.analysis.methods.structural_holes import structural_holes
from journeys.analysis.methods.temporal_reachability import Contact, SameDay, reaches
from journeys.analysis.methods.temporal_reachability import reach as reach_in_time
from journeys.model.dates import UNKNOWN, DateSpan

KINDS: tuple[type[nx.Graph], ...] = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


def graphs(most: int = 25) -> Iterator[nx.Graph]:
    """Sparse to dense, of the four kinds, with isolates, loops, parallel edges, weights and no node at all."""
    for seed in range(80):
        dice = random.Random(seed)
        graph = KINDS[seed % 4]()
        graph.add_nodes_from(range(dice.randrange(most) if seed > 3 else 0))
        for _ in range(dice.randrange(4 * len(graph)) if len(graph) else 0):
            weight = dice.choice(({}, {"weight": None}, {"weight": dice.choice((0, 1, 2.5))}))
            graph.add_edge(dice.choice(list(graph)), dice.choice(list(graph)), **weight)
        yield graph


def test_the_arcs_are_the_ties_of_the_simple_graph() -> None:
    for graph in graphs():
        for directed in (None, False, True):
            ties = simple(graph, directed=directed)
            arcs = arcs_of(graph, directed=directed, weight="weight")
            assert arcs.nodes == tuple(ties)
            told = {
                (arcs.nodes[a], arcs.nodes[b]): weight for (a, b), weight in zip(arcs.pairs, arcs.weights, strict=True)
            }
            every = {(a, b): held["weight"] for a, b, held in ties.edges(data=True)}
            if not ties.is_directed():
                every |= {(b, a): weight for (a, b), weight in every.items()}
            assert told == pytest.approx(every, abs=1e-12)


def test_cores_components_and_cutpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    for graph in graphs():
        plain, arcs = simple(graph, directed=False), arcs_of(graph, directed=False)
        cores = nx.core_number(plain)
        assert cohesion.cores(arcs) == [cores[node] for node in arcs.nodes]
        parts = [{arcs.nodes[at] for at in part.tolist()} for part in cohesion.components(arcs)]
        assert sorted(map(sorted, parts)) == sorted(map(sorted, nx.connected_components(plain)))
        for large in (0, 200):
            monkeypatch.setattr(cohesion, "LARGE", large)
            assert {arcs.nodes[at] for at in cohesion.cutpoints(arcs)} == set(nx.articulation_points(plain))


def test_distances_by_bits_and_where_a_graph_is_too_deep_for_them() -> None:
    deep: Any = nx.disjoint_union(nx.path_graph(300), nx.star_graph(5))
    for graph in (*graphs(), deep, nx.DiGraph(deep)):
        for incoming in (False, True):
            slow = reach(graph, incoming=incoming, engine="networkx")
            assert reach(graph, incoming=incoming, engine="numpy") == slow


def test_eigenvectors() -> None:
    for seed in range(20):
        graph = nx.gnp_random_graph(20, 0.3, seed=seed)
        if nx.is_connected(graph):
            assert eigenvector(graph) == pytest.approx(nx.eigenvector_centrality_numpy(graph), abs=1e-9)


def test_burts_constraint_and_effective_size() -> None:
    for graph in graphs():
        ties = simple(graph)
        plain = nx.Graph(ties) if not ties.is_directed() else nx.DiGraph(ties)
        found = {each.actor: each for each in structural_holes(graph)}
        for node, constraint in (nx.constraint(plain) if plain.number_of_edges() else {}).items():
            if plain.degree(node):
                assert found[node].constraint == pytest.approx(constraint, abs=1e-9)
            else:
                assert found[node].constraint is None
        if not ties.is_directed():
            for node in plain:
                near = plain.subgraph(plain[node])
                if near:  # Borgatti 1997
                    size = len(near) - 2 * near.number_of_edges() / len(near)
                    assert found[node].effective_size == pytest.approx(size, abs=1e-9)


@pytest.mark.parametrize("same_day", ["passes", "unsure", "blocks"])
def test_many_sources_together_are_each_by_itself(same_day: SameDay, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(2011)
    contacts = []
    for key in range(150):
        day = date(2011, 1, 1) + timedelta(days=dice.randrange(40))
        when = dice.choice((UNKNOWN, *4 * [DateSpan(None, day, day + timedelta(days=dice.randrange(4)), "between")]))
        contacts.append(Contact(dice.randrange(30), dice.randrange(30), when, key, dice.random() < 0.5))
    alone = [reach_in_time(contacts, source, same_day=same_day) for source in range(32)]
    for held in (2_000_000, 1):  # all in one search, and one search for each
        monkeypatch.setattr("journeys.analysis.methods.first_arrivals._HELD", held)
        together = reaches(contacts, range(32), same_day=same_day)
        assert [each.reached for each in together] == [each.reached for each in alone]
        for one, other in zip(together, alone, strict=True):
            assert [each.possible_chain for each in one.reached] == [each.possible_chain for each in other.reached]
            assert [each.certain_chain for each in one.reached] == [each.certain_chain for each in other.reached]
