"""Any study gets an answer from the measures on journeys, reach, citations and gaps; and what always holds of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.analysis.actors.contacts import contacts
from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.course import end_of_data
from journeys.analysis.measures.reach import reachable
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.methods.temporal_reachability import reach
from journeys.model.schema import load_schema
from tests.analysis.measures.test_any_graph import selections, studies, under_other_names

OURS = ("journey", "reach", "citation", "gaps", "sensitivity")
SCHEMA = load_schema()
# Of ways that are equally short or early any may be shown, and a main path is told in the order of ids.
EITHER = {"through", "weight", "path", "search", "tied"}


def things(graph: nx.MultiDiGraph) -> list[str]:
    return [node for node, held in graph.nodes(data=True) if held["label"] in ("Document", "Evidence")]


def run(name: str, graph: nx.MultiDiGraph, selection: Selection, ref: str | None = None) -> tuple[MeasureTable, ...]:
    return MEASURES[name].run(graph, selection, ref=ref, schema=SCHEMA)


@pytest.mark.parametrize("name", OURS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_study_has_an_answer(name: str, data: st.DataObject) -> None:
    """Rows fit their columns; every claim that is named is there, and none of those left out was counted."""
    graph = data.draw(studies())
    selection = data.draw(selections(graph))
    ref = None if selection.site else data.draw(st.sampled_from([None, *things(graph)]))
    before = nx.MultiDiGraph(graph)
    claims = {key for *_, key in graph.edges(keys=True)}
    for table in run(name, graph, selection, ref):
        assert table.as_dict()["rows"] is not None
        assert set(table.claims) <= claims
        assert {claim for left in table.left_out for claim in left.claims} <= claims
        assert all(number >= 0 for number in table.n.values())
    assert nx.utils.graphs_equal(before, graph)


@pytest.mark.parametrize("name", OURS)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_other_ids_and_another_order_change_nothing(name: str, data: st.DataObject) -> None:
    graph = data.draw(studies())
    renamed = under_other_names(data, graph)
    for one, other in zip(run(name, graph, Selection()), run(name, renamed, Selection()), strict=True):
        assert one.n == other.n
        assert cells(one) == cells(other)


def cells(table: MeasureTable) -> list[list[str]]:
    keep = [at for at, name in enumerate(table.columns) if not name.endswith("_id") and name not in EITHER]
    return sorted([_text(row.values[at]) for at in keep] for row in table.rows)


def _text(value: Any) -> str:
    if isinstance(value, str) and " and " in value:
        return " and ".join(sorted(value.split(" and ")))  # the members of a circle
    return str(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_reach_is_monotone(graph: nx.MultiDiGraph) -> None:
    """It never shrinks in time, nor with more ways; what is certain is possible; the dates only take away."""
    claims = nx.MultiDiGraph(graph)
    claims.remove_edges_from([edge[:3] for edge in graph.edges(keys=True, data=True) if edge[3].get("negated")])
    end = end_of_data(graph)
    wide = contacts(claims, end, groups=True, carried=True)
    narrow = contacts(claims, end, groups=False, carried=False)
    ways = nx.DiGraph([(contact.start, contact.end) for contact in wide])
    for thing in things(graph):
        most, least = (reach(found, thing, same_day="passes") for found in (wide, narrow))
        assert set(most.certainly) <= set(most.possibly)
        assert set(least.possibly) <= set(most.possibly)
        assert set(least.certainly) <= set(most.certainly)
        if thing in ways:
            assert set(most.possibly) <= nx.descendants(ways, thing)
        if end:
            days = [end - timedelta(days=number) for number in range(0, 130, 10)]
            certainly = [{each.node for each in most.reached if each.certainly_by(on)} for on in reversed(days)]
            possibly = [{each.node for each in most.reached if each.possibly_by(on)} for on in reversed(days)]
            for one, later in (*pairwise(certainly), *pairwise(possibly), *zip(certainly, possibly, strict=True)):
                assert one <= later


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_everybody_is_reached_or_not(graph: nx.MultiDiGraph) -> None:
    for row in reachable(graph, Selection())[0].rows:
        certainly, possibly, never = row.values[2:5]
        assert certainly <= possibly
        assert len(row.values[-1]) == never
        assert possibly + never <= sum(held["label"] == "Actor" for _, held in graph.nodes(data=True))
