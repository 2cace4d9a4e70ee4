"""Codes in use: every query of cypher/codes against hand-made answers, on three engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from journeys.store.queries.library import load_query
from tests.queries.asking import Asked, Claims, Row, answers, expected, in_short
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]


@pytest.mark.parametrize(("query", "ask", "columns", "rows"), answers("code_answers.yaml"))
def test_the_demonstration_study_answers(
    asked: Asked, demo_claims: Claims, query: str, ask: dict[str, Any], columns: list[str], rows: list[list[Any]]
) -> None:
    assert in_short(asked.rows(query, ask), columns, demo_claims) == expected(rows, columns)


def only(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_codes_that_a_form_suggests_are_counted_where_its_answers_have_them(small: Small) -> None:
    graph, asked = small
    graph.nodes("Code", "k1", code="3.4", suggested_for=["form.quality", "form.other"])
    graph.nodes("Code", "k2", code="3.10", suggested_for=["form.quality"])
    graph.nodes("Code", "k3", code="1.1")
    graph.nodes("Extract", "whole", instrument_field="form.quality", answer_status="answered")
    graph.nodes("Extract", "part", instrument_field="form.quality.who", answer_status="answered")
    graph.nodes("Extract", "silent", instrument_field="form.quality", answer_status="not_known_yet")
    graph.nodes("Extract", "alike", instrument_field="form.quality_of_data", answer_status="answered")
    graph.nodes("Extract", "said", instrument_field="coding_workbook.passages")
    graph.claims("whole CODED_AS k1", "part CODED_AS k1", "alike CODED_AS k1", "said CODED_AS k1", "said CODED_AS k2")
    graph.claims("whole CODED_AS k1", "whole CODED_AS k3", coder="AB")
    rows = asked.rows("codes/suggested_codes")
    assert only(rows, "question", "code", "answers", "passages", "elsewhere") == [
        ("form.other", "3.4", 0, 0, 4),
        ("form.quality", "3.4", 2, 2, 2),
        ("form.quality", "3.10", 2, 0, 1),
    ]
    assert [len(row["claims"]) for row in rows] == [0, 3, 0]
    assert only(asked.rows("codes/suggested_codes", {"sheet": "1"}), "code") == []


def test_passages_without_site_date_or_speaker_are_told_apart(small: Small) -> None:
    graph, asked = small
    graph.nodes("Code", "k1", code="1.1", codebook_sheet="1")
    graph.nodes("Actor", "ann")
    graph.nodes("Organisation", "trust", kind="provider")
    graph.nodes("DataSource", "int1", kind="interview", date_from=date(2011, 12, 1), date_to=date(2012, 1, 31))
    graph.nodes("DataSource", "int2", kind="interview")
    graph.nodes("Extract", "hers")
    graph.nodes("Extract", "asked", speaker="Interviewer")
    graph.nodes("Extract", "loose")
    graph.claims("ann MEMBER_OF trust", "int1 WITH_ACTOR ann", "hers FROM int1", "asked FROM int1", "loose FROM int2")
    graph.claims("hers CODED_AS k1", "asked CODED_AS k1", "loose CODED_AS k1", coder="AB")
    assert only(asked.rows("codes/codes_by_site"), "code", "site", "passages", "sources", "coders") == [
        ("1.1", None, 3, 2, ["AB"])
    ]
    assert only(asked.rows("codes/codes_over_time"), "period", "passages") == [(None, 3)]
    found = only(asked.rows("codes/codes_by_organisation_kind"), "organisation_kind", "passages", "people")
    assert sorted(found, key=str) == [("provider", 1, ["ann"]), (None, 2, [])]


def test_what_was_to_be_looked_for_and_is_coded_alike(small: Small) -> None:
    graph, asked = small
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "n1", "s1")
    graph.nodes("Finding", "item", text="Champions", kind="look_for")
    graph.nodes("Code", "k1", code="2.5")
    graph.nodes("Code", "k2", code="8.3")
    graph.nodes("DataSource", "int1", "int2", kind="interview")
    graph.nodes("Extract", "both", "one", "other")
    graph.claims("n1 AT_SITE north", "s1 AT_SITE south", "int1 IN_CASE n1", "int2 IN_CASE s1")
    graph.claims("item CODED_AS k1", "item CODED_AS k2")
    graph.claims("both FROM int1", "one FROM int1", "other FROM int2")
    graph.claims("both CODED_AS k1", "both CODED_AS k2", "one CODED_AS k2", coder="AB")
    rows = asked.rows("quality/look_for_not_met")
    assert only(rows, "case_study", "item", "coded_alike") == [("n1", "Champions", 2), ("s1", "Champions", 0)]


def test_who_coded_what_is_not_coded_through(small: Small) -> None:
    graph, asked = small
    graph.nodes("Code", "k1", code="2.5")
    graph.nodes("DataSource", "int1", "int2", kind="interview")
    graph.nodes("Extract", "read", "unread")
    graph.claims("read FROM int1", "unread FROM int1")
    graph.claim("read CODED_AS k1", coder="CD")
    graph.claim("read CODED_AS k1", coder="AB")
    rows = asked.rows("quality/sources_not_coded", {"kinds": ["interview"]})
    assert only(rows, "source", "answer", "coders") == [("int1", "in part", ["AB", "CD"]), ("int2", "not coded", [])]


def test_a_passage_that_is_from_a_document_and_about_it_counts_once(small: Small) -> None:
    graph, asked = small
    graph.nodes("Code", "k1", "k2", code="1.1")
    graph.nodes("CaseStudy", "case")
    graph.nodes("Document", "paper", doc_number="D1")
    graph.nodes("DataSource", "form", kind="document")
    graph.nodes("Extract", "both", "from_it", "about_it", "uncoded")
    graph.claims("paper IN_CASE case", "form OF_DOCUMENT paper", "both FROM form", "both ABOUT paper")
    graph.claims("from_it FROM form", "about_it ABOUT paper", "uncoded FROM form", "uncoded ABOUT paper")
    graph.claims("both CODED_AS k1", "both CODED_AS k2", "from_it CODED_AS k1", "about_it CODED_AS k1")
    graph.write()
    (row,) = asked.store.read(load_query("lookup/collected_documents").text, {"id": graph.id("case")})
    assert row["coded_passages"] == 3
