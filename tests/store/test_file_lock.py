"""One holder at a time, whoever it is is said, and one that is killed leaves the lock free."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from journeys.store.file_lock import OsLock

pytestmark = pytest.mark.usefixtures("processes")

_HOLD = """
import sys
from pathlib import Path
from journeys.store.file_lock import OsLock
lock = OsLock(Path(sys.argv[1]))
print(lock.acquire("Mina (since nine)"), flush=True)
sys.stdin.read()
"""


@contextmanager
def _another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its input ends."""
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        try:
            yield other
        finally:
            other.kill()


def test_the_second_is_told_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "work" / "load.lock"
    with _another_process(path), OsLock(path) as mine:
        assert not mine.acquire("me")
        assert not mine.wait(0.1, "me")
        assert mine.holder() == "Mina (since nine)"
        mine.release()
        assert not OsLock(path).acquire()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    path = tmp_path / "load.lock"
    with _another_process(path) as other:
        other.kill()
        other.wait()
        with OsLock(path) as mine:
            assert mine.acquire("me")
            assert OsLock(path).holder() == "me"


def test_one_that_waits_has_it_when_the_other_ends(tmp_path: Path) -> None:
    path = tmp_path / "load.lock"
    with _another_process(path) as other:
        assert other.stdin is not None
        threading.Timer(0.2, other.stdin.close).start()
        with OsLock(path) as mine:
            assert mine.wait(30, "me")


def test_two_locks_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    path = tmp_path / "load.lock"
    first, second = OsLock(path), OsLock(path)
    assert first.acquire("first")
    assert not second.acquire("second")
    assert second.holder() == "first"
    first.release()
    assert second.holder() == ""
    assert second.acquire("second")
    second.release()
    second.release()


def test_a_lock_can_be_given_back_by_another_thread(tmp_path: Path) -> None:
    path = tmp_path / "load.lock"
    lock = OsLock(path)
    taker = threading.Thread(target=lock.acquire, args=("a thread",))
    taker.start()
    taker.join()
    assert not OsLock(path).acquire()
    lock.release()
    with OsLock(path) as other:
        assert other.acquire()
