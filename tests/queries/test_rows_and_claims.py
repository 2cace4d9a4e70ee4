"""What holds for every query of these groups: its columns are as told, each is proved, and rows rest on what counts."""

from __future__ import annotations

import pytest

from journeys.store.library import Query, read_library
from tests.queries.asking import HERE, Asked, Claims, written_answers

GROUPS = {"trace": range(1, 15), "networks": range(15, 25)}
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
        assert row["sources"] <= len({claim["source"] for claim in behind if "source" in claim})
