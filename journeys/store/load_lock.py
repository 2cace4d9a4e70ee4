"""One load at a time on one study: the second waits a little, then says who holds it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.errors import StoreBusy
from journeys.store.oslock import OsLock
from journeys.store.statements import constraints, statement

PATIENCE = 10.0
_PAUSE = 0.2
_HEARTBEAT = 15.0
_EXPIRES = 60.0
"""Seconds after which a lock on a server is free again when its holder has not been heard of."""


class LoadLock:
    """The right to load one study. ``beat`` now and then during a long load, or a server's lock expires."""

    def __init__(self, store: Store, schema: Schema, study: str, who: str) -> None:
        self._store, self._schema, self._study, self._who = store, schema, study, who
        self._holder = secrets.token_hex(8)
        self._beaten = 0.0

    def take(self) -> bool:
        """Take or renew the lock; False when somebody else has it."""
        now = time.time()
        self._beaten = now
        taken = self._store.write_and_read(
            statement(self._schema, "lock_take"),
            {
                "study": self._study,
                "holder": self._holder,
                "who": self._who,
                "since": datetime.now().isoformat(timespec="seconds"),
                "now": now,
                "until": now + _EXPIRES,
            },
        )
        return bool(taken)

    def beat(self) -> None:
        """Say that the load goes on. Raises StoreBusy when another has taken over in the meantime."""
        if time.time() - self._beaten > _HEARTBEAT and not self.take():
            raise StoreBusy(f"{self.holder()} has taken over loading this study. Run `journeys load` again.")

    def holder(self) -> str:
        """Who has the lock, in words."""
        rows = self._store.read(statement(self._schema, "lock_holder"), {"study": self._study})
        return f"{rows[0]['who']} (since {rows[0]['since']})" if rows else "somebody"

    def release(self) -> None:
        """Give the lock back."""
        self._store.write(statement(self._schema, "lock_release"), {"study": self._study, "holder": self._holder})


@contextmanager
def loading(store: Store, schema: Schema, study: str, who: str, work: Path) -> Iterator[LoadLock | None]:
    """Hold the study for a load. Raises StoreBusy, naming the holder, when another load does not end in time.

    The embedded store belongs to one machine: its lock is the operating system's and cannot be left behind. A
    server's is a node that expires.
    """
    if store.engine == "embedded":
        with OsLock(work / "load.lock") as lock:
            since = datetime.now().isoformat(timespec="seconds")
            _wait_for(lambda: lock.acquire(f"{who} (since {since})"), lock.holder)
            yield None
        return
    for made in constraints(schema, []):
        store.change_schema(made)
    remote = LoadLock(store, schema, study, who)
    _wait_for(remote.take, remote.holder)
    try:
        yield remote
    finally:
        remote.release()


def _wait_for(take: Callable[[], bool], holder: Callable[[], str]) -> None:
    until = time.monotonic() + PATIENCE
    while not take():
        if time.monotonic() > until:
            raise StoreBusy(f"This study is being loaded by {holder()}. Wait until that load is done, and try again.")
        time.sleep(_PAUSE)
