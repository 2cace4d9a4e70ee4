"""Suggestions for mistyped names."""

from __future__ import annotations

from collections.abc import Iterable

from journeys.model.identity import folded
from journeys.model.phrases import one_of

_NEAR_ENOUGH = 70
"""The lowest similarity, of 100, for a suggestion: "lode" suggests "load" (75), "density" not "sensitivity" (67)."""
_SHORTEST_BEGINNING = 3


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The names of ``known`` that are most like ``word``, the nearest first: spelt alike, or beginning so."""
    names, wanted = list(known), _plain(word)
    if len(wanted) >= _SHORTEST_BEGINNING and (begun := [name for name in names if _plain(name).startswith(wanted)]):
        return begun[:most]
    from rapidfuzz import fuzz, process  # takes long, and most commands have nothing to suggest

    near = process.extract(wanted, names, scorer=fuzz.ratio, processor=_plain, limit=most, score_cutoff=_NEAR_ENOUGH)
    return [name for name, _, _ in near]


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """Return the sentence " Did you mean …?" with the nearest names; "" where nothing is similar."""
    near = nearest(word, known, most)
    return f" Did you mean {one_of(map(repr, near))}?" if near else ""


def _plain(name: str) -> str:
    return " ".join(folded(name).replace("_", " ").replace("-", " ").split())
