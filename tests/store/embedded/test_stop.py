"""Stopping the embedded engine: who stopped it may copy, damage or remove its folder at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

import journeys
from journeys.store.embedded.launcher import lease, stop
from journeys.store.embedded.paths import Layout
from journeys.store.file_lock import OsLock
from tests.store.loading.voting_study import write_study

pytestmark = pytest.mark.usefixtures("processes")


def closed(layout: Layout) -> bool:
    """Whether nobody has the engine's folder open, and the engine has left nothing of a running database there."""
    with OsLock(layout.lock) as lock:
        return lock.acquire() and not list(layout.database.glob("*.lck"))


def test_the_folder_is_closed_when_stop_returns(tmp_path: Path) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 50)
    study, layout = journeys.open(folder), Layout(folder / ".journeys")
    study.load()
    study.stop_store()
    assert closed(layout)

    study.start_store()
    assert study.stop_store()
    assert closed(layout)

    # Stopping by itself, because its last lease was released.
    lease(folder / ".journeys").release()
    stop(layout)
    assert closed(layout)
    assert not study.stop_store()


def test_an_engine_that_was_kept_running_ends_when_it_is_no_longer_used(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ".journeys")
    command = [sys.executable, "-m", "journeys.store.embedded.server_process", str(layout.work), "--stay", "1"]
    layout.work.mkdir()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as engine:
        assert engine.stdout is not None
        assert json.loads(engine.stdout.readline()) == {"ready": True}
        held = lease(layout.work)
        time.sleep(2)
        assert engine.poll() is None  # while it is used, no time is too long
        held.release()
        assert engine.wait(30) == 0
    assert closed(layout)
    assert not layout.connection_info.exists()
