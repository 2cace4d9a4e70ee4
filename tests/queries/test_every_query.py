"""What holds for every shipped query: it has an example that finds something, says nothing that the schema does not,
is found by index on Neo4j and nowhere goes on for ever, and gives the same rows on every engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from journeys.model.resources import UNASKED
from journeys.model.schema import Schema, load_schema
from journeys.model.stored_types import stored_types
from journeys.store.cypher_templates import claim_index, constraints, filled_in
from journeys.store.queries.library import Query, read_library
from journeys.store.queries.name_hints import Names, named_in
from tests.queries.asking import Asked

EVERY = read_library().queries
NEO4J = [pytest.param(name, marks=pytest.mark.neo4j) for name in ("neo4j-5", "neo4j-2026")]
OTHER = "another-study"
NODES, CLAIMS = 300, 900
"""Of each kind, in the other study on the server: so many that going through all of a kind is never the quickest."""

GOES_THROUGH_ALL = re.compile(
    r"AllNodesScan|NodeByLabelScan|NodeIndexScan|\w*AllRelationshipsScan|\w*UnionNodeByLabels\w*"
)
READS_ALL = {"search/passages"}
"""What goes through every passage, on purpose: for words that most passages have, no index leads to fewer."""
SAMPLE = "Sample"
SEEKS = re.compile(rf"\w*Index\w*Seek\w*|ProcedureCall|\w*CountFromCountStore|{SAMPLE}")
BOUNDED = re.compile(r"\*\d*\.\.\d+\]|\*\d+\]|\*\]|\{\d*, ?\d+\}")
WITHOUT_END = re.compile(r"\*(?:\d+\.\.)?\]|\{\d*, ?\}")


def text_of(query: Query, schema: Schema) -> str:
    """A query that can be run: with a label and the kinds of claim where those are to be filled in."""
    return filled_in(schema, query.text, Label="Document", CLAIM_TYPE="|".join(stored_types(schema)))


@pytest.fixture(params=[query for query in EVERY if query.group not in UNASKED], ids=lambda query: query.name)
def query(request: pytest.FixtureRequest) -> Query:
    found: Query = request.param
    return found


@pytest.fixture
def opened(request: pytest.FixtureRequest) -> Callable[[Any], Asked]:
    """Opens a loaded study, once a session."""
    found: Callable[[Any], Asked] = request.getfixturevalue("_opened")
    return found


@pytest.fixture(scope="module", params=NEO4J)
def crowded(request: pytest.FixtureRequest, demo_study: Any) -> Iterator[Any]:
    """The demonstration study on each Neo4j in turn, beside another study that has much of everything."""
    study, schema = demo_study(request.param), load_schema()
    with study.engine.driver() as driver:
        for statement in (
            *constraints(schema, list(schema.nodes)),
            *(claim_index(schema, kind) for kind in stored_types(schema)),
        ):
            driver.execute_query(statement)
        for label in schema.nodes:
            driver.execute_query(
                f"UNWIND range(0, {NODES - 1}) AS i CREATE (n:{label} {{id: '{OTHER}:{label}:' + i, study: '{OTHER}'}})"
            )
        for kind in schema.claims.values():
            start, end = schema.labels(kind.from_labels)[0], schema.labels(kind.to_labels)[0]
            driver.execute_query(
                f"UNWIND range(0, {CLAIMS - 1}) AS i"
                f" MATCH (a:{start} {{id: '{OTHER}:{start}:' + (i % {NODES})}})"
                f" MATCH (b:{end} {{id: '{OTHER}:{end}:' + ((7 * i + i / {NODES}) % {NODES})}})"
                f" CREATE (a)-[r:{kind.name} {{id: '{OTHER}:claim:{kind.name}:' + i, study: '{OTHER}'}}]->(b)"
            )
        driver.execute_query("CALL db.awaitIndexes(120)")
        driver.execute_query("CALL db.prepareForReplanning(120)")
        yield study
        for label in schema.nodes:
            driver.execute_query(f"MATCH (n:{label} {{study: '{OTHER}'}}) DETACH DELETE n")


def test_each_question_has_an_example_that_finds_something(
    query: Query, demo_study: Any, opened: Callable[[Any], Asked]
) -> None:
    assert query.example is not None
    assert opened(demo_study("embedded")).rows(query.name, query.example)


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_nothing_is_named_that_the_schema_does_not_have(found: Query) -> None:
    schema = load_schema()
    names = Names.of(schema)

    assert found.returns
    assert [
        names.hint(*named) for named in named_in(text_of(found, schema)) if named[1] not in names.known[named[0]]
    ] == []


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_nothing_is_looked_up_by_a_key_that_may_be_missing(found: Query) -> None:
    """For a key that is null the embedded engine goes through everything of the kind: {id: coalesce(r.source, '')}."""
    assert re.findall(r":\w+ *\{id: *\w+\.\w+[^}]*\}", found.text) == []


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_no_list_is_made_distinct_and_sorted_in_one_subquery(found: Query) -> None:
    """Neo4j keeps everything that COLLECT {} took from outside with each distinct value, so that a list of a thousand
    claims costs the memory of a million.
    COLLECT { UNWIND COLLECT { … RETURN DISTINCT id } AS id RETURN id ORDER BY id } does not."""
    assert re.findall(r"COLLECT \{[^{}]*(?:RETURN|WITH) DISTINCT [^{}]*ORDER BY", found.text) == []


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.name)
def test_no_subquery_of_an_expression_aggregates(found: Query) -> None:
    """Neo4j 5 takes an aggregation inside COLLECT {} for one of the clause around it, and refuses the query."""
    inside = re.findall(r"(?:COLLECT|COUNT|EXISTS) \{[^{}]*\}", found.text)
    assert [each for each in inside if re.search(r"\b(?:collect|count|sum|min|max|avg)\(", each)] == []


def test_every_query_starts_from_an_index_and_comes_to_an_end(crowded: Any) -> None:
    schema, wrong = load_schema(), []
    with crowded.engine.driver() as driver:
        for found in EVERY:
            plan = driver.execute_query(f"EXPLAIN {text_of(found, schema)}", _values(found)).summary.plan
            steps = list(_steps(plan))
            through = [step for step in steps if GOES_THROUGH_ALL.fullmatch(step[0])]
            if through and found.name not in READS_ALL:
                wrong.append((found.name, "goes through all", through))
            if found.name not in READS_ALL and not any(SEEKS.fullmatch(operator) for operator, _ in steps):
                wrong.append((found.name, "starts from no index", steps))
            if endless := [step for step in steps if _may_not_end(*step)]:
                wrong.append((found.name, "has no bound", endless))
    assert wrong == []


def test_every_engine_gives_the_same_rows_whatever_other_studies_hold(
    query: Query, crowded: Any, demo_study: Any, opened: Callable[[Any], Asked]
) -> None:
    here, there = (opened(study).rows(query.name, query.example) for study in (demo_study("embedded"), crowded))

    assert sorted(map(_comparable, there)) == sorted(map(_comparable, here))


def _values(found: Query) -> dict[str, Any]:
    """Something for every parameter: EXPLAIN looks at no value."""
    return {name: parameter.default for name, parameter in found.parameters.items()}


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each operator of a plan, with what it does; the first few nodes that a scan comes to are a sample."""
    operator, details = plan["operatorType"].partition("@")[0], str(plan["args"].get("Details", ""))
    children = plan.get("children", ())
    if operator == "Limit" and [child["operatorType"].partition("@")[0] for child in children] == ["NodeByLabelScan"]:
        yield SAMPLE, details
        return
    yield operator, details
    for child in children:
        yield from _steps(child)


def _may_not_end(operator: str, details: str) -> bool:
    if not operator.startswith(
        ("VarLengthExpand", "Repeat", "BidirectionalRepeat", "ShortestPath", "StatefulShortestPath")
    ):
        return False
    return bool(WITHOUT_END.search(details)) or not BOUNDED.search(details)


def _comparable(row: Mapping[str, Any]) -> str:
    """A row as text, lists in it in one order: the order in which things are collected is not told."""
    return repr({name: sorted(map(repr, value)) if isinstance(value, list) else value for name, value in row.items()})
