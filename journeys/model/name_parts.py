"""Parts of people's names that may stand alone, and those that are words too: where each of them means a person."""

from __future__ import annotations

import re
from enum import IntEnum

from journeys.model.titles import TITLES

ALL_TITLES = TITLES | {"reverend", "father", "sister", "herr", "frau", "madame", "mme", "monsieur"}
_WORDS_BEFORE = frozenset({"father", "sister", "miss", "lord", "lady", "sir", "dame"})
"""Titles that are words too: a name after them begins with a capital."""
_CALENDAR = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
"""Names that are looked for alone only after a title: dates would be lost."""
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
ALSO_WORDS = frozenset({
    "angel", "art", "baker", "banks", "bell", "best", "bill", "bird", "bishop", "black", "bond", "brook",
    "brooks", "brown", "bush", "case", "chance", "chase", "christian", "church", "cliff", "cook", "cooper",
    "crane", "cross", "dale", "dawn", "day", "dean", "drew", "earl", "eve", "faith", "field", "fields", "fisher",
    "flowers", "forest", "fox", "frank", "gene", "glen", "gold", "good", "grace", "grant", "gray", "green",
    "grey", "guy", "hall", "hand", "heath", "hill", "holly", "hope", "hunt", "hunter", "ivy", "jack", "joy",
    "king", "lamb", "lane", "law", "lee", "lily", "little", "long", "love", "major", "mark", "marsh", "mason",
    "max", "miles", "mill", "mills", "moon", "moss", "page", "park", "parks", "parker", "pat", "pearl", "penny",
    "pepper", "poppy", "porter", "power", "price", "prince", "queen", "ray", "read", "reason", "rich", "rob",
    "robin", "rock", "rose", "ruby", "rush", "sandy", "shepherd", "short", "silver", "skip", "small", "snow",
    "spring", "star", "steel", "stone", "strong", "sue", "summer", "summers", "swift", "taylor", "turner", "wade",
    "walker", "wall", "ward", "waters", "weaver", "wells", "west", "white", "will", "wise", "wolf", "wood",
    "woods", "young",
})  # fmt: skip
"""Names that are words too: alone they are taken for names where they begin with a capital."""

_TWO_LETTERS = frozenset({
    "ah", "am", "an", "as", "at", "be", "by", "do", "er", "go", "ha", "he", "hi", "hm", "if", "in", "is", "it", "me",
    "mm", "my", "no", "of", "oh", "ok", "on", "or", "so", "to", "uh", "um", "up", "us", "we",
})  # fmt: skip
"""Words of two letters with which a sentence may begin."""
NO_PLURALS = frozenset({
    "always", "as", "bass", "bus", "class", "does", "gas", "has", "his", "is", "its", "lens", "less", "loss", "pass",
    "perhaps", "plus", "this", "thus", "us", "was", "yes",
})  # fmt: skip
"""Words that are no plurals of the names Thi, Doe, Les or Ye."""
_PARTICLES = frozenset({
    "af", "al", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "las", "le", "los", "ten", "ter", "van", "von", "y", "zu", "zum", "zur",
})  # fmt: skip
"""What stands before or between surnames."""
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
UNSPACED = re.compile(rf"[{_UNSPACED}\U00020000-\U0003ffff]")
"""A letter of a script that puts no space between words: Chinese, Japanese, Korean, Thai and others."""
TITLES_AFTER = "(?:先生|女士|小姐|太太|老师|老師|教授|博士|医生|醫生|主任|经理|經理|さん|様|氏)"
"""Titles that stand behind a surname of one sign."""


class Where(IntEnum):
    """Where a part of a name that stands alone means the person; after a title all of them do."""

    ANYWHERE = 0
    WITH_A_CAPITAL = 1
    AS_A_NAME = 2
    """With one capital, as in Wu: not WU, which may be a column, nor wu."""
    AFTER_A_TITLE = 3


def where_alone(word: str, *, last: bool) -> Where:
    """Where a part of a name means a person; ``word`` is folded, ``last`` whether no other part stands behind it."""
    if word in _CALENDAR or word in _TWO_LETTERS or (word in _PARTICLES and not last):
        return Where.AFTER_A_TITLE
    if len(word) < 3 and not UNSPACED.match(word):
        return Where.AS_A_NAME
    return Where.WITH_A_CAPITAL if word in ALSO_WORDS else Where.ANYWHERE


def where_piece_alone(piece: str) -> Where:
    """Where a piece of a part with hyphens means a person, as Jean of Jean-Pierre."""
    if piece in _CALENDAR or piece in _MONTHS or len(piece) < 3:
        return Where.AFTER_A_TITLE
    return Where.WITH_A_CAPITAL if len(piece) < 4 or piece in ALSO_WORDS else Where.ANYWHERE


_BEFORE = re.compile(rf"(?<![^\W\d_])({'|'.join(sorted(ALL_TITLES, key=len, reverse=True))})\.?[\s_.\-]{{1,3}}$")


def after_a_title(before: str, *, capital: bool) -> bool:
    """Whether a title stands at the end of a folded text before a name; ``capital``: the name begins with one."""
    found = _BEFORE.search(before[-16:])
    return found is not None and (capital or found[1] not in _WORDS_BEFORE)
