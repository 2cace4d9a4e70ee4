"""Measure the time of a load, compared with a bare driver that MERGEs the same rows: ``python scripts/bench/load.py``.

20,000 nodes and 200,000 claims go the whole way: a csv with a map is read, checked, staged, compared and loaded by
``journeys load`` into an empty store. The same nodes and claims, with the same properties, are then written by nothing
but the driver, in batches of 5,000 rows with UNWIND and MERGE, into an emptied store of the same kind. Printed are
seconds, the ratio, and the largest memory of our process. With a server in NEO4J_URI (and NEO4J_PASSWORD) it is
compared there too; everything in that database is deleted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil

from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from journeys.store.connection import Store
from journeys.store.cypher_templates import constraints, statement
from journeys.store.loading.load import ROWS_AT_ONCE
from journeys.study.study import Study

MAP = """\
map: 1
source: source
nodes:
  who: {kind: Actor, find: new, each: who, set: {kind: person}}
  paper: {kind: Document, find: new, each: paper, set: {title: "{value}"}}
  source: {kind: DataSource, find: new, each: source, set: {kind: interview, description: "{value}"}}
claims:
  - {type: CONTESTED, from: who, to: paper, where: {did: contested}, set: &said
      {date: "{date}", quote: "{quote}", place: "{page}", mode: paraphrase, confidence: "{sure}", scope: general}}
  - {type: SUPPORTED, from: who, to: paper, where: {did: supported}, set: *said}
"""


def write_study(folder: Path, nodes: int, claims: int) -> None:
    """A study folder with one csv, made with a fixed seed."""
    chance = random.Random(2013)
    (folder / "tables").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: bench\ntitle: Bench\n", encoding="utf-8")
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    with (folder / "tables" / "votes.csv").open("w", encoding="utf-8", newline="\n") as file:
        file.write("who,did,paper,date,quote,page,sure,source\n")
        people, papers = nodes // 2, nodes // 2 - 100
        for number in range(claims):
            who = number % people if number < people else chance.randrange(people)
            paper = number % papers if number < papers else chance.randrange(papers)
            day = f"20{chance.randrange(10, 15)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
            did = chance.choice(("contested", "supported"))
            sure = chance.choice(("high", "medium", "low"))
            file.write(f"Person {who},{did},Paper {paper},{day},what was said {number},p. {number % 90},{sure},")
            file.write(f"Interview {number % 100}\n")


def ours(folder: Path, env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds and peak MB of ``journeys load``."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "journeys", "load"], cwd=folder, env=dict(env), stdout=sys.stderr)
    peak = [0]

    def watch() -> None:
        process = psutil.Process(child.pid)
        while child.poll() is None:
            try:
                peak[0] = max(peak[0], process.memory_info().rss)
            except psutil.Error:
                return
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = child.wait()
    watcher.join()
    if code:
        raise SystemExit(f"journeys load ended with {code}")
    return time.perf_counter() - begun, peak[0] / 1e6


def staged(study: Study, folder: Path) -> Staging:
    """What the load writes, for the bare driver to write too."""
    staging = Staging(folder / "bench.sqlite", study.schema, study.id)
    StudyReader(study.folder, staging, ProblemLog(), NoProgress()).read()
    return staging


def bare(store: Store, staging: Staging, study: Study) -> float:
    """Seconds that the driver alone takes for the same rows."""
    schema = study.schema
    batches: list[tuple[str, list[dict[str, Any]]]] = []
    for label, _ in staging.labels():
        text = "UNWIND $rows AS row MERGE (n:Label {id: row.id}) SET n = row.properties".replace("Label", label)
        rows = [{"id": node.id, "properties": node.properties} for node in staging.nodes(label)]
        batches += [(text, some) for some in chunks(rows)]
    for group in staging.groups():
        text = (
            f"UNWIND $rows AS row MATCH (a:{group.from_label} {{id: row.from_id}}) "
            f"MATCH (b:{group.to_label} {{id: row.to_id}}) "
            f"MERGE (a)-[r:{group.type} {{id: row.id}}]->(b) SET r = row.properties"
        )
        rows = [
            {"id": c.id, "from_id": c.from_id, "to_id": c.to_id, "properties": c.properties}
            for c in staging.claims(group)
        ]
        batches += [(text, some) for some in chunks(rows)]
    begun = time.perf_counter()
    for made in constraints(schema, [label for label, _ in staging.labels()]):
        store.change_schema(made)
    for text, rows in batches:
        store.write(text, {"rows": rows})
    return time.perf_counter() - begun


def chunks(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]


def empty(store: Store, study: Study) -> None:
    """Delete everything of a server's database."""
    for label in (*study.schema.nodes, "LoadRun", "LoadLock"):
        while store.read(f"MATCH (n:{label}) RETURN n.id AS id LIMIT 1"):
            store.write(f"MATCH (n:{label}) WITH n LIMIT 2000 DETACH DELETE n")
    assert statement(study.schema, "runs")


def compare(engine: str, nodes: int, claims: int, env: Mapping[str, str]) -> dict[str, Any]:
    """Both ways on one engine."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bench"
        write_study(folder, nodes, claims)
        study = Study.open(folder)
        if engine == "neo4j":
            with study.store() as store:
                empty(store, study)
        our_seconds, megabytes = ours(folder, env)
        again, _ = ours(folder, env)
        staging = staged(study, Path(scratch))
        if engine == "embedded":
            shutil.rmtree(folder / ".journeys")
        with study.store() as store:
            if engine == "neo4j":
                empty(store, study)
            bare_seconds = bare(store, staging, study)
            if engine == "neo4j":
                empty(store, study)
        staging.close()
    return {
        "engine": engine,
        "journeys load, s": round(our_seconds, 1),
        "bare driver, s": round(bare_seconds, 1),
        "ratio": round(our_seconds / bare_seconds, 2),
        "the same load again, s": round(again, 1),
        "our process, MB": round(megabytes),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=20_000)
    options.add_argument("--claims", type=int, default=200_000)
    given = options.parse_args()
    server = {name: value for name, value in os.environ.items() if name.startswith("NEO4J_")}
    for name in server:
        del os.environ[name]
    print(json.dumps(compare("embedded", given.nodes, given.claims, os.environ), indent=1), flush=True)
    if "NEO4J_URI" in server:
        os.environ.update(server)
        print(json.dumps(compare("neo4j", given.nodes, given.claims, os.environ), indent=1), flush=True)


if __name__ == "__main__":
    main()
