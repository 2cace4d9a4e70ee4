"""Find questions of the library and measures by words, whichever command the words were given to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeys.model.problems import UsageProblem
from journeys.model.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from journeys.analysis.measures.registry import Measure
    from journeys.store.queries.library import Query
    from journeys.study.access import StudyAccess

_MOST = 5


def questions_meant(study: StudyAccess, words: str) -> list[Query]:
    """The questions that ``words`` may mean. Raises UnknownQuery for none, with the measures that have the words."""
    from journeys.analysis.questions.search import NoQuestion, matching
    from journeys.store.queries.search import how_well

    library = study.questions()
    try:
        matching(library, words, misspelt=False)
    except NoQuestion:
        measures = study.measures()
        # A word that a measure has as it stands, or in a spelling that is nearer than that of any question.
        led, spelt = measures.find(words), True
        if not led and measures.how_well(words) > how_well(library.questions, words):
            led, spelt = measures.find(words, misspelt=True), False
        if led:
            where = _leading_to_measures(led, spelt=spelt)
            raise NoQuestion(f"No question mentions {words!r}. {where}") from None
    return matching(library, words)


def measure_meant(study: StudyAccess, words: str) -> Measure:
    """The measure of this name. Raises UsageProblem for none, with what has the words: a measure, or a question."""
    from journeys.analysis.measures.registry import measure_named
    from journeys.store.queries.search import find, how_well

    try:
        return measure_named(words)
    except UsageProblem:
        library, measures = study.questions(), study.measures()
        there_is_none = f"There is no measure {words!r}."
        if nearest(words, measures.by_name):
            raise UsageProblem(f"{there_is_none}{did_you_mean(words, measures.by_name)}") from None
        if led := measures.find(words):
            raise UsageProblem(f"{there_is_none} {_leading_to_measures(led, spelt=True)}") from None
        spelt = find(library.questions, words, misspelt=False)
        nearer = how_well(library.questions, words) >= measures.how_well(words)
        if questions := find(library.questions, words) if spelt or nearer else []:
            lines = _lines([f"`journeys ask {query.short_name}`: {query.words}" for query in questions])
            has = _mention("question", len(questions), spelt=bool(spelt))
            raise UsageProblem(f"{there_is_none} {has}:\n{lines}") from None
        if led := measures.find(words, misspelt=True):
            raise UsageProblem(f"{there_is_none} {_leading_to_measures(led, spelt=False)}") from None
        raise


def _leading_to_measures(led: Sequence[Measure], *, spelt: bool) -> str:
    has = _mention("measure", len(led), spelt=spelt)
    return f"{has}:\n{_lines([f'`journeys analyse {each.name}`: {each.answers}' for each in led])}"


def _mention(what: str, number: int, *, spelt: bool) -> str:
    who = f"A {what} mentions" if number == 1 else f"These {what}s mention"
    return f"{who} it" if spelt else f"{who} something like it"


def _lines(entries: Sequence[str]) -> str:
    more = [f"and {len(entries) - _MOST} more"] if len(entries) > _MOST else []
    return "\n".join(f"  {entry}" for entry in [*entries[:_MOST], *more])
