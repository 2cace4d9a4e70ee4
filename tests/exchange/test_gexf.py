"""GEXF: valid by its schema, and read by another program as what it was."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from journeys.exchange.formats import FORMATS
from journeys.exchange.gexf import write_gexf
from journeys.exchange.network import Network

GEXF = FORMATS["gexf"]
NS = {"g": "http://gexf.net/1.3"}


@pytest.fixture(scope="session")
def gexf_schema(shared_data: Path) -> etree.XMLSchema:
    """The published schema, whose licence keeps it out of this repository."""
    path = shared_data / "schemas" / "gexf-1.3" / "gexf.xsd"
    if not path.is_file():
        pytest.skip(f"no schema {path}: it is not part of the repository")
    return etree.XMLSchema(etree.parse(path))


def test_what_is_strange_is_valid_and_read(strange: Network, tmp_path: Path, gexf_schema: etree.XMLSchema) -> None:
    path = tmp_path / "strange.gexf"
    replaced = write_gexf(strange, path).said
    assert replaced == (
        "2 values hold control characters, which XML does not have: they are written as �.",
        "Ties without a direction are two edges, there and back, with directed = false.",
    )
    gexf_schema.assertValid(etree.parse(path))


def test_networkx_reads_what_was_written(strange: Network, tmp_path: Path) -> None:
    path = tmp_path / "strange.gexf"
    write_gexf(strange, path)
    graph = nx.read_gexf(path)
    assert (graph.is_directed(), graph.is_multigraph()) == (True, True)
    assert dict(graph.nodes(data="label")) == {"s:actor:A": "Ann", "s:actor:a": "ann", "s:document:D1": ""}
    ann = graph.nodes["s:actor:A"]
    assert (ann["type"], ann["observed"], ann["row"]) == ("Actor", True, 3.0)
    assert ann["note"] == 'Ann "the \ufffdbell" <O\u2019Neil> & \ufffdco\n=1+1'
    claims = graph.get_edge_data("s:actor:A", "s:document:D1")
    assert sorted(claims) == ["c1", "c2", "c3"]
    assert claims["c1"]["spells"] == [("2011-03-01", "2011-03-31")]
    assert claims["c2"]["spells"] == [("None", "2011-03-31")]
    assert "spells" not in claims["c3"]
    assert [claims[each].get("polarity") for each in sorted(claims)] == [1, 1, None]
    assert [claims[each]["relation"] for each in sorted(claims)] == ["SUPPORTED", "SUPPORTED", "NOT_CONTESTED"]
    # A tie without a direction is there both ways.
    assert graph.edges["s:actor:A", "s:actor:a", "c4"]["directed"] is False
    assert graph.edges["s:actor:a", "s:actor:A", "c4 (back)"]["weight"] == 2


def test_an_edge_has_one_kind(strange: Network, tmp_path: Path) -> None:
    path = tmp_path / "strange.gexf"
    write_gexf(strange, path)
    edges = etree.parse(path).findall(".//g:edge", NS)
    assert [edge.get("kind") for edge in edges] == ["SUPPORTED", "SUPPORTED", "NOT_CONTESTED", "agrees", "agrees"]
    titles = [each.get("title") for each in etree.parse(path).findall(".//g:attribute", NS)]
    assert "kind" not in titles


def test_the_whole_study(opened_demo: Any, tmp_path: Path, gexf_schema: etree.XMLSchema) -> None:
    path = tmp_path / "demo.gexf"
    made = opened_demo.export("gexf", path)
    assert made.files == (path, tmp_path / "demo.gexf-grand.csv")
    gexf_schema.assertValid(etree.parse(path))
    graph = nx.read_gexf(path)
    held = opened_demo.cypher("MATCH (n {study: $study}) WHERE NOT n:LoadRun RETURN count(n) AS n").rows[0][0]
    claims = opened_demo.cypher("MATCH ({study: $study})-[r]->() RETURN count(r) AS n").rows[0][0]
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (held, claims)
    types = opened_demo.cypher("MATCH ({study: $study})-[r]->() RETURN type(r) AS type, count(r) AS n").rows
    assert Counter(data["relation"] for *_, data in graph.edges(data=True)) == dict(types)
    quotes = opened_demo.cypher("MATCH ({study: $study})-[r]->() WHERE r.quote IS NOT NULL RETURN r.id, r.quote").rows
    assert quotes
    assert {data["id"]: data["quote"] for *_, data in graph.edges(data=True) if "quote" in data} == dict(quotes)
    assert made.held == f"{held} nodes and {claims:,} claims"


def test_the_claims_of_a_site_and_of_the_public(opened_demo: Any, tmp_path: Path) -> None:
    north = opened_demo.export("gexf", tmp_path / "north.gexf", site="Northtown", modes=["verbatim"])
    graph = nx.read_gexf(tmp_path / "north.gexf")
    modes = {data.get("mode") for _, _, data in graph.edges(data=True)}
    assert modes <= {"verbatim", "derived", None}
    assert "verbatim" in modes
    assert any(sentence.startswith("Left out: ") for sentence in north.said)


def test_the_public_profile_writes_no_words(opened_demo: Any, tmp_path: Path) -> None:
    made = opened_demo.export("gexf", tmp_path / "public.gexf", profile="public")
    assert made.said[0].startswith("Public version. Left out: ")
    graph = nx.read_gexf(tmp_path / "public.gexf")
    assert "forms are not shown" not in (tmp_path / "public.gexf").read_text(encoding="utf-8")
    assert not {"quote", "note", "recorded_by", "file", "cell"} & {
        name for *_, data in graph.edges(data=True) for name in data
    }
    assert "Extract" not in {data["type"] for _, data in graph.nodes(data=True)}


def test_an_actor_network_by_command_and_by_ending(
    demo_study: Any, opened_demo: Any, run_cli: Any, tmp_path: Path
) -> None:
    folder = demo_study("embedded").folder
    told = run_cli("--study", folder, "network", "Northtown", "-o", tmp_path / "a.gexf")
    assert told.code == 0, told.stderr
    told = run_cli("--study", folder, "export", "gexf", "Northtown", "--of", "actors", "-o", tmp_path / "b.gexf")
    assert told.code == 0, told.stderr
    assert (tmp_path / "a.gexf").read_bytes() == (tmp_path / "b.gexf").read_bytes()
    network = opened_demo.network("Northtown").network.graph
    graph = nx.read_gexf(tmp_path / "a.gexf")
    assert set(graph) == set(network)
    tie = graph.get_edge_data("demo:actor:LB", "demo:actor:AN")
    (found,) = [held for held in tie.values() if held["relation"] == "contests_work_of"]
    assert (found["weight"], found["sources"], found["polarity"]) == (2.0, 3, -1)
    again = run_cli("--study", folder, "export", "gexf", "-o", tmp_path / "b.gexf")
    assert (again.code, "b.gexf is there already. Add --force" in again.stderr) == (2, True)
    wrong = run_cli("--study", folder, "export", "gefx")
    assert "There is no command 'gefx'. Did you mean 'gexf'?" in wrong.stderr
