"""Finding a question by words: those in its name, its title and the research question, near misses too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from journeys.model.identity import folded
from journeys.store.queries.library import Query

_WORD = re.compile(r"[^\W_]+")
_SAY_NOTHING = frozenset(
    _WORD.findall(
        "a about all an and any are as at by did do does each for from had has have how in is it its of on or that "
        "the their them there they this to was were what when where whether which who whom whose why with"
    )
)
_NEAR_ENOUGH = 80.0
"""Of 100: "contests" is near "contested", "contract" is not."""


def find(questions: Sequence[Query], words: str, *, misspelt: bool = True) -> list[Query]:
    """The questions in which all these words occur, the best first; see :func:`with_words`."""
    by_name = {query.name: query for query in questions}
    return [by_name[name] for name in with_words(_texts(questions), words, misspelt=misspelt)]


def how_well(questions: Sequence[Query], words: str) -> float:
    """How well the words fit the question that they fit best; 0 where none has all of them."""
    return max(with_words(_texts(questions), words).values(), default=0.0)


def _texts(questions: Sequence[Query]) -> dict[str, tuple[tuple[float, str], ...]]:
    return {
        query.name: ((1.5, query.name), (1.2, query.title), (1.0, query.question))
        for query in sorted(questions, key=lambda query: query.name)
    }


def with_words(
    entries: Mapping[str, Iterable[tuple[float, str]]], words: str, *, misspelt: bool = True
) -> dict[str, float]:
    """The names of the entries in which all these words occur, the best first, with how well they fit.

    Each entry has texts with a weight: a word in its name says more than one in its question. A word may be a
    beginning, or (unless ``misspelt`` is false) slightly misspelt. Little words ("who", "of") count only when there are
    no others.
    """
    wanted = _words(words)
    wanted = [word for word in wanted if word not in _SAY_NOTHING] or wanted
    if not wanted:
        return {}
    split = {name: [(weight, _words(text)) for weight, text in texts] for name, texts in entries.items()}
    scored = [(_score(places, wanted, misspelt), name) for name, places in split.items()]
    return {name: score for score, name in sorted(scored, key=lambda pair: -pair[0]) if score}


def nearest(questions: Sequence[Query], words: str, most: int = 3) -> list[Query]:
    """The questions that are most like these words, for when none has all of them."""
    choices = {query.name: f"{query.short_name.replace('_', ' ')} {query.title} {query.words}" for query in questions}
    close = process.extract(folded(words), choices, scorer=fuzz.WRatio, processor=folded, limit=most, score_cutoff=50)
    by_name = {query.name: query for query in questions}
    return [by_name[name] for _, _, name in close]


def _score(places: Sequence[tuple[float, Sequence[str]]], wanted: Sequence[str], misspelt: bool) -> float:
    """How well an entry fits, 0 for not."""
    total = 0.0
    for word in wanted:
        best = max((weight * _likeness(word, there, misspelt) for weight, there in places), default=0.0)
        if not best:
            return 0.0
        total += best
    return total


def _likeness(word: str, there: Sequence[str], misspelt: bool) -> float:
    if word in there:
        return 100.0
    if len(word) > 2 and any(other.startswith(word) for other in there):
        return 95.0
    meaning = [other for other in there if other not in _SAY_NOTHING] if misspelt else []
    near = process.extractOne(word, meaning, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return near[1] if near else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
