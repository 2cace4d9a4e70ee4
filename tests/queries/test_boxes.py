"""Answers in words on forms stand beside the claims that a question finds."""

from __future__ import annotations

from journeys.analysis.questions.boxes import box_answers
from journeys.instruments.instrument_set import shipped_instruments
from journeys.store.queries.library import load_query
from tests.queries.asking import Asked
from tests.queries.small_graph import SmallGraph

FIELD = "document_extraction_template.origins_and_introduction.introduced_by"


def test_a_question_says_what_forms_answer_in_words(small: tuple[SmallGraph, Asked]) -> None:
    graph, asked = small
    graph.nodes("Document", "paper", "other")
    graph.nodes(
        "Extract", "told", instrument_field=FIELD, answer_status="answered", text="Ann did", file="forms/a.xlsx"
    )
    graph.nodes("Extract", "unknown", instrument_field=FIELD, answer_status="not_known_yet")
    graph.nodes("Extract", "elsewhere", instrument_field=f"{FIELD}_else", answer_status="answered", text="no")
    graph.claims("told ABOUT paper", "unknown ABOUT other", "elsewhere ABOUT paper")
    graph.write()

    query = load_query("trace/introductions")
    found = box_answers(asked.store, asked.study, shipped_instruments(), query.boxes, {"document": graph.id("paper")})
    everywhere = box_answers(asked.store, asked.study, shipped_instruments(), query.boxes, {"document": None})

    assert [(box.about, box.status, box.text, str(box.address)) for box in found] == [
        ("paper", "answered", "Ann did", "forms/a.xlsx"),
    ]
    assert found[0].question.endswith("Who introduced the document to the group?")
    assert [(box.about, box.status, box.text) for box in everywhere] == [
        ("other", "not_known_yet", None),
        ("paper", "answered", "Ann did"),
    ]
    assert box_answers(asked.store, asked.study, shipped_instruments(), (), {}) == ()


def test_boxes_are_narrowed_like_the_question(asked: Asked) -> None:
    fields = load_query("patterns/gathered_within_or_apart").boxes
    every = box_answers(asked.store, asked.study, shipped_instruments(), fields, {"site": None})
    west = box_answers(asked.store, asked.study, shipped_instruments(), fields, {"site": f"{asked.study}:site:west"})
    assert {box.about_id for box in west} == {box.about_id for box in every if ":west." in box.about_id}
    assert 0 < len(west) < len(every)
