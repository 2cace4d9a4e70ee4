"""Claims of a network on which sources disagree: denied by another, or answered otherwise."""

from __future__ import annotations

import networkx as nx

from journeys.analysis.actors.site import disputed, network_of
from journeys.model.schema import load_schema
from journeys.study.disputes import with_disputes


def told(*claims: tuple[str, str, str, dict[str, object]]) -> nx.MultiDiGraph[str]:
    """A study of four people and one paper; each claim is by a source of its own."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study="x")
    for name in "abcd":
        graph.add_node(f"x:actor:{name}", label="Actor", name=name.upper(), kind="person")
    for meeting in ("m1", "m2"):
        graph.add_node(f"x:meeting:{meeting}", label="Meeting", name=meeting)
    graph.add_node("x:document:d", label="Document", name="Paper")
    for number, (key, type_, who, more) in enumerate(claims):
        source = f"x:data_source:{number}"
        graph.add_node(source, label="DataSource", name=f"Interview {number}", kind="interview")
        held = {"id": key, "type": type_, "asserted": True, "source": source, **more}
        graph.add_edge(f"x:actor:{who}", "x:document:d", key=key, **held)
    return graph


def test_what_another_source_reports_not_to_have_happened() -> None:
    at = {"at_meeting": "x:meeting:m1"}
    graph = told(
        ("same", "SUPPORTED", "a", at),
        ("denial", "SUPPORTED", "a", {**at, "negated": True}),
        ("elsewhere", "SUPPORTED", "a", {"at_meeting": "x:meeting:m2"}),
        ("nowhere", "SUPPORTED", "a", {}),
        ("other", "SUPPORTED", "b", at),
        ("withdrawn", "SUPPORTED", "b", {**at, "negated": True, "status": "withdrawn"}),
    )
    assert disputed(graph, ["same", "elsewhere", "nowhere", "other", "no such claim"]) == {"same", "nowhere"}


def test_what_sources_answer_otherwise() -> None:
    graph = told(
        ("a wrote it", "AUTHORED", "a", {}),
        ("b wrote it", "AUTHORED", "b", {}),
        ("c supported it", "SUPPORTED", "c", {}),
        ("d contested it", "CONTESTED", "d", {}),
    )
    found = with_disputes(network_of(graph, load_schema()))
    assert found.disputed == {"a wrote it", "b wrote it"}
    agreed = with_disputes(network_of(told(("a", "AUTHORED", "a", {}), ("b", "AUTHORED", "a", {})), load_schema()))
    assert agreed.disputed == frozenset()
