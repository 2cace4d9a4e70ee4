"""The embedded engine starts although another program takes the port it has just found free."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from journeys.store.embedded import launcher
from journeys.store.embedded.paths import Layout
from journeys.store.embedded.server_process import DAMAGED, TAKEN
from journeys.store.errors import FullDisk, StoreDamaged, StoreUnusable
from journeys.store.file_lock import OsLock

WITH_A_TAKEN_PORT = """
import socket, sys
from journeys.store.embedded import engine
from journeys.store.embedded import server_process as child
held = socket.create_server(("127.0.0.1", 0))
found = iter([engine.free_port(), engine.free_port()])
at = int(sys.argv[2])
engine.free_port = lambda numbers=iter(range(2)): held.getsockname()[1] if next(numbers) == at else next(found)
code = child.main(sys.argv[1:2])
sys.stdout.flush()
child.os._exit(code)
"""


@pytest.mark.parametrize("which", [0, 1], ids=["http", "bolt"])
def test_a_taken_port_is_told_from_a_damaged_store(embedded_folder: Path, which: int) -> None:
    command = [sys.executable, "-c", WITH_A_TAKEN_PORT, str(embedded_folder), str(which)]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"] == TAKEN
    # What it left behind is no hindrance to the next start.
    launcher.lease(embedded_folder).release()


def test_a_start_that_found_its_port_taken_is_repeated(embedded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spawn, outcomes = launcher._spawn, [TAKEN, TAKEN]

    def spawned(*given: Any, **options: Any) -> Any:
        return (None, {"error": outcomes.pop()}) if outcomes else spawn(*given, **options)

    monkeypatch.setattr(launcher, "_spawn", spawned)
    launcher.lease(embedded_folder).release()
    assert outcomes == []


def test_no_port_at_all_is_said_and_the_store_is_not_blamed(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "_spawn", lambda *_, **__: (None, {"error": TAKEN, "message": "Unable to listen"}))
    with pytest.raises(StoreUnusable, match="could not find a free port on this machine") as told:
        launcher.lease(embedded_folder)
    assert "Delete" not in str(told.value)
    monkeypatch.setattr(launcher, "_spawn", lambda *_, **__: (None, {"error": DAMAGED, "message": "bad page"}))
    for elsewhere, said in ((True, "Run `journeys load`: it is rebuilt"), (False, "cannot start on this machine")):
        monkeypatch.setattr(launcher, "_starts_elsewhere", lambda _, found=elsewhere: found)
        with pytest.raises(StoreUnusable, match=said) as told:
            launcher.lease(embedded_folder)
        assert isinstance(told.value, StoreDamaged) is elsewhere


def interrupted(monkeypatch: pytest.MonkeyPatch, interrupt: Callable[[psutil.Process], None], times: int) -> list[int]:
    """Interrupt an engine as soon as its process is there, so many times; gives the number of processes begun."""
    popen, begun = subprocess.Popen, [0]

    def spawned(*given: Any, **options: Any) -> Any:
        child = popen(*given, **options)
        begun[0] += 1
        if begun[0] <= times:
            interrupt(psutil.Process(child.pid))
        return child

    monkeypatch.setattr(launcher.subprocess, "Popen", spawned)
    return begun


def test_an_engine_that_was_killed_as_it_started_is_started_again_and_its_files_are_not_blamed(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = interrupted(monkeypatch, psutil.Process.kill, 1)
    launcher.lease(embedded_folder).release()
    assert begun == [2]


def test_an_engine_that_was_started_early_is_the_one_that_is_used(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = interrupted(monkeypatch, psutil.Process.kill, 0)
    with launcher.EarlyStart(embedded_folder) as early:
        used = launcher.lease(embedded_folder, early=early)
    assert launcher.running(Layout(embedded_folder))
    used.release()
    assert begun == [1]


def test_an_engine_that_was_started_early_and_killed_is_started_again(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = interrupted(monkeypatch, psutil.Process.kill, 1)
    with launcher.EarlyStart(embedded_folder) as early:
        launcher.lease(embedded_folder, early=early).release()
    assert begun == [2]


def test_an_engine_that_was_started_early_for_nothing_ends_and_is_in_nobodys_way(embedded_folder: Path) -> None:
    with launcher.EarlyStart(embedded_folder):
        pass
    launcher.lease(embedded_folder).release()
    launcher.stop(Layout(embedded_folder))
    with OsLock(Layout(embedded_folder).lock) as lock:
        assert lock.acquire("this test")
    logged = Layout(embedded_folder).child_log.read_text(encoding="utf-8")
    assert "Traceback" not in logged
    with launcher.EarlyStart(embedded_folder, wanted=False) as none:
        assert none.taken() is None


@pytest.mark.skipif(os.name == "nt", reason="processes cannot be stopped and continued on Windows")
def test_an_engine_that_hangs_as_it_starts_is_ended(embedded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, psutil.Process.suspend, 9)
    monkeypatch.setattr(launcher, "_STARTS_WITHIN", 0.5)
    with pytest.raises(StoreUnusable, match="did not start within two minutes") as told:
        launcher.lease(embedded_folder)
    assert not isinstance(told.value, StoreDamaged)


def test_an_engine_that_another_process_takes_long_to_start_is_waited_for(
    embedded_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "_PATIENCE", 0.1)
    with OsLock(Layout(embedded_folder).lock) as lock:
        assert lock.acquire("process of somebody else")
        ends = threading.Timer(4, lock.release)
        ends.start()
        launcher.lease(embedded_folder).release()
        ends.join()
    launcher.stop(Layout(embedded_folder))


@pytest.fixture
def small_disk(tmp_path: Path, processes: None) -> Iterator[Path]:
    """A disk of 2 MB, where this account may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("a disk of a chosen size can be made by root on Linux only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_not_taken_for_a_machine_on_which_the_engine_cannot_start(small_disk: Path) -> None:
    (small_disk / "film.mp4").write_bytes(bytes(1_800_000))
    with (small_disk / "rest").open("wb", buffering=0) as rest, contextlib.suppress(OSError):
        while True:
            rest.write(bytes(4096))
    with pytest.raises(FullDisk):
        launcher.lease(small_disk / ".journeys")
