"""A journey out of a study that is in memory is the one that the store tells."""

from __future__ import annotations

from journeys.analysis.reading.whole import WholeStudy
from journeys.analysis.trace.journey import journey_of
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
