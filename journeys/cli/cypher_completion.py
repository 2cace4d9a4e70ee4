"""Completion of a query while it is typed: labels, kinds of claim, properties, parameters, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from journeys.cli.cypher_shell import COMMANDS, FORMATS, ShellOptions
from journeys.model.schema import NODE_BOOKKEEPING, Schema
from journeys.model.stored_types import properties_stored, stored_types
from journeys.store.queries.tokens import Token, tokens

KEYWORDS = (
    "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "RETURN DISTINCT", "WITH", "UNWIND", "ORDER BY", "LIMIT", "SKIP",
    "UNION", "UNION ALL", "CALL", "YIELD", "EXISTS", "COUNT", "COLLECT", "AND", "OR", "NOT", "XOR", "IN", "IS NULL",
    "IS NOT NULL", "STARTS WITH", "ENDS WITH", "CONTAINS", "CASE", "WHEN", "THEN", "ELSE", "END", "AS", "ASC", "DESC",
    "count(", "collect(", "coalesce(", "size(", "type(", "labels(", "properties(", "startNode(", "endNode(", "nodes(",
    "relationships(", "length(", "min(", "max(", "sum(", "avg(", "toLower(", "split(", "date(", "any(", "all(", "none(",
)  # fmt: skip
_WORD = re.compile(r"[\\$]?\w*$")


class CypherCompleter(Completer):
    """Completes from the schema, and the parameters that were set so far."""

    def __init__(self, schema: Schema, manner: ShellOptions) -> None:
        self._schema, self._manner = schema, manner

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What fits what has been typed, ignoring case."""
        before = document.text_before_cursor
        found = _WORD.search(before)
        word = found[0] if found else ""
        for choice in self._choices(before[: len(before) - len(word)], word):
            if choice.casefold().startswith(word.casefold()) and choice != word:
                yield Completion(choice, start_position=-len(word))

    def _choices(self, before: str, word: str) -> Sequence[str]:
        schema = self._schema
        if before.lstrip().startswith("\\") or word.startswith("\\"):
            return self._of_command(before.split())
        if word.startswith("$"):
            return [f"${name}" for name in ("study", *self._manner.parameters)]
        found = tokens(before)
        last = found[-1] if found else None
        opening = _unclosed(found)
        if last is not None and last.is_sign(".") and len(found) > 1:
            return self._properties(found, found[-2].name)
        if last is not None and last.is_sign(":", "|", "&", "!") and opening is not None:
            bracket = found[opening]
            if bracket.is_sign("("):
                return sorted(schema.nodes)
            if bracket.is_sign("["):
                return sorted(stored_types(schema))
        if opening is not None and found[opening].is_sign("{") and last is not None and last.is_sign("{", ","):
            return self._properties(found[:opening], _variable(found, opening))
        return KEYWORDS if word else ()

    def _of_command(self, words: Sequence[str]) -> Sequence[str]:
        if not words:
            return list(COMMANDS)
        kinds = sorted((*self._schema.nodes, *stored_types(self._schema)))
        return {"\\schema": kinds, "\\format": FORMATS}.get(words[0], ())

    def _properties(self, found: Sequence[Token], variable: str) -> list[str]:
        """Those of the labels or kinds that a pattern gives the variable; of everything when it gives none."""
        kinds = [
            kind.name
            for name, colon, kind in zip(found, found[1:], found[2:], strict=False)
            if name.name == variable and colon.is_sign(":")
        ]
        held: set[str] = set(NODE_BOOKKEEPING)
        for kind in kinds or (*self._schema.nodes, *self._schema.claims):
            if kind in self._schema.nodes:
                definitions = self._schema.properties_of_node(kind)
            elif kind in stored_types(self._schema):
                definitions = properties_stored(self._schema, kind)
            else:
                continue
            held |= {stored for definition in definitions.values() for stored in definition.stored_names}
        return sorted(held)


def _unclosed(found: Sequence[Token]) -> int | None:
    """The place of the innermost bracket that is still open."""
    depth = 0
    for at in range(len(found) - 1, -1, -1):
        if found[at].is_sign(")", "]", "}"):
            depth += 1
        elif found[at].is_sign("(", "[", "{"):
            if depth == 0:
                return at
            depth -= 1
    return None


def _variable(found: Sequence[Token], brace: int) -> str:
    """The variable of the node or relationship whose braces begin here."""
    opening = _unclosed(found[:brace])
    return found[opening + 1].name if opening is not None and opening + 1 < brace else ""
