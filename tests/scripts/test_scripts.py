"""The scripts a newcomer starts with: they run on the Python that is there, say what is missing, and leave nothing."""

from __future__ import annotations

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from journeys.cli.main import COMMANDS
from tests.engines import ONLY_LONG, ONLY_WITH_ALL

pytestmark = pytest.mark.usefixtures("processes")

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPTS = CHECKOUT / "scripts"
SERVER = [sys.executable, str(SCRIPTS / "neo4j_server.py")]
VERSIONS = ("5.26.30", "2026.08.1")


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=250,
        check=False,
    )


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def falls_silent(port: int) -> bool:
    """Whether nothing answers any more within 20 seconds."""
    deadline = time.monotonic() + 20
    while answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not answers(port)


# -- the environment


@pytest.mark.parametrize("name", ["_venv", "demo", "test"])
def test_an_old_python_can_read_what_tells_it_that_it_is_old(name: str) -> None:
    ast.parse((SCRIPTS / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_pythons_tried_are_those_of_the_package() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tried = ast.literal_eval(
        next(
            line.partition("=")[2].partition("#")[0].strip()
            for line in (SCRIPTS / "_venv.py").read_text(encoding="utf-8").splitlines()
            if line.startswith("_SUPPORTED")
        )
    )
    low, high = min(tried), max(tried)
    assert project["requires-python"] == f">={low[0]}.{low[1]},<{high[0]}.{high[1] + 1}"


# A package without dependencies that builds itself, so that the environment is made for real and without a network.
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "tiny"
version = "{version}"
[dependency-groups]
dev = []
"""
BACKEND = """
import pathlib, tomllib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    version = tomllib.loads(pathlib.Path("pyproject.toml").read_text())["project"]["version"]
    name, info = f"tiny-{version}-py3-none-any.whl", f"tiny-{version}.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        wheel.writestr("tiny.py", f"version = {version!r}")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: tiny\\nVersion: {version}\\n")
        tag = "Root-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\\nGenerator: test\\n{tag}")
        wheel.writestr(f"{info}/RECORD", "")
    return name
"""
SCRIPT = "import sys, _venv\n_venv.enter(development=True)\nimport tiny\nprint(sys.prefix, tiny.version)\nsys.exit(7)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a checkout"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(SCRIPTS / "_venv.py", folder / "scripts")
    (folder / "scripts" / "script.py").write_text(SCRIPT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PROJECT.format(version="1.0"), encoding="utf-8")
    (folder / "requirements-dev.lock").write_text("# nothing\n", encoding="utf-8")
    return folder


@ONLY_WITH_ALL
def test_the_environment_is_made_once_and_follows_the_project_file(checkout: Path) -> None:
    script = checkout / "scripts" / "script.py"
    first = run(sys.executable, script)
    assert (first.stdout.strip(), first.returncode) == (f"{checkout / '.venv'} 1.0", 7), first.stderr
    assert "Making a Python environment" in first.stderr

    again = run(sys.executable, script)
    assert (again.stdout, again.stderr, again.returncode) == (first.stdout, "", 7)

    (checkout / "pyproject.toml").write_text(PROJECT.format(version="2.0"), encoding="utf-8")
    changed = run(sys.executable, script)
    assert changed.stdout.strip().endswith(" 2.0")
    assert "Making" not in changed.stderr
    assert "Installing" in changed.stderr

    (checkout / "requirements-dev.lock").write_text("# nothing, but other words\n", encoding="utf-8")
    assert "Installing" in run(sys.executable, script).stderr


def test_a_package_without_its_hash_is_not_installed(checkout: Path) -> None:
    (checkout / "another").mkdir()
    for name in ("backend.py", "pyproject.toml"):
        shutil.copy(checkout / name, checkout / "another")
    (checkout / "requirements-dev.lock").write_text("./another\n", encoding="utf-8")
    ended = run(sys.executable, checkout / "scripts" / "script.py")
    assert ended.returncode == 1
    assert "hash" in ended.stderr


def test_what_cannot_be_installed_is_said_with_the_installers_words(checkout: Path) -> None:
    (checkout / "backend.py").write_text("def build_editable(*_, **__):\n    raise SystemExit('no such thing')\n")
    ended = run(sys.executable, checkout / "scripts" / "script.py")
    assert ended.returncode == 1
    assert "no such thing" in ended.stderr
    assert "The packages could not be installed" in ended.stderr
    assert "Traceback" not in ended.stderr


# -- the demo


def test_the_demo_points_to_commands_that_exist() -> None:
    tree = ast.parse((SCRIPTS / "demo.py").read_text(encoding="utf-8"))
    (named,) = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEXT"]
    texts = [node.value for node in ast.walk(named.value) if isinstance(node, ast.Constant)]
    assert isinstance(named.value, ast.Tuple)
    assert len([text for text in texts if str(text).split()[0] in COMMANDS]) == len(named.value.elts)


@ONLY_WITH_ALL
def test_the_demo_runs_twice(tmp_path: Path) -> None:
    if Path(sys.prefix).resolve() != (CHECKOUT / ".venv").resolve():
        pytest.skip("the demo runs in the checkout's .venv, these tests in another environment")
    study = tmp_path / "demo"
    # A server named in the environment must not get the demo.
    first = run(sys.executable, SCRIPTS / "demo.py", study, NEO4J_URI="bolt://127.0.0.1:1")
    assert first.returncode == 0, first.stderr
    assert "[5/5]" in first.stderr
    assert str(study / "out" / "atlas" / "index.html") in first.stderr
    assert (study / "out" / "atlas" / "index.html").is_file()
    again = run(sys.executable, SCRIPTS / "demo.py", study)
    assert again.returncode == 0, again.stderr
    assert "[4/4]" in again.stderr
    assert again.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]


# -- Neo4j


def test_an_unknown_version_is_refused() -> None:
    ended = run(*SERVER, "start", "--version", "4.4.1")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("4.4.1 is no Neo4j version")


@pytest.mark.neo4j
def test_without_maven_it_says_what_to_install(tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("without Java it would fetch one before it looks for Maven")
    (tmp_path / "bin").mkdir()
    java = Path(shutil.which("java") or "").resolve()
    ended = run(
        *SERVER, "start", PATH=str(tmp_path / "bin"), JAVA_HOME=str(java.parent.parent), JOURNEYS_CACHE=str(tmp_path)
    )
    assert ended.returncode == 1
    assert "apt install maven" in ended.stderr
    assert "docker-compose.yml" in ended.stderr


@pytest.fixture(params=[pytest.param(VERSIONS[0], marks=ONLY_LONG), *VERSIONS[1:]])
def version(request: pytest.FixtureRequest) -> str:
    """Each version of Neo4j that is tested, where servers are wanted: they take a minute to start and stop."""
    if os.environ.get("JOURNEYS_TEST_REQUIRE_ALL") != "1":
        pytest.skip("starts Neo4j servers; `python3 scripts/test.py --all` does")
    return str(request.param)


@pytest.mark.neo4j
def test_a_server_ends_with_the_process_that_started_it(version: str, tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [*SERVER, "start", "--version", version, "--dir", str(tmp_path / "server")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    with starter:
        assert starter.stdout is not None
        server = json.loads(starter.stdout.readline())
        with GraphDatabase.driver(server["uri"], auth=(server["user"], server["password"])) as driver:
            versions = driver.execute_query("CALL dbms.components() YIELD versions").records[0]["versions"]
        starter.kill()
    assert versions == [version]
    assert falls_silent(int(server["uri"].rpartition(":")[2]))


@pytest.mark.neo4j
@pytest.mark.parametrize("version", VERSIONS[:1], indirect=True)
def test_a_detached_server_stays_until_it_is_stopped_and_keeps_its_data(version: str, tmp_path: Path) -> None:
    folder = tmp_path / "server"
    command = [*SERVER, "start", "--detach", "--version", version, "--dir", str(folder)]
    try:
        first = json.loads(run(*command).stdout)
        assert json.loads(run(*command).stdout) == first  # started once
        with GraphDatabase.driver(first["uri"], auth=(first["user"], first["password"])) as driver:
            driver.execute_query("CREATE (:Kept {id: 1})")
        assert run(*SERVER, "stop", "--dir", folder).stderr == "Stopped.\n"
        assert not answers(int(first["uri"].rpartition(":")[2]))

        second = json.loads(run(*command, NEO4J_TEST_PASSWORD="given-by-the-caller").stdout)
        assert second["password"] == "given-by-the-caller"
        with GraphDatabase.driver(second["uri"], auth=(second["user"], second["password"])) as driver:
            assert driver.execute_query("MATCH (n:Kept) RETURN n.id").records[0][0] == 1
    finally:
        run(*SERVER, "stop", "--dir", folder)
    assert run(*SERVER, "stop", "--dir", folder).stderr.startswith("No server runs in")
