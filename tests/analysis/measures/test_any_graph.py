"""Any study gets an answer from the measures on networks, sides and cases: empty sites, lone actors, repetitions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.after_introduction import after_introduction
from journeys.analysis.measures.brokerage import brokers
from journeys.analysis.measures.centrality import centrality
from journeys.analysis.measures.congruence import congruence
from journeys.analysis.measures.factors import factors
from journeys.analysis.measures.flow import flow
from journeys.analysis.measures.gap_map import gap_map
from journeys.analysis.measures.introductions import introductions
from journeys.analysis.measures.network import network
from journeys.analysis.measures.polarisation import divisions
from journeys.analysis.measures.polarity import polarity
from journeys.analysis.measures.qca import qca
from journeys.analysis.measures.sequences import sequences
from journeys.analysis.measures.side_changes import sides
from journeys.analysis.measures.structural_holes import holes
from journeys.analysis.measures.survival import survival
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.measures.uses import uses
from journeys.model.dates import DateSpan
from journeys.model.periods import calendar, lies_in

MEASURES: dict[str, tuple[Callable[..., tuple[MeasureTable, ...]], dict[str, Any]]] = {
    "network": (network, {}),
    "network by year": (network, {"relation": ("attended_together", "introduces_to"), "period": "year"}),
    "centrality": (centrality, {}),
    "centrality by quarter": (centrality, {"relation": ("agrees",), "period": "quarter"}),
    "brokerage": (brokers, {}),
    "brokerage by kind": (brokers, {"by": "kind", "relation": ("challenged", "attended_together")}),
    "holes": (holes, {}),
    "weighted holes": (holes, {"weighted": True, "period": "month"}),
    "introductions": (introductions, {}),
    "polarity": (polarity, {}),
    "every claim": (polarity, {"duplicates": "all"}),
    "congruence": (congruence, {"normalisation": "jaccard"}),
    "polarisation": (divisions, {}),
    "sides": (sides, {}),
    "after introduction": (after_introduction, {}),
    "flow": (flow, {"of": ("Evidence", "Document")}),
    "gap map": (gap_map, {"of": ("Evidence", "Document"), "carried": True}),
    "survival": (survival, {"of": ("Evidence", "Document"), "carried": True}),
    "censored survival": (survival, {"censored": True}),
    "uses": (uses, {}),
    "factors": (factors, {}),
    "sequences": (sequences, {"costs": "transitions", "normalisation": "gower"}),
    "truth table": (qca, {"of": ("Evidence", "Document"), "silence": "unknown", "conditions": ("CONTESTED", "VCF")}),
}

LABELS = {"Actor": 4, "Organisation": 2, "Document": 2, "Evidence": 2, "Meeting": 2, "Action": 1, "Factor": 1}
KINDS = {
    "ATTENDED": ("Actor", "Meeting"),
    "INTRODUCED": ("Actor", "Document"),
    "CHALLENGED": ("Actor", "Actor"),
    "RELATES_TO": ("Actor", "Actor"),
    "MEMBER_OF": ("Actor", "Organisation"),
    "AUTHORED": ("Actor", "Document"),
    "GENERATED": ("Actor", "Evidence"),
    "CONTESTED": ("Actor", "Document"),
    "SUPPORTED": ("Actor", "Document"),
    "CHAMPIONED": ("Actor", "Evidence"),
    "USED": ("Actor", "Evidence"),
    "PRESENTED_IN": ("Evidence", "Document"),
    "CITED": ("Document", "Document"),
    "INFLUENCED": ("Document", "Action"),
    "ACTED_ON": ("Factor", "Evidence"),
}
DAYS = st.dates(date(2010, 11, 1), date(2011, 3, 1))


@st.composite
def studies(draw: st.DrawFn) -> nx.MultiDiGraph:
    """A small study of two sites (or none), with gaps, self-loops and claims that several sources make."""
    graph = nx.MultiDiGraph()
    sites = draw(st.sampled_from([(), ("site:a",), ("site:a", "site:b")]))
    for site in sites:
        graph.add_node(site, label="Site", name=site.upper())
        graph.add_node(f"case:{site}", label="CaseStudy", name=f"case of {site}")
        graph.add_edge(f"case:{site}", site, key=f"at:{site}", id=f"at:{site}", type="AT_SITE", asserted=False)
    for label, most in LABELS.items():
        for number in range(draw(st.integers(0, most))):
            node = f"{label}:{number}"
            graph.add_node(node, label=label, name=f"{label} {number}")
            graph.nodes[node].update(draw(_held(label)))
            if sites and label not in ("Action", "Factor"):
                where = draw(st.sampled_from(sites))
                kind, place = ("AT_SITE", where) if label in ("Actor", "Organisation") else ("IN_CASE", f"case:{where}")
                graph.add_edge(node, place, key=f"in:{node}", id=f"in:{node}", type=kind, asserted=False)
    by_label = {label: [node for node, held in graph.nodes(data=True) if held["label"] == label] for label in LABELS}
    for number in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        start, end = (by_label[label] for label in KINDS[kind])
        if start and end:
            key = f"claim{number}"
            claim = {"id": key, "type": kind, "asserted": True, **draw(_claim(by_label["Meeting"]))}
            graph.add_edge(draw(st.sampled_from(start)), draw(st.sampled_from(end)), key=key, **claim)
    return graph


def _held(label: str) -> st.SearchStrategy[dict[str, Any]]:
    if label == "Organisation":
        return st.fixed_dictionaries({"kind": st.sampled_from(["pct", "vcf", None])})
    if label == "Evidence":
        return st.fixed_dictionaries(
            {"evidence_type": st.sampled_from(["6.2", "6.7", None]), "documented": st.sampled_from([True, False, None])}
        )
    if label == "Meeting":
        return st.one_of(st.just({}), DAYS.map(lambda day: {"date_from": day, "date_to": day}))
    return st.just({})


@st.composite
def _claim(draw: st.DrawFn, meetings: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"source": draw(st.sampled_from(["s1", "s2"]))}
    if draw(st.booleans()):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        found |= {"date_from": first, "date_to": draw(st.sampled_from([last, None]))}
    if meetings and draw(st.booleans()):
        found["at_meeting"] = draw(st.sampled_from(meetings))
    found["negated"] = draw(st.sampled_from([False, False, False, True]))
    found["mode"] = draw(st.sampled_from([None, "verbatim", "interpretive", "derived"]))
    found["use_type"] = draw(st.sampled_from([None, "instrumental", "post_hoc"]))
    return found


@st.composite
def selections(draw: st.DrawFn, graph: nx.MultiDiGraph) -> Selection:
    sites = [node for node, held in graph.nodes(data=True) if held["label"] == "Site"]
    return Selection(site=draw(st.sampled_from([None, *sites])))


@pytest.mark.thorough
@pytest.mark.parametrize("name", MEASURES)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_study_has_an_answer(name: str, data: st.DataObject) -> None:
    """Rows fit their columns, and every claim that is named is there and counts."""
    measure, options = MEASURES[name]
    graph = data.draw(studies())
    selection = data.draw(selections(graph))
    before = nx.MultiDiGraph(graph)
    claims = {key for *_, key, claim in graph.edges(keys=True, data=True) if claim["asserted"]}
    for table in measure(graph, selection, **options):
        assert table.as_dict()["rows"] is not None
        assert set(table.claims) <= claims
        assert {claim for left in table.left_out for claim in left.claims} <= claims
        assert all(isinstance(number, int) and number >= 0 for number in table.n.values())
    assert nx.utils.graphs_equal(before, graph)


def under_other_names(data: st.DataObject, graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The same study with other ids, and its nodes and claims in another order."""
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
    numbers = data.draw(st.permutations(range(len(nodes))))
    other_id = {node: f"{node.split(':')[0]}:n{number:02}" for (node, _), number in zip(nodes, numbers, strict=True)}
    renamed = nx.MultiDiGraph()
    for at in data.draw(st.permutations(range(len(nodes)))):
        node, held = nodes[at]
        renamed.add_node(other_id[node], **held)
    for at in data.draw(st.permutations(range(len(edges)))):
        start, end, key, claim = edges[at]
        meeting = claim.get("at_meeting")
        moved = {**claim, "at_meeting": other_id[meeting]} if meeting else claim
        renamed.add_edge(other_id[start], other_id[end], key=key, **moved)
    return renamed


@pytest.mark.parametrize("name", MEASURES)
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_things_are_called_inside_changes_nothing(name: str, data: st.DataObject) -> None:
    """Other ids, and nodes and claims in another order, give the same rows: only the ids in them differ."""
    measure, options = MEASURES[name]
    graph = data.draw(studies())
    renamed = under_other_names(data, graph)
    for one, two in zip(measure(graph, Selection(), **options), measure(renamed, Selection(), **options), strict=True):
        if one.name != "matrix":  # its columns are ids
            assert _shown(one) == _shown(two)
            assert one.n == two.n


def _shown(table: MeasureTable) -> list[list[str]]:
    """The cells of all rows that are no ids, as text, rows and lists sorted."""
    keep = [at for at, column in enumerate(table.columns) if not column.endswith("_id")]
    return sorted([_text(row.values[at]) for at in keep] for row in table.rows)


def _text(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell + 0.0:.6g}"
    return str(sorted(cell)) if isinstance(cell, list) else str(cell)


@settings(deadline=None, max_examples=50)
@given(studies())
def test_brokerage_and_congruence_keep_their_sums(graph: nx.MultiDiGraph) -> None:
    """The five roles sum to the total; congruence less conflict is what is told, and each pair stands once."""
    for row in brokers(graph, Selection())[0].rows:
        *roles, total = row.values[-6:]
        assert sum(roles) == total
    pairs = set()
    for row in congruence(graph, Selection())[0].rows:
        one, other, same, opposite, less = (row.values[at] for at in (1, 3, 4, 5, 6))
        assert less == same - opposite
        pairs.add(frozenset((one, other)))
    assert len(pairs) == len(congruence(graph, Selection())[0].rows)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=5), st.sampled_from(["month", "quarter", "year"]))
def test_periods_follow_each_other_and_hold_every_day(pairs: list[tuple[date, date]], length: Any) -> None:
    spans = [DateSpan(None, *sorted(pair), "between") for pair in pairs]
    periods = calendar(spans, length)
    for one, following in pairwise(periods):
        assert (following.date_from - one.date_to).days == 1
    for span in spans:
        inside = [lies_in(span, period) for period in periods]
        assert inside.count("certainly") <= 1
        assert any(inside)
        if "certainly" in inside:
            assert "possibly" not in inside


def test_the_periods_of_a_calendar() -> None:
    spans = [DateSpan(None, date(2010, 12, 31), date(2011, 4, 1), "between")]
    assert [period.text for period in calendar(spans, "quarter")] == ["2010 Q4", "2011 Q1", "2011 Q2"]
    assert [period.text for period in calendar(spans, "year")] == ["2010", "2011"]
    assert [period.text for period in calendar(spans, "month")][0::4] == ["2010-12", "2011-04"]
    assert calendar([], "month") == calendar([DateSpan(None, None, None, "unknown")], "year") == ()
    first = calendar(spans, "quarter")[1]
    assert (first.date_from, first.date_to) == (date(2011, 1, 1), date(2011, 3, 31))
    assert lies_in(DateSpan(None, date(2011, 1, 1), date(2011, 3, 31), "quarter"), first) == "certainly"
    assert lies_in(DateSpan(None, date(2011, 1, 1), None, "after"), first) == "possibly"
    assert (
        lies_in(DateSpan("circa 3 January 2011", date(2011, 1, 3), date(2011, 1, 3), "day", True), first) == "possibly"
    )
    assert lies_in(DateSpan(None, date(2011, 4, 1), date(2011, 4, 1), "day"), first) is None
