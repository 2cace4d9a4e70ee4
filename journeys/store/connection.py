"""One driver, two places to connect to: a Neo4j server by its address, or the study's embedded engine."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from journeys.store.alive import ENGINE_GIVEN_UP_AFTER, SERVER_GIVEN_UP_AFTER, Watch, cut
from journeys.store.driver import open_driver
from journeys.store.driver_errors import connection_lost, rolled_back, too_much_memory, translated_errors
from journeys.store.embedded.contents import forget
from journeys.store.embedded.launcher import EarlyStart, EngineLease, count, lease, make_searchable, reset, stop
from journeys.store.embedded.paths import DATABASE, READER, ROOT, Layout
from journeys.store.errors import (
    FullDisk,
    GuardLost,
    QueryError,
    StoreBusy,
    StoreUnavailable,
    StoreUnreachable,
    StoreUnusable,
    TooMuchMemory,
)
from journeys.store.file_lock import OsLock
from journeys.store.plain_values import plain
from journeys.store.settings import StoreSettings
from journeys.store.transactions import WRITE_SECONDS, Guard, run_transaction

if TYPE_CHECKING:
    from neo4j import Driver

    from journeys.store.transactions import Runs

Row = dict[str, Any]
Parameters = Mapping[str, object]
_Answer = TypeVar("_Answer")

_FILLER_SECONDS = 5.0
_FETCH = 2_000
_ATTEMPTS = 6
_ROOM = 8_000_000
_MODES = ("READ", "WRITE")


class Store:
    """An open graph store. Close it, or use it as a context manager; it may be used by one thread at a time.

    Every method raises StoreUnavailable when the store cannot be reached and QueryError, with the store's own words,
    for a query that it refuses.
    """

    def __init__(self, settings: StoreSettings, work: Path, early: EarlyStart | None = None) -> None:
        self.engine: Literal["neo4j", "embedded"] = "embedded" if settings.uri is None else "neo4j"
        self._settings, self._work, self._early = settings, work, early
        self._lease: EngineLease | None = None
        self._driver: Driver | None = None
        self._reader: Driver | None = None
        self._guard: Guard | None = None
        self._remembered: dict[tuple[str, str], list[Row]] | None = None
        self._watch: Watch | None = None
        self.lost = False
        """Whether the connection was lost and has not been made again since."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def database(self) -> str | None:
        """The database on the server; None for a Neo4j user's home database."""
        return DATABASE if self.engine == "embedded" else self._settings.database

    @property
    def where(self) -> str:
        """The store in words: its address, or the study's folder."""
        return str(self._settings.uri or self._work)

    def open(self) -> None:
        """Connect; a no-op when connected. While another process restarts the embedded engine, wait for it."""
        for attempt in range(_ATTEMPTS):
            try:
                self._open()
                return
            except StoreUnavailable as error:
                self.close()
                if self.engine == "neo4j" or isinstance(error, StoreUnusable) or attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(0.1 * 2**attempt)

    def _open(self) -> None:
        if self._driver is not None:
            return
        if self.engine == "embedded":
            self._lease = lease(self._work, early=self._early)
            self._driver = self._embedded_driver(ROOT, self._lease.info.root_password)
            address, patience = self._embedded_address, ENGINE_GIVEN_UP_AFTER
        else:
            self._driver = open_driver(str(self._settings.uri), self._settings.user, self._settings.password or "")
            address, patience = str(self._settings.uri), SERVER_GIVEN_UP_AFTER
        self._watch = Watch(self._driver, address, patience)
        with translated_errors(self._settings, reached=False):
            self._driver.verify_connectivity()
        self.lost = False

    def ensure_open(self) -> None:
        """Connect anew if the connection was lost, as when another process restarted the embedded engine."""
        if self._driver is not None:
            try:
                with self.translating():
                    self._driver.verify_connectivity()
            except StoreUnavailable:
                self.close()
        self.open()

    def close(self) -> None:
        """Disconnect; the embedded engine stops when nobody else is connected."""
        if self._watch is not None:
            self._watch.end()
        for driver in (self._driver, self._reader):
            if driver is not None:
                with contextlib.suppress(Exception):
                    driver.close()
        self._driver = self._reader = self._watch = None
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    # -- the study's own statements

    def read(self, cypher: str, parameters: Parameters | None = None) -> list[Row]:
        """The rows of a query, as plain Python values; retried when the store asks for it."""

        def work(transaction: Runs) -> list[Row]:
            return [_row(record) for record in transaction.run(cypher, dict(parameters or {}))]

        return self._managed(work, writes=False)

    def stream(self, cypher: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """The rows of a query one after another, for answers too large to hold."""
        asked = (cypher, repr(sorted((parameters or {}).items())))
        if self._remembered is None:
            yield from self._streamed(cypher, parameters)
            return
        if asked not in self._remembered:
            self._remembered[asked] = list(self._streamed(cypher, parameters))
        yield from (dict(row) for row in self._remembered[asked])

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Ask for the same stream once only in the block, keeping its rows. Nothing may be written meanwhile."""
        self._remembered = {}
        try:
            yield
        finally:
            self._remembered = None

    def _streamed(self, cypher: str, parameters: Parameters | None) -> Iterator[Row]:
        self.open()
        assert self._driver is not None
        with (
            self.translating(),
            self._driver.session(database=self.database, fetch_size=_FETCH, default_access_mode="READ") as session,
            session.begin_transaction() as transaction,
        ):
            for record in transaction.run(cypher, dict(parameters or {})):
                yield _row(record)

    @contextmanager
    def guarded(self, guard: Guard) -> Iterator[None]:
        """Let every write in the block depend on ``guard``; one that is refused raises GuardLost."""
        self._guard = guard
        try:
            yield
        finally:
            self._guard = None

    def _pass_guard(self, transaction: Runs) -> None:
        if self._guard is not None:
            answered = list(transaction.run(self._guard.cypher, dict(self._guard.parameters)))
            if not answered:
                raise GuardLost("Another load has taken over.")

    def write(self, cypher: str, parameters: Parameters | None = None) -> None:
        """Run one statement in a transaction of its own. It may be retried, so it must be idempotent."""
        self.write_all([(cypher, parameters or {})])

    def write_all(self, statements: Iterable[tuple[str, Parameters]]) -> None:
        """Run several statements in one transaction: all of them or none. They may be retried."""
        wanted = list(statements)

        def work(transaction: Runs) -> None:
            self._pass_guard(transaction)
            for cypher, parameters in wanted:
                transaction.run(cypher, dict(parameters)).consume()

        self._managed(work, writes=True)

    def write_and_read(
        self, cypher: str, parameters: Parameters | None = None, *, seconds: float | None = None
    ) -> list[Row]:
        """Run one writing statement that also answers. It may be retried, so it must be idempotent.

        A Neo4j server ends it after ``seconds``: QueryTimeout.
        """

        def work(transaction: Runs) -> list[Row]:
            return [_row(record) for record in transaction.run(cypher, dict(parameters or {}))]

        return self._managed(work, writes=True, seconds=seconds if self.engine == "neo4j" else None)

    def write_once(self, cypher: str, parameters: Parameters) -> None:
        """Run one statement that must not be repeated once it may have been committed.

        Only what the store itself rolled back is tried again. When the connection is lost StoreUnavailable is raised,
        and whether the statement took effect is not known.
        """
        from neo4j.exceptions import Neo4jError

        self.open()
        assert self._driver is not None
        with self.translating(), self._driver.session(database=self.database) as session:
            for attempt in range(_ATTEMPTS):
                try:
                    with session.begin_transaction(timeout=self._longest_write) as transaction:
                        self._pass_guard(transaction)
                        transaction.run(cypher, dict(parameters)).consume()
                        transaction.commit()
                    return
                except Neo4jError as error:
                    if attempt == _ATTEMPTS - 1 or not rolled_back(error):
                        raise
                    time.sleep(0.1 * 2**attempt)

    @property
    def _longest_write(self) -> float | None:
        """Return the seconds after which a server rolls back a write whose sender is silent, because it blocks the
        lock."""
        return WRITE_SECONDS if self.engine == "neo4j" else None

    def change_schema(self, cypher: str) -> None:
        """Run a statement that makes or drops a constraint or index."""
        self.open()
        assert self._driver is not None
        with self.translating(), self._driver.session(database=self.database) as session:
            session.run(cypher).consume()

    # -- other people's statements

    def reader(self) -> Driver:
        """A driver that can change nothing: the embedded engine's reader account, or the Neo4j user, whose sessions
        are to be opened with READ access, which the server enforces."""
        self.open()
        assert self._driver is not None
        if self.engine == "neo4j":
            return self._driver
        if self._reader is None:
            assert self._lease is not None
            self._reader = self._embedded_driver(READER, self._lease.info.reader_password)
        return self._reader

    def end_runaway(self) -> None:
        """End a query that does not end, from another thread: kill the embedded engine, which knows no time limit.

        Close the store afterwards; it starts again at the next use, with everything that was loaded. A Neo4j server
        ends its queries itself.
        """
        if self._lease is not None:
            self._lease.kill()

    def hang_up(self) -> None:
        """Close the connections under an answer whose rest nobody wants; connected again at the next use."""
        for driver in (self._driver, self._reader):
            if driver is not None:
                cut(driver)

    @contextmanager
    def kept_closed(self) -> Iterator[Layout]:
        """The embedded engine's folders, which nobody else opens meanwhile; connected again at the next use.

        Raises StoreBusy when another process is filling the store.
        """
        layout = Layout(self._work)
        self.close()
        with OsLock(layout.fill_lock) as lock:
            if not lock.wait(_FILLER_SECONDS, f"process {os.getpid()}"):
                raise StoreBusy(f"The store in {self._work} is being filled by {lock.holder()}. Try again later.")
            stop(layout)
            yield layout

    def reset(self) -> None:
        """Throw the embedded store away; it is empty at the next use. Raises StoreBusy when it is held."""
        self.close()
        reset(Layout(self._work))

    def expect_changes(self) -> None:
        """Note that what the embedded store held after its last load no longer counts."""
        if self.engine == "embedded":
            forget(Layout(self._work))

    def make_full_text_index(self) -> None:
        """Have the embedded engine make its full-text index, which its Cypher cannot; a server is asked in Cypher.

        Raises StoreUnavailable when the engine does not answer.
        """
        if self.engine == "embedded":
            self.open()
            if not make_searchable(Layout(self._work)):
                raise StoreUnavailable(
                    "The embedded store did not make its full-text index. Run `journeys load` again."
                )

    def note_contents(self) -> None:
        """Note what the embedded store holds, so that it can be compared whenever it is opened."""
        if self.engine == "embedded":
            self.open()
            count(Layout(self._work))

    # -- inside

    @property
    def _embedded_address(self) -> str:
        assert self._lease is not None
        return f"bolt://127.0.0.1:{self._lease.info.bolt_port}"

    def _embedded_driver(self, user: str, password: str) -> Driver:
        return open_driver(self._embedded_address, user, password)

    def _managed(self, work: Callable[[Runs], _Answer], *, writes: bool, seconds: float | None = None) -> _Answer:
        """Run a unit of work; once more when the embedded engine ended or was restarted, which starts it anew."""
        try:
            return self._once(work, writes=writes, seconds=seconds)
        except StoreUnavailable:
            if self.engine == "neo4j":
                raise
            self.close()
            return self._once(work, writes=writes, seconds=seconds)

    def _once(self, work: Callable[[Runs], _Answer], *, writes: bool, seconds: float | None) -> _Answer:
        self.open()
        assert self._driver is not None
        session = {"database": self.database, "fetch_size": _FETCH, "default_access_mode": _MODES[writes]}
        with self.translating():
            return run_transaction(self._driver, work, session, seconds=seconds, wait_for_server=self._may_come_back)

    def _may_come_back(self) -> bool:
        """Whether to wait for a server that is away: one that was silent has been waited for, an engine is started."""
        return self.engine == "neo4j" and self._watch is not None and not self._watch.lost

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Turn the driver's errors inside the block into ours, and end the wait for a store that is gone."""
        watch = self._watch
        try:
            with contextlib.nullcontext() if watch is None else watch.watching(), translated_errors(self._settings):
                yield
        except QueryError as error:
            # The embedded engine has no error of its own for this: only the commit fails.
            if self.engine == "embedded" and shutil.disk_usage(self._work).free < _ROOM:
                raise FullDisk from error
            raise
        except StoreUnreachable as error:
            if self._lease is not None and self._lease.ran_out_of_memory:
                self.end_runaway()
                self.close()
                raise TooMuchMemory(too_much_memory()) from error
            self.lost = True
            why = f"it gave no sign of life for {watch.patience:.0f} seconds" if watch and watch.lost else error.why
            raise connection_lost(self._settings, why) from error


def connect(settings: StoreSettings, work: Path, early: EarlyStart | None = None) -> Store:
    """The store of a study: the Neo4j server that ``settings`` names, else the embedded engine in ``work``.

    An engine that was started ``early`` is taken. Raises StoreUnavailable when the store must not be used
    (``settings.refused``), cannot be reached or refuses the credentials, and StoreBusy when it is held.
    """
    if settings.refused:
        raise StoreUnavailable(settings.refused)
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    store = Store(settings, work, early)
    try:
        store.open()
    except BaseException:
        store.close()
        raise
    return store


def _row(record: Any) -> Row:
    return {key: plain(value) for key, value in record.items()}
