"""What a study looks at apart from everything else: the second part of each answer that forms ask for twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from journeys.model.definitions import NOT_STATED, Vocabulary

GENERAL, SPECIFIC, BOTH = "general", "ethnicity_specific", "both"
"""Terms of the vocabulary ``scope`` as they are stored, whatever a study's lens is called."""

_TOPIC = "ethnicity"
_SHIPPED_WORDS = re.compile(r"\b(?:ethnicity([-_]specific)?|ethnic[ _]equality)\b", re.IGNORECASE)
_REWORDED = (
    (re.compile(r"\bBME-related (\w+)"), r"\1 on ethnicity"),
    # Examples from the organisations of the shipped study.
    (re.compile(r" \(PCT, LA, providers, VCF, research\)"), ""),
    (re.compile(r"\bVCF or community\b"), "community"),
)
"""What the library says in words of the shipped study, and how it is said before the topic is put in."""
_TOPIC_COLUMN = re.compile(r"ethnic_equality|ethnicity", re.IGNORECASE)
_STRANDS = "equality_strand"


@dataclass(frozen=True, slots=True)
class Lens:
    """A study's lens. ``topic`` is what is looked at ("ethnicity"), ``general`` and ``specific`` the labels of the two
    parts. ``strand`` is the equality strand that evidence on the topic has, None where no strand means that.
    """

    topic: str = _TOPIC
    general: str = "General"
    specific: str = "Ethnicity-specific"
    strand: str | None = _TOPIC

    @property
    def beginnings(self) -> list[str]:
        """Beginnings of words, in lower case, that speak of what is looked at."""
        return ["ethnic", "equality"] if self.topic == _TOPIC else [self.topic.casefold().removesuffix("s")]

    @property
    def headings(self) -> Mapping[str, str]:
        """What stands above the box for each scope of an answer."""
        general = "In general" if self.general == "General" else self.general
        return {GENERAL: general, SPECIFIC: f"In relation to {self.topic}", NOT_STATED: "Answer"}

    @property
    def keys(self) -> Mapping[str, str]:
        """How forms in YAML name each scope: by its label."""
        return {GENERAL: _key(self.general), SPECIFIC: _key(self.specific), NOT_STATED: NOT_STATED}

    def in_words(self, words: str) -> str:
        """Shipped words that speak of ethnicity, with the topic of this lens in its place."""
        if self.topic == _TOPIC:
            return words

        for shipped, plain in _REWORDED:
            words = shipped.sub(plain, words)

        def topic(match: re.Match[str]) -> str:
            if match[0].isupper():
                return self.column(match[0])
            mine = lower_first(self.specific) if match[1] else self.topic
            return mine[0].upper() + mine[1:] if match[0][0].isupper() else mine

        return _SHIPPED_WORDS.sub(topic, words)

    def column(self, name: str) -> str:
        """A shipped column or condition that is called by ethnicity ("on_ethnicity", "ETHNICITY"), called by the topic
        of this lens."""
        if self.topic == _TOPIC:
            return name
        mine = _key(self.topic)
        return _TOPIC_COLUMN.sub(lambda match: mine.upper() if match[0].isupper() else mine, name)

    def term_words(self, value: str, vocabulary: Vocabulary | None) -> str:
        """A stored term of a vocabulary in the words of this lens; an equality strand is what it is under any lens."""
        return self.in_words(value) if vocabulary and vocabulary.name != _STRANDS else value

    def worded(self, shipped: Vocabulary) -> Vocabulary:
        """A vocabulary with labels in the words of this lens; the shipped labels are still read."""
        if shipped.name == _STRANDS or self.topic == _TOPIC:
            return shipped
        taken = {term.label.casefold() for term in shipped.terms.values()}
        terms = {}
        for name, term in shipped.terms.items():
            label = self.in_words(term.label)
            # Two terms of one label could not be told apart in a form.
            is_new = label.casefold() not in taken
            terms[name] = term.model_copy(update={"label": label, "also": (*term.also, term.label)}) if is_new else term
        return Vocabulary(name=shipped.name, description=self.in_words(shipped.description), terms=terms)

    def scope_terms(self, shipped: Vocabulary) -> Vocabulary:
        """The vocabulary of scopes with the labels of this lens; the shipped labels are still read."""
        labels = {GENERAL: self.general, SPECIFIC: self.specific}
        terms = {
            name: term.model_copy(update={"label": labels[name], "also": (*term.also, term.label)})
            if name in labels and term.label != labels[name]
            else term
            for name, term in shipped.terms.items()
        }
        return Vocabulary(name=shipped.name, description=self.in_words(shipped.description), terms=terms)


def scope_words(scopes: Vocabulary) -> dict[str, str]:
    """The words for the scope of what is said, for reading: none where nothing is stated."""
    general, specific = scopes.terms[GENERAL].label, scopes.terms[SPECIFIC].label
    return {GENERAL: general, SPECIFIC: specific, BOTH: f"{general} and {lower_first(specific)}"}


def _key(label: str) -> str:
    return re.sub(r"\W+", "_", label.casefold()).strip("_") or "part"


def lower_first(label: str) -> str:
    """A label as it is written within a sentence; "BME" and the like stay as they are."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label
