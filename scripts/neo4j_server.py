"""Neo4j Community without Docker: fetched from Maven Central, run in a folder of its own.

From the command line::

    python3 scripts/neo4j_server.py start [--version 2026.08.1] [--dir DIR] [--port N] [--detach]
    python3 scripts/neo4j_server.py stop  [--version 2026.08.1] [--dir DIR]

``start`` prints one line of JSON (uri, user, password, version, pid) once the server answers, and stays until Ctrl+C;
the server ends with it, even if it is killed. With ``--detach`` the server goes on until ``stop``. The password is
made up unless NEO4J_TEST_PASSWORD gives one. As a library::

    with running("5.26.30") as server:
        GraphDatabase.driver(server.uri, auth=(server.user, server.password))

Only the standard library is used. It needs Maven; Java is looked for on the machine and fetched if none fits.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from _neo4j_files import VERSIONS, CannotStart, Java, cache, fetch, fitting_java, say

START_SECONDS = 300.0
STOP_SECONDS = 60.0

_ADD_OPENS = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_BOLT_HELLO = bytes.fromhex("6060b017") + bytes.fromhex("00040405 00000004 00000000 00000000")


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and as whom."""

    uri: str
    user: str
    password: str
    version: str
    pid: int

    @property
    def port(self) -> int:
        """The Bolt port, on loopback."""
        return int(self.uri.rpartition(":")[2])


@contextlib.contextmanager
def running(
    version: str, folder: Path | None = None, port: int | None = None, password: str | None = None
) -> Iterator[Server]:
    """Run a server for the length of a ``with`` block.

    Without ``folder`` its data live in a temporary folder that is removed afterwards; without ``password`` one is
    made up. Raises :class:`CannotStart`.
    """
    with contextlib.ExitStack() as cleanup:
        if folder is None:
            folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        process, server = launch(version, folder, port, password)
        try:
            yield server
        finally:
            _details(folder).unlink(missing_ok=True)
            assert process.stdin is not None  # it is a pipe while the server is attached
            process.stdin.close()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def launch(
    version: str, folder: Path, port: int | None = None, password: str | None = None, *, detach: bool = False
) -> tuple[subprocess.Popen[bytes], Server]:
    """Start a server in ``folder`` and wait until it answers.

    An attached server ends when its standard input is closed, so when this process ends; a detached one by
    :func:`stop`. Raises :class:`CannotStart`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if running_in(folder):
        raise CannotStart(f"A server is running in {folder} already: stop it first, or name another --dir.")
    java = fitting_java(version)
    lib = fetch(version, java)
    port = port or _free_port()
    (folder / "stop").unlink(missing_ok=True)
    (folder / "neo4j.conf").write_text(_configuration(port), encoding="utf-8")
    password = password or secrets.token_urlsafe(18)
    say(f"Starting Neo4j {version} on Java {java.release} ...")
    command = [str(java.program), *_jvm_options(java), "-cp", f"{lib}{os.pathsep}{lib / '*'}", "Start", str(folder)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "detached" if detach else "attached"],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A detached server is out of reach of the Ctrl+C and the closing terminal of whoever started it.
            start_new_session=detach,
            creationflags=_detached_flags() if detach else 0,
        )
    try:
        assert process.stdin is not None  # it is a pipe
        process.stdin.write(password.encode() + b"\n")
        process.stdin.flush()
        _wait_until_ready(process, folder / "server.log", port)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if detach:
        process.stdin.close()
    server = Server(f"bolt://127.0.0.1:{port}", "neo4j", password, version, process.pid)
    _write_private(_details(folder), json.dumps(asdict(server)))
    return process, server


def stop(folder: Path) -> bool:
    """End the server that runs in ``folder``; False when none does. Raises :class:`CannotStart` when it goes on."""
    if running_in(folder) is None:
        _details(folder).unlink(missing_ok=True)
        return False
    request = folder / "stop"
    request.touch()
    deadline = time.monotonic() + STOP_SECONDS
    while request.exists():
        if time.monotonic() > deadline:
            raise CannotStart(f"The server in {folder} did not end within {STOP_SECONDS:.0f} s; see its server.log.")
        time.sleep(0.1)
    _details(folder).unlink(missing_ok=True)
    return True


def running_in(folder: Path) -> Server | None:
    """The server that runs in ``folder``, if it answers."""
    try:
        server = Server(**json.loads(_details(folder).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    return server if _answers(server.port) else None


def _jvm_options(java: Java) -> list[str]:
    options = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"]
    options += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _ADD_OPENS]
    if java.release >= 24:  # older ones allow it without a word
        options.append("--enable-native-access=ALL-UNNAMED")
    return options


def _configuration(port: int) -> str:
    settings = {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "dbms.security.auth_enabled": "true",
        # Nothing leaves this machine by itself. Not every version knows each of these settings.
        "dbms.usage_report.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "server.config.strict_validation.enabled": "false",
        "server.memory.pagecache.size": "64m",
        "db.tx_log.preallocate": "false",
        # When it ends, Bolt would wait ten seconds for latecomers after the databases are closed.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (b"ready" in log.read_bytes().split() and _answers(port)):
        ended = process.poll() is not None
        if ended or time.monotonic() > deadline:
            why = "Neo4j ended while starting" if ended else f"Neo4j did not answer within {START_SECONDS:.0f} s"
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
            raise CannotStart(f"{why}. The end of its log {log}:\n{tail}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    """Whether a Bolt server agrees on a protocol version on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(_BOLT_HELLO)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _detached_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
    return 0


def _details(folder: Path) -> Path:
    return folder / "server.json"


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Start or stop a Neo4j Community server for tests.")
    parser.add_argument("action", choices=("start", "stop"))
    parser.add_argument("--version", default=VERSIONS[0], help="Neo4j version (default: %(default)s)")
    parser.add_argument("--dir", type=Path, help="data folder (default: below the cache, one a version)")
    parser.add_argument("--port", type=int, help="Bolt port (default: a free one)")
    parser.add_argument("--detach", action="store_true", help="leave the server running")
    given = parser.parse_args(arguments)
    password = os.environ.get("NEO4J_TEST_PASSWORD")
    folder = (given.dir or cache() / given.version / "server").resolve()
    try:
        if given.action == "stop":
            say("Stopped." if stop(folder) else f"No server runs in {folder}.")
        elif given.detach:
            server = running_in(folder) or launch(given.version, folder, given.port, password, detach=True)[1]
            print(json.dumps(asdict(server)), flush=True)
        else:
            with running(given.version, folder, given.port, password) as server:
                print(json.dumps(asdict(server)), flush=True)
                say("Ctrl+C ends it.")
                while _answers(server.port):
                    time.sleep(1)
    except KeyboardInterrupt:
        say("Ended.")
    except CannotStart as problem:
        say(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
