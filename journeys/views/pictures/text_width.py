"""Estimated width of drawn words, accurate enough to avoid overlaps."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate

from journeys.views.text import shortened

SIZE = 12.0
"""The size of the letters of a picture."""

_SLIM, _SLIMMER = frozenset("cksvxyz"), frozenset("rI")
_NARROW, _WIDE = frozenset("ijlft.,:;'|!()[] "), frozenset("mwMW@%…—")
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})


@lru_cache(maxsize=10_000)
def words_width(text: str) -> float:
    """The width of ``text`` in a sans serif letter, rather too wide than too narrow."""
    return sum(map(_width, text))


def fitted(text: str, width: float) -> str:
    """``text``, cut at a word with an ellipsis if it is wider than ``width``."""
    if words_width(text) <= width:
        return text
    room = width - _width("…")
    return shortened(text, sum(1 for reached in accumulate(map(_width, text)) if reached <= room) + 1)


def lines_of(text: str, width: float) -> Iterator[str]:
    """``text`` in lines of at most ``width``, broken between words; a word that is too long by itself is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and words_width(longer) > width:
            yield fitted(line, width)
            longer = word
        line = longer
    yield fitted(line, width)


def _width(letter: str) -> float:
    return _share(letter) * SIZE


@cache
def _share(letter: str) -> float:
    """The width of a letter, of its size."""
    if letter in _NARROW:
        return 0.32
    if letter in _SLIMMER:
        return 0.42
    if letter in _SLIM:
        return 0.53
    if letter in _WIDE:
        return 0.95
    if unicodedata.category(letter) in _WITHOUT_WIDTH:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.72 if letter.isupper() else 0.58
