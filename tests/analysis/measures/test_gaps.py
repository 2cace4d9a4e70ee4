"""Gaps and how far results would move: the demonstration study by hand (see tests/queries/quality_answers.yaml)."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.gaps import gaps
from journeys.analysis.measures.sensitivity import sensitivity, weak_claims
from journeys.analysis.measures.table import MeasureTable
from journeys.model.problems import UsageProblem
from tests.analysis.measures.test_journey import papers, rows

ALL = Selection()
LATE = "demo:evidence:late-booking"


def tables(graph: nx.MultiDiGraph, **options: Any) -> dict[str, MeasureTable]:
    return {table.name: table for table in gaps(graph, ALL, **options)}


def test_what_rests_on_interpretation_alone(demo_graph: nx.MultiDiGraph) -> None:
    told = rows(tables(demo_graph)["weak"], "who", "did", "what", "sources")
    assert {row for row in told if row[1] != "related to"} == {
        ("Jo T.", "appraised", "What carers tell about crisis services", 1),
        ("Lee B.", "contested", "Clinic attendance by ethnic group", 1),
        ("Dr G. P.", "holds", "Late presentation is a matter of lifestyle", 1),
        ("Diabetes health needs assessment", "contradicts",
         "Late presentation comes from how far the clinics are", 1),
        ("One site for all births", "prompted", "Maternity strategy", 1),
    }  # fmt: skip


def test_the_basis_of_one_piece_of_evidence(demo_graph: nx.MultiDiGraph) -> None:
    """Two interviews say that Olive made no use of the slide: two sources of one kind. The rest has one source."""
    found = tables(demo_graph, ref=LATE)
    assert rows(found["basis"], "statement", "statements", "one_source", "one_kind")[0] == ("all", 4, 3, 4)
    assert ("Olive W.", True, 2) in rows(found["weak"], "who", "negated", "sources")
    assert rows(found["orders"], "pairs", "same_day") == [(1, 1)]  # shown and judged at one meeting


def test_where_accounts_differ(demo_graph: nx.MultiDiGraph) -> None:
    found = tables(demo_graph)["conflicts"]
    assert [(node.rpartition(".")[2], about) for node, about in rows(found, "journey_id", "about")] == [
        ("D07", "who"), ("D07", "when"), ("D07", "stance"), ("D24", "when"), ("D24", "stance"),
    ]  # fmt: skip
    assert all(len(row.claims) > 1 for row in found.rows)


def test_what_the_forms_leave_open(demo_graph: nx.MultiDiGraph) -> None:
    """D07 has 44 boxes: 19 are empty, one is not known yet; the letter and four others have no form."""
    found = tables(demo_graph)["unanswered"]
    told = {
        row[0]: row[1:] for row in rows(found, "journey_id", "form", "not_known_yet", "not_asked", "open_questions")
    }
    assert told["demo:document:north.diabetes.D07"] == (True, 1, 19, ("role_and_influence.living_document",))
    assert sum(not has_form for has_form, *_ in told.values()) == 5
    assert sum(number for _, number, *_ in told.values()) == 4


def test_orders_hang_on_dates() -> None:
    graph = papers(d={})
    for name, first, last in (("a", 1, 1), ("b", 1, 5), ("c", 6, 6), ("e", 6, 6)):
        graph.add_node(name, label="Actor", name=name)
        days = {"date_from": date(2011, 3, first), "date_to": date(2011, 3, last)}
        graph.add_edge(name, "d", key=name, type="USED", asserted=True, **days)
    graph.add_node("f", label="Actor", name="f")
    graph.add_edge("f", "d", key="f", type="USED", asserted=True)
    found = tables(graph, ref="d")
    (row,) = rows(found["orders"], "happenings", "pairs", "certain", "same_day", "open", "unknown", "share_certain")
    assert row == (5, 10, 4, 1, 1, 4, 0.4)
    assert rows(found["open_orders"], "one", "other") == [("a used d", "b used d")]
    assert found["orders"].rows[0].claims == ("a", "b", "f")  # those that a date would settle


def moves(graph: nx.MultiDiGraph, selection: Selection = ALL, **options: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    (table,) = sensitivity(graph, selection, **options)
    columns = ("about", "figure", "all", "without_interpretive", "without_low", "without_one_source", "moves")
    return {row[:2]: row[2:] for row in rows(table, *columns)}


def test_what_one_hunch_moves(demo_graph: nx.MultiDiGraph) -> None:
    """That Lee B. contested the clinic data is read into the notes by the observer, with low confidence."""
    told = moves(demo_graph)
    assert told["Clinic attendance by ethnic group", "contested"] == (1, 0, 0, 0, True)
    assert told["Diabetes health needs assessment", "contested"] == (2, 2, 2, 0, True)
    assert told["Easthaven needs assessment", "contested"] == (0, 0, 0, 0, False)
    assert told["How Lakeside does it, report of a visit: One midwife-led unit", "post hoc"][:3] == ("certainly",) * 3
    # three sources say that Ann introduced the needs assessment
    assert told["Ann N.", "rank as an introducer"] == (1, 1, 1, 1, False)
    (table,) = sensitivity(demo_graph, ALL)
    hunch = next(row for row in table.rows if row.values[0].startswith("Clinic") and row.values[1] == "contested")
    weak = weak_claims(demo_graph, ALL)
    assert len(hunch.claims) == 1
    assert set(hunch.claims) <= weak["interpretive"] & weak["low"] & weak["one_source"]
    assert table.rows[0].values[-1] is True
    assert len(weak["interpretive"]) == 6


def test_any_measure_can_be_asked(demo_graph: nx.MultiDiGraph) -> None:
    """Only cells that would move are listed; without interpretations nobody contests the clinic data."""
    told = moves(demo_graph, Selection(site="demo:site:north"), of="polarity")
    gone = {figure: values for (about, figure), values in told.items() if "Clinic attendance" in about}
    assert gone
    assert all(values[0] != values[1] for values in gone.values())
    assert all(values[-1] for values in told.values())
    reach = moves(demo_graph, of="reach", ref="demo:document:north.diabetes.D07")
    assert reach
    with pytest.raises(UsageProblem, match="There is no measure 'nothing'"):
        sensitivity(demo_graph, ALL, of="nothing")
    with pytest.raises(UsageProblem, match="not defined"):
        sensitivity(demo_graph, ALL, of="sens")


def test_nothing_to_leave_out() -> None:
    assert all(not table.rows or table.name == "basis" for table in gaps(nx.MultiDiGraph(), ALL))
    (table,) = sensitivity(nx.MultiDiGraph(), ALL)
    assert table.rows == ()
    lone = moves(papers(d={}))
    assert lone == {("d", "contested"): (0, 0, 0, 0, False), ("d", "supported"): (0, 0, 0, 0, False)}
