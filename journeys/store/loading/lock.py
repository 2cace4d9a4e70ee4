"""One load at a time on one study: the second waits a little, then says who holds it."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from journeys.model.identity import content_hash
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.cypher_templates import constraints, statement
from journeys.store.errors import StoreBusy, StoreUnavailable
from journeys.store.file_lock import OsLock

PATIENCE = 10.0
"""Seconds to wait for another load to end."""
_PAUSE = 0.2
_HEARTBEAT = 15.0
_EXPIRES = 60.0
"""Seconds after which a lock on a server is free again when its holder, on another machine, has not been heard of."""


class ServerLock:
    """The right to load one study onto a server. ``beat`` now and then during a long load, or it expires.

    Its holder is a study folder on a machine. Within that folder the operating system's lock rules, so a load that was
    killed there does not keep the next one waiting.
    """

    def __init__(self, store: Store, schema: Schema, study: str, who: str, work: Path) -> None:
        self._store, self._schema, self._study, self._who = store, schema, study, who
        self._holder = content_hash(platform.node(), str(work))
        self._beaten = 0.0

    def take(self) -> bool:
        """Take or renew the lock; False when somebody else has it."""
        self._beaten = time.monotonic()
        asked = {
            "study": self._study,
            "holder": self._holder,
            "who": self._who,
            "since": _now(),
            "milliseconds": int(_EXPIRES * 1000),
        }
        return bool(self._store.write_and_read(statement(self._schema, "lock_take"), asked))

    def beat(self) -> None:
        """Say that the load goes on. Raises StoreBusy when another has taken over in the meantime."""
        if time.monotonic() - self._beaten > _HEARTBEAT and not self.take():
            raise StoreBusy(f"{self.holder()} has taken over the load of this study. Run `journeys load` again.")

    def holder(self) -> str:
        """Who has the lock, in words."""
        rows = self._store.read(statement(self._schema, "lock_holder"), {"study": self._study})
        return f"{rows[0]['who']} (since {rows[0]['since']})" if rows else "somebody"

    def release(self) -> None:
        """Give the lock back."""
        self._store.write(statement(self._schema, "lock_release"), {"study": self._study, "holder": self._holder})


@contextmanager
def loading(store: Store, schema: Schema, study: str, who: str, work: Path) -> Iterator[ServerLock | None]:
    """Hold the study for a load. Raises StoreBusy, naming the holder, when another load does not end in time.

    In one study folder the lock is the operating system's, which nobody can leave behind; on a server it is a node.
    """
    with OsLock(work / "load.lock") as lock:
        _wait_for(lambda: lock.acquire(f"{who} (since {_now()})"), lock.holder)
        store.ensure_open()
        if store.engine == "embedded":
            yield None
            return
        for made in constraints(schema, []):
            store.change_schema(made)
        remote = ServerLock(store, schema, study, who, work)
        _wait_for(remote.take, remote.holder)
        try:
            yield remote
        finally:
            with suppress(StoreUnavailable):
                remote.release()


def _wait_for(take: Callable[[], bool], holder: Callable[[], str]) -> None:
    until = time.monotonic() + PATIENCE
    while not take():
        if time.monotonic() > until:
            raise StoreBusy(f"This study is being loaded by {holder()}. Wait until that load is done, and try again.")
        time.sleep(_PAUSE)


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
