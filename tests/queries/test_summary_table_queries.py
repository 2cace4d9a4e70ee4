"""Rows of the summary tables by site, on three engines."""

from __future__ import annotations

from typing import Any

from journeys.analysis.reading.row_status import NO_SITE, table_status
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.store.connection import Store
from tests.queries.asking import Asked
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]


def filled(graph: SmallGraph) -> None:
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "c1", "c2")
    graph.nodes("DataSource", "int1", "int2", "stray", kind="interview")
    graph.nodes("Finding", "T1-02", row_id="T1-02", table="1", kind="emerging", text="Doubted", status="open")
    graph.nodes("Finding", "T1-10", row_id="T1-10", table="1", kind="gap", text="GAP", status="open")
    graph.nodes("Finding", "N1-01", row_id="N1-01", table="1", kind="gap", text="OURS", for_site=graph.id("south"))
    graph.nodes("ResearchQuestion", "RQ1a", row_id="RQ1a", table="1", text="Whose?")
    graph.nodes("Finding", "own", kind="emerging", text="Ours, and in no table")
    graph.nodes("Extract", "e1", "e2", "e3", "e4", "e5", text="words", mode="verbatim")
    graph.claims("c1 AT_SITE north", "c2 AT_SITE south", "int1 IN_CASE c1", "int2 IN_CASE c2", "own IN_CASE c2")
    graph.claims("e1 FROM int1", "e2 FROM int1", "e3 FROM int2", "e4 FROM stray", "e5 FROM int2")
    graph.claims("e1 BEARS_ON T1-02", "e2 BEARS_ON T1-02", "own BEARS_ON T1-02", direction="supports", coder="XY")
    graph.claims("e1 BEARS_ON T1-02", "e4 BEARS_ON T1-02", direction="supports", coder="YZ")
    graph.claims("e3 BEARS_ON T1-02", direction="contradicts")
    graph.claims("e2 BEARS_ON T1-10", direction="fills_gap")
    graph.claims("e5 BEARS_ON RQ1a")


def test_each_row_says_what_stands_for_and_against_it_at_each_site(small: Small) -> None:
    graph, asked = small
    filled(graph)
    rows = asked.rows("summary_tables/rows_by_site")
    told = [
        (row["item"], row["site"], row["answer"], row["supports"], row["contradicts"], row["passages_from"])
        for row in rows
    ]
    assert told == [
        ("T1-02", "north", "for", 2, 0, 1),
        ("T1-02", "south", "mixed", 1, 1, 1),
        ("T1-02", None, "for", 1, 0, 1),
        ("N1-01", "south", "none yet", 0, 0, 0),
        ("T1-10", "north", "for", 1, 0, 1),
        ("T1-10", "south", "none yet", 0, 0, 0),
        ("RQ1a", "north", "none yet", 0, 0, 0),
        ("RQ1a", "south", "some", 0, 0, 1),
    ]
    assert [len(row["claims"]) for row in rows] == [3, 2, 1, 0, 1, 0, 0, 1]
    assert {row["item"] for row in asked.rows("summary_tables/rows_by_site", {"site": "north"})} == {
        "T1-02", "T1-10", "RQ1a",
    }  # fmt: skip


def test_the_report_has_a_column_for_evidence_of_no_site(small: Small, empty_store: Store, study_id: str) -> None:
    graph, _ = small
    filled(graph)
    graph.write()
    found = table_status(empty_store, study_id, shipped_summary_tables())
    assert list(found.sites.values()) == ["north", "south", "No site"]
    assert [row.item for row in found.rows] == ["N1-01", "T1-02", "T1-10", "RQ1a"]
    doubted: Any = found.rows[1].at_sites
    assert [each.coder for each in doubted[NO_SITE].evidence] == ["YZ"]
    assert sorted(str(each.source) for each in doubted[graph.id("south")].evidence) == ["None", "int2"]
    assert sum(len(here.evidence) for here in doubted.values()) == 6


def test_without_rows_in_the_graph_the_rows_are_those_that_forms_offer(
    small: Small, empty_store: Store, study_id: str
) -> None:
    graph, _ = small
    graph.nodes("Site", "north")
    graph.write()
    found = table_status(empty_store, study_id, shipped_summary_tables())
    assert (found.in_graph, len(found.rows)) == (False, 210)
    assert {here.standing for row in found.rows for here in row.at_sites.values()} == {"none yet"}
