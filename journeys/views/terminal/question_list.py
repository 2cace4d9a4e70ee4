"""The library of questions in a terminal, and a query as it can be pasted into Neo4j Browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from journeys.store.queries.library import Library, Query
from journeys.store.queries.parameters import STUDY, Value
from journeys.views.terminal.text import Terminal
from journeys.views.text import sanitized

GROUPS = {
    "trace": "Tracing a document or piece of evidence",
    "networks": "Actor networks by site",
    "patterns": "Cross-case patterns",
    "quality": "Data quality and gaps",
    "codes": "Codes and coded passages",
    "summary_tables": "Summary tables",
}
"""The groups in the order they are listed, each with its heading; others follow by name."""

OWN = "The study's own questions"

_DIM = "dim"
_INDENT = 9
_PLAIN = re.compile(r"[A-Za-z_]\w*")


class LibraryView:
    """Every question by group: its number of the 45, the name to ask it by, and its words."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """A heading a group, and two lines a question."""
        terminal = Terminal.of(console, options)
        short = [query.short_name for query in self._library.questions]
        for heading, queries in by_group(self._library.questions):
            yield from terminal.lines(terminal.text((heading, "bold underline")))
            for query in sorted(queries, key=lambda query: (query.numbers or (99,), query.name)):
                name = query.short_name if short.count(query.short_name) == 1 else query.name
                yield from _entry(terminal, query, name)
            yield Text()
        for problem in self._library.problems:
            yield from terminal.lines(terminal.text(("cannot be used: ", "bold red"), sanitized(str(problem))))


class MatchesView:
    """A few questions that words may mean, each with what it takes."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = queries

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The questions with their parameters: those that must be given, and those that may be."""
        terminal = Terminal.of(console, options)
        for query in self._queries:
            yield from _entry(terminal, query, query.name)
            if query.title != query.words:
                yield from terminal.lines(terminal.text((sanitized(query.title), _DIM)), _INDENT)
            needs, may = [
                [
                    name
                    for name, parameter in query.parameters.items()
                    if parameter.required is required and name != STUDY
                ]
                for required in (True, False)
            ]
            takes = "; ".join(
                f"{what} {', '.join(names)}" for what, names in (("needs", needs), ("may take", may)) if names
            )
            if takes:
                yield from terminal.lines(terminal.text((takes, _DIM)), _INDENT)


def _entry(terminal: Terminal, query: Query, name: str) -> Iterator[Text]:
    numbers = ", ".join(map(str, query.numbers))
    yield from terminal.lines(terminal.text(f"{numbers:>7}  ", (name, "bold")))
    yield from terminal.lines(terminal.text((sanitized(query.words), _DIM)), _INDENT)


def by_group(queries: Sequence[Query]) -> Iterator[tuple[str, list[Query]]]:
    """The questions under the headings of their groups, in the order in which they are listed; a study's own last."""
    shipped = [query for query in queries if not query.own]
    known = [*GROUPS, *sorted({query.group for query in shipped} - set(GROUPS))]
    for group in known:
        if found := [query for query in shipped if query.group == group]:
            yield GROUPS.get(group, group), found
    if own := [query for query in queries if query.own]:
        yield OWN, own


def pasteable(query: Query, values: Mapping[str, Value]) -> str:
    """The query for Neo4j Browser: a line that sets its parameters, then its text."""
    setting = ", ".join(f"{_key(name)}: {_literal(value)}" for name, value in values.items())
    return "\n".join([*([f":param {{{setting}}}"] if setting else []), f"{query.text};"])


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else f"`{name.replace('`', '``')}`"


def _literal(value: Value) -> str:
    """A value as Cypher writes it."""
    if value is None:
        return "null"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(name)}: {_literal(held)}' for name, held in value.items())}}}"
    # JSON's quotes and escapes are Cypher's too.
    return json.dumps(value, ensure_ascii=False)
