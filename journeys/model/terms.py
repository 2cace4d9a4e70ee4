"""Terms of a vocabulary as a person writes them: by name or label, several with commas between them."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.model.definitions import Vocabulary
from journeys.model.identity import folded
from journeys.model.problems import UsageProblem


def read_term(vocabulary: Vocabulary, words: str, what: str, *, open_: bool = False) -> str:
    """The stored name of the term that ``words`` stand for, a name or a label in any case and spacing.

    Raises UsageProblem, with the nearest term and all there are, for another word; ``what`` begins the message: it
    names what takes the term. With ``open_`` another word is given back as it is.
    """
    found = vocabulary.term(words)
    if found is not None or open_:
        return found or words.strip()
    names = [*vocabulary.terms, *(term.label for term in vocabulary.terms.values())]
    from rapidfuzz import process

    near = process.extractOne(words, names, processor=folded, score_cutoff=60)
    meant = f" Did you mean {_typed(vocabulary.term(near[0]) or near[0])}?" if near else ""
    raise UsageProblem(f"{what} cannot be {words!r}.{meant} It takes: {', '.join(map(_typed, vocabulary.terms))}.")


def _typed(name: str) -> str:
    """A term as a person types it: with hyphens, which are read like the underscores of its stored name."""
    return name.replace("_", "-")


def read_terms(vocabulary: Vocabulary, words: str, what: str, *, open_: bool = False) -> list[str]:
    """The names of terms written with commas between them; a label that has commas of its own is one term.

    Raises UsageProblem like :func:`read_term`.
    """
    return [read_term(vocabulary, part, what, open_=open_) for part in _parts(vocabulary, words)]


def _parts(vocabulary: Vocabulary, words: str) -> Iterator[str]:
    parts = [part.strip() for part in words.split(",")]
    at = 0
    while at < len(parts):
        longest = next((end for end in range(len(parts), at, -1) if vocabulary.term(", ".join(parts[at:end]))), at + 1)
        if part := ", ".join(parts[at:longest]):
            yield part
        at = longest
