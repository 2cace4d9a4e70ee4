"""Reach the engine of a study folder: connect to the one that runs, or start it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from journeys.model.own_process import own_process
from journeys.model.private_files import private_file, private_folder
from journeys.model.unfinished import scratch_folder
from journeys.store.driver import import_driver
from journeys.store.embedded.engine import put_in_place
from journeys.store.embedded.memory import limited, ran_out
from journeys.store.embedded.paths import PROBES, ConnectionInfo, Layout, read_connection_info
from journeys.store.embedded.server_process import (
    BUSY,
    COUNT,
    DAMAGED,
    DIFFERS,
    FILLS,
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
"""Seconds to wait for another process that has the engine and does not answer."""
_LOOKS, _LOOKS_FOR = 0.05, 1.0
"""How often to look whether the engine of another process answers, and for how many seconds before one is started."""

# A Ctrl-C at the terminal is for the command, not for the engine in the middle of a write; and no window opens for it.
if sys.platform == "win32":
    _APART = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0

_ANSWERS, _PAUSE = 5.0, 0.5

_NOTES_WITHIN = 2.0
"""Seconds in which an engine without memory notes so."""

_STOPS = 15.0
"""Seconds to wait for an engine that was told to stop."""

_STARTS = 5
"""How often the engine is started again when its ports are taken."""
_NEEDED = 1_000_000
"""Bytes on the disk without which the engine does not start."""
_ENDED = 2
"""How often it may end without a word before its files are held to be the cause: it may have been killed."""
_STARTS_WITHIN = 120.0
"""Seconds in which the engine starts, also one that first puts right what a crash left."""

_ENDED_SILENTLY, _HANGS = "ended", "hangs"
_ADVICE = {
    _HANGS: "The embedded engine did not start within two minutes, so it was ended. Run the command again. If that "
    "does not help, run `journeys store rebuild`. The log is in {logs}.",
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
        self._said = layout.child_log.stat().st_size if layout.child_log.exists() else 0

    @property
    def ran_out_of_memory(self) -> bool:
        """Whether the engine's memory has been used up since this lease began.

        The engine ends the connection first and notes why afterwards, so one that still runs is given a moment.
        """
        until = time.monotonic() + _NOTES_WITHIN
        while not ran_out(self.layout.child_log, self._said):
            if self._has_ended() or time.monotonic() > until:
                return ran_out(self.layout.child_log, self._said)
            time.sleep(_LOOKS)
        return True

    def _has_ended(self) -> bool:
        """Whether the engine's process has ended, with which the lease's connection closes."""
        self._connection.setblocking(False)
        try:
            return self._connection.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def release(self) -> None:
        """Release the lease; the engine stops when no other process holds one."""
        self._connection.close()
        if self._child is not None:
            _let_go(self._child)

    def kill(self) -> None:
        """End the engine now, whatever it does: the only way to stop a query that does not end."""
        if self._child is not None:
            self._child.kill()
            self._child.wait(10)
        else:
            stop(self.layout)


class EarlyStart:
    """An engine that starts while this process reads files, for the first lease to take; a context manager.

    None is started unless it is ``wanted``, where one answers already, or where the work folder cannot be used: the
    lease says why. One that nobody took ends with the block.
    """

    def __init__(self, work: Path, *, wanted: bool = True) -> None:
        layout = Layout(work)
        self._child: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            if wanted and running(layout) is None:
                self._child = _begin(layout, stay=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        child = self.taken()
        if child is not None:
            _let_go(child)

    def taken(self) -> subprocess.Popen[bytes] | None:
        """The process, for the one who asks first; None when there is none."""
        child, self._child = self._child, None
        return child


def lease(work: Path, *, stay: bool = False, early: EarlyStart | None = None) -> EngineLease:
    """Connect to the study's engine, starting it if nobody has; with ``stay`` it runs on until it is told to stop
    or has not been used for an hour. One that was started ``early`` is waited for.

    Raises StoreUnusable when it cannot be started or belongs to another account, StoreBusy when another process holds
    it and does not answer.
    """
    layout = Layout(work)
    try:
        return _lease(layout, early.taken() if early else None, stay=stay)
    except PermissionError as error:
        raise _unusable(layout, FOREIGN, str(error)) from error


def _lease(layout: Layout, started: subprocess.Popen[bytes] | None, *, stay: bool) -> EngineLease:
    begun, taken, ended = time.monotonic(), 0, 0
    while True:
        held = None if started else _hold(layout, None, STAY if stay else HOLD)
        if held is not None:
            return held
        child, outcome = _spawn(layout, stay=stay, started=started)
        started = None
        error = outcome.get("error")
        taken += error == TAKEN
        ended += error == _ENDED_SILENTLY
        if outcome.get("ready"):
            held = _hold(layout, child, HOLD)
            if held is not None:
                return held
        elif error == FULL or (error == _ENDED_SILENTLY and shutil.disk_usage(layout.work).free < _NEEDED):
            raise FullDisk  # without room it can end before it can say why
        elif not (
            error == BUSY or (error == TAKEN and taken < _STARTS) or (error == _ENDED_SILENTLY and ended < _ENDED)
        ):
            raise _unusable(layout, error, str(outcome.get("message", "nothing")))
        if error == BUSY and (held := _other_engine(layout, STAY if stay else HOLD)) is not None:
            return held
        starting = error == BUSY and outcome.get("message") != FILLS and _is_starting(layout)
        if time.monotonic() - begun > (_STARTS_WITHIN if starting else _PATIENCE):
            holder = OsLock(layout.lock).holder() or "another process"
            raise StoreBusy(
                f"The store in {layout.work} is in use by {holder} and does not respond. Wait a little, and try again."
            )
        time.sleep(_LOOKS)


def _is_starting(layout: Layout) -> bool:
    """Whether who has the engine's folder has not said yet where it can be reached: it may be as slow as ours."""
    info = read_connection_info(layout)
    return info is None or OsLock(layout.lock).holder() != f"process {info.pid}"


def _other_engine(layout: Layout, word: str) -> EngineLease | None:
    """A lease of an engine that another process starts meanwhile: to look for it takes less than to start one."""
    until = time.monotonic() + _LOOKS_FOR
    while (held := _hold(layout, None, word)) is None and time.monotonic() < until:
        time.sleep(_LOOKS)
    return held


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
        _let_go(child)
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


def _let_go(child: subprocess.Popen[bytes]) -> None:
    """Close this process's pipes to an engine, which ends when nobody else uses it."""
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
    if child.stdout is not None:
        child.stdout.close()
    # Only reap it if it is gone already: others may still hold it, and nobody waits for it to stop.
    child.poll()


def _begin(layout: Layout, *, stay: bool) -> subprocess.Popen[bytes]:
    """Start the process with the engine; ``_spawn`` waits until it is ready."""
    private_folder(layout.logs)
    kept = ["--stay", str(KEPT)] if stay else []
    command = own_process("journeys.store.embedded.server_process", str(layout.work), *kept)
    with private_file(layout.child_log).open("ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if stay else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=limited(),
            start_new_session=True,
            creationflags=_APART,
        )
    import_driver()  # it is needed next, and takes about as long as the engine
    return child


def _spawn(
    layout: Layout, *, stay: bool, started: subprocess.Popen[bytes] | None = None
) -> tuple[subprocess.Popen[bytes], dict[str, object]]:
    """An engine, begun now if it was not ``started`` before, and what it says: that it is ready, or why it is not."""
    child = started or _begin(layout, stay=stay)
    said: list[bytes] = []

    def listen() -> None:
        assert child.stdout is not None
        said.append(child.stdout.readline())

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    listening.join(_STARTS_WITHIN)
    if not said:
        child.kill()
        return child, {"error": _HANGS, "message": "nothing"}
    try:
        outcome: dict[str, object] = json.loads(said[0])
    except ValueError:
        outcome = {"error": _ENDED_SILENTLY, "message": f"it stopped without a message (exit code {child.wait(10)})"}
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
