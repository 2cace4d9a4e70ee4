"""The measures on support and contest: the demonstration study against answers worked out by hand.

Northtown: on D07, Sam S. and the group support, Mina V. contests at R1 and supports at R2, and Lee B. contested it by
one source and supported it by another, both at R1. On D08 Kay H. supports and Lee B. contests. Lee B. contests the
clinic data, Sam S. the testimony (in one of two winters) and supports the model.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.congruence import congruence
from journeys.analysis.measures.polarisation import divisions
from journeys.analysis.measures.polarity import polarity
from journeys.analysis.measures.side_changes import sides
from journeys.analysis.measures.table import MeasureTable

NORTH = Selection(site="demo:site:north")


def rows(table: MeasureTable, *columns: str) -> list[tuple[Any, ...]]:
    """The rows with these columns only."""
    places = [list(table.columns).index(column) for column in columns]
    return [tuple(row.values[place] for place in places) for row in table.rows]


def test_actors_by_documents_and_evidence(demo_graph: nx.MultiDiGraph) -> None:
    told, matrix = polarity(demo_graph, NORTH)
    assert rows(told, "actor", "about", "side", "supporting", "contesting") == [
        ("Diabetes Redesign Group", "Diabetes health needs assessment", "supports", 1, 0),
        ("Kay H.", "Business case for two community clinics", "supports", 1, 0),
        ("Lee B.", "Business case for two community clinics", "contests", 0, 1),
        ("Lee B.", "Clinic attendance by ethnic group", "contests", 0, 1),
        ("Lee B.", "Diabetes health needs assessment", "both", 1, 1),
        ("Mina V.", "Diabetes health needs assessment", "both, on different aspects", 1, 1),
        ("Sam S.", "Diabetes health needs assessment", "supports", 1, 0),
        ("Sam S.", "National prevalence model", "supports", 1, 0),
        ("Sam S.", "Testimony of South Asian patients", "contests", 0, 1),
    ]
    columns = ("actor", "north.diabetes.D07", "north.diabetes.D08", "clinic-data", "model", "testimony")
    assert rows(matrix, *columns) == [
        ("Diabetes Redesign Group", 1, None, None, None, None),
        ("Kay H.", None, 1, None, None, None),
        ("Lee B.", 0, -1, -1, None, None),
        ("Mina V.", 0, None, None, None, None),
        ("Sam S.", 1, None, None, 1, -1),
    ]
    assert matrix.n == {"actors": 5, "things": 5, "claims": 11}
    # a hunch in brackets can be left aside, and is then said to be
    said = Selection(site=NORTH.site, modes=frozenset({"verbatim", "paraphrase", "not_stated"}))
    left = polarity(demo_graph, said)[0].left_out
    assert [(each.why, len(each.claims)) for each in left] == [("recorded as interpretive", 1)]


@pytest.mark.parametrize(
    ("normalisation", "divisor"),
    [("none", 1), ("average", (4 + 2) / 2), ("jaccard", 4 + 2 - 1), ("cosine", (4 * 2) ** 0.5)],
)
def test_who_takes_the_same_side(demo_graph: nx.MultiDiGraph, normalisation: Any, divisor: float) -> None:
    """Lee B. takes four sides and Mina V. two. They agree on D07, which both support, Lee without an aspect; there they
    disagree too, for Mina contests its reasons. That Lee contests the costs is neither: she supports the clinics.
    """
    (table,) = congruence(demo_graph, NORTH, normalisation=normalisation)
    found = {row[:2]: row[2:] for row in rows(table, "one", "other", "congruence", "conflict", "subtract")}
    one = pytest.approx(1 / divisor)
    assert found["Lee B.", "Mina V."] == (one, one, 0)
    if normalisation == "none":
        group = "Diabetes Redesign Group"
        assert found == {
            ("Lee B.", "Mina V."): (1, 1, 0),
            # the costs against the clinics are no conflict
            ("Lee B.", "Sam S."): (1, 0, 1),
            # the reasons against the clinics neither
            ("Mina V.", "Sam S."): (1, 0, 1),
            (group, "Lee B."): (1, 1, 0),
            (group, "Mina V."): (1, 1, 0),
            (group, "Sam S."): (1, 0, 1),
        }
        # Kay H. supports D08 because it is nearer, Lee B. contests its interpreters
        assert "Isolates: Kay H." in table.notes


def test_what_is_seen_alike(demo_graph: nx.MultiDiGraph) -> None:
    (table,) = congruence(demo_graph, NORTH, side="concept")
    alike = rows(table, "one", "other", "congruence", "same_side", "opposite_sides")
    # Sam S. supports both
    assert ("Diabetes health needs assessment", "National prevalence model", 1, ["Sam S."], []) in alike
    # Lee B. contests D08 and the clinic data
    assert ("Business case for two community clinics", "Clinic attendance by ethnic group", 1, ["Lee B."], []) in alike


def test_how_divided_they_were(demo_graph: nx.MultiDiGraph) -> None:
    (table,) = divisions(demo_graph, Selection(), period="quarter")
    counts = ("supporting", "contesting", "share_contesting", "agreement", "possible")
    named = rows(table, "about", "aspect", "period", *counts)
    found = [(about, *more) for about, aspect, *more in named if aspect is None]
    census = [row[1:] for row in found if row[0] == "Ward census by ethnic group"]
    # Dr D. R. contests at P1 and P2 and supports at P3; Femi O. champions at P2; the visitors support in April. Of the
    # three for and one against: -1 for one of each, 1 for the other two, each half of all
    assert census == [
        ("all times", 3, 1, 1 / 4, 0, 0),
        ("2011 Q1", 1, 1, 1 / 2, -1, 0),
        ("2011 Q2", 2, 0, 0, 1, 0),
    ]
    # nobody takes the other side on either aspect
    assert [row[1:] for row in named if row[0] == "Ward census by ethnic group" and row[1]] == [
        ("that it asks for action", "all times", 2, 0, 0, 1, 0),
        ("that it asks for action", "2011 Q2", 2, 0, 0, 1, 0),
        ("that numbers show bias", "all times", 0, 1, 1, 1, 0),
        ("that numbers show bias", "2011 Q1", 0, 1, 1, 1, 0),
    ]
    # Kay H. supports the business case as it is nearer, Lee B. contests its interpreters: that is no division
    case = [row[1:] for row in found if row[0] == "Business case for two community clinics"]
    assert case[0] == ("all times", 1, 1, None, None, 0)
    testimony = [row[1:] for row in found if row[0] == "Testimony of South Asian patients"]
    assert testimony[0] == ("all times", 0, 1, 1, 1, 0)
    assert [row[0] for row in testimony[1:]] == ["2009 Q4", *(f"2010 Q{q}" for q in (1, 2, 3, 4)), "2011 Q1"]
    assert {row[1:] for row in testimony[1:]} == {(0, 0, None, None, 1)}


def test_who_changed_side_and_of_whom_sources_differ(demo_graph: nx.MultiDiGraph) -> None:
    changes, both, stances = sides(demo_graph, Selection())
    # Dr D. R. and Mina V. contested one aspect and later supported another; of Jo T. and Lee B. one source names none.
    assert changes.rows == ()
    assert rows(both, "actor", "about_id", "one_day", "aspects") == [
        ("Jo T.", "demo:document:east.therapies.D24", "possible", ["who speaks"]),
        ("Lee B.", "demo:document:north.diabetes.D07", "possible", ["the costs"]),
    ]
    assert [len(row.claims) for row in both.rows] == [2, 2]
    # Of these four everything they took sides by, and of nobody else.
    assert rows(stances, "actor", "side", "aspect", "when") == [
        ("Dr D. R.", "contest", "that numbers show bias", "20 January 2011"),
        ("Dr D. R.", "contest", "that numbers show bias", "24 March 2011"),
        ("Dr D. R.", "support", "that it asks for action", "26 May 2011"),
        ("Jo T.", "contest", "who speaks", "20 January 2011"),
        ("Jo T.", "support", None, "20 January 2011"),
        ("Lee B.", "contest", "the costs", "6 April 2011"),
        ("Lee B.", "support", None, "6 April 2011"),
        ("Mina V.", "contest", "the reasons given for late presentation", "6 April 2011"),
        ("Mina V.", "support", "the clinics", "8 June 2011"),
    ]
    assert all(len(row.claims) == 1 for row in stances.rows)
