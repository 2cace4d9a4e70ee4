"""A study folder from a stranger, at the command line: nothing is sent to its server, nothing is written outside."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

STUDY = "id: strange\ntitle: Strange\nstore: {{uri: {uri}}}\n"


@contextmanager
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that keeps what it is sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    heard.append(connection.recv(4096))

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A person's own settings folder, wherever this system has it."""
    folder = str(tmp_path / "home")
    return {"HOME": folder, "XDG_CONFIG_HOME": folder, "APPDATA": folder, "LOCALAPPDATA": folder}


def test_a_server_that_only_the_folder_names_hears_nothing_until_agreed(
    tmp_path: Path, run_cli: Any, home: dict[str, str]
) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    with listener() as (port, heard):
        uri = f"bolt://127.0.0.1:{port}"
        (folder / "study.yaml").write_text(STUDY.format(uri=uri), encoding="utf-8")
        env = {**home, "NEO4J_PASSWORD": "secret-word"}
        assert run_cli("check", cwd=folder, env=env).code == 0
        refused = run_cli("load", cwd=folder, env=env)
        assert (refused.code, heard) == (3, [])
        assert f"journeys store agree {uri}" in refused.stderr

        own = run_cli("load", cwd=folder, env={**env, "NEO4J_URI": "bolt://127.0.0.1:9"})
        assert (own.code, heard) == (3, [])
        assert "NEO4J_URI names bolt://127.0.0.1:9" in own.stderr

        assert run_cli("store", "agree", "bolt://127.0.0.1:1", cwd=folder, env=env).code == 2
        assert run_cli("store", "agree", uri, cwd=folder, env=env).code == 0
        run_cli("load", cwd=folder, env=env)
        assert heard


def test_an_unencrypted_server_elsewhere_is_refused(tmp_path: Path, run_cli: Any) -> None:
    (tmp_path / "study.yaml").write_text("id: s\ntitle: S\n", encoding="utf-8")
    refused = run_cli("--uri", "bolt://192.0.2.1:7687", "status", env={"NEO4J_PASSWORD": "secret-word"})
    assert refused.code == 3
    assert "is not encrypted" in refused.stderr
    assert "secret-word" not in refused.stderr


def test_no_form_is_written_outside_the_folder(tmp_path: Path, run_cli: Any) -> None:
    folder = tmp_path / "a" / "b" / "study"
    assert run_cli("new", folder, "--registers", "yaml", cwd=tmp_path).code == 0
    (folder / "registers.yaml").write_text(
        "case_studies:\n  - {id: c, title: Case}\n"
        "documents:\n  - {doc_number: /../../../x, case_study: c, title: Escapes}\n",
        encoding="utf-8",
    )
    loaded = run_cli("load", cwd=folder)
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    before = set(tmp_path.rglob("*"))
    written = run_cli("forms", "document_extraction_template", "--for", "Escapes", cwd=folder)
    assert written.code == 0, written.stderr
    new = {path for path in set(tmp_path.rglob("*")) - before if path.is_file() and ".journeys" not in path.parts}
    assert {path.parent for path in new} == {folder / "forms"}
