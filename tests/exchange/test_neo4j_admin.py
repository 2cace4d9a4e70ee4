"""What neo4j-admin imports is what a load would have written."""

from __future__ import annotations

import csv
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.analysis.claims.graph import stored_claims, stored_nodes
from tests.engines import ONLY_LONG

REQUIRED = os.environ.get("JOURNEYS_TEST_REQUIRE_ALL") == "1"
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def exported(demo_study: Any, run_cli: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "for-neo4j"
    told = run_cli("--study", demo_study("embedded").folder, "export", "neo4j-admin", "-o", folder)
    assert told.code == 0, told.stderr
    assert "neo4j-admin database import full @import.args neo4j" in told.stderr
    assert "Left out" not in told.stderr
    return folder


def test_each_node_and_claim_is_a_row(exported: Path, opened_demo: Any, demo_study: Any, run_cli: Any) -> None:
    arguments = (exported / "import.args").read_text(encoding="utf-8").splitlines()
    rows = {"nodes": 0, "claims": 0}
    for argument in arguments:
        option, _, files = argument.partition("=")
        if option in ("--nodes", "--relationships"):
            heading, data = (name.removeprefix("./") for name in files.partition("=")[2].split(","))
            with (exported / heading).open(encoding="utf-8", newline="") as file:
                (columns,) = csv.reader(file)
            with (exported / data).open(encoding="utf-8", newline="") as file:
                read = list(csv.reader(file))
            assert {len(row) for row in read} == {len(columns)}
            rows[data.partition("-")[0]] += len(read)
    held = opened_demo.cypher("MATCH (n {study: $study}) RETURN count(n) AS n").rows[0][0]
    claims = opened_demo.cypher("MATCH ({study: $study})-[r]->() RETURN count(r) AS n").rows[0][0]
    assert rows == {"nodes": held, "claims": claims}
    again = run_cli("--study", demo_study("embedded").folder, "export", "neo4j-admin", "-o", exported)
    assert (again.code, "is there already. Add --force" in again.stderr) == (2, True)


@pytest.mark.neo4j
@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("version", [pytest.param("5.26.30", marks=ONLY_LONG), "2026.08.1"])
def test_neo4j_imports_what_a_load_writes(version: str, exported: Path, demo_study: Any, tmp_path: Path) -> None:
    if not REQUIRED:
        pytest.skip("starts Neo4j servers; `python3 scripts/test.py --all` does")
    sys.path.insert(0, str(CHECKOUT / "scripts"))
    try:
        import neo4j_server
    finally:
        sys.path.pop(0)
    java = neo4j_server.fitting_java(version)
    lib = neo4j_server.fetch(version, java)
    server = tmp_path / "server"
    server.mkdir()
    (server / "neo4j.conf").write_text("db.tx_log.preallocate=false\n", encoding="utf-8")
    program = [str(java.program), *neo4j_server._jvm_options(java), "-cp", str(lib / "*"), "org.neo4j.cli.AdminTool"]
    command = [*program, *shlex.split("database import full @import.args neo4j")]
    where = {**os.environ, "NEO4J_HOME": str(server), "NEO4J_CONF": str(server)}
    imported = subprocess.run(command, cwd=exported, env=where, capture_output=True, encoding="utf-8", check=False)
    assert imported.returncode == 0, imported.stdout + imported.stderr
    with neo4j_server.running(version, server) as running:
        env = {"NEO4J_URI": running.uri, "NEO4J_USERNAME": running.user, "NEO4J_PASSWORD": running.password}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            study = journeys.open(demo_study("embedded").folder)
            with study.store() as store:
                imported_all = everything(store, study)
                assert study.load(values=True)[0].matches
        embedded = journeys.open(demo_study("embedded").folder)
        with embedded.store() as store:
            written = everything(store, embedded)
        assert [found.keys() for found in imported_all] == [found.keys() for found in written]
        for there, here in zip(imported_all, written, strict=True):
            assert [(here[key], there[key]) for key in here if here[key] != there[key]] == []


def everything(store: Any, study: Any) -> tuple[Any, Any]:
    """All nodes and claims that a store holds, with everything that they hold."""
    schema = study.schema
    nodes = {
        held["id"]: (label, held) for label in schema.nodes for held in stored_nodes(store, study.id, schema, label)
    }
    rows = stored_claims(store, study.id, schema, schema.claims.values(), schema.nodes)
    claims = {row["properties"]["id"]: row for row in rows}
    return nodes, claims
