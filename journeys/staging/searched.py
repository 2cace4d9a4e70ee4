"""The search words of nodes and claims, from the texts that people wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from journeys.model.schema import Schema
from journeys.model.search_text import SEARCH_WORDS, search_words, searched_names


class SearchedWords:
    """Makes the property ``search_words`` of nodes and claims; nothing for what has no words."""

    def __init__(self, schema: Schema) -> None:
        self._nodes = {label: searched_names(schema.properties_of_node(label)) for label in schema.nodes}
        stated = [name for name, kind in schema.claims.items() if kind.asserted]
        self._claims = {name: searched_names(schema.properties_of_claim(name)) for name in stated}

    def of_node(self, label: str, properties: Mapping[str, object]) -> dict[str, str]:
        """The property of a node, by its name."""
        return _property(properties, self._nodes[label])

    def of_claim(self, kind: str, properties: str) -> dict[str, str]:
        """The property of a claim, whose own properties are JSON; nothing of ties that no source states."""
        names = self._claims.get(kind)
        # There may be a million, most of which have no word of their own.
        if not names or not any(f'"{name}"' in properties for name in names):
            return {}
        return _property(orjson.loads(properties), names)


def _property(properties: Mapping[str, object], names: Sequence[str]) -> dict[str, str]:
    words = search_words(dict.fromkeys(_texts(properties, names)))
    return {SEARCH_WORDS: words} if words else {}


def _texts(properties: Mapping[str, object], names: Iterable[str]) -> Iterator[object]:
    for name in names:
        held = properties.get(name)
        if isinstance(held, list):
            yield from held
        elif held is not None:
            yield held
