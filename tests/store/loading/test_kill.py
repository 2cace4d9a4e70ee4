"""A load killed at any moment: the next one ends in the graph of a clean load, by content."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.engines import ONLY_WITH_ALL
from tests.store.loading.voting_study import MAP, content, write_table

KILLS = int(os.environ.get("JOURNEYS_TEST_KILLS", "8" if os.environ.get("JOURNEYS_TEST_LONG") == "1" else "4"))
ROWS = 1_500


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, cli_env: Callable[[Mapping[str, str]], dict[str, str]]) -> Any:
    """Points this process and its commands at an engine."""

    def point(engine: Any) -> dict[str, str]:
        env = cli_env(engine.env)
        for name in [name for name in os.environ if name.startswith("NEO4J_") and "TEST" not in name]:
            monkeypatch.delenv(name)
        for name, value in engine.env.items():
            monkeypatch.setenv(name, value)
        return env

    return point


@pytest.mark.timeout(600)
def test_kills_and_then_a_load(tmp_path: Path, study_id: str, engine: Any, run_program: Any, environment: Any) -> None:
    env = environment(engine)
    folder = tmp_path / study_id
    assert run_program("new", folder, "--title", study_id, "--registers", "yaml").code == 0
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    command = [sys.executable, "-m", "journeys", "load", "--allow-removals"]
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    print(f"seed {seed}")
    longest = 2.0
    for kill in range(KILLS):
        write_table(folder, ROWS, f"variant {kill}")
        begun = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(chance.uniform(0.2, longest))
            longest = max(1.0, time.monotonic() - begun)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    write_table(folder, ROWS, "the last")
    last = run_program("load", "--allow-removals", cwd=folder, env=engine.env)
    assert last.code == 0, last.stderr
    after_kills = content(folder)

    clean = folder
    if engine.embedded:
        clean = tmp_path / "clean" / study_id
        assert run_program("new", clean, "--title", study_id, "--registers", "yaml").code == 0
        (clean / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
        write_table(clean, ROWS, "the last")
    else:
        engine.wipe()
    assert run_program("load", cwd=clean, env=engine.env).code == 0
    assert after_kills == content(clean)
    assert len(after_kills[1]) > ROWS


def test_the_engine_ends_with_its_parent_and_leaves_no_lock(tmp_path: Path, study_id: str, run_program: Any) -> None:
    folder = tmp_path / study_id
    run_program("new", folder, "--title", study_id)
    script = f"import journeys\nwith journeys.open({str(folder)!r}).store():\n print('open', flush=True)\n input()"
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"open"
    (engine_process,) = psutil.Process(holder.pid).children()
    holder.kill()
    holder.wait()
    psutil.wait_procs([engine_process], timeout=10)
    assert not engine_process.is_running() or engine_process.status() == psutil.STATUS_ZOMBIE
    assert run_program("status", cwd=folder).code == 0


def test_a_second_process_connects_and_outlives_the_first(tmp_path: Path, study_id: str, run_program: Any) -> None:
    folder = tmp_path / study_id
    run_program("new", folder, "--title", study_id)
    script = (
        f"import journeys\nwith journeys.open({str(folder)!r}).store() as s:\n"
        " print(s.read('RETURN 1 AS n'), flush=True)\n input()\n print(s.read('RETURN 2 AS n'), flush=True)"
    )
    first, second = (
        subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    )
    for each in (first, second):
        assert each.stdout is not None
        assert b"1" in each.stdout.readline()
    assert len(psutil.Process(first.pid).children() + psutil.Process(second.pid).children()) <= 2
    assert run_program("status", cwd=folder).code == 0
    first.kill()
    first.wait()
    said, _ = second.communicate(b"\n", timeout=60)
    assert b"2" in said


def test_two_loads_at_once_both_end_well(
    tmp_path: Path, study_id: str, engine: Any, run_program: Any, environment: Any
) -> None:
    env = environment(engine)
    folder = tmp_path / study_id
    run_program("new", folder, "--title", study_id, "--registers", "yaml")
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    write_table(folder, ROWS, "x")
    command = [sys.executable, "-m", "journeys", "load"]
    both = [
        subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    ended = [(*child.communicate(timeout=120), child.returncode) for child in both]
    for _, stderr, code in ended:
        assert code in (0, 3), stderr
        assert "Traceback" not in stderr
        if code == 3:
            assert "is being loaded by" in stderr
    assert any(code == 0 for _, _, code in ended)
    assert run_program("load", cwd=folder, env=engine.env).code == 0
    assert len(content(folder)[1]) == len(set(content(folder)[1]))


@ONLY_WITH_ALL
def test_a_first_load_waits_for_the_engine_that_it_stopped(tmp_path: Path, study_id: str, run_program: Any) -> None:
    folder = tmp_path / study_id
    run_program("new", folder, "--title", study_id, "--registers", "yaml")
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    write_table(folder, ROWS, "x")
    for _ in range(4):
        shutil.rmtree(folder / ".journeys", ignore_errors=True)
        loaded = run_program("load", cwd=folder)
        assert loaded.code == 0, loaded.stderr
