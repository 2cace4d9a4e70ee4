"""Which claims a measure counts: nothing is lost silently, and each reason is the one a person would give."""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.claims.graph import edges_by_id
from journeys.analysis.claims.selection import NOWHERE, Selection, belonging, select
from tests.analysis.measures.test_any_graph import studies

DAY = st.dates(date(2010, 11, 1), date(2011, 3, 1))


@st.composite
def any_selection(draw: st.DrawFn, graph: nx.MultiDiGraph) -> Selection:
    places = [node for node, held in graph.nodes(data=True) if held["label"] in ("Site", "CaseStudy")]
    place = draw(st.sampled_from([None, *places]))
    modes = st.frozensets(st.sampled_from(["verbatim", "interpretive", "not_stated"]), min_size=1)
    return Selection(
        site=place if place and place.startswith("site") else None,
        case=place if place and place.startswith("case") else None,
        start=draw(st.one_of(st.none(), DAY)),
        modes=draw(st.one_of(st.none(), modes)),
        derived=draw(st.booleans()),
    )


@settings(deadline=None)
@given(st.data())
def test_no_claim_is_lost_silently(data: st.DataObject) -> None:
    """Each claim counts, is left out for one reason, or belongs to another site or case study."""
    graph = data.draw(studies())
    selection = data.draw(any_selection(graph))
    kept, left = select(graph, selection)
    counted = {key for *_, key in kept.edges(keys=True)}
    dropped = [claim for each in left for claim in each.claims]
    everything = {key for *_, key in graph.edges(keys=True)}
    assert len(dropped) == len(set(dropped))
    assert counted.isdisjoint(dropped)
    elsewhere = everything - counted - set(dropped)
    if selection.site is None and selection.case is None:
        assert not elsewhere
    places = belonging(graph)
    for start, end, key, claim in graph.edges(keys=True, data=True):
        if key in elsewhere:
            near = {start, end, claim.get("at_meeting")} - {None}
            assert claim["asserted"]
            assert any(places[node] - {selection.site, selection.case} for node in near)
    assert set(kept) == set(graph)


def small(**claim: Any) -> nx.MultiDiGraph:
    """One claim of a person about a document of a case study at a site."""
    graph = nx.MultiDiGraph()
    for node, label in {"a": "Actor", "d": "Document", "c": "CaseStudy", "s": "Site", "o": "Organisation"}.items():
        graph.add_node(node, label=label, name=node)
    graph.add_edge("d", "c", key="in", type="IN_CASE", asserted=False)
    graph.add_edge("c", "s", key="at", type="AT_SITE", asserted=False)
    graph.add_edge("a", "d", key="claim", **{"type": "CONTESTED", "asserted": True, **claim})
    return graph


@pytest.mark.parametrize(
    ("claim", "selection", "why"),
    [
        ({}, Selection(), None),
        ({"negated": True}, Selection(), "reported not to have happened"),
        ({"status": "withdrawn", "negated": True}, Selection(), "withdrawn by the team"),
        ({"mode": "derived"}, Selection(), "inferred, not stated by any source"),
        ({"mode": "derived"}, Selection(derived=True), None),
        ({"mode": "interpretive"}, Selection(modes=frozenset({"verbatim"})), "recorded as interpretive"),
        ({}, Selection(modes=frozenset({"verbatim"})), "recorded as not stated"),
        ({"confidence": "low"}, Selection(confidences=frozenset({"high", "not_stated"})), "confidence low"),
        ({}, Selection(confidences=frozenset({"high", "not_stated"})), None),
        ({"scope": "general"}, Selection(scope="ethnicity_specific"), "not stated to be ethnicity-specific"),
        ({"scope": "both"}, Selection(scope="ethnicity_specific"), None),
        ({}, Selection(start=date(2011, 1, 1)), "no date, so it may be outside the period"),
        ({"date_to": date(2010, 12, 31)}, Selection(start=date(2011, 1, 1)), "outside the period"),
        ({"date_to": date(2011, 1, 1)}, Selection(start=date(2011, 1, 1)), None),
        ({"date_from": date(2011, 1, 2)}, Selection(end=date(2011, 1, 1)), "outside the period"),
        ({}, Selection(site="s"), None),
        ({}, Selection(case="c"), None),
    ],
)
def test_why_a_claim_does_not_count(claim: dict[str, Any], selection: Selection, why: str | None) -> None:
    graph = small(**claim)
    kept, left = select(graph, selection)
    assert [(each.why, each.claims) for each in left] == ([(why, ("claim",))] if why else [])
    assert kept.has_edge("a", "d", "claim") is (why is None)
    assert kept.has_edge("d", "c", "in")


def test_a_claim_of_no_known_place_is_said_to_be_so() -> None:
    graph = small()
    graph.add_edge("a", "o", key="member", type="MEMBER_OF", asserted=True)
    graph.remove_edge("a", "d", "claim")
    kept, left = select(graph, Selection(site="s"))
    assert not kept.has_edge("a", "o")
    assert [(each.why, each.claims) for each in left] == [(NOWHERE, ("member",))]


def test_a_claim_of_another_site_is_no_part_of_the_question() -> None:
    graph = small()
    graph.add_node("t", label="Site", name="t")
    kept, left = select(graph, Selection(site="t"))
    assert not kept.has_edge("a", "d")
    assert left == ()


def test_a_claim_belongs_where_its_meeting_was() -> None:
    graph = small(at_meeting="m")
    for node, label in {"m": "Meeting", "g": "Arena", "t": "Site"}.items():
        graph.add_node(node, label=label, name=node)
    graph.add_edge("m", "g", key="of", type="OF_ARENA", asserted=False)
    graph.add_edge("g", "t", key="at t", type="AT_SITE", asserted=False)
    assert belonging(graph)["m"] == {"t"}
    assert select(graph, Selection(site="t"))[0].has_edge("a", "d", "claim")
    assert not select(graph, Selection(site="s"))[0].has_edge("a", "d", "claim")


@settings(deadline=None)
@given(st.data())
def test_a_frozen_graph_gives_the_same_however_often_it_is_asked(data: st.DataObject) -> None:
    """What is kept for a frozen graph, place by place, is what is found in one that may change."""
    graph = data.draw(studies())
    frozen = nx.freeze(graph.copy())
    for selection in data.draw(st.lists(any_selection(graph), min_size=1, max_size=4)) * 2:
        wanted, left = select(graph, selection)
        found, also_left = select(frozen, selection)
        assert also_left == left
        assert dict(found.nodes(data=True)) == dict(wanted.nodes(data=True))
        assert {key: rest for *rest, key in found.edges(keys=True)} == {
            key: rest for *rest, key in wanted.edges(keys=True)
        }
        for node in graph:
            for way in ("in_edges", "out_edges"):
                edges = [{key: (a, b, held) for a, b, key, held in getattr(each, way)(node, keys=True, data=True)}
                         for each in (found, wanted)]  # fmt: skip
                assert edges[0] == edges[1]
        assert dict(edges_by_id(found)) == dict(edges_by_id(wanted))
        with pytest.raises(nx.NetworkXError):
            found.add_node("another")
