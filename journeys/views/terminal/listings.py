"""The questions and the measures there are, as rows and as plain values for programs."""

from __future__ import annotations

from typing import Any

from journeys.analysis.measures.search import Measures
from journeys.model import exports
from journeys.store.queries.library import Library, Query
from journeys.store.queries.parameters import STUDY, Parameter

QUESTION_COLUMNS = dict(
    zip(
        exports.QUESTION_COLUMNS,
        (
            "what to write after `journeys ask`",
            "which of the 45 research questions it answers",
            "its title",
            "the question in words",
            "the parameters that must be given",
            "the parameters that may be given",
            "whether it is the study's own",
        ),
        strict=True,
    )
)
MEASURE_COLUMNS = dict(
    zip(
        exports.MEASURE_COLUMNS,
        (
            "what to write after `journeys analyse`",
            "what it is about",
            "the question that it answers",
            "whether it can be about one document or piece of evidence",
            "what may be written after --option",
        ),
        strict=True,
    )
)


def questions_rows(library: Library) -> list[tuple[Any, ...]]:
    """A row a question, in the order of ``QUESTION_COLUMNS``."""
    return [
        (query.name, query.numbers, query.title, query.words, _names(query, True), _names(query, False), query.own)
        for query in library.questions
    ]


def questions_as_dicts(library: Library) -> list[dict[str, Any]]:
    """Each question with its parameters, its columns and its example."""
    return [
        {
            "name": query.name,
            "numbers": list(query.numbers),
            "title": query.title,
            "question": query.words,
            "parameters": [_parameter(held) for name, held in query.parameters.items() if name != STUDY],
            "returns": dict(query.returns),
            "example": query.example,
            "own": query.own,
        }
        for query in library.questions
    ]


def measures_rows(measures: Measures) -> list[tuple[Any, ...]]:
    """A row a measure, in the order of ``MEASURE_COLUMNS``."""
    return [
        (
            measure.name,
            measure.group,
            measure.answers,
            measure.takes_ref,
            [f"{name}={measure.kinds[name].signs}" for name in measure.options],
        )
        for measure in measures.by_name.values()
    ]


def measures_as_dicts(measures: Measures) -> list[dict[str, Any]]:
    """Each measure with its options."""
    return [
        {
            "name": measure.name,
            "group": measure.group,
            "answers": measure.answers,
            "takes_ref": measure.takes_ref,
            "options": [
                {"name": name, "values": measure.kinds[name].words, "meaning": meaning}
                for name, meaning in measure.options.items()
            ],
        }
        for measure in measures.by_name.values()
    ]


def _names(query: Query, required: bool) -> list[str]:
    return [name for name, held in query.parameters.items() if held.required is required and name != STUDY]


def _parameter(held: Parameter) -> dict[str, Any]:
    return {
        "name": held.name,
        "type": held.type,
        "meaning": held.meaning,
        "required": held.required,
        "default": held.default,
        "terms": {name: term.label for name, term in held.vocabulary.terms.items()} if held.vocabulary else None,
    }
