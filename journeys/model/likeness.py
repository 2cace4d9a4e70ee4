"""How alike two names are, as names of one person or of one organisation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from journeys.model.identity import folded
from journeys.model.titles import TITLES

_ALIKE = 0.84
"""The likeness (Jaro and Winkler) from which two words may be one, written otherwise."""
_INITIAL, _ALONE = 0.9, 0.82
"""How much an initial says of a first name, and one part of a name of the whole of it."""
_LITTLE = frozenset({"the", "of", "and", "for", "in", "on", "nhs"})


def words_of(name: str) -> list[str]:
    """The words of a name, folded, without titles and what stands in brackets; the surname last."""
    plain = re.sub(r"\([^()]*\)", " ", name)
    last, comma, first = plain.partition(",")
    words = re.findall(r"[^\W_]+", folded(f"{first} {last}" if comma and first.strip() else plain).replace("'", ""))
    return [word for word in words if word not in TITLES] or words


def people_alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two people's names are, from 0 to 1, given as ``words_of`` gives them.

    First names and surnames are compared by themselves. An initial agrees with every name that begins with it; two
    different initials or numbers agree never.
    """
    if not one or not other:
        return 0.0
    if len(one) == 1 or len(other) == 1:
        short, long = sorted((one, other), key=len)
        found = max(_word(short[0], long[0]), _word(short[0], long[-1]))
        return found if len(long) == 1 else _ALONE * found
    straight = min(_word(one[0], other[0]), _word(one[-1], other[-1]))
    crossed = min(_word(one[0], other[-1]), _word(one[-1], other[0]))
    return max(straight, crossed)


def organisations_alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike the names of two organisations are, from 0 to 1; a short form is the first letters of the words."""
    if not one or not other or _numbers(one) != _numbers(other):
        return 0.0
    for short, long in ((one, other), (other, one)):
        letters = "".join(word[0] for word in long if word not in _LITTLE)
        if len(short) == 1 and len(letters) > 1 and short[0] in (letters, "".join(word[0] for word in long)):
            return _INITIAL
    return fuzz.token_sort_ratio(" ".join(one), " ".join(other)) / 100


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isalpha()]


def _word(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not (one.isalpha() and other.isalpha()):
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[0] == other[0] and len(one) != len(other) else 0.0
    found = float(JaroWinkler.similarity(one, other))
    return found if found >= _ALIKE else 0.0
