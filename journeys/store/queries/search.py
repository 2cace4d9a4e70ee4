"""Finding a question by words: those in its name, its title and the research question, near misses too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from journeys.model.identity import folded
from journeys.store.queries.library import Query

_WORD = re.compile(r"[^\W_]+")
_SAY_NOTHING = frozenset(
    _WORD.findall(
        "a about all an and any are as at by did do does each for from had has have how in is it its of on or that "
        "the their them there they this to was were what when where which who whom whose why with"
    )
)
_NEAR_ENOUGH = 80.0
"""Of 100: "contests" is near "contested", "contract" is not."""


def find(questions: Sequence[Query], words: str) -> list[Query]:
    """The questions in which all these words occur, the best first; a word may be a beginning, or slightly misspelt.

    Little words ("who", "of") count only when there are no others.
    """
    wanted = _words(words)
    wanted = [word for word in wanted if word not in _SAY_NOTHING] or wanted
    scored = [(_score(query, wanted), query) for query in questions] if wanted else []
    return [query for score, query in sorted(scored, key=lambda pair: (-pair[0], pair[1].name)) if score]


def nearest(questions: Sequence[Query], words: str, most: int = 3) -> list[Query]:
    """The questions that are most like these words, for when none has all of them."""
    choices = {query.name: f"{query.short_name.replace('_', ' ')} {query.title} {query.words}" for query in questions}
    close = process.extract(folded(words), choices, scorer=fuzz.WRatio, processor=folded, limit=most, score_cutoff=50)
    by_name = {query.name: query for query in questions}
    return [by_name[name] for _, _, name in close]


def _score(query: Query, wanted: Sequence[str]) -> float:
    """How well it fits, 0 for not: a word in the name weighs more than one in the title, and that more than one in
    the question."""
    places = ((1.5, _words(query.name)), (1.2, _words(query.title)), (1.0, _words(query.question)))
    total = 0.0
    for word in wanted:
        best = max(weight * _likeness(word, there) for weight, there in places)
        if not best:
            return 0.0
        total += best
    return total


def _likeness(word: str, there: Sequence[str]) -> float:
    if word in there:
        return 100.0
    if len(word) > 2 and any(other.startswith(word) for other in there):
        return 95.0
    near = process.extractOne(word, there, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
    return near[1] if near else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))
