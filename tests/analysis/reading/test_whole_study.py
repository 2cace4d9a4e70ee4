"""A whole study read at once gives the records that the store gives one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.others import any_record
from journeys.analysis.reading.record import Record
from journeys.analysis.reading.show import RECORDS
from journeys.analysis.reading.whole import WholeStudy
from journeys.model.schema import load_schema


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(Path(demo_study("embedded").folder))
    with opened.store():
        yield opened


@pytest.fixture(scope="module")
def whole(study: journeys.Study) -> WholeStudy:
    with study.store() as store:
        return WholeStudy.read(store, study.id, study.schema, study.instruments)


@pytest.mark.parametrize("label", [label for label in load_schema().nodes if label != "Extract"])
def test_a_record_is_the_same_as_out_of_the_store(study: journeys.Study, whole: WholeStudy, label: str) -> None:
    with study.store() as store:
        library = Library(store, study.id, study.schema)
        ids = [
            row["id"]
            for row in store.read(
                f"MATCH (n:{label} {{study: $study}}) RETURN n.id AS id ORDER BY id", {"study": study.id}
            )
        ]
        assert [thing.id for thing in whole.things(label)] == ids
        for thing in whole.things(label)[::3]:
            alone: Record = RECORDS.get(label, any_record)(library, thing)
            assert whole.record(thing).as_dict() == alone.as_dict()
            assert [each.form for each in whole.record(thing).sections] == [each.form for each in alone.sections]


def test_passages_are_the_same_by_id(study: journeys.Study, whole: WholeStudy) -> None:
    with study.store() as store:
        library = Library(store, study.id, study.schema)
        passages = whole.things("Extract")
        assert len(passages) > 100
        for passage in passages[::10]:
            assert whole.passage(passage.id) == library.passage(passage.id)
    assert whole.passage("nothing") is None
