"""A new kind of claim that takes a side (``polarity``) is compared with the others, without a word in any query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from journeys.model.schema import load_schema
from journeys.store.connection import Store
from journeys.store.queries.library import read_library
from tests.queries.small_graph import SmallGraph

_LIKE = load_schema().claims["CONTESTED"]
WIDER = replace(
    load_schema(),
    claims={**load_schema().claims, "OBJECTED_TO": _LIKE.model_copy(update={"name": "OBJECTED_TO", "polarity": -1})},
)


@pytest.fixture
def small(empty_store: Store, study_id: str) -> Iterator[SmallGraph]:
    graph = SmallGraph(empty_store, study_id, WIDER)
    yield graph
    graph.remove()


def ask(graph: SmallGraph, name: str) -> list[dict[str, Any]]:
    query = next(each for each in read_library(schema=WIDER).queries if each.name == name)
    given = {"study": graph.asked.study, "document": graph.id("paper")}
    return graph.asked.store.read(query.text, query.values(given))


def test_a_new_kind_takes_its_side_in_every_question(small: SmallGraph) -> None:
    small.nodes("Document", "paper")
    small.nodes("Actor", "ann")
    small.nodes("Meeting", "met")
    small.nodes("DataSource", "one", "two")
    may = {"date_from": date(2011, 5, 3), "date_to": date(2011, 5, 3), "at_meeting": "met"}
    small.claim("ann OBJECTED_TO paper", source="one", **may)
    small.claim("ann SUPPORTED paper", source="two", **may)
    small.write()

    (moved,) = ask(small, "trace/changes_of_side")
    assert (moved["who"], moved["change"]) == ("ann", "both on the same day")
    assert (moved["contested_at"], moved["supported_at"]) == (["met"], ["met"])
    told = [(row["differ_on"], row["who"], row["answer"]) for row in ask(small, "trace/accounts")]
    assert told == [("stance", "ann", "contested"), ("stance", "ann", "supported")]
    (conflict,) = ask(small, "quality/conflicting_claims")
    assert (conflict["conflict"], conflict["accounts"]) == ("stance", ["one: objected to", "two: supported"])
