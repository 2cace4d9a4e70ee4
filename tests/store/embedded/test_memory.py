"""A query that would take all of the machine's memory is stopped, in words, and the next one is answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from journeys.model.problems import UsageProblem
from journeys.store.connection import Store, connect
from journeys.store.embedded import launcher
from journeys.store.embedded.launcher import EngineLease, lease
from journeys.store.embedded.memory import MEMORY_VARIABLE, limited, megabytes
from journeys.store.embedded.paths import Layout, read_connection_info
from journeys.store.errors import QueryError, TooMuchMemory
from journeys.store.queries import ask as asking
from journeys.store.queries.ask import ask
from journeys.store.settings import StoreSettings

_DOUBLED = "RETURN size(reduce(s = 'x', i IN range(1, 32) | s + s)) AS n"


@pytest.fixture
def small_store(embedded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose engine may take half a gigabyte."""
    monkeypatch.setenv(MEMORY_VARIABLE, "0.5")
    with connect(StoreSettings(), embedded_folder) as store:
        yield store


def test_a_query_that_doubles_a_text_is_stopped(small_store: Store, embedded_folder: Path) -> None:
    info = read_connection_info(Layout(embedded_folder))
    assert info is not None
    engine = psutil.Process(info.pid)
    with pytest.raises(TooMuchMemory) as stopped:
        ask(small_store, _DOUBLED, seconds=120)
    assert "0.5 GB" in str(stopped.value)
    assert MEMORY_VARIABLE in str(stopped.value)
    assert "Nothing is lost" in str(stopped.value)
    assert not psutil.pid_exists(engine.pid) or engine.status() == psutil.STATUS_ZOMBIE
    assert ask(small_store, "RETURN 1 AS one").rows == ((1,),)


def test_what_the_program_itself_asks_is_stopped_too(small_store: Store) -> None:
    with pytest.raises(TooMuchMemory):
        small_store.read(_DOUBLED)
    assert small_store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.fixture
def engine_lease(embedded_folder: Path) -> Iterator[EngineLease]:
    held = lease(embedded_folder)
    yield held
    held.release()


def test_an_engine_is_given_a_moment_to_note_that_its_memory_is_used_up(engine_lease: EngineLease) -> None:
    assert not engine_lease.ran_out_of_memory

    def note() -> None:
        with engine_lease.layout.child_log.open("ab") as log:
            log.write(b"Exception in thread: java.lang.OutOfMemoryError: full\n")

    late = threading.Timer(0.3, note)
    late.start()
    assert engine_lease.ran_out_of_memory
    late.join()


def test_an_engine_that_was_killed_is_not_waited_for(
    engine_lease: EngineLease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "_NOTES_WITHIN", 60.0)
    engine_lease.kill()
    began = time.monotonic()
    assert not engine_lease.ran_out_of_memory
    assert time.monotonic() - began < 30


def test_a_huge_answer_is_given_up(
    embedded_engine: None, embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_CHARACTERS", 1_000_000)
    with connect(StoreSettings(), embedded_folder) as store:
        with pytest.raises(TooMuchMemory, match=r"more than 1 million characters in its first 2 rows"):
            ask(store, "UNWIND range(1, 900) AS i RETURN [reduce(s = 'x', i IN range(1, 19) | s + s)] AS n")
        assert ask(store, "RETURN 1 AS one").rows == ((1,),)


def test_what_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 512 <= megabytes({}) <= 2_048
    assert (megabytes({MEMORY_VARIABLE: "4"}), megabytes({MEMORY_VARIABLE: "1,5"})) == (4_096, 1_536)
    for wrong in ("much", "0", "-1", "inf", "nan", "4g"):
        with pytest.raises(UsageProblem, match=MEMORY_VARIABLE):
            megabytes({MEMORY_VARIABLE: wrong})
    options = "ARCADEDB_NATIVE_ISOLATE_ARGS"
    counted = "-Darcadedb.queryMaxHeapRAM=0 -Darcadedb.queryMaxHeapElementsAllowedPerOp=-1"
    assert limited({MEMORY_VARIABLE: "4", options: "-XX:+A"})[options] == f"-XX:+A -Xmx4096m {counted}"
    assert limited({MEMORY_VARIABLE: "4", options: "-Xmx9g"})[options] == f"-Xmx9g {counted}"
    ours = "-Xmx9g -Darcadedb.queryMaxHeapElementsAllowedPerOp=7 -Darcadedb.queryMaxHeapRAM=40"
    assert limited({options: ours})[options] == ours


def test_many_rows_can_be_sorted_in_little_memory(small_store: Store) -> None:
    """The engine refuses to sort half a million rows, or what it takes for half of its memory, unless it is told."""
    inner = "UNWIND range(1, 100) AS j WITH j ORDER BY -j RETURN collect(j) AS js"
    rows = f"UNWIND range(1, 6000) AS i CALL (i) {{ {inner} }}"
    query = f"{rows} UNWIND js AS j WITH i, j ORDER BY j, i RETURN count(*) AS n"
    assert ask(small_store, query, seconds=300).rows == ((600_000,),)


def test_settings_of_the_engine_are_not_named(small_store: Store) -> None:
    with pytest.raises(QueryError) as refused:
        ask(small_store, "UNWIND range(1, 90000000) AS i RETURN count(i) AS n")
    assert str(refused.value).endswith("exceeding the maximum of 3355443.")
