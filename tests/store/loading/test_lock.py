"""The right to load a study: taken, held by another, given back, left behind by one who was not heard of again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from journeys.store.errors import GuardLost, QueryTimeout, StoreBusy, StoreUnavailable
from journeys.store.file_lock import OsLock
from journeys.store.loading import lock as locks
from journeys.store.loading.lock import ServerLock, hold_study
from journeys.store.transactions import Guard
from tests.store.loading.made import SCHEMA


class Server:
    """A server with one lock a study; it does what ``cypher/load/lock_*.cypher`` say, by a clock of its own."""

    engine = "neo4j"

    def __init__(self) -> None:
        self.now, self.held, self.lost, self.number = 0.0, dict[str, dict[str, Any]](), False, 0
        self.guard = Guard("", {})

    def write_and_read(
        self, cypher: str, asked: Mapping[str, Any], *, seconds: float | None = None
    ) -> list[dict[str, Any]]:
        assert "MERGE (lock:LoadLock" in cypher
        kept = self.held.get(asked["study"])
        if kept and kept["holder"] != asked["holder"] and kept["until"] >= self.now:
            return []
        self.number += 1
        self.held[asked["study"]] = {**asked, "until": self._until(asked), "number": self.number}
        return [{"number": self.number}]

    def send(self) -> None:
        """One write of whoever holds the guard."""
        asked = self.guard.parameters
        assert "SET lock.until" in self.guard.cypher
        kept = self.held.get(asked["study"])
        if kept is None or (kept["holder"], kept["number"]) != (asked["holder"], asked["number"]):
            raise GuardLost("lost")
        kept["until"] = self._until(asked)

    def _until(self, asked: Mapping[str, Any]) -> float:
        return self.now + float(asked["milliseconds"]) / 1000

    @contextmanager
    def guarded(self, guard: Guard) -> Iterator[None]:
        self.guard = guard
        yield

    def read(self, cypher: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
        kept = self.held.get(asked["study"])
        return [{"who": kept["who"], "since": kept["since"]}] if kept else []

    def write(self, cypher: str, asked: Mapping[str, Any]) -> None:
        if self.lost:
            raise StoreUnavailable("gone")
        assert "REMOVE lock.holder" in cypher
        kept = self.held.get(asked["study"], {})
        if (kept.get("holder"), kept.get("number")) == (asked["holder"], asked["number"]):
            del self.held[asked["study"]]

    def ensure_open(self) -> None: ...

    def change_schema(self, cypher: str) -> None: ...


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server whose clock is also this process's; waiting takes no time."""
    made = Server()
    monkeypatch.setattr(locks.time, "monotonic", lambda: made.now)
    monkeypatch.setattr(locks.time, "sleep", lambda seconds: setattr(made, "now", made.now + seconds))
    return made


def lock_of(server: Any, who: str, work: str = "/laptop") -> ServerLock:
    return ServerLock(server, SCHEMA, "s", who, Path(work))


def test_one_holder_at_a_time_and_its_name_is_told(server: Server) -> None:
    mine, other = lock_of(server, "Mina"), lock_of(server, "Lee", "/another")
    assert mine.holder() == "somebody"
    assert mine.take()
    assert not other.take()
    assert other.holder().startswith("Mina (since 2")
    mine.release()
    assert other.take()
    assert mine.holder().startswith("Lee (since")


def test_the_lock_of_one_study_is_not_that_of_another(server: Any) -> None:
    assert ServerLock(server, SCHEMA, "one", "Mina", Path("/a")).take()
    assert ServerLock(server, SCHEMA, "two", "Lee", Path("/b")).take()


def test_only_who_has_it_gives_it_back(server: Server) -> None:
    mine, other = lock_of(server, "Mina"), lock_of(server, "Lee", "/another")
    assert mine.take()
    other.release()
    assert not other.take()


def test_the_same_folder_takes_its_own_again_at_once(server: Server) -> None:
    """A load that was killed left it behind; within a folder the operating system's lock rules."""
    assert lock_of(server, "Mina").take()
    assert lock_of(server, "Mina").take()


def test_one_not_heard_of_for_a_minute_has_lost_it_and_writes_nothing_more(server: Any, tmp_path: Path) -> None:
    other = lock_of(server, "Lee", "/another")

    def sleeps() -> None:
        with hold_study(server, SCHEMA, "s", "Mina", tmp_path):
            server.send()
            server.now += 59
            assert not other.take()
            server.now += 2
            assert other.take()
            other.release()
            server.send()

    with pytest.raises(StoreBusy, match="Nothing is lost: run `journeys load` again"):
        sleeps()


def test_one_that_lost_it_does_not_get_it_back_by_coming_again(server: Any, tmp_path: Path) -> None:
    """A colleague's load and its end lie between two writes: the lock is free, and yet no longer the same."""

    def sleeps() -> None:
        with hold_study(server, SCHEMA, "s", "Mina", tmp_path):
            server.now += 61
            assert lock_of(server, "Lee", "/another").take()
            server.now += 61
            server.send()

    with pytest.raises(StoreBusy):
        sleeps()
    assert server.held["s"]["who"] == "Lee"


def test_one_whose_write_the_server_gave_up_is_told_to_load_again(server: Any, tmp_path: Path) -> None:
    with (
        pytest.raises(StoreUnavailable, match="Nothing is lost: run `journeys load` again"),
        hold_study(server, SCHEMA, "s", "Mina", tmp_path),
    ):
        raise QueryTimeout("The query was stopped at its time limit. Narrow it.")
    assert lock_of(server, "Lee", "/another").take()


def test_one_that_goes_on_writing_keeps_it(server: Any, tmp_path: Path) -> None:
    other = lock_of(server, "Lee", "/another")
    with hold_study(server, SCHEMA, "s", "Mina", tmp_path):
        for _ in range(20):
            server.now += 16
            server.send()
            assert not other.take()


def test_a_load_waits_for_another_and_then_says_who_it_is(server: Any, tmp_path: Path) -> None:
    assert lock_of(server, "Mina").take()
    with pytest.raises(StoreBusy, match=r"This study is being loaded by Mina \(since "):  # noqa: SIM117
        with hold_study(server, SCHEMA, "s", "Lee", tmp_path):
            pytest.fail("two loads at once")
    assert 10 <= server.now < 12


def test_a_load_goes_on_as_soon_as_the_other_ends(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = lock_of(server, "Mina")
    assert other.take()

    def sleep(seconds: float) -> None:
        server.now += seconds
        if server.now >= 3:
            other.release()

    monkeypatch.setattr(locks.time, "sleep", sleep)
    with hold_study(server, SCHEMA, "s", "Lee", tmp_path):
        assert server.held["s"]["who"] == "Lee"
    assert 3 <= server.now < 4
    assert server.held == {}


@pytest.mark.parametrize("lost", [False, True])
def test_whatever_ends_a_load_gives_the_lock_back(server: Any, tmp_path: Path, lost: bool) -> None:
    """What went wrong in the load is what is told, although the server that is gone cannot be told anything."""

    def fails() -> None:
        with hold_study(server, SCHEMA, "s", "Lee", tmp_path):
            server.lost = lost
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        fails()
    assert bool(server.held) == lost
    with OsLock(tmp_path / "load.lock") as free:
        assert free.acquire("next")


def test_in_one_folder_the_second_load_is_told_who_is_first(server: Any, tmp_path: Path) -> None:
    server.engine = "embedded"
    with OsLock(tmp_path / "load.lock") as first:
        assert first.acquire("Mina (since nine)")
        with pytest.raises(StoreBusy, match=r"being loaded by Mina \(since nine\)"):  # noqa: SIM117
            with hold_study(server, SCHEMA, "s", "Lee", tmp_path):
                pytest.fail("two loads at once")
    with hold_study(server, SCHEMA, "s", "Lee", tmp_path):
        pass  # No lock on a server: the folder's is enough.
    assert server.held == {}
