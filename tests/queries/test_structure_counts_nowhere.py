"""A new kind of claim that is structure (``asserted: false``) changes no answer, whatever it joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.model.schema import Schema, load_schema
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from tests.queries import test_what_counts as what_counts
from tests.queries.asking import Asked
from tests.queries.test_what_counts_across_cases import asked_of

pytestmark = pytest.mark.parametrize("demo", ["embedded"], indirect=True)


def with_structure(schema: Schema) -> Schema:
    """The schema with one kind more, which has a stage like those that tell of a journey."""
    like = schema.claims["USED"]
    added = like.model_copy(
        update={"name": "FILED_WITH", "phrase": "is filed with", "asserted": False, "properties": {}}
    )
    return replace(schema, claims={**schema.claims, "FILED_WITH": added})


@pytest.fixture
def copy(asked: Asked, empty_store: Store, study_id: str) -> Iterator[what_counts.Copy]:
    made = what_counts.Copy(asked, empty_store, study_id)
    yield made
    made.remove()


def test_structure_changes_no_answer(copy: what_counts.Copy) -> None:
    assert not with_structure(load_schema()).claims["FILED_WITH"].asserted
    copy.write()
    for label in ("Document", "Evidence"):
        copy.asked.store.write(
            f"MATCH (a:Actor {{study: $study}}) MATCH (x:{label} {{study: $study}})"
            " CREATE (a)-[:FILED_WITH {id: a.id + x.id, study: $study, file: 'a', at_meeting: null}]->(x)",
            {"study": copy.asked.study},
        )

    for query, ask in (*what_counts.asked_of_all(), *asked_of("pattern", "quality")):
        known = {name: value for name, value in ask.items() if name in load_query(query).parameters}
        assert copy.asked.rows(query, known) == copy.renamed(copy.demo.rows(query, known)), (query, ask)


def test_structure_changes_no_measure(asked: Asked) -> None:
    wider = with_structure(load_schema())
    graph = study_graph(asked.store, asked.study, wider)
    more = graph.copy()
    people = [node for node, held in graph.nodes(data=True) if held["label"] == "Actor"]
    things = [node for node, held in graph.nodes(data=True) if held["label"] in ("Document", "Evidence")]
    for person in people:
        for thing in things:
            tie = f"{person}+{thing}"
            more.add_edge(person, thing, key=tie, id=tie, type="FILED_WITH", asserted=False)

    for measure in MEASURES.values():
        ran = [measure.run(given, Selection(), schema=wider) for given in (graph, more)]
        assert [table.as_dict() for table in ran[1]] == [table.as_dict() for table in ran[0]], measure.name
