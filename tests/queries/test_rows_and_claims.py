"""What holds for every query of these groups: its columns are as told, each is proved, and rows rest on what counts."""

from __future__ import annotations

import re

import pytest

from journeys.model.schema import load_schema
from journeys.store.queries.library import Query, read_library
from tests.queries.asking import HERE, Asked, Claims, written_answers

GROUPS = {"trace": range(1, 15), "networks": range(15, 25), "patterns": range(25, 37), "quality": range(37, 46)}
BY_NAME = {query.name: query for query in read_library().queries if query.group in GROUPS}


@pytest.fixture(params=list(BY_NAME))
def query(request: pytest.FixtureRequest) -> Query:
    return BY_NAME[request.param]


@pytest.mark.parametrize("group", GROUPS)
def test_each_question_of_a_group_is_answered(group: str) -> None:
    answered = {number for query in BY_NAME.values() if query.group == group for number in query.numbers}

    assert answered == set(GROUPS[group])


def test_every_column_is_compared_with_a_hand_made_answer(query: Query) -> None:
    compared = {
        column
        for file in sorted(HERE.glob("*_answers.yaml"))
        for asked in written_answers(file.name).get(query.name, [])
        for column in asked["columns"]
    }
    # A thing is known by its id or by its name.
    compared |= {column.removesuffix("_id") for column in compared} | {f"{column}_id" for column in compared}

    assert set(query.returns) <= compared


def test_rows_have_the_columns_that_are_told_and_rest_on_claims_that_count(
    asked: Asked, demo_claims: Claims, query: Query
) -> None:
    assert list(query.returns)[-1] == "claims"
    for row in asked.rows(query.name, query.example):
        assert list(row) == list(query.returns)
        assert len(row["claims"]) == len(set(row["claims"]))
        behind = [demo_claims[claim] for claim in row["claims"]]
        assert all(claim.get("mode") != "derived" and claim.get("status") != "withdrawn" for claim in behind)
        assert row.get("sources", 0) <= len({claim["source"] for claim in behind if "source" in claim})


NO_LIST_OF_KINDS = re.compile(r"type\(\w+\) IN \[([^\]]*)\]")


def test_no_query_lists_what_holds_the_graph_together() -> None:
    """Structure has no mode, so that ``r.mode IN $modes`` leaves it out, also what a later schema adds."""
    structure = {kind.name for kind in load_schema().claims.values() if not kind.asserted}
    for query in read_library().queries:
        for listed in NO_LIST_OF_KINDS.findall(query.text):
            assert not structure & set(re.findall(r"'(\w+)'", listed)), query.name


def test_no_query_fills_in_what_is_never_absent() -> None:
    for query in read_library().queries:
        filled_in = re.search(r"\.negated\b|coalesce\(\w+\.(?:confidence|scope), |<> 'withdrawn'", query.text)
        assert not filled_in, query.name


def test_no_query_is_one_that_the_embedded_engine_answers_wrongly() -> None:
    """``MATCH ()-[r]-() MATCH (m {id: r.at_meeting})`` finds nothing there; a WHERE or WITH between the two helps."""
    found_nothing = re.compile(
        r"MATCH (?:(?!WHERE|WITH)[^\n])*-\[(\w+)(?:(?!WHERE|WITH)[^\n])*\n?\s*MATCH \([^)\n]*\{id: \1\."
    )

    assert [query.name for query in read_library().queries if found_nothing.search(query.text)] == []
