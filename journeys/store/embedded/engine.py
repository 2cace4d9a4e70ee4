"""The engine itself, inside the child process: its settings, its two accounts, and its start."""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import socket
from typing import Any

from journeys.model.private_files import private_folder, write_private
from journeys.store.embedded.close_port import close_port
from journeys.store.embedded.paths import DATABASE, READER, ROOT, Layout, Passwords
from journeys.store.file_lock import OsLock

_ROUNDS = 1_000
"""How often the engine hashes a password, 65,536 times if nothing is said. That makes it slow to guess what a person
chose; ours are random, of 192 bits, and it would cost each connection and the start most of their time."""
_EVERYTHING = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_ADMINISTERS = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]


def _group(access: list[str], records: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


_GROUPS = {
    "version": 1,
    "databases": {
        "*": {
            "groups": {
                "admin": _group(_ADMINISTERS, _EVERYTHING),
                READER: _group([], ["readRecord"]),
                "*": _group([], []),
            }
        }
    },
}


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def open_library(layout: Layout) -> Any:
    """Import the engine's library with its logs in the study's folder. Raises ImportError where it has no wheel."""
    private_folder(layout.logs)
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    os.environ["ARCADEDB_LOG_DIR"] = str(layout.logs)
    os.environ["ARCADEDB_JVM_ERROR_FILE"] = str(layout.logs / "engine-crash.log")
    import arcadedb

    return arcadedb


def put_in_place(layout: Layout) -> None:
    """Finish or undo a change of the engine's folder that was interrupted. Only the holder of the lock may call it."""
    if layout.replaced.exists() and not layout.engine.exists():
        layout.replaced.rename(layout.engine)
    for left in (layout.filling, layout.replaced):
        shutil.rmtree(left, ignore_errors=True)


def tidy(layout: Layout) -> None:
    """Remove what a killed engine left: where it could be reached, and a folder that it was filling.

    Nothing happens while an engine runs. Raises OSError.
    """
    left = (layout.connection_info, layout.filling, layout.replaced)
    if any(path.exists() for path in left):
        with OsLock(layout.lock) as lock:
            if lock.acquire(f"process {os.getpid()}"):
                put_in_place(layout)
                layout.connection_info.unlink(missing_ok=True)


def replace_engine(layout: Layout) -> None:
    """Let the filled folder take the place of the engine's. Killed between the two steps, the former one comes back."""
    layout.engine.rename(layout.replaced)
    layout.filling.rename(layout.engine)
    shutil.rmtree(layout.replaced, ignore_errors=True)


def start(layout: Layout) -> tuple[Any, int, Passwords]:
    """Start the engine on loopback; returns the server, its Bolt port, and the passwords of its two accounts.

    The accounts are made at every start, and their passwords at random: nothing that is left on the disk opens the next
    run. The HTTP port is closed again; on Windows it stays open, to those who know a password.
    """
    arcadedb = open_library(layout)
    accounts = Passwords(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    for old in (layout.users, layout.old_passwords):
        old.unlink(missing_ok=True)
    write_private(layout.groups, json.dumps(_GROUPS))
    http_port, bolt_port = free_port(), free_port()
    server = arcadedb.create_server(
        root_path=str(layout.engine),
        root_password=accounts.root,
        config={
            "http_port": http_port,
            "bolt_port": bolt_port,
            "host": "127.0.0.1",
            "bolt_websocket.maxFrameSize": 0,  # a web page may open a WebSocket to this port; nothing gets through
            "server.saltIterations": _ROUNDS,
            "mode": "development",
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        },
    )
    server.start()
    if not layout.database.exists():
        server.create_database(DATABASE)
    _make_reader(http_port, accounts.root, accounts.reader)
    close_port(http_port)
    return server, bolt_port, accounts


def _make_reader(http_port: int, root_password: str, reader_password: str) -> None:
    import urllib.request  # takes long, and who reaches the engine from outside does not need it

    account = {"name": READER, "password": reader_password, "databases": {DATABASE: [READER]}}
    request = urllib.request.Request(
        f"http://127.0.0.1:{http_port}/api/v1/server",
        data=json.dumps({"command": f"create user {json.dumps(account)}"}).encode(),
        headers={
            "Authorization": "Basic " + base64.b64encode(f"{ROOT}:{root_password}".encode()).decode(),
            "Content-Type": "application/json",
        },
    )
    # Ignore a proxy named in the environment: both processes are on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30):
        pass


def full_text_index(label: str, name: str) -> str:
    """The name that the engine gives to the full-text index of a property."""
    return f"{label}[{name}]"


def make_full_text_index(database: Any, label: str, name: str) -> None:
    """Make the full-text index of a property, where it is not there yet: the engine knows no Cypher for it."""
    for made in (
        f"CREATE VERTEX TYPE `{label}` IF NOT EXISTS",
        f"CREATE PROPERTY `{label}`.`{name}` IF NOT EXISTS STRING",
        f"CREATE INDEX IF NOT EXISTS ON `{label}` (`{name}`) FULL_TEXT",
    ):
        database.command("sql", made)
