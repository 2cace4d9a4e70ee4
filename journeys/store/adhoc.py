"""A person's own Cypher: read-only in depth, with a time limit, a row limit that says so, and the server's hints.

Three things stand between a query and the data: the account or access mode it runs under, EXPLAIN's word on what kind
of query it is, and the time limit.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeys.model.problems import JourneysError
from journeys.store.connection import Store
from journeys.store.errors import QueryError, QueryTimeout, StoreUnavailable
from journeys.store.values import plain

if TYPE_CHECKING:
    from neo4j import Session

_REFUSED = re.compile(r"\bnot allowed to\b|\bForbidden\b")
_WOULD_CHANGE = (
    "This query would change the graph, or reach outside it. `journeys cypher` only reads: change the forms and run "
    "`journeys load` instead."
)

ROW_LIMIT = 1_000
SECONDS = 30.0


class NotReadOnly(JourneysError):
    """The query would change the graph."""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: column names, rows in their order, whether more rows were left out, and hints for whoever asked."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool = False
    hints: tuple[str, ...] = ()


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
    QueryError with the store's words for a query it does not understand.
    """
    if not cypher.strip():
        raise JourneysError("There is no query. Write one like: MATCH (d:Document) RETURN d.title")
    with _time_limit(store, seconds) as limit:
        try:
            return _ask(store, cypher, dict(parameters or {}), row_limit, seconds)
        except StoreUnavailable:
            if limit.passed:
                store.close()
                raise QueryTimeout(_too_long(seconds)) from None
            raise


def _ask(store: Store, cypher: str, parameters: dict[str, Any], row_limit: int | None, seconds: float) -> Table:
    from neo4j import Query

    hints: list[str] = []
    with _refusals(), store.translating(), _session(store) as session:
        if store.engine == "neo4j":
            plan = session.run(Query(f"EXPLAIN {cypher}", timeout=seconds), parameters).consume()
            if plan.query_type != "r" or _reaches_outside(plan.plan):
                raise NotReadOnly(_WOULD_CHANGE)
            hints = [_hint(notice) for notice in plan.notifications or ()]
        result = session.run(Query(cypher, timeout=seconds), parameters)
        columns = tuple(result.keys())
        rows: list[tuple[Any, ...]] = []
        cut = False
        for record in result:
            if row_limit is not None and len(rows) >= row_limit:
                cut = True
                break
            rows.append(tuple(plain(value) for value in record.values()))
    return Table(columns, tuple(rows), cut, tuple(dict.fromkeys(hints)))


def _session(store: Store) -> Session:
    """A session that can only read, and on a server is told of labels and types that there are not."""
    told: dict[str, Any] = {"notifications_min_severity": "WARNING"} if store.engine == "neo4j" else {}
    return store.reader().session(database=store.database, default_access_mode="READ", **told)


def _reaches_outside(plan: Mapping[str, Any] | None) -> bool:
    """Whether a plan reads files or addresses: LOAD CSV is a read to Neo4j, and no question about the graph."""
    if plan is None:
        return False
    return str(plan.get("operatorType", "")).startswith("LoadCSV") or any(
        map(_reaches_outside, plan.get("children", ()))
    )


@contextmanager
def _refusals() -> Iterator[None]:
    """What the embedded engine's reader account is refused is a write; EXPLAIN there calls every query one."""
    try:
        yield
    except QueryError as error:
        if _REFUSED.search(str(error)):
            raise NotReadOnly(_WOULD_CHANGE) from error
        raise


def _hint(notice: Mapping[str, Any]) -> str:
    return str(notice.get("description") or notice.get("title") or "").strip()


def _too_long(seconds: float) -> str:
    return f"The query took longer than {seconds:g} seconds and was ended. Narrow it, or give it more with --seconds."


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
