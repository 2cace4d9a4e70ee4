"""A Neo4j server that falls silent under a statement, and one that only takes its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from journeys.model.problems import JourneysError
from journeys.store import alive, connection
from journeys.store.connection import Store, connect
from journeys.store.settings import StoreSettings
from tests.engines import NEO4J_PASSWORD, NEO4J_USER, ONLY_LONG, ONLY_WITH_ALL, Engine
from tests.faults.server import DEADLINE, Proxy

SLOW = """
UNWIND range(1, 100000000000) AS n
WITH n, datetime.realtime().epochMillis AS now WHERE now > $until
RETURN n LIMIT 1
"""
"""A statement that answers nothing before a moment, in milliseconds since 1970."""


@pytest.fixture
def proxy(neo4j_engine: Engine) -> Iterator[Proxy]:
    """A way to the server that can be cut off."""
    made = Proxy(int(neo4j_engine.env["NEO4J_URI"].rpartition(":")[2]))
    yield made
    made.close()


@contextmanager
def through(proxy: Proxy, work: Path) -> Iterator[Store]:
    settings = StoreSettings(f"bolt://127.0.0.1:{proxy.port}", NEO4J_USER, NEO4J_PASSWORD)
    with connect(settings, work) as store:
        yield store


def is_silent(proxy: Proxy, after: float, seconds: float) -> None:
    """Cut the server off for so many seconds, after so many."""

    def cut_off() -> None:
        time.sleep(after)
        proxy.silent = True
        time.sleep(seconds)
        proxy.silent = False

    threading.Thread(target=cut_off, daemon=True).start()


def run_for(store: Store, seconds: float) -> None:
    assert len(store.read(SLOW, {"until": round((time.time() + seconds) * 1000)})) == 1


def test_a_statement_that_takes_long_is_not_disturbed_even_by_a_pause(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alive, "ASKS_AFTER", 0.2)
    monkeypatch.setattr(connection, "SERVER_GIVEN_UP_AFTER", 2.0)
    with through(proxy, tmp_path) as store:
        is_silent(proxy, 0.5, 1.0)
        run_for(store, 4)


def test_a_server_that_is_cut_off_is_given_up_and_said_to_cost_nothing(
    proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alive, "ASKS_AFTER", 0.2)
    monkeypatch.setattr(connection, "SERVER_GIVEN_UP_AFTER", 1.0)
    with through(proxy, tmp_path) as store:
        is_silent(proxy, 0.5, 8)
        begun = time.monotonic()
        with pytest.raises(JourneysError, match=r"no sign of life for 1 seconds?\. Nothing is lost: run the command"):
            run_for(store, 8)
        assert time.monotonic() - begun < 4


@ONLY_LONG
@pytest.mark.timeout(300)
def test_a_minute_with_a_pause_of_six_seconds_is_waited_for(proxy: Proxy, tmp_path: Path) -> None:
    with through(proxy, tmp_path) as store:
        is_silent(proxy, 10, 6)
        run_for(store, 60)


@ONLY_WITH_ALL
@pytest.mark.timeout(120)
def test_a_server_that_is_cut_off_is_given_up_in_time(proxy: Proxy, tmp_path: Path) -> None:
    with through(proxy, tmp_path) as store:
        is_silent(proxy, 3, 60)
        begun = time.monotonic()
        with pytest.raises(JourneysError, match="no sign of life"):
            run_for(store, 60)
        assert time.monotonic() - begun - 3 < DEADLINE
