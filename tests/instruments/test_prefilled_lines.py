"""Lines that the program wrote, in people's hands: told apart from their own words, and no word of theirs is lost."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.instruments.answers import FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.prefilled_lines import lines_of, mark_for, marked_row, own_words, prefilled, row_of, updated
from journeys.model.problems import Address

LINE = "Mina V. contested \u201cthe plan\u201d, at Board June 2011 (int-SS, p. 3; obs-M1) - twice"
DAY = "2026-11-29"


def test_a_mark_is_short_and_can_be_read_by_a_person() -> None:
    line = prefilled(LINE)
    assert line.shown == f"[From the data {line.code}] {LINE}"
    assert len(line.code) == 4
    assert not set(line.code) & set("ILOU")


@pytest.mark.parametrize(
    "changed",
    [
        lambda words: words.replace("\u201c", '"').replace("\u201d", '"'),
        lambda words: words.replace(" - ", " \u2013 ").replace("'", "\u2019"),
        lambda words: words.upper(),
        lambda words: f"\u2022  {words}",
        lambda words: words.replace(" ", "\u00a0"),
        lambda words: "\n".join(textwrap.wrap(words, 30)),
        lambda words: words.replace("] ", "]"),
        lambda words: words.replace("[From", "[ From"),
    ],
)  # fmt: skip
def test_what_programs_do_to_a_line_is_no_change(changed) -> None:  # type: ignore[no-untyped-def]
    own = own_words(changed(prefilled(LINE).shown))
    assert (own.words, own.unchanged, own.changed, own.damaged) == ("", 1, 0, [])


def test_what_people_do_to_a_line_makes_it_theirs() -> None:
    line = prefilled(LINE)
    for changed in (
        line.shown.replace("twice", "once"),
        f"{line.shown} I doubt it.",
        line.shown.replace("contested ", ""),
    ):
        own = own_words(changed)
        assert (own.unchanged, own.changed) == (0, 1)
        assert own.words == changed.partition("] ")[2]


def test_own_words_beside_a_line_stay_and_the_line_is_not_theirs() -> None:
    line = prefilled(LINE)
    own = own_words(f"Before. {line.shown}\nAfter.\n\n{prefilled('Other line').shown}\nLast.")
    assert own.words.split() == ["Before.", "After.", "Last."]
    assert own.unchanged == 2


@pytest.mark.parametrize(
    "damage", ["[From the data] ", "[From the data 7K] ", "(From the data ABCD) ", "From the data 7K2Q] "]
)
def test_a_damaged_mark_is_noticed_and_its_line_kept(damage: str) -> None:
    own = own_words(f"Mine.\n{damage}{LINE}")
    assert own.damaged == [f"{damage}{LINE}"]
    assert LINE in own.words
    assert mark_for(own.damaged[0]) == f"[From the data {prefilled(LINE).code}]"


def test_a_sentence_that_begins_like_a_mark_is_none() -> None:
    own = own_words("From the data we saw nothing.")
    assert (own.words, own.damaged) == ("From the data we saw nothing.", [])


def test_a_later_pre_fill_adds_what_is_new_and_says_what_is_gone() -> None:
    first, _ = updated("", ["a one", "b two"], DAY)
    first = first.replace(f", new on {DAY}", "")
    text, added = updated(f"{first}\nMine.", ["b two", "c three"], DAY)
    assert added == 1
    assert [(line.words, line.state) for line in lines_of(text)] == [
        ("a one", "no longer there"), ("b two", ""), ("Mine.", ""), ("c three", "new"),
    ]  # fmt: skip
    assert own_words(text).words == "Mine."
    assert updated(text, ["b two", "c three"], "2027-01-01") == (text, 0)
    back, _ = updated(text, ["a one", "b two", "c three"], "2027-01-01")
    assert [line.state for line in lines_of(back)] == ["new", "", "", "new"]


def test_a_line_that_somebody_changed_is_not_added_again() -> None:
    changed = prefilled("a one").shown + " and more"
    assert updated(changed, ["a one"], DAY) == (changed, 0)


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=40)


@given(own=st.lists(WORDS, max_size=5), offered=st.lists(WORDS.filter(str.strip), max_size=4), data=st.data())
def test_no_word_is_lost_whatever_is_written_between_the_lines(
    own: list[str], offered: list[str], data: st.DataObject
) -> None:
    text, _ = updated("", offered, DAY)
    lines = text.split("\n") if text else []
    for words in own:
        lines.insert(data.draw(st.integers(0, len(lines))), words)
    after, _ = updated("\n".join(lines), data.draw(st.permutations(offered)), "2027-01-01")
    kept = " ".join(after.split())
    assert all(" ".join(words.split()) in kept for words in own)
    again, added = updated(after, offered, "2027-01-01")
    assert (again, added) == (after, 0)


def filled(words: dict[str, str]) -> FilledRow:
    return FilledRow({name: Cell(each, Address()) for name, each in words.items()})


def test_the_mark_of_a_row_is_of_the_whole_row() -> None:
    words = {"about": "D01", "when": "2011", "happened": "It was read", "who": "SS"}
    row = marked_row(words, "happened")
    assert row["happened"].endswith("] It was read")
    found = row_of(filled(row), "happened")
    assert found.unchanged
    assert {name: cell.text for name, cell in found.row.values.items()} == words
    assert not row_of(filled({**row, "when": "2012"}), "happened").unchanged
    assert not row_of(filled({**row, "quote": "new"}), "happened").unchanged
    only_a_mark = marked_row({"about": "D01", "who": "SS"}, "happened")
    assert row_of(filled(only_a_mark), "happened").unchanged
    assert row_of(filled({"happened": "[From the data 7K] It"}), "happened").damaged
