"""One load at a time on one study: the second waits a little, then says who holds it."""

from __future__ import annotations

import platform
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from journeys.model.identity import content_hash
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.cypher_templates import constraints, statement
from journeys.store.errors import GuardLost, QueryTimeout, StoreBusy, StoreUnavailable
from journeys.store.file_lock import OsLock
from journeys.store.transactions import Guard

PATIENCE = 10.0
"""Seconds to wait for another load to end."""
_PAUSE = 0.2
_TRIES_FOR = 2.0
_EXPIRES = 60.0
"""Seconds after which a lock on a server is free again when its holder, on another machine, has not been heard of."""


class ServerLock:
    """The right to load one study onto a server.

    It has a number, one higher each time it is taken (a fencing token): every write of the load checks the number in
    its own transaction and so keeps the lock for a minute more. A laptop that slept while a colleague loaded finds
    another number and writes nothing. Its holder is a study folder on a machine; within that folder the operating
    system's lock rules, so a load that was killed there does not keep the next one waiting.
    """

    def __init__(self, store: Store, schema: Schema, study: str, who: str, work: Path) -> None:
        self._store, self._schema, self._study, self._who = store, schema, study, who
        self._holder = content_hash(platform.node(), str(uuid.getnode()), str(work))
        self._number = 0

    def take(self) -> bool:
        """Take the lock; False when somebody else has it."""
        asked = {
            "study": self._study,
            "holder": self._holder,
            "who": self._who,
            "since": _now(),
            "milliseconds": int(_EXPIRES * 1000),
        }
        try:
            # While its holder writes, the lock cannot even be looked at.
            taken = self._store.write_and_read(statement(self._schema, "lock_take"), asked, seconds=_TRIES_FOR)
        except QueryTimeout:
            return False
        self._number = taken[0]["number"] if taken else 0
        return bool(taken)

    @property
    def guard(self) -> Guard:
        """What every write of the load checks first, in its own transaction."""
        return Guard(statement(self._schema, "lock_keep"), {**self._mine, "milliseconds": int(_EXPIRES * 1000)})

    def holder(self) -> str:
        """Who has the lock, in words."""
        rows = self._store.read(statement(self._schema, "lock_holder"), {"study": self._study})
        return f"{rows[0]['who']} (since {rows[0]['since']})" if rows else "somebody"

    def release(self) -> None:
        """Give the lock back."""
        self._store.write(statement(self._schema, "lock_release"), self._mine)

    @property
    def _mine(self) -> dict[str, object]:
        return {"study": self._study, "holder": self._holder, "number": self._number}


@contextmanager
def hold_folder(work: Path, who: str) -> Iterator[None]:
    """Hold the study folder whose work folder is ``work``: no other load of it runs on this machine.

    Raises StoreBusy, naming the holder, when another load does not end in time.
    """
    with OsLock(work / "load.lock") as lock:
        _wait_for(lambda: lock.acquire(f"{who} (since {_now()})"), lock.holder)
        yield


@contextmanager
def hold_study(store: Store, schema: Schema, study: str, who: str, work: Path) -> Iterator[None]:
    """Hold the study for a load; every write inside the block checks that it is still held.

    Raises StoreBusy, naming the holder, when another load does not end in time, or has taken over; StoreUnavailable
    when the server gave up a write.

    In one study folder the lock is the operating system's, which nobody can leave behind; on a server it is a node.
    """
    with hold_folder(work, who):
        store.ensure_open()
        if store.engine == "embedded":
            yield
            return
        for made in constraints(schema, []):
            store.change_schema(made)
        remote = ServerLock(store, schema, study, who, work)
        _wait_for(remote.take, remote.holder)
        try:
            with store.guarded(remote.guard):
                yield
        except GuardLost:
            raise StoreBusy(
                f"This load was interrupted for so long that {remote.holder()} has loaded the study meanwhile, so it "
                "stopped. Nothing is lost: run `journeys load` again."
            ) from None
        except QueryTimeout as error:  # of a write: nobody who loads can narrow it
            raise StoreUnavailable(
                "The server gave up a write of this load after five minutes: this computer may have slept, or the "
                "server is too busy. Nothing is lost: run `journeys load` again."
            ) from error
        finally:
            # A server that is gone cannot be told; to try would only keep the person waiting for what is said of it.
            if not store.lost:
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
