"""Reach the engine of a study folder: connect to the one that runs, or start it."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from journeys.store.embedded.paths import ConnectionInfo, Layout, read_connection_info
from journeys.store.embedded.server_process import BUSY, DAMAGED, FILLING, FULL, HOLD, NO_ENGINE, STAY, STOP, TAKEN
from journeys.store.errors import FullDisk, StoreBusy, StoreUnusable
from journeys.store.file_lock import OsLock

_PATIENCE = 30.0
"""Seconds to wait for another process that is starting or filling the engine."""

# A Ctrl-C at the terminal is for the command, not for the engine in the middle of a write; and no window opens for it.
if sys.platform == "win32":
    _APART = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0

_STARTS = 5
"""So many times the engine may find its ports taken before the machine is said to have none."""

_ADVICE = {
    TAKEN: "The embedded engine could not find a free port on this machine. Wait a little, and try again.",
    NO_ENGINE: "The embedded engine does not run on this machine. Point to a Neo4j server with --uri or NEO4J_URI.",
    DAMAGED: "The store in {work} cannot be opened. Delete that folder and run `journeys load`: the "
    "store is rebuilt from "
    "your forms. The log is in {logs}.",
}


class EngineLease:
    """This process's hold on a running engine; it keeps running until the last lease is released."""

    def __init__(
        self, layout: Layout, info: ConnectionInfo, connection: socket.socket, child: subprocess.Popen[bytes] | None
    ):
        self.layout, self.info = layout, info
        self._connection, self._child = connection, child

    def release(self) -> None:
        """Let go; the engine stops when nobody else holds it."""
        self._connection.close()
        if self._child is not None:
            if self._child.stdin is not None:
                with contextlib.suppress(OSError):
                    self._child.stdin.close()
            if self._child.stdout is not None:
                self._child.stdout.close()
            # Only reap it if it is gone already: others may still hold it, and nobody waits for it to stop.
            self._child.poll()

    def kill(self) -> None:
        """End the engine now, whatever it does: the only way to stop a query that does not end."""
        if self._child is not None:
            self._child.kill()
            self._child.wait(10)
        else:
            stop(self.layout)


def lease(work: Path, *, stay: bool = False) -> EngineLease:
    """Connect to the study's engine, starting it if nobody has; with ``stay`` it runs on until it is told to stop.

    Raises StoreUnusable when it cannot be started, StoreBusy when another process holds it and does not answer.
    """
    layout = Layout(work)
    begun, taken = time.monotonic(), 0
    while True:
        held = _hold(layout, None, STAY if stay else HOLD)
        if held is not None:
            return held
        child, outcome = _spawn(layout, stay=stay)
        error = outcome.get("error")
        taken += error == TAKEN
        if outcome.get("ready"):
            held = _hold(layout, child, HOLD)
            if held is not None:
                return held
        elif error == FILLING:
            _clear(layout)
        elif error == FULL:
            raise FullDisk
        elif error != BUSY and not (error == TAKEN and taken < _STARTS):
            said = _ADVICE.get(str(error), _ADVICE[DAMAGED]).format(work=layout.work, logs=layout.logs)
            raise StoreUnusable(f"{said} (The engine says: {outcome.get('message', 'nothing')}.)")
        if time.monotonic() - begun > _PATIENCE:
            holder = OsLock(layout.lock).holder() or "another process"
            raise StoreBusy(
                f"The store in {work} is in use by {holder} and does not respond. Wait a little, and try again."
            )
        time.sleep(0.05)


def stop(layout: Layout) -> bool:
    """Tell a running engine to stop, and wait until it has; False when none runs."""
    info = read_connection_info(layout)
    connection = _greet(info, STOP) if info else None
    if connection is None:
        return False
    with connection, contextlib.suppress(OSError):
        connection.settimeout(15)
        while connection.recv(64):
            pass
    waited = time.monotonic() + 15
    while layout.connection_info.exists() and time.monotonic() < waited:
        time.sleep(0.02)
    return True


def running(layout: Layout) -> ConnectionInfo | None:
    """How to reach the engine if it answers, else None."""
    info = read_connection_info(layout)
    connection = _greet(info, HOLD) if info else None
    if connection is None:
        return None
    connection.close()
    return info


def _hold(layout: Layout, child: subprocess.Popen[bytes] | None, word: str) -> EngineLease | None:
    info = read_connection_info(layout)
    connection = _greet(info, word) if info else None
    return EngineLease(layout, info, connection, child) if info and connection else None


def _greet(info: ConnectionInfo, word: str) -> socket.socket | None:
    """A connection to the control port that was answered, or None: the details are stale, or somebody else's."""
    try:
        connection = socket.create_connection(("127.0.0.1", info.control_port), timeout=2)
        connection.sendall(f"{info.token} {word}\n".encode("ascii"))
        if connection.recv(8) != b"ok\n":
            connection.close()
            return None
        connection.settimeout(None)
        return connection
    except OSError:
        return None


def _spawn(layout: Layout, *, stay: bool) -> tuple[subprocess.Popen[bytes], dict[str, object]]:
    layout.logs.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-m",
        "journeys.store.embedded.server_process",
        str(layout.work),
        *(["--stay"] if stay else []),
    ]
    with (layout.logs / "child.log").open("ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if stay else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            creationflags=_APART,
        )
    assert child.stdout is not None
    line = child.stdout.readline()
    try:
        outcome: dict[str, object] = json.loads(line)
    except ValueError:
        outcome = {"error": DAMAGED, "message": f"it stopped without a message (exit code {child.wait(10)})"}
    return child, outcome


def _clear(layout: Layout) -> None:
    """Throw away an engine folder whose first filling was interrupted: all of it is made again from the forms."""
    shutil.rmtree(layout.engine, ignore_errors=True)
    layout.filling.unlink(missing_ok=True)
