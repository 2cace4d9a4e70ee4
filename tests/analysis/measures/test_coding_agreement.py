"""Two coders of one interview, counted by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.codings import same_passages
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.coding_agreement import PASSAGES, PRESENCE, coding_agreement
from journeys.analysis.measures.table import MeasureTable

CLINIC = "we never saw the clinic data before the meeting"
LONGER = "Well, we never saw the clinic data before the meeting, I am sure of that"
MAP = "the map was persuasive to the members of the board"
LABELS = {"6.7": "Data"}
NOBODY = "nobody asked the community about any of it"


def coded(*rows: tuple[str, str, str | None, str], cases: dict[str, str] | None = None) -> nx.MultiDiGraph[str]:
    """A study of codings: interview, words of the passage, coder, keys of the codes separated by commas."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (interview, words, coder, keys) in enumerate(rows):
        passage = f"{interview}/{words}"
        graph.add_node(interview, label="DataSource", name=f"Interview {interview}")
        graph.add_node(passage, label="Extract", text=words, name=words)
        if not graph.has_edge(passage, interview):
            graph.add_edge(passage, interview, type="FROM", asserted=False)
        for key in keys.split(", "):
            name = LABELS.get(key, key)  # as the graph of a study has it: the key where the label is lost
            graph.add_node(f"code:{key}", label="Code", code=key, name=name, codebook_sheet=key.split(".")[0])
            told = {"type": "CODED_AS", "asserted": False, "coder": coder}
            graph.add_edge(passage, f"code:{key}", key=f"c{number}-{key}", **told)
    for interview, case in (cases or {}).items():
        graph.add_node(case, label="CaseStudy", name=case)
        graph.add_edge(interview, case, type="IN_CASE", asserted=False)
    return graph


STUDY = (
    ("i1", CLINIC, "XY", "6.7, 6.8"),
    ("i1", LONGER, "YZ", "6.7"),
    ("i1", MAP, "XY", "8.8"),
    ("i1", NOBODY, "YZ", "6.7"),
    ("i2", MAP, "XY", "8.8, 1.10"),  # nobody else coded it
    ("i1", NOBODY, None, "1.1"),
)


def table(graph: nx.MultiDiGraph[str], name: str, selection: Selection | None = None) -> MeasureTable:
    return next(each for each in coding_agreement(graph, selection or Selection()) if each.name == name)


def rows(found: MeasureTable) -> list[dict[str, Any]]:
    return [dict(zip(found.columns, row.values, strict=True)) for row in found.rows]


def test_in_all() -> None:
    """Three passages times 6.7, 6.8 and 8.8: both 1, XY alone 2, YZ alone 1, neither 5."""
    found = table(coded(*STUDY), "agreement")
    assert found.n == {"coders": 2, "interviews coded by two or more": 1, "codings": 5}
    on_passages, on_presence = rows(found)
    assert on_passages == {
        "coders": "XY, YZ", "counted_on": PASSAGES, "judgements": 9, "agreed": 6, "percent": pytest.approx(6 / 9),
        "kappa": pytest.approx(2 * (1 * 5 - 2 * 1) / (3 * 7 + 2 * 6)), "alpha": pytest.approx(28 / 130),
    }  # fmt: skip
    # XY uses all three codes in the interview, YZ only 6.7
    assert on_presence == {
        "coders": "XY, YZ", "counted_on": PRESENCE, "judgements": 3, "agreed": 1, "percent": pytest.approx(1 / 3),
        "kappa": 0, "alpha": pytest.approx(-0.25),
    }  # fmt: skip
    assert found.rows[0].claims == ("c0-6.7", "c0-6.8", "c1-6.7", "c2-8.8", "c3-6.7")
    assert [(left.why, left.claims) for left in found.left_out] == [("names no coder", ("c5-1.1",))]


def test_by_sheet_and_by_code() -> None:
    by_sheet = {(row["sheet"], row["counted_on"]): row for row in rows(table(coded(*STUDY), "by_sheet"))}
    assert by_sheet["6", PASSAGES]["judgements"] == 6
    assert by_sheet["6", PASSAGES]["agreed"] == 4
    by_code = {(row["code"], row["counted_on"]): row for row in rows(table(coded(*STUDY), "by_code"))}
    assert [by_code[code, PASSAGES]["agreed"] for code in ("6.7", "6.8", "8.8")] == [2, 2, 2]
    assert by_code["6.7", PRESENCE]["percent"] == 1
    assert by_code["6.7", PRESENCE]["kappa"] is None  # nothing varies
    assert by_code["6.8", PASSAGES]["kappa"] == 0


def test_where_they_differ_passage_beside_passage() -> None:
    told = rows(table(coded(*STUDY), "disagreements"))
    assert [tuple(row.values()) for row in told] == [
        ("Interview i1", "6.8", "[label not recovered]", "XY", CLINIC, "YZ", LONGER, "6.7", None),
        ("Interview i1", "6.7", "Data", "YZ", NOBODY, "XY", None, None, None),
        ("Interview i1", "8.8", "[label not recovered]", "XY", MAP, "YZ", None, None, None),
    ]


def test_three_coders_are_compared_by_twos_and_all_together() -> None:
    graph = coded(("i", CLINIC, "A", "1.1"), ("i", CLINIC, "B", "1.1"), ("i", CLINIC, "C", "1.2"))
    found = {(row["coders"], row["counted_on"]): row for row in rows(table(graph, "agreement"))}
    assert {coders for coders, _ in found} == {"A, B", "A, C", "B, C", "A, B, C"}
    assert found["A, B", PASSAGES]["percent"] == 1
    assert found["A, B, C", PASSAGES]["percent"] == pytest.approx(2 / 6)
    assert found["A, B, C", PASSAGES]["kappa"] is None
    # values: 1.1 is given twice and not once, 1.2 the other way round; matches 1 + 1, by chance 3 * 2 + 3 * 2
    assert found["A, B, C", PASSAGES]["alpha"] == pytest.approx((5 * 2 - 12) / (30 - 12))


def test_a_case_study_has_its_own_interviews() -> None:
    both = (("i1", CLINIC, "A", "1.1"), ("i1", CLINIC, "B", "1.1"), ("i2", MAP, "A", "1.1"), ("i2", MAP, "B", "1.2"))
    graph = coded(*both, cases={"i1": "c1", "i2": "c2"})
    assert rows(table(graph, "agreement", Selection(case="c1")))[0]["percent"] == 1
    assert rows(table(graph, "agreement", Selection(case="c2")))[0]["percent"] == 0


def test_who_coded_only_what_nobody_else_did_is_not_counted_among_the_compared() -> None:
    """A source that one pair coded together, such as an observation, adds neither to the codings nor to the coders."""
    found = table(coded(*STUDY, ("obs", MAP, "XY; YZ", "8.8")), "agreement")
    assert found.n == {"coders": 2, "interviews coded by two or more": 1, "codings": 5}


def test_without_two_coders_it_says_so() -> None:
    found = table(coded(("i1", CLINIC, "A", "1.1"), ("i2", CLINIC, "B", "1.1")), "agreement")
    assert not found.rows
    assert found.notes == ("No interview is coded by two coders, so there is nothing to compare.",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The clinic’s data.", "the clinic's DATA", True),
        ("yes", "yes", True),
        ("yes", "yes and no", False),  # too short to tell a stretch by
        ("a b c d", "x y a b c d z", True),
        ("a b c d e f g h i", "h i x y z q r s t", False),  # they share two words
        ("a b c d e f g h", "e f g h i j k l", True),  # half of each
        ("a b c d e f g h i j", "g h i j k l m n o p", False),  # less than half
    ],
)
def test_which_passages_are_one(one: str, other: str, same: bool) -> None:
    assert len(same_passages({"1": one, "2": other})) == (1 if same else 2)


def test_a_long_passage_and_the_short_ones_in_it_are_one() -> None:
    long = "one two three four five six seven eight nine ten"
    parts = {"l": long, "a": "one two three four", "b": "seven eight nine ten", "c": "something else that was said"}
    assert same_passages(parts) == [("l", "a", "b"), ("c",)]
