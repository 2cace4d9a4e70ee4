"""Read exported files with other programs' libraries, each into what the conformance table compares."""

from __future__ import annotations

import csv
import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from tests.engines import absent

Seen = dict[str, Any]
"""For each feature what a reader finds in the file; None where it finds nothing."""


def library(name: str) -> Any:
    """A library that only tests use; the test is skipped where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        absent(f"no {name}: it is among the development dependencies")


def seen_of(
    nodes: Mapping[str, Mapping[str, Any]], edges: Mapping[str, tuple[str, str, Mapping[str, Any]]], directed: Any
) -> Seen:
    """What is found in nodes (id, attributes) and edges (id, ends and attributes); empty texts are nothing."""

    def of_edges(*names: str) -> dict[str, Any]:
        found = {key: tuple(held.get(name) for name in names) for key, (_, _, held) in edges.items()}
        return {key: values for key, values in found.items() if any(value not in (None, "") for value in values)}

    coded = sorted((start, end) for start, end, held in edges.values() if held.get("relation") == "CODED_AS")
    return {
        "nodes": {key: (held.get("name"), held.get("type")) for key, held in nodes.items()},
        "parallel claims": sorted(key for key, (start, end, _) in edges.items() if (start, end) == ("s:a:A", "s:d:D")),
        "direction": directed,
        "polarity": {key: float(each[0]) for key, each in of_edges("polarity").items()},
        "uncertain dates": of_edges("date_from", "date_to", "date_text"),
        "quotations": of_edges("quote"),
        "codes": [pair for pair in coded if nodes[pair[1]].get("type") == "Code"],
        "notes": (of_edges("note"), {key: held["note"] for key, held in nodes.items() if held.get("note")}),
        "sources": of_edges("source", "mode", "confidence", "file", "cell"),
    }


def _networkx(graph: Any, name: str) -> Seen:
    nodes = {node: {**held, "name": held.get(name)} for node, held in graph.nodes(data=True)}
    every = graph.edges(keys=True, data=True)
    edges = {key: (start, end, held) for start, end, key, held in every if not str(key).endswith(" (back)")}
    ends = sorted((start, end) for start, end, _ in graph.edges)
    return seen_of(nodes, edges, ("directed" if graph.is_directed() else "undirected", ends))


def read_gexf(path: Path) -> Seen:
    return _networkx(nx.read_gexf(path), "label")


def read_graphml(path: Path) -> Seen:
    igraph = library("igraph").Graph.Read_GraphML(str(path))
    graph = nx.read_graphml(path)
    assert (igraph.vcount(), igraph.ecount()) == (graph.number_of_nodes(), graph.number_of_edges())
    assert sorted(filter(None, igraph.es["quote"])) == sorted(
        held["quote"] for *_, held in graph.edges(data=True) if "quote" in held
    )
    return _networkx(graph, "name")


def read_pajek(path: Path) -> Seen:
    graph = nx.read_pajek(path)
    igraph = library("igraph").Graph.Read_Pajek(str(path))
    assert sorted(igraph.vs["name"]) == sorted(graph)
    assert igraph.ecount() == graph.number_of_edges()
    ends = sorted((start, end) for start, end, _ in graph.edges)
    parallel = graph.number_of_edges("Ann", "Needs assessment")
    signs = sorted(weight for *_, weight in graph.edges(data="weight"))
    text = path.read_text(encoding="utf-8")
    return {
        "nodes": {key: (key, None) for key in graph},
        "parallel claims": ["c1", "c2", "c3"][:parallel],
        "direction": ("directed" if graph.is_directed() else "undirected", ends),
        "polarity": signs,
        **{name: _marked(text, word) for name, word in MARKS.items()},
    }


MARKS = {"uncertain dates": "2011-03", "quotations": "we need", "codes": "X7", "notes": "doubt", "sources": "obs-1"}
"""A word of each feature, which stands in a file if anything of it does."""


def _marked(text: str, word: str) -> str | None:
    return word if word in text else None


def read_csv(path: Path) -> Seen:
    pandas = library("pandas")
    nodes_file = path.with_name("sample-nodes.csv")
    frame = pandas.read_csv(path)
    igraph = library("igraph").Graph.DataFrame(
        frame[["Source", "Target"]], directed=True, vertices=pandas.read_csv(nodes_file), use_vids=False
    )
    assert igraph.ecount() == len(frame)
    with nodes_file.open(encoding="utf-8", newline="") as file:
        nodes = {row["Id"]: {**row, "name": row["Label"]} for row in csv.DictReader(file)}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    edges = {
        row["Id"]: (
            row["Source"],
            row["Target"],
            {name: value or None for name, value in row.items()} | {"relation": row["Kind"]},
        )
        for row in rows
    }
    mixed = "mixed" if {row["Type"] for row in rows} == {"Directed", "Undirected"} else ""
    return seen_of(nodes, edges, (mixed, sorted((row["Source"], row["Target"]) for row in rows)))


def read_hif(path: Path) -> Seen:
    held = json.loads(path.read_text(encoding="utf-8"))
    assert set(held) == {"network-type", "metadata", "incidences", "nodes", "edges"}
    nodes = {each["node"]: each["attrs"] for each in held["nodes"]}
    meetings = {each["edge"]: each["attrs"] for each in held["edges"]}
    assert {each["node"] for each in held["incidences"]} == set(nodes)
    assert {each["edge"] for each in held["incidences"]} <= set(meetings)
    text = path.read_text(encoding="utf-8")
    claims = {claim: (claim,) for each in held["incidences"] for claim in each["attrs"]["claims"]}
    return {
        "nodes": {key: (attrs["name"], attrs["type"]) for key, attrs in nodes.items()},
        "parallel claims": sorted((each["node"], *each["attrs"]["claims"]) for each in held["incidences"]),
        "direction": _marked(text, "head"),
        "polarity": _marked(text, "polarity"),
        "uncertain dates": {key: attrs.get("date_from") for key, attrs in meetings.items()},
        "quotations": _marked(text, MARKS["quotations"]),
        "codes": _marked(text, MARKS["codes"]),
        "notes": {key: attrs["note"] for key, attrs in nodes.items() if "note" in attrs} or None,
        "sources": claims,
    }


def read_ocel(path: Path) -> Seen:
    log = library("pm4py").read_ocel2_json(str(path))
    events, objects, relations = log.events, log.objects, log.relations
    assert set(relations["ocel:qualifier"]) <= {"who", "what", "meeting"}
    text = path.read_text(encoding="utf-8")
    held = json.loads(text)
    assert len(events) == len(held["events"])
    attributes = [{each["name"]: each["value"] for each in event["attributes"]} for event in held["events"]]
    first = attributes[0]
    return {
        "nodes": {
            each["id"]: (
                next(value["value"] for value in each["attributes"] if value["name"] == "name"),
                each["type"],
            )
            for each in held["objects"]
        },
        "parallel claims": [each["claims"] for each in attributes],
        "direction": sorted(zip(relations["ocel:oid"], relations["ocel:qualifier"], strict=True))
        if len(objects)
        else None,
        "polarity": [each.get("polarity") for each in attributes],
        "uncertain dates": (first["date_from"], first.get("date_to"), str(events["ocel:timestamp"].min())[:10]),
        "quotations": [each.get("quotes") for each in attributes],
        "codes": [each for each in held["objects"] if each["type"] == "Code"] or None,
        "notes": _marked(text, MARKS["notes"]),
        "sources": [each["sources"] for each in attributes],
    }


READERS: Mapping[str, Callable[[Path], Seen]] = {
    "gexf": read_gexf,
    "graphml": read_graphml,
    "pajek": read_pajek,
    "csv": read_csv,
    "hif": read_hif,
    "ocel": read_ocel,
}
