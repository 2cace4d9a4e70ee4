"""The search words of nodes and claims, from the texts that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import orjson

from journeys.model.schema import Schema
from journeys.model.search_text import SEARCH_WORDS, search_words, searched_names


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds, in JSON of properties, whether one of these may be among them, without parsing it."""
    return re.compile(f'"(?:{"|".join(names)})":')


class SearchedWords:
    """Makes the property ``search_words`` of nodes and claims; nothing for what has no words."""

    def __init__(self, schema: Schema) -> None:
        self._nodes = {label: searched_names(schema.properties_of_node(label)) for label in schema.nodes}
        stated = [name for name, kind in schema.claims.items() if kind.asserted]
        self._claims = {name: searched_names(schema.properties_of_claim(name)) for name in stated}
        self._there = {name: any_of(names) for name, names in self._claims.items() if names}

    def of_node(self, label: str, properties: Mapping[str, object]) -> dict[str, str]:
        """The property of a node, by its name."""
        return _property(properties, self._nodes[label])

    def of_claim(self, kind: str, properties: str) -> dict[str, str]:
        """The property of a claim, whose own properties are JSON; nothing of ties that no source states."""
        there = self._there.get(kind)
        # There may be a million, most of which have no word of their own.
        if there is None or there.search(properties) is None:
            return {}
        return _property(orjson.loads(properties), self._claims[kind])


def _property(properties: Mapping[str, object], names: Sequence[str]) -> dict[str, str]:
    words = search_words(dict.fromkeys(_texts(properties, names)))
    return {SEARCH_WORDS: words} if words else {}


def _texts(properties: Mapping[str, object], names: Iterable[str]) -> list[object]:
    found: list[object] = []
    for held in [properties[name] for name in names if name in properties]:
        if isinstance(held, list):
            found += held
        elif held is not None:
            found.append(held)
    return found
