"""Try on purpose what must never harm a study, many times: ``python3 scripts/trust.py WHAT [--count N] [--minutes M]``.

WHAT is one of

kills        commands, engines or both are killed at random moments; the next command must put everything right
server       a Neo4j server is killed, frozen, paused or cut off during loads (needs Maven and Java)
loaders      a load sleeps while a colleague loads the same study onto a server (needs Maven and Java)
first-loads  three people read while a study is loaded for the first time
damage       each file of the embedded store is damaged, in each way
fuzz         inputs that nobody would write are read
all          all of them, one after another

It prints a table, which docs/reliability.md shows with machine and date, and ends with 1 if anything is not as it
should be. The same faults run in a short form with the tests. ``--seed`` chooses other moments.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import _venv

COUNTS = {"kills": 100, "server": 24, "loaders": 100, "first-loads": 200, "damage": 1, "fuzz": 10_000}
_SLEEPS = "tests/store/loading/test_together.py::test_a_loader_that_slept_writes_nothing_more"
_READS = "tests/store/loading/test_together.py::test_first_loads_while_three_people_read"
_DAMAGE = "tests/store/loading/test_damage.py"


def main(arguments: list[str]) -> int:
    """Try what was asked for; 1 if anything is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*COUNTS, "all"])
    parser.add_argument("--count", type=int, help="how often (default: " + str(COUNTS) + ")")
    parser.add_argument("--minutes", type=float, default=600, help="begin no kill or fault later than that")
    parser.add_argument("--seed", type=int, default=2013)
    given = parser.parse_args(arguments)
    sys.path.insert(0, str(_venv.CHECKOUT))
    from tests.faults.report import Row, table

    rows: list[Row] = []
    for what in COUNTS if given.what == "all" else [given.what]:
        count = given.count or COUNTS[what]
        with tempfile.TemporaryDirectory(prefix="trust-", ignore_cleanup_errors=True) as folder:
            rows += _TRIES[what](count, given.seed, Path(folder) / "tried", given.minutes)
    print(f"{date.today():%d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors\n")
    print(table(rows))
    return 1 if any(row.wrong for row in rows) else 0


def _kills(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    from tests.faults import kills

    return list(kills.run(count, seed, folder, minutes))


def _server(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    from _neo4j_files import VERSIONS
    from neo4j_server import launch, stop

    from tests.faults import server

    def start() -> server.Server:
        started = launch(VERSIONS[0], folder / "neo4j", detach=True)[1]
        return server.Server(started.uri, started.user, started.password, started.pid, start)

    try:
        return list(server.run(count, seed, folder, start(), minutes))
    finally:
        stop(folder / "neo4j")


def _loaders(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    return [_tests("loads that slept", count, _SLEEPS, {"JOURNEYS_TEST_SLEEPERS": str(count)}, everything=True)]


def _first_loads(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    return [_tests("first loads under three readers", count, _READS, {"JOURNEYS_TEST_FIRST_LOADS": str(count)})]


def _damage(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    return [_tests("all damages to the store", count, _DAMAGE, {}, everything=True) for _ in range(count)]


def _fuzz(count: int, seed: int, folder: Path, minutes: float) -> list[Any]:
    from tests.faults.report import Row
    from tests.fuzz.fuzz import run

    report = run(count, seed, most_memory=3_000_000_000, minutes=minutes)
    print(report, file=sys.stderr)
    return [Row("fuzzed inputs", sum(report.tried.values()), wrong=list(report.wrong))]


def _tests(what: str, count: int, tests: str, environment: dict[str, str], *, everything: bool = False) -> Any:
    """A test in its long form, as one row."""
    from tests.faults.report import Row

    begun = time.monotonic()
    command = [
        sys.executable,
        str(_venv.CHECKOUT / "scripts" / "test.py"),
        *(["--long"] if everything else []),
        "-n",
        "0",
    ]
    ended = subprocess.run(
        [*command, tests], env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=False
    )
    last = ended.stdout.strip().splitlines()[-1:] or [ended.stderr[-300:]]
    print(f"{what}: {last[0]} ({time.monotonic() - begun:.0f} s)", file=sys.stderr)
    return Row(what, count, wrong=[] if ended.returncode == 0 else [ended.stdout[-2000:]])


_TRIES: dict[str, Callable[[int, int, Path, float], list[Any]]] = {
    "kills": _kills,
    "server": _server,
    "loaders": _loaders,
    "first-loads": _first_loads,
    "damage": _damage,
    "fuzz": _fuzz,
}


if __name__ == "__main__":
    _venv.enter(development=True)
    sys.exit(main(sys.argv[1:]))
