"""``journeys network SITE SITE``: the figures are those that the measures give for each site alone."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from journeys.analysis.measures.table import MeasureTable


@pytest.fixture(scope="module")
def found(opened_demo: Any) -> dict[str, Any]:
    """The comparison of two sites, as JSON."""
    told: dict[str, Any] = opened_demo.compare_sites(["north", "east"]).as_dict()
    return told


def first(table: MeasureTable) -> dict[str, Any]:
    return dict(zip(table.columns, table.rows[0].values, strict=True))


@pytest.mark.parametrize("relation", ["introduces_to", "agrees", "attended_together"])
def test_the_figures_are_those_of_the_measures(found: Any, opened_demo: Any, relation: str) -> None:
    figures = {each["figure"]: each["values"] for each in found["figures"] if each["relation"] == relation}
    for at, site in enumerate(("north", "east")):
        analysis = opened_demo.analyse("network", choice={"site": site}, relation=relation)
        told = {**first(analysis.table("network")), **first(analysis.table("centralisation"))}
        for name, values in figures.items():
            if name in told:
                assert values[at] == told[name], (name, site)
        assert {name for name, value in told.items() if value is not None} <= {*figures, "site", "strong"}
        roles = opened_demo.analyse("brokerage", choice={"site": site}, relation=relation).table("roles")
        totals = [dict(zip(roles.columns, row.values, strict=True)) for row in roles.rows]
        assert figures["brokered"][at] == sum(row["total"] for row in totals)
        assert figures["brokers"][at] == sum(row["total"] > 0 for row in totals)


def test_the_ties_are_those_of_each_network(found: Any, opened_demo: Any) -> None:
    figures = {each["figure"]: each for each in found["figures"] if each["relation"] is None}
    graphs = [opened_demo.network(site).network.graph for site in ("north", "east")]
    assert figures["all_ties"]["values"] == [graph.number_of_edges() for graph in graphs]
    both = set(graphs[0]) & set(graphs[1])
    assert {each["id"] for each in found["shared"]} == both
    assert figures["all_ties"]["difference"] == graphs[1].number_of_edges() - graphs[0].number_of_edges()


def test_at_the_command_line(demo_study: Any, opened_demo: Any, run_cli: Any, tmp_path: Path) -> None:
    def network(*arguments: str | Path) -> Any:
        return run_cli("--study", demo_study("embedded").folder, "network", *arguments)

    told = network("north", "east", "--relation", "introduces_to")
    assert told.code == 0, told.stderr
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[0] == "Northtown and Easthaven"
    assert "pairs with at least one tie 11 6 -5" in lines
    three = opened_demo.compare_sites(["north", "east", "west"])
    for ending in ("csv", "json", "xlsx"):
        opened_demo.write(three, tmp_path / f"three.{ending}")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "three.csv").read_text(encoding="utf-8"))))
    (actors,) = [row for row in rows if (row["relation"], row["figure"]) == ("introduces_to", "actors")]
    assert (actors["Northtown"], actors["Easthaven"]) == ("10", "9")
    assert "difference" not in actors
    assert json.loads((tmp_path / "three.json").read_text(encoding="utf-8"))["sites"][2] == "Westbury"
    assert load_workbook(tmp_path / "three.xlsx").sheetnames == ["Figures", "At more than one site"]
    twice = network("north", "Northtown")
    assert (twice.code, "Northtown is named twice. Name two different sites." in twice.stderr) == (2, True)
