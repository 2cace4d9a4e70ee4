"""Each script in scripts/bench still runs, on as little as it can be given; what it measures is not looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines import ONLY_LONG

pytestmark = pytest.mark.usefixtures("processes")

BENCH = Path(__file__).resolve().parents[2] / "scripts/bench"
SMALLEST = {
    "atlas": ["--documents", "6"],
    "load": ["--nodes", "400", "--claims", "2000"],
    "load_again": ["--forms", "3"],
    "measures": ["--nodes", "400", "--edges", "1000", "--claims", "400"],
    "network_page": ["--nodes", "400", "--edges", "1000", "--patience", "5"],
    "reading": ["--claims", "1500", "3000", "--only", "network"],
    "search": ["--passages", "200"],
    "trace": ["--claims", "800", "--times", "1"],
}


def test_every_script_is_tried() -> None:
    assert sorted(SMALLEST) == sorted(path.stem for path in BENCH.glob("[!_]*.py"))


@ONLY_LONG
@pytest.mark.parametrize("name", SMALLEST)
def test_it_runs(name: str, request: pytest.FixtureRequest) -> None:
    if name == "network_page":
        request.getfixturevalue("chromium")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    done = subprocess.run(
        [sys.executable, str(BENCH / f"{name}.py"), *SMALLEST[name]],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
