"""A study folder from a stranger, at the command line: nothing is sent to its server, nothing is written outside."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import journeys
from tests.engines import ONLY_WITH_ALL

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


@pytest.mark.usefixtures("processes")
def test_no_module_that_lies_in_the_folder_is_run(tmp_path: Path, run_cli: Any) -> None:
    folder = tmp_path / "study"
    assert run_cli("new", folder, cwd=tmp_path).code == 0
    for name in ("json", "selectors", "secrets", "journeys", "arcadedb"):
        run = f"open({str(tmp_path / 'was-run')!r}, 'a').write(__name__)\nraise SystemExit\n"
        (folder / f"{name}.py").write_text(run, encoding="utf-8")
    loaded = run_cli("load", cwd=folder)
    assert not (tmp_path / "was-run").exists()
    assert loaded.code == 0, loaded.stderr


def test_every_process_is_started_without_the_modules_of_the_current_folder() -> None:
    package = Path(journeys.__file__).parent
    started = [path for path in package.rglob("*.py") if re.search(r"sys\.executable", path.read_text("utf-8"))]
    assert [path.relative_to(package).as_posix() for path in started] == ["model/own_process.py"]


@pytest.mark.usefixtures("processes")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in folders")
def test_settings_for_matplotlib_in_the_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "matplotlibrc")
    draw = "from journeys.views.pictures.charts import canvas; print(canvas._imported().rcParams['backend'])"
    command = [sys.executable, "-P", "-c", draw]
    drawn = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert drawn.returncode == 0, drawn.stderr


@pytest.mark.parametrize("link", [".journeys", ".journeys/engine.lock", ".journeys/logs/child.log"])
def test_a_link_in_the_folder_of_the_store_is_named_and_nothing_is_written_through_it(
    tmp_path: Path, run_cli: Any, link: str
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o755)
    (theirs / "precious.txt").write_text("precious", encoding="utf-8")
    folder = tmp_path / "study"
    assert run_cli("new", folder, cwd=tmp_path).code == 0
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(theirs if link == ".journeys" else theirs / "precious.txt")
    before = {path: (path.stat().st_mode, path.stat().st_mtime_ns) for path in (theirs, *theirs.iterdir())}
    for words in (["check"], ["load"], ["store", "rebuild"]):
        refused = run_cli(*words, cwd=folder)
        assert (refused.code, f"{folder / link} is a symbolic link." in refused.stderr) == (1, True)
        assert "Remove it, and run the command again" in refused.stderr
    assert {path: (path.stat().st_mode, path.stat().st_mtime_ns) for path in (theirs, *theirs.iterdir())} == before
    (folder / link).unlink()
    assert run_cli("load", cwd=folder).code == 0


@pytest.mark.parametrize("name", ["engine.lock", "fill.lock", "load.lock", "contents.json", "engine.json"])
def test_a_folder_where_the_store_keeps_a_file_is_named(tmp_path: Path, run_cli: Any, name: str) -> None:
    folder = tmp_path / "study"
    assert run_cli("new", folder, cwd=tmp_path).code == 0
    (wrong := folder / ".journeys" / name).mkdir(parents=True)
    for words in (["load"], ["ask"], ["store", "rebuild"]):
        refused = run_cli(*words, cwd=folder)
        assert refused.code == 1
        assert f"{wrong} is a folder, and the program keeps a file there. Delete that folder, and run" in refused.stderr
    wrong.rmdir()
    assert run_cli("check", cwd=folder).code == 0


@pytest.mark.parametrize("name", [".journeys", ".journeys/engine"])
def test_a_file_where_the_store_keeps_a_folder_is_named(tmp_path: Path, run_cli: Any, name: str) -> None:
    folder = tmp_path / "study"
    assert run_cli("new", folder, cwd=tmp_path).code == 0
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("", encoding="utf-8")
    refused = run_cli("load", cwd=folder)
    assert refused.code == 1
    assert f"{folder / name} is a file, and the program keeps a folder there. Delete that file" in refused.stderr


@pytest.mark.parametrize(
    ("link", "command"),
    [
        pytest.param("out", ["atlas"], marks=ONLY_WITH_ALL),
        pytest.param("out/atlas", ["atlas"], marks=ONLY_WITH_ALL),
        ("out/atlas/index.html", ["atlas"]),
        pytest.param("out/atlas/people", ["atlas"], marks=ONLY_WITH_ALL),
        ("out", ["export", "neo4j-admin"]),
        ("forms", ["forms", "observation_guide"]),
    ],
)
def test_nothing_is_written_through_a_link_that_leads_out(
    tmp_path: Path, run_cli: Any, demo_study: Any, link: str, command: list[str]
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "precious.txt").write_text("precious", encoding="utf-8")
    folder = shutil.copytree(demo_study("embedded").folder, tmp_path / "study", symlinks=True)
    shutil.rmtree(folder / link.partition("/")[0])
    (folder / link).parent.mkdir(parents=True, exist_ok=True)
    (folder / link).symlink_to(theirs / "precious.txt" if link.endswith(".html") else theirs)
    refused = run_cli(*command, cwd=folder)
    assert refused.code == 1, refused.stdout + refused.stderr
    assert f"{folder / link} is a symbolic link that leads out of the study folder." in refused.stderr
    assert [path.name for path in theirs.iterdir()] == ["precious.txt"]
    assert (theirs / "precious.txt").read_text("utf-8") == "precious"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in folders")
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("instruments/own.yaml", ["check"]),
        ("guides/own.yaml", ["guide"]),
        ("cypher/own.cypher", ["ask"]),
        ("decisions/own.xlsx", ["check"]),
        ("forms/own.yaml", ["check"]),
    ],
)
def test_a_pipe_in_any_folder_is_named_and_not_waited_for(
    tmp_path: Path, run_cli: Any, name: str, command: list[str]
) -> None:
    folder = tmp_path / "study"
    assert run_cli("new", folder, cwd=tmp_path).code == 0
    (folder / "tables" / "own.csv").write_text("who\nAnn\n", encoding="utf-8")
    (folder / name).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / name)
    said = run_cli(*command, cwd=folder)
    assert name in said.stdout + said.stderr
    assert "a device or a pipe, not a file" in said.stdout + said.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other limits")
def test_a_study_that_lies_very_deep_is_loaded_and_read(tmp_path: Path, run_cli: Any) -> None:
    folder = tmp_path.joinpath(*["Ein sehr langer Name mit Umlauten wie ä und ü " * 3] * 5) / "it's a study"
    folder.parent.mkdir(parents=True)
    assert len(os.fsencode(folder)) > 600
    for words in (["new", folder, "--registers", "yaml"], ["--study", folder, "load"], ["--study", folder, "status"]):
        done = run_cli(*words, cwd=tmp_path)
        assert done.code == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no folder in which nobody may write")
def test_where_nobody_may_write_it_is_said_what_can_be_done(tmp_path: Path, run_cli: Any) -> None:
    refused = run_cli("new", "/sys/study", cwd=tmp_path)
    assert refused.code == 1
    assert "Your account may not read or write /sys/study. Ask its owner to let you, or copy" in refused.stderr
