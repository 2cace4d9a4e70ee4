"""Fixtures for the three engines, the command line, a browser, and data that is not part of the repository.

What a machine lacks is skipped with a reason; with JOURNEYS_TEST_REQUIRE_ALL=1 its absence fails the test. The level of
a test follows from the fixtures it uses: see tests/levels.py.
"""

from __future__ import annotations

import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.files.libreoffice import find_libreoffice
from journeys.store.embedded.launcher import lease
from tests import levels
from tests.commands import CliResult, RunCli, environment, run_apart, run_here
from tests.engines import (
    NEO4J,
    Engine,
    Loaded,
    LoadedStudy,
    absent,
    empty_engine,
    engine_named,
    find_servers,
    loaded_once,
)

CHECKOUT = Path(__file__).resolve().parent.parent

# A fifth of the time went into looking for circles among the cells of workbooks; tests have memory enough.
gc.set_threshold(100_000, 50, 100)

# Before any test module is read: what a test asks of Hypothesis builds on the profile.
levels.choose_examples()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    levels.sort_out(items, parallel=bool(os.environ.get("PYTEST_XDIST_WORKER")))
    if (fewer := levels.examples_of_this_run()) is not None:
        levels.fewer_examples(items, fewer)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> levels.OneWorkerPerServer:
    return levels.OneWorkerPerServer(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with levels.guarded(item):
        return (yield)  # type: ignore[return-value]


@pytest.fixture(scope="session")
def neo4j_uris() -> dict[str, str]:
    """The servers of NEO4J_TEST_URIS by engine name."""
    return find_servers()


@pytest.fixture(params=["embedded", *NEO4J])
def engine(request: pytest.FixtureRequest, neo4j_uris: dict[str, str]) -> Engine:
    """Each of the three engines in turn, empty."""
    return empty_engine(request.param, neo4j_uris)


@pytest.fixture(params=NEO4J)
def neo4j_engine(request: pytest.FixtureRequest, neo4j_uris: dict[str, str]) -> Engine:
    """Each of the two Neo4j servers in turn, empty."""
    return empty_engine(request.param, neo4j_uris)


@pytest.fixture
def embedded_folder(tmp_path: Path) -> Path:
    """An empty work folder, for a test that starts an embedded engine by itself."""
    return tmp_path


@pytest.fixture(scope="session")
def embedded_engine() -> None:
    """For a fixture that starts an embedded engine for many tests: they are no unit tests."""


@pytest.fixture
def processes() -> None:
    """For a test that starts processes by itself, other than commands: it is no unit test."""


@pytest.fixture
def study_id() -> str:
    """An id no other test has, so that studies on one server stay apart."""
    return f"study-{uuid.uuid4().hex[:10]}"


@pytest.fixture
def cli_env() -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Makes the environment of a command: this one without our own variables, and those given."""
    return environment


@pytest.fixture
def run_cli(tmp_path: Path) -> RunCli:
    """Runs a command in this process, in ``tmp_path`` unless ``cwd`` is given.

    For what hangs on encodings, exit codes of the process, signals or the start of Python: ``run_program``.
    """

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 240,
    ) -> CliResult:
        return run_here(arguments, cwd or tmp_path, env or {}, stdin)

    return run


@pytest.fixture
def run_program(tmp_path: Path) -> RunCli:
    """Runs ``python -m journeys`` as a user's shell would, in ``tmp_path`` unless ``cwd`` is given."""

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = 240,
    ) -> CliResult:
        return run_apart(arguments, cwd or tmp_path, environment(env or {}), stdin, timeout)

    return run


@pytest.fixture(scope="session")
def between_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "shared"


@pytest.fixture(scope="session")
def demo_study(
    tmp_path_factory: pytest.TempPathFactory, neo4j_uris: dict[str, str], between_workers: Path
) -> Iterator[Loaded]:
    """The demonstration study, loaded once and copied for each worker; again after a server was wiped."""
    kept: dict[tuple[str, str], LoadedStudy] = {}

    with ExitStack() as running:

        def loaded(engine_name: str, which: str = "demo") -> LoadedStudy:
            study = kept.get((engine_name, which))
            if study is None:
                study = LoadedStudy(tmp_path_factory.mktemp(engine_name) / which, engine_named(engine_name, neo4j_uris))
                left = () if study.engine.embedded else (".journeys",)
                shutil.copytree(loaded_once(between_workers, which), study.folder, ignore=shutil.ignore_patterns(*left))
                if study.engine.embedded:
                    # Held, so that it does not start for each command; it stops with this process, however that ends.
                    running.callback(lease(study.folder / ".journeys").release)
                else:
                    study.load()
                kept[engine_name, which] = study
            elif study.gone:
                study.load()
            return study

        yield loaded


@pytest.fixture(scope="module")
def opened_demo(demo_study: Loaded) -> Iterator[journeys.Study]:
    """The demonstration study in the embedded store, held open for a module whose tests only read."""
    loaded = demo_study("embedded")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name not in loaded.env]:
            patch.delenv(name)
        for name, value in loaded.env.items():
            patch.setenv(name, value)
        study = journeys.open(loaded.folder)
        with study.store():
            yield study


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
def shared_cases() -> Path:
    """Small inputs that went wrong once, beside the checkout and not part of the repository."""
    folder = CHECKOUT.parent / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: this material is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """The LibreOffice of this machine."""
    return find_libreoffice() or absent("no LibreOffice found; install writer and calc, or set JOURNEYS_LIBREOFFICE")


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
