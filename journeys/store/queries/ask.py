"""A person's own Cypher: read-only in depth, with a time limit, a row limit that says so, and the server's hints.

Three things stand between a query and the data: the account or access mode it runs under, what its text and EXPLAIN
give away, and the time limit. Two stand between it and the machine's memory: the limit of the embedded engine's, and
that of the size of an answer.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeys.model.phrases import counted
from journeys.model.problems import JourneysError, UsageProblem
from journeys.model.result import Result
from journeys.store.connection import Store
from journeys.store.errors import QueryError, QueryTimeout, StoreUnavailable, TooMuchMemory
from journeys.store.plain_values import plain
from journeys.store.queries import tokens as cypher_tokens
from journeys.store.queries.read_only import WOULD_CHANGE, NotReadOnly, refuse_by_plan, refuse_by_text

if TYPE_CHECKING:
    from neo4j import Session

_DEEPEST = 100
"""The embedded engine never comes to the end of a query with thousands of brackets that are not closed."""
_REFUSED = re.compile(r"\bnot allowed to\b|\bForbidden\b|\bError executing Cypher command\b")
_UNKNOWN = {"01N50": "label", "01N51": "type", "01N52": "property"}
"""The status by which Neo4j says that there is no such thing; it names it in backticks."""

ROW_LIMIT = 1_000
SECONDS = 30.0
_CHARACTERS = 250_000_000
"""An answer that has more is given up: it would take several times as much memory here."""


@dataclass(frozen=True, slots=True, repr=False)
class Table(Result):
    """An answer: column names, rows in their order, whether more rows were left out, and hints for whoever asked.

    ``unknown`` are the names of which the server says that there are none: "label", "type" or "property", and the name.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False
    hints: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


def ask(
    store: Store,
    cypher: str,
    parameters: Mapping[str, object] | None = None,
    *,
    row_limit: int | None = ROW_LIMIT,
    seconds: float = SECONDS,
) -> Table:
    """Run a query that only reads.

    ``row_limit`` None gives all rows. Raises NotReadOnly for a query that would write, QueryTimeout after ``seconds``,
    TooMuchMemory for one that takes more than the embedded engine has or than an answer may, QueryError with the
    store's words for a query it does not understand, and UsageProblem for a parameter without a value.
    """
    if not cypher_tokens.tokens(cypher):
        raise JourneysError("The query is empty. Write one, such as: MATCH (d:Document) RETURN d.title")
    refuse_by_text(cypher)
    if cypher_tokens.depth(cypher) > _DEEPEST:
        raise QueryError(f"The query nests brackets more than {_DEEPEST} deep. Write it more simply.")
    missing = [name for name in cypher_tokens.parameters(cypher) if name not in (parameters or {})]
    if missing:
        raise UsageProblem(f"The query uses ${missing[0]}, which has no value. Add --param {missing[0]}=VALUE.")
    with _time_limit(store, seconds) as limit:
        try:
            return _again_if_lost(store, lambda: _ask(store, cypher, dict(parameters or {}), row_limit, seconds), limit)
        except QueryTimeout:
            raise QueryTimeout(_too_long(seconds)) from None
        except StoreUnavailable:
            if limit.passed:
                store.close()
                raise QueryTimeout(_too_long(seconds)) from None
            raise


def _again_if_lost(store: Store, asked: Callable[[], Table], limit: _time_limit) -> Table:
    """Ask, and once more when the embedded engine ended meanwhile and not because of us: it starts again."""
    try:
        return asked()
    except StoreUnavailable:
        if limit.passed or store.engine == "neo4j":
            raise
        store.close()
        return asked()


def _ask(store: Store, cypher: str, parameters: dict[str, Any], row_limit: int | None, seconds: float) -> Table:
    from neo4j import Query

    hints: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    with _refusals(cypher), store.translating(), _session(store) as session:
        if store.engine == "neo4j":
            plan = session.run(Query(f"EXPLAIN {cypher}", timeout=seconds), parameters).consume()
            if plan.query_type != "r":
                raise NotReadOnly(WOULD_CHANGE)
            refuse_by_plan(plan.plan)
            hints, unknown = _told(plan.gql_status_objects)
        result = session.run(Query(cypher, timeout=seconds), parameters)
        columns = tuple(result.keys())
        rows: list[tuple[Any, ...]] = []
        cut, size = False, 0
        for record in result:
            if row_limit is not None and len(rows) >= row_limit:
                cut = True
                break
            rows.append(tuple(plain(value) for value in record.values()))
            size += sum(map(_size, rows[-1]))
            if size > _CHARACTERS:
                store.hang_up()  # else the rest of it would be waited for
                raise TooMuchMemory(_too_large(len(rows)))
    return Table(columns, tuple(rows), cut, hints, unknown)


def _session(store: Store) -> Session:
    """A session that can only read, and on a server is told of labels and types that there are not."""
    told: dict[str, Any] = {"notifications_min_severity": "WARNING"} if store.engine == "neo4j" else {}
    return store.reader().session(database=store.database, default_access_mode="READ", **told)


@contextmanager
def _refusals(cypher: str) -> Iterator[None]:
    """What the embedded engine's reader account is refused is a write; EXPLAIN there calls every query one.

    Of some refusals it says no more than that the query was not carried out, so the query's words decide.
    """
    try:
        yield
    except QueryError as error:
        if _REFUSED.search(str(error)) and cypher_tokens.may_write(cypher):
            raise NotReadOnly(WOULD_CHANGE) from error
        raise


def _told(statuses: Iterable[Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """What the server has to say of a query, and the names it does not know, each once."""
    hints: dict[str, None] = {}
    unknown: dict[tuple[str, str], None] = {}
    for status in statuses:
        named = re.search(r"`([^`]+)`", status.status_description)
        if status.gql_status in _UNKNOWN and named:
            unknown[_UNKNOWN[status.gql_status], named[1]] = None
        elif status.is_notification:
            hints[status.status_description.partition(". ")[2] or status.status_description] = None
    return tuple(hints), tuple(unknown)


def _size(value: Any) -> int:
    """About how many characters a value has when it is written."""
    if type(value) in (str, bytes):
        return len(value)
    if type(value) is dict:
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if type(value) is list else 8


def _too_large(rows: int) -> str:
    return (
        f"The answer has more than {_CHARACTERS // 1_000_000} million characters in its first {counted(rows, 'row')}, "
        "so it was stopped. Nothing is lost. Return less: a count, fewer columns, or the beginnings of long texts, as "
        "in left(e.text, 200)."
    )


def _too_long(seconds: float) -> str:
    return f"The query was stopped after {seconds:g} seconds. Narrow it, or allow more time with --seconds."


class _time_limit:  # noqa: N801 - a context manager, used like a function
    """Ends a query of the embedded engine, which knows no time limit of its own, when its time is over."""

    def __init__(self, store: Store, seconds: float) -> None:
        self.passed = False
        self._timer = threading.Timer(seconds, self._end, (store,)) if store.engine == "embedded" else None

    def __enter__(self) -> _time_limit:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _end(self, store: Store) -> None:
        self.passed = True
        store.end_runaway()
