"""Counts with their nouns."""

from __future__ import annotations

import pytest

from journeys.model.phrases import counted


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (1, "entry", "1 entry"),
        (2, "entry", "2 entries"),
        (3, "case study", "3 case studies"),
        (2, "day", "2 days"),
        (2, "text box", "2 text boxes"),
        (1234, "source", "1,234 sources"),
    ],
)
def test_a_count_agrees_with_its_noun(count: int, noun: str, words: str) -> None:
    assert counted(count, noun) == words
