"""Questions of much: a document with a thousand claims, a group with many meetings and as many accounts of its members.

A test server has the heap of a small one (512 MB), so that what wants memory by the square of its claims fails.
"""

from __future__ import annotations

from tests.queries.asking import Asked
from tests.queries.small_graph import SmallGraph

Small = tuple[SmallGraph, Asked]

CLAIMS = 1_400
PEOPLE = 40


def test_how_far_a_document_came_can_be_asked_when_it_has_many_claims(small: Small) -> None:
    graph, asked = small
    people = [f"p{number}" for number in range(PEOPLE)]
    graph.nodes("Actor", *people)
    graph.nodes("Document", "plan")
    ids = [
        graph.claim(f"{people[at % PEOPLE]} {('SUPPORTED', 'CONTESTED')[at % 2]} plan", mode="paraphrase")
        for at in range(CLAIMS)
    ]

    (row,) = asked.rows("patterns/stages_reached", {})

    assert row["stages"] == ["contestation"]
    assert row["claims"] == sorted(ids)


def test_who_was_absent_can_be_asked_when_many_claims_tell_of_each_membership(small: Small) -> None:
    graph, asked = small
    people, meetings = [f"p{number}" for number in range(PEOPLE)], [f"m{number}" for number in range(PEOPLE)]
    graph.nodes("Actor", *people, "secretary")
    graph.nodes("Arena", "board")
    graph.nodes("Meeting", *meetings, observed=True)
    graph.claims(*(f"{each} OF_ARENA board" for each in meetings))
    graph.claims(*(f"secretary ATTENDED {each}" for each in meetings), mode="paraphrase")
    told = {who: [graph.claim(f"{who} MEMBER_OF board", mode="paraphrase") for _ in range(60)] for who in people}

    rows = asked.rows("networks/absences", {})

    assert len(rows) == len(people) * len(meetings)
    assert {row["how"] for row in rows} == {"not on the list"}
    assert all(row["claims"] == sorted(told[row["actor"]]) for row in rows)
