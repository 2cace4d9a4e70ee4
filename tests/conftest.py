"""Fixtures for the three engines, the command line, a browser, and data that is not part of the repository.

What a machine lacks is skipped with a reason; with JOURNEYS_TEST_REQUIRE_ALL=1 its absence fails the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

import pytest
from hypothesis import settings
from neo4j import Driver, GraphDatabase

from journeys.store.embedded.launcher import lease

# No test is timed: a busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHECKOUT = Path(__file__).resolve().parent.parent
NEO4J_USER = os.environ.get("NEO4J_TEST_USERNAME", "neo4j")
NEO4J_PASSWORD = os.environ.get("NEO4J_TEST_PASSWORD", "")
START_THEM = "`python3 scripts/test.py --all` starts them"


def absent(what: str) -> NoReturn:
    """Skip, or fail where everything is required."""
    if os.environ.get("JOURNEYS_TEST_REQUIRE_ALL") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@dataclass(frozen=True)
class Engine:
    """One engine to run against: the variables that point a command at it (none for the embedded one)."""

    name: str
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def embedded(self) -> bool:
        return not self.env

    @contextmanager
    def driver(self) -> Iterator[Driver]:
        """A driver of the test's own to the Neo4j server."""
        with GraphDatabase.driver(self.env["NEO4J_URI"], auth=(NEO4J_USER, NEO4J_PASSWORD)) as driver:
            yield driver

    def wipe(self) -> None:
        """Empty the Neo4j database. The embedded store lies in the study folder, so a new folder is empty anyway."""
        if self.embedded:
            return
        with self.driver() as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@pytest.fixture(scope="session")
def neo4j_uris() -> dict[str, str]:
    """The servers of NEO4J_TEST_URIS by engine name, which follows from the version they report."""
    uris = {}
    for uri in os.environ.get("NEO4J_TEST_URIS", "").split():
        with GraphDatabase.driver(uri, auth=(NEO4J_USER, NEO4J_PASSWORD)) as driver:
            components = (
                "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS v"
            )
            version: str = driver.execute_query(components).records[0]["v"]
        uris[f"neo4j-{version.partition('.')[0]}"] = uri
    return uris


def _engine(name: str, uris: Mapping[str, str]) -> Engine:
    if name == "embedded":
        return Engine(name)
    if name not in uris:
        absent(f"no {name} server in NEO4J_TEST_URIS; {START_THEM}")
    return Engine(name, {"NEO4J_URI": uris[name], "NEO4J_USERNAME": NEO4J_USER, "NEO4J_PASSWORD": NEO4J_PASSWORD})


def _empty_engine(name: str, uris: Mapping[str, str]) -> Engine:
    engine = _engine(name, uris)
    engine.wipe()
    return engine


NEO4J = [pytest.param(name, marks=pytest.mark.neo4j) for name in ("neo4j-5", "neo4j-2026")]


@pytest.fixture(params=["embedded", *NEO4J])
def engine(request: pytest.FixtureRequest, neo4j_uris: dict[str, str]) -> Engine:
    """Each of the three engines in turn, empty."""
    return _empty_engine(request.param, neo4j_uris)


@pytest.fixture(params=NEO4J)
def neo4j_engine(request: pytest.FixtureRequest, neo4j_uris: dict[str, str]) -> Engine:
    """Each of the two Neo4j servers in turn, empty."""
    return _empty_engine(request.param, neo4j_uris)


@pytest.fixture
def study_id() -> str:
    """An id no other test has, so that studies on one server stay apart."""
    return f"study-{uuid.uuid4().hex[:10]}"


@dataclass(frozen=True)
class CliResult:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str


class RunCli(Protocol):
    """``run_cli("check", "--json", cwd=study, env=engine.env)``."""

    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 240,
    ) -> CliResult: ...


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    ours = ("NEO4J_", "JOURNEYS_", "PYTEST_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**clean, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "160", **given}


@pytest.fixture
def cli_env() -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Makes the environment of a command: this one without our own variables, and those given."""
    return _environment


@pytest.fixture
def run_cli(tmp_path: Path, cli_env: Callable[[Mapping[str, str]], dict[str, str]]) -> RunCli:
    """Runs ``python -m journeys`` as a user's shell would, in ``tmp_path`` unless ``cwd`` is given."""

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 240,
    ) -> CliResult:
        return _run(arguments, cwd or tmp_path, cli_env(env or {}), stdin, timeout)

    return run


def _run(
    arguments: Sequence[str | Path], cwd: Path, env: Mapping[str, str], stdin: str = "", timeout: float = 240
) -> CliResult:
    ended = subprocess.run(
        [sys.executable, "-m", "journeys", *map(str, arguments)],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return CliResult(ended.returncode, ended.stdout, ended.stderr)


@dataclass(frozen=True)
class LoadedStudy:
    """A study folder that is loaded into an engine. Read only: who changes one makes a copy of its folder first.

    ``run_cli("trace", "D07", cwd=loaded.folder, env=loaded.env)``; the library needs ``loaded.env`` in ``os.environ``.
    """

    folder: Path
    engine: Engine

    @property
    def env(self) -> Mapping[str, str]:
        return self.engine.env

    @property
    def gone(self) -> bool:
        """Whether another test has wiped the Neo4j database since."""
        if self.engine.embedded:
            return False
        with self.engine.driver() as driver:
            count = "MATCH (n {study: $id}) RETURN count(n) AS n"
            return not driver.execute_query(count, id=self.folder.name).records[0]["n"]

    def load(self) -> None:
        _succeeds("load", "--allow-removals", cwd=self.folder, env=self.env)


def _succeeds(*arguments: str | Path, cwd: Path, env: Mapping[str, str]) -> None:
    result = _run(arguments, cwd, _environment(env))
    assert result.code == 0, result.stdout + result.stderr


class Loaded(Protocol):
    """``demo_study("embedded")``, ``demo_study("neo4j-5")``; ``demo_study("embedded", "r1")`` for the example R1."""

    def __call__(self, engine_name: str, which: str = "demo") -> LoadedStudy: ...


@pytest.fixture(scope="session")
def demo_study(tmp_path_factory: pytest.TempPathFactory, neo4j_uris: dict[str, str]) -> Iterator[Loaded]:
    """The demonstration study, written and loaded once a session and engine, and again if another test wiped it."""
    kept: dict[tuple[str, str], LoadedStudy] = {}

    with ExitStack() as running:

        def loaded(engine_name: str, which: str = "demo") -> LoadedStudy:
            study = kept.get((engine_name, which))
            if study is None:
                study = LoadedStudy(tmp_path_factory.mktemp(engine_name) / which, _engine(engine_name, neo4j_uris))
                option = ["--demo"] if which == "demo" else ["--example", which]
                _succeeds("new", study.folder, *option, cwd=study.folder.parent, env={})
                study.load()
                if study.engine.embedded:
                    # Held, so that it does not start for each command; it stops with this process, however that ends.
                    running.callback(lease(study.folder / ".journeys").release)
                kept[engine_name, which] = study
            elif study.gone:
                study.load()
            return study

        yield loaded


@pytest.fixture(params=["embedded", *NEO4J])
def demo(request: pytest.FixtureRequest, demo_study: Loaded) -> LoadedStudy:
    """The demonstration study on each of the three engines in turn; never together with ``engine``, which wipes it."""
    return demo_study(request.param)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Material that lies beside the checkout and is not part of the repository."""
    folder = CHECKOUT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: this material is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """A browser of the Chromium family: the one CHROMIUM names, else one on this machine."""
    named = os.environ.get("CHROMIUM")
    commands = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
    places = [Path(named)] if named else [Path(found) for command in commands if (found := shutil.which(command))]
    if not named:
        places += [
            Path("/Applications") / f"{app}.app" / "Contents" / "MacOS" / app
            for app in ("Google Chrome", "Chromium", "Microsoft Edge")
        ]
        programs = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        products = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
        places += [Path(folder) / product for folder in programs if folder for product in products]
    for place in places:
        if place.is_file():
            return place
    absent("no Chromium, Chrome or Edge found; install one or set CHROMIUM to its program")
