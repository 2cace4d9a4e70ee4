"""Who may see the store: its owner, by files that nobody else may open and one port that answers no web page."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import journeys
from journeys.cli.cypher_prompt import HISTORY, prompt_session, run_prompt
from journeys.cli.cypher_shell import CypherShell, ShellOptions
from journeys.cli.session import Session
from journeys.store.embedded.paths import ConnectionInfo, Layout, read_connection_info
from tests.store.loading.voting_study import write_study

pytestmark = [
    pytest.mark.usefixtures("processes"),
    pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter on Windows"),
]


def with_other_rights(work: Path, *, folders: int, files: int) -> list[str]:
    """What is in a folder, or is it, with other rights than those given."""
    wanted = {each: folders if each.is_dir() else files for each in (work, *work.rglob("*"))}
    held = {each: stat.S_IMODE(each.stat().st_mode) for each in wanted}
    return [f"{each.name} {mode:o}" for each, mode in held.items() if mode != wanted[each]]


def is_private(work: Path) -> bool:
    assert with_other_rights(work, folders=0o700, files=0o600) == []
    return True


def is_for_the_group(work: Path) -> bool:
    assert with_other_rights(work, folders=0o2770, files=0o660) == []
    return True


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Path]:
    """A study whose folder every account may read, as most systems make it."""
    folder = tmp_path / "votes"
    write_study(folder, 50)
    folder.chmod(0o755)
    before = os.umask(0o022)
    yield folder
    os.umask(before)
    journeys.open(folder).stop_store()


def engine_of(folder: Path) -> ConnectionInfo:
    found = read_connection_info(Layout(folder / ".journeys"))
    assert found is not None
    return found


def test_all_in_the_work_folder_is_for_its_owner_alone(study: Path) -> None:
    opened = journeys.open(study)
    opened.load()
    opened.start_store()
    shell = CypherShell(Session(), opened, ShellOptions())
    with create_pipe_input() as typed:
        typed.send_text("RETURN 1 AS one;\r\\quit\r")
        run_prompt(shell, prompt_session(shell, opened.folder.work, input=typed, output=DummyOutput()))
    assert "RETURN 1" in (study / ".journeys" / HISTORY).read_text(encoding="utf-8")
    assert is_private(study / ".journeys")
    opened.stop_store()
    assert is_private(study / ".journeys")


def test_what_an_older_version_left_open_is_closed(study: Path) -> None:
    journeys.open(study).load()
    work = study / ".journeys"
    for each in (work, *work.rglob("*")):
        with contextlib.suppress(FileNotFoundError):  # an engine that ends takes its own files away
            each.chmod(0o755 if each.is_dir() else 0o644)
    journeys.open(study).status()
    journeys.open(study).stop_store()
    assert is_private(work)


def test_a_folder_that_is_shared_on_purpose_is_shared_with_its_group_alone(study: Path) -> None:
    study.chmod(0o2775)
    opened = journeys.open(study)
    opened.load()
    opened.start_store()
    assert is_for_the_group(study / ".journeys")
    opened.stop_store()
    assert is_for_the_group(study / ".journeys")

    study.chmod(0o755)  # no longer
    opened.status()
    opened.stop_store()
    assert is_private(study / ".journeys")


def test_an_engine_that_is_kept_after_a_load_has_shared_what_it_made(study: Path) -> None:
    study.chmod(0o2775)
    opened = journeys.open(study)
    with opened.store():  # the engine of this load is the one that stays
        opened.load()
        opened.start_store()
        assert is_for_the_group(study / ".journeys")


def test_passwords_are_made_at_each_start_and_not_kept(study: Path) -> None:
    opened = journeys.open(study)
    opened.load()
    seen = []
    for _ in range(2):
        opened.start_store()
        engine = engine_of(study)
        seen += [engine.root_password, engine.reader_password, engine.token]
        opened.stop_store()
        assert read_connection_info(Layout(study / ".journeys")) is None
    assert len(set(seen)) == 6
    left = b"".join(each.read_bytes() for each in (study / ".journeys").rglob("*") if each.is_file())
    assert not [secret for secret in seen if secret.encode() in left]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the list of ports in /proc")
def test_no_port_answers_a_web_page(study: Path) -> None:
    opened = journeys.open(study)
    opened.load()
    opened.start_store()
    engine = engine_of(study)
    assert ports_of(engine.pid) == {engine.bolt_port, engine.control_port}
    for port in (engine.bolt_port, engine.control_port):
        for method in ("GET", "POST", "OPTIONS"):
            said = answer_to(port, f"{method} /api/v1/server HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            # Whoever asks may know that an engine runs, and nothing else.
            assert said == b"" or re.fullmatch(
                rb'{"error":"This is a Bolt connector. Connect using bolt://localhost:\d+"}',
                said.partition(b"\r\n\r\n")[2],
            )
    # A page may also open a WebSocket. Bolt greets with 20 bytes; whole or one by one, none of them gets through.
    for portions in ([BOLT], [BOLT[at : at + 1] for at in range(len(BOLT))]):
        frames = [_frame(each, first=at == 0, last=at == len(portions) - 1) for at, each in enumerate(portions)]
        said = answer_to(engine.bolt_port, UPGRADE, b"".join(frames))
        assert said.partition(b"\r\n\r\n")[2] == b""
        assert answer_to(engine.control_port, UPGRADE, b"".join(frames)) == b""
    assert opened.status().store


BOLT = bytes.fromhex("6060b017 00000404 00000304 00000000 00000000")
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://example.org\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def _frame(content: bytes, *, first: bool, last: bool) -> bytes:
    """A frame of a WebSocket, with a mask of zeros."""
    return bytes([last << 7 | (2 if first else 0), 0x80 | len(content), 0, 0, 0, 0]) + content


def answer_to(port: int, *sent: bytes) -> bytes:
    """What a port answers until it closes the connection, as it must within some seconds."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection, contextlib.suppress(ConnectionError):
        for each in sent:
            connection.sendall(each)
            if b"websocket" in each:
                said += connection.recv(1 << 16)
        while more := connection.recv(1 << 16):
            said += more
    return said


def ports_of(pid: int) -> set[int]:
    """The ports on which a process listens; each must be on loopback."""
    sockets = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            local, state, inode = (line.split()[at] for at in (1, 3, 9))
            if state == "0A" and f"socket:[{inode}]" in sockets:
                address, port = local.split(":")
                assert address in ("0100007F", "0000000000000000FFFF00000100007F")
                found.add(int(port, 16))
    return found
