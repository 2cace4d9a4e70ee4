"""Questions 25 to 36, of patterns across cases: every query against hand-made answers, on three engines."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from journeys.model.schema import load_schema
from journeys.store.queries.library import load_query
from tests.queries.asking import Asked, Claims, Row, answers, expected, in_short
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]

ETHNICITY = {"equality_strand": "ethnicity"}
WITHDRAWN, DERIVED, NOT_SO = {"status": "withdrawn"}, {"mode": "derived"}, {"negated": True}


@pytest.mark.parametrize(("query", "ask", "columns", "rows"), answers("pattern_answers.yaml"))
def test_the_demonstration_study_answers(
    asked: Asked, demo_claims: Claims, query: str, ask: dict[str, Any], columns: list[str], rows: list[list[Any]]
) -> None:
    assert in_short(asked.rows(query, ask), columns, demo_claims) == expected(rows, columns)


def two_sites(graph: SmallGraph) -> None:
    """Two sites, north with two case studies; Ann and a meeting at north, Bo at south; three sources."""
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "n1", "n2", "s1")
    graph.claims("n1 AT_SITE north", "n2 AT_SITE north", "s1 AT_SITE south")
    graph.nodes("Actor", "ann", "bo")
    graph.claims("ann AT_SITE north", "bo AT_SITE south")
    graph.nodes("Meeting", "m1", date_from=date(2011, 5, 2), date_to=date(2011, 5, 2))
    graph.claim("m1 IN_CASE n1")
    graph.nodes("DataSource", "int1", "int2", kind="interview")
    graph.nodes("DataSource", "obs", kind="observation")


def on(day: str, to: str | None = None) -> dict[str, date]:
    """The bounds of a date."""
    return {"date_from": date.fromisoformat(day), "date_to": date.fromisoformat(to or day)}


def only(rows: list[Row], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_cycle_elements_one_use_told_twice_at_one_site_of_two(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "census", **ETHNICITY)
    graph.nodes("CycleElement", "budget", label="Setting the budget")
    graph.nodes("CycleElement", "needs", label="Needs assessment")
    graph.claims("census IN_CASE n1", "census IN_CASE n2", "census IN_CASE s1", "census CONCERNS needs")
    told = [graph.claim("ann USED census", source=source, element="reviewing_provision") for source in ("int1", "int2")]
    graph.claim("bo USED census", source="int1", element="Managing performance", **NOT_SO)
    graph.claim("bo USED census", source="obs", element="Deciding priorities", **WITHDRAWN)
    graph.claim("bo USED census", element="Deciding priorities", **DERIVED)
    graph.claim("bo USED census", source="obs", element=graph.id("budget"))
    graph.claim("ann USED census", source="obs", at_meeting="m1")

    rows = asked.rows("patterns/cycle_elements_used")
    assert len(rows) == 2 * 11  # ten elements of the vocabulary and the study's own; no use is at no element
    answered = [row for row in rows if row["answer"] != "not recorded"]
    assert only(
        answered, "site", "element", "answer", "uses", "uses_of_its_subject", "reported_not_used", "sources"
    ) == [
        ("north", "Needs assessment", "used", 0, 1, 0, 1),
        ("north", "Reviewing service provision", "used", 1, 0, 0, 2),
        ("south", "Managing performance", "reported not used", 0, 0, 1, 1),
        ("south", "Setting the budget", "used", 1, 0, 0, 1),
    ]
    assert set(told) == set(answered[1]["claims"])
    assert len(asked.rows("patterns/cycle_elements_used", {"site": "south"})) == 11
    assert not asked.rows("patterns/cycle_elements_used", {"case": "n2", "site": "north"})[0]["claims"]


def test_cycle_elements_of_a_study_without_sites_or_with_uses_of_no_site(small: Small) -> None:
    graph, asked = small
    assert asked.rows("patterns/cycle_elements_used") == []
    graph.nodes("Evidence", "census", **ETHNICITY)
    graph.nodes("Actor", "visitor")
    graph.claim("visitor USED census")
    assert only(asked.rows("patterns/cycle_elements_used"), "site", "element", "answer", "uses_of_its_subject") == [
        (None, None, "used", 1)
    ]


def test_use_types_keep_the_undated_and_say_so(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "census", evidence_type="6.5")
    graph.nodes("Evidence", "stories", evidence_type="6.6", **ETHNICITY)
    graph.nodes("Document", "plan")
    graph.claims("census IN_CASE n1", "stories IN_CASE s1")
    graph.claim("ann USED census", use_type="conceptual", scope="both", **on("2011-05-01", "2011-05-31"))
    graph.claim("ann USED census", use_type="other", scope="general", confidence="low")
    graph.claim("bo USED stories", use_type="instrumental", **on("2012-01-01"))
    graph.claim("bo USED plan", **NOT_SO)

    asked_for = {"from": "2011-05-15", "to": "2011-12-31"}
    columns = (
        "site",
        "kind",
        "type",
        "use_type",
        "pieces",
        "uses",
        "on_ethnicity",
        "reported_not_used",
        "dated_claims",
    )
    assert only(asked.rows("patterns/use_types", asked_for), *columns) == [
        ("north", "Evidence", "6.5", "conceptual", 1, 1, 1, 0, 1),
        ("north", "Evidence", "6.5", "other", 1, 1, 0, 0, 0),
        ("south", "Evidence", "6.6", None, 1, 0, 0, 0, 0),
        ("south", "Document", None, None, 1, 0, 0, 1, 0),
    ]
    sure = {**asked_for, "confidences": "high, medium, not_stated", "site": "north"}
    assert only(asked.rows("patterns/use_types", sure), "use_type") == [("conceptual",)]
    assert only(asked.rows("patterns/use_types", {"scope": "general", "site": "north"}), "use_type") == [
        ("conceptual",),
        ("other",),
    ]
    on_ethnicity = asked.rows("patterns/use_types_on_ethnicity", {"site": "south"})
    assert {row["use_type"] for row in on_ethnicity if row["on_ethnicity"]} == {"instrumental"}
    assert len(on_ethnicity) == 6


def test_stages_by_claims_and_by_a_researchers_telling(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "stories", **ETHNICITY)
    graph.nodes("Document", "review", "other")
    graph.nodes("Journey", "told")
    graph.nodes("Step", "last", stage="impact", **on("2012-02-01"))
    graph.nodes("Driver", "law")
    graph.claims("told JOURNEY_OF stories", "last STEP_OF told", "stories PRESENTED_IN review", "review CITED other")
    graph.claim("review TABLED_AT m1", **DERIVED)
    graph.claim("bo CONTESTED stories", **WITHDRAWN)
    graph.claim("bo USED stories", **NOT_SO)
    graph.claim("law PROMPTED review", **on("2011-01-01"))
    graph.claim("ann CHAMPIONED law")
    graph.claim("bo CHAMPIONED law", **NOT_SO)

    columns = (
        "journey",
        "champions",
        "stages",
        "furthest",
        "reached_in_documents",
        "reported_not_reached",
        "date_from",
        "date_to",
    )
    assert only(asked.rows("patterns/stages_reached"), *columns) == [
        (
            "stories",
            [],
            ["presentation_application", "impact"],
            "impact",
            [],
            ["use"],
            date(2012, 2, 1),
            date(2012, 2, 1),
        ),
        ("other", [], ["presentation_application"], "presentation_application", [], [], None, None),
        ("review", ["ann"], ["impetus"], "impetus", [], [], date(2011, 1, 1), date(2011, 1, 1)),
    ]


def test_drivers_in_three_valued_order(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "audit", **ETHNICITY)
    graph.nodes("Arena", "board")
    graph.nodes("Driver", "d1", "d2", "d3", "d4", "d5", "d6")
    graph.claims("audit IN_CASE n1", "ann MEMBER_OF board")
    graph.claim("ann COMMISSIONED audit", source="int1", **on("2011-03-01", "2011-03-31"))
    graph.claim("ann COMMISSIONED audit", source="int2", **on("2011-03-01", "2011-03-31"))
    graph.claim("d1 PROMPTED audit", **on("2011-02-28"))
    graph.claim("d2 PROMPTED n1", **on("2011-04-01"))
    graph.claim("d3 PROMPTED board", date_from=date(2011, 3, 31))
    graph.claim("d4 PROMPTED audit")
    graph.claim("d5 PROMPTED audit", **NOT_SO)
    graph.claim("d6 PROMPTED audit", **WITHDRAWN)

    rows = asked.rows("patterns/drivers_before_seeking")
    assert only(rows, "driver", "by_way_of", "order", "sources", "date_known") == [
        ("d1", "what was sought", "certainly before", 2, True),
        ("d2", "its case study", "certainly after", 2, True),
        ("d3", "who sought it", "possibly before or after", 2, True),
        ("d4", "what was sought", "not known", 2, True),
    ]
    assert len(rows[0]["claims"]) == 3


def test_burden_of_proof_by_dates_that_leave_the_order_open(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "stories", **ETHNICITY)
    graph.nodes("Actor", "cy", "di", "ed")
    graph.claim("ann USED stories", source="int1", **on("2011-06-01", "2011-06-30"))
    graph.claim("ann USED stories", source="int2")  # the same, without a date
    graph.claim("ann CONTESTED stories", **on("2011-05-01"))
    graph.claim("bo CONTESTED stories", source="int1", **on("2011-06-15"))
    graph.claim("bo CONTESTED stories", source="int2", **on("2011-06-16"))
    graph.claim("cy CONTESTED stories", **on("2011-07-01"))
    graph.claim("di CONTESTED stories")
    graph.claim("ed CONTESTED stories", **NOT_SO)

    columns = (
        "contested",
        "before_use",
        "possibly_before_use",
        "after_use",
        "not_placed",
        "uses",
        "used_to",
        "dated_claims",
    )
    assert only(asked.rows("patterns/burden_of_proof"), *columns) == [(4, 1, 1, 1, 1, 1, date(2011, 6, 30), 5)]

    graph.claim("ed USED stories")  # another use, of no date: it may have been the first
    assert only(asked.rows("patterns/burden_of_proof"), *columns) == [(4, 0, 2, 1, 1, 2, date(2011, 6, 30), 5)]


def test_rubber_stamping_meetings_with_much_and_with_nothing(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Meeting", "stamped", mode="rubber_stamping", date_from=date(2011, 6, 1), date_to=date(2011, 6, 1))
    graph.nodes("Meeting", "alone", mode="rubber_stamping")
    graph.nodes("Evidence", "early", "late", "open", "undated")
    graph.nodes("Document", "paper")
    graph.nodes("Action", "clinic")
    graph.claim("clinic ARISES_FROM stamped")
    graph.claim("early USED_TO_JUSTIFY clinic", before_or_after_decision="before")
    graph.claim("late USED_TO_JUSTIFY clinic", before_or_after_decision="before", source="int1")
    graph.claim("late USED_TO_JUSTIFY clinic", before_or_after_decision="after", source="int2")
    graph.claim("open INFLUENCED clinic")
    graph.claim("ann CONTESTED undated", at_meeting="stamped", **WITHDRAWN)
    graph.claim("ann SUPPORTED undated", at_meeting="stamped")
    graph.claim("paper TABLED_AT stamped")
    graph.claim("ann INTRODUCED early", **on("2011-05-31"))
    graph.claim("ann INTRODUCED early")  # the same, without a date
    graph.claim("ann INTRODUCED late", **on("2011-06-02"))
    graph.claim("ann INTRODUCED open", **on("2011-05-31", "2011-06-01"))

    assert only(asked.rows("patterns/rubber_stamping"), "meeting", "piece", "tie", "order", "said") == [
        ("stamped", "undated", "at the meeting", "not known", []),
        ("stamped", "paper", "at the meeting", "on the same day", []),
        ("stamped", "early", "for a decision of it", "certainly before", ["before"]),
        ("stamped", "late", "for a decision of it", "certainly after", ["after", "before"]),
        ("stamped", "open", "for a decision of it", "possibly before or after", []),
        ("alone", None, None, None, []),
    ]


def test_supports_and_barriers_count_what_they_act_on(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Factor", "visit", polarity="support")
    graph.nodes("Factor", "time", "rumour", polarity="barrier")
    graph.nodes("Evidence", "stories")
    graph.nodes("Journey", "told")
    graph.claims("stories IN_CASE n1", "told JOURNEY_OF stories")
    for source in ("int1", "int2"):
        graph.claim("time ACTED_ON stories", source=source, scope="general")
    graph.claim("time ACTED_ON told", source="int1", scope="ethnicity_specific")
    graph.claim("time ACTED_ON s1", scope="both")
    graph.claim("visit ACTED_ON n2")
    graph.claim("visit ACTED_ON n1", **WITHDRAWN)
    graph.claim("rumour ACTED_ON s1", **NOT_SO)

    columns = (
        "factor",
        "acted_on",
        "sites",
        "general",
        "ethnicity_specific",
        "both",
        "not_stated",
        "reported_not_to_act",
        "sources",
    )
    assert only(asked.rows("patterns/supports_and_barriers"), *columns) == [
        ("time", 3, ["north", "south"], 1, 1, 1, 0, 0, 2),
        ("visit", 1, ["north"], 0, 0, 0, 1, 0, 0),
        ("rumour", 0, [], 0, 0, 0, 0, 1, 0),
    ]
    assert only(asked.rows("patterns/supports_and_barriers", {"case": "n1"}), "factor", "acted_on") == [("time", 2)]
    assert only(
        asked.rows("patterns/supports_and_barriers", {"scope": "general", "site": "south"}), "factor", "both"
    ) == [("time", 1)]


def test_compelling_evidence_with_accounts_that_differ(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "stories", "census", "ignored")
    graph.claims("ann SUPPORTED stories", "ann SUPPORTED census", "bo CONTESTED ignored")
    graph.claim("bo USED stories", use_type="instrumental")
    graph.claim("bo USED stories", **NOT_SO)
    graph.nodes("Arena", "board")
    graph.claim("census INFLUENCED board")
    graph.claim("bo CONTESTED census", source="int1")
    graph.claim("bo APPRAISED stories", criterion="credibility", verdict="believed")
    told = only(asked.rows("patterns/compelling_not_acted_on"), "compelling", "how_compelling", "verdicts")
    assert told == [
        ("census", "supported and contested", []),
        ("stories", "supported, no contest recorded", ["credibility: believed"]),
    ]
    assert only(asked.rows("patterns/compelling_not_acted_on"), "compelling", "answer") == [
        ("census", "only influence"),
        ("stories", "sources disagree"),
    ]


def test_gathering_with_claims_of_both_scopes_and_withdrawn_ones(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Document", "report", "review")
    graph.nodes("Evidence", "survey")
    graph.nodes("Evidence", "stories", **ETHNICITY)
    graph.claims("report IN_CASE n1", "report IN_CASE n2", "stories IN_CASE s1")
    graph.claim("survey PRESENTED_IN report", scope="both")
    graph.claim("stories PRESENTED_IN review", **WITHDRAWN)
    columns = ("site", "document", "answer", "on_ethnicity", "general")
    assert only(asked.rows("patterns/gathered_within_or_apart"), *columns) == [
        ("north", "report", "within", ["survey"], ["survey"]),
        ("south", None, "in no document", ["stories"], []),
    ]


def test_understandings_heard_in_a_meeting_that_was_minuted(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Understanding", "u1", "u2", "u3", topic="ethnicity")
    graph.nodes("DataSource", "minutes", kind="document")
    graph.nodes("Document", "paper")
    graph.claims("minutes OF_DOCUMENT paper", "paper OF_MEETING m1")
    graph.claim("ann HOLDS u1", source="minutes")
    graph.claim("bo HOLDS u2", source="int1")
    graph.claim("bo HOLDS u3", source="int1", **NOT_SO)
    columns = ("understanding", "answer", "heard_in_meetings", "heard_elsewhere", "reported_not_held")
    assert only(asked.rows("patterns/understandings"), *columns) == [
        ("u3", "in none", [], [], 1),
        ("u2", "only elsewhere", [], ["bo"], 0),
        ("u1", "only in meetings", ["ann"], [], 0),
    ]
    assert only(asked.rows("patterns/understandings", {"site": "north"}), "understanding") == [("u1",)]


def test_good_practice_by_a_note_on_a_journey_and_by_a_finding(small: Small) -> None:
    graph, asked = small
    two_sites(graph)
    graph.nodes("Evidence", "e1", "e2", "e3")
    graph.nodes("Journey", "told", good_practice_note="They came back with it.")
    graph.nodes("Finding", "found", kind="good_practice")
    graph.claims("told JOURNEY_OF e1", "found ABOUT e2")
    for evidence in ("e1", "e2", "e3"):
        graph.claim(f"ann USED {evidence}", use_type="instrumental")
    graph.claim("bo USED e1", use_type="conceptual", **NOT_SO)
    assert only(
        asked.rows("patterns/good_practice_shared"), "feature", "value", "good", "of_good", "others", "of_others"
    ) == [("use type", "instrumental", 2, 2, 1, 1)]


def test_the_words_that_queries_repeat_are_those_of_the_schema() -> None:
    schema = load_schema()
    stages = load_query("patterns/stages_reached").values({"study": "any"})["stages"]
    assert stages == {kind.name: kind.stage for kind in schema.claims.values() if kind.stage}

    elements = re.findall(r"\{label: '([^']+)',\s+names: \[([^\]]+)\]", load_query("patterns/cycle_elements_used").text)
    for (name, term), (label, names) in zip(schema.terms("cycle_element").terms.items(), elements, strict=True):
        assert label == term.label
        assert {label.lower(), name.replace("_", " ")} == set(re.findall(r"'([^']+)'", names))

    listed = re.search(r"UNWIND \[([^\]]+)\] AS use_type", load_query("patterns/use_types_on_ethnicity").text)
    assert listed
    assert re.findall(r"\w+", listed[1]) == [*schema.terms("use_type").terms, "not_stated"]


@pytest.mark.parametrize("given", [{}, {"site": "north"}, {"site": "east"}, {"modes": "verbatim, paraphrase"}])
def test_groups_are_the_rows_added_up(asked: Asked, given: dict[str, Any]) -> None:
    """Each piece counts once, at however many sites it is."""
    compared = {
        (row["scope"], row["kind"]): (row["pieces"], row["contests"], row["before_use"], row["used_pieces"])
        for row in asked.rows("patterns/burden_of_proof_compared", given)
    }
    pieces = {(row["scope"], row["piece_id"]): row for row in asked.rows("patterns/burden_of_proof", given)}
    added: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in pieces.values():
        so_far = added.get((row["scope"], row["kind"]), (0, 0, 0, 0))
        own = (1, row["contested"], row["before_use"], int(row["uses"] > 0))
        added[row["scope"], row["kind"]] = tuple(map(sum, zip(so_far, own, strict=True)))
    assert compared == added

    journeys = {row["journey_id"]: row for row in asked.rows("patterns/stages_reached", given)}
    way = ["generation_access", "appraisal", "synthesis", "presentation_application", "use", "impact"]
    for row in asked.rows("patterns/champions_compared", given):
        group = [
            [way.index(stage) for stage in each["stages"] if stage in way]
            for each in journeys.values()
            if (each["kind"], bool(each["champions"])) == (row["kind"], row["championed"])
        ]
        reached = [sum(max(each, default=-1) >= far for each in group) for far in (3, 4, 5)]
        assert [row["journeys"], row["presented"], row["used"], row["impact"]] == [len(group), *reached]
