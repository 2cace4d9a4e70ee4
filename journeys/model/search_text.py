"""Search words: folded, so that both engines find the same words whatever the case and accents.

Beside each text its words are stored: lower case, without accents, with one space before, between and after them. A
search is folded in the same way, so "Café" finds "cafe", and a phrase is found as written. Neither engine folds accents
or brings words to their stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.identity import folded

SEARCH_WORDS = "search_words"
"""The property that holds the words of a node or claim."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
"""A word; combining accents and invisible characters do not split it."""
_BEGINNING = 3
"""Letters that a word needs to be looked for as a beginning without being asked."""
_PLURAL = re.compile("([a-z]{2,}(?:x|ch|sh|ss)(?=es$)|[a-z]{4,}(?=ies$)|[a-z]{3,}[a-hj-rtv-z](?=s$))(?:es|ies|s)")
_BETWEEN_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
_QUOTE = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_QUOTED = re.compile(
    r'["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or a phrase; with ``beginning`` the last word may be the beginning of a longer one.

    ``asked`` is whether that was asked for with a ``*``; else whole words are the better hits. ``singular`` is the last
    word without its ending, where it may be a plural: longer words that begin with that are found then.
    """

    words: tuple[str, ...]
    beginning: bool = False
    asked: bool = False
    singular: str = ""

    @property
    def whole(self) -> str:
        """Return the string that a text has where the better hits are: as ``part``, but with a whole last word unless a
        beginning was asked for."""
        return self.part if self.asked else f" {' '.join(self.words)} "

    @property
    def part(self) -> str:
        """Return the string to look for in the stored search words."""
        return f" {' '.join((*self.words[:-1], self.last))}{'' if self.beginning else ' '}"

    @property
    def last(self) -> str:
        """The last word, or what it may begin with."""
        return self.singular or self.words[-1]

    def __str__(self) -> str:
        said = " ".join(self.words) + ("*" if self.asked else "")
        return f'"{said}"' if len(self.words) > 1 else said


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    if text.isascii():
        return text.lower().translate(_BETWEEN_WORDS).split()
    return [word for found in _WORD.findall(text) for word in _folded_word(found)]


@lru_cache(maxsize=65536)
def _folded_word(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(word)))


def search_words(texts: Iterable[object]) -> str:
    """The words of several texts, as they are stored; "" where there are none.

    A stroke between two texts, which is no word, keeps a phrase from being found at the end of one and the beginning of
    the next: the code "7.6", called "7.6 …", is not found by "6.7".
    """
    found = [" ".join(words) for text in texts if (words := words_of(str(text)))]
    return f" {' | '.join(found)} " if found else ""


def wanted_words(text: str) -> list[Wanted]:
    """Parse a search: words that must all occur, "words in quotes" as a phrase, ``ca*`` as a beginning.

    A word of three letters or more may be the beginning of a longer one, and a plural finds the singular; in quotes
    words are whole, but for the last of a phrase that is not closed, as it may still be typed. Any other sign, such as
    a hyphen, plus or colon, only separates words. The search box of pages reads words so, too (search.js).
    """
    found: list[Wanted] = []
    rest = 0
    for quoted in _QUOTED.finditer(text):
        found += _unquoted(text[rest : quoted.start()])
        phrase = quoted[1].strip()
        if words := tuple(words_of(phrase)):
            asked = phrase.endswith("*")
            found.append(Wanted(words, asked, asked))
        rest = quoted.end()
    plain, quote, still_typed = _partition_at_quote(text[rest:])
    found += [*_unquoted(plain), *(_pieces([still_typed]) if quote else ())]
    return list(dict.fromkeys(found))


def _unquoted(text: str) -> Iterator[Wanted]:
    yield from _pieces(text.split())


def _partition_at_quote(text: str) -> tuple[str, bool, str]:
    """The text before a quotation mark that was not closed, whether there is one, and the phrase that it begins."""
    quote = _QUOTE.search(text)
    return (text[: quote.start()], True, text[quote.end() :]) if quote else (text, False, "")


def _pieces(pieces: Iterable[str]) -> Iterator[Wanted]:
    for piece in pieces:
        # "women's" is two words that stand together
        if words := tuple(words_of(piece)):
            asked = piece.rstrip().endswith("*")
            last = words[-1]
            begins = asked or (len(last) >= _BEGINNING and not last.isnumeric())
            yield Wanted(words, begins, asked, singular(last) if begins and not asked else "")


def singular(word: str) -> str:
    """What an English plural has in common with its singular: "assessment" of "assessments"; "" of any other word."""
    found = _PLURAL.fullmatch(word)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A word of a text: its place there, and its folded form."""

    start: int
    end: int
    words: tuple[str, ...]


def spans(text: str) -> list[Span]:
    """The words of a text with their places in it."""
    return [Span(found.start(), found.end(), _folded_word(found[0])) for found in _WORD.finditer(text)]


def matches(text: str, wanted: Iterable[Wanted]) -> list[tuple[int, int]]:
    """Return the places where a text matches, in order and without overlaps."""
    there = spans(text)
    flat = [(word, at) for at, span in enumerate(there) for word in span.words]
    found: list[tuple[int, int]] = []
    for each in wanted:
        length = len(each.words)
        for start in range(len(flat) - length + 1):
            window = flat[start : start + length]
            *whole, last = (word for word, _ in window)
            fits = last.startswith(each.last) if each.beginning else last == each.last
            if fits and tuple(whole) == each.words[:-1]:
                found.append((there[window[0][1]].start, there[window[-1][1]].end))
    apart: list[tuple[int, int]] = []
    for first, last_sign in sorted(found):
        if apart and first < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], last_sign))
        else:
            apart.append((first, last_sign))
    return apart


def searched_names(definitions: Mapping[str, PropertyDefinition]) -> tuple[str, ...]:
    """The stored names of those properties whose words are searched: texts and lists that a person wrote, and dates in
    the words used; not the ids and terms that the program writes."""
    found = []
    for definition in definitions.values():
        if definition.type is PropertyType.DATE:
            found.append(definition.stored_names[0])
        elif (
            definition.searched
            and not definition.sensitive
            and definition.type in (PropertyType.TEXT, PropertyType.LIST)
            and (definition.vocabulary is None or definition.open)
        ):
            found.append(definition.name)
    return tuple(found)
