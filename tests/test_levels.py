"""The level of a test follows from what it uses, and a unit test can do no more than it says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import levels
from tests.engines import ONLY_WITH_ALL


@pytest.mark.parametrize(
    ("fixtures", "level"),
    [
        (set(), "unit"),
        ({"tmp_path", "monkeypatch", "study_id"}, "unit"),
        ({"run_cli", "tmp_path"}, "command"),
        ({"processes"}, "command"),
        ({"run_cli", "demo", "demo_study"}, "engine"),
        ({"embedded_engine"}, "engine"),
        ({"open_page", "browser", "chromium", "demo_study"}, "browser"),
    ],
)
def test_the_slowest_thing_used_is_the_level(fixtures: set[str], level: str) -> None:
    assert levels.level(fixtures) == level


def test_this_one_is_a_unit_test(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("unit") is not None


@pytest.mark.parametrize(
    ("nodeid", "server"),
    [
        ("tests/a.py::test_it[neo4j-5]", "neo4j-5"),
        ("tests/a.py::test_it[who-neo4j-2026-all]", "neo4j-2026"),
        ("tests/a.py::test_it[neo4j-52]", None),
        ("tests/neo4j-5.py::test_it[embedded]", None),
        ("tests/a.py::test_it", None),
    ],
)
def test_the_server_of_a_test_stands_in_its_id(nodeid: str, server: str | None) -> None:
    assert levels.server(nodeid) == server


def test_tests_of_one_server_share_a_worker_and_others_those_of_one_file() -> None:
    split = levels.OneWorkerPerServer._split_scope
    ids = ["t.py::a[neo4j-5]", "u.py::b[x-neo4j-5]", "t.py::a[embedded]", "v.py::C::c[embedded]"]
    assert [split(None, nodeid) for nodeid in ids] == ["neo4j-5", "neo4j-5", "t.py", "v.py"]  # type: ignore[arg-type]


def test_one_with_a_command_is_none(request: pytest.FixtureRequest, run_cli: Any) -> None:
    assert request.node.get_closest_marker("unit") is None
    assert request.node.get_closest_marker("command") is not None


def test_a_unit_test_cannot_start_a_process() -> None:
    with pytest.raises(levels.StartsAProcess, match="`run_cli` or `run_program`"):
        subprocess.run([sys.executable, "--version"], check=True)
    with pytest.raises(levels.StartsAProcess):
        os.system("true")


@pytest.mark.usefixtures("processes")
def test_one_that_says_so_can() -> None:
    subprocess.run([sys.executable, "--version"], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("run", "tried"),
    [
        (levels.QUICK_RUN, {1_000: 9, 100: 9, 30: 5, 10: 2, 8: 2, 9: 9, 1: 1}),
        (levels.USUAL_RUN, {1_000: 35, 100: 33, 30: 10, 10: 4, 8: 4, 35: 35, 2: 2}),
    ],
    ids=["quick", "usual"],
)
def test_shorter_runs_try_fewer_examples(run: levels.Fewer, tried: dict[int, int]) -> None:
    class Item:
        def __init__(self, asked: int) -> None:
            @settings(max_examples=asked)
            @given(st.integers())
            def property_of(number: int) -> None:
                seen.append(number)

            self.obj = property_of

    for asked, few in tried.items():
        seen: list[int] = []
        item = Item(asked)
        levels.fewer_examples([item, item], run)
        item.obj()
        assert 0 < len(seen) <= few, asked


@pytest.mark.parametrize(
    ("variables", "run"),
    [
        ({}, levels.USUAL_RUN),
        ({"JOURNEYS_TEST_QUICK": "1"}, levels.QUICK_RUN),
        ({"JOURNEYS_TEST_REQUIRE_ALL": "1"}, levels.USUAL_RUN),
        ({"JOURNEYS_TEST_REQUIRE_ALL": "1", "JOURNEYS_TEST_LONG": "1"}, None),
    ],
)
def test_only_a_long_run_tries_every_example(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], run: levels.Fewer | None
) -> None:
    for name in ("JOURNEYS_TEST_QUICK", "JOURNEYS_TEST_REQUIRE_ALL", "JOURNEYS_TEST_LONG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert levels.examples_of_this_run() == run


@dataclass
class Collected:
    nodeid: str
    fixturenames: list[str]
    path: Path = Path("tests/test_it.py")

    def add_marker(self, name: str) -> None:
        self.name = name

    def iter_markers(self) -> list[Any]:
        return [SimpleNamespace(name=self.name)]


def test_the_demonstration_study_is_read_before_a_server_is_wiped() -> None:
    wiping = Collected("test_it.py::test_a[neo4j-5]", ["engine"])
    reading = Collected("test_it.py::test_b[neo4j-5]", ["demo", "demo_study"])
    here = Collected("test_it.py::test_c[embedded]", ["engine"])
    items = [here, wiping, reading]
    levels.sort_out(items, parallel=True)
    assert items == [reading, wiping, here]


CRASHING = """
import os, pytest

@pytest.mark.parametrize("number", range(7))
def test_it(number):
    if number in (0, 5):
        os._exit(1)
"""


@ONLY_WITH_ALL
@pytest.mark.usefixtures("processes")
def test_where_a_test_brings_its_worker_down_the_others_run(tmp_path: Path) -> None:
    (tmp_path / "test_crashing.py").write_text(CRASHING, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        "from tests.levels import OneWorkerPerServer\n"
        "def pytest_xdist_make_scheduler(config, log):\n    return OneWorkerPerServer(config, log)\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-p", "no:cacheprovider", "-q", str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "2 failed, 5 passed" in ended.stdout, ended.stdout + ended.stderr
