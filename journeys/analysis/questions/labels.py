"""The words for what an answer holds as stored terms: labels of vocabularies, and questions of forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.schema import Schema

_TERM = re.compile(r"[a-z]+(?:_[a-z]+)+")

FORM_QUESTION = "form_question"
"""In ``labels`` of a header: the column holds questions of forms."""

CLAIM_KIND = "claim_kind"
"""In ``labels`` of a header: the column holds kinds of claim."""

_CODED = "evidence_type"
"""The vocabulary whose terms are codes that people know: shown before the label."""


def labels_of(
    schema: Schema, instruments: InstrumentSet, columns: Iterable[str], declared: Mapping[str, Iterable[str]]
) -> dict[str, Mapping[str, str]]:
    """The words for the terms of each column: of the ``declared`` vocabularies, else of the one of its name.

    Columns whose name ends in "kind" also get the nouns for kinds of node.
    """
    found: dict[str, Mapping[str, str]] = {}
    nouns = {label: kind.noun for label, kind in schema.nodes.items()}
    for column in columns:
        words = dict(nouns) if column.endswith("kind") else {}
        for name in declared.get(column, (column,)):
            if name == FORM_QUESTION:
                words |= instruments.question_words
            elif name == CLAIM_KIND:
                words |= {kind.name: kind.phrase for kind in schema.claims.values()}
            elif name in schema.vocabularies:
                terms = schema.terms(name).terms
                words |= {
                    term: f"{term} {held.label}" if name == _CODED else held.label for term, held in terms.items()
                }
        if words:
            found[column] = words
    return found


class InWords(dict[str, str]):
    """The words of a column's texts, each found once: a long answer has the same in most rows.

    What is not a term stays as it is. A term that the words do not have, such as the "not_stated" of a question, loses
    its underscores.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __missing__(self, text: str) -> str:
        said = self._words.get(text) or (text.replace("_", " ") if self._words and _TERM.fullmatch(text) else text)
        self[text] = said
        return said

    def of(self, value: Any) -> Any:
        """A value, or each of a list, in words."""
        if isinstance(value, str):
            return self[value]
        return [self.of(one) for one in value] if isinstance(value, list) else value
