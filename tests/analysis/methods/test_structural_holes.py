"""Structural holes: the published values, hand-computed cases, and the definition written out as matrices."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.simple_graph import simple
from journeys.analysis.methods.structural_holes import StructuralHoles, structural_holes


def by_name(graph: nx.Graph, **options: Any) -> dict[Any, StructuralHoles]:
    return {holes.actor: holes for holes in structural_holes(graph, **options)}


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    graph = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiDiGraph]))()
    size = draw(st.integers(0, 8))
    graph.add_nodes_from(range(size))
    if size:
        ends = st.integers(0, size - 1)
        for one, other, weight in draw(st.lists(st.tuples(ends, ends, st.integers(1, 4)), max_size=25)):
            graph.add_edge(one, other, weight=weight)
    return graph


def by_the_book(graph: nx.Graph, weight: str | None) -> dict[Any, tuple[float, float]]:
    """Burt 1992, chapter 2, term by term: constraint and effective size."""
    ties = simple(graph, weight=weight)
    nodes = list(ties)
    n = len(nodes)
    a = np.zeros((n, n))
    for one, other, strength in simple(ties, directed=True).edges(data="weight"):
        a[nodes.index(one), nodes.index(other)] = 1 if weight is None else strength
    z = a + a.T
    found = {}
    for i in range(n):
        contacts = [j for j in range(n) if z[i, j] > 0]
        if not contacts:
            continue
        constraint = size = 0.0
        for j in contacts:
            others = [q for q in range(n) if q not in (i, j)]
            p_ij = z[i, j] / z[i].sum()
            through = sum(z[i, q] / z[i].sum() * z[q, j] / z[q].sum() for q in others if z[q].sum())
            constraint += (p_ij + through) ** 2
            size += 1 - sum(z[i, q] / z[i].sum() * z[j, q] / z[j].max() for q in others)
        found[nodes[i]] = constraint, size
    return found


def test_the_strike_autonomy(shared_data: Path) -> None:
    """Autonomy as published for the strike network: 1 - constraint on the unweighted graph."""
    with (shared_data / "strike-brokerage-scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["ID"]: row["Label"] for row in rows}
    text = (shared_data / "strike.net").read_text(encoding="utf-8").split("*Arcs")[1]
    graph = nx.DiGraph()
    for line in text.splitlines():
        if line.strip():
            one, other, weight = line.split()
            graph.add_edge(names[one], names[other], weight=float(weight))
    published = {row["Label"]: float(row["Burt's Autonomy"]) for row in rows}
    for ties in (graph, graph.to_undirected()):
        found = {actor: 1 - holes.constraint for actor, holes in by_name(ties).items()}
        assert found == pytest.approx(published, abs=1e-8)


def test_simple_figures() -> None:
    """By hand: a star's hub has only holes, three who all know each other none."""
    hub = by_name(nx.star_graph(4))[0]
    assert hub == StructuralHoles(0, 4, pytest.approx(1 / 4), 4, 1, 0)
    leaf = by_name(nx.star_graph(4))[1]
    assert leaf == StructuralHoles(1, 1, 1, 1, 1, 1)
    closed = by_name(nx.complete_graph(3))[0]
    assert closed == StructuralHoles(0, 2, pytest.approx(9 / 8), 1, 0.5, pytest.approx(0))


def test_the_effective_size_of_borgattis_example() -> None:
    """Borgatti 1997, Unpacking Burt's redundancy measures: 6 contacts with 3 ties among them leave 6 - 2*3/6 = 5."""
    graph = nx.star_graph(6)
    graph.add_edges_from([(1, 2), (3, 4), (5, 6)])
    hub = by_name(graph)[0]
    assert (hub.effective_size, hub.efficiency) == (pytest.approx(5), pytest.approx(5 / 6))


def test_florentine_families_by_borgattis_formula() -> None:
    """Marriages of Padgett & Ansell 1993: among the Medici's six in-laws is one more marriage, among the Strozzi's four
    are two; the Pazzi's one contact is all they have; the isolate Pucci has no holes to speak of."""
    families = nx.florentine_families_graph()
    families.add_node("Pucci")
    found = by_name(families)
    assert found["Medici"].effective_size == pytest.approx(6 - 2 * 1 / 6)
    assert found["Strozzi"].effective_size == pytest.approx(4 - 2 * 2 / 4)
    assert (found["Pazzi"].constraint, found["Pazzi"].effective_size) == (1, 1)
    # Salviati: two contacts, Medici and Pazzi, not tied: (1/2)^2 + (1/2)^2
    assert found["Salviati"].constraint == pytest.approx(1 / 2)
    # Medici: 1/6 each; the way over Ridolfi (3 ties) to Tornabuoni (3 ties) and back adds 1/6 x 1/3
    assert found["Medici"].constraint == pytest.approx(4 * (1 / 6) ** 2 + 2 * (1 / 6 + 1 / 6 * 1 / 3) ** 2)
    assert min((holes.constraint or 9, name) for name, holes in found.items())[1] == "Medici"
    assert found["Pucci"] == StructuralHoles("Pucci", 0, None, None, None, None)


def test_hierarchy_rises_with_one_contact_who_holds_the_rest() -> None:
    """Burt 1992, the formula by hand: ego knows b, c, d, and c and d know b."""
    graph = nx.Graph([("e", "b"), ("e", "c"), ("e", "d"), ("b", "c"), ("b", "d")])
    parts = [(1 / 3 + 1 / 3 * 1 / 2 * 2) ** 2, *[(1 / 3 + 1 / 3 * 1 / 3) ** 2] * 2]
    mean = sum(parts) / 3
    expected = sum(c / mean * math.log(c / mean) for c in parts) / (3 * math.log(3))
    ego = by_name(graph)["e"]
    assert ego.constraint == pytest.approx(sum(parts))
    assert ego.hierarchy == pytest.approx(expected)
    assert ego.hierarchy > 0


def test_weights_and_direction() -> None:
    """By hand: 3 of 4 of the strength goes to b, and b's tie to c is half its strongest."""
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("a", "b", 1), ("b", "a", 2), ("c", "a", 1), ("b", "c", 1.5), ("a", "z", 0)])
    a = by_name(graph, weight="weight")["a"]
    assert a.contacts == 2
    assert a.constraint == pytest.approx((3 / 4 + 1 / 4 * 1.5 / 2.5) ** 2 + (1 / 4 + 3 / 4 * 1.5 / 4.5) ** 2)
    assert a.effective_size == pytest.approx(2 - 1 / 4 * 1.5 / 3 - 3 / 4 * 1.5 / 1.5)
    assert by_name(graph)["a"].contacts == 3
    assert by_name(graph, weight="weight")["z"].constraint is None


@given(graphs(), st.sampled_from([None, "weight"]))
def test_the_definition_written_out(graph: nx.Graph, weight: str | None) -> None:
    found = by_name(graph, weight=weight)
    expected = by_the_book(graph, weight)
    assert list(found) == list(graph)
    for actor, holes in found.items():
        if actor not in expected:
            assert holes == StructuralHoles(actor, 0, None, None, None, None)
            continue
        assert (holes.constraint, holes.effective_size) == pytest.approx(expected[actor])
        assert holes.efficiency == pytest.approx(holes.effective_size / holes.contacts)
        assert 1 - 1e-9 <= holes.effective_size <= holes.contacts
        assert 0 <= holes.hierarchy <= 1


@given(graphs())
def test_networkx_agrees_where_there_are_no_loops(graph: nx.Graph) -> None:
    ties = simple(graph)
    found = by_name(ties, weight="weight")
    if not ties:  # here networkx raises
        return
    # Named nodes: for all of them networkx 3.6 computes by sparse matrices, where scipy 1.17 divides wrongly.
    constraint, size = (
        measure(ties, nodes=list(ties), weight="weight") for measure in (nx.constraint, nx.effective_size)
    )
    for actor, holes in found.items():
        if ties[actor]:  # networkx answers NaN for an actor whom ties only come to
            assert (holes.constraint, holes.effective_size) == pytest.approx((constraint[actor], size[actor]))


@given(graphs())
def test_borgattis_shortcut(graph: nx.Graph) -> None:
    """Borgatti 1997: unweighted and undirected, effective size is N - 2t/N."""
    ties = simple(graph, directed=False)
    for actor, holes in by_name(graph, directed=False).items():
        if holes.contacts:
            among = ties.subgraph(ties[actor]).number_of_edges()
            assert holes.effective_size == pytest.approx(holes.contacts - 2 * among / holes.contacts)


@given(graphs(), st.permutations(range(8)))
def test_names_change_nothing(graph: nx.Graph, names: list[int]) -> None:
    renamed = by_name(nx.relabel_nodes(graph, dict(zip(range(8), names, strict=True))), weight="weight")
    for actor, holes in by_name(graph, weight="weight").items():
        other = renamed[names[actor]]
        assert other.contacts == holes.contacts
        for field in ("constraint", "effective_size", "efficiency", "hierarchy"):
            assert getattr(other, field) == pytest.approx(getattr(holes, field), abs=1e-9)


def test_empty_and_lone() -> None:
    assert structural_holes(nx.MultiDiGraph()) == ()
    assert structural_holes(nx.MultiGraph([(1, 1)])) == (StructuralHoles(1, 0, None, None, None, None),)


def test_a_bad_weight_is_refused_only_where_it_is_read() -> None:
    graph = nx.Graph()
    graph.add_edge(1, 2, weight=-3)
    with pytest.raises(ValueError, match="1 - 2 weighs -3"):
        structural_holes(graph, weight="weight")
    assert structural_holes(graph)[0].constraint == 1
