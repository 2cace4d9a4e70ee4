"""Main paths and traversal counts, against published examples and all paths one by one."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise, product
from math import nan

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.methods.main_path.paths import (
    Edge,
    LeftOut,
    ReasonLeftOut,
    citation_network,
    global_main_paths,
    key_routes,
    local_main_paths,
    traversal_counts,
)
from tests.analysis.methods.citation_networks import SAMPLE, any_graphs, network_of


def joined(routes):
    return ["".join(route) for route in routes]


@pytest.fixture
def sample():
    return network_of(SAMPLE)


# The tests "as explained" assert what is said of the sample in its source; the rest follows from counting its paths.


def test_liu_and_lu_traversal_counts_as_explained(sample):
    counts = traversal_counts(sample)
    # B-D-F-H-K, B-D-F-I-L, B-D-F-I-M-N, B-D-I-L, B-D-I-M-N
    assert counts.spc["B", "D"] == 5
    # the same three ends from B and from D: B-D-F-H-K, B-D-F-I-L, B-D-F-I-M-N, D-F-H-K, D-F-I-L, D-F-I-M-N
    assert counts.splc["D", "F"] == 6


def test_another_program_gives_the_same():
    """The network and the numbers of the tests of MainPaths.jl (J. Hoffmann), an implementation in Julia."""
    network = network_of("ac bc bd ce cg df dj dk eh ei fi fj")
    spc = traversal_counts(network).spc
    assert [spc[arc] for arc in sorted(spc)] == [3, 3, 4, 4, 2, 2, 1, 1, 2, 2, 1, 1]
    assert sum(spc[arc] for arc in spc if arc[0] in network.sources) == 10
    assert joined(local_main_paths(network, spc).paths()) == ["bdfi", "bdfj"]


def test_search_path_node_pairs_by_hand(sample):
    # A-C-H, B-C-H, C-H, A-C-H-K, B-C-H-K, C-H-K
    assert traversal_counts(sample).spnp["C", "H"] == 6


def test_liu_and_lu_main_paths_as_explained(sample):
    spc = traversal_counts(sample).spc
    # local: two arcs tie at I, so there are two paths
    assert joined(local_main_paths(sample, spc).paths()) == ["BDFIL", "BDFIMN"]
    # global: B-D-F-I-M-N sums to 15, the most of all
    best = global_main_paths(sample, spc)
    assert (joined(best.paths()), best.heaviest, best.lightest, best.number) == (["BDFIMN"], 15, 15, 1)
    # H-K, one of the two heaviest arcs, lies on neither; key routes are made to include it
    assert ("H", "K") not in {*best.arcs, *local_main_paths(sample, spc).arcs}
    assert [(route.arc, route.weight) for route in key_routes(sample, spc).routes] == [
        (("B", "D"), 5),
        (("H", "K"), 5),
    ]


def test_liu_and_lu_key_routes_local_and_global(sample):
    spc = traversal_counts(sample).spc
    local = key_routes(sample, spc, 1, search="local")
    assert [joined(route.through.paths()) for route in local.routes] == [
        ["BDFIL", "BDFIMN"],
        # back from H: C-H and G-H tie at 2
        ["ACEGHK", "ACHK", "BCEGHK", "BCHK"],
    ]
    overall = key_routes(sample, spc, 1, search="global")
    assert [joined(route.through.paths()) for route in overall.routes] == [["BDFIMN"], ["BDFHK"]]
    assert overall.units == tuple("BDFHIKMN")
    assert overall.arcs == tuple(map(tuple, ["BD", "DF", "FH", "FI", "HK", "IM", "MN"]))


def test_backward_search_begins_at_the_sinks(sample):
    spc = traversal_counts(sample).spc
    back = local_main_paths(sample, spc, direction="backward")
    assert joined(back.paths()) == ["ACEGHK", "ACHK", "BCEGHK", "BCHK"]
    assert (back.heaviest, back.lightest, back.number) == (13, 9, 4)


def test_all_counts_of_a_small_network():
    # 1 -> 2 -> {3, 4} -> 5, counted by hand
    counts = traversal_counts(network_of("12 23 24 35 45"))
    arcs = [tuple(arc) for arc in ["12", "23", "24", "35", "45"]]
    assert [counts.spc[arc] for arc in arcs] == [2, 1, 1, 1, 1]
    assert [counts.splc[arc] for arc in arcs] == [2, 2, 2, 3, 3]
    assert [counts.spnp[arc] for arc in arcs] == [5, 4, 4, 3, 3]  # 2 reaches 5 twice, so 1-2 joins 1 and 5 twice
    assert [counts.node_pairs[arc] for arc in arcs] == [4, 4, 4, 3, 3]
    assert counts.total == 2
    assert counts.through == {"1": 2, "2": 2, "3": 1, "4": 1, "5": 2}
    assert counts.normalised["1", "2"] == 1
    assert counts.normalised["2", "3"] == 0.5


# --- the oracle: all paths, one by one


def all_paths(graph):
    """Every path of at least one arc."""
    found = [[arc[0], arc[1]] for arc in graph.edges]
    for path in found:
        found.extend([*path, after] for after in graph.successors(path[-1]))
    return found


def counted(paths):
    return Counter(arc for path in paths for arc in pairwise(path))


def ends(graph):
    return {n for n in graph if not graph.in_degree(n)}, {n for n in graph if not graph.out_degree(n)}


@st.composite
def dags(draw):
    size = draw(st.integers(0, 7))
    names = draw(st.permutations(range(size)))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    pairs = list(combinations(names, 2))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])
    return graph


@settings(deadline=None)
@given(dags())
def test_counts_are_those_of_all_paths(graph):
    paths = all_paths(graph)
    sources, sinks = ends(graph)
    counts = traversal_counts(citation_network(graph))
    assert counts.spc == counted(p for p in paths if p[0] in sources and p[-1] in sinks)
    assert counts.splc == counted(p for p in paths if p[-1] in sinks)
    assert counts.spnp == counted(paths)
    assert counts.node_pairs == {
        arc: len({(p[0], p[-1]) for p in paths if arc in set(pairwise(p))}) for arc in graph.edges
    }
    assert counts.total == sum(p[0] in sources and p[-1] in sinks for p in paths)


@settings(deadline=None)
@given(dags())
def test_batagelj_2003_spc_is_a_flow(graph):
    network = citation_network(graph)
    counts = traversal_counts(network)
    for unit, through in counts.through.items():
        entering = sum(counts.spc[arc] for arc in graph.in_edges(unit))
        leaving = sum(counts.spc[arc] for arc in graph.out_edges(unit))
        assert entering == through or unit in network.sources
        assert leaving == through or unit in network.sinks
    assert sum(counts.through[unit] for unit in network.sources) == counts.total
    assert sum(counts.through[unit] for unit in network.sinks) == counts.total
    # a cut that no path crosses twice: all that is before some place in the order, without sinks, against the rest
    for place in range(len(network.order)):
        early = {*network.order[:place], *network.sources} - {*network.sinks}
        assert sum(counts.spc[u, v] for u, v in graph.edges if u in early and v not in early) == counts.total


@settings(deadline=None)
@given(dags())
def test_counts_turn_round_with_the_network(graph):
    one = traversal_counts(citation_network(graph))
    other = traversal_counts(citation_network(graph, edges_cite=True))
    for name in ("spc", "spnp", "node_pairs"):
        assert getattr(one, name) == {(v, u): count for (u, v), count in getattr(other, name).items()}


weights_named = st.sampled_from(["spc", "splc", "spnp", "node_pairs"])


def weight_of(path, weights):
    return sum(weights[arc] for arc in pairwise(path))


@settings(deadline=None)
@given(dags(), weights_named)
def test_global_main_paths_are_the_best_of_all_paths(graph, name):
    network = citation_network(graph)
    weights = getattr(traversal_counts(network), name)
    sources, sinks = ends(graph)
    paths = [tuple(p) for p in all_paths(graph) if p[0] in sources and p[-1] in sinks]
    most = max((weight_of(p, weights) for p in paths), default=None)
    best = {p for p in paths if weight_of(p, weights) == most}
    found = global_main_paths(network, weights)
    assert set(found.paths()) == best
    assert (found.number, found.heaviest, found.lightest) == (len(best), most, most)
    routes = key_routes(network, weights, k=2, search="global").routes
    heavy = sorted(weights.values(), reverse=True)[:2]
    assert [r.arc for r in routes] == sorted(
        (arc for arc in weights if weights[arc] >= heavy[-1]), key=lambda arc: -weights[arc]
    )
    for route in routes:
        over = [p for p in paths if route.arc in set(pairwise(p))]
        top = max(weight_of(p, weights) for p in over)
        assert set(route.through.paths()) == {p for p in over if weight_of(p, weights) == top}


def is_greedy(path, graph, weights, *, back):
    """Whether every step of a path (its units) is a heaviest one there."""
    if back:
        return all(weights[u, v] == max(weights[arc] for arc in graph.in_edges(v)) for u, v in pairwise(path))
    return all(weights[u, v] == max(weights[arc] for arc in graph.out_edges(u)) for u, v in pairwise(path))


@settings(deadline=None)
@given(dags(), weights_named)
def test_local_main_paths_take_the_heaviest_step(graph, name):
    network = citation_network(graph)
    weights = getattr(traversal_counts(network), name)
    sources, sinks = ends(graph)
    paths = [tuple(p) for p in all_paths(graph) if p[0] in sources and p[-1] in sinks]
    first = max((weights[p[:2]] for p in paths), default=None)
    last = max((weights[p[-2:]] for p in paths), default=None)
    forward = {p for p in paths if weights[p[:2]] == first and is_greedy(p, graph, weights, back=False)}
    backward = {p for p in paths if weights[p[-2:]] == last and is_greedy(p, graph, weights, back=True)}
    for direction, expected in (("forward", forward), ("backward", backward)):
        found = local_main_paths(network, weights, direction=direction)
        assert found.paths() == tuple(sorted(expected))
        assert found.number == len(expected)
        sums = [weight_of(p, weights) for p in expected]
        assert (found.heaviest, found.lightest) == (max(sums, default=None), min(sums, default=None))
    for route in key_routes(network, weights, k=len(weights) or 1).routes:
        expected = set()
        for path in paths:
            for place, arc in enumerate(pairwise(path)):
                before, after = path[: place + 1], path[place + 1 :]
                if (
                    arc == route.arc
                    and is_greedy(before, graph, weights, back=True)
                    and is_greedy(after, graph, weights, back=False)
                ):
                    expected.add(path)
        assert set(route.through.paths()) == expected


def test_ties_beyond_counting_are_still_counted():
    # sixty diamonds in a row: 2 to the 60th paths, all tied
    graph = nx.DiGraph()
    for n in range(60):
        for side in ("left", "right"):
            graph.add_edge(n, (n, side))
            graph.add_edge((n, side), n + 1)
    network = citation_network(graph)
    counts = traversal_counts(network)
    assert counts.total == 2**60
    assert set(counts.spc.values()) == {2**59}
    for found in (global_main_paths(network, counts.spc), local_main_paths(network, counts.spc)):
        assert (found.number, found.heaviest) == (2**60, 120 * 2**59)
        assert len(found.paths(most=3)) == 3
        assert len(set(found.paths(most=3))) == 3


def test_sums_of_fractions_tie_exactly():
    network = network_of("ab bc cd ax xy yd")
    weights = dict(zip(map(tuple, ["ab", "bc", "cd", "ax", "xy", "yd"]), [0.1, 0.2, 0.3, 0.3, 0.2, 0.1], strict=True))
    found = global_main_paths(network, weights)
    assert joined(found.paths()) == ["abcd", "axyd"]
    assert found.heaviest == pytest.approx(0.6)


def test_what_cannot_be_searched_is_refused(sample):
    spc = traversal_counts(sample).spc
    with pytest.raises(ValueError, match="sideways"):
        local_main_paths(sample, spc, direction="sideways")
    with pytest.raises(ValueError, match="1 or more"):
        key_routes(sample, spc, 0)
    with pytest.raises(ValueError, match="both"):
        key_routes(sample, spc, search="both")
    with pytest.raises(ValueError, match="one weight for each arc"):
        global_main_paths(sample, {("B", "D"): 1})
    with pytest.raises(ValueError, match="one weight for each arc"):
        global_main_paths(sample, {**spc, ("D", "B"): 1})
    with pytest.raises(ValueError, match="finite"):
        global_main_paths(sample, {**spc, ("B", "D"): nan})
    with pytest.raises(ValueError, match="undirected"):
        citation_network(nx.Graph())
    with pytest.raises(KeyError):
        sample.members("Z")


# --- circles, repetitions, small cases


def test_circles_are_shrunk_and_nothing_is_lost_silently():
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="first")
    graph.add_edge("a", "b", key="again")
    graph.add_edge("b", "c", key=0)
    graph.add_edge("c", "b", key=0)
    graph.add_edge("c", "d", key=0)
    graph.add_edge("b", "d", key=0)
    graph.add_edge("d", "d", key="self")
    network = citation_network(graph)
    assert network.arcs == (("a", "b"), ("b", "d"))
    assert network.circles == {"b": ("b", "c")}
    assert network.unit_of == {"a": "a", "b": "b", "c": "b", "d": "d"}
    assert [network.members(unit) for unit in network.graph] == [("a",), ("b", "c"), ("d",)]
    assert network.left_out == (
        LeftOut(Edge("b", "c", 0), ReasonLeftOut.CIRCLE),
        LeftOut(Edge("c", "b", 0), ReasonLeftOut.CIRCLE),
        LeftOut(Edge("d", "d", "self"), ReasonLeftOut.SELF),
    )
    assert network.stands_for == {
        ("a", "b"): (Edge("a", "b", "again"), Edge("a", "b", "first")),
        ("b", "d"): (Edge("b", "d", 0), Edge("c", "d", 0)),
    }
    assert traversal_counts(network).spc == {("a", "b"): 1, ("b", "d"): 1}


def test_edges_that_cite_are_turned_round():
    network = citation_network(nx.DiGraph([("report", "study"), ("study", "data")]), edges_cite=True)
    assert network.arcs == (("data", "study"), ("study", "report"))
    assert network.stands_for["data", "study"] == (Edge("study", "data"),)
    assert (network.sources, network.sinks) == (("data",), ("report",))


@pytest.mark.parametrize(
    "graph", [nx.DiGraph(), nx.MultiDiGraph(), nx.empty_graph(1, nx.DiGraph), nx.DiGraph([(1, 1)])]
)
def test_networks_without_arcs(graph):
    network = citation_network(graph)
    counts = traversal_counts(network)
    assert (counts.spc, counts.normalised, counts.through, counts.total) == ({}, {}, {}, 0)
    assert network.isolates == tuple(graph)
    for found in (
        global_main_paths(network, {}),
        local_main_paths(network, {}),
        local_main_paths(network, {}, direction="backward"),
    ):
        assert (found.arcs, found.units, found.number, found.heaviest, found.paths()) == ((), (), 0, None, ())
    assert key_routes(network, {}, 3).routes == ()


@settings(deadline=None)
@given(any_graphs(), st.randoms(), st.booleans())
def test_every_edge_is_accounted_for_in_any_order(graph, random, edges_cite):
    network = citation_network(graph, edges_cite=edges_cite)
    assert nx.is_directed_acyclic_graph(network.graph)
    kept = [edge for edges in network.stands_for.values() for edge in edges]
    edges = graph.edges(keys=True) if graph.is_multigraph() else graph.edges
    assert sorted([*kept, *(left.edge for left in network.left_out)], key=str) == sorted(
        (Edge(*edge) for edge in edges), key=str
    )
    shuffled = type(graph)()
    shuffled.add_nodes_from(random.sample(list(graph), len(graph)))
    shuffled.add_edges_from(random.sample(list(edges), len(list(edges))))
    other = citation_network(shuffled, edges_cite=edges_cite)
    assert (other.arcs, other.circles, other.unit_of, other.left_out) == (
        network.arcs,
        network.circles,
        network.unit_of,
        network.left_out,
    )
    assert list(traversal_counts(other).spc.items()) == list(traversal_counts(network).spc.items())


def test_cut_sets_of_the_sample_carry_the_total(sample):
    # every minimal cut, found by trying every set of units on the side of the sources (Batagelj 2003)
    counts = traversal_counts(sample)
    inner = [unit for unit in sample.graph if unit not in {*sample.sources, *sample.sinks}]
    cuts = 0
    for chosen in product([False, True], repeat=len(inner)):
        early = {*sample.sources, *(unit for unit, is_in in zip(inner, chosen, strict=True) if is_in)}
        if any(head in early and tail not in early for tail, head in sample.arcs):
            continue
        crossing = [(tail, head) for tail, head in sample.arcs if tail in early and head not in early]
        assert sum(counts.spc[arc] for arc in crossing) == counts.total == 10
        assert sum(counts.normalised[arc] for arc in crossing) == pytest.approx(1)
        cuts += 1
    assert cuts > 20
