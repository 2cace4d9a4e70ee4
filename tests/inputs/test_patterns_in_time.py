"""Patterns of ours that look through what people wrote end in time, whatever it is."""

from __future__ import annotations

import re
from time import process_time

import pytest

from journeys.analysis.claims import coarse_dates
from journeys.instruments import bears_on, researchers
from journeys.instruments.files import number_formats
from journeys.instruments.projects import positions
from journeys.instruments.text import plain_text
from journeys.interpret import case_findings, comment_authors, meeting_dates, names, transcript_lines
from journeys.model import code_keys
from tests.inputs.measured import slowness

_SPACES = "a" + " " * 100_000 + "b"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (researchers._BETWEEN, _SPACES),
        (researchers._MAY_BE_PART, _SPACES),
        (bears_on._SURE, _SPACES),
        (positions._ELLIPSIS, _SPACES),
        (case_findings._SURE, _SPACES),
        (case_findings._FROM, _SPACES),
        (names._JOINED, _SPACES),
        (code_keys._LESS_CLEAR, _SPACES),
        (meeting_dates._BESIDE_A_NAME, _SPACES),
        (transcript_lines._AT_END, _SPACES),
        (coarse_dates._MONTH_ALONE, _SPACES),
        (comment_authors._IN_BRACKETS, _SPACES),
    ],
)
def test_long_spaces_are_gone_through_once(pattern: re.Pattern[str], text: str) -> None:
    started = process_time()
    assert pattern.split(text) == [text]
    assert process_time() - started < 1 * slowness()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (number_formats._SHOWN_PLAINLY, "1" * 100_000 + "x1"),
        (plain_text._SECTION, f"== {_SPACES}"),
        (transcript_lines._TIME, f"1:00{_SPACES[1:]}"),
        (code_keys._LEADING, "1" + ".1" * 1_000),
        (plain_text._QUESTION, f"-- {_SPACES}"),
    ],
)
def test_whole_texts_are_refused_in_time(pattern: re.Pattern[str], text: str) -> None:
    started = process_time()
    assert pattern.fullmatch(text) is None
    assert process_time() - started < 1 * slowness()


@pytest.mark.parametrize(
    ("pattern", "text", "pieces"),
    [
        (researchers._BETWEEN, "AB ; CD,  EF and GH\n IJ , ; KL", ["AB", "CD", "EF", "GH", "IJ", "", "KL"]),
        (researchers._MAY_BE_PART, "AB / CD+EF", ["AB", "CD", "EF"]),
        (positions._ELLIPSIS, "words  \u2026 ", ["words", ""]),
    ],
)
def test_what_is_found_is_as_it_was(pattern: re.Pattern[str], text: str, pieces: list[str]) -> None:
    assert pattern.split(text) == pieces


@pytest.mark.parametrize(
    ("shown", "number"),
    [("1", "1"), ("1.5", "1.5"), (".5 kg", ".5"), ("EUR 12.30", "12.30"), ("5.", None), ("1.2.3", None)],
)
def test_numbers_as_shown(shown: str, number: str | None) -> None:
    found = number_formats._SHOWN_PLAINLY.fullmatch(shown)
    assert (found and found[1]) == number


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("8.10 Label", "8.10"),
        ("8 . 10 Label", "8 . 10"),
        ("8,10: Label", "8,10"),
        ("a-b.2c  Label", "a-b.2c"),
        ("code 4. Label", "4"),
        ("8. 10 Label", "8. 10"),
    ],
)
def test_the_key_at_the_head_of_a_label(heading: str, key: str) -> None:
    found = code_keys._LEADING.fullmatch(heading)
    assert found is not None
    assert (found[1], found[2]) == (key, "Label")


def test_a_code_of_many_parts_is_refused_in_time() -> None:
    started = process_time()
    assert [code.key for code in code_keys.read_codes("1" + ".1" * 200, {"1.1": "Label"})] == [None]
    assert process_time() - started < 1 * slowness()
