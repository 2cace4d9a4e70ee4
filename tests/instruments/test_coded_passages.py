"""Passages in a cell: several of them, each with its place, written by people in more ways than one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.coded_passages import (
    LONGEST_CELL,
    Passage,
    can_stand_before,
    cells_of,
    passages_in,
    same_place,
    same_words,
    written_passage,
)


@pytest.mark.parametrize(
    ("cell", "passages"),
    [
        ("We wrote it.", [("We wrote it.", None)]),
        ("[12:30] We wrote it.", [("We wrote it.", "12:30")]),
        ("p. 4: We wrote it.", [("We wrote it.", "p. 4")]),
        ("l. 40: We wrote it.", [("We wrote it.", "l. 40")]),
        ("pp. 4-5: We wrote it.", [("We wrote it.", "pp. 4-5")]),
        ("[p. 4]: We wrote it.", [("We wrote it.", "p. 4")]),
        ("[place: the end] We wrote it.", [("We wrote it.", "the end")]),
        ("[laughs] We wrote it.", [("[laughs] We wrote it.", None)]),
        ("[] [2 of us] We wrote it.", [("[2 of us] We wrote it.", None)]),
        ("12:30 We wrote it.", [("12:30 We wrote it.", None)]),
        ("p. 4: One.\np. 5: Two.", [("One.", "p. 4"), ("Two.", "p. 5")]),
        ("p. 4: One,\nand on.\n\np. 5: Two.", [("One,\nand on.", "p. 4"), ("Two.", "p. 5")]),
        ("p. 4: One.\np. 5: Two.\n\np. 6: Three.", [("One.", "p. 4"), ("Two.", "p. 5"), ("Three.", "p. 6")]),
        ("\u2022 p. 4: One.\n- p. 5: Two.", [("One.", "p. 4"), ("Two.", "p. 5")]),
        ("p. 4: \u201cOne.\u201d", [("One.", "p. 4")]),
        ('"One" and "two"', [('"One" and "two"', None)]),
        (" \n\n ", []),
    ],
)
def test_passages_are_told_apart(cell: str, passages: list[tuple[str, str | None]]) -> None:
    found, flaws = passages_in(cell)
    assert [(each.text, each.place) for each in found] == passages
    assert flaws == []


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        ("p. 4: One. p. 9: Two.", "two_passages", "'p. 9:' is inside"),
        ("[12:30] One. [14:05] Two.", "two_passages", "'[14:05]' is inside"),
        ("p. 4: One.\nand on", "no_place", "'and on' has no place, unlike other passages"),
        ("x" * LONGEST_CELL, "cut_off", "The cell is full (32,767 characters)"),
    ],
)
def test_what_looks_wrong_is_said(cell: str, kind: str, said: str) -> None:
    _, flaws = passages_in(cell)
    assert [flaw.kind for flaw in flaws] == [kind]
    assert said in flaws[0].message
    assert flaws[0].remedy


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=80).filter(
    lambda text: bool(same_words(text)) and any(map(str.isalnum, text))
)
PLACES = st.one_of(
    st.none(), st.sampled_from(["p. 4", "12:30", "6", "the end", "l. 40-44", "place: 3", "Turn 9"]), WORDS
)


@given(st.lists(st.builds(Passage, WORDS, PLACES), min_size=1, max_size=5))
def test_passages_come_back_out_of_their_cell(given_: list[Passage]) -> None:
    passages = [each for each in given_ if can_stand_before(each.place or "")]
    found = [each for cell in cells_of(passages) for each in passages_in(cell)[0]]
    assert [(same_words(each.text), same_place(each.place)) for each in found] == [
        (same_words(each.text), same_place(each.place)) for each in passages
    ]


def test_a_place_is_the_same_however_it_is_typed() -> None:
    assert same_place("p. 4") == same_place("P.4") == same_place("p 4") != same_place("p. 5")
    assert same_place("1.10") != same_place("11.0")
    assert same_place(None) == same_place("") == ""


def test_a_cell_that_is_full_goes_on_in_another() -> None:
    passages = [Passage("a" * 20_000, "p. 1"), Passage("b" * 20_000, "p. 2"), Passage("c", "p. 3")]
    cells = cells_of(passages)
    assert [cell[:8] for cell in cells] == ["[p. 1] a", "[p. 2] b"]
    assert max(map(len, cells)) <= LONGEST_CELL
    assert [each for cell in cells for each in passages_in(cell)[0]] == passages


def test_a_place_without_a_digit_is_named_as_one() -> None:
    assert written_passage(Passage("We wrote it.", "the end")) == "[place: the end] We wrote it."
