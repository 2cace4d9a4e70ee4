"""Stopping the embedded engine: who stopped it may copy, damage or remove its folder at once."""

from __future__ import annotations

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
