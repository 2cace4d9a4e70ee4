"""Ids are stable, made from content, and names are compared as people compare them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.model.identity import claim_id, derived_claim_id, folded, node_id, slug, stored_json
from journeys.model.schema import load_schema

SCHEMA = load_schema()
DOCUMENT = SCHEMA.nodes["Document"]
NAMES = st.text(min_size=1, max_size=40)


def test_a_node_id_is_study_kind_and_natural_key() -> None:
    assert node_id("riverside", DOCUMENT, ["north.strategic", "D07"]) == "riverside:document:north.strategic.D07"
    assert (
        node_id("riverside", SCHEMA.nodes["CaseStudy"], ["north strategic"]) == "riverside:case_study:north-strategic"
    )


def test_a_key_without_a_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="id"):
        node_id("riverside", DOCUMENT, ["", "\u200b"])
    with pytest.raises(ValueError, match="letter"):
        slug("::")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José  Ärger", "jose arger"),
        ("SS", "ss"),
        ("Straße", "STRASSE"),
        ("Anne\u00a0Marie", "anne marie"),
        ("Ｄ０７", "d07"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_names_that_people_take_for_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("कि", "क"), ("D1", "D01"), ("O'Neill", "ONeill"), ("محمد", "محمود")])
def test_names_that_are_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_long_name_keeps_its_difference() -> None:
    assert slug("x" * 500 + "a") != slug("x" * 500 + "b")
    assert len(slug("x" * 5000)) <= 160


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


ALIKE = {
    "'": "\u2018\u2019\u02bc\u2032\u00b4`",
    '"': "\u201c\u201d\u201e\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2212",
    " ": "\u00a0\u2009\u202f\u3000\t",
}
"""Signs that word processors put for those of a keyboard."""
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2069\ufeff"


@given(st.text("Aab\u00e9\u015f '\"-1", min_size=1), st.data())
def test_a_name_stays_one_name_whatever_a_word_processor_does_to_it(name: str, data: st.DataObject) -> None:
    typed = ""
    for sign in name:
        typed += data.draw(st.sampled_from(["", "", *INVISIBLE]))
        typed += data.draw(st.sampled_from([sign, *ALIKE.get(sign, "")]))
    assert folded(typed) == folded(name)


@given(st.text())
def test_a_node_id_is_one_line_of_three_parts(name: str) -> None:
    try:
        identity = node_id("s", DOCUMENT, [name])
    except ValueError:
        return
    assert identity.startswith("s:document:")
    assert identity.count(":") == 2
    assert identity.isprintable() or any(character.isspace() is False for character in identity)
    assert "\n" not in identity


QUALIFIERS = st.dictionaries(
    st.sampled_from(["aspect", "grounds", "source", "quote", "place", "scope", "at_meeting", "date_text"]), NAMES
)


@given(QUALIFIERS, st.randoms())
def test_a_claim_id_does_not_depend_on_the_order_of_columns(properties: dict[str, str], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(properties.items())
    random.shuffle(shuffled)
    assert claim_id(SCHEMA, "CONTESTED", "a", "b", properties) == claim_id(
        SCHEMA, "CONTESTED", "a", "b", dict(shuffled)
    )


@given(QUALIFIERS, QUALIFIERS)
def test_claims_that_say_different_things_have_different_ids(one: dict[str, str], other: dict[str, str]) -> None:
    same = claim_id(SCHEMA, "CONTESTED", "a", "b", one) == claim_id(SCHEMA, "CONTESTED", "a", "b", other)
    assert same == (one == other)


def test_judgements_about_a_claim_do_not_make_another() -> None:
    said = {"source": "s:data_source:i1", "quote": "No."}
    judged = {**said, "mode": "verbatim", "confidence": "low", "status": "to_follow_up", "note": "ask again"}
    assert claim_id(SCHEMA, "CONTESTED", "a", "b", said) == claim_id(SCHEMA, "CONTESTED", "a", "b", judged)


def test_found_not_to_be_so_is_another_claim() -> None:
    assert claim_id(SCHEMA, "CITED", "a", "b", {}) != claim_id(SCHEMA, "CITED", "a", "b", {"negated": True})
    assert claim_id(SCHEMA, "CITED", "a", "b", {}) == claim_id(SCHEMA, "CITED", "a", "b", {"negated": False})


def test_a_derived_claim_is_one_for_two_ends_and_a_meeting() -> None:
    assert derived_claim_id("TABLED_AT", "d", "m", "m") == derived_claim_id("TABLED_AT", "d", "m", "m")
    assert derived_claim_id("REFERRED_TO", "a", "d", "m1") != derived_claim_id("REFERRED_TO", "a", "d", "m2")


def test_stored_json_refuses_what_a_graph_cannot_hold() -> None:
    with pytest.raises(TypeError):
        stored_json({"x": object()})


def test_a_long_text_is_folded_like_a_short_one() -> None:
    """Texts are folded in stretches, and an accent may be the first sign of one."""
    for before in range(4090, 4100):
        assert folded("x" * before + "E\u0301\u0301 \u0915\u093f" * 900) == "x" * before + "e \u0915\u093f" * 900
