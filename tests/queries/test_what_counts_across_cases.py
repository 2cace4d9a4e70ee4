"""What counts, for patterns across cases, quality and gaps: as in test_what_counts.py.

On one engine: that all of them give the same rows is tested for every query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from tests.queries import test_what_counts as what_counts
from tests.queries.asking import Asked, Row, written_answers

pytestmark = pytest.mark.parametrize("demo", ["embedded"], indirect=True)

WEAK = ("quality/resting_on_little", "quality/observer_effect")
"""What these ask is by how many sources something is told."""


@pytest.fixture
def copy(asked: Asked, empty_store: Store, study_id: str) -> Iterator[what_counts.Copy]:
    made = what_counts.Copy(asked, empty_store, study_id)
    yield made
    made.remove()


def asked_of(*groups: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the hand-made answers of these groups ask."""
    for group in groups:
        for query, cases in written_answers(f"{group}_answers.yaml").items():
            for case in cases:
                yield query, case["ask"]


def test_what_is_withdrawn_derived_or_left_out_changes_no_answer(copy: what_counts.Copy) -> None:
    copy.add_noise()
    copy.write()

    for query, ask in asked_of("pattern"):
        taken = load_query(query).parameters
        sure = {**{name: value for name, value in what_counts.SURE.items() if name in taken}, **ask}
        assert copy.asked.rows(query, sure) == copy.renamed(copy.demo.rows(query, sure)), (query, ask)


def test_what_is_withdrawn_or_derived_says_nothing_of_quality(
    copy: what_counts.Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what_counts, "NOISE", [{"status": "withdrawn"}, {"mode": "derived"}])
    copy.add_noise()
    copy.write()

    for query, ask in asked_of("quality"):
        assert copy.asked.rows(query, ask) == copy.renamed(copy.demo.rows(query, ask)), (query, ask)


def test_what_is_told_twice_is_one_thing(copy: what_counts.Copy) -> None:
    copy.add_second_source()
    copy.write()

    def things(rows: list[Row]) -> list[Row]:
        return [
            {
                name: value
                for name, value in row.items()
                if name not in ("sources", "claims", "dated_claims", "dated_entries")
            }
            for row in rows
        ]

    for query, ask in asked_of("pattern", "quality"):
        if query not in WEAK:
            assert things(copy.asked.rows(query, ask)) == things(copy.renamed(copy.demo.rows(query, ask))), (query, ask)
