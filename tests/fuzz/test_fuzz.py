"""Damaged files of every kind end in words: a few here, and as many as ``JOURNEYS_FUZZ`` says."""

from __future__ import annotations

import os
from random import Random

import pytest

from tests.fuzz.fuzz import run
from tests.fuzz.mutations import damaged

COUNT = int(os.environ.get("JOURNEYS_FUZZ", "30"))


@pytest.mark.thorough
def test_damaged_files_end_in_words(embedded_engine: None) -> None:
    report = run(COUNT, seed=1)
    assert sum(report.tried.values()) == COUNT
    assert not report.failures, str(report)


def test_the_same_number_makes_the_same_damage() -> None:
    data = b"form: observation_guide\nversion: 1\n"
    assert [damaged(data, Random(n)) for n in range(50)] == [damaged(data, Random(n)) for n in range(50)]
