"""The working day at the command line, on each engine: check, load, load again after a change, trace, ask."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROWS = """\
who,did,paper,date,words
Sam,supported,D1,2011-03-05,"Good, clear figures"
Mina,contested,D1,2011-03-05,You asked us
Lee,contested,D1,2011-04-02,Too costly
Sam,supported,D2,2011-04-02,As before
"""

MAP = """\
map: 1
source: minutes
set: {mode: verbatim}
nodes:
  who: {kind: Actor, each: who, set: {kind: person}}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
  minutes: {kind: DataSource, each: {from: date, as: "minutes {value}"}, set: {kind: document, description: "{value}"}}
claims:
  - {type: SUPPORTED, from: who, to: paper, where: {did: supported}, set: &said {date: "{date}", quote: "{words}"}}
  - {type: CONTESTED, from: who, to: paper, where: {did: contested}, set: *said}
"""


@pytest.fixture
def study(tmp_path: Path, study_id: str, run_cli: Any) -> Path:
    folder = tmp_path / study_id
    assert run_cli("new", folder, "--title", study_id, "--registers", "yaml").code == 0
    (folder / "tables" / "votes.csv").write_text(ROWS, encoding="utf-8")
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    return folder


def counts(result: Any) -> dict[str, list[int]]:
    """The rows of what ``load`` prints: nodes and claims, each new, changed, moved, removed, unchanged."""
    lines = [line.split() for line in result.stdout.splitlines() if line.startswith(("nodes ", "claims "))]
    return {line[0]: [int(number) for number in line[1:]] for line in lines}


def test_a_study_from_its_table_to_its_journeys(study: Path, engine: Any, run_program: Any) -> None:
    def run(*arguments: str) -> Any:
        result = run_program(*arguments, cwd=study, env=engine.env)
        assert result.code == 0, result.stdout + result.stderr
        assert "Traceback" not in result.stderr
        return result

    assert "0 problems" in run("check").stdout
    assert counts(run("load")) == {"nodes": [7, 0, 0, 0, 0], "claims": [4, 0, 0, 0, 0]}

    journey = json.loads(run("trace", "D1", "--format", "json").stdout)
    assert [(step["type"], step["date_from"], step["polarity"]) for step in journey["steps"]] == [
        ("CONTESTED", "2011-03-05", -1),
        ("SUPPORTED", "2011-03-05", 1),
        ("CONTESTED", "2011-04-02", -1),
    ]
    (claim,) = journey["steps"][1]["claims"]
    assert claim["quote"] == "Good, clear figures"
    assert (claim["file"], claim["cell"]) == ("tables/votes.csv", "line 2, column 1")
    assert claim["mode"] == "verbatim"

    table = run(
        "cypher",
        "MATCH (a:Actor {study: $study})-[:CONTESTED]->(d) RETURN a.name AS who ORDER BY who",
        "--format",
        "csv",
    )
    assert list(csv.reader(io.StringIO(table.stdout))) == [["who"], ["Lee"], ["Mina"]]
    status = json.loads(run("status", "--format", "json").stdout)
    assert status["store"]["nodes"] == {"Actor": 3, "DataSource": 2, "Document": 2}
    assert status["changed"] == []
    # A file to hand on names no folder of this computer.
    assert str(study) not in json.dumps(status)


def test_a_second_load_writes_only_what_changed(study: Path, engine: Any, run_cli: Any) -> None:
    table = study / "tables" / "votes.csv"

    def load(*arguments: str) -> dict[str, list[int]]:
        result = run_cli("load", *arguments, cwd=study, env=engine.env)
        assert result.code == 0, result.stdout + result.stderr
        return counts(result)

    load()
    assert load() == {"nodes": [0, 0, 0, 0, 7], "claims": [0, 0, 0, 0, 4]}

    table.write_text(ROWS.replace("Too costly", "Far too costly"), encoding="utf-8")
    assert load()["claims"] == [1, 0, 0, 1, 3]

    table.write_text(
        ROWS.replace("Too costly", "Far too costly").replace("Sam,supported,D1", "\nSam,supported,D1"), "utf-8"
    )
    moved = load()
    assert moved["claims"] == [0, 0, 4, 0, 0]

    added = study / "tables" / "more.csv"
    added.write_text("who,did,paper,date,words\nZoe,contested,D1,2011-05-01,No\n", encoding="utf-8")
    shutil.copy(study / "tables" / "votes.map.yaml", study / "tables" / "more.map.yaml")
    assert load()["claims"] == [1, 0, 0, 0, 4]
    added.unlink()
    gone = load()
    assert gone["claims"] == [0, 0, 0, 1, 4]
    assert gone["nodes"][3] == 2  # Zoe and the minutes of May; D1 stays


def test_a_load_of_one_file_leaves_the_others_alone(study: Path, engine: Any, run_cli: Any) -> None:
    other = study / "tables" / "more.csv"
    other.write_text("who,did,paper,date,words\nZoe,contested,D1,2011-05-01,No\n", encoding="utf-8")
    shutil.copy(study / "tables" / "votes.map.yaml", study / "tables" / "more.map.yaml")
    assert counts(run_cli("load", cwd=study, env=engine.env))["claims"][0] == 5
    other.write_text("who,did,paper,date,words\nZoe,supported,D1,2011-05-01,Yes\n", encoding="utf-8")
    (study / "tables" / "votes.csv").write_text(ROWS.replace("Good", "Very good"), encoding="utf-8")
    result = run_cli("load", "tables/more.csv", cwd=study, env=engine.env)
    assert counts(result)["claims"] == [1, 0, 0, 1, 4] or counts(result)["claims"][:4] == [1, 0, 0, 1]
    journey = json.loads(run_cli("trace", "D1", "--format", "json", cwd=study, env=engine.env).stdout)
    quotes = {claim["quote"] for step in journey["steps"] for claim in step["claims"]}
    assert "Good, clear figures" in quotes
    assert "Yes" in quotes
    assert "No" not in quotes


def test_a_load_that_would_remove_much_stops_and_shows_what(study: Path, engine: Any, run_cli: Any) -> None:
    table = study / "tables" / "votes.csv"
    many = "".join(f"P{number},supported,D1,2011-03-05,yes\n" for number in range(60))
    table.write_text(ROWS + many, encoding="utf-8")
    assert run_cli("load", cwd=study, env=engine.env).code == 0
    table.write_text(ROWS, encoding="utf-8")
    stopped = run_cli("load", cwd=study, env=engine.env)
    assert stopped.code == 1
    assert "would remove 60 of the store's 64 claims" in stopped.stderr
    assert "  p0 SUPPORTED d1\n  p1 SUPPORTED d1\n  p10 " in stopped.stderr
    assert "… and 30 more" in stopped.stderr
    assert "--allow-removals" in stopped.stderr
    assert (
        json.loads(run_cli("status", "--format", "json", cwd=study, env=engine.env).stdout)["store"]["claims"][
            "SUPPORTED"
        ]
        == 62
    )
    assert run_cli("load", "--allow-removals", cwd=study, env=engine.env).code == 0
    assert (
        json.loads(run_cli("status", "--format", "json", cwd=study, env=engine.env).stdout)["store"]["claims"][
            "SUPPORTED"
        ]
        == 2
    )


def test_two_studies_on_one_server_stay_apart(tmp_path: Path, study: Path, neo4j_engine: Any, run_cli: Any) -> None:
    other = tmp_path / "other"
    shutil.copytree(study, other)
    text = (other / "study.yaml").read_text(encoding="utf-8")
    (other / "study.yaml").write_text(text.replace(study.name, "another"), encoding="utf-8")
    for folder in (study, other):
        assert run_cli("load", cwd=folder, env=neo4j_engine.env).code == 0
    (other / "tables" / "votes.csv").write_text("who,did,paper,date,words\nAnn,supported,D1,2011-03-05,yes\n", "utf-8")
    assert run_cli("load", cwd=other, env=neo4j_engine.env).code == 0
    first = json.loads(run_cli("status", "--format", "json", cwd=study, env=neo4j_engine.env).stdout)["store"]
    second = json.loads(run_cli("status", "--format", "json", cwd=other, env=neo4j_engine.env).stdout)["store"]
    assert (first["nodes"]["Actor"], second["nodes"]["Actor"]) == (3, 1)


def test_a_query_that_never_ends_is_ended(study: Path, engine: Any, run_cli: Any) -> None:
    run_cli("load", cwd=study, env=engine.env)
    endless = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c WHERE c < 0 RETURN count(c)"
    ended = run_cli("cypher", endless, "--seconds", "2", cwd=study, env=engine.env, timeout=60)
    assert ended.code == 1
    assert "stopped after 2 seconds" in ended.stderr
    assert "--seconds" in ended.stderr


def test_rows_left_out_are_said(study: Path, run_cli: Any) -> None:
    answer = run_cli("cypher", "UNWIND range(1, 50) AS i RETURN i", "--rows", "5", "--format", "json", cwd=study)
    assert len(json.loads(answer.stdout)) == 5
    assert "Only the first 5 rows" in answer.stderr


def test_a_claim_kind_added_to_the_schema_is_loaded_and_traced(tmp_path: Path, study: Path, run_program: Any) -> None:
    checkout = Path(__file__).resolve().parents[2]
    copy = tmp_path / "program"
    for part in ("journeys", "schema", "cypher"):
        shutil.copytree(checkout / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    graph = copy / "schema" / "graph.yaml"
    kind = "{from: [Actor], to: [Document], phrase: leaked, passive: was leaked by, event: true, stage: use}"
    entry = f"claims:\n  LEAKED: {kind}\n"
    graph.write_text(graph.read_text(encoding="utf-8").replace("claims:\n", entry, 1), encoding="utf-8")
    table_map = study / "tables" / "votes.map.yaml"
    table_map.write_text(MAP.replace("CONTESTED", "LEAKED"), encoding="utf-8")
    env = {"PYTHONPATH": str(copy)}
    loaded = run_program("load", cwd=study, env=env)
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    shown = run_program("trace", "D1", cwd=study, env=env)
    assert "Mina leaked it" in shown.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_said_in_a_sentence(study: Path, cli_env: Any) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "journeys", "cypher", "UNWIND range(1, 900) AS i RETURN i", "--format", "csv"]
        ended = subprocess.run(command, cwd=study, env=cli_env({}), stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith("The disk is full. Free some space")


def test_the_embedded_store_runs_on_when_it_is_told_to(study: Path, run_program: Any) -> None:
    assert "not running" in run_program("store", "info", cwd=study).stdout
    assert run_program("store", "start", cwd=study).code == 0
    try:
        assert run_program("load", cwd=study).code == 0
        assert "running (bolt://127.0.0.1:" in run_program("store", "info", cwd=study).stdout
    finally:
        assert "has stopped" in run_program("store", "stop", cwd=study).stderr
    assert "not running" in run_program("store", "info", cwd=study).stdout
    assert "was not running" in run_program("store", "stop", cwd=study).stderr
