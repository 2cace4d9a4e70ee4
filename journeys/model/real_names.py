"""Find people's real names in any text, in all forms in which they are written, and put pseudonyms in their place.

A person is found by the whole name, in either order; by a first name or initial with the surname; by each part of the
name alone; and by every other name that is given. Case, accents, soft hyphens, words divided at the end of a line, and
what stands between the parts (spaces, points, hyphens, underscores, nothing) make no difference. A title or a
possessive stays as it is. A form that several people share becomes the pseudonyms of all of them. Which parts are found
alone, and where, says ``journeys.model.name_parts``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from journeys.model.name_parts import (
    ALL_TITLES,
    ALSO_WORDS,
    NO_PLURALS,
    TITLES_AFTER,
    UNSPACED,
    Where,
    after_a_title,
    where_alone,
    where_piece_alone,
)

BREAK = "\ue000"
"""Stands between two cells or paragraphs that are searched together: a word may be divided there by a hyphen."""

_LETTER = r"[^\W\d_]"
_SPACE = r"[^\S\n]*+(?:\n[^\S\n]*+){0,2}+"
_BETWEEN = rf"{_SPACE}[._,\-]{{0,3}}+{_SPACE}"
_POINTS, _INITIALS = r"[\s.]{1,2}", 3
"""What stands between initials, and how many letters are no more than initials."""
_END = rf"(?=s?(?!{_LETTER}))"
_END_OF_SIGN = r"(?![\u11a8-\u11ff])"
"""A Korean sign is folded into its letters: the last of them ends it."""
_OTHER_INITIALS = rf"(?:{_LETTER}(?!{_LETTER})\.?{_BETWEEN}){{0,3}}"
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_FOLDED = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'", "‘": "'",
           "ʼ": "'", "‐": "-", "‑": "-", "–": "-"}  # fmt: skip
_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_DIVIDED = re.compile(rf"(?<={_LETTER})-(?:[ \t]*(?:\r?\n|\r|{BREAK})[ \t]*|[ \t]+)(?={_LETTER})")
"""Also with a space alone, as where the ends of lines were taken out."""
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
        wheres: dict[str, Where] = {}
        for person in people:
            for written in (person.name, *person.also):
                for spelt in _spellings(written):
                    words = _words(spelt)
                    only = len(words) == 1 and len(words[0]) == 1
                    own = single if only and len(words[0][0]) < 3 else whole
                    for pattern in (*_whole(words), *_unspaced(spelt, whole=True)):
                        own[pattern][person.pseudonym] = None
                        wheres[pattern] = Where.WITH_A_CAPITAL if _begins_with_a_capital(pattern) else Where.ANYWHERE
                    for part, where in (*_alone(words), *_unspaced(spelt, whole=False)) if parts else ():
                        single[part][person.pseudonym] = None
                        wheres[part] = min(wheres.get(part, where), where)
        self._pseudonyms: list[str] = []
        self._wheres: list[Where] = []
        self._also_word: list[bool] = []
        self._every = {**{form: who for form, who in single.items() if form not in whole}, **whole}
        """All forms. What is somebody's given name is not another's."""
        self._where_of = wheres
        self._pattern = self._compiled()
        self._words, self._in_names_of_files = True, False

    def without_words(self) -> NameFinder:
        """The same, but for names that are words too, where no title stands before them."""
        made = copy(self)
        made._words = False
        return made

    def for_files(self) -> NameFinder:
        """The same for names of files, which may be in small letters: names of two letters too."""
        made = copy(self)
        made._in_names_of_files = True
        return made

    def found_alone(self, where: Where) -> list[str]:
        """The parts of names that are found alone only there, folded, and as names are written."""
        forms = [form for form in self._every if self._where_of[form] == where and re.fullmatch(rf"{_LETTER}+", form)]
        return sorted(form.capitalize() if where > Where.WITH_A_CAPITAL else form for form in forms)

    def _compiled(self) -> re.Pattern[str] | None:
        """One pattern, by first letters, the longest forms first."""
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for form, who in sorted(self._every.items(), key=lambda each: (-len(each[0]), each[0])):
            by_letter[form[0]].append(f"(?P<n{len(self._pseudonyms)}>{form})")
            self._pseudonyms.append(" or ".join(who))
            self._wheres.append(self._where_of[form])
            self._also_word.append(form in ALSO_WORDS)
        if not by_letter:
            return None
        apart, joined = (
            "|".join(
                f"(?={re.escape(letter)})(?:{'|'.join(forms)})"
                for letter, forms in by_letter.items()
                if bool(UNSPACED.match(letter)) is unspaced
            )
            or "(?!)"
            for unspaced in (False, True)
        )
        return re.compile(rf"(?<!{_LETTER})(?:{apart}){_END}|(?:{joined}){_END_OF_SIGN}")

    def find(self, text: str) -> list[Found]:
        """The names in a text, in their order."""
        found = list(self._found(text, None))
        if "-" in text and _DIVIDED.search(text):  # a hyphen may also stand between two names
            found += _apart(self._found(text, None, divided=False), found)
        if _CAMEL.search(text):  # as in names of files: InterviewMinaVarma
            places = [0, *(match.start() for match in _CAMEL.finditer(text)), len(text)]
            pieces = [(at, text[at:until]) for at, until in pairwise(places)]
            apart = " ".join(piece for _, piece in pieces)
            where = [at + each for at, piece in pieces for each in range(len(piece) + 1)]
            found += _apart(self._found(apart, where), found)
        return sorted(found, key=lambda each: each.start)

    def _found(self, text: str, where: Sequence[int] | None, *, divided: bool = True) -> Iterator[Found]:
        if self._pattern is None:
            return
        folded, places = _with_places(text, divided=divided)
        for match in self._pattern.finditer(folded):
            number = int(str(match.lastgroup)[1:])
            if f"{match[0]}{folded[match.end() : match.end() + 1]}" in NO_PLURALS:
                continue
            start = places[match.start()] if places else match.start()
            end = (places[match.end() - 1] if places else match.end() - 1) + 1
            if not self._means_a_person(number, text[start:end], folded[max(0, match.start() - 20) : match.start()]):
                continue
            while places and end < len(text) and unicodedata.category(text[end])[0] == "M":
                end += 1  # the accent of the last letter
            first, last = (where[start], where[end - 1]) if where else (start, end - 1)
            yield Found(first, last + 1, self._pseudonyms[number])

    def _means_a_person(self, number: int, written: str, before: str) -> bool:
        where, capital = self._wheres[number], written[0].isupper()
        if where == Where.ANYWHERE or after_a_title(before, capital=capital):
            return True
        if where == Where.AFTER_A_TITLE or (self._also_word[number] and not self._words):
            return False
        if self._in_names_of_files and not self._also_word[number]:
            return True
        return written.istitle() if where == Where.AS_A_NAME else capital

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
    without = [parts for parts in words if "".join(parts) not in ALL_TITLES]
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
    yield f"{last},?(?:_|{_SPACE}){first}"
    yield f"{last},?(?:_|{_SPACE}){_BETWEEN.join(every[:-1])}"
    yield rf"{initial}\.?{_BETWEEN}{_OTHER_INITIALS}{last}"
    yield rf"{last}(?:,\s?|\s){initial}(?!{_LETTER})\.?"
    for middle in range(1, len(every) - 1):  # two surnames, as in Spanish
        yield f"{first}{_BETWEEN}{every[middle]}"


def _alone(words: Sequence[Sequence[str]]) -> Iterator[tuple[str, Where]]:
    """The parts of a name of several words, each of which may stand alone, and where."""
    if len(words) < 2 and all(len(parts) < 2 for parts in words):
        return
    for first in range(1, len(words) - 1):  # van der Berg
        yield _BETWEEN.join(map(_joined, words[first:])), Where.ANYWHERE
    for number, parts in enumerate(words):
        word = "".join(parts)
        if len(words) > 1 and (len(word) > 1 or UNSPACED.match(word)):
            if len(word) > 1:
                yield _joined(parts), where_alone(word, last=number == len(words) - 1)
            else:
                yield f"{word}(?={TITLES_AFTER})", Where.ANYWHERE
        for part in parts if len(parts) > 1 else ():
            if len(part) > 1:
                yield _joined([part]), where_piece_alone(part)


def _unspaced(name: str, *, whole: bool) -> Iterator[Any]:
    """The forms of a name of one word in a script without spaces: surname and given name stand in it together."""
    signs = unicodedata.normalize("NFC", name)
    if not 2 <= len(signs) <= 6 or not all(map(UNSPACED.match, signs)):
        return
    folded = [_with_places(sign)[0] for sign in signs]
    if whole:
        for at in range(1, len(signs)):
            yield f"{''.join(folded[:at])}{_BETWEEN}{''.join(folded[at:])}"
        return
    if len(signs) > 2:
        yield "".join(folded[-2:]), Where.ANYWHERE
    if len(signs) > 3:
        yield "".join(folded[:2]), Where.ANYWHERE
    yield f"{folded[0]}(?={TITLES_AFTER})", Where.ANYWHERE


def _begins_with_a_capital(form: str) -> bool:
    """Whether a whole name is so short, or such a word, that only a capital tells it."""
    if UNSPACED.match(form):
        return False
    return len(form) < 3 or _POINTS in form or where_alone(form, last=True) != Where.ANYWHERE


def _apart(more: Iterable[Found], found: Sequence[Found]) -> list[Found]:
    """Those of some names that overlap none of those that were found before."""
    return [one for one in more if all(one.end <= each.start or one.start >= each.end for each in found)]


def _joined(parts: Sequence[str]) -> str:
    return _BETWEEN.join(re.escape(part).replace("'", r"['\s]?") for part in parts)


def _with_places(text: str, *, divided: bool = True) -> tuple[str, list[int] | None]:
    """A text in small letters without accents and divided words, and where each sign of it stood; None: where it is."""
    if text.isascii() and not (divided and "-" in text and _DIVIDED.search(text)):
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
    for match in _DIVIDED.finditer(folded) if divided else ():
        kept.append((left, match.start()))
        left = match.end()
    kept.append((left, len(folded)))
    return "".join(folded[a:b] for a, b in kept), [place for a, b in kept for place in places[a:b]]


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """A letter in small letters, without accents; vowels that are written around letters, as in Hindi, go with them."""
    folded = unicodedata.normalize("NFKD", sign.casefold())
    found = "".join(each for each in folded if unicodedata.category(each)[0] != "M")
    return "".join(_FOLDED.get(each, each) for each in found)
