"""Answers show words: labels of vocabularies, nouns for kinds of node, questions of forms."""

from __future__ import annotations

from typing import Any

import pytest

from journeys.analysis.questions.labels import InWords, labels_of
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.instrument_set import shipped_instruments
from journeys.model.schema import load_schema
from journeys.store.queries.library import read_library

SCHEMA = load_schema()


@pytest.mark.parametrize(
    ("column", "declared", "held", "shown"),
    [
        ("use_type", {}, "post_hoc", "Post hoc"),
        ("evidence_type", {}, "6.10", "6.10 Case studies and best practice"),
        ("stages", {"stages": ("stage",)}, ["use", "impact"], ["Use", "Impact"]),
        ("who_kind", {}, "Actor", "person or group"),
        ("who", {}, "Actor", "Actor"),  # somebody may be called so
        ("use_type", {}, "of the study's own", "of the study's own"),
        ("use_type", {}, "not_stated", "not stated"),
        ("who", {}, "not_stated", "not_stated"),
        ("called", {"called": ("answer_status",)}, None, None),
    ],
)
def test_a_term_is_shown_by_its_label(column: str, declared: dict[str, tuple[str, ...]], held: Any, shown: Any) -> None:
    words = labels_of(SCHEMA, shipped_instruments(), [column], declared).get(column, {})
    found = InWords(words).of(held)
    assert str(found).casefold() == str(shown).casefold()


def test_a_question_of_a_form_is_shown_as_it_is_printed() -> None:
    words = shipped_instruments().question_words
    for name in ("document_extraction_template", "observation_guide"):
        for question in load_instrument(name).questions():
            assert words[f"{name}.{question.name}"].endswith(question.wording)
    assert words["narrative_form.n1.objectives"] == "(1) What were its objectives?"
    assert words["theme_form.t1_1.findings"] == "(1.1) General themes/findings"
    assert words["other_equality_evidence.other_equality_difference"].startswith("Other equality evidence: ")


def test_a_kind_of_claim_is_shown_by_its_phrase() -> None:
    words = labels_of(SCHEMA, shipped_instruments(), ["did"], {"did": ["claim_kind"]})["did"]
    assert (words["ACCESSED"], words["PRESENTED_IN"]) == ("obtained", "is presented in")


def test_boxes_and_labels_of_the_library_name_what_exists() -> None:
    known = shipped_instruments().question_words
    for query in read_library().questions:
        for box in query.boxes:
            assert any(field == box or field.startswith(f"{box}.") for field in known), (query.name, box)
        for column, names in query.labels.items():
            assert column in query.returns, (query.name, column)
            known_words = {"form_question", "claim_kind", *SCHEMA.vocabularies}
            assert set(names) <= known_words, (query.name, names)
