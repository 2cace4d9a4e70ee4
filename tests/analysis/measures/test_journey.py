"""The course of journeys: the demonstration study against answers worked out by hand, and small made-up journeys.

What the demonstration tells of each document is in tests/demo/expected.yaml; the dates are those of its meetings.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.day_ranges import DayRange, days_between, first_of, last_of
from journeys.analysis.claims.selection import Selection
from journeys.analysis.courses.course import Visit, returns
from journeys.analysis.courses.decisions import post_hoc
from journeys.analysis.courses.provenance_chains import chain_ends
from journeys.analysis.measures.journey import journey
from journeys.analysis.measures.table import MeasureTable
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.problems import UsageProblem

ALL = Selection()
D07, D33, D24 = (f"demo:document:{each}" for each in ("north.diabetes.D07", "west.maternity.D33", "east.therapies.D24"))


def rows(table: MeasureTable, *columns: str) -> list[tuple[Any, ...]]:
    """The rows with these columns only."""
    places = [list(table.columns).index(column) for column in columns]
    return [tuple(row.values[place] for place in places) for row in table.rows]


def tables(graph: nx.MultiDiGraph, *arguments: Any, **options: Any) -> dict[str, MeasureTable]:
    return {table.name: table for table in journey(graph, *arguments, **options)}


def days(first: str | None, last: str | None) -> DateSpan:
    start, end = (date.fromisoformat(day) if day else None for day in (first, last))
    return DateSpan(None, start, end, "between")


def test_stages_of_the_needs_assessment(demo_graph: nx.MultiDiGraph) -> None:
    """Asked for in autumn, written by March, shown in March or on 6 April, contested then, used on 8 June."""
    found = tables(demo_graph, ALL, ref=D07)
    assert rows(found["stages"], "stage", "reached", "from", "to", "undated") == [
        ("Impetus", "reached", date(2010, 9, 1), date(2010, 11, 30), 1),  # and prompted, undated
        ("Generation and access", "reached", None, date(2011, 3, 31), 3),  # the GP wrote (twice told), contributed
        ("Appraisal", "skipped (no claim)", None, None, 0),
        ("Synthesis", "skipped (no claim)", None, None, 0),
        ("Presentation and application", "reached", date(2011, 3, 1), date(2011, 3, 31), 7),
        ("Use", "reached", date(2011, 6, 8), date(2011, 6, 8), 2),  # it recommends, undated, in two places
        ("Contestation and support", "reached", date(2011, 4, 6), date(2011, 4, 6), 0),
        ("Impact", "reached", None, None, 1),
    ]
    assert rows(found["intervals"], "from_stage", "to_stage", "least_days", "most_days", "order") == [
        (
            "Impetus",
            "Presentation and application",
            91,
            211,
            "certainly before",
        ),  # 30 Nov to 1 March; 1 Sep to 31 March
        ("Presentation and application", "Generation and access", None, 30, "possibly before or after"),
        ("Generation and access", "Contestation and support", 6, None, "certainly before"),
        ("Contestation and support", "Use", 63, 63, "certainly before"),
    ]


def test_one_needs_assessment_goes_into_four_papers_and_a_council(demo_graph: nx.MultiDiGraph) -> None:
    found = tables(demo_graph, ALL, ref=D07)
    ids = [(branch, node.split(":")[-1]) for branch, node in rows(found["branches"], "branch", "with_id")]
    assert ids == [
        ("fork", "north.diabetes.D08"),
        ("fork", "north.diabetes.D09"),
        ("fork", "north.diabetes.D10"),
        ("fork", "north.diabetes.D11"),
        ("fork", "council"),
        ("merge", "north.strategic.D01"),
        ("merge", "clinic-data"),
        ("merge", "model"),
    ]
    assert rows(found["returns"], "place", "certainty", "elsewhere") == [
        ("Diabetes Redesign Group", "certainly", "Northtown Council")
    ]
    assert rows(found["ending"], "state", "least_days", "most_days") == [("used", 75, 75)]  # 7 September to 21 November


@pytest.mark.parametrize(
    ("ref", "action", "verdict", "claimed", "agreement"),
    [
        ("west.maternity.D33", "one-midwife-led-unit", "certainly", ("after", "post_hoc"), "agree"),
        ("west.maternity.D32", "one-midwife-led-unit", "possibly", ("not_known",), "no claim"),
        ("north.diabetes.D07", "two-community-clinics", "no", (), "no claim"),
        ("north.diabetes.D08", "two-community-clinics", "no", ("before",), "agree"),
        ("north.diabetes.D08", "interpreters-in-the-clinics", "not known", (), "no claim"),
        ("east.therapies.D25", "three-community-workers", "not known", ("before",), "dates do not settle it"),
    ],
)
def test_before_or_after_the_decision(
    demo_graph: nx.MultiDiGraph, ref: str, action: str, verdict: str, claimed: tuple[str, ...], agreement: str
) -> None:
    """The unit was decided on 30 March; the visit's report came on 10 May. The clinics came about in November."""
    found = tables(demo_graph, ALL, ref=f"demo:document:{ref}")["decisions"]
    told = {row[0]: row[1:] for row in rows(found, "action_id", "post_hoc", "claimed", "agreement")}
    assert told[f"demo:action:{action}"] == (verdict, claimed, agreement)


def test_the_chain_breaks_where_nobody_knows_further(demo_graph: nx.MultiDiGraph) -> None:
    """As cypher/trace/first_sources answers: the maker of the model is not known, Ann made the clinic data."""
    found = tables(demo_graph, ALL, ref="demo:document:north.diabetes.D08")["chain"]
    assert rows(found, "ends_at", "steps", "end", "broken", "by", "through") == [
        ("Clinic attendance by ethnic group", 2, "first source known", False, ("Ann N.",),
         ("Diabetes health needs assessment",)),
        ("National prevalence model", 2, "maker not recorded", True, (), ("Diabetes health needs assessment",)),
    ]  # fmt: skip


def test_every_journey_in_a_line(demo_graph: nx.MultiDiGraph) -> None:
    table = tables(demo_graph, Selection(site="demo:site:west"))["journeys"]
    assert rows(table, "journey", "forks", "merges", "state", "post_hoc", "breaks") == [
        ("How Lakeside does it, report of a visit", 0, 0, "used", ("certainly",), 1),
        ("Late booking by ethnic group", 0, 0, "reported without effect", (), 1),
        ("Listening to mothers", 0, 0, "used", ("possibly",), 0),
        ("Maternity strategy", 0, 2, "ongoing", (), 1),  # tabled on 28 September, 54 days before the end
        ("What changed at Lakeside, an evaluation", 0, 0, "not known", (), 1),
        ("What mothers told the link worker", 0, 0, "reported without effect", (), 0),
    ]
    # what prompted it has no date, and may have come later still
    soon = tables(demo_graph, Selection(site="demo:site:west"), stalled_after_days=54)["journeys"]
    assert rows(soon, "state")[3] == ("possibly stalled",)


def test_a_document_of_another_site_is_said_to_be_so(demo_graph: nx.MultiDiGraph) -> None:
    with pytest.raises(UsageProblem, match=r"east\.therapies\.D24 does not belong to north\."):
        journey(demo_graph, Selection(site="demo:site:north"), ref=D24)


def test_days_between_what_is_known_within_bounds() -> None:
    march, spring = days("2011-03-01", "2011-03-31"), days("2011-03-01", "2011-05-31")
    assert days_between(march, days("2011-04-06", "2011-04-06")) == DayRange(6, 36)
    assert days_between(march, spring) == DayRange(-30, 91)
    assert days_between(days(None, "2011-03-31"), days("2011-04-06", None)) == DayRange(6, None)
    assert days_between(UNKNOWN, march) == DayRange(None, None)
    assert first_of([march, days(None, "2011-06-01"), UNKNOWN]) == DateSpan(None, None, date(2011, 3, 31), "before")
    assert last_of([march, spring]) == days("2011-03-01", "2011-05-31")
    assert first_of([]) == UNKNOWN


def test_coming_back_is_certain_possible_or_not() -> None:
    def at(place: str, first: str | None, last: str | None) -> Visit:
        return Visit(place, days(first, last), (f"{place}{first}",))

    a1, a2 = at("a", "2011-01-01", "2011-01-31"), at("a", "2011-03-01", "2011-03-31")
    certain = returns([a1, at("b", "2011-02-01", "2011-02-28"), a2])
    assert [(one.before.place, one.certainty) for one in certain] == [("a", "certainly")]
    unsure = returns([a1, at("b", "2011-01-15", "2011-03-15"), a2])
    assert [(one.before.place, one.certainty) for one in unsure] == [("a", "possibly")]
    assert returns([a1, at("b", "2011-04-01", "2011-04-01"), a2]) == ()
    assert returns([a1, Visit("b", UNKNOWN, ()), a2]) == ()
    assert returns([a1, a2]) == ()
    # a day before and a day after the same single day there is none
    assert returns([at("a", "2011-01-01", "2011-01-02"), at("b", "2011-01-01", "2011-01-02")] * 2) == ()


@pytest.mark.parametrize(
    ("uses", "entries", "verdict"),
    [
        ([days("2011-04-01", "2011-04-01")], [], "certainly"),
        ([days("2011-04-01", "2011-04-01")], [days("2011-03-01", "2011-03-01")], "no"),
        ([days("2011-04-01", "2011-04-01"), UNKNOWN], [], "possibly"),
        ([days("2011-03-01", "2011-04-30")], [], "possibly"),
        ([], [days("2011-04-01", "2011-04-01")], "possibly"),
        ([days("2011-03-30", "2011-03-30")], [], "possibly"),  # the day of the decision
        ([UNKNOWN], [], "not known"),
        ([], [], "not known"),
    ],
)
def test_post_hoc_is_three_valued(uses: list[DateSpan], entries: list[DateSpan], verdict: str) -> None:
    assert post_hoc(days("2011-03-30", "2011-03-30"), uses, entries) == verdict
    assert post_hoc(UNKNOWN, uses, entries) == "not known"


def papers(*cites: tuple[str, str], **held: dict[str, Any]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for node in sorted({node for pair in cites for node in pair} | set(held)):
        graph.add_node(node, **{"label": "Document", "name": node, **held.get(node, {})})
    for number, (one, other) in enumerate(cites):
        graph.add_edge(one, other, key=f"c{number}", type="CITED", asserted=True)
    return graph


def test_a_circle_ends_the_chain_and_the_search() -> None:
    found = chain_ends(papers(("a", "b"), ("b", "c"), ("c", "b")), "a")
    assert [(one.thing, one.steps, one.end, one.claims) for one in found] == [
        ("b", 1, "a circle of documents that cite one another", ("c0",))
    ]
    # a way out of the circle is followed, and the circle is then no end
    out = chain_ends(papers(("a", "b"), ("b", "a"), ("b", "d")), "a")
    assert [(one.thing, one.steps, one.end) for one in out] == [("d", 2, "neither author nor source recorded")]
    # what cites itself rests on nothing else
    assert [one.thing for one in chain_ends(papers(("a", "a")), "a")] == ["a"]


def test_a_document_that_nobody_holds_breaks_the_chain_even_if_its_author_is_told() -> None:
    graph = papers(("a", "b"), ("a", "c"), b={"archive_status": "mentioned_only"})
    graph.add_node("w", label="Actor", name="w")
    for number, paper in enumerate("bc"):
        graph.add_edge("w", paper, key=f"w{number}", type="AUTHORED", asserted=True)
    assert [(one.thing, one.broken, one.by, one.claims) for one in chain_ends(graph, "a")] == [
        ("b", True, ("w",), ("c0", "w0")),
        ("c", False, ("w",), ("c1", "w1")),
    ]


def test_a_journey_stalls_if_its_last_step_certainly_was_long_ago() -> None:
    graph = papers(d={}, e={})
    graph.add_node("w", label="Actor", name="w")
    day = {"date_from": date(2011, 1, 1), "date_to": date(2011, 1, 31)}
    graph.add_edge("w", "d", key="w", type="AUTHORED", asserted=True, **day)
    graph.add_edge("w", "e", key="x", type="USED", asserted=True, date_from=date(2011, 5, 1), date_to=date(2011, 5, 9))
    state = {
        days: rows(tables(graph, ALL, stalled_after_days=days)["journeys"], "state")[0][0]
        for days in (90, 91, 120, 121)
    }
    # from 31 January to 1 May are 90 days, from 1 January 120
    assert state == {90: "stalled", 91: "possibly stalled", 120: "possibly stalled", 121: "ongoing"}
    graph.add_edge("w", "d", key="r", type="CONTRIBUTED_TO", asserted=True)
    assert rows(tables(graph, ALL)["journeys"], "state")[0] == ("possibly stalled",)
    graph.add_edge("w", "d", key="u", type="USED", asserted=True, negated=True)
    assert rows(tables(graph, ALL)["journeys"], "state")[0] == ("reported without effect",)


def test_an_empty_study_and_a_lone_document_have_answers() -> None:
    assert all(not table.rows for table in journey(nx.MultiDiGraph(), ALL))
    lone = papers(d={})
    (row,) = tables(lone, ALL)["journeys"].rows
    assert row.values[0] == "d"
    assert "not known" in row.values
    assert {row[0] for row in rows(tables(lone, ALL, ref="d")["stages"], "reached")} == {"skipped (no claim)"}
