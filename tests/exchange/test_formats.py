"""Exports of a study at the command line, read with other programs' libraries; and formats with strange input."""

from __future__ import annotations

import csv
import json
import tracemalloc
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from journeys.exchange.edge_lists import write_edge_lists
from journeys.exchange.formats import FORMATS
from journeys.exchange.graphml import write_graphml
from journeys.exchange.network import Network, Node, Tie
from journeys.exchange.pajek import write_pajek
from journeys.exchange.spool import Spool
from journeys.exchange.to_networkx import networkx_graph
from journeys.exchange.write import write_network
from tests.exchange.readers import library

HIF_NAMES = {
    "incidences": ({"edge", "node"}, {"edge", "node", "weight", "direction", "attrs"}),
    "nodes": ({"node"}, {"node", "weight", "attrs"}),
    "edges": ({"edge"}, {"edge", "weight", "attrs"}),
}
"""The names that an entry of each list must have and may have, by the schema of HIF 0.1."""


@pytest.fixture
def exported(demo_study: Any, run_cli: Any, tmp_path: Path) -> Any:
    """Exports the invented study in a format; returns the file and what was said."""

    def run(format_: str, *arguments: str) -> tuple[Path, str]:
        path = tmp_path / f"demo.{FORMATS[format_].ending}"
        told = run_cli("--study", demo_study("embedded").folder, "export", format_, *arguments, "-o", path)
        assert told.code == 0, told.stderr
        return path, told.stderr

    return run


def test_graphml_of_the_study_is_its_networkx_graph(exported: Any, opened_demo: Any) -> None:
    path, _ = exported("graphml")
    read = nx.read_graphml(path)
    held = opened_demo.cypher("MATCH ({study: $study})-[r]->() RETURN count(r) AS n").rows[0][0]
    assert read.number_of_edges() == held
    contested = [data for *_, data in read.edges(data=True) if data["relation"] == "CONTESTED"]
    assert {data["polarity"] for data in contested} == {-1}
    assert any(data["date_from"] < data["date_to"] for data in contested if "date_from" in data)
    igraph = library("igraph").Graph.Read_GraphML(str(path))
    assert (igraph.vcount(), igraph.ecount()) == (read.number_of_nodes(), held)


def without_controls(network: Network) -> Network:
    """NetworkX writes files with control characters that no reader of XML takes."""
    nodes = [replace(each, values={k: v for k, v in each.values.items() if k != "note"}) for each in network.nodes()]
    ties = [replace(each, values={k: v for k, v in each.values.items() if k != "quote"}) for each in network.ties()]
    return replace(network, nodes=lambda: iter(nodes), ties=lambda: iter(ties))


def test_graphml_written_by_networkx_and_by_us_is_the_same_graph(strange: Network, tmp_path: Path) -> None:
    network = without_controls(strange)
    graph = networkx_graph(network)
    nx.write_graphml(graph, tmp_path / "theirs.graphml")
    write_network(network, FORMATS["graphml"], tmp_path / "ours.graphml")
    for name in ("theirs", "ours"):
        read = nx.read_graphml(tmp_path / f"{name}.graphml")
        assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
        assert sorted(read.edges(keys=True), key=str) == sorted(graph.edges(keys=True), key=str)
        assert all(without_id(read.edges[edge]) == graph.edges[edge] for edge in graph.edges)


def without_id(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name != "id"}


@pytest.mark.parametrize("ending", ["gexf", "gml", "net", "adjlist", "edgelist"])
def test_every_writer_of_networkx_takes_the_graph(strange: Network, ending: str, tmp_path: Path) -> None:
    graph = networkx_graph(without_controls(strange))
    path = tmp_path / f"graph.{ending}"
    if ending == "net":
        with pytest.warns(UserWarning, match="Non-string attribute"):  # Pajek has texts alone
            nx.write_pajek(graph, path)
    else:
        getattr(
            nx, {"adjlist": "write_multiline_adjlist", "edgelist": "write_edgelist"}.get(ending, f"write_{ending}")
        )(graph, path)
    json.dumps(nx.node_link_data(graph, edges="edges"))
    if ending == "gexf":
        read = nx.read_gexf(path)
        assert all(held.items() <= read.nodes[node].items() for node, held in graph.nodes(data=True))
        assert all(held.items() <= read.edges[edge].items() for *edge, held in graph.edges(keys=True, data=True))
    if ending == "gml":
        read = nx.read_gml(path)
        assert {edge: read.edges[edge]["relation"] for edge in read.edges} == {
            edge: graph.edges[edge]["relation"] for edge in graph.edges
        }


def test_control_characters_in_graphml_and_pajek(strange: Network, tmp_path: Path) -> None:
    said = write_graphml(strange, tmp_path / "a.graphml").said
    assert said == (
        "2 values hold control characters, which XML does not have: they are written as \ufffd.",
        "Ties without a direction are written as edges from one to the other, with directed = false.",
    )
    assert etree.parse(tmp_path / "a.graphml").getroot().tag.endswith("graphml")
    assert write_pajek(strange, tmp_path / "a.net").said == (
        "3 nodes share their name with another: it is followed by the id.",
    )
    read = nx.read_pajek(tmp_path / "a.net")
    assert sorted(read) == ["(Document D1)", "Ann (Actor A)", "ann (Actor a)"]
    igraph = library("igraph").Graph.Read_Pajek(str(tmp_path / "a.net"))
    assert (igraph.vcount(), igraph.ecount()) == (3, 4)


def test_csv_runs_nothing_in_a_spreadsheet(strange: Network, tmp_path: Path) -> None:
    nodes = [replace(each, name="=HYPERLINK(1)", type="Ac\0tor") for each in strange.nodes()]
    write_edge_lists(replace(strange, nodes=lambda: iter(nodes)), tmp_path / "a.csv", tmp_path / "a-nodes.csv")
    with (tmp_path / "a-nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert {row["Label"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["type"] for row in rows} == {"Ac\\x00tor"}


def test_memory_does_not_grow_with_the_claims(tmp_path: Path) -> None:
    def most(number: int) -> int:
        with closing(Spool(tmp_path / f"{number}.sqlite")) as spool:
            tracemalloc.start()
            nodes = spool.add_nodes(Node(f"s:actor:{each}", "Ann", "Actor", {}) for each in range(50))
            ties = spool.add_ties(
                Tie(f"c{each:09}", f"s:actor:{each % 50}", f"s:actor:{each % 49}", "USED", "used", True, 1, None, None,
                    spool.tie_types.plain({"quote": "we need it " * 200}.items()), event=True)
                for each in range(number)
            )  # fmt: skip
            network = Network(
                "t", "", "claim", True, {}, spool.tie_types.by_name(), nodes, ties, spool.nodes, spool.ties
            )
            write_network(network, FORMATS["gexf"], tmp_path / f"{number}.gexf")
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return peak

    most(10)  # imports what it needs
    assert most(12_000) < 1.2 * most(3_000)
    assert sum(1 for _ in etree.iterparse(tmp_path / "12000.gexf", tag="{http://gexf.net/1.3}edge")) == 12_000


def test_meetings_as_hyperedges(exported: Any, opened_demo: Any) -> None:
    path, said = exported("hif")
    held = json.loads(path.read_text(encoding="utf-8"))
    for name, (needed, may) in HIF_NAMES.items():
        assert all(needed <= each.keys() <= may for each in held[name]), name
    assert held["network-type"] == "undirected"
    pairs = [(each["edge"], each["node"]) for each in held["incidences"]]
    assert len(pairs) == len(set(pairs))
    query = "MATCH (a:Actor {study: $study})-[:ATTENDED]->(m:Meeting) RETURN DISTINCT m.id, a.id"
    assert {tuple(row) for row in opened_demo.cypher(query).rows} <= set(pairs)
    assert "20 meetings as hyperedges" in said
    assert "withdrawn or reported not to have happened" in said
    assert "has no place for direction, polarity, quotations and codes" in said


def test_events_for_process_mining(exported: Any, opened_demo: Any) -> None:
    path, said = exported("ocel")
    log = library("pm4py").read_ocel2_json(str(path))
    query = "MATCH ({study: $study})-[r:INTRODUCED]->(d) RETURN count(r) AS n"
    claims = opened_demo.cypher(query).rows[0][0]
    introduced = log.events[log.events["ocel:activity"] == "introduced"]
    assert 0 < len(introduced) < claims
    named = [each for claims in introduced["claims"] for each in claims.split("; ")]
    assert len(named) == len(set(named))
    assert "of unknown date" in said
    days = introduced["ocel:timestamp"].dt.strftime("%Y-%m-%d")
    assert set(days) <= set(introduced["date_from"]) | set(introduced["date_to"])


def test_the_report_beside_a_network(exported: Any) -> None:
    path, said = exported("pajek", "Northtown", "--relation", "agrees", "--relation", "disagrees")
    report = path.with_name("demo.net-grand.csv")
    assert f"{report} is written beside it." in said
    with report.open(encoding="utf-8", newline="") as file:
        told = {row["item"]: row["report"] for row in csv.DictReader(file)}
    assert told["Direction"] == "Undirected."
    assert told["Location"] == "Northtown"
    assert "negative (contest)" in told["Weight"]
    assert told["Data"].startswith("Invented.")
    assert told["Excluded"] == "Nothing was left out."
    assert told["Ethics"].startswith("[For the team to state")
    assert "took the same side as" in told["Edges"]
    vertices, edges = path.read_text(encoding="utf-8").split("*Edges\n")
    assert told["Number"] == f"agrees {edges.count('agrees') - edges.count('disagrees')}, " + (
        f"disagrees {edges.count('disagrees')}; {len(edges.splitlines())} edges in all."
    )
    assert vertices.startswith("*Vertices 11\n")


def test_an_actor_network_by_ending(demo_study: Any, run_cli: Any, tmp_path: Path) -> None:
    folder = demo_study("embedded").folder
    for ending in ("graphml", "net"):
        told = run_cli("--study", folder, "network", "North", "-o", tmp_path / f"north.{ending}")
        assert told.code == 0, told.stderr
        assert (tmp_path / f"north.{ending}-grand.csv").is_file()
    assert "A .net file has no place for uncertain dates" in told.stderr
    assert nx.read_graphml(tmp_path / "north.graphml").number_of_nodes() == 22


def test_what_cannot_be_exported_is_said(demo_study: Any, run_cli: Any) -> None:
    folder = demo_study("embedded").folder
    told = run_cli("--study", folder, "export", "gexf", "--of", "claims", "--relation", "agrees")
    assert (told.code, told.stderr) == (
        2,
        "Relations are of an actor network. Leave them out, or export the actors.\n",
    )
    assert run_cli("--study", folder, "export", "hif", "--relation", "agrees").code == 2
    assert run_cli("--study", folder, "export", "gexf", "Nowhere").code == 1
    told = run_cli("--study", folder, "export", "graphml", "-o", "x.gexf")
    assert (told.code, told.stderr) == (2, "'x.gexf' does not end as GraphML does. Write -o x.graphml instead.\n")
    assert run_cli("--study", folder, "export", "pajek", "-o", "x").code == 2
