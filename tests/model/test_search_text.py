"""Words as they are searched: what is stored, what is asked for, and where it stands in a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.schema import load_schema
from journeys.model.search_text import Wanted, matches, search_words, searched_names, wanted_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two buses, twice.", ["two", "buses", "twice"]),
        ("Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]),
        ("the women’s group", ["the", "women", "s", "group"]),
        ("code 1.10, not 1.1", ["code", "1", "10", "not", "1", "1"]),
        ("needs_assessment", ["needs", "assessment"]),
        ("cafe\u0301s clin\u00adic", ["cafes", "clinic"]),
        ("Straße ﬁnd ½", ["strasse", "find", "1", "2"]),
        ("Ελλάδα Ёж", ["ελλαδα", "еж"]),
        ('+-&|!(){}[]^"~*?:\\/', []),
    ],
)
def test_the_words_of_a_text(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_are_stored_with_a_space_on_both_sides() -> None:
    assert search_words(["A quote.", "and a note"]) == " a quote | and a note "
    assert search_words(["", "…"]) == ""


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("two buses", ["two", "buses"]),
        ('"two buses" late', ['"two buses"', "late"]),
        ("“two buses”", ['"two buses"']),
        ("clinic*", ["clinic*"]),
        ('"the clin*"', ['"the clin*"']),
        ("women's", ['"women s"']),
        ("-late +early field:x ~2", ["late", "early", '"field x"', "2"]),
        ('an open "quote', ["an", "open", "quote"]),
        ('an open "quote of', ["an", "open", '"quote of"']),
        ("AND OR NOT", ["and", "or", "not"]),
        ("late late", ["late"]),
        ("*:* ?? \\", []),
    ],
)
def test_what_a_person_asks_for(asked: str, read: list[str]) -> None:
    assert [str(each) for each in wanted_words(asked)] == read


def test_words_of_three_letters_may_go_on_and_phrases_and_numbers_are_whole() -> None:
    read = {str(each): (each.part, each.whole) for each in wanted_words('bus gp 2011 "two bus" women\'s late-book g*')}
    assert read == {
        "bus": (" bus", " bus "),
        "gp": (" gp ", " gp "),
        "2011": (" 2011 ", " 2011 "),
        '"two bus"': (" two bus ", " two bus "),
        '"women s"': (" women s ", " women s "),
        '"late book"': (" late book", " late book "),
        "g*": (" g", " g"),
    }
    assert [last for _, last in matches("clinics clinical", wanted_words("clinic"))] == [7, 16]
    assert matches("clinics clinical", wanted_words('"clinic"')) == []


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    stored = search_words(["7.6", "7.6 Clinics"])
    assert wanted_words("7.6")[0].part in stored
    assert wanted_words("6.7")[0].part not in stored


def test_where_the_words_stand() -> None:
    text = "Two Buses: the café is two buses away, twobuses"
    assert [text[first:last] for first, last in matches(text, wanted_words('"two buses" cafe'))] == [
        "Two Buses",
        "café",
        "two buses",
    ]
    assert matches("a women’s group", [Wanted(("women", "s"))]) == [(2, 9)]
    assert [last for _, last in matches("clinics clinical", wanted_words("clinic*"))] == [7, 16]


@given(st.text(), st.text())
def test_a_text_is_found_by_what_is_stored_of_it_just_where_it_is_marked(text: str, asked: str) -> None:
    stored = search_words([text])
    for wanted in wanted_words(asked):
        assert (wanted.part in stored) == bool(matches(text, [wanted]))


@given(st.text())
def test_case_and_composition_make_no_difference(text: str) -> None:
    plain = " ".join(words_of(text))
    assert words_of(plain) == plain.split()
    latin = "".join(sign for sign in text if ord(sign) < 0x250)
    assert words_of(unicodedata.normalize("NFD", latin)) == words_of(latin)


def test_ids_terms_and_sensitive_properties_are_not_searched() -> None:
    schema = load_schema()
    of_extracts = searched_names(schema.properties_of_node("Extract"))
    assert {"text", "speaker", "locator"} <= set(of_extracts)
    assert not {"spoken_by", "passage", "instrument_field", "mode", "scope"} & set(of_extracts)
    assert "self_identification" not in searched_names(schema.properties_of_node("Actor"))
    of_claims = searched_names(schema.properties_of_claim("CONTESTED"))
    assert {"quote", "note", "place", "grounds", "date_text"} <= set(of_claims)
    assert not {"source", "source_title", "claimed_by", "at_meeting", "extract_ids"} & set(of_claims)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("assessments", "assessment"), ("studies", "study"), ("boxes", "box"), ("cases", "case"),
        ("processes", "process"), ("kinds", "kind"), ("gps", ""), ("bus", ""), ("process", ""), ("analysis", ""),
        ("census", ""), ('"clinics"', ""), ("clinics*", ""),
    ],
)  # fmt: skip
def test_a_plural_finds_the_singular(typed: str, found: str) -> None:
    (wanted,) = wanted_words(typed)
    assert bool(wanted.singular) == bool(found)
    if found:
        assert matches(found, [wanted]) == [(0, len(found))]
        assert matches(typed, [wanted])
        assert wanted.whole == f" {typed} "
