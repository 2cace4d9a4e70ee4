"""The embedded engine starts although another program takes the port it has just found free."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journeys.store.embedded import launcher
from journeys.store.embedded.server_process import DAMAGED, TAKEN
from journeys.store.errors import StoreDamaged, StoreUnusable

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
