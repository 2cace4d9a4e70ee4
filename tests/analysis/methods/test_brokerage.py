"""Gould-Fernandez brokerage: the published roles, the null model against enumeration, and any graph gets an answer."""

from __future__ import annotations

import csv
import math
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.brokerage.null_model import EVERY, ROLES, Roles, null_model, null_of_groups
from journeys.analysis.methods.brokerage.roles import ActorBrokerage, brokerage
from journeys.analysis.methods.simple_graph import simple


def values(roles: Roles[Any]) -> list[Any]:
    return [getattr(roles, role) for role in EVERY]


def by_name(graph: nx.Graph) -> dict[Any, ActorBrokerage]:
    return {actor.actor: actor for actor in brokerage(graph, "group").actors}


def grouped(arcs: list[tuple[str, str]], kind: type[nx.Graph] = nx.DiGraph) -> nx.Graph:
    """A graph of actors named by group and number: "A1"."""
    graph = kind(arcs)
    nx.set_node_attributes(graph, {node: node[0] for node in graph}, "group")
    return graph


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    graph = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiDiGraph]))()
    size = draw(st.integers(0, 8))
    for node in range(size):
        graph.add_node(node, group=draw(st.sampled_from(["x", "y", "z", None])))
    if size:
        ends = st.integers(0, size - 1)
        graph.add_edges_from(draw(st.lists(st.tuples(ends, ends), max_size=30)))
    return graph


def role_of(a: Any, v: Any, b: Any) -> str:
    """The five rows of Gould & Fernandez 1989, as they are drawn there."""
    return {
        (True, True, True): "coordinator",
        (False, False, True): "itinerant",
        (True, False, False): "representative",
        (False, True, False): "gatekeeper",
        (False, False, False): "liaison",
    }[a == v, v == b, a == b]


def strike(shared_data: Path) -> tuple[nx.DiGraph, list[dict[str, str]]]:
    """The network of the strike, and what is published of its actors."""
    with (shared_data / "strike-brokerage-scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["ID"]: row["Label"] for row in rows}
    text = (shared_data / "strike.net").read_text(encoding="utf-8").split("*Arcs")[1]
    graph = nx.DiGraph((names[line.split()[0]], names[line.split()[1]]) for line in text.splitlines() if line.strip())
    nx.set_node_attributes(graph, {row["Label"]: row["Strike Groups"] for row in rows}, "group")
    return graph, rows


def test_the_strike_roles(shared_data: Path) -> None:
    """The published roles of all 24 actors (sna::brokerage), and its undirected total."""
    graph, rows = strike(shared_data)
    columns = ["G&F Coordinator", "G&F Itinerant", "G&F Representative", "G&F Gatekeeper", "G&F Liason", "G&F Total"]
    for ties in (graph, graph.to_undirected()):
        found = by_name(ties)
        assert len(found) == 24
        for row in rows:
            counts = found[row["Label"]].counts
            assert values(counts) == [int(row[column]) for column in columns]
            assert counts.total - counts.gatekeeper == int(row["Undirected G&F Total"])


def test_the_strike_scores_as_r_gives_them(shared_data: Path) -> None:
    """``brokerage(m, groups)`` of R's sna 2.7-1: ``z.nli`` of three actors, ``exp.gli`` of all together."""
    graph, _ = strike(shared_data)
    found = by_name(graph)
    assert values(found["Bob"].z) == pytest.approx([9.1949, -0.8617, 3.2423, 3.2423, 0.3077, 4.1945], abs=6e-5)
    assert values(found["Norm"].z) == pytest.approx([8.4163, -0.7776, 1.1141, 1.1141, -0.7469, 2.9844], abs=6e-5)
    assert values(found["Alejandro"].z) == pytest.approx([-0.2873, -1.0567, 1.1518, 1.1518, -1.0701, -0.3436], abs=6e-5)
    together = brokerage(graph, "group")
    assert values(together.expected) == pytest.approx([24.8135, 44.9521, 44.9521, 44.9521, 38.8386, 198.5083], abs=6e-5)
    # The strike went on between groups that hardly dealt with one another.
    assert together.z.coordinator is not None
    assert together.z.coordinator > 5
    assert all(getattr(together.z, role) < 0 for role in ("itinerant", "representative", "gatekeeper", "liaison"))


def test_groups_have_no_score_where_ties_have_no_direction() -> None:
    found = brokerage(grouped([("A1", "A2"), ("A2", "A3"), ("A2", "B1")], nx.Graph), "group")
    assert {score for group in found.groups for score in values(group.z)} == {None}
    assert values(found.z) == [None] * 6
    assert found.expected.total > 0


@pytest.mark.parametrize(
    ("start", "broker", "end", "role"),
    [
        ("A1", "A2", "A3", "coordinator"),
        ("A1", "B1", "A2", "itinerant"),
        ("A1", "A2", "B1", "representative"),
        ("A1", "B1", "B2", "gatekeeper"),
        ("A1", "B1", "C1", "liaison"),
    ],
)
def test_each_role(start: str, broker: str, end: str, role: str) -> None:
    graph = grouped([(start, broker), (broker, end), (start, start), (broker, broker)])
    found = by_name(graph)
    assert values(found[broker].counts) == [int(name in (role, "total")) for name in EVERY]
    assert found[start].counts.total == found[end].counts.total == 0
    # the way back changes nothing, the direct way ends it
    graph.add_edge(end, start)
    assert getattr(by_name(graph)[broker].counts, role) == 1
    graph.add_edge(start, end)
    assert by_name(graph)[broker].counts.total == 0


def test_partial_brokerage_shares_a_pair() -> None:
    """Gould & Fernandez 1989: of two brokers of one pair each has a half."""
    found = by_name(grouped([("A1", "A2"), ("A2", "A3"), ("A1", "B1"), ("B1", "A3"), ("A2", "A4")]))
    assert (found["A2"].counts.coordinator, found["A2"].partial.coordinator) == (2, 1.5)
    assert (found["B1"].counts.itinerant, found["B1"].partial.itinerant) == (1, 0.5)


def test_groups_and_those_without_one() -> None:
    graph = grouped([("A1", "A2"), ("A2", "A3"), ("A2", "B1"), ("A2", "N1"), ("N1", "A3"), ("B1", "C1")])
    graph.nodes["N1"]["group"] = None
    found = brokerage(graph, "group")
    assert found.left_out == ("N1",)
    # A1 -> A2 -> N1 is one, N1 between A2 and A3 none: A2 -> A3 is there
    assert found.triples_left_out == 1
    assert (found.arcs, found.density) == (4, 4 / 20)
    assert [(group.group, group.actors, *values(group.counts)) for group in found.groups] == [
        ("A", 3, 1, 0, 1, 0, 0, 2),
        ("B", 1, 0, 0, 0, 0, 1, 1),
        ("C", 1, 0, 0, 0, 0, 0, 0),
    ]
    assert values(found.counts) == [1, 0, 1, 0, 1, 3]
    assert brokerage(graph, "remit").actors == ()
    assert brokerage(graph, "remit").triples_left_out == 4


@pytest.mark.parametrize("others", ["aaa", "aab", "abb", "bbb", "abc", "bbc", "bcd"])
@pytest.mark.parametrize("density", [0.3, 0.8])
def test_the_null_model_is_that_of_every_digraph(others: str, density: float) -> None:
    """Mean and variance over all 4,096 digraphs of four actors, each as likely as its arcs make it."""
    groups = "a" + others
    arcs = list(permutations(range(4), 2))
    bit = {arc: 1 << number for number, arc in enumerate(arcs)}
    triples = [
        (role_of(groups[a], "a", groups[b]), bit[a, 0] | bit[0, b], bit[a, b]) for a, b in permutations((1, 2, 3), 2)
    ]
    sums, squares = Counter[str](), Counter[str]()
    for mask in range(1 << len(arcs)):
        chance = density ** mask.bit_count() * (1 - density) ** (len(arcs) - mask.bit_count())
        counts = Counter(role for role, way, direct in triples if mask & way == way and not mask & direct)
        counts["total"] = counts.total()
        for role, number in counts.items():
            sums[role] += chance * number
            squares[role] += chance * number * number
    mean, variance = null_model(Counter(groups), "a", density)
    assert values(mean) == pytest.approx([sums[role] for role in EVERY])
    assert values(variance) == pytest.approx([squares[role] - sums[role] ** 2 for role in EVERY])


@pytest.mark.parametrize("groups", ["aaaa", "aaab", "aabb", "abac", "abcd"])
@pytest.mark.parametrize("density", [0.3, 0.8])
def test_the_null_model_of_groups_is_that_of_every_digraph(groups: str, density: float) -> None:
    """The same for the actors of a group together, and for all of them."""
    arcs = list(permutations(range(4), 2))
    bit = {arc: 1 << number for number, arc in enumerate(arcs)}
    triples = [
        (groups[v], role_of(groups[a], groups[v], groups[b]), bit[a, v] | bit[v, b], bit[a, b])
        for a, v, b in permutations(range(4), 3)
    ]
    sums, squares = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for mask in range(1 << len(arcs)):
        chance = density ** mask.bit_count() * (1 - density) ** (len(arcs) - mask.bit_count())
        counts = Counter[tuple[str, str]]()
        for group, role, way, direct in triples:
            if mask & way == way and not mask & direct:
                counts.update([(group, role), (group, "total"), ("all", role), ("all", "total")])
        for what, number in counts.items():
            sums[what] += chance * number
            squares[what] += chance * number * number
    by_group, together = null_of_groups(Counter(groups), density)
    for name, (mean, variance) in {**by_group, "all": together}.items():
        assert values(mean) == pytest.approx([sums[name, role] for role in EVERY])
        expected = [squares[name, role] - sums[name, role] ** 2 for role in EVERY]
        assert values(variance) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9), st.floats(0, 1))
def test_of_a_group_of_one_the_null_model_is_the_actors(others: list[str], density: float) -> None:
    sizes = Counter(["lone", *others])
    (mean, variance), (its_mean, its_variance) = (
        null_of_groups(sizes, density)[0]["lone"],
        null_model(sizes, "lone", density),
    )
    assert values(mean) == pytest.approx(values(its_mean))
    assert values(variance) == pytest.approx(values(its_variance), abs=1e-12)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9), st.floats(0, 1))
def test_the_closed_form_is_the_sum_over_pairs_of_two_paths(others: list[str], density: float) -> None:
    """The covariances written out for any groups: two pairs share an arc if they share their a or their b."""
    sizes = Counter(["a", *others])
    pairs: dict[str, list[tuple[int, int]]] = {role: [] for role in EVERY}
    for a, b in permutations(range(len(others)), 2):
        for role in (role_of(others[a], "a", others[b]), "total"):
            pairs[role].append((a, b))
    p = density**2 * (1 - density)
    mean, variance = null_model(sizes, "a", density)
    for role in EVERY:
        shared = sum((a == c) + (b == d) for a, b in pairs[role] for c, d in pairs[role] if (a, b) != (c, d))
        assert getattr(mean, role) == pytest.approx(len(pairs[role]) * p)
        expected = len(pairs[role]) * p * (1 - p) + shared * (density**3 * (1 - density) ** 2 - p * p)
        assert getattr(variance, role) == pytest.approx(expected, abs=1e-12)
    assert mean.total == pytest.approx(sum(getattr(mean, role) for role in ROLES))


def test_the_published_moments_on_a_graph() -> None:
    """By hand after Gould & Fernandez 1989: d = 1/4, A1 to A3 and B1, B2: mean and z of A2."""
    graph = grouped([("A1", "A2"), ("A2", "A3"), ("A2", "B1"), ("B1", "B2"), ("B2", "A1")])
    found = by_name(graph)["A2"]
    p = 0.25**2 * 0.75
    assert values(found.expected) == pytest.approx([2 * p, 2 * p, 4 * p, 4 * p, 0, 12 * p])
    q = 0.25**3 * 0.75**3
    spread = [2 * p * (1 - p), 2 * p * (1 - p), 4 * p * (1 - p) + 8 * q, 4 * p * (1 - p) + 8 * q, 0]
    assert values(found.variance) == pytest.approx([*spread, 12 * p * (1 - p) + 48 * q])
    assert found.z.coordinator == pytest.approx((1 - 2 * p) / math.sqrt(2 * p * (1 - p)))
    assert found.z.liaison is None


@given(graphs())
def test_the_count_written_out(graph: nx.Graph) -> None:
    found = brokerage(graph, "group")
    arcs = simple(graph, directed=True)
    groups = dict(arcs.nodes(data="group"))
    expected: dict[Any, Counter[str]] = {node: Counter() for node in graph}
    partial: dict[Any, Counter[str]] = {node: Counter() for node in graph}
    left_out = 0
    for a, b in permutations(arcs, 2):
        brokers = [v for v in arcs if v not in (a, b) and arcs.has_edge(a, v) and arcs.has_edge(v, b)]
        for v in [] if arcs.has_edge(a, b) else brokers:
            if None in (groups[a], groups[v], groups[b]):
                left_out += 1
                continue
            role = role_of(groups[a], groups[v], groups[b])
            expected[v].update([role, "total"])
            partial[v][role] += 1 / len(brokers)
            partial[v]["total"] += 1 / len(brokers)
    assert found.triples_left_out == left_out
    assert [actor.actor for actor in found.actors] == [node for node in sorted(graph) if groups[node] is not None]
    for actor in found.actors:
        assert values(actor.counts) == [expected[actor.actor][role] for role in EVERY]
        assert values(actor.partial) == pytest.approx([partial[actor.actor][role] for role in EVERY])
        assert actor.counts.total == sum(values(actor.counts)[:5])
        if not graph.is_directed():
            assert actor.counts.representative == actor.counts.gatekeeper
        for role in EVERY:
            assert (getattr(actor.z, role) is None) == (getattr(actor.variance, role) <= 0)
    for total, *parts in zip(values(found.counts), *(values(group.counts) for group in found.groups), strict=True):
        assert total == sum(parts)


@given(graphs(), st.permutations(range(8)))
def test_names_change_nothing(graph: nx.Graph, names: list[int]) -> None:
    renamed = by_name(nx.relabel_nodes(graph, dict(zip(range(8), names, strict=True))))
    for name, actor in by_name(graph).items():
        other = renamed[names[name]]
        assert (other.group, other.counts) == (actor.group, actor.counts)
        assert values(other.partial) == pytest.approx(values(actor.partial))
        assert values(other.variance) == pytest.approx(values(actor.variance))


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_empty_lone_and_complete(kind: type[nx.Graph]) -> None:
    assert brokerage(kind(), "group").density is None
    lone = brokerage(grouped([("A1", "A1")], kind), "group")
    assert (lone.density, lone.arcs, values(lone.actors[0].counts)) == (None, 0, [0] * 6)
    assert values(lone.actors[0].z) == [None] * 6
    everyone = grouped([(f"A{one}", f"A{other}") for one in range(4) for other in range(4)], kind)
    assert brokerage(everyone, "group").density == 1
    assert values(brokerage(everyone, "group").actors[0].z) == [None] * 6
