"""The level of a test, which follows from the fixtures it uses, so that nobody can forget to mark it.

``unit``: in this process alone; ``command``: runs our commands; ``engine``: needs a graph store; ``browser``: needs a
browser; ``neo4j``: needs a server. A unit test that starts a process all the same fails, and is told what to write.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from tests.engines import NEO4J_NAMES

LEVELS = {
    "browser": {"chromium"},
    "engine": {"engine", "neo4j_engine", "demo_study", "embedded_folder", "embedded_engine"},
    "command": {"run_cli", "run_program", "processes", "libreoffice"},
}
"""The slowest level first: a test is of the first of which it uses a fixture, else ``unit``."""


class Fewer(NamedTuple):
    """A property is tried on at most so many examples, and on one in ``share`` of those that its test asks for."""

    most: int
    share: int
    least: int


QUICK_RUN, USUAL_RUN = Fewer(9, 6, 2), Fewer(35, 3, 4)


def examples_of_this_run() -> Fewer | None:
    """By what is run: None, which is all that each test asks for, with ``--long``."""
    if os.environ.get("JOURNEYS_TEST_QUICK") == "1":
        return QUICK_RUN
    return None if os.environ.get("JOURNEYS_TEST_LONG") == "1" else USUAL_RUN


_STARTS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.startfile"}
_LISTS_FONTS = {"fc-list", "system_profiler"}
"""Matplotlib starts these once, when it first draws for an account, whichever test that is."""
_guarded = False


class StartsAProcess(AssertionError):
    """A unit test starts a process."""


def level(fixtures: set[str]) -> str:
    """The level of a test that uses these fixtures, directly or not."""
    return next((name for name, needed in LEVELS.items() if needed & fixtures), "unit")


def sort_out(items: list[Any], *, parallel: bool) -> None:
    """Mark each test with its level. In a parallel run the slow levels go first, so that no worker ends with one.

    On a server, those that only read the demonstration study go before those that wipe it: it is loaded once.
    """
    for item in items:
        item.add_marker(level(set(item.fixturenames)))
    if parallel:
        order = ["neo4j", *LEVELS, "unit"]
        slowest: dict[Path, int] = {}
        for item in items:
            mine = min(order.index(mark.name) for mark in item.iter_markers() if mark.name in order)
            slowest[item.path] = min(mine, slowest.get(item.path, mine))
        items.sort(key=lambda item: (server(item.nodeid) is None, _wipes(item), slowest[item.path]))


def _wipes(item: Any) -> bool:
    return server(item.nodeid) is not None and bool({"engine", "neo4j_engine"} & set(item.fixturenames))


def server(nodeid: str) -> str | None:
    """The Neo4j server that a test uses, which stands among the parameters of its id."""
    return next((name for name in NEO4J_NAMES if re.search(rf"\[(.*-)?{name}(-.*)?\]$", nodeid)), None)


class OneWorkerPerServer(LoadScopeScheduling):  # type: ignore[misc]
    """Hands tests to workers file by file, so that what a file's tests share is made once; but all that use one Neo4j
    server to the same worker, because tests wipe it.

    (pytest-xdist 3.8 cannot do this by ``xdist_group``: pytest 9.2 no longer reads the id in which it notes the group.)
    Where a test brings its worker down, it has failed, and the other tests of that worker go to its successor:
    pytest-xdist would hand out the same test again, and never start a successor's single test.
    """

    def _split_scope(self, nodeid: str) -> str:
        return server(nodeid) or nodeid.partition("::")[0]

    def remove_node(self, node: WorkerController) -> str | None:
        units: dict[str, dict[str, bool]] = self.assigned_work.pop(node)
        crashed = next((each for unit in units.values() for each, done in unit.items() if not done), None)
        if crashed is not None:
            for scope, unit in units.items():
                unit.update({crashed: True} if crashed in unit else {})
                if not all(unit.values()):
                    self.workqueue[scope] = unit
            for other in self.assigned_work:
                self._reschedule(other)
        return crashed

    def _reschedule(self, node: WorkerController) -> None:
        if node not in self.registered_collections:
            return  # a successor that is still collecting; it is asked again when it has done so
        super()._reschedule(node)
        # A worker begins a test when it knows the next one, or that there is none.
        while not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2:
            super()._reschedule(node)


@contextmanager
def guarded(item: pytest.Item) -> Iterator[None]:
    """While a unit test runs, no process may be started."""
    global _guarded
    _guarded = item.get_closest_marker("unit") is not None
    try:
        yield
    finally:
        _guarded = False


def _watch(event: str, details: tuple[object, ...]) -> None:
    if _guarded and event in _STARTS and details[0] not in _LISTS_FONTS:
        raise StartsAProcess(
            f"This unit test starts a process ({event} {details[:1]}). Use the fixture that it needs: `run_cli` or "
            "`run_program` for a command, `engine`, `demo_study` or `embedded_folder` for a store, `processes` for "
            "anything else."
        )


sys.addaudithook(_watch)


def choose_examples() -> None:
    """How Hypothesis looks for examples: the same each time in CI, all of them with ``--long``. No test is timed."""
    in_ci = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    fewer = examples_of_this_run()
    most = {"max_examples": fewer.most} if fewer else {}
    settings.register_profile("journeys", deadline=None, derandomize=in_ci, print_blob=in_ci, **most)
    settings.load_profile("journeys")


def fewer_examples(items: list[Any], fewer: Fewer) -> None:
    """Take down the number that a test asks for itself: it is small where an example takes long."""
    name = "_hypothesis_internal_use_settings"
    # Once for a test, however many parameters it has.
    for function in {item.obj for item in items if hasattr(getattr(item, "obj", None), name)}:
        asked = getattr(function, name)
        if asked.max_examples != fewer.most:
            few = max(min(asked.max_examples // fewer.share, fewer.most), min(fewer.least, asked.max_examples))
            setattr(function, name, settings(asked, max_examples=few))
