"""Reach the engine of a study folder: connect to the one that runs, or start it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from journeys.model.private_files import private_file, private_folder
from journeys.model.unfinished import scratch_folder
from journeys.store.driver import import_driver
from journeys.store.embedded.engine import put_in_place
from journeys.store.embedded.paths import PROBES, ConnectionInfo, Layout, read_connection_info
from journeys.store.embedded.server_process import (
    BUSY,
    COUNT,
    DAMAGED,
    DIFFERS,
    FOREIGN,
    FULL,
    HOLD,
    INDEX,
    KEPT,
    NO_ENGINE,
    STAY,
    STOP,
    TAKEN,
)
from journeys.store.errors import FullDisk, StoreBusy, StoreDamaged, StoreUnusable
from journeys.store.file_lock import OsLock

_PATIENCE = 30.0
"""Seconds to wait for another process that is starting or filling the engine."""

# A Ctrl-C at the terminal is for the command, not for the engine in the middle of a write; and no window opens for it.
if sys.platform == "win32":
    _APART = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0

_ANSWERS, _PAUSE = 5.0, 0.5

_STOPS = 15.0
"""Seconds to wait for an engine that was told to stop."""

_STARTS = 5
"""How often the engine is started again when its ports are taken."""

_ADVICE = {
    TAKEN: "The embedded engine could not find a free port on this machine. Wait a little, and try again.",
    NO_ENGINE: "The embedded engine cannot start on this machine. Use a Neo4j server instead: name it with --uri or "
    "NEO4J_URI. The log is in {logs}.",
    DAMAGED: "The store in {work} cannot be opened. Run `journeys load`: it is rebuilt from your forms. The log is "
    "in {logs}.",
    DIFFERS: "The store in {work} does not hold what was last loaded. Run `journeys load`: it is rebuilt from your "
    "forms.",
    FOREIGN: "The store in {work} belongs to another account on this machine, and yours may not read and write all of "
    "it. Ask its owner to share it with your group (`chmod g+ws` on the study folder), or copy the study folder "
    "without `.journeys` and run `journeys load` there.",
}


class EngineLease:
    """This process's lease of a running engine; the engine runs until the last lease is released."""

    def __init__(
        self, layout: Layout, info: ConnectionInfo, connection: socket.socket, child: subprocess.Popen[bytes] | None
    ):
        self.layout, self.info = layout, info
        self._connection, self._child = connection, child

    def release(self) -> None:
        """Release the lease; the engine stops when no other process holds one."""
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
    """Connect to the study's engine, starting it if nobody has; with ``stay`` it runs on until it is told to stop
    or has not been used for an hour.

    Raises StoreUnusable when it cannot be started or belongs to another account, StoreBusy when another process holds
    it and does not answer.
    """
    layout = Layout(work)
    try:
        return _lease(layout, stay=stay)
    except PermissionError as error:
        raise _unusable(layout, FOREIGN, str(error)) from error


def _lease(layout: Layout, *, stay: bool) -> EngineLease:
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
        elif error == FULL:
            raise FullDisk
        elif error != BUSY and not (error == TAKEN and taken < _STARTS):
            raise _unusable(layout, error, str(outcome.get("message", "nothing")))
        if time.monotonic() - begun > _PATIENCE:
            holder = OsLock(layout.lock).holder() or "another process"
            raise StoreBusy(
                f"The store in {layout.work} is in use by {holder} and does not respond. Wait a little, and try again."
            )
        time.sleep(0.05)


def _unusable(layout: Layout, error: object, message: str) -> StoreUnusable:
    """Return the error for an engine that does not start: the cause is its files or the machine."""
    kind = str(error) if error in _ADVICE else DAMAGED
    if kind == DAMAGED and not _starts_elsewhere(layout):
        kind = NO_ENGINE
    said = f"{_ADVICE[kind].format(work=layout.work, logs=layout.logs)} (The engine says: {message}.)"
    return StoreDamaged(said) if kind in (DAMAGED, DIFFERS) else StoreUnusable(said)


def _starts_elsewhere(layout: Layout) -> bool:
    """Whether the engine starts in an empty folder: if it does, the files of this one are at fault."""
    with scratch_folder(PROBES, layout.work) as empty:
        child, outcome = _spawn(Layout(empty), stay=False)
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.close()
        child.stdout.close()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        return bool(outcome.get("ready"))


def count(layout: Layout) -> None:
    """Have the running engine count what it holds and note it, as the end of a load."""
    engine = read_connection_info(layout)
    connection = _greet(engine, COUNT) if engine else None
    if connection is not None:
        connection.close()


def make_searchable(layout: Layout) -> bool:
    """Have the running engine make its full-text index, where it is not there yet; False when it did not answer."""
    engine = read_connection_info(layout)
    connection = _greet(engine, INDEX) if engine else None
    if connection is not None:
        connection.close()
    return connection is not None


def stop(layout: Layout) -> bool:
    """Tell a running engine to stop, and wait until nobody has its folder open; False when none answered.

    Also an engine that is stopping by itself, because its last lease was released, is waited for.
    """
    told = _tell_to_stop(layout)
    if layout.engine.exists():
        with OsLock(layout.lock) as lock, contextlib.suppress(OSError):
            lock.wait(_STOPS, f"process {os.getpid()}, waiting for the engine to stop")
    return told


def _tell_to_stop(layout: Layout) -> bool:
    info = read_connection_info(layout)
    connection = _greet(info, STOP) if info else None
    if connection is None:
        return False
    with connection, contextlib.suppress(OSError):
        connection.settimeout(_STOPS)
        while connection.recv(64):
            pass
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
        connection = socket.create_connection(("127.0.0.1", info.control_port), timeout=_ANSWERS)
        connection.sendall(f"{info.token} {word}\n".encode("ascii"))
        if connection.recv(8) != b"ok\n":
            connection.close()
            return None
        connection.settimeout(None)
        return connection
    except OSError:
        return None


def _spawn(layout: Layout, *, stay: bool) -> tuple[subprocess.Popen[bytes], dict[str, object]]:
    private_folder(layout.logs)
    command = [
        sys.executable,
        "-m",
        "journeys.store.embedded.server_process",
        str(layout.work),
        *(["--stay", str(KEPT)] if stay else []),
    ]
    with private_file(layout.child_log).open("ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if stay else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            creationflags=_APART,
        )
    import_driver()  # it is needed next, and takes about as long as the engine
    assert child.stdout is not None
    line = child.stdout.readline()
    try:
        outcome: dict[str, object] = json.loads(line)
    except ValueError:
        outcome = {"error": DAMAGED, "message": f"it stopped without a message (exit code {child.wait(10)})"}
    return child, outcome


def reset(layout: Layout) -> None:
    """Throw the engine's folder away: the next load makes it again from the forms.

    Raises StoreBusy when another process keeps it open.
    """
    with OsLock(layout.lock) as lock:
        if not take_from_others(lock, layout, "emptying the store"):
            raise StoreBusy(f"The store in {layout.work} is held by {lock.holder() or 'another process'}. Try again.")
        shutil.rmtree(layout.engine, ignore_errors=True)
        put_in_place(layout)
        layout.contents.unlink(missing_ok=True)


def take_from_others(lock: OsLock, layout: Layout, doing: str) -> bool:
    """Take the lock on the engine's folder, telling engines that others start meanwhile to stop.

    False when it is not free within 30 seconds.
    """
    until = time.monotonic() + _PATIENCE
    while not lock.wait(_PAUSE, f"process {os.getpid()}, {doing}"):
        if time.monotonic() > until:
            return False
        _tell_to_stop(layout)
    return True
