"""Find questions of the library and measures by words, whichever command the words were given to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from journeys.analysis.measures.registry import Measure
    from journeys.store.queries.library import Library, Query

_MOST = 5


def questions_meant(library: Library, words: str) -> list[Query]:
    """The questions that ``words`` may mean. Raises UnknownQuery for none, with the measures that have the words."""
    from journeys.analysis.measures.search import Measures
    from journeys.analysis.questions.search import NoQuestion, matching

    try:
        return matching(library, words)
    except NoQuestion:
        if measures := Measures().find(words):
            raise NoQuestion(f"No question mentions {words!r}. {_leading_to_measures(measures)}") from None
        raise


def measure_meant(library: Library, words: str) -> Measure:
    """The measure of this name. Raises UsageProblem for none, with what has the words: a measure, or a question."""
    from journeys.analysis.measures.registry import MEASURES, measure_named
    from journeys.analysis.measures.search import Measures
    from journeys.store.queries.search import find

    try:
        return measure_named(words)
    except UsageProblem:
        there_is_none = f"There is no measure {words!r}."
        if nearest(words, MEASURES):
            raise UsageProblem(f"{there_is_none}{did_you_mean(words, MEASURES)}") from None
        if measures := Measures().find(words):
            raise UsageProblem(f"{there_is_none} {_leading_to_measures(measures)}") from None
        if questions := find(library.questions, words):
            has = "A question mentions it" if len(questions) == 1 else "These questions mention it"
            led = _lines([f"`journeys ask {query.short_name}`: {query.words}" for query in questions])
            raise UsageProblem(f"{there_is_none} {has}:\n{led}") from None
        if measures := Measures().find(words, misspelt=True):
            raise UsageProblem(f"{there_is_none} {_leading_to_measures(measures)}") from None
        raise


def _leading_to_measures(measures: Sequence[Measure]) -> str:
    has = "A measure mentions" if len(measures) == 1 else "These measures mention"
    return f"{has} it:\n{_lines([f'`journeys analyse {each.name}`: {each.answers}' for each in measures])}"


def _lines(entries: Sequence[str]) -> str:
    more = [f"and {len(entries) - _MOST} more"] if len(entries) > _MOST else []
    return "\n".join(f"  {entry}" for entry in [*entries[:_MOST], *more])
