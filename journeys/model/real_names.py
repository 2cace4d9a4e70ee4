"""Find people's real names in any text, in all forms in which they are written, and put pseudonyms in their place.

A person is found by the whole name, in either order; by a first name or initial with the surname; by each part of the
name alone; and by every other name that is given. Case, accents, soft hyphens, words divided at the end of a line, and
what stands between the parts (spaces, points, hyphens, underscores, nothing) make no difference. A title or a
possessive stays as it is. A form that several people share becomes the pseudonyms of all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

from journeys.model.titles import TITLES

BREAK = "\ue000"
"""Stands between two cells or paragraphs that are searched together: a word may be divided there by a hyphen."""

_TITLES = TITLES | {"reverend", "father", "sister"}
_CALENDAR = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
"""Names that are not looked for alone: dates would be lost."""
_ALSO_WORDS = frozenset({
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

_LETTER = r"[^\W\d_]"
_BETWEEN = r"[\s._,\-]{0,3}"
_POINTS, _INITIALS = r"[\s.]{1,2}", 3
"""What stands between initials, and how many letters are no more than initials."""
_END = rf"(?=s?(?!{_LETTER}))"
_OTHER_INITIALS = rf"(?:{_LETTER}(?!{_LETTER})\.?{_BETWEEN}){{0,3}}"
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_FOLDED = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'", "‘": "'",
           "ʼ": "'", "‐": "-", "‑": "-", "–": "-"}  # fmt: skip
_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_DIVIDED = re.compile(rf"(?<={_LETTER})-[ \t]*(?:\r?\n|\r|{BREAK})[ \t]*(?={_LETTER})")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person's real name, the pseudonym that takes its place, and other names of the same person."""

    name: str
    pseudonym: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: from where to where, and what takes its place."""

    start: int
    end: int
    pseudonym: str


class NameFinder:
    """Finds the names of some people in texts."""

    def __init__(self, people: Iterable[KnownPerson], *, parts: bool = True) -> None:
        """With ``parts``, also first names and surnames alone."""
        whole: defaultdict[str, dict[str, None]] = defaultdict(dict)
        single: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for person in people:
            for written in (person.name, *person.also):
                for spelt in _spellings(written):
                    words = _words(spelt)
                    own = single if len(words) == 1 and len(words[0]) == 1 and len(words[0][0]) < 3 else whole
                    for pattern in _whole(words):
                        own[pattern][person.pseudonym] = None
                    for part in _alone(words) if parts else ():
                        single[part][person.pseudonym] = None
        self._pseudonyms: list[str] = []
        self._capital: list[bool] = []
        self._words_of: list[bool] = []
        self._pattern = self._compiled(whole, single)
        self._words = True

    def without_words(self) -> NameFinder:
        """The same, but for names that are words too, where no title stands before them."""
        made = copy(self)
        made._words = False
        return made

    def _compiled(
        self, whole: dict[str, dict[str, None]], single: dict[str, dict[str, None]]
    ) -> re.Pattern[str] | None:
        """One pattern, by first letters, the longest forms first. What is somebody's given name is not another's."""
        every = {**{form: who for form, who in single.items() if form not in whole}, **whole}
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for form, who in sorted(every.items(), key=lambda each: (-len(each[0]), each[0])):
            by_letter[form[0]].append(f"(?P<n{len(self._pseudonyms)}>{form})")
            self._pseudonyms.append(" or ".join(who))
            self._words_of.append(form in _ALSO_WORDS)
            self._capital.append(form in _ALSO_WORDS or len(form) < 3 or _POINTS in form)
        if not by_letter:
            return None
        letters = "|".join(f"(?={re.escape(letter)})(?:{'|'.join(forms)})" for letter, forms in by_letter.items())
        return re.compile(rf"(?<!{_LETTER})(?:{letters}){_END}")

    def find(self, text: str) -> list[Found]:
        """The names in a text, in their order."""
        found = list(self._found(text, text, None))
        if _CAMEL.search(text):  # as in names of files: InterviewMinaVarma
            places = [0, *(match.start() for match in _CAMEL.finditer(text)), len(text)]
            pieces = [(at, text[at:until]) for at, until in pairwise(places)]
            apart = " ".join(piece for _, piece in pieces)
            where = [at + each for at, piece in pieces for each in range(len(piece) + 1)]
            taken = [(each.start, each.end) for each in found]
            more = self._found(apart, apart, where)
            found += [one for one in more if all(one.end <= start or one.start >= end for start, end in taken)]
        return sorted(found, key=lambda each: each.start)

    def _found(self, text: str, written: str, where: Sequence[int] | None) -> Iterator[Found]:
        if self._pattern is None:
            return
        folded, places = _with_places(text)
        for match in self._pattern.finditer(folded):
            number = int(str(match.lastgroup)[1:])
            start = places[match.start()] if places else match.start()
            end = (places[match.end() - 1] if places else match.end() - 1) + 1
            if self._words_of[number] and not self._words:
                continue
            if self._capital[number] and not written[start].isupper():
                continue
            first, last = (where[start], where[end - 1]) if where else (start, end - 1)
            yield Found(first, last + 1, self._pseudonyms[number])

    def replaced(self, text: str) -> str:
        """A text with pseudonyms in place of names."""
        made, last = [], 0
        for each in self.find(text):
            made += [text[last : each.start], each.pseudonym]
            if text[each.end : each.end + 1].isdigit() and each.pseudonym[-1:].isdigit():
                made.append("_")
            last = each.end
        return "".join([*made, text[last:]])


def _spellings(name: str) -> list[str]:
    """A name as it is written, and with the letters spelt out that some write as two: Müller, Mueller."""
    lower = name.casefold()
    out = "".join(_SPELT_OUT.get(sign, sign) for sign in unicodedata.normalize("NFC", lower))
    return [name] if out == lower else [name, out]


def _words(name: str) -> list[list[str]]:
    """The words of a name, folded, without titles and what stands in brackets; of each the parts between hyphens."""
    folded, _ = _with_places(re.sub(r"\([^()]*\)", " ", name))
    last, comma, first = folded.partition(",")
    plain = f"{first} {last}" if comma and first.strip() else folded
    found = [re.findall(rf"{_LETTER}+(?:'{_LETTER}+)*", word) for word in re.split(r"[\s._]+", plain)]
    words = [parts for parts in found if parts]
    without = [parts for parts in words if "".join(parts) not in _TITLES]
    return without or words


def _whole(words: Sequence[Sequence[str]]) -> Iterator[str]:
    """The forms of a name by which a person is meant for certain."""
    every = [_joined(parts) for parts in words]
    if len(every) > 1 and sum(map(len, every)) <= _INITIALS:
        yield _POINTS.join(every) + r"\.?"  # "D. R." is no "Dr"
        return
    yield _BETWEEN.join(every) + (r"\.?" if len("".join(words[-1])) == 1 else "")
    if len(every) < 2 or len("".join(words[-1])) < 2:
        return
    first, last, initial = every[0], every[-1], words[0][0][0]
    yield f"{first}{_BETWEEN}{_OTHER_INITIALS}{last}"
    yield f"{last},?[ _]?{first}"
    yield f"{last},?[ _]?{_BETWEEN.join(every[:-1])}"
    yield rf"{initial}\.?{_BETWEEN}{_OTHER_INITIALS}{last}"
    yield rf"{last}(?:,\s?|\s){initial}(?!{_LETTER})\.?"
    for middle in range(1, len(every) - 1):  # two surnames, as in Spanish
        yield f"{first}{_BETWEEN}{every[middle]}"


def _alone(words: Sequence[Sequence[str]]) -> Iterator[str]:
    """The parts of a name of several words, each of which may stand alone."""
    if len(words) < 2 and all(len(parts) < 2 for parts in words):
        return
    for parts in words:
        if len("".join(parts)) >= 3 and "".join(parts) not in _CALENDAR and len(words) > 1:
            yield _joined(parts)
        for part in parts if len(parts) > 1 else ():
            if len(part) >= 4 and part not in _CALENDAR:
                yield _joined([part])


def _joined(parts: Sequence[str]) -> str:
    return _BETWEEN.join(re.escape(part).replace("'", r"['\s]?") for part in parts)


def _with_places(text: str) -> tuple[str, list[int] | None]:
    """A text in small letters without accents and divided words, and where each sign of it stood; None: where it is."""
    if text.isascii() and "-\n" not in text and not _DIVIDED.search(text):
        return text.lower(), None
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _UNSEEN:
            continue
        for plain in sign.lower() if sign.isascii() else _plain(sign):
            signs.append(plain)
            places.append(place)
    folded = "".join(signs)
    left = 0
    kept: list[tuple[int, int]] = []
    for match in _DIVIDED.finditer(folded):
        kept.append((left, match.start()))
        left = match.end()
    kept.append((left, len(folded)))
    return "".join(folded[a:b] for a, b in kept), [place for a, b in kept for place in places[a:b]]


def _plain(sign: str) -> str:
    found = "".join(each for each in unicodedata.normalize("NFKD", sign.casefold()) if not unicodedata.combining(each))
    return "".join(_FOLDED.get(each, each) for each in found)
