"""Questions 1 to 14, of one document or piece of evidence: every query against hand-made answers, on three engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from journeys.store.queries.library import read_library
from tests.queries.asking import Asked, Claims, answers, expected, in_short
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]


@pytest.mark.parametrize(("query", "ask", "columns", "rows"), answers("trace_answers.yaml"))
def test_the_demonstration_study_answers(
    asked: Asked, demo_claims: Claims, query: str, ask: dict[str, Any], columns: list[str], rows: list[list[Any]]
) -> None:
    assert in_short(asked.rows(query, ask), columns, demo_claims) == expected(rows, columns)


# -- what a study can hold and the demonstration study does not

MARCH, MAY, JUNE = date(2011, 3, 1), date(2011, 5, 1), date(2011, 6, 1)


def on(day: date) -> dict[str, date]:
    """The dates of a claim of one day."""
    return {"date_from": day, "date_to": day}


def test_origins_leave_out_what_is_withdrawn_or_derived_and_keep_what_is_denied(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob", "cas")
    graph.nodes("DataSource", "s1", "s2")
    graph.claim("ann AUTHORED paper", source="s1", role="author")
    graph.claim("ann AUTHORED paper", source="s2", role="originating group")
    graph.claim("bob AUTHORED paper", source="s1", negated=True)
    graph.claim("bob COMMISSIONED paper", source="s1", status="withdrawn")
    graph.claim("cas AUTHORED paper", mode="derived", derived_from=["x"])
    graph.claim("cas CONTRIBUTED_TO paper", file="forms/paper.xlsx")

    rows = asked.rows("trace/origins", {"document": "paper"})

    assert [
        (row["part"], row["who"], row["reported_not_to_have_happened"], row["purposes"], row["sources"]) for row in rows
    ] == [
        ("authored", "ann", False, ["author", "originating group"], 2),
        ("authored", "bob", True, [], 1),
        ("contributed to", "cas", False, [], 0),
    ]
    assert rows[2]["according_to"] == ["forms/paper.xlsx"]


def test_a_meeting_of_two_groups_is_one_introduction_and_none_leaves_the_claims_words(small: Small) -> None:
    graph, asked = small
    graph.nodes("Evidence", "stories")
    graph.nodes("Actor", "ann")
    graph.nodes("Arena", "board", "team")
    graph.nodes("Meeting", "joint", "nowhere")
    graph.claims("joint OF_ARENA board", "joint OF_ARENA team")
    graph.claim("ann INTRODUCED stories", at_meeting="joint")
    graph.claim("ann INTRODUCED stories", at_meeting="nowhere", to_arena="the friends", date_to=MARCH)

    rows = asked.rows("trace/introductions", {"document": "stories"})

    assert [(row["meeting"], row["arenas"], row["date_from"], row["date_to"]) for row in rows] == [
        ("nowhere", ["the friends"], None, MARCH),
        ("joint", ["board", "team"], None, None),
    ]


def test_a_box_without_day_or_meeting_is_no_further_introduction(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob", "cas")
    graph.nodes("Meeting", "board", "team")
    graph.nodes("DataSource", "s1", "s2", "s3")
    graph.claim("ann INTRODUCED paper", source="s1", at_meeting="board", **on(MAY))
    graph.claim("ann INTRODUCED paper", source="s2", at_meeting="team", **on(MARCH))
    graph.claim("ann INTRODUCED paper", source="s1")  # s1 places it
    graph.claim("ann INTRODUCED paper", source="s3")  # which of the two is not known
    graph.claim("bob INTRODUCED paper", source="s1", at_meeting="board", **on(MAY))
    graph.claim("bob INTRODUCED paper", source="s3")  # there is only one
    graph.claim("cas INTRODUCED paper", source="s3")

    introductions = asked.rows("trace/introductions", {"document": "paper"})
    timeline = asked.rows("trace/timeline", {"document": "paper"})
    later = asked.rows("trace/timeline", {"document": "paper", "from": JUNE})

    told = [("ann", "team", 1), ("ann", "board", 2), ("bob", "board", 2), ("ann", None, 1), ("cas", None, 1)]
    assert [(row["actor"], row["meeting"], len(row["claims"])) for row in introductions] == told
    assert [(row["who"], row["meeting"], len(row["claims"])) for row in timeline] == told
    # the period is asked of each claim first, as measures do: what has no day of its own may lie in it
    undated = [("ann", None, 2), ("bob", None, 1), ("cas", None, 1)]
    assert [(row["who"], row["meeting"], len(row["claims"])) for row in later] == undated


def test_what_is_of_one_day_stands_in_the_order_of_its_times(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob", "cas")
    graph.nodes("DataSource", "s1")
    graph.claim("ann SUPPORTED paper", source="s1", date_time="16:00", **on(MAY))
    graph.claim("bob CONTESTED paper", source="s1", date_time="14:30", **on(MAY))
    graph.claim("cas APPRAISED paper", source="s1", **on(MAY))
    rows = asked.rows("trace/timeline", {"document": "paper"})
    assert [(row["who"], row["time"]) for row in rows] == [("bob", "14:30"), ("ann", "16:00"), ("cas", None)]


def test_minutes_do_not_come_up_at_their_own_meeting_and_who_left_the_group_is_no_member(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "minutes", doc_number="M")
    graph.nodes("Actor", "ann", "bob", "cas", "dan")
    graph.nodes("Arena", "board", "team")
    graph.nodes("Meeting", "first", **on(MARCH))
    graph.nodes("Meeting", "second", **on(MAY))
    graph.claims("first OF_ARENA board", "second OF_ARENA team", "minutes OF_MEETING first")
    graph.claims("ann MEMBER_OF board", "ann MEMBER_OF team", "bob MEMBER_OF team")
    graph.claim("cas MEMBER_OF team", negated=True)
    graph.claim("minutes TABLED_AT second")
    graph.claim("ann ATTENDED second")
    graph.claim("bob ATTENDED second", negated=True)
    graph.claim("bob MADE_AWARE_OF minutes", negated=True)
    graph.claim("team RECEIVED minutes", reaction="filed")
    graph.claim("team CONTESTED minutes", negated=True)
    graph.claim("minutes SENT_TO dan", negated=True)

    rows = asked.rows("trace/awareness", {"document": "M"})
    living = asked.rows("trace/living_document", {"document": "M"})

    assert [(row["arena"], row["actor"], row["knows"], row["ways"], row["since"]) for row in rows] == [
        ("team", "ann", "yes", ["group acted", "was there"], MAY),
        ("team", "bob", "reported not to know", ["group acted", "not told"], None),
        (None, "dan", "reported not to know", ["not sent it"], None),
    ]
    assert [(row["first_meeting"], row["later"], row["brought_up_by"]) for row in living] == [("second", 0, 0)]


def test_a_time_line_of_uncertain_days_is_ordered_by_what_is_known(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", date_text="before May 2011", date_to=date(2011, 4, 30))
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("DataSource", "s1")
    graph.claim("ann SUPPORTED paper", date_from=JUNE, date_text="after May 2011")
    graph.claim("ann AUTHORED paper", date_from=MARCH, date_to=MAY, source="s1")
    graph.claim("bob SUPPORTED paper", source="s1")
    graph.claim("ann RECEIVED paper", date_to=MARCH)
    graph.claim("paper CITED paper", **on(MAY))

    def told(**given: Any) -> list[tuple[str, str]]:
        rows = asked.rows("trace/timeline", {"document": "paper", **given})
        return [(row["who"], row["what"]) for row in rows]

    # By the last day that each may have been: what is certain by then.
    dated = [("ann", "received"), ("paper", "dated"), ("ann", "authored"), ("paper", "cited"), ("ann", "supported")]
    assert told() == [*dated, ("bob", "supported")]
    assert told(**{"from": JUNE}) == [("ann", "supported"), ("bob", "supported")]
    assert told(to=date(2011, 2, 1)) == [("ann", "received"), ("paper", "dated"), ("bob", "supported")]


def test_changing_sides_is_told_by_days_and_left_open_where_they_do_not_tell(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "mover", "returner", "unclear", "denied", "never", "steady")
    graph.claim("mover CONTESTED paper", date_to=MARCH)
    graph.claim("mover SUPPORTED paper", date_from=MAY, date_to=JUNE)
    graph.claim("returner SUPPORTED paper", **on(MARCH))
    graph.claim("returner CONTESTED paper", **on(MAY))
    graph.claim("returner SUPPORTED paper", **on(JUNE))
    graph.claim("unclear CONTESTED paper", date_from=MARCH, date_to=JUNE)
    graph.claim("unclear SUPPORTED paper", **on(MAY))
    graph.claim("denied CONTESTED paper", **on(MARCH))
    graph.claim("denied SUPPORTED paper", negated=True, **on(MAY))
    graph.claim("denied CHAMPIONED paper", status="withdrawn", **on(MAY))
    graph.claim("never SUPPORTED paper", **on(MARCH))
    graph.claim("never CONTESTED paper", negated=True, **on(MAY))
    graph.claims("steady CONTESTED paper", "steady RECEIVED paper")

    rows = asked.rows("trace/changes_of_side", {"document": "paper"})

    assert [(row["who"], row["change"], len(row["claims"])) for row in rows] == [
        ("mover", "contested, then supported", 2),
        ("returner", "contested, then supported", 2),
        ("returner", "supported, then contested", 2),
        ("unclear", "order not known", 2),
    ]
    assert asked.rows("trace/changes_of_side", {"document": "paper", "scope": "general"}) == []


def test_changing_sides_is_told_on_one_aspect(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "same", "other", "one", "several")
    graph.claim("same CONTESTED paper", aspect="The costs", **on(MARCH))
    graph.claim("same SUPPORTED paper", aspect="the costs ", **on(MAY))
    graph.claim("other CONTESTED paper", aspect="the costs", **on(MARCH))
    graph.claim("other SUPPORTED paper", aspect="version B", **on(MAY))
    graph.claim("one CONTESTED paper", aspect="the costs", **on(MARCH))
    graph.claim("one CHAMPIONED paper", **on(MAY))
    graph.claim("several CONTESTED paper", aspect="the costs", **on(MARCH))
    graph.claim("several CONTESTED paper", aspect="version B", **on(JUNE))
    graph.claim("several SUPPORTED paper", aspect="version B", **on(MAY))

    rows = asked.rows("trace/changes_of_side", {"document": "paper"})

    assert [(row["who"], row["change"], row["aspects"], row["contested_on"], row["supported_on"]) for row in rows] == [
        ("one", "contested, then supported", "perhaps the same", ["the costs"], []),
        ("other", "no change: different aspects", "different", ["the costs"], ["version B"]),
        ("same", "contested, then supported", "the same", ["The costs"], ["the costs "]),
        ("several", "no change: different aspects", "different", ["the costs"], ["version B"]),
        ("several", "supported, then contested", "the same", ["version B"], ["version B"]),
    ]


def test_accounts_and_conflicts_are_of_one_aspect(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob", "cas", "dan", "eve", "fay", "gus", "hal")
    graph.nodes("Meeting", "board")
    graph.nodes("DataSource", "s1", "s2")
    at = {"at_meeting": "board"}
    # In general, and as to ethnicity only.
    graph.claim("fay CONTESTED paper", source="s1", scope="general", **at)
    graph.claim("fay SUPPORTED paper", source="s2", scope="ethnicity_specific", **at)
    graph.claim("gus USED paper", source="s1", scope="general")
    graph.claim("gus USED paper", source="s2", scope="ethnicity_specific", negated=True)
    graph.claim("hal USED paper", source="s1", scope="both")
    graph.claim("hal USED paper", source="s2", scope="ethnicity_specific", negated=True)
    # Another issue was raised than the one that was not.
    graph.claim("ann RAISED board", source="s1", issue="ethnic_equality")
    graph.claim("ann RAISED board", source="s2", issue="evidence_use", negated=True)
    graph.claim("bob RAISED board", source="s1", issue="evidence_use")
    graph.claim("bob RAISED board", source="s2", issue="evidence_use", negated=True)
    graph.claim("ann CONTESTED paper", source="s1", aspect="the costs", **at)
    graph.claim("ann SUPPORTED paper", source="s2", aspect="version B", **at)
    graph.claim("bob CONTESTED paper", source="s1", aspect="the costs", **at)
    graph.claim("bob SUPPORTED paper", source="s1", aspect="version B", **at)
    graph.claim("bob SUPPORTED paper", source="s2", aspect="The costs", **at)
    graph.claim("cas CONTESTED paper", source="s1", aspect="the costs", **at)
    graph.claim("cas SUPPORTED paper", source="s1", aspect="version B", **at)
    graph.claim("cas SUPPORTED paper", source="s2", **at)
    graph.claim("dan CONTESTED paper", source="s1", aspect="the costs")
    graph.claim("dan CONTESTED paper", source="s2", aspect="version B", negated=True)
    # Without a meeting, another day is another act.
    graph.claim("eve CONTESTED paper", source="s1", **on(MARCH))
    graph.claim("eve CONTESTED paper", source="s2", **on(MAY))

    told = asked.rows("trace/accounts", {"document": "paper"})
    conflicts = asked.rows("quality/conflicting_claims")

    assert [(row["differ_on"], row["who"], row["aspect"], row["answer"]) for row in told] == [
        ("stance", "bob", "the costs", "contested"),
        ("stance", "bob", "The costs", "supported"),
        ("whether", "hal", None, "reported not to have happened"),
        ("whether", "hal", None, "reported to have happened"),
    ]
    assert [(row["conflict"], row["who"], row["accounts"]) for row in conflicts] == [
        (
            "whether",
            "bob",
            ["s1: reported to have happened (evidence use)", "s2: reported not to have happened (evidence use)"],
        ),
        ("stance", "bob", ["s1: contested (the costs)", "s2: supported (The costs)"]),
        ("whether", "hal", ["s1: reported to have happened", "s2: reported not to have happened"]),
    ]


def test_where_a_document_went_is_inside_by_a_claim_by_membership_or_not_known(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob", "cas", "dan", "eve")
    graph.nodes("Organisation", "pct", "council")
    graph.nodes("Arena", "board", "team", "club", "guild")
    graph.claims("ann AUTHORED paper", "ann MEMBER_OF pct", "bob MEMBER_OF pct", "bob MEMBER_OF council")
    graph.claim("cas MEMBER_OF pct", negated=True)
    graph.claims("team SITS_IN board", "board SITS_IN pct")
    # Being a member of a group of the council does not make the author one of the council.
    graph.claims("club SITS_IN council", "ann MEMBER_OF club")
    graph.claims("paper SENT_TO team", "paper SENT_TO bob", "paper SENT_TO cas", "paper SENT_TO council")
    graph.claim("paper SENT_TO club", within_organisation=True)
    graph.claim("paper SENT_TO dan", negated=True)
    # What is denied makes nobody an author, a member or a host.
    graph.claims("eve AUTHORED paper", "ann MEMBER_OF council", "guild SITS_IN pct", negated=True)
    graph.claims("eve MEMBER_OF council", "paper SENT_TO guild")

    rows = asked.rows("trace/destinations", {"document": "paper"})

    assert {row["place"]: (row["reach"], row["reported_not_to_have_happened"]) for row in rows} == {
        "team": ("inside", False),
        "bob": ("inside", False),
        "cas": ("not known", False),
        "council": ("outside", False),
        "club": ("inside", False),
        "dan": ("not known", True),
        "guild": ("not known", False),
    }


def test_citations_are_followed_round_circles_and_to_the_end_of_a_long_chain(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", *(f"p{number}" for number in range(12)))
    graph.nodes("Evidence", "general", equality_strand="other")
    graph.nodes("DataSource", "s1", "s2")
    for number in range(11):
        graph.claim(f"p{number} CITED p{number + 1}", source="s1")
    graph.claim("p0 CITED p1", source="s2", scope="both")
    graph.claim("p2 CITED p0", source="s1")
    graph.claim("p0 CITED p5", negated=True)
    graph.claim("p0 CITED p6", status="withdrawn")
    graph.claim("p1 CITED general")

    rows = asked.rows("trace/citations", {"document": "p0"})

    assert [(row["thing"], row["steps"]) for row in rows if row["direction"] == "cites"] == [
        ("p1", 1),
        ("p2", 2),
        ("general", 2),
        *((f"p{number}", number) for number in range(3, 12)),
    ]
    assert [(row["thing"], row["steps"]) for row in rows if row["direction"] == "is cited by"] == [("p2", 1), ("p1", 2)]
    assert {(row["thing"], row["about_ethnicity"]) for row in rows if row["about_ethnicity"] != "not known"} == {
        ("p1", "yes"),
        ("general", "no"),
    }
    assert (rows[0]["sources"], len(rows[0]["claims"])) == (2, 2)
    columns = ("direction", "directly", "directly_about", "at_any_remove", "about", "known", "share")
    shares = asked.rows("trace/citation_share", {"document": "p0"})
    assert [tuple(row[column] for column in columns) for row in shares] == [
        ("cites", 1, 1, 12, 1, 2, 0.5),
        ("is cited by", 1, 0, 2, 0, 0, None),
    ]


def test_a_chain_breaks_at_an_unread_document_and_not_at_a_policy(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", "digest", "bare")
    graph.nodes("Document", "unread", archive_status="mentioned_only")
    graph.nodes("Driver", "policy")
    graph.nodes("Evidence", "census", "talk", "denied")
    graph.nodes("Actor", "ann")
    graph.nodes("Organisation", "office")
    graph.claims("paper CITED digest", "digest CITED unread", "paper CITED policy", "bare CITED policy")
    graph.claims("census PRESENTED_IN digest", "census PRESENTED_IN paper", "talk PRESENTED_IN paper")
    graph.claims("denied PRESENTED_IN paper", "denied PRESENTED_IN unread", "paper CITED bare", negated=True)
    graph.claims("unread CITED denied", "paper CITED digest", status="withdrawn")
    graph.claims("office GENERATED census", "ann ACCESSED census")
    graph.claim("ann GENERATED talk", negated=True)

    def ends(document: str) -> list[tuple[str, int, str, str | None]]:
        rows = asked.rows("trace/first_sources", {"document": document})
        return [(row["thing"], row["steps"], row["chain"], row["held"]) for row in rows]

    assert ends("paper") == [
        ("census", 1, "first source known", None),
        ("talk", 1, "maker not known", None),
        ("unread", 2, "nothing under it", "mentioned_only"),
    ]
    assert ends("bare") == [("bare", 0, "nothing under it", None)]


def test_post_hoc_is_told_by_days_only_where_they_tell(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("CaseStudy", "case")
    graph.nodes("Meeting", "board", **on(MAY))
    graph.nodes("Action", "at-board", "open", "denied")
    for action in ("at-board", "open", "denied"):
        graph.claims(f"paper USED_TO_JUSTIFY {action}")
    graph.claim("at-board ARISES_FROM board")
    graph.claim("case RESULTED_IN at-board", **on(JUNE))  # what it led to, not when it was decided
    graph.claim("case RESULTED_IN open", date_from=MAY)
    graph.claim("case RESULTED_IN denied", negated=True, **on(MARCH))
    graph.claim("denied ARISES_FROM board", negated=True)
    graph.claim("paper USED_TO_JUSTIFY open", negated=True, before_or_after_decision="before", **on(MARCH))
    graph.claim("ann USED paper", date_from=MAY, date_to=JUNE)
    graph.claim("bob USED paper", date_from=JUNE)
    graph.claim("ann USED paper", negated=True, **on(MARCH))
    graph.claim("ann INTRODUCED paper", **on(MARCH))

    rows = asked.rows("trace/before_or_after", {"document": "paper"})

    columns = ("action", "decided_from", "decided_to", "by_dates", "uses_before", "uses_after", "uses_unclear")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("at-board", MAY, MAY, "possibly after", 0, 1, 1),
        ("denied", None, None, "not known", 0, 0, 2),
        ("open", MAY, None, "not known", 0, 0, 2),
    ]
    assert [row["brought_in"] for row in rows] == ["before", "not known", "before"]
    assert rows[2]["said"] == ["not used to justify", "used to justify"]


def test_accounts_of_a_use_that_differ_are_rows_of_their_own(small: Small) -> None:
    graph, asked = small
    graph.nodes("Evidence", "census")
    graph.nodes("Arena", "board")
    graph.nodes("CycleElement", "priorities")
    graph.nodes("DataSource", "s1", "s2")
    named = graph.id("priorities")
    graph.claim("board USED census", use_type="instrumental", element=named, source="s1")
    graph.claim("board USED census", use_type="instrumental", element=named, source="s2")
    graph.claim("board USED census", use_type="post_hoc", source="s2")
    graph.claim("census CONCERNS priorities", negated=True)

    rows = asked.rows("trace/uses", {"document": "census"})

    assert [(row["use_type"], row["element"], row["concerns"], row["sources"]) for row in rows] == [
        ("instrumental", "priorities", [], 2),
        ("post_hoc", None, [], 1),
    ]


def test_a_living_document_is_counted_by_meetings_not_by_claims(small: Small) -> None:
    graph, asked = small
    graph.nodes("Site", "north")
    graph.nodes("CaseStudy", "one", "two")
    graph.nodes("Document", "paper", doc_number="P")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("Meeting", "first", **on(MARCH))
    graph.nodes("Meeting", "second", **on(MAY))
    graph.nodes("Meeting", "same-day", **on(MARCH))
    graph.nodes("Meeting", "undated")
    graph.claims("one AT_SITE north", "two AT_SITE north", "paper IN_CASE one", "paper IN_CASE two")
    graph.claims("ann REFERRED_TO paper", "bob USED paper", "bob CONTESTED paper", at_meeting="second")
    graph.claim("ann INTRODUCED paper", at_meeting="first")
    graph.claim("ann REFERRED_TO paper", at_meeting="same-day")
    graph.claim("ann REFERRED_TO paper", at_meeting="undated")
    graph.claim("ann REFERRED_TO paper", at_meeting="undated", negated=True)
    graph.claim("paper TABLED_AT second", mode="derived", at_meeting="second", derived_from=["x"])

    (row,) = asked.rows("trace/living_document", {"site": "north"})

    assert (row["first_meeting"], row["later_meetings"], row["later"]) == ("first", ["second"], 1)
    assert (row["undated_meetings"], row["brought_up_by"], row["called"]) == (1, 2, "not_asked")
    assert len(row["claims"]) == 6


def test_what_became_of_a_recommendation_may_be_told_in_two_ways_or_not_at_all(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", doc_number="P")
    graph.nodes("CaseStudy", "case")
    graph.nodes("Actor", "ann")
    graph.nodes("Action", "disputed", "dropped", "left", "taken")
    for action in ("disputed", "dropped", "left", "taken"):
        graph.claims(f"paper RECOMMENDS {action}", f"paper RECOMMENDS {action}")
    graph.claim("case RESULTED_IN disputed")
    graph.claims("case RESULTED_IN disputed", "case RESULTED_IN dropped", "paper INFLUENCED dropped", negated=True)
    graph.claim("ann TOOK_AWAY taken")
    graph.claim("ann TOOK_AWAY left", negated=True)

    rows = asked.rows("trace/recommendations", {"document": "P"})

    assert [(row["action"], row["fate"], row["signs"], row["influenced"]) for row in rows] == [
        ("disputed", "sources disagree", ["not resulted in", "resulted in"], "not known"),
        ("dropped", "reported not to have come about", ["not resulted in"], "no"),
        ("left", "not known", ["not took away"], "not known"),
        ("taken", "taken up", ["took away"], "not known"),
    ]


def test_accounts_differ_only_where_sources_exclude_each_other(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper")
    graph.nodes("Actor", "ann", "bob")
    graph.nodes("Meeting", "board")
    graph.nodes("DataSource", "s1", "s2", "s3")
    # One source names both, another one of them: no contradiction. In different roles they do not compete.
    graph.claims("ann AUTHORED paper", "bob AUTHORED paper", source="s1")
    graph.claim("ann AUTHORED paper", source="s2")
    graph.claim("ann COMMISSIONED paper", source="s1", date_from=MARCH, date_to=MAY)
    graph.claim("ann COMMISSIONED paper", source="s2", date_from=MAY, date_to=JUNE)
    graph.claim("ann COMMISSIONED paper", source="s3", date_from=date(2011, 6, 2))
    graph.claim("ann USED paper", source="s1", at_meeting="board")
    graph.claim("ann USED paper", source="s2", negated=True)
    graph.claim("bob USED paper", source="s1", **on(MARCH))
    graph.claim("bob USED paper", source="s2", negated=True, **on(MAY))
    graph.claims("bob SUPPORTED paper", "bob CONTESTED paper", source="s1", at_meeting="board")
    graph.claim("bob CONTESTED paper", source="s2", at_meeting="board")

    rows = asked.rows("trace/accounts", {"document": "paper"})

    assert [(row["differ_on"], row["what"], row["who"], row["answer"], row["according_to"]) for row in rows] == [
        ("when", "commissioned", "ann", "2011-03-01/2011-05-01", ["s1"]),
        ("when", "commissioned", "ann", "2011-05-01/2011-06-01", ["s2"]),  # not before s1, and before s3
        ("when", "commissioned", "ann", "2011-06-02/", ["s3"]),
        ("whether", "used", "ann", "reported to have happened", ["s1"]),
        ("whether", "used", "ann", "reported not to have happened", ["s2"]),
    ]


@pytest.mark.parametrize("query", [query.name for query in read_library().queries if query.group == "trace"])
def test_something_of_which_nothing_is_told(small: Small, query: str) -> None:
    graph, asked = small
    graph.nodes("Document", "bare")

    rows = asked.rows(query, {"document": "bare"})

    if query == "trace/living_document":
        assert [(row["called"], row["later"], row["claims"]) for row in rows] == [("not_asked", 0, [])]
    elif query == "trace/first_sources":
        assert [(row["thing"], row["chain"], row["claims"]) for row in rows] == [("bare", "nothing under it", [])]
    else:
        assert rows == []


def test_a_vague_date_stands_behind_what_is_certain_of_it(small: Small) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", doc_number="P")
    graph.nodes("Actor", "ann", "bob", "cas")
    graph.nodes("Arena", "team")
    year = {"date_from": date(2011, 1, 1), "date_to": date(2011, 12, 31)}
    graph.nodes("Meeting", "some-time", **year)
    graph.nodes("Meeting", "march", **on(MARCH))
    graph.nodes("Meeting", "may", **on(MAY))
    for meeting, when in (("some-time", year), ("march", on(MARCH)), ("may", on(MAY))):
        graph.claim(f"{meeting} OF_ARENA team")
        for said in ("bob USED paper", "bob SUPPORTED paper", "bob INTRODUCED paper", "paper TABLED_AT " + meeting):
            graph.claim(said, at_meeting=meeting, **when)
        graph.claim(f"ann RAISED {meeting}", issue="evidence_use", **when)
        graph.claim("bob CONTESTED paper", at_meeting=meeting, **when)
    graph.claim("ann MADE_AWARE_OF paper", **year)
    graph.claim("ann MADE_AWARE_OF paper", **on(MAY))
    graph.claim("cas MADE_AWARE_OF paper", **year)

    wanted = ["march", "may", "some-time"]
    for query in ("uses", "introductions"):
        assert [row["meeting"] for row in asked.rows(f"trace/{query}", {"document": "P"})] == wanted
    for stance in ("supported", "contested"):
        rows = asked.rows("trace/reception", {"document": "P"})
        assert [row["meeting"] for row in rows if row["stance"] == stance] == wanted
    places = asked.rows("trace/destinations", {"document": "P"})
    assert [row["place"] for row in places] == wanted
    assert asked.rows("networks/raisers")[0]["meetings"] == wanted
    moved = {row["change"]: row for row in asked.rows("trace/changes_of_side", {"document": "P"})}
    assert moved["order not known"]["contested_at"] == wanted
    (living,) = asked.rows("trace/living_document", {"document": "P"})
    assert (living["first_meeting"], living["later_meetings"]) == ("march", ["may"])
    known = {row["actor"]: (row["since"], row["since_to"]) for row in asked.rows("trace/awareness", {"document": "P"})}
    assert known == {"ann": (MAY, MAY), "cas": (year["date_from"], year["date_to"])}


def test_a_chain_of_citations_of_any_length_is_followed_to_its_end(small: Small) -> None:
    graph, asked = small
    length = 130
    graph.nodes("Document", *(f"p{number}" for number in range(length + 1)))
    graph.claims(*(f"p{number} CITED p{number + 1}" for number in range(length)))

    rows = asked.rows("trace/citations", {"document": "p0"})
    assert [row["thing"] for row in rows] == [f"p{number}" for number in range(1, length + 1)]
    (share,) = asked.rows("trace/citation_share", {"document": "p0"})
    assert share["at_any_remove"] == length
    (end,) = asked.rows("trace/first_sources", {"document": "p0"})
    assert (end["thing"], end["steps"]) == (f"p{length}", length)
