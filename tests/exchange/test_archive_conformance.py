"""What docs/conformance.md says of archives and provenance, found in the files of one small study."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as parquet
import pytest

from journeys.exchange.archive_formats import ARCHIVE_FORMATS
from journeys.exchange.formats import FEATURES, How
from journeys.exchange.graph_tables import GraphTable
from journeys.exchange.prov import prov_json
from journeys.model.schema import load_schema

SCHEMA = load_schema()
Found = Mapping[str, Any]

NODES = {"s:a": ("Actor", "Ann"), "s:d": ("Document", "Needs"), "s:o": ("DataSource", "Observation")}
NODES |= {"s:k": ("Code", "6.2 JSNA"), "s:x": ("Extract", "A passage")}
SAID = {"source": "s:o", "mode": "verbatim", "confidence": "high", "file": "forms/D07.xlsx", "cell": "A9"}
DATED = {"date_from": date(2011, 3, 1), "date_to": date(2011, 5, 31), "date_text": "spring 2011"}
CLAIMS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "claim:1": ("s:a", "SUPPORTED", "s:d", {**SAID, **DATED, "quote": "we need it", "note": "doubtful"}),
    "claim:2": ("s:a", "SUPPORTED", "s:d", {"quote": "we need it too", "mode": "paraphrase"}),
    "claim:3": ("s:a", "CONTESTED", "s:d", {}),
    "claim:4": ("s:x", "CODED_AS", "s:k", {}),
}
WANTED: Found = {
    "nodes": NODES,
    "parallel claims": ["claim:1", "claim:2", "claim:3"],
    "direction": {(start, end) for start, _, end, _ in CLAIMS.values() if start == "s:a"},
    "polarity": {"claim:1": 1, "claim:2": 1, "claim:3": -1},
    "uncertain dates": ("2011-03-01", "2011-05-31", "spring 2011"),
    "quotations": {"claim:1": "we need it", "claim:2": "we need it too"},
    "codes": [("s:x", "s:k")],
    "notes": "doubtful",
    "sources": tuple(SAID.values()),
}


def in_tables(read: Callable[[str], list[dict[str, Any]]]) -> Found:
    nodes, claims = read("nodes"), {row["id"]: row for row in read("claims")}
    first = claims["claim:1"]
    return {
        "nodes": {row["id"]: (row["label"], row["name"]) for row in nodes},
        "parallel claims": sorted(each for each, row in claims.items() if row["from_id"] == "s:a"),
        "direction": {(row["from_id"], row["to_id"]) for row in claims.values() if row["from_id"] == "s:a"},
        "polarity": {each: row["type"] for each, row in claims.items()},
        "uncertain dates": tuple(str(first[name]) for name in ("date_from", "date_to", "date_text")),
        "quotations": {each: row["quote"] for each, row in claims.items() if row["quote"]},
        "codes": [(row["from_id"], row["to_id"]) for row in claims.values() if row["type"] == "CODED_AS"],
        "notes": first["note"],
        "sources": tuple(first[name] for name in SAID),
    }


def rows_of(name: str) -> list[dict[str, Any]]:
    if name == "nodes":
        return [{"id": node, "label": label, "name": called} for node, (label, called) in NODES.items()]
    return [
        {"id": each, "type": kind, "from_id": start, "to_id": end, **held}
        for each, (start, kind, end, held) in CLAIMS.items()
    ]


def table(name: str) -> GraphTable:
    return GraphTable.of_nodes(SCHEMA) if name == "nodes" else GraphTable.of_claims(SCHEMA)


def read_csv(folder: Path, name: str) -> list[dict[str, Any]]:
    table(name).write_csv(folder / f"{name}.csv", rows_of(name))
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_parquet(folder: Path, name: str) -> list[dict[str, Any]]:
    table(name).write_parquet(folder / f"{name}.parquet", rows_of(name))
    rows: list[dict[str, Any]] = parquet.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def in_prov() -> Found:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, (label, name) in NODES.items():
        graph.add_node(node, label=label, name=name)
    for each, (start, kind, end, held) in CLAIMS.items():
        graph.add_edge(start, end, each, **held, type=kind, asserted=SCHEMA.claims[kind].asserted)
    held = json.loads(prov_json(graph, SCHEMA)[0])
    claims = {name.replace("ejclaim", "claim"): each for name, each in held["entity"].items() if "ejclaim" in name}
    things = {**held["agent"], **{name: each for name, each in held["entity"].items() if "ejstudy" in name}}
    first = claims["claim:1"]

    def node(name: str) -> str:
        return name.removeprefix("ejstudy:").replace("%3A", ":")

    def label(each: Mapping[str, Any]) -> str:
        kinds = each["prov:type"] if isinstance(each["prov:type"], list) else [each["prov:type"]]
        return next(kind["$"].removeprefix("ejschema:") for kind in kinds if kind["$"].startswith("ejschema:"))

    return {
        "nodes": {node(name): (label(each), each["prov:label"]) for name, each in things.items()},
        "parallel claims": sorted(claims),
        "direction": {(node(each["ejschema:from"]["$"]), node(each["ejschema:to"]["$"])) for each in claims.values()},
        "polarity": {name: each["prov:type"][1]["$"] for name, each in claims.items()},
        "uncertain dates": tuple(first[f"ejschema:{name}"] for name in ("date_from", "date_to", "date_text")),
        "quotations": {name: each["prov:value"] for name, each in claims.items() if "prov:value" in each},
        "codes": None if not any("CODED_AS" in str(each) for each in held["entity"].values()) else "there",
        "notes": first["ejschema:note"],
        "sources": tuple(first[f"ejschema:{name}"] for name in SAID),
    }


@pytest.mark.parametrize("format_", ARCHIVE_FORMATS)
def test_each_cell_is_what_is_found_in_the_files(format_: str, tmp_path: Path) -> None:
    if format_ == "`export prov`":
        found = in_prov()
    else:
        reader = read_csv if format_.endswith("csv") else read_parquet
        found = in_tables(lambda name: reader(tmp_path, name))
    how = {
        feature: How.LOST if found[feature] is None else How.KEPT if found[feature] == WANTED[feature] else How.CHANGED
        for feature in FEATURES
    }
    assert how == {feature: cell.how for feature, cell in ARCHIVE_FORMATS[format_].items()}, found
    for claim, kind in (("claim:1", "SUPPORTED"), ("claim:3", "CONTESTED")):
        assert found["polarity"][claim].removeprefix("ejschema:") == kind
        assert SCHEMA.claims[kind].polarity == WANTED["polarity"][claim]
