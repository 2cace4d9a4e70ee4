"""Small parts of English sentences: counts that agree with their nouns, articles, and lists of words."""

from __future__ import annotations

from collections.abc import Iterable

_VOWELS = "aeiou"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: "1 source", "3 sources", "2 text boxes", "2 entries"."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        plural = f"{noun[:-1]}ies"
    else:
        plural = noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
    return f"{count:,} {noun if count == 1 else plural}"


def were(count: int) -> str:
    """Return the verb for a count: "was" for one, "were" for any other."""
    return "was" if count == 1 else "were"


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article: "a meeting", "an arena"."""
    return f"{'an' if noun[:1].lower() in _VOWELS else 'a'} {noun}"


def one_of(words: Iterable[str], last: str = "or") -> str:
    """Return words as a list in a sentence: "a", "a or b", "a, b or c"."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def full_stop(sentence: str) -> str:
    """Return a sentence with one full stop at its end, also where it ends with initials: "Nothing of Quentin D."."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def in_short(text: str, most: int = 80) -> str:
    """The beginning of a text that a message quotes, with an ellipsis where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def as_typed(text: str) -> str:
    """A word as it is typed on a command line."""
    if text and all(sign.isalnum() or sign in "._-" for sign in text):
        return text
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
