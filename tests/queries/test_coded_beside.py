"""The codes that bear on a question, with their passages, stand beside its answer."""

from __future__ import annotations

import pytest

from journeys.analysis.questions.coded import coded_beside
from journeys.instruments.codebook import shipped_codebook
from journeys.model.schema import load_schema
from journeys.store.queries.library import read_library
from tests.queries.asking import Asked
from tests.queries.small_graph import SmallGraph

LIBRARY = read_library(None, load_schema())


def test_passages_and_sources_are_counted_by_code_and_site(small: tuple[SmallGraph, Asked]) -> None:
    graph, asked = small
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "n1", "s1")
    graph.nodes("DataSource", "i1", "i2", "i3")
    graph.nodes("Code", "k2", code="8.2", label="Impetus")
    graph.nodes("Code", "k10", code="8.10")
    graph.nodes("Code", "other", code="6.7", label="Community")
    graph.nodes("Extract", "a", "b", "c", "d")
    graph.claims(
        "n1 AT_SITE north", "s1 AT_SITE south", "i1 IN_CASE n1", "i2 IN_CASE n1", "i3 IN_CASE s1",
        "a FROM i1", "b FROM i1", "c FROM i2", "d FROM i3",
        "a CODED_AS k2", "b CODED_AS k2", "c CODED_AS k2", "d CODED_AS k10", "d CODED_AS other",
    )  # fmt: skip
    graph.write()

    codes = ("8.10", "8.2", "8.8")
    every = coded_beside(asked.store, asked.study, codes, {})
    north = coded_beside(asked.store, asked.study, codes, {"site": graph.id("north")})
    assert [(each.shown, each.passages, each.sources) for each in every] == [
        ("8.2 Impetus", 3, 2),
        ("8.10 [label not recovered]", 1, 1),
    ]
    assert [(each.code, each.passages) for each in north] == [("8.2", 3)]
    assert coded_beside(asked.store, asked.study, (), {}) == ()


@pytest.mark.parametrize("number", [25, 26, 27, 28, 29, 30])
def test_the_questions_that_passages_bear_on_name_their_codes(number: int) -> None:
    asked = [query for query in LIBRARY.questions if number in query.numbers]
    assert asked
    for query in asked:
        if not query.name.startswith(("lookup/", "codes/")):
            assert query.codes, query.name
            assert set(query.codes) <= set(shipped_codebook().codes), query.name
