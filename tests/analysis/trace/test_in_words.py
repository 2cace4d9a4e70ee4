"""The answers of a document's form stand in its trace where they belong, with the rows beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.trace.in_words import QUESTIONS


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(Path(demo_study("embedded").folder))
    with opened.store():
        yield opened


def test_every_answer_about_the_journey_is_there_once(study: journeys.Study) -> None:
    rows = study.cypher(
        "MATCH (x:Extract {study: $study})-[:ABOUT]->(d:Document)"
        " WHERE x.instrument_field STARTS WITH 'document_extraction_template.'"
        " RETURN d.id, split(x.instrument_field, '.')[1], x.id",
        row_limit=None,
    ).rows
    wanted: dict[str, list[str]] = {}
    for document, question, answer in rows:
        if question in QUESTIONS:
            wanted.setdefault(document, []).append(answer)
    assert len(wanted) > 5
    for document, answers in wanted.items():
        journey = study.trace(document)
        shown = [
            below.id
            for part in journey.in_words
            for question in part.questions
            for below in question.entries
            if below.kind == "answer"
        ]
        assert sorted(shown) == sorted(answers)  # type: ignore[type-var]


def test_the_rows_beside_an_answer(study: journeys.Study) -> None:
    journey = study.trace("D07")
    parts = {part.title: part for part in journey.in_words}
    assert list(parts) == ["Origins", "Where else it went", "Role and impact"]
    assert {row.kind.name for row in parts["Origins"].rows} == {"COMMISSIONED", "INTRODUCED"}
    assert parts["Origins"].cells == ["A2", "A7"]
    told = journey.as_dict()["in_words"][0]
    assert [len(question["entries"]) for question in told["questions"]] == [1, 1]
    assert set(told["rows"]) <= {claim.id for claim in journey.claims}


def test_answers_without_a_day_are_left_out_of_what_was_known_then(study: journeys.Study) -> None:
    assert study.trace("D07", as_known_on=date(2011, 6, 1)).in_words == ()


def test_a_terminal_and_a_page_show_them(study: journeys.Study) -> None:
    journey = study.trace("D07")
    page = study.output(journey).content("html")
    text = study.output(journey).content("text")
    for shown in (page, text):
        assert isinstance(shown, str)
        said = " ".join(shown.split())
        for words in ("To the council, for information.", "Yes for the clinics; for ethnicity not."):
            assert words in said
        assert "forms/INVENTED D07.xlsx &gt; Journey &gt; B17" in said or "D07.xlsx > Journey > B17" in said
    assert "28 form answers: `journeys show D07`" in " ".join(str(text).split())
