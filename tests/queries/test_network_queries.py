"""Questions 15 to 24, of people and groups at a site: every query against hand-made answers, on three engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from journeys.store.queries.library import read_library
from tests.queries.asking import Asked, Claims, answers, expected, in_short
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]


@pytest.mark.parametrize(("query", "ask", "columns", "rows"), answers("network_answers.yaml"))
def test_the_demonstration_study_answers(
    asked: Asked, demo_claims: Claims, query: str, ask: dict[str, Any], columns: list[str], rows: list[list[Any]]
) -> None:
    assert in_short(asked.rows(query, ask), columns, demo_claims) == expected(rows, columns)


# -- what a study can hold and the demonstration study does not

MARCH, MAY = date(2011, 3, 1), date(2011, 5, 1)
ON_MARCH, ON_MAY = {"date_from": MARCH, "date_to": MARCH}, {"date_from": MAY, "date_to": MAY}


def sites(graph: SmallGraph) -> None:
    """North with two case studies and a board, South with one; a meeting of the board, one of a case study and of no
    group, and one that belongs nowhere."""
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "north-one", "north-two", "south-one")
    graph.nodes("Arena", "board", kind="board")
    graph.nodes("Meeting", "board-met", **ON_MARCH)
    graph.nodes("Meeting", "case-met", "met")
    graph.claims("north-one AT_SITE north", "north-two AT_SITE north", "south-one AT_SITE south", "board AT_SITE north")
    graph.claims("board-met OF_ARENA board", "case-met IN_CASE south-one")


def test_one_introduction_by_three_sources_of_a_document_in_two_cases_is_one(small: Small) -> None:
    graph, asked = small
    sites(graph)
    graph.nodes("Document", "paper", "other")
    graph.nodes("Evidence", "loose")
    graph.nodes("DataSource", "s1", "s2", "s3")
    graph.nodes("Actor", "ann", "bob", "cas", "dan", "eve", "far")
    graph.claims("paper IN_CASE north-one", "paper IN_CASE north-two", "other IN_CASE north-one")
    graph.claims(
        "ann AT_SITE north", "bob AT_SITE north", "dan AT_SITE north", "eve AT_SITE south", "far AT_SITE south"
    )
    for source in ("s1", "s2", "s3"):
        graph.claim("ann INTRODUCED paper", source=source, at_meeting="board-met", **ON_MARCH)
    graph.claim("ann INTRODUCED loose", source="s1")  # of no case study and at no meeting: where she belongs
    graph.claims(
        "ann INTRODUCED other", source="s1", at_meeting="met"
    )  # a meeting that belongs nowhere: the document's
    graph.claim("bob INTRODUCED paper", source="s1", at_meeting="case-met")  # at the other site
    graph.claim("bob INTRODUCED paper", source="s1", status="withdrawn")
    graph.claim("bob INTRODUCED paper", mode="derived", derived_from=["x"])
    graph.claim("cas INTRODUCED paper", source="s2", at_meeting="board-met")  # belongs to no site
    graph.claim("dan INTRODUCED paper", source="s2", negated=True)
    graph.claim("eve AUTHORED paper", source="s2", date_to=MARCH)
    graph.claim("far ATTENDED board-met")

    def told(**given: Any) -> dict[str, tuple[int, int, int, int, int]]:
        rows = asked.rows("networks/introducers", given)
        columns = ("introduced", "written_or_obtained", "reported_not_introduced", "dated_claims", "sources")
        return {row["actor"]: tuple(row[column] for column in columns) for row in rows}

    north = {"ann": (3, 0, 0, 3, 3), "cas": (1, 0, 0, 0, 1), "eve": (0, 1, 0, 1, 1)}
    nothing = {"bob": (0, 0, 0, 0, 0), "dan": (0, 0, 1, 0, 1), "far": (0, 0, 0, 0, 0)}
    assert told(site="north") == north | nothing
    assert told(site="south") == {"bob": (1, 0, 0, 0, 1), "eve": (0, 0, 0, 0, 0), "far": (0, 0, 0, 0, 0)}
    # The board's meeting is of no case study, so the document's count; nobody is said to belong to one.
    assert told(case="north-two") == {
        "ann": (1, 0, 0, 3, 3),
        "cas": (1, 0, 0, 0, 1),
        "dan": (0, 0, 1, 0, 1),
        "eve": (0, 1, 0, 1, 1),
    }
    # What has no date may have been later, and is counted.
    assert told(site="north", **{"from": MAY})["ann"] == (2, 0, 0, 0, 1)
    assert told(site="north", confidences=["high"])["ann"] == (0, 0, 0, 0, 0)


def test_organisations_and_groups_contest_too_and_what_nobody_brought_is_nobodys(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", "orphan")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("Organisation", "pct", kind="pct")
    graph.nodes("Organisation", "club", kind="vcf")
    graph.nodes("Organisation", "unlisted")
    graph.nodes("Organisation", "other", kind="sha")
    graph.nodes("Arena", "board")
    graph.claims("ann INTRODUCED paper", "ann AUTHORED paper", "board AUTHORED paper")
    graph.claim("bob AUTHORED paper", negated=True)
    graph.claim("bob MEMBER_OF other")
    graph.claim("board SITS_IN other", negated=True)
    graph.claims("ann MEMBER_OF club", "ann MEMBER_OF unlisted", "board SITS_IN pct")
    graph.claim("ann MEMBER_OF pct", negated=True)
    graph.claims("pct CONTESTED paper", "pct CONTESTED paper", "ann CONTESTED orphan")
    graph.claim("pct CONTESTED paper", mode="derived", derived_from=["x"])
    graph.claim("bob CONTESTED paper", negated=True)

    contests = asked.rows("networks/contests")
    columns = ("who", "who_kind", "whose", "theirs_by", "items", "reported_not_contested")
    assert [tuple(row[column] for column in columns) for row in contests] == [
        ("ann", "Actor", None, [], 1, 0),
        ("pct", "Organisation", "ann", ["authored", "introduced"], 1, 0),
        ("pct", "Organisation", "board", ["authored"], 1, 0),
        ("bob", "Actor", "ann", ["authored", "introduced"], 0, 1),
        ("bob", "Actor", "board", ["authored"], 0, 1),
    ]
    kinds = asked.rows("networks/contests_by_bringer")
    assert [(row["organisation_kind"], row["items"], row["contested"], row["contesters"]) for row in kinds] == [
        ("not known", 1, 1, 1),
        ("not stated", 1, 1, 1),
        ("pct", 1, 1, 1),
        ("vcf", 1, 1, 1),
    ]


def test_evidence_counts_once_by_type_however_often_it_is_contested(small: Small) -> None:
    graph, asked = small
    sites(graph)
    graph.nodes("Evidence", "a1", "a2", evidence_type="6.7")
    graph.nodes("Evidence", "none")
    graph.nodes("Evidence", "away", evidence_type="6.5")
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("DataSource", "s1")
    graph.claims("a1 IN_CASE north-one", "a1 IN_CASE north-two", "a2 IN_CASE north-one", "away IN_CASE south-one")
    graph.claims("ann CONTESTED a1", "ann CONTESTED a1", "bob CONTESTED a1", source="s1")
    graph.claims("a1 PRESENTED_IN paper", "ann CONTESTED paper", "paper IN_CASE north-one")
    graph.claim("a2 PRESENTED_IN paper", negated=True)
    graph.claim("bob CONTESTED a2", negated=True)
    graph.claim("ann SUPPORTED a2")
    graph.claim("ann REFERRED_TO none", at_meeting="board-met")

    rows = asked.rows("networks/contests_by_type", {"site": "north"})

    columns = ("evidence_type", "all_evidence", "contested", "supported", "contesters", "in_contested_documents")
    assert [tuple(row[column] for column in columns) for row in rows] == [("6.7", 2, 1, 1, 2, 1), (None, 1, 0, 0, 0, 0)]
    assert [(row["reported_not_contested"], row["sources"], len(row["claims"])) for row in rows] == [
        (1, 1, 5),
        (0, 0, 0),
    ]


def test_what_was_reported_not_to_be_contested_at_a_meeting_is_counted_at_its_site(small: Small) -> None:
    """Also evidence of another site, of which nothing else is recorded at this one."""
    graph, asked = small
    sites(graph)
    graph.nodes("Evidence", "away", "elsewhere", evidence_type="6.5")
    graph.nodes("Actor", "ann")
    graph.claims("away IN_CASE south-one", "elsewhere IN_CASE south-one")
    graph.claim("ann CONTESTED away", negated=True, at_meeting="board-met")
    graph.claim("ann INTRODUCED elsewhere", negated=True, at_meeting="board-met")

    rows = asked.rows("networks/contests_by_type", {"site": "north"})
    columns = ("evidence_type", "all_evidence", "contested", "share", "reported_not_contested")
    assert [tuple(row[column] for column in columns) for row in rows] == [("6.5", 1, 0, 0.0, 1)]


def test_raising_twice_at_one_meeting_is_once_and_other_issues_are_told_apart(small: Small) -> None:
    graph, asked = small
    sites(graph)
    graph.nodes("Actor", "ann", "bob")
    graph.claims("ann RAISED board-met", "ann RAISED board-met", issue="ethnic_equality")
    graph.claim("ann RAISED case-met", issue="evidence_use")
    graph.claim("bob RAISED board-met", issue="parking")
    graph.claim("bob RAISED board-met", issue="evidence_use", negated=True)

    def told(**given: Any) -> list[tuple[Any, ...]]:
        rows = asked.rows("networks/raisers", given)
        columns = (
            "actor",
            "ethnic_equality",
            "evidence_use",
            "both",
            "other_issues",
            "reported_not_raised",
            "dated_claims",
        )
        return [tuple(row[column] for column in columns) for row in rows]

    assert told() == [("ann", 1, 1, True, [], 0, 2), ("bob", 0, 0, False, ["parking"], 1, 2)]
    assert told(site="north") == [("ann", 1, 0, False, [], 0, 2), ("bob", 0, 0, False, ["parking"], 1, 2)]
    assert told(site="south") == [("ann", 0, 1, False, [], 0, 0)]
    assert told(case="south-one", **{"from": MAY}) == [("ann", 0, 1, False, [], 0, 0)]
    assert told(site="north", **{"from": MAY}) == []


def test_an_action_returns_only_at_a_meeting_that_is_certainly_later(small: Small) -> None:
    graph, asked = small
    graph.nodes("Meeting", "first", **ON_MARCH)
    graph.nodes("Meeting", "second", **ON_MAY)
    graph.nodes("Meeting", "undated")
    graph.nodes("CaseStudy", "case")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("Action", "back", "gone", "nobodys", "bare", "perhaps")
    graph.claim("ann TOOK_AWAY back", at_meeting="first", **ON_MARCH)
    graph.claim("ann TOOK_AWAY back", at_meeting="second", **ON_MAY)
    graph.claim("ann TOOK_AWAY gone")  # no meeting named: those it arises from
    graph.claims("gone ARISES_FROM first", "nobodys ARISES_FROM second", "nobodys ARISES_FROM second")
    graph.claim("bob TOOK_AWAY gone", negated=True, at_meeting="first")
    graph.claim("case RESULTED_IN gone", negated=True, at_meeting="second")
    graph.claim("bob TOOK_AWAY perhaps", at_meeting="first")
    graph.claims("bob CHAMPIONED perhaps", "case RESULTED_IN perhaps", at_meeting="undated")
    graph.claim("bob CHAMPIONED bare", at_meeting="second")

    rows = asked.rows("networks/actions_taken")

    columns = ("actor", "action", "reported_not_to_have_happened", "meetings", "returned", "later_meetings", "outcome")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("ann", "back", False, ["first", "second"], "yes", ["second"], "not known"),
        ("ann", "gone", False, ["first"], "not known", [], "reported not to have come about"),
        ("bob", "gone", True, ["first"], "not known", [], "reported not to have come about"),
        ("bob", "perhaps", False, ["first"], "not known", [], "came about"),
        (None, "nobodys", False, ["second"], "not known", [], "not known"),
    ]


def test_a_person_in_two_organisations_bridges_them_and_a_denied_membership_does_not(small: Small) -> None:
    graph, asked = small
    graph.nodes("Actor", "ann", "bob", "cas", "dan")
    graph.nodes("Organisation", "pct", kind="pct")
    graph.nodes("Organisation", "council", kind="la")
    graph.nodes("Arena", "board", "team")
    graph.nodes("Meeting", "met")
    graph.claims("team SITS_IN board", "board SITS_IN pct", "met OF_ARENA team")
    graph.claims("ann MEMBER_OF pct", "ann REPRESENTED council", "ann MEMBER_OF pct")
    graph.claims("bob MEMBER_OF council", "bob ATTENDED met")  # a guest of the PCT, through two arenas
    graph.claims("cas MEMBER_OF pct", "cas MEMBER_OF team")
    graph.claim("cas MEMBER_OF council", negated=True)
    graph.claim("cas MEMBER_OF board", status="withdrawn")
    graph.claims("dan MEMBER_OF team", "dan MEMBER_OF board", "dan MEMBER_OF pct")

    rows = asked.rows("networks/bridges")

    columns = ("actor", "bridges", "organisations", "hosts", "kinds", "arenas")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("bob", "organisations", ["council"], ["pct"], ["la", "pct"], ["team"]),
        ("ann", "organisations", ["council", "pct"], [], ["la", "pct"], []),
        ("dan", "arenas", ["pct"], [], ["pct"], ["board", "team"]),
    ]


def test_expertise_is_where_it_is_decided_when_a_decision_arose_from_a_meeting_of_the_group(small: Small) -> None:
    graph, asked = small
    graph.nodes("Actor", "ann", designation="Equality lead")
    graph.nodes("Actor", "bob", skills="ethnic monitoring")
    graph.nodes("Actor", "cas", "dan", designation="accountant")
    graph.nodes("CaseStudy", "case")
    graph.nodes("Arena", "team", "crew", kind="team")
    graph.nodes("Meeting", "met", "crew-met")
    graph.nodes("Action", "choice", kind="decision")
    graph.claims("met OF_ARENA team", "choice ARISES_FROM met", "ann ATTENDED met", "cas MEMBER_OF team")
    graph.claim("bob MEMBER_OF team", negated=True)
    graph.claim("cas RESPONSIBLE_FOR case", **{"for": "ethnicity"})
    graph.claim("dan RESPONSIBLE_FOR case", negated=True, **{"for": "ethnicity"})
    graph.claim("dan RESPONSIBLE_FOR case", **{"for": "evidence"})
    graph.claim("cas MEMBER_OF crew")
    graph.claim("choice ARISES_FROM crew-met", negated=True)
    graph.claim("crew-met OF_ARENA crew")

    rows = asked.rows("networks/expertise")

    assert [(row["actor"], row["signs"], row["decision_arenas"], row["where_decided"]) for row in rows] == [
        ("ann", ["designation: Equality lead"], ["team"], "yes"),
        ("bob", ["skills: ethnic monitoring"], [], "not known"),
        ("cas", ["responsible for ethnicity"], ["team"], "yes"),
    ]


def test_public_health_may_be_a_group_an_observatory_or_one_of_its_people(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", "other")
    graph.nodes("Organisation", "observatory", kind="pho")
    graph.nodes("Arena", "Public-health-team", "board")
    graph.nodes("Actor", "ann", professional_identity="Public Health specialist")
    graph.nodes("Actor", "bob", "cas")
    graph.claims("bob MEMBER_OF observatory", "observatory COMMISSIONED paper", "cas INTRODUCED paper")
    graph.claims("bob CONTRIBUTED_TO paper", "board USED paper", "paper SENT_TO ann")
    graph.claim("ann SUPPORTED paper", negated=True)
    graph.claim("bob REFERRED_TO paper", mode="derived", derived_from=["x"])
    graph.claim("cas MEMBER_OF observatory", negated=True)

    rows = asked.rows("networks/public_health", {"words": ["public health", "public-health"]})

    assert [(row["thing"], row["who"], row["did"], row["reported_not_done"]) for row in rows] == [
        ("other", None, [], []),
        ("paper", "ann", ["sent to"], ["supported"]),
        ("paper", "bob", ["contributed to"], []),
        ("paper", "observatory", ["commissioned"], []),
    ]


def test_absent_is_who_was_found_so_or_is_a_member_and_not_on_the_list(small: Small) -> None:
    graph, asked = small
    sites(graph)
    graph.nodes("Actor", "ann", "bob", "cas", "dan", "eve", "gus", "hal")
    graph.nodes("Meeting", "observed", observed=True, **ON_MAY)
    graph.nodes("Meeting", "no-list", observed=True)
    graph.claims("observed OF_ARENA board", "no-list OF_ARENA board")
    graph.claims("ann MEMBER_OF board", "bob MEMBER_OF board", "ann ATTENDED observed")
    graph.claim("eve MEMBER_OF board", date_to=MARCH)  # left before
    graph.claim("hal MEMBER_OF board", date_to=MAY)  # left on the day
    graph.claim("gus MEMBER_OF board", negated=True)
    graph.claim("bob ATTENDED observed", negated=True)
    graph.claim("bob ATTENDED observed", negated=True, status="withdrawn")
    graph.claim("cas INVOLVED_IN south-one", expected=True, negated=True)
    graph.claim("dan INVOLVED_IN south-one", excluded=True)
    graph.claim("ann INVOLVED_IN south-one", expected=True)
    graph.claim("eve INVOLVED_IN north-one", negated=True)
    graph.claim("dan MEMBER_OF board")
    graph.claim("bob ATTENDED no-list", negated=True, status="to_follow_up")

    def told(**given: Any) -> list[tuple[str, str, str]]:
        rows = asked.rows("networks/absences", given)
        return [(row["actor"], row["how"], row["what"]) for row in rows]

    assert told() == [
        ("dan", "excluded", "south-one"),
        ("cas", "expected and not involved", "south-one"),
        ("eve", "not involved", "north-one"),
        ("bob", "reported absent", "no-list"),  # nobody is listed there, so nobody else is missed
        ("bob", "reported absent", "observed"),
        ("dan", "not on the list", "observed"),
        ("hal", "not on the list", "observed"),
    ]
    assert told(site="north") == told()[2:]
    assert told(case="south-one") == told()[:2]


def test_a_tie_to_research_is_found_from_either_end_and_counts_what_it_carried(small: Small) -> None:
    graph, asked = small
    graph.nodes("Organisation", "school", kind="research")
    graph.nodes("Organisation", "pct", kind="pct")
    graph.nodes("Actor", "ann", designation="Lead commissioner")
    graph.nodes("Actor", "doc", designation="GP", skills="Research and audit")
    graph.nodes("Actor", "fellow", "nurse")
    graph.nodes("Evidence", "trial", "survey", "rumour")
    graph.claims("fellow MEMBER_OF school", "nurse MEMBER_OF pct")
    graph.claims("ann RELATES_TO doc", "doc RELATES_TO ann", kind="old friends")
    graph.claim("school RELATES_TO pct", kind="contract", date_text="since 1990", date_from=date(1990, 1, 1))
    graph.claim("fellow RELATES_TO nurse", kind="siblings", negated=True)
    graph.claim("ann RELATES_TO nurse", kind="colleagues")
    graph.claims("doc GENERATED trial", "doc INTRODUCED trial", "doc INTRODUCED survey", "ann USED trial")
    graph.claim("ann USED survey", negated=True)
    graph.claims("doc INTRODUCED rumour", "nurse MEMBER_OF school", "fellow MEMBER_OF pct", negated=True)

    rows = asked.rows("networks/research_ties")

    columns = (
        "researcher",
        "commissioner",
        "reported_not_to_have_happened",
        "relation",
        "dates",
        "brought",
        "taken_up",
    )
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("doc", "ann", False, ["old friends"], [], ["survey", "trial"], ["trial"]),
        ("fellow", "nurse", True, ["siblings"], [], [], []),
        ("school", "pct", False, ["contract"], ["since 1990"], [], []),
    ]
    assert len(rows[0]["claims"]) == 6


def test_responsibility_is_shared_by_one_account_or_lies_with_a_group_or_accounts_differ(small: Small) -> None:
    graph, asked = small
    graph.nodes("DataSource", "s1", "s2")
    graph.nodes("CaseStudy", "shared", "single", "group", "differ", "denied", "other")
    graph.nodes("Actor", "ann", "bob", kind="person")
    graph.nodes("Actor", "crew", kind="collective")
    ethnicity = {"for": "ethnicity"}
    graph.claims("ann RESPONSIBLE_FOR shared", "bob RESPONSIBLE_FOR shared", source="s1", **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR shared", source="s2", **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR single", source="s1", **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR single", source="s2", scope="ethnicity_specific")
    graph.claim("bob RESPONSIBLE_FOR single", source="s2", negated=True, **ethnicity)
    graph.claim("crew RESPONSIBLE_FOR group", source="s1", **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR differ", source="s1", **ethnicity)
    graph.claim("bob RESPONSIBLE_FOR differ", source="s2", **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR denied", source="s1", negated=True, **ethnicity)
    graph.claim("ann RESPONSIBLE_FOR other", source="s1", scope="ethnicity_specific", **{"for": "evidence"})

    rows = asked.rows("networks/responsibility")

    columns = ("responsible_for", "who", "who_kind", "reported_not_to_have_happened", "sources", "holders", "lies_with")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("denied", "ann", "person", True, 1, 0, "nobody"),
        ("differ", "ann", "person", False, 1, 2, "sources disagree"),
        ("differ", "bob", "person", False, 1, 2, "sources disagree"),
        ("group", "crew", "collective", False, 1, 1, "shared"),
        ("shared", "ann", "person", False, 2, 2, "shared"),
        ("shared", "bob", "person", False, 1, 2, "shared"),
        ("single", "ann", "person", False, 2, 1, "one person"),
        ("single", "bob", "person", True, 1, 1, "one person"),
    ]


PLACED = {
    "networks/introducers": ("INTRODUCED", {}),
    "networks/contests": ("CONTESTED", {}),
    "networks/contests_by_type": ("CONTESTED", {}),
    "networks/contests_by_bringer": ("CONTESTED", {}),
    "networks/absences": ("MADE_AWARE_OF", {"negated": True}),
    "networks/responsibility": ("RESPONSIBLE_FOR", {"for": "ethnicity"}),
}
"""Queries of what happens at a site, each with a kind of claim that leads from a person to a piece of evidence."""


@pytest.mark.parametrize("query", PLACED)
def test_a_claim_is_where_the_meeting_was_else_where_the_thing_belongs_else_where_the_person_does(
    small: Small, query: str
) -> None:
    graph, asked = small
    sites(graph)
    kind, properties = PLACED[query]
    graph.nodes("Actor", "ann")
    graph.nodes("Evidence", "theirs", "loose")
    graph.claims("ann AT_SITE north", "board IN_CASE north-two", "theirs IN_CASE south-one")
    at_board = graph.claim(f"ann {kind} theirs", at_meeting="board-met", **properties)
    at_home = graph.claim(f"ann {kind} theirs", **properties)
    hers = graph.claim(f"ann {kind} loose", **properties)

    def behind(**given: str) -> set[str]:
        return {claim for row in asked.rows(query, given) for claim in row["claims"]}

    # Of what came up at no meeting and belongs to no case study, how much there is at a site cannot be counted.
    countless = query in ("networks/contests_by_type", "networks/contests_by_bringer")
    assert behind() == {at_board, at_home, hers}
    assert behind(site="north") == ({at_board} if countless else {at_board, hers})
    assert behind(site="south") == behind(case="south-one") == {at_home}
    assert behind(case="north-two") == {at_board}
    assert behind(case="north-one") == set()


def test_people_belong_where_they_are_members_were_present_or_took_part(small: Small) -> None:
    graph, asked = small
    sites(graph)
    graph.nodes("Organisation", "pct", "council")
    graph.nodes("Actor", "own", "member", "guest", "partner", "denied", "elsewhere")
    graph.claims("own AT_SITE north", "member MEMBER_OF board", "guest ATTENDED board-met")
    graph.claims("partner INVOLVED_IN north-one", "elsewhere AT_SITE south", "board IN_CASE north-one")
    graph.claims("denied MEMBER_OF board", "denied ATTENDED board-met", "denied INVOLVED_IN north-one", negated=True)
    for name in ("own", "member", "guest", "partner", "denied", "elsewhere"):
        graph.claims(f"{name} MEMBER_OF pct", f"{name} MEMBER_OF council")

    def who(query: str, **given: str) -> set[str]:
        return {row["actor"] for row in asked.rows(query, given)}

    assert who("networks/bridges", site="north") == {"own", "member", "guest", "partner"}
    assert who("networks/introducers", site="north") == {"own", "member", "guest", "partner"}
    assert who("networks/bridges", case="north-one") == {"member", "guest", "partner"}
    assert who("networks/introducers", case="north-one") == {"member", "guest", "partner"}


@pytest.mark.parametrize("query", [query.name for query in read_library().queries if query.group == "networks"])
def test_a_study_without_a_claim(small: Small, query: str) -> None:
    graph, asked = small
    graph.nodes("Site", "empty")
    graph.nodes("Actor", "ann")
    graph.nodes("Document", "paper")

    rows = asked.rows(query)

    assert all(row["claims"] == [] and row["sources"] == 0 for row in rows)
    named = {"networks/introducers": ["ann"], "networks/public_health": ["paper"]}
    assert [row.get("thing", row.get("actor")) for row in rows if "share" not in row] == named.get(query, [])
    if query not in ("networks/research_ties", "networks/responsibility"):
        assert asked.rows(query, {"site": "empty"}) == []
