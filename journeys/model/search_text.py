"""The form in which words are searched: folded, so that both engines find the same, whatever the case and accents.

A text is kept beside itself as its words: in small letters, without accents, with one space before, between and after
them. What is asked for is brought into the same form, so "Café" finds "cafe" and a phrase is found as it stands.
Neither engine folds accents or brings words to their stems.
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
"""A word, with accents written apart from their letters and with what nobody sees, which do not part it."""
_PLAIN = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile(
    r'["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or several that must stand together; ``beginning`` lets the last one go on."""

    words: tuple[str, ...]
    beginning: bool = False

    @property
    def part(self) -> str:
        """What a searched text has in it where it has these words."""
        return f" {' '.join(self.words)}{'' if self.beginning else ' '}"

    def __str__(self) -> str:
        said = " ".join(self.words) + ("*" if self.beginning else "")
        return f'"{said}"' if len(self.words) > 1 else said


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    if text.isascii():
        return _PLAIN.findall(text.lower())
    return [word for found in _WORD.findall(text) for word in _folded_word(found)]


@lru_cache(maxsize=65536)
def _folded_word(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(word)))


def search_words(texts: Iterable[object]) -> str:
    """The words of several texts, as they are stored; "" where there are none."""
    found = [word for text in texts for word in words_of(str(text))]
    return f" {' '.join(found)} " if found else ""


def wanted_words(text: str) -> list[Wanted]:
    """What a person asks for: words that must all occur, "words in quotes" together, ``clinic*`` by its beginning.

    Any other sign only parts words: a hyphen, a plus or a colon means nothing.
    """
    found: list[Wanted] = []
    rest = 0
    for quoted in _QUOTED.finditer(text):
        found += _unquoted(text[rest : quoted.start()])
        phrase = quoted[1].strip()
        if words := tuple(words_of(phrase)):
            found.append(Wanted(words, phrase.endswith("*")))
        rest = quoted.end()
    found += _unquoted(text[rest:])
    return list(dict.fromkeys(found))


def _unquoted(text: str) -> Iterator[Wanted]:
    for piece in text.split():
        # "women's" is two words that stand together
        if words := tuple(words_of(piece)):
            yield Wanted(words, piece.endswith("*"))


@dataclass(frozen=True, slots=True)
class Span:
    """A word of a text as it stands there, and how it is searched."""

    start: int
    end: int
    words: tuple[str, ...]


def spans(text: str) -> list[Span]:
    """The words of a text with their places in it."""
    return [Span(found.start(), found.end(), _folded_word(found[0])) for found in _WORD.finditer(text)]


def matches(text: str, wanted: Iterable[Wanted]) -> list[tuple[int, int]]:
    """Where a text has what is wanted: places that do not overlap, in their order."""
    there = spans(text)
    flat = [(word, at) for at, span in enumerate(there) for word in span.words]
    found: list[tuple[int, int]] = []
    for each in wanted:
        length = len(each.words)
        for start in range(len(flat) - length + 1):
            window = flat[start : start + length]
            *whole, last = (word for word, _ in window)
            fits = last.startswith(each.words[-1]) if each.beginning else last == each.words[-1]
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
