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


def test_a_study_file_that_leads_out_is_named_and_not_followed(tmp_path: Path, run_cli: Any) -> None:
    secret = tmp_path / "elsewhere.yaml"
    secret.write_text("id: stolen\ntitle: Somebody else's\n", encoding="utf-8")
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "study.yaml").symlink_to(secret)
    refused = run_cli("check", cwd=folder)
    assert refused.code == 1
    assert "study.yaml" in refused.stderr
    assert "leads out of the study folder" in refused.stderr
    assert "stolen" not in refused.stdout + refused.stderr
    (folder / "study.yaml").unlink()
    (folder / "real.yaml").write_text("id: own\ntitle: Own\n", encoding="utf-8")
    (folder / "study.yaml").symlink_to(folder / "real.yaml")
    assert "leads out" not in run_cli("check", cwd=folder).stderr


def test_a_query_that_leads_out_is_named_and_not_read(tmp_path: Path, run_cli: Any) -> None:
    header = "// title: T\n// question: Q?\n// returns: {a: b}\nRETURN 1 AS a\n"
    outside = tmp_path / "outside.cypher"
    outside.write_text(header, encoding="utf-8")
    folder = tmp_path / "study"
    (folder / "cypher").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: own\ntitle: Own\n", encoding="utf-8")
    (folder / "cypher" / "linked.cypher").symlink_to(outside)
    (folder / "cypher" / "mine.cypher").write_text(header, encoding="utf-8")
    listed = run_cli("ask", cwd=folder)
    assert "mine" in listed.stdout
    assert "leads out of the study folder" in listed.stdout + listed.stderr
    refused = run_cli("ask", "linked", cwd=folder)
    assert refused.code != 0


def test_no_escape_sequence_of_a_name_reaches_the_terminal(tmp_path: Path, run_cli: Any) -> None:
    folder = "a\x1b[31mred\x07"
    said = [run_cli("new", folder, cwd=tmp_path), run_cli("new", folder, cwd=tmp_path)]
    for words in (["check"], ["check", f"x{folder}"], ["forms"], ["status"], ["no-such\x1b[2J"], ["load", "--dry-run"]):
        said.append(run_cli("--study", folder, *words, cwd=tmp_path))
    assert [done for done in said if {"\x1b", "\x07"} & set(done.stdout + done.stderr)] == []


def test_a_map_that_cannot_be_read_is_named_without_the_machines_path(tmp_path: Path, run_cli: Any) -> None:
    (tmp_path / "study.yaml").write_text("id: own\ntitle: Own\n", encoding="utf-8")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("who\nAnn\n", encoding="utf-8")
    (tmp_path / "tables" / "a.map.yaml").mkdir()
    (tmp_path / "tables" / "b.csv").write_text("who\nAnn\n", encoding="utf-8")
    (tmp_path / "tables" / "b.map.yaml").write_text("map: 1\n", encoding="utf-8")
    (tmp_path / "tables" / "b.map.yaml").chmod(0)
    said = run_cli("check", "--json", cwd=tmp_path)
    assert str(tmp_path) not in said.stdout + said.stderr


def test_of_a_wrong_and_a_missing_parameter_the_wrong_one_is_said(tmp_path: Path, run_cli: Any) -> None:
    run_cli("new", "s", cwd=tmp_path)
    run_cli("--study", "s", "load", cwd=tmp_path)
    refused = run_cli("--study", "s", "ask", "timeline", "--param", "documnet=D1", cwd=tmp_path)
    assert "has no parameter 'documnet'. Did you mean 'document'?" in refused.stderr
