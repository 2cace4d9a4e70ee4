"""Centrality and whole networks: published values, equal results of both engines, and any graph gets an answer."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.centrality.actors import (
    ActorMeasures,
    actor_measures,
    homophily,
    network_measures,
)
from journeys.analysis.methods.centrality.cohesion import LARGE
from journeys.analysis.methods.centrality.eigenvector import eigenvector
from journeys.analysis.methods.centrality.shortest_paths import betweenness, reach
from journeys.analysis.methods.simple_graph import simple

KITE = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]


def by_name(graph: nx.Graph, **options: Any) -> dict[Any, ActorMeasures]:
    return {measures.actor: measures for measures in actor_measures(graph, **options)}


def kite() -> nx.Graph:
    return nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(KITE)))


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Any small graph of the four kinds, with loops, parallel edges, isolates, weights and gaps in an attribute."""
    kind = draw(st.sampled_from([nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph]))
    graph = kind()
    size = draw(st.integers(0, 8))
    for node in range(size):
        graph.add_node(node, group=draw(st.sampled_from(["x", "y", "z", None])))
    if size:
        ends, weights = st.integers(0, size - 1), st.sampled_from([None, 0, 1, 2.5])
        for one, other, weight in draw(st.lists(st.tuples(ends, ends, weights), max_size=25)):
            graph.add_edge(one, other, **({} if weight is None else {"weight": weight}))
    return graph


# Krackhardt 1990, Assessing the political landscape, ASQ 35: the kite.


def test_kite_degree_betweenness_and_closeness_are_the_published_ones() -> None:
    found = by_name(kite())
    assert [found[name].degree for name in KITE] == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    published = [5 / 6, 5 / 6, 0, 11 / 3, 0, 25 / 3, 25 / 3, 14, 8, 0]
    assert [found[name].betweenness for name in KITE] == pytest.approx(published)
    close = [0.529, 0.529, 0.5, 0.6, 0.5, 0.643, 0.643, 0.6, 0.429, 0.310]
    assert [found[name].closeness for name in KITE] == pytest.approx(close, abs=5e-4)
    assert found["Heather"].betweenness_normalised == pytest.approx(14 / 36)
    assert found["Diane"].degree_normalised == pytest.approx(6 / 9)
    assert [name for name in KITE if found[name].cutpoint] == ["Heather", "Ike"]


def test_kite_eigenvector() -> None:
    """The values that igraph, R's sna and UCINET give for Krackhardt's kite, as unit length."""
    found = by_name(kite())
    published = [0.3522, 0.3522, 0.2858, 0.4810, 0.2858, 0.3977, 0.3977, 0.1959, 0.0481, 0.0112]
    assert [found[name].eigenvector for name in KITE] == pytest.approx(published, abs=5e-5)


# Freeman 1979, Centrality in social networks, figure 3 and table 3: graphs of five points.


@pytest.mark.parametrize(
    ("graph", "degree", "between", "close"),
    [
        (nx.star_graph(4), 1.0, 1.0, 1.0),
        (nx.cycle_graph(5), 0.0, 0.0, 0.0),
        (nx.path_graph(5), 0.167, 0.417, 0.422),
        (nx.complete_graph(5), 0.0, 0.0, 0.0),
    ],
    ids=["star", "circle", "line", "complete"],
)
def test_centralisation_of_freemans_graphs(graph: nx.Graph, degree: float, between: float, close: float) -> None:
    found = network_measures(graph).centralisation
    assert [found.degree, found.betweenness, found.closeness] == pytest.approx([degree, between, close], abs=5e-4)
    assert found.in_degree is found.out_degree is None


@pytest.mark.parametrize("size", [3, 4, 10, 40])
def test_every_star_is_1_and_every_circle_0(size: int) -> None:
    star = network_measures(nx.star_graph(size - 1)).centralisation
    circle = network_measures(nx.cycle_graph(size)).centralisation
    assert [star.degree, star.betweenness, star.closeness] == pytest.approx([1, 1, 1])
    assert [circle.degree, circle.betweenness, circle.closeness] == pytest.approx([0, 0, 0])


def test_directed_stars() -> None:
    inward = nx.DiGraph((leaf, "hub") for leaf in "abcd")
    found = network_measures(inward).centralisation
    assert found.in_degree == 1
    assert found.out_degree == pytest.approx(1 / 16)
    assert found.betweenness == 0
    assert found.degree is found.closeness is None
    both = network_measures(nx.star_graph(4), directed=True).centralisation
    assert [both.in_degree, both.out_degree, both.betweenness] == pytest.approx([0.75, 0.75, 1])


def test_the_florentine_families() -> None:
    """Wasserman & Faust 1994, tables 5.1 to 5.3: marriages, with Pucci (an isolate) for the degrees only."""
    families = nx.florentine_families_graph()
    medici = by_name(families)["Medici"]
    assert [medici.closeness, medici.betweenness_normalised] == pytest.approx([0.560, 0.522], abs=5e-4)
    whole = network_measures(families).centralisation
    assert [whole.betweenness, whole.closeness] == pytest.approx([0.437, 0.322], abs=5e-4)
    families.add_node("Pucci")
    with_pucci = network_measures(families)
    assert with_pucci.centralisation.degree == pytest.approx(0.267, abs=5e-4)
    assert with_pucci.centralisation.closeness is None
    assert (with_pucci.isolates, with_pucci.components, with_pucci.largest_component) == (1, 2, 15)
    medici = by_name(families)["Medici"]
    assert medici.closeness is None
    assert medici.closeness_corrected == pytest.approx(0.560 * 14 / 15, abs=5e-4)


def test_each_florentine_family() -> None:
    """Padgett & Ansell 1993; shares of betweenness and eigenvectors as in Jackson 2008, chapter 2, and networkx."""
    families = nx.florentine_families_graph()
    families.add_node("Pucci")
    found = by_name(families)
    between = {
        "Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143, "Ridolfi": 0.114, "Bischeri": 0.104,
        "Strozzi": 0.103, "Barbadori": 0.093, "Tornabuoni": 0.092, "Castellani": 0.055, "Peruzzi": 0.022,
    }  # fmt: skip
    # published without Pucci, so of the 13 x 14 / 2 pairs of the other fourteen; Pucci adds pairs but no path
    assert {name: measures.betweenness / 91 for name, measures in found.items()} == pytest.approx(
        {name: between.get(name, 0) for name in families}, abs=5e-4
    )
    vector = {"Medici": 0.430, "Strozzi": 0.356, "Ridolfi": 0.341, "Tornabuoni": 0.326, "Guadagni": 0.289, "Pucci": 0}
    assert {name: found[name].eigenvector for name in vector} == pytest.approx(vector, abs=1e-3)
    assert [name for name in found if found[name].cutpoint] == ["Albizzi", "Guadagni", "Medici", "Salviati"]


def test_the_karate_club() -> None:
    """Zachary 1977; the betweenness published by Girvan & Newman 2002 and shipped with every package since."""
    found = by_name(nx.karate_club_graph())
    most = {member: found[member - 1].betweenness for member in (1, 34, 33, 3, 32)}
    assert most == pytest.approx({1: 231.0714, 34: 160.5516, 33: 76.6905, 3: 75.8508, 32: 73.0095}, abs=5e-5)
    assert (found[0].degree, found[33].degree, found[11].degree) == (16, 17, 1)
    assert max(measures.core for measures in found.values()) == 4
    assert found[33].eigenvector == pytest.approx(0.3734, abs=5e-5)
    assert [member + 1 for member in found if found[member].cutpoint] == [1]
    club = homophily(nx.karate_club_graph(), "club")
    assert (club.internal, club.external, club.ei) == (67, 11, pytest.approx(-56 / 78))


def test_the_strike_cutpoints(shared_data: Path) -> None:
    text = (shared_data / "strike.net").read_text(encoding="utf-8")
    arcs = [line.split()[:2] for line in text.split("*Arcs")[1].splitlines() if line.strip()]
    rows = (shared_data / "strike-brokerage-scores.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = {row.split(",")[2]: row.split(",")[0] for row in rows}
    found = actor_measures(nx.DiGraph((names[one], names[other]) for one, other in arcs))
    assert {measures.actor for measures in found if measures.cutpoint} == {"Alejandro", "Bob", "Norm", "Sam", "Gill"}


# The single measures


def test_arcs_and_strengths_are_counted_by_direction() -> None:
    graph = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "a"), ("c", "b"), ("b", "b")])
    graph.add_edge("a", "c", weight=2.5)
    graph.add_node("d")
    found = by_name(graph)
    a, b, d = found["a"], found["b"], found["d"]
    assert (a.degree, a.in_degree, a.out_degree) == (3, 1, 2)
    assert (a.strength, a.in_strength, a.out_strength) == (5.5, 1, 4.5)
    assert (b.degree, b.in_degree, b.out_degree, b.in_strength) == (3, 2, 1, 3)
    assert (d.degree, d.strength, d.betweenness, d.closeness, d.closeness_corrected, d.core) == (0, 0, 0, None, 0, 0)
    assert a.degree_normalised == 3 / 6
    assert b.betweenness == 1  # from c to a
    # a -> b and c at 1; to a come b at 1 and c at 2; d is never reached
    assert (a.closeness, a.closeness_corrected) == (None, pytest.approx(2 / 3))
    assert (a.closeness_in, a.closeness_in_corrected) == (None, pytest.approx(2 / 3 * 2 / 3))
    whole = network_measures(graph)
    assert (whole.ties, whole.self_loops, whole.parallel, whole.isolates) == (4, 1, 1, 1)
    assert (whole.density, whole.reciprocity) == (4 / 12, 2 / 4)
    assert (whole.components, whole.strong_components) == (2, 2)


def test_components_are_numbered_by_size_and_name() -> None:
    graph = nx.Graph([("p", "q"), ("a", "b"), ("x", "y"), ("y", "z")])
    assert {actor: measures.component for actor, measures in by_name(graph).items()} == {
        **dict.fromkeys("xyz", 1),
        **dict.fromkeys("ab", 2),
        **dict.fromkeys("pq", 3),
    }


def test_cores() -> None:
    """Seidman 1983: four who all know each other are a 3-core; their tail is not."""
    graph = nx.complete_graph(4)
    graph.add_edges_from([(3, 4), (4, 5)])
    assert [measures.core for measures in actor_measures(graph)] == [3, 3, 3, 3, 1, 1]


def test_eigenvector_of_known_graphs() -> None:
    """Closed forms: the star's hub has 1/sqrt(2), a chain's i-th sin(i pi / (n+1)), a circle's all the same."""
    star = eigenvector(nx.star_graph(4))
    assert [star[0], star[1]] == pytest.approx([1 / math.sqrt(2), 1 / math.sqrt(8)])
    chain = eigenvector(nx.path_graph(300))
    sines = [math.sin((i + 1) * math.pi / 301) for i in range(300)]
    length = math.sqrt(sum(value * value for value in sines))
    assert list(chain.values()) == pytest.approx([value / length for value in sines], abs=1e-9)
    assert list(eigenvector(nx.cycle_graph(9)).values()) == pytest.approx([1 / 3] * 9)
    karate = nx.karate_club_graph()
    assert eigenvector(karate) == pytest.approx(nx.eigenvector_centrality(karate, tol=1e-12, max_iter=1000), abs=1e-9)


def test_eigenvector_of_several_components() -> None:
    with_pair = nx.disjoint_union(nx.complete_graph(3), nx.path_graph(2))
    assert list(eigenvector(with_pair).values()) == pytest.approx([3**-0.5] * 3 + [0, 0])
    alike = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3))
    assert list(eigenvector(alike).values()) == pytest.approx([6**-0.5] * 6)
    assert eigenvector(nx.empty_graph(3)) == {0: 0, 1: 0, 2: 0}


# Homophily


def test_newmans_assortativity_of_sexual_partners() -> None:
    """Newman 2003, Mixing patterns in networks, table I (Catania et al. 1992): r = 0.621, the table being rounded."""
    mixing = [[258, 16, 35, 13], [12, 157, 58, 19], [13, 23, 306, 35], [5, 7, 24, 16]]
    graph = nx.DiGraph()
    for row, numbers in enumerate(mixing):
        for column, number in enumerate(numbers):
            for pair in range(number):
                one, other = f"{row}:{pair % 20}", f"{column}:{20 + pair // 20}"
                graph.add_node(one, ethnicity=row)
                graph.add_node(other, ethnicity=column)
                graph.add_edge(one, other)
    found = homophily(graph, "ethnicity")
    assert found.ties == sum(map(sum, mixing))
    assert found.assortativity == pytest.approx(0.621, abs=2.5e-3)


def test_ei_index_and_who_is_left_out() -> None:
    """Krackhardt & Stern 1988, by hand: two ties inside, one between, two to someone without the attribute."""
    graph = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a"), ("a", "a"), ("n", "e"), ("m", "n")])
    groups = {"a": "x", "b": "x", "c": "y", "d": "y", "e": None, "n": "", "m": float("nan")}
    nx.set_node_attributes(graph, groups, "group")
    found = homophily(graph, "group")
    assert (found.actors, found.actors_left_out, found.ties, found.ties_left_out) == (4, 3, 3, 4)
    assert (found.internal, found.external, found.ei) == (2, 1, pytest.approx(-1 / 3))
    assert found.ei_expected == pytest.approx((4 - 2) / 6)
    assert [(g.group, g.actors, g.internal, g.external) for g in found.groups] == [("x", 2, 1, 1), ("y", 2, 1, 1)]
    assert found.assortativity == pytest.approx(1 / 3)
    nobody = homophily(graph, "remit")
    assert (nobody.actors, nobody.actors_left_out, nobody.groups) == (0, 7, ())
    assert (nobody.ei, nobody.ei_expected, nobody.assortativity) == (None, None, None)
    one_group = homophily(nx.create_empty_copy(graph), "group")
    assert (one_group.ei, one_group.assortativity) == (None, None)


@given(graphs())
def test_homophily_is_networkxs_where_networkx_has_an_answer(graph: nx.Graph) -> None:
    found = homophily(graph, "group")
    assert found.internal + found.external == found.ties
    assert sum(g.internal for g in found.groups) == found.internal
    assert sum(g.external for g in found.groups) == 2 * found.external
    ties = simple(graph)
    assert found.ties + found.ties_left_out == ties.number_of_edges()
    ties.remove_nodes_from([node for node, group in ties.nodes(data="group") if group is None])
    if found.assortativity is not None:
        assert found.assortativity == pytest.approx(nx.attribute_assortativity_coefficient(ties, "group"))
        assert -1 - 1e-12 <= found.assortativity <= 1


# Folding


def test_folding_says_what_it_dropped() -> None:
    graph = nx.MultiDiGraph([(2, 1), (2, 1), (1, 2), (1, 1)])
    graph.add_edge(1, 10, weight=None, sources=3)
    graph.add_node(3, group="x")
    arcs = simple(graph)
    assert list(arcs.edges(data="weight")) == [(1, 10, 1), (1, 2, 1), (2, 1, 2)]
    assert list(arcs.nodes(data="group")) == [(1, None), (10, None), (2, None), (3, "x")]
    assert arcs.graph == {"self_loops": 1, "parallel": 1}
    ties = simple(graph, directed=False)
    assert list(ties.edges(data="weight")) == [(1, 10, 1), (1, 2, 3)]
    assert ties.graph == {"self_loops": 1, "parallel": 2}
    assert list(simple(ties, directed=True).edges(data="weight")) == [(1, 10, 1), (1, 2, 3), (10, 1, 1), (2, 1, 3)]
    assert simple(ties, directed=True).graph == {"self_loops": 0, "parallel": 0}
    assert simple(graph, weight="sources").edges[1, 10]["weight"] == 3
    assert simple(graph, weight=None).edges[2, 1]["weight"] == 2
    assert graph.number_of_edges() == 5


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), "much"])
def test_a_weight_that_is_none_is_refused(weight: object) -> None:
    graph = nx.Graph()
    graph.add_edge("Ann", "Bob", weight=weight)
    with pytest.raises(ValueError, match="Ann - Bob weighs"):
        actor_measures(graph)
    assert actor_measures(graph, weight=None)[0].strength == 1


@given(graphs())
def test_folding_twice_is_folding_once(graph: nx.Graph) -> None:
    once = simple(graph)
    twice = simple(once)
    assert list(twice.edges(data=True)) == list(once.edges(data=True))
    assert once.number_of_edges() + once.graph["self_loops"] + once.graph["parallel"] == graph.number_of_edges()


# Any graph


@given(graphs(), st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(graph: nx.Graph, chance: Any) -> None:
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    shuffled = type(graph)()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert actor_measures(shuffled) == actor_measures(graph)
    assert network_measures(shuffled) == network_measures(graph)
    assert homophily(shuffled, "group") == homophily(graph, "group")
    names = dict(zip(graph, chance.sample(["n", "m", "k", "p", "q", "r", "s", "t"], len(graph)), strict=True))
    renamed = by_name(nx.relabel_nodes(graph, names))
    for actor, measures in by_name(graph).items():
        for field in ("degree", "strength", "betweenness", "closeness", "closeness_corrected", "eigenvector", "core"):
            value = getattr(renamed[names[actor]], field)
            assert value == pytest.approx(getattr(measures, field), abs=1e-9)
        assert renamed[names[actor]].cutpoint == measures.cutpoint


@given(graphs())
def test_values_lie_in_their_ranges_and_are_networkxs(graph: nx.Graph) -> None:
    found = by_name(graph)
    assert list(found) == sorted(graph)
    ties = simple(graph)
    normalised = nx.betweenness_centrality(ties)
    outward = nx.closeness_centrality(ties.reverse() if ties.is_directed() else ties)
    cores = nx.core_number(simple(graph, directed=False))
    for actor, measures in found.items():
        if len(found) > 2:
            assert measures.betweenness_normalised == pytest.approx(normalised[actor], abs=1e-12)
        if len(found) > 1:
            assert measures.closeness_corrected == pytest.approx(outward[actor], abs=1e-12)
            assert measures.closeness in (None, pytest.approx(outward[actor]))
        assert measures.core == cores[actor]
        assert 0 <= measures.eigenvector <= 1 + 1e-12
    whole = network_measures(graph)
    assert whole.components == max((measures.component for measures in found.values()), default=0)
    shares = (
        whole.density,
        whole.reciprocity,
        *(
            getattr(whole.centralisation, name)
            for name in ("degree", "in_degree", "out_degree", "betweenness", "closeness")
        ),
    )
    assert all(share is None or -1e-12 <= share <= 1 + 1e-12 for share in shares)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_no_actors_one_actor_two_actors(kind: type[nx.Graph]) -> None:
    empty, lone, pair = kind(), kind([(1, 1)]), kind([(1, 2)])
    assert actor_measures(empty) == ()
    assert (network_measures(empty).density, network_measures(empty).components) == (None, 0)
    only = actor_measures(lone)[0]
    assert (only.degree, only.degree_normalised, only.closeness, only.closeness_corrected) == (0, None, None, None)
    assert (only.betweenness, only.betweenness_normalised, only.eigenvector, only.component) == (0, None, 0, 1)
    assert network_measures(lone).centralisation.betweenness is None
    assert actor_measures(pair)[0].closeness == 1
    assert network_measures(pair).centralisation.degree is None


# Both engines


@given(graphs())
def test_rustworkx_gives_what_networkx_gives_on_any_graph(graph: nx.Graph) -> None:
    ties = simple(graph)
    slow = betweenness(ties, engine="networkx")
    assert betweenness(ties, engine="rustworkx") == pytest.approx(slow, rel=1e-9, abs=1e-9)
    for incoming in (False, True):
        assert reach(ties, incoming=incoming, engine="rustworkx") == reach(ties, incoming=incoming, engine="networkx")


@pytest.mark.parametrize("directed", [False, True])
def test_rustworkx_gives_what_networkx_gives_on_a_large_graph(directed: bool) -> None:
    graph = simple(nx.gnm_random_graph(LARGE + 50, 3 * LARGE, seed=5, directed=directed))
    nx.add_path(graph, range(1000, 1040))
    slow = betweenness(graph, engine="networkx")
    assert betweenness(graph) == pytest.approx(slow, rel=1e-9, abs=1e-9)
    for incoming in (False, True):
        assert reach(graph, incoming=incoming) == reach(graph, incoming=incoming, engine="networkx")


def test_a_long_chain_is_exact() -> None:
    """Closed form: the i-th of n in a chain lies between i (n-1-i) pairs."""
    size = 600
    found = betweenness(nx.path_graph(size))
    assert all(found[i] == i * (size - 1 - i) for i in range(size))
    far = reach(nx.path_graph(size))
    assert far[0].far == size * (size - 1) // 2
    assert all(one.far >= other.far for one, other in pairwise([far[i] for i in range(size // 2)]))
