"""The affiliation matrices: each state by hand, and for any claims what is reported against a second reading."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.actors.matrices import DOCUMENT_STATES, MEETING_STATES, Matrices, matrices
from journeys.analysis.claims.selection import Selection

PEOPLE, THINGS, MEETINGS = ("a", "b", "c"), ("d", "e"), ("m", "n")
EVERYTHING = Selection()


def study(*claims: tuple[str, str, str, dict[str, Any]]) -> nx.MultiDiGraph:
    """A study of three people, two documents, two meetings; the minutes ``r`` record the meeting m."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph(study="t")
    for label, ids in (("Actor", PEOPLE), ("Document", THINGS), ("Meeting", MEETINGS), ("DataSource", ("r", "i"))):
        for each in ids:
            graph.add_node(each, label=label, name=each.upper())
    graph.add_edge("r", "m", key="structure", type="OF_MEETING", asserted=False)
    for number, (start, kind, end, held) in enumerate(claims):
        key = f"k{number}"
        graph.add_edge(start, end, key=key, id=key, type=kind, asserted=True, **{"source": "i", **held})
    return graph


def states(found: Matrices, which: str) -> dict[str, str]:
    """The cells with a state, as "ad": "support"."""
    matrix = getattr(found, which)
    ends = THINGS if which == "documents" else MEETINGS
    cells = {person + end: matrix.cell(person, end).state for person in PEOPLE for end in ends}
    return {ends: state for ends, state in cells.items() if state != "unknown"}


RECORD = {"source": "r"}


@pytest.mark.parametrize(
    ("claims", "documents", "meetings"),
    [
        ([], {}, {}),
        # Told in an interview: nobody else is known not to have been there.
        ([("a", "ATTENDED", "m", {})], {}, {"am": "attended"}),
        # In the minutes: the others are not on the list.
        ([("a", "ATTENDED", "m", RECORD)], {}, {"am": "attended", "bm": "unlisted", "cm": "unlisted"}),
        # n has no record: whoever says so there, it is no list.
        ([("a", "ATTENDED", "n", RECORD)], {}, {"an": "attended"}),
        ([("a", "ATTENDED", "m", {"negated": True})], {}, {"am": "absent"}),
        ([("a", "ATTENDED", "m", {"negated": True}), ("a", "RAISED", "m", {})], {}, {"am": "disputed"}),
        ([("a", "ATTENDED", "m", {"status": "withdrawn"})], {}, {}),
        ([("a", "TOOK_AWAY", "d", {"at_meeting": "m"})], {"ad": "other"}, {"am": "attended"}),
        ([("a", "SUPPORTED", "d", {"at_meeting": "n"})], {"ad": "support"}, {"an": "spoke"}),
        ([("a", "SUPPORTED", "d", {}), ("a", "CONTESTED", "d", {})], {"ad": "both"}, {}),
        ([("a", "SUPPORTED", "d", {"negated": True})], {}, {}),
        ([("a", "SUPPORTED", "d", {"status": "withdrawn", "at_meeting": "m"})], {}, {}),
        ([("a", "REFERRED_TO", "d", {"mode": "derived", "at_meeting": "m"})], {}, {}),
        # b was there and is silent, c is in no list, so nothing is known of c.
        (
            [("a", "CONTESTED", "d", {"at_meeting": "m"}), ("b", "ATTENDED", "m", {})],
            {"ad": "contest", "bd": "silent"},
            {"am": "spoke", "bm": "attended"},
        ),
        # c is not on the list of the one meeting that dealt with d.
        (
            [("d", "TABLED_AT", "m", {}), ("a", "ATTENDED", "m", RECORD)],
            {"ad": "silent", "bd": "absent", "cd": "absent"},
            {"am": "attended", "bm": "unlisted", "cm": "unlisted"},
        ),
        # d came to n too, of which nobody knows who was there.
        (
            [("d", "TABLED_AT", "m", {}), ("d", "TABLED_AT", "n", {}), ("a", "ATTENDED", "m", RECORD)],
            {"ad": "silent"},
            {"am": "attended", "bm": "unlisted", "cm": "unlisted"},
        ),
        # Whether a was there is disputed: neither silent nor absent.
        (
            [
                ("d", "TABLED_AT", "n", {}),
                ("a", "ATTENDED", "n", {}),
                ("a", "ATTENDED", "n", {"negated": True}),
            ],
            {},
            {"an": "disputed"},
        ),
        # Who brought it and took no side is not silent.
        ([("a", "INTRODUCED", "d", {"at_meeting": "n"})], {"ad": "other"}, {"an": "spoke"}),
    ],
)
def test_each_state(claims: Any, documents: dict[str, str], meetings: dict[str, str]) -> None:
    found = matrices(study(*claims), EVERYTHING)
    assert states(found, "documents") == documents
    assert states(found, "meetings") == meetings


def test_minutes_that_are_a_document_are_a_record() -> None:
    graph = study(("a", "ATTENDED", "n", {"source": "i"}))
    graph.add_edge("e", "n", key="s1", type="OF_MEETING", asserted=False)
    graph.add_edge("i", "e", key="s2", type="OF_DOCUMENT", asserted=False)
    assert states(matrices(graph, EVERYTHING), "meetings") == {"an": "attended", "bn": "unlisted", "cn": "unlisted"}


def test_a_cell_has_its_claims_and_the_rest_is_listed() -> None:
    graph = study(
        ("a", "CONTESTED", "d", {"at_meeting": "m"}),
        ("a", "INTRODUCED", "d", {"at_meeting": "m"}),
        ("b", "ATTENDED", "m", {}),
        ("b", "SUPPORTED", "d", {"negated": True}),
    )
    found = matrices(graph, EVERYTHING)
    assert found.documents.cell("a", "d").claims == ("k0",)
    assert found.documents.cell("b", "d").claims == ("k2",)
    assert found.documents.cell("b", "d").meetings == ("m",)
    assert found.meetings.cell("a", "m").claims == ("k0", "k1")
    assert found.documents.rows == ("a", "b")
    assert found.documents.empty_rows == ("c",)
    assert found.documents.empty_columns == ("e",)
    assert found.claims == {"k0", "k1", "k2"}
    assert [(each.why, each.claims) for each in found.left_out] == [("reported not to have happened", ("k3",))]
    assert matrices(graph, Selection(modes=frozenset({"verbatim"}))).documents.rows == ()


def test_the_largest_are_those_with_the_most_entries() -> None:
    graph = study(
        ("a", "SUPPORTED", "d", {}),
        ("a", "SUPPORTED", "e", {}),
        ("b", "SUPPORTED", "e", {}),
        ("c", "CONTESTED", "e", {}),
    )
    whole = matrices(graph, EVERYTHING).documents
    assert (whole.largest(1).rows, whole.largest(1).columns) == (("a",), ("e",))
    assert whole.largest(3) is whole


def test_northtown_as_read_by_hand(demo_graph: nx.MultiDiGraph) -> None:
    """Rui D. sent apologies for R3; of B1 and B2 nobody wrote down who was there."""
    found = matrices(demo_graph, Selection(site="demo:site:north"))
    person, meeting = ({node.rpartition(":")[2]: node for node in ids} for ids in (found.names, found.meetings.columns))
    at = {key.upper().split(".")[-1]: node for key, node in meeting.items()}
    assert found.meetings.cell(person["RD"], at["R1"]).state == "absent"
    assert found.meetings.cell(person["RD"], at["R3"]).state == "unlisted"
    assert found.meetings.cell(person["RD"], at["B2"]).state == "unknown"
    assert {found.documents.states.keys() >= {cell.state for cell in found.documents.recorded.values()}} == {True}


acts = st.sampled_from(["SUPPORTED", "CONTESTED", "INTRODUCED", "ABSTAINED_ON"])
flags = st.sampled_from([{}, {}, {}, {"negated": True}, {"status": "withdrawn"}, {"mode": "derived"}])
said = st.one_of(
    st.tuples(st.sampled_from(PEOPLE), acts, st.sampled_from(THINGS), st.sampled_from([*MEETINGS, None]), flags),
    st.tuples(st.sampled_from(PEOPLE), st.just("ATTENDED"), st.sampled_from(MEETINGS), st.none(), flags),
    st.tuples(st.sampled_from(THINGS), st.just("TABLED_AT"), st.sampled_from(MEETINGS), st.none(), flags),
)


@settings(max_examples=60)
@given(st.lists(said, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_any_claims_read_in_another_way(claims: list[Any], minuted: list[bool]) -> None:
    told = [
        (start, kind, end, {**flag, **({"at_meeting": at} if at else {}), "source": "r" if record else "i"})
        for (start, kind, end, at, flag), record in zip(claims, minuted, strict=False)
    ]
    found = matrices(study(*told), EVERYTHING)
    stands = [each for each in told if not ({"status", "mode"} & each[3].keys())]
    yes = [each for each in stands if not each[3].get("negated")]
    for person in PEOPLE:
        for meeting in MEETINGS:
            mine = {
                kind for start, kind, end, held in yes if start == person and meeting in (end, held.get("at_meeting"))
            }
            no = any(each[:3] == (person, "ATTENDED", meeting) and each[3].get("negated") for each in stands)
            listed = any(each[1:3] == ("ATTENDED", "m") and each[3]["source"] == "r" for each in yes)
            expected = (
                "disputed" if mine and no
                else "spoke" if mine - {"ATTENDED", "ABSTAINED_ON"}
                else "attended" if mine
                else "absent" if no
                else "unlisted" if meeting == "m" and listed
                else "unknown"
            )  # fmt: skip
            assert found.meetings.cell(person, meeting).state == expected
        for thing in THINGS:
            mine = {kind for start, kind, end, _ in yes if (start, end) == (person, thing)}
            sides = mine & {"SUPPORTED", "CONTESTED"}
            dealt = {held.get("at_meeting") for _, _, end, held in yes if end == thing} - {None}
            dealt |= {end for start, _, end, _ in yes if start == thing}
            there = {found.meetings.cell(person, each).state for each in dealt}
            expected = (
                "both" if len(sides) == 2
                else {"SUPPORTED": "support", "CONTESTED": "contest"}[sides.pop()] if sides
                else "other" if mine
                else "silent" if there & {"spoke", "attended"}
                else "absent" if there and there <= {"absent", "unlisted"}
                else "unknown"
            )  # fmt: skip
            assert found.documents.cell(person, thing).state == expected
    for matrix, known in ((found.documents, DOCUMENT_STATES), (found.meetings, MEETING_STATES)):
        assert {cell.state for cell in matrix.recorded.values()} <= known.keys()
        assert all(matrix.cell(*ends) == cell and cell.claims for ends, cell in matrix.recorded.items())
        assert len({*matrix.rows, *matrix.empty_rows}) == len(PEOPLE)
