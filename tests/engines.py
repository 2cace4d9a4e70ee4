"""The three engines that tests run on, and study folders that are loaded into them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

import pytest
from filelock import FileLock
from neo4j import Driver, GraphDatabase

from journeys.store.embedded.launcher import stop
from journeys.store.embedded.paths import Layout
from journeys.store.file_lock import OsLock
from tests.commands import run_here

NEO4J_USER = os.environ.get("NEO4J_TEST_USERNAME", "neo4j")
NEO4J_PASSWORD = os.environ.get("NEO4J_TEST_PASSWORD", "")
NEO4J_NAMES = ("neo4j-5", "neo4j-2026")
NEO4J = [pytest.param(name, marks=pytest.mark.neo4j) for name in NEO4J_NAMES]
START_THEM = "`python3 scripts/test.py --all` starts them"

ONLY_WITH_ALL = pytest.mark.skipif(
    os.environ.get("JOURNEYS_TEST_REQUIRE_ALL") != "1",
    reason="one of several like it, and takes long; `python3 scripts/test.py --all` runs it",
)
ONLY_LONG = pytest.mark.skipif(
    os.environ.get("JOURNEYS_TEST_LONG") != "1",
    reason="more of what a shorter test tries; `python3 scripts/test.py --long` runs it",
)


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


def find_servers() -> dict[str, str]:
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


def engine_named(name: str, uris: Mapping[str, str]) -> Engine:
    """An engine as it is; the test is skipped where it is missing."""
    if name == "embedded":
        return Engine(name)
    if name not in uris:
        absent(f"no {name} server in NEO4J_TEST_URIS; {START_THEM}")
    return Engine(name, {"NEO4J_URI": uris[name], "NEO4J_USERNAME": NEO4J_USER, "NEO4J_PASSWORD": NEO4J_PASSWORD})


def empty_engine(name: str, uris: Mapping[str, str]) -> Engine:
    """An engine with nothing in it."""
    engine = engine_named(name, uris)
    engine.wipe()
    return engine


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


class Loaded(Protocol):
    """``demo_study("embedded")``, ``demo_study("neo4j-5")``; ``demo_study("embedded", "r1")`` for the example R1."""

    def __call__(self, engine_name: str, which: str = "demo") -> LoadedStudy: ...


def loaded_once(shared: Path, which: str) -> Path:
    """A demonstration study, written and loaded into its embedded store by the first worker that needs it.

    Its engine is stopped: workers copy the folder, store and all.
    """
    folder = shared / "loaded" / which
    shared.mkdir(parents=True, exist_ok=True)
    with FileLock(shared / f"{which}.lock"):
        if not folder.exists():
            made = shared / "making" / which
            shutil.rmtree(made, ignore_errors=True)
            made.parent.mkdir(exist_ok=True)
            option = ["--demo"] if which == "demo" else ["--example", which]
            _succeeds("new", made, *option, cwd=made.parent, env={})
            _succeeds("load", cwd=made, env={})
            _stop_engine(Layout(made / ".journeys"))
            folder.parent.mkdir(exist_ok=True)
            made.rename(folder)
    return folder


def _stop_engine(layout: Layout) -> None:
    """Stop an engine that nobody needs any more, and wait until its files are closed."""
    stop(layout)
    with OsLock(layout.lock) as lock:
        assert lock.wait(60), f"the engine in {layout.work} does not stop"


def _succeeds(*arguments: str | Path, cwd: Path, env: Mapping[str, str]) -> None:
    result = run_here(arguments, cwd, env)
    assert result.code == 0, result.stdout + result.stderr
