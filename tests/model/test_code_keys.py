"""Keys of codes stay text, and what a spreadsheet made of one is put right only where a single code can be meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.codebook import shipped_codebook
from journeys.model.code_keys import is_key, key_order, nearest_codes, read_codes, repaired_keys

LABELS = shipped_codebook().labels
KEYS = list(LABELS)
SHEET_1 = [f"1.{number}" for number in range(1, 11)]


def keys(value: object) -> list[str | None]:
    return [code.key for code in read_codes(value, LABELS)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6.7", ["6.7"]),
        ("1.10", ["1.10"]),
        ("1.1", ["1.1"]),
        ("6.7; 6.10", ["6.7", "6.10"]),
        ("6.7, 6.10", ["6.7", "6.10"]),
        ("6.7,6.10", ["6.7", "6.10"]),
        ("6.7 and 6.8", ["6.7", "6.8"]),
        ("6.7\n6.10 Case studies, best practice examples", ["6.7", "6.10"]),
        ("JSNA", ["6.2"]),
        ("6.2 jsna", ["6.2"]),
        ("7.3", ["7.3"]),  # a code whose label is lost
        (1.2, ["1.2"]),
        (6.12, ["6.12"]),
        ("", []),
        (None, []),
    ],
)
def test_codes_are_read_as_written(written: object, read: list[str]) -> None:
    found = read_codes(written, LABELS)
    assert [code.key for code in found] == read
    assert [code.message for code in found] == [""] * len(read)


@pytest.mark.parametrize(
    ("written", "key", "said"),
    [
        ("6,7", "6.7", "'6,7' was read as the code 6.7"),
        ("06.07", "6.7", "was read as the code 6.7"),
        ("Code 6.7", "6.7", "was read as the code 6.7"),
        ("6.7 clinic data", "6.7", "'clinic data' is not the label of 6.7"),
        (date(2026, 12, 6), "6.12", "made the date 2026-12-06 of a code; it was read as 6.12"),
        ("01:10:00", "1.10", "made the time 01:10:00 of a code; it was read as 1.10"),
    ],
)
def test_what_can_be_one_code_only_is_read_and_said(written: object, key: str, said: str) -> None:
    (code,) = read_codes(written, LABELS)
    assert code.key == key
    assert said in code.message
    assert code.remedy


@pytest.mark.parametrize(
    ("written", "said", "remedy"),
    [
        (1.1, "may have been 1.1 (General) or 1.10 (Gaps, Silences", "1.1 or 1.10"),
        (8.1, "may have been 8.1 (General) or 8.10 (Contestation/ Challenge)", "8.1 or 8.10"),
        (date(2026, 10, 1), "may have been 1.10 (Gaps, Silences or Inconsistencies) or 10.1", "1.10 or 10.1"),
        (date(2026, 4, 3), "may have been 3.4 (Quality/ Rigour) or 4.3", "3.4 or 4.3"),
        ("3-4", "'3-4' is not a code", "Did you mean 3.4 (Quality/ Rigour)?"),
        ("6.17", "'6.17' is not a code", "codebook.yaml"),
        ("General", "the label of 8 codes", "1.1, 2.1, 3.1, 4.1, 5.1, 6.1, 8.1, 9.1"),
        ("6.3 JSNA", "has the key of 6.3", "Write 6.3 or 6.2."),
        ("Comunity engagement or consultation", "is not a code", "6.7 (Community engagement or consultation)"),
        (7, "the number 7, which is not a code", "as text"),
        (True, "'TRUE' is not a code", ""),
    ],
)
def test_what_cannot_be_known_is_refused_with_what_to_write(written: object, said: str, remedy: str) -> None:
    (code,) = read_codes(written, LABELS)
    assert code.key is None
    assert said in code.message
    assert remedy in code.remedy


@given(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True), st.sampled_from(["; ", ";", ", ", "\n"]))
def test_several_codes_in_a_cell_come_back(chosen: list[str], between: str) -> None:
    assert keys(between.join(chosen)) == chosen


@given(st.sampled_from(KEYS))
def test_a_number_is_never_silently_another_code(key: str) -> None:
    """The cell of a spreadsheet that made a number of the key: the key itself, or nothing and both that it may be."""
    (code,) = read_codes(float(key), LABELS)
    alike = [other for other in KEYS if float(other) == float(key)]
    assert code.key == (key if len(alike) == 1 else None)
    assert all(other in code.message for other in alike) or len(alike) == 1


@given(st.permutations(KEYS))
def test_keys_are_sorted_part_by_part(shuffled: list[str]) -> None:
    assert sorted(shuffled, key=key_order) == KEYS
    assert KEYS.index("1.2") < KEYS.index("1.10") < KEYS.index("2.1")


def test_neighbours_prove_what_a_heading_was() -> None:
    as_numbers = [float(key) for key in SHEET_1]
    assert as_numbers[-1] == as_numbers[0]
    assert repaired_keys(as_numbers, SHEET_1) == SHEET_1
    assert repaired_keys(["1.9", 1.1], SHEET_1) == ["1.9", "1.10"]
    assert repaired_keys([1.1, "1.2"], SHEET_1) == ["1.1", "1.2"]
    assert repaired_keys([date(2026, 1, 3), date(2026, 1, 4)], SHEET_1) == ["1.3", "1.4"]


def test_without_neighbours_a_heading_stays_unknown() -> None:
    assert repaired_keys([1.1], SHEET_1) == [None]
    assert repaired_keys([1.1, None, "words"], SHEET_1) == [None, None, None]


@pytest.mark.parametrize(
    ("words", "can_be"), [("6.7", True), ("6.7a", True), ("N-1", True), ("", False), ("6 7", False)]
)
def test_what_can_be_a_key(words: str, can_be: bool) -> None:
    assert is_key(words) is can_be


def test_the_nearest_codes_are_those_spelt_alike() -> None:
    assert nearest_codes("6.77", LABELS)[0].startswith("6.7 ")
    assert nearest_codes("Contestation", LABELS)[0].startswith("8.10 ")
