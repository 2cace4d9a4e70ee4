"""Questions 37 to 45, of quality and gaps: every query against hand-made answers, on three engines."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.trace.journey import trace
from journeys.interpret.new_study import new_study
from journeys.model.problems import Severity
from journeys.model.schema import load_schema
from journeys.store.queries.library import load_query
from tests.queries.asking import Asked, Claims, Row, answers, expected, in_short
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]

WITHDRAWN, DERIVED, NOT_SO = {"status": "withdrawn"}, {"mode": "derived"}, {"negated": True}


@pytest.mark.parametrize(("query", "ask", "columns", "rows"), answers("quality_answers.yaml"))
def test_the_demonstration_study_answers(
    asked: Asked, demo_claims: Claims, query: str, ask: dict[str, Any], columns: list[str], rows: list[list[Any]]
) -> None:
    assert in_short(asked.rows(query, ask), columns, demo_claims) == expected(rows, columns)


def only(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def two_sites(graph: SmallGraph) -> None:
    """A case study at each of two sites, three sources, two people, a meeting at north."""
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "n1", "s1")
    graph.nodes("Actor", "ann", "bo")
    graph.nodes("Meeting", "m1")
    graph.nodes("DataSource", "int1", "int2", kind="interview")
    graph.nodes("DataSource", "obs", kind="observation")
    graph.claims("n1 AT_SITE north", "s1 AT_SITE south", "ann AT_SITE north", "m1 IN_CASE n1")
    graph.claims("int1 IN_CASE n1", "int2 IN_CASE n1", "int2 IN_CASE s1", "obs OF_MEETING m1")


def on(day: str, to: str | None = None) -> dict[str, date]:
    """The bounds of a date."""
    return {"date_from": date.fromisoformat(day), "date_to": date.fromisoformat(to or day)}


def test_a_statement_of_two_kinds_of_source_rests_on_enough(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Document", "paper", "sure")
    for place in ("p. 1", "p. 2"):
        graph.claim("ann USED paper", source="int1", place=place, mode="interpretive")
    graph.claim("ann USED paper", source="obs", **WITHDRAWN)
    graph.claim("ann REFERRED_TO paper", at_meeting="m1", **DERIVED)
    graph.claim("bo USED paper", source="int1", **NOT_SO)
    graph.claim("bo USED paper", source="int2", mode="interpretive", **NOT_SO)
    graph.claim("bo USED paper", source_kind="interview")
    for source in ("int1", "obs"):
        graph.claim("ann AUTHORED sure", source=source)

    columns = (
        "who",
        "did",
        "reported_not_to_have_happened",
        "interpretive_only",
        "no_source",
        "one_source",
        "one_kind",
        "sources",
    )
    assert only(asked.rows("quality/resting_on_little"), *columns) == [
        ("ann", "USED", False, True, False, True, True, 1),
        ("bo", "USED", False, False, True, False, False, 0),
        ("bo", "USED", True, False, False, False, True, 2),
    ]
    assert only(asked.rows("quality/resting_on_little", {"weakness": "no_source"}), "who", "sources") == [("bo", 0)]
    assert only(asked.rows("quality/resting_on_little", {"site": "north"}), "who") == [("ann",)]


def test_a_statement_is_about_one_aspect(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Document", "paper")
    graph.nodes("Meeting", "m3")
    graph.claim("ann CONTESTED paper", source="int1", aspect="the costs")
    graph.claim("ann CONTESTED paper", source="obs", aspect="The  Costs")
    graph.claim("ann CONTESTED paper", source="obs", aspect="version B")
    graph.claim("ann CONTESTED paper", source="int1")
    graph.claim("bo RAISED m3", source="int1", issue="ethnic_equality")
    graph.claim("bo RAISED m3", source="obs", issue="evidence_use")
    assert only(asked.rows("quality/resting_on_little", {"weakness": "one_source"}), "who", "did", "aspect") == [
        ("ann", "CONTESTED", "version B"),
        ("ann", "CONTESTED", None),
        ("bo", "RAISED", "ethnic_equality"),
        ("bo", "RAISED", "evidence_use"),
    ]


def test_conflicts_of_each_kind_and_what_is_none(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Document", "d1", "d2", "d3", "d4", "d5")
    graph.nodes("Actor", "cy")
    # who: the third source names both, and contradicts nobody; different roles do not compete
    graph.claim("ann AUTHORED d1", source="int1")
    graph.claim("bo AUTHORED d1", source="int2")
    graph.claims("ann AUTHORED d1", "bo AUTHORED d1", source="obs")
    graph.claim("ann AUTHORED d2", source="int1", role="author")
    graph.claim("bo AUTHORED d2", source="int2", role="originating_group")
    # whether: a denial of one meeting says nothing of another
    graph.claim("ann USED d3", source="int1", at_meeting="m1")
    graph.claim("ann USED d3", source="int2", **NOT_SO)
    graph.nodes("Meeting", "m2")
    graph.claim("bo USED d3", source="int1", at_meeting="m1")
    graph.claim("bo USED d3", source="int2", at_meeting="m2", **NOT_SO)
    # when: the dates of one have a day in common with the other's; a withdrawn claim conflicts with nothing
    graph.claim("ann COMMISSIONED d4", source="int1", **on("2011-01-01", "2011-03-31"))
    graph.claim("ann COMMISSIONED d4", source="int2", **on("2011-03-31"))
    graph.claim("ann COMMISSIONED d4", source="obs", **on("2012-01-01"), **WITHDRAWN)
    graph.claim("cy INTRODUCED d5", source="int1", **on("2011-01-01"))
    graph.claim("cy INTRODUCED d5", source="int2", **on("2011-02-01"))
    # a membership goes on: that two sources date it differently is no contradiction
    graph.nodes("Arena", "board")
    graph.claim("ann MEMBER_OF board", source="int1", **on("2011-01-01"))
    graph.claim("ann MEMBER_OF board", source="int2", **on("2012-01-01"))
    # stance: one source says both, so no two sources differ
    graph.claims("ann SUPPORTED d5", "ann CONTESTED d5", source="int1", at_meeting="m1")
    graph.claim("ann SUPPORTED d5", source="int2", at_meeting="m1")
    graph.claim("bo SUPPORTED d5", source="int1", at_meeting="m1")
    graph.claim("bo CONTESTED d5", source="int2", at_meeting="m1", mode="interpretive")

    assert only(asked.rows("quality/conflicting_claims"), "conflict", "did", "who", "what", "meeting", "accounts") == [
        ("who", "authored", None, "d1", None, ["int1: ann", "int2: bo"]),
        ("whether", "used", "ann", "d3", None,
         ["int1: reported to have happened", "int2: reported not to have happened"]),
        ("stance", "supported or contested", "bo", "d5", "m1",
         ["int1: supported", "int2: contested (researcher's interpretation)"]),
        ("when", "introduced", "cy", "d5", None, ["int1: 2011-01-01", "int2: 2011-02-01"]),
    ]  # fmt: skip


def test_conflicts_are_those_that_journeys_show(asked: Asked) -> None:
    shown = set()
    for label in ("Document", "Evidence"):
        for row in asked.store.read(f"MATCH (n:{label} {{study: $study}}) RETURN n.id AS id", {"study": asked.study}):
            for each in trace(asked.store, asked.study, row["id"]).disagreements:
                shown.add((each.kind, frozenset(claim.id for claim in each.claims)))
    found = {(row["conflict"], frozenset(row["claims"])) for row in asked.rows("quality/conflicting_claims")}
    assert found == shown
    assert found


def test_documents_in_hand_are_not_listed(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Document", "complete", "unread", doc_number="D1", archive_status="obtained")
    graph.nodes("Document", "heard of")
    graph.nodes("Document", "known", "read")
    graph.nodes("Document", "missing", archive_status="requested")
    graph.nodes("DataSource", "form2", not_asked=[])
    graph.claim("form2 OF_DOCUMENT read")
    graph.claim("ann USED read", source="int1")
    graph.nodes("DataSource", "form1", not_asked=[], coding_status="Yes")
    graph.nodes("Extract", "passage", instrument_field="interview_sheet.passages")
    graph.nodes("Code", "k1", code="1.1")
    graph.claims("form1 OF_DOCUMENT complete", "passage ABOUT known", "passage CODED_AS k1")
    graph.claim("ann REFERRED_TO known", source="int1")
    graph.claim("ann REFERRED_TO known", source="int2")
    graph.claim("bo REFERRED_TO known", at_meeting="m1", **DERIVED)
    columns = ("document", "obtained", "numbered", "extracted", "coded", "mentioned", "sources")
    assert only(asked.rows("quality/documents_not_in_hand"), *columns) == [
        ("missing", "no", False, False, False, 0, 0),
        ("known", "not recorded", False, False, True, 1, 2),
        ("read", "yes", False, True, False, 1, 1),
    ]


def test_sources_coded_in_part_and_codes_that_one_site_lacks(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Code", "k2", code="1.2", label="Evidence")
    graph.nodes("Code", "k10", code="1.10")
    graph.nodes("Code", "k1", code="1.1")
    graph.nodes("Extract", "e1", "e2", "e3", "e4")
    graph.claims("e1 FROM int1", "e2 FROM int1", "e3 FROM obs", "e4 FROM int2")
    graph.claims("e1 CODED_AS k1", "e3 CODED_AS k1", "e4 CODED_AS k2")
    graph.nodes("DataSource", "said", kind="interview", coding_status=" Coded ")
    graph.nodes("DataSource", "doubted", kind="interview", coding_status="partly")

    # obs is coded through and through, and so is int2, a source of both sites; `said` says so
    assert only(asked.rows("quality/sources_not_coded"), "site", "source", "answer", "passages", "coded_passages") == [
        ("north", "int1", "in part", 2, 1),
        (None, "doubted", "in part", 0, 0),
    ]
    columns = ("code", "label", "passages", "sites_with", "sites_without")
    assert only(asked.rows("quality/codes_without_passages"), *columns) == [
        ("1.10", None, 0, [], ["north", "south"]),
        ("1.1", None, 2, ["north"], ["south"]),
    ]
    assert only(asked.rows("quality/codes_without_passages", {"site": "north"}), "code") == [("1.10",)]
    found = asked.rows("quality/codes_without_passages")
    assert only(found, "code", "answer") == [("1.10", "no passage has it"), ("1.1", "not at these sites")]


def test_where_nothing_is_to_be_coded_nothing_is_said_to_be_done(small: Small) -> None:
    graph, asked = small
    columns = ("site", "source", "answer", "claims")
    assert only(asked.rows("quality/sources_not_coded"), *columns) == [(None, None, "none recorded", [])]
    assert only(asked.rows("quality/codes_without_passages"), "code", "answer") == [(None, "no codes recorded")]
    graph.nodes("Code", "k1", code="1.1")
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "n1", "s1")
    graph.nodes("DataSource", "int1", kind="interview", coding_status="coded")
    graph.nodes("DataSource", "obs", kind="observation")
    graph.nodes("Meeting", "m1")
    graph.claims("n1 AT_SITE north", "s1 AT_SITE south", "int1 IN_CASE n1")
    assert only(asked.rows("quality/codes_without_passages"), "code", "answer") == [("1.1", "no passage is coded yet")]
    assert only(asked.rows("quality/sources_not_coded"), *columns[:3]) == [
        ("south", None, "none recorded"),
        (None, "obs", "not coded"),
    ]
    assert only(asked.rows("quality/sources_not_coded", {"site": "north"}), *columns[:3]) == []
    graph.claims("m1 IN_CASE s1", "obs OF_MEETING m1")
    assert only(asked.rows("quality/sources_not_coded"), *columns[:3]) == [("south", "obs", "not coded")]
    observed = {"kinds": ["observation"]}
    assert [row[:3] for row in only(asked.rows("quality/sources_not_coded", observed), *columns)] == [
        ("north", None, "none recorded"),
        ("south", "obs", "not coded"),
    ]


def test_findings_tested_by_passages_of_several_sites_and_of_none(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Finding", "earlier", text="Evidence is doubted", kind="emerging")
    graph.nodes("Finding", "own", text="A gap of north", kind="gap")
    graph.nodes("Finding", "new", text="It was believed", kind="emerging")
    for passage in ("both sites", "met", "about", "nowhere"):
        graph.nodes("Extract", passage.replace(" ", "_"), text=passage)
    graph.nodes("Document", "paper")
    graph.claims("own IN_CASE n1", "new IN_CASE s1", "paper IN_CASE s1")
    graph.claims("both_sites FROM int2", "met FROM obs", "about ABOUT paper")
    graph.claim("both_sites BEARS_ON earlier", direction="supports")
    graph.claim("met BEARS_ON earlier")
    graph.claim("about BEARS_ON earlier", direction="contradicts")
    graph.claim("new BEARS_ON earlier", direction="contradicts")
    graph.claim("nowhere BEARS_ON earlier", direction="supports")
    graph.claim("about BEARS_ON own", direction="supports")

    columns = ("finding", "site", "answer", "supports", "contradicts", "not_said", "passages_from")
    assert only(asked.rows("quality/findings_tested"), *columns) == [
        ("Evidence is doubted", "north", "for", 1, 0, 1, 2),
        ("Evidence is doubted", "south", "both", 1, 2, 0, 1),
        ("Evidence is doubted", None, "for", 1, 0, 0, 0),
        ("A gap of north", "north", "none", 0, 0, 0, 0),
        ("A gap of north", "south", "for", 1, 0, 0, 0),
    ]


def test_things_to_look_for_are_met_by_passages_of_the_case_study(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Finding", "targets", text="Clear targets", kind="look_for")
    graph.nodes("Finding", "champions", text="Staff who champion", kind="look_for")
    graph.nodes("Extract", "e1", "e2")
    graph.claims("e1 FROM obs", "e1 BEARS_ON targets", "e2 FROM int2", "e2 BEARS_ON champions")
    columns = ("case_study", "item", "met_elsewhere")
    assert only(asked.rows("quality/look_for_not_met"), *columns) == [("s1", "Clear targets", ["n1"])]

    graph.nodes("CaseStudy", "s2")
    assert only(asked.rows("quality/look_for_not_met"), *columns) == [
        ("s1", "Clear targets", ["n1"]),
        ("s2", "Clear targets", ["n1"]),
        ("s2", "Staff who champion", ["n1", "s1"]),
    ]
    assert {row["answer"] for row in asked.rows("quality/look_for_not_met")} == {"not recorded as met"}
    gaps = asked.rows("quality/look_for_not_met", {"kinds": ["gap"]})
    assert {row["case_study"] for row in gaps} == {"n1", "s1", "s2"}
    assert {(row["item"], row["answer"]) for row in gaps} == {(None, "nothing to look for is recorded")}


def test_uncertain_dates_leave_the_order_open_with_other_happenings_only(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "survey")
    graph.claim("ann GENERATED survey", source="int1", date_precision="year", **on("2010-01-01", "2010-12-31"))
    graph.claim("ann GENERATED survey", source="int2", date_precision="month", **on("2010-12-01", "2010-12-31"))
    graph.claim("bo USED survey", date_precision="before", date_to=date(2010, 6, 30))
    graph.claim("bo INTRODUCED survey", **on("2010-03-01"))
    graph.claim("bo REFERRED_TO survey", at_meeting="m1", **DERIVED, **on("2010-01-01", "2010-12-31"))
    graph.claim("bo CONTESTED survey", **NOT_SO, **on("2010-01-01", "2010-12-31"))
    graph.claim("ann SUPPORTED survey")

    columns = ("event", "precision", "order_open_with", "sources")
    assert only(asked.rows("quality/uncertain_dates"), *columns) == [
        ("GENERATED", "year", 2, 1),
        ("USED", "before", 2, 1),
        ("GENERATED", "month", 0, 1),
    ]
    assert ("SUPPORTED", "undated", 0, 0) in only(asked.rows("quality/uncertain_dates", {"undated": "yes"}), *columns)


def test_what_another_source_says_too_does_not_rest_on_the_observer_alone(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("DataSource", "watched", kind="observation", observer_effect_note="They looked at me.")
    graph.nodes("Document", "paper")
    graph.nodes("Extract", "whole", text='Bo said "Not like this" and left.')
    graph.nodes("Extract", "part", text="Not like this", passage=graph.id("whole"))
    graph.nodes("Extract", "unanswered", text="[Nothing found]", answer_status="nothing_found")
    graph.claims("whole FROM watched", "part FROM watched", "unanswered FROM watched", "watched IN_CASE s1")
    graph.claim("bo CONTESTED paper", source="watched", quote="not like this")
    graph.claim("ann SUPPORTED paper", source="watched", extract_ids=[graph.id("part")])
    graph.claim("ann SUPPORTED paper", source="int1")
    graph.claim("ann USED paper", source="int1", quote="not like this")

    graph.nodes("DataSource", "unseen", kind="observation", observer_effect_note="Nobody spoke.")
    graph.claim("unseen IN_CASE s1")
    columns = ("site", "source", "answer", "passage", "rests_on_it", "only_from_here")
    assert only(asked.rows("quality/observer_effect"), *columns) == [
        ("north", "obs", "not recorded", None, 0, 0),
        ("south", "unseen", "noted", None, 0, 0),
        ("south", "watched", "noted", "Not like this", 2, 1),
    ]


FORM = """
form: document_extraction_template
version: 1
header: {{case_study_and_site: c1, name_of_document: The paper, document_number: D1}}
{answers}
"""
ANSWERS = """
document_content:
  content_summary: {answer: "What it says."}
  sources_cited: {general: {status: not_known_yet}, ethnicity_specific: {status: nothing_found}}
document_journey:
  where_else_gone: {status: not_asked}
"""


@pytest.mark.usefixtures("embedded_engine")
def test_what_is_not_known_yet_and_what_was_not_asked_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "one-form"
    new_study(folder, title="One form")
    (folder / "registers.xlsx").unlink()
    (folder / "registers.yaml").write_text("registers: 1\ncase_studies: [{id: c1, title: A case}]\n", "utf-8")
    (folder / "forms" / "a.yaml").write_text(FORM.format(answers=ANSWERS), "utf-8")
    study = journeys.open(folder)
    _, checked = study.load()
    assert not checked.problems.count(Severity.WARNING)

    with study.store() as store:
        rows = Asked(store, study.id).rows("quality/unanswered_questions")
    found = {(row["question"], row["scope"]): row["status"] for row in rows}
    assert len(rows) == 44 - 2  # all boxes but the summary, and sources on ethnicity, of which nothing was found
    assert found["sources_cited", "general"] == "not_known_yet"
    assert found["where_else_gone", "not_stated"] == "not_asked"
    assert {status for asked, status in found.items() if asked[0] != "sources_cited"} == {"not_asked"}


def test_claims_begin_where_the_schema_says() -> None:
    schema = load_schema()
    for query, but in (("quality/resting_on_little", set()), ("quality/conflicting_claims", {"Extract"})):
        starts = set(re.findall(r"MATCH \(a:(\w+) ", load_query(query).text))
        asserting = {
            label for kind in schema.claims.values() if kind.asserted for label in schema.labels(kind.from_labels)
        }
        assert starts == asserting - but
