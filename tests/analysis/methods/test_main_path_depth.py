"""What documents rest on: depth, first sources and shares, against walks back through the citations."""

from __future__ import annotations

from math import nan

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.methods.main_path.depth import (
    CitationShare,
    FirstSource,
    Tally,
    citation_shares,
    depths,
    first_sources,
    sources_under,
)
from journeys.analysis.methods.main_path.network import citation_network
from tests.analysis.methods.citation_networks import SAMPLE, any_graphs, network_of


@pytest.fixture
def sample():
    return network_of(SAMPLE)


def test_what_everything_rests_on(sample):
    assert depths(sample) == dict(zip("ABCDEFGHIJKLMN", [0, 0, 1, 1, 2, 2, 3, 4, 3, 1, 5, 4, 4, 5], strict=True))
    assert first_sources(sample) == (
        FirstSource(("B",), tuple("CDJ"), tuple("CDEFGHIJKLMN"), tuple("DFIJLMN"), 1.0),
        FirstSource(("A",), ("C",), tuple("CEGHK"), (), 5 / 12),
    )
    assert sources_under(sample)["K"] == ("A", "B")
    assert sources_under(sample)["L"] == ("B",)
    assert sources_under(sample)["A"] == ()


def test_a_circle_that_cites_nothing_else_is_a_source_of_its_own_kind():
    sources = first_sources(network_of("ab ba bc dc ef"))
    assert sources == (
        FirstSource(("a", "b"), ("c",), ("c",), (), 0.5),
        FirstSource(("d",), ("c",), ("c",), (), 0.5),
        FirstSource(("e",), ("f",), ("f",), ("f",), 0.5),
    )


@settings(deadline=None)
@given(any_graphs())
def test_sources_are_those_found_by_walking_back(graph):
    network = citation_network(graph)
    inward = {node: nx.ancestors(graph, node) for node in graph}
    under = sources_under(network)
    for source in first_sources(network):
        outside = set(graph) - set(source.members)
        assert all(inward[member] <= set(source.members) for member in source.members)
        assert set(source.dependants) == {node for node in outside if inward[node] & set(source.members)}
        assert set(source.direct) == {v for u, v in graph.edges() if u in source.members and v in outside}
        assert set(source.only) == {node for node in outside if under[node] == (source.members[0],)}
    assert {node for node, deep in depths(network).items() if deep == 0} == {
        member for source in first_sources(network) for member in source.members
    }


def test_how_much_of_what_is_cited_is_about_something():
    graph = nx.MultiDiGraph()
    for document, about in (("data", True), ("census", False), ("study", None), ("report", nan), ("plan", False)):
        graph.add_node(document, ethnicity=about)
    graph.add_edge("data", "study", about=True)
    graph.add_edge("data", "study", about=False)
    graph.add_edge("census", "study", about=True)
    graph.add_edge("study", "report")
    graph.add_edge("report", "report", about=True)
    by_edge = citation_shares(graph, "about")
    assert by_edge["report"] == CitationShare(Tally(0, 0, 1), Tally(2, 1, 1))
    assert by_edge["report"].direct.share is None
    assert by_edge["report"].transitive.share == 2 / 3
    assert by_edge["plan"] == CitationShare(Tally(0, 0, 0), Tally(0, 0, 0))
    by_node = citation_shares(graph, "ethnicity", on="node")
    assert by_node["study"] == CitationShare(Tally(1, 1, 0), Tally(1, 1, 0))
    assert by_node["report"] == CitationShare(Tally(0, 0, 1), Tally(1, 1, 1))
    assert citation_shares(graph.reverse(), "about", edges_cite=True) == by_edge


def test_what_is_no_property_is_refused():
    graph = nx.DiGraph()
    graph.add_edge("a", "b", about="yes")
    with pytest.raises(ValueError, match="yes"):
        citation_shares(graph, "about")
    with pytest.raises(ValueError, match="path"):
        citation_shares(graph, "about", on="path")
    with pytest.raises(ValueError, match="undirected"):
        citation_shares(nx.Graph(), "about")


@settings(deadline=None)
@given(any_graphs())
def test_shares_count_every_edge_behind_a_document_once(graph):
    for document, found in citation_shares(graph, "counts").items():
        behind = {document, *nx.ancestors(graph, document)}
        for tally, heads in ((found.direct, {document}), (found.transitive, behind)):
            values = [known for u, v, known in graph.edges(data="counts") if v in heads and u != v]
            assert tally == Tally(values.count(True), values.count(False), values.count(None))


def test_depth_counts_no_step_inside_a_circle():
    assert depths(network_of("ab bc cb cd dd")) == {"a": 0, "b": 1, "c": 1, "d": 2}


@pytest.mark.parametrize("graph", [nx.DiGraph(), nx.empty_graph(2, nx.MultiDiGraph), nx.DiGraph([(1, 1)])])
def test_documents_that_cite_nothing(graph):
    network = citation_network(graph)
    assert depths(network) == dict.fromkeys(graph, 0)
    assert first_sources(network) == tuple(FirstSource((node,), (), (), (), None) for node in graph)
    assert sources_under(network) == dict.fromkeys(graph, ())
    nothing = CitationShare(Tally(0, 0, 0), Tally(0, 0, 0))
    assert citation_shares(graph, "x") == citation_shares(graph, "x", on="node") == dict.fromkeys(graph, nothing)


@settings(deadline=None)
@given(any_graphs(), st.randoms())
def test_the_order_of_nodes_and_edges_does_not_matter(graph, random):
    shuffled = type(graph)()
    shuffled.add_nodes_from(random.sample(list(graph), len(graph)))
    shuffled.add_edges_from(random.sample(list(graph.edges), graph.number_of_edges()))
    one, other = citation_network(graph), citation_network(shuffled)
    assert first_sources(one) == first_sources(other)
    assert list(depths(one).items()) == list(depths(other).items())
