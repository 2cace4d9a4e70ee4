"""The child process with the engine: ``python -m journeys.store.embedded.server_process WORK_FOLDER [--stay SECONDS]``.

It runs as long as a process uses it. Its parent holds a pipe to its standard input, every process that uses it a
connection to its control port; the operating system closes both when their holder ends, however it ends. When the last
is gone the engine is stopped and the process ends. ``--stay`` keeps it until it is told to stop, or nobody has used it
for so many seconds.

Why a process of its own: several commands share one engine, which may open the folder only once; Ctrl-C ends a command
and not a write; and what crashes in native code does not take the command with it.

It prints one line of JSON: ``{"ready": true}``, or ``{"error": kind, "message": …}``.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from journeys.model.private_files import is_shared, keep_private, set_rights
from journeys.store.embedded.contents import altered, counts, cut_short, difference, remember, seal, unusable_files
from journeys.store.embedded.engine import make_full_text_index, put_in_place, start
from journeys.store.embedded.paths import (
    DATABASE,
    SEARCHED,
    ConnectionInfo,
    Layout,
    write_connection_info,
)
from journeys.store.errors import is_about_a_full_disk, is_about_a_taken_port
from journeys.store.file_lock import OsLock

BUSY, NO_ENGINE, DAMAGED, FULL, TAKEN, FOREIGN = "busy", "no_engine", "damaged", "full", "port_taken", "foreign"
DIFFERS = "differs"
FILLS = "a load is filling the store"
HOLD, STAY, STOP, COUNT, INDEX = "hold", "stay", "stop", "count", "index"
"""What a connection to the control port asks for."""
_LONGEST = 200
"""Characters of a greeting: whoever sends more does not know the token."""

KEPT = 3600.0
"""Seconds without use after which an engine that was to stay ends: nobody may think of it again."""


def main(arguments: list[str]) -> int:
    """Run the engine until no process uses it."""
    layout = Layout(Path(arguments[0]))
    keep_private(layout.work)
    lock = OsLock(layout.lock)
    if not lock.acquire(f"process {os.getpid()}"):
        return _fail(BUSY, "another process has the store open")
    if not _nobody_fills(layout):
        return _fail(BUSY, FILLS)
    put_in_place(layout)
    if foreign := unusable_files(layout):
        return _fail(FOREIGN, str(foreign[0]))
    if lost := cut_short(layout) or altered(layout):
        return _fail(DIFFERS, lost)
    try:
        server, bolt_port, accounts = start(layout)
        if differs := difference(server, layout):
            server.stop()
            return _fail(DIFFERS, differs)
        control = socket.create_server(("127.0.0.1", 0))
        token = secrets.token_urlsafe(24)
        port = control.getsockname()[1]
        write_connection_info(
            layout, ConnectionInfo(os.getpid(), bolt_port, port, token, accounts.root, accounts.reader)
        )
    except ImportError as error:
        return _fail(NO_ENGINE, str(error))
    except Exception as error:
        kind = FULL if is_about_a_full_disk(error) else TAKEN if is_about_a_taken_port(error) else DAMAGED
        return _fail(kind, f"{type(error).__name__}: {error}")
    _share(layout)
    _say({"ready": True})
    with control:
        before_answer = {
            COUNT: partial(_note_contents, server, layout),
            INDEX: partial(_make_index, server),
            STAY: partial(_share, layout),  # it may have made files in a load, and ends only much later
        }
        kept = float(arguments[2]) if "--stay" in arguments else None
        _wait(control, token, before_answer, kept=kept)
    layout.connection_info.unlink(missing_ok=True)
    _stop(server)
    with contextlib.suppress(OSError):
        seal(layout)
    _share(layout)
    lock.release()
    return 0


def _note_contents(server: Any, layout: Layout) -> None:
    remember(layout, counts(server.get_database(DATABASE)))


def _make_index(server: Any) -> None:
    make_full_text_index(server.get_database(DATABASE), *SEARCHED)


def _share(layout: Layout) -> None:
    """Let the group of a shared folder have the files that the engine makes for its owner alone, whatever the umask."""
    if is_shared(layout.work):
        set_rights(layout.engine, shared=True)


def _nobody_fills(layout: Layout) -> bool:
    with OsLock(layout.fill_lock) as lock:
        return lock.acquire(f"process {os.getpid()}")


def _fail(kind: str, message: str) -> int:
    _say({"error": kind, "message": message})
    return 1


def _say(what: dict[str, object]) -> None:
    # Who started it may have ended meanwhile, or found problems in the forms.
    with contextlib.suppress(OSError):
        print(json.dumps(what), flush=True)


def _stop(server: Any) -> None:
    # The engine may hang on its way out; what it holds is on disk already.
    guard = threading.Timer(10, os._exit, (0,))
    guard.daemon = True
    guard.start()
    server.stop()
    guard.cancel()


def _wait(
    control: socket.socket, token: str, before_answer: Mapping[str, Callable[[], None]], *, kept: float | None
) -> None:
    """Return when the last lease has ended, or somebody who knows the token says stop.

    With ``kept``, or once a lease asks for it, it stays for so many seconds (``KEPT``) after the last lease.
    """
    parent_gone, wake = threading.Event(), socket.socketpair()
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(wake[0], selectors.EVENT_READ)
    if kept is not None:
        parent_gone.set()
    else:
        threading.Thread(target=_watch_parent, args=(parent_gone, wake[1]), daemon=True).start()
    leases: set[socket.socket] = set()
    used = time.monotonic()
    while kept is not None or leases or not parent_gone.is_set():
        left = None if kept is None or leases else used + kept - time.monotonic()
        if left is not None and left <= 0:
            return
        for key, _ in selector.select(left):
            used = time.monotonic()
            peer = key.fileobj
            if peer is control:
                connection, _ = control.accept()
                connection.settimeout(2)
                word = _greeting(connection, token, before_answer)
                if word == STOP:
                    connection.close()
                    return
                if word not in (HOLD, STAY):
                    connection.close()
                    continue
                kept = KEPT if kept is None and word == STAY else kept
                leases.add(connection)
                selector.register(connection, selectors.EVENT_READ)
            elif isinstance(peer, socket.socket) and peer in leases and not _alive(peer):
                leases.discard(peer)
                selector.unregister(peer)
                peer.close()
            elif peer is wake[0]:
                selector.unregister(peer)


def _watch_parent(gone: threading.Event, wake: socket.socket) -> None:
    """Read the pipe that the parent holds until it ends."""
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    gone.set()
    wake.send(b".")


def _greeting(connection: socket.socket, token: str, before_answer: Mapping[str, Callable[[], None]]) -> str | None:
    """What a new connection asks for (hold, stay, stop, count, index), or None when it does not know the token.

    It is answered when what ``before_answer`` has for its word is done.
    """
    try:
        said = connection.makefile("r", encoding="ascii").readline(_LONGEST).split()
        known = len(said) == 2 and secrets.compare_digest(said[0], token)
        if known:
            before_answer.get(said[1], _nothing)()
            connection.sendall(b"ok\n")
        return said[1] if known else None
    except (OSError, ValueError):
        return None


def _nothing() -> None:
    """Nothing has to be done before an answer."""


def _alive(connection: socket.socket) -> bool:
    try:
        return bool(connection.recv(64))
    except OSError:
        return False


if __name__ == "__main__":
    # os._exit: the engine's own threads must not keep a process alive that nobody needs.
    code = main(sys.argv[1:])
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(code)
