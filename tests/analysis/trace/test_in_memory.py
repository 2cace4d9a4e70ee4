"""A journey out of a study that is in memory is the one that the store tells."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.analysis.reading.whole import WholeStudy
from journeys.analysis.trace.journey import journey_of
from journeys.store.connection import Store
from journeys.study.study import Study


def test_every_journey_of_the_demo_is_the_same_from_memory(opened_demo: Study) -> None:
    with opened_demo.store() as store:
        whole = WholeStudy.read(store, opened_demo.id, opened_demo.schema, opened_demo.instruments)
    told = 0
    for label in ("Document", "Evidence"):
        for thing in whole.things(label):
            here, there = journey_of(whole, whole.rows, thing), opened_demo.trace(thing.id)
            assert here == there, thing
            told += len(here.claims) + len(here.narratives) + len(here.in_words)
    assert told > 200


def test_a_journey_of_many_meetings_asks_the_store_no_more_than_one_of_few(
    opened_demo: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = Store.read

    def counted(self: Store, query: str, *given: Any, **more: Any) -> Any:
        asked.append(query)
        return read(self, query, *given, **more)

    monkeypatch.setattr(Store, "read", counted)
    numbers, sizes = [], []
    for number in ("D07", "D24", "D11"):
        asked.clear()
        journey = opened_demo.trace(number)
        numbers.append(len(asked))
        sizes.append(sum(step.meeting is not None for step in journey.steps) + len(journey.actions))
    assert max(sizes) > 2 * min(sizes)
    assert max(numbers) - min(numbers) <= 6
