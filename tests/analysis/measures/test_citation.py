"""What rests on what in the demonstration study, by hand; the measures themselves are in test_main_path*.py.

Northtown: D07 cites D01 and the model and presents the clinic data; D01 cites the model; D08, D09, D10 and D11 cite
D07; D10 presents the surgery, D11 the clinic data too.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.citation import citation
from journeys.analysis.measures.table import MeasureTable
from journeys.model.problems import UsageProblem
from tests.analysis.measures.test_journey import papers, rows

NORTH = Selection(site="demo:site:north")
D07, D08 = "demo:document:north.diabetes.D07", "demo:document:north.diabetes.D08"


def tables(graph: nx.MultiDiGraph, selection: Selection = NORTH, **options: Any) -> dict[str, MeasureTable]:
    return {table.name: table for table in citation(graph, selection, **options)}


def test_the_main_path_goes_over_both_needs_assessments(demo_graph: nx.MultiDiGraph) -> None:
    """Of what D08 rests on: two ways from the model, one from the clinic data, and all go over D07 to D08."""
    found = tables(demo_graph, ref=D08)
    model, joint, needs, case = (
        "National prevalence model", "Joint strategic needs assessment", "Diabetes health needs assessment",
        "Business case for two community clinics",
    )  # fmt: skip
    weights = {(row[0], row[1]): row[2:] for row in rows(found["arcs"], "cited", "citing", "spc", "splc", "spnp")}
    assert weights == {
        (needs, case): (3, 5, 5),  # three paths; two more begin at D01 and at D07
        (model, joint): (1, 1, 3),  # it ends at D01, D07 or D08
        (joint, needs): (1, 2, 4),
        (model, needs): (1, 1, 2),
        ("Clinic attendance by ethnic group", needs): (1, 1, 2),
    }
    best = [row for row in rows(found["main_paths"], "search", "path", "weight", "tied") if row[0] == "global"]
    assert best == [("global", (model, joint, needs, case), 5, 1)]
    assert all(row.claims for table in found.values() for row in table.rows if table.name != "depth")


def test_depth_and_the_share_about_ethnicity(demo_graph: nx.MultiDiGraph) -> None:
    """The training paper cites D07 for its chapter on ethnic groups; of the surgery and the others nothing is noted,
    but that the clinic data are about ethnicity, as their strand says.
    """
    found = tables(demo_graph)
    columns = ("depth", "cites", "cited_by", "first_sources", "about", "not_about", "not_told")
    told = {row[0]: row[1:] for row in rows(found["depth"], "thing", *columns)}
    assert told["Training for practice nurses"] == (3, 2, 0, 3, 2, 0, 4)
    assert told["Diabetes health needs assessment"] == (2, 3, 4, 2, 1, 0, 3)
    assert told["National prevalence model"] == (0, 0, 2, 0, 0, 0, 0)
    sources = rows(found["first_sources"], "thing", "direct", "dependants", "only_names")
    assert sources == [
        ("National prevalence model", 2, 6, ("Joint strategic needs assessment",)),
        ("Clinic attendance by ethnic group", 2, 5, ()),
        ("What the GP sees in the surgery", 1, 1, ()),
    ]
    assert found["depth"].n == {"documents": 6, "pieces of evidence": 3, "citations": 10, "claims": 10, "isolates": 1}
    assert [(left.why, len(left.claims)) for left in found["depth"].left_out] == [
        ("reported not to have happened", 1)
    ]  # testimony


def test_without_what_is_presented(demo_graph: nx.MultiDiGraph) -> None:
    found = tables(demo_graph, presented=False)
    assert found["depth"].n["citations"] == 7
    assert [row[0] for row in rows(found["first_sources"], "thing")] == ["National prevalence model"]


def test_circles_repetitions_and_papers_that_cite_themselves_are_said() -> None:
    graph = papers(("a", "b"), ("b", "a"), ("a", "c"), ("a", "c"), ("c", "c"))
    found = tables(graph, Selection())
    assert rows(found["arcs"], "cited", "citing", "spc") == [("c", "a and b", 1)]
    assert found["arcs"].rows[0].claims == ("c2", "c3")
    assert {(left.why, left.claims) for left in found["arcs"].left_out} == {
        ("a document that cites itself", ("c4",)),
        ("inside a circle of documents that cite one another", ("c0", "c1")),
    }
    assert "a and b cite one another and count as one." in found["arcs"].notes


def test_no_citation_at_all_and_no_route() -> None:
    assert all(not table.rows for table in citation(nx.MultiDiGraph(), Selection()))
    assert all(not table.rows for table in citation(papers(d={}), Selection(), ref="d"))
    with pytest.raises(UsageProblem, match="routes cannot be 0"):
        citation(nx.MultiDiGraph(), Selection(), routes=0)


def test_what_is_in_no_citation_is_named(demo_graph: nx.MultiDiGraph) -> None:
    whole, north = tables(demo_graph, Selection()), tables(demo_graph)
    for found in (whole, north):
        alone = {row[0] for row in rows(found["isolates"], "thing_id")}
        assert not alone & {row[0] for row in rows(found["depth"], "thing_id")}
    things = [node for node, held in demo_graph.nodes(data=True) if held["label"] in ("Document", "Evidence")]
    assert len(whole["isolates"].rows) == len(things) - len(whole["depth"].rows) == whole["isolates"].n["isolates"]
    # The testimony was found not to be in D07, and nothing else cites it.
    assert "Testimony of South Asian patients" in {row[0] for row in rows(north["isolates"], "thing")}
    assert {row[0] for row in rows(north["isolates"], "thing_id")} < {
        row[0] for row in rows(whole["isolates"], "thing_id")
    }
    assert tables(demo_graph, ref=D08)["isolates"].rows == ()


def test_isolates_are_those_without_a_counted_citation() -> None:
    graph = papers(("a", "b"))
    graph.add_node("z", label="Document", name="z")
    assert rows(tables(graph, Selection())["isolates"], "thing") == [("z",)]
