"""Refuse queries that would write, by their text and, on Neo4j, by the server's plan.

These checks come first; the embedded engine's reader account and Neo4j's READ access mode also prevent writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from journeys.model.problems import JourneysError, UsageProblem
from journeys.store.queries.tokens import Token, keywords, procedures, tokens

WOULD_CHANGE = (
    "This query would change the graph, or reach outside it. Queries are read-only: change the forms and run "
    "`journeys load` instead."
)

_MAY_BE_CALLED = re.compile(
    r"db\.(?:labels|relationshipTypes|propertyKeys|info|ping"
    r"|schema\.\w+|index\.fulltext\.query(?:Nodes|Relationships)|index\.vector\.query(?:Nodes|Relationships))"
    r"|algo\.\w+(?:\.\w+)*|gds(?:\.\w+)+\.(?:stream|stats|estimate|list|exists)"
)
_MAY_BE_SHOWN = re.compile(r"(?:INDEX|CONSTRAINT|PROCEDURE|FUNCTION)(?:E?S)?")
_PLANS_SHOWN = re.compile(r"Show(?:Indexes|Constraints|Procedures|Functions)\b")


class NotReadOnly(JourneysError):
    """The query would change the graph, or do something that is no question about it."""


def refuse_by_text(cypher: str) -> None:
    """Raise NotReadOnly for what the words of a query give away, and UsageProblem for EXPLAIN and PROFILE."""
    found = tokens(cypher)
    for name in procedures(cypher):
        if not _MAY_BE_CALLED.fullmatch(name):
            raise _not_called(name)
    for at, word in keywords(found):
        after = [token.text.upper() for token in found[at + 1 : at + 4]]
        if word == "LOAD" and after[:1] == ["CSV"]:
            raise NotReadOnly(WOULD_CHANGE)
        if word == "TERMINATE" and after[:1] in (["TRANSACTION"], ["TRANSACTIONS"]):
            raise NotReadOnly("Questions end nobody's query.")
    words = _opening(found)
    if words[:1] in (["EXPLAIN"], ["PROFILE"]):
        raise UsageProblem(f"Write the query without {words[0]}: how a query is run is shown in Neo4j Browser.")
    if words[:1] == ["SHOW"] and not any(_MAY_BE_SHOWN.fullmatch(word) for word in words[1:4]):
        raise NotReadOnly("SHOW is for INDEXES, CONSTRAINTS, PROCEDURES and FUNCTIONS here.")


def refuse_by_plan(plan: Mapping[str, Any] | None) -> None:
    """Raise NotReadOnly for a plan that does what is a read to Neo4j, and no question about the graph."""
    for operator, details in _operators(plan):
        if operator.startswith("ProcedureCall"):
            name = details.partition("(")[0].strip()
            if not _MAY_BE_CALLED.fullmatch(name):
                raise _not_called(name)
        elif operator.startswith(("LoadCSV", "Terminate")):
            raise NotReadOnly(WOULD_CHANGE)
        elif operator.startswith("Show") and not _PLANS_SHOWN.match(operator):
            raise NotReadOnly("SHOW is for INDEXES, CONSTRAINTS, PROCEDURES and FUNCTIONS here.")


def _not_called(name: str) -> NotReadOnly:
    return NotReadOnly(f"The procedure {name} cannot be called here: only questions can be asked of the graph.")


def _opening(found: list[Token]) -> list[str]:
    """The first words, without what chooses the language or the database: ``CYPHER 25 runtime=slotted``, ``USE db``."""
    words = [token.text.upper() for token in found[:16]]
    if words[:1] == ["USE"]:
        return words[2:]
    if words[:1] == ["CYPHER"]:
        words = words[2:] if words[1:2] and words[1].isdecimal() else words[1:]
        while words[1:2] == ["="]:
            words = words[3:]
    return words


def _operators(plan: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    if plan is not None:
        yield str(plan.get("operatorType", "")), str((plan.get("args") or {}).get("Details", ""))
        for child in plan.get("children", ()):
            yield from _operators(child)
