"""One transaction of the driver: run, committed, and run again where that may help and does no harm."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from neo4j import Driver, Session, Transaction

    Runs = Transaction | Session
    """What runs a statement."""

_Answer = TypeVar("_Answer")

_SERVER_SAYS_AGAIN = 30.0
"""Seconds for which a transaction is tried again that the store itself rolled back, such as after a write conflict."""
_SERVER_IS_AWAY = 10.0
"""Seconds for which a server is waited for that closed the connection: another of its cluster takes over in these."""
WRITE_SECONDS = 300.0
"""After so long a Neo4j server rolls back a write whose sender is silent."""
_PAUSE, _LONGEST_PAUSE = 0.1, 5.0


@dataclass(frozen=True, slots=True)
class Guard:
    """A statement that each write runs first in its own transaction; when it answers nothing, nothing is written."""

    cypher: str
    parameters: Mapping[str, object]


def run_transaction(
    driver: Driver,
    work: Callable[[Runs], _Answer],
    session: Mapping[str, Any],
    *,
    seconds: float | None = None,
    wait_for_server: Callable[[], bool],
) -> _Answer:
    """Run ``work`` in a transaction and commit it; it must be idempotent, because it may be run several times.

    ``session`` are the settings of the session; where it only reads, the one statement of the work runs by itself.
    ``seconds`` is the time after which a Neo4j server ends the transaction, ``wait_for_server`` says whether it makes
    sense to wait for a server that cannot be reached.
    The driver's own retries wait for half a minute whatever is wrong, also for a server that was switched off.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    begun, pause = time.monotonic(), _PAUSE
    while True:
        try:
            with driver.session(**session) as opened:
                # To begin and to commit would each be a way to the store and back.
                if session["default_access_mode"] == "READ":
                    return work(opened)
                with opened.begin_transaction(timeout=seconds) as transaction:
                    answer = work(transaction)
                    transaction.commit()
                return answer
        except Neo4jError as error:
            if not error.is_retryable() or time.monotonic() - begun > _SERVER_SAYS_AGAIN:
                raise
        except DriverError as error:
            if not error.is_retryable() or time.monotonic() - begun > _SERVER_IS_AWAY or not wait_for_server():
                raise
        time.sleep(pause * random.uniform(0.8, 1.2))
        pause = min(pause * 2, _LONGEST_PAUSE)
