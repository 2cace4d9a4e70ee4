"""Rows and columns that moved: with their hidden names, or leaving them behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.excel.locate import Wanted, locate
from journeys.model.problems import Address

WORDS = ("Who", "Did what", "To what", "When")
LINE = dict(enumerate(WORDS))


def wanted(named: dict[str, int]) -> list[Wanted]:
    return [Wanted(words, named.get(words), (words,)) for words in WORDS]


@given(st.permutations(range(4)), st.sets(st.sampled_from(WORDS)))
def test_what_moved_without_its_name_is_found_by_its_wording(order: list[int], named: set[str]) -> None:
    """However the line was sorted, and whichever hidden names are left, nothing is taken for something else."""
    sorted_line = {place: WORDS[old] for place, old in enumerate(order)}
    found = locate(wanted({words: WORDS.index(words) for words in named}), sorted_line)
    assert {words: sorted_line[place] for words, place in found.places.items()} == {words: words for words in WORDS}
    assert set(found.moved) == {words for words in named if sorted_line[WORDS.index(words)] != words}


@given(st.permutations(range(4)), st.sets(st.sampled_from(WORDS)))
def test_what_moved_with_its_name_is_found_under_any_heading(order: list[int], renamed: set[str]) -> None:
    places = {words: order.index(number) for number, words in enumerate(WORDS)}
    line = {place: "Our heading" if words in renamed else words for words, place in places.items()}
    found = locate(wanted(places), line)
    assert found.places == places
    assert found.moved == ()


def test_a_name_that_points_at_another_is_not_believed() -> None:
    """*Who* was renamed after the line was sorted: its name now points at *When*, and its heading is nowhere."""
    found = locate(wanted({"Who": 0}), {0: "When", 1: "Did what", 2: "To what", 3: "Person"})
    assert "Who" not in found.places
    assert found.places["When"] == 0


def test_capitals_spaces_and_the_star_of_a_needed_field_do_not_matter() -> None:
    found = locate([Wanted("number", None, ("Document number",))], {3: " document  NUMBER *"})
    assert found.places == {"number": 3}


@pytest.mark.parametrize(("named", "expected"), [({}, None), ({"Who": 1}, "1 could only be found by their wording.")])
def test_names_left_behind_are_said(named: dict[str, int], expected: str | None) -> None:
    problem = locate(wanted(named), LINE).stale_names(Address("form.xlsx", "Content"), "rows")
    assert (problem is None) if expected is None else (problem is not None and expected in problem.message)
