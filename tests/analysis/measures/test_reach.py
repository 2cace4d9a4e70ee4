"""Whom a thing can have come to: the demonstration study by hand, and small made-up contacts.

The people are those of cypher/trace/awareness (tests/queries/trace_answers.yaml), which looks at the same ways without
their days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.actors.contacts import contacts
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.reach import reachable
from journeys.analysis.measures.table import MeasureTable
from journeys.analysis.methods.temporal_reachability import reach
from tests.analysis.measures.test_journey import rows

ALL = Selection()


def tables(graph: nx.MultiDiGraph, **options: Any) -> dict[str, MeasureTable]:
    return {table.name: table for table in reachable(graph, ALL, **options)}


def test_who_can_have_seen_the_review(demo_graph: nx.MultiDiGraph) -> None:
    """Femi wrote it in spring 2010 or January 2011, and showed it to the partnership on 20 January, when Jo spoke.

    On 24 March three more were there, on 15 June the executive had it. The task group's two may have it from there.
    """
    found = tables(demo_graph, ref="demo:document:east.therapies.D24")
    assert rows(found["people"], "actor", "reached", "latest", "through") == [
        ("Femi O.", "certainly", date(2011, 1, 20), ()),
        ("Jo T.", "certainly", date(2011, 1, 20), ()),
        ("Dr D. R.", "certainly", date(2011, 3, 24), ()),
        ("Hana K.", "certainly", date(2011, 3, 24), ()),
        ("Tom S.", "certainly", date(2011, 3, 24), ()),
        ("Ben L.", "certainly", date(2011, 6, 15), ()),
        ("Eve P.", "possibly", None, ("Access Task Group",)),
        ("Ida M.", "possibly", None, ("Access Task Group",)),
        ("Carers' Forum", "no", None, ()),
    ]
    assert rows(found["arenas"], "arena", "earliest", "least_days", "most_days", "reported_unaware") == [
        # written on 1 March 2010 at the earliest, and by 20 January 2011, when it was shown
        ("Mental Health Partnership", date(2011, 1, 20), 0, 325, False),
        ("Professional Executive", date(2011, 6, 15), 146, 471, False),
        ("Access Task Group", date(2011, 4, 1), 71, None, True),  # sent there; the observer saw that it had not come
    ]
    assert rows(found["spread"], "day", "certainly", "possibly")[-1] == (date(2011, 6, 15), 6, 8)


def test_who_never_could_have_seen_it(demo_graph: nx.MultiDiGraph) -> None:
    """Rui was found not to know of the needs assessment, and the women's group was nowhere where it was."""
    found = tables(demo_graph, ref="demo:document:north.diabetes.D07")["people"]
    told = {row[0]: row[1:] for row in rows(found, "actor", "reached", "through", "reported_unaware")}
    assert told["Rui D."] == ("no", (), True)
    assert told["South Asian Women's Group"] == ("no", (), False)
    assert told["Kay H."] == ("certainly", ("Business case for two community clinics",), False)
    assert told["Cass W."][0] == "possibly"
    assert {row.values[0] for row in found.rows if row.claims} == set(told) - {"South Asian Women's Group"}
    alone = tables(demo_graph, ref="demo:document:north.diabetes.D07", carried=False, groups=False)["people"]
    assert {name for name, how in rows(alone, "actor", "reached") if how == "no"} == {
        "Rui D.", "South Asian Women's Group", "Kay H.", "Cass W."
    }  # fmt: skip


def test_all_things_in_a_line(demo_graph: nx.MultiDiGraph) -> None:
    table = reachable(demo_graph, Selection(site="demo:site:north"))[0]
    told = {row[0]: row[1:] for row in rows(table, "journey", "certainly", "possibly", "never")}
    assert told["Testimony of South Asian patients"] == (2, 2, 8)  # who gave it, and Sam, who contested it
    assert told["Diabetes health needs assessment"] == (7, 8, 2)
    assert told["Minutes of the Redesign Group June 2011"] == (0, 0, 10)


def study() -> nx.MultiDiGraph:
    """p is shown at m1 in January, where a was; q cites it; q is shown at m2, where b was."""
    graph = nx.MultiDiGraph()
    labels = {"p": "Document", "q": "Document", "m1": "Meeting", "m2": "Meeting", "g": "Arena"}
    for node, label in {**labels, **dict.fromkeys("abcx", "Actor")}.items():
        graph.add_node(node, label=label, name=node)
    graph.nodes["m1"].update(date_from=date(2011, 1, 10), date_to=date(2011, 1, 10))
    graph.nodes["m2"].update(date_from=date(2011, 3, 1), date_to=date(2011, 3, 1))
    for number, (start, kind, end) in enumerate([
        ("p", "TABLED_AT", "m1"), ("a", "ATTENDED", "m1"), ("q", "CITED", "p"), ("q", "TABLED_AT", "m2"),
        ("b", "ATTENDED", "m2"), ("m2", "OF_ARENA", "g"), ("c", "MEMBER_OF", "g"),
    ]):  # fmt: skip
        graph.add_edge(start, end, key=f"c{number}", type=kind, asserted=kind != "OF_ARENA")
    return graph


def reached(graph: nx.MultiDiGraph, **options: Any) -> dict[str, str]:
    return dict(rows(tables(graph, ref="p", **options)["people"], "actor", "reached"))


def test_by_meetings_papers_and_groups() -> None:
    graph = study()
    # q was written by the day it was shown, and after what it cites
    assert reached(graph) == {"a": "certainly", "b": "certainly", "c": "possibly", "x": "no"}
    assert reached(graph, carried=False) == {"a": "certainly", "b": "no", "c": "no", "x": "no"}
    assert reached(graph, groups=False)["c"] == "no"


def test_what_is_written_later_carries_nothing_back() -> None:
    graph = study()
    graph.nodes["p"].update(date_from=date(2011, 2, 1), date_to=date(2011, 4, 30))
    assert reached(graph)["b"] == "certainly"  # q was shown in March, so p was there
    graph.nodes["q"].update(date_from=date(2011, 3, 2), date_to=date(2011, 3, 31))
    assert reached(graph)["b"] == "no"


def test_an_undated_act_was_by_the_end_of_the_data() -> None:
    graph = study()
    graph.add_edge("x", "p", key="u", type="USED", asserted=True)
    table = tables(graph, ref="p")["people"]
    told = {row[0]: row[1:] for row in rows(table, "actor", "reached", "latest")}
    assert told["x"] == ("certainly", date(2011, 3, 1))


def test_a_meeting_that_has_no_date_and_things_that_cite_themselves() -> None:
    graph = study()
    for name in ("date_from", "date_to"):
        del graph.nodes["m1"][name]
    graph.add_edge("p", "p", key="self", type="CITED", asserted=True)
    assert reached(graph)["a"] == "certainly"
    for name in ("date_from", "date_to"):
        del graph.nodes["m2"][name]
    assert reached(graph) == {"a": "possibly", "b": "possibly", "c": "possibly", "x": "no"}  # no day is known at all


@pytest.mark.parametrize("ref", [None, "p"])
def test_nobody_and_nothing(ref: str | None) -> None:
    graph = nx.MultiDiGraph()
    if ref:
        graph.add_node("p", label="Document", name="p")
    assert all(not table.rows or table.name == "reach" for table in reachable(graph, ALL, ref=ref))
    assert contacts(graph, None, groups=True, carried=True) == []


def test_every_contact_rests_on_claims(demo_graph: nx.MultiDiGraph) -> None:
    """And each thing reaches at most whom the same contacts reach without any dates."""
    keys = {key for *_, key in demo_graph.edges(keys=True)}
    found = contacts(demo_graph, date(2011, 11, 21), groups=True, carried=True)
    assert all(contact.key and set(contact.key) <= keys for contact in found)
    ways = nx.DiGraph([(contact.start, contact.end) for contact in found])
    for thing in [node for node, held in demo_graph.nodes(data=True) if held["label"] == "Document" and node in ways]:
        assert set(reach(found, thing, same_day="passes").possibly) <= nx.descendants(ways, thing)
