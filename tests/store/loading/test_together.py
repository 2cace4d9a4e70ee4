"""Several at work on one study: readers during a first load, and a loader that slept while a colleague loaded."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from neo4j import Query
from neo4j.exceptions import Neo4jError

import journeys
from tests.store.loading.voting_study import content, write_study

pytestmark = pytest.mark.usefixtures("processes")

FIRST_LOADS = int(os.environ.get("JOURNEYS_TEST_FIRST_LOADS", "3"))
SLEEPERS = int(os.environ.get("JOURNEYS_TEST_SLEEPERS", "2"))

READ_ON = """
import sys, journeys
while True:
    try:
        journeys.open(sys.argv[1]).status()
    except journeys.JourneysError:
        pass
"""

# Small batches, so that there are many moments between two writes.
LOAD = """
import sys
import journeys.store.loading.load as loading
from journeys.cli.main import run

loading.ROWS_AT_ONCE = 200
sys.argv = ["journeys", "load"]
run()
"""


@pytest.mark.timeout(600 + 60 * FIRST_LOADS)
def test_first_loads_while_three_people_read(tmp_path: Path) -> None:
    for number in range(FIRST_LOADS):
        folder = tmp_path / str(number) / "votes"
        write_study(folder, 2_200)
        readers = [subprocess.Popen([sys.executable, "-c", READ_ON, str(folder)]) for _ in range(3)]
        try:
            study = journeys.open(folder)
            outcome, checked = study.load()
        finally:
            for reader in readers:
                reader.kill()
                reader.wait()
        assert outcome.claims.created == checked.claims
        assert [len(held) for held in content(folder)] == [checked.nodes, checked.claims]
        study.stop_store()


@pytest.mark.timeout(600 + 60 * SLEEPERS)
@pytest.mark.skipif(os.name == "nt", reason="processes cannot be stopped and continued on Windows")
def test_a_loader_that_slept_writes_nothing_more(
    tmp_path: Path,
    study_id: str,
    neo4j_engine: Any,
    cli_env: Callable[[Mapping[str, str]], dict[str, str]],
    run_program: Any,
) -> None:
    env = cli_env(neo4j_engine.env)
    mine = tmp_path / "mine" / study_id
    write_study(mine, 6_000)
    theirs = shutil.copytree(mine, tmp_path / "theirs" / study_id)
    for _ in range(SLEEPERS):
        neo4j_engine.wipe()
        sleeper = subprocess.Popen(
            [sys.executable, "-c", LOAD], cwd=mine, env=env, stderr=subprocess.PIPE, encoding="utf-8"
        )
        with neo4j_engine.driver() as driver:
            wait_for(lambda: claims(driver, study_id)[0] > 0, sleeper)
            fall_asleep(sleeper, driver, study_id)
            loaded = run_program("load", cwd=theirs, env=neo4j_engine.env)
            for _ in range(40):  # for longer than a server keeps a write whose sender is silent
                if loaded.code == 0:
                    break
                if "is being loaded by" in loaded.stderr:
                    # A write that was on its way when the sleeper was stopped has kept its lock for another minute.
                    fall_asleep(sleeper, driver, study_id)
                else:
                    # On a busy server the sleeper may hold more than its lock: then the message is followed.
                    assert "Nothing is lost: run the command again" in loaded.stderr
                    time.sleep(10)
                loaded = run_program("load", cwd=theirs, env=neo4j_engine.env)
            assert loaded.code == 0, loaded.stderr
            held = claims(driver, study_id)
            sleeper.send_signal(signal.SIGCONT)
            _, said = sleeper.communicate(timeout=120)
            assert (sleeper.returncode, "Nothing is lost: run `journeys load` again." in said) == (3, True), said
            assert claims(driver, study_id) == held
            assert held[0] == held[1]
    again = run_program("load", cwd=mine, env=neo4j_engine.env)
    assert again.code == 0, again.stderr


def claims(driver: Any, study: str) -> tuple[int, int]:
    """How many claims there are of a study, and how many different ones."""
    query = "MATCH ({study: $study})-[r]->() RETURN count(r) AS all, count(DISTINCT r.id) AS different"
    (row,) = driver.execute_query(query, study=study).records
    return row["all"], row["different"]


def wait_for(come_true: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    while not come_true():
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


def fall_asleep(process: subprocess.Popen[str], driver: Any, study: str) -> None:
    """Stop the process between two of its writes, and let its lock expire as a minute would."""
    expire = Query("MATCH (lock:LoadLock {id: $study}) SET lock.until = 0", timeout=0.5)
    for _ in range(300):
        process.send_signal(signal.SIGSTOP)
        with driver.session() as session:
            try:
                session.run(expire, study=study).consume()
            except Neo4jError:
                # It was stopped in the middle of a write and holds the lock: let it end that one.
                process.send_signal(signal.SIGCONT)
                time.sleep(0.05)
                assert process.poll() is None, "the load was over before it could be stopped"
                continue
            return
    pytest.fail("the load could not be stopped between two writes")
