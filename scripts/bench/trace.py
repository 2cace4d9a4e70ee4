"""Measure the time of a trace, compared with the bare Cypher for it: ``python scripts/bench/trace.py``.

400 nodes and 20,000 claims of an invented csv are loaded, so that a document has about 200 claims, each with a source.
Then in turn, on the same open store: ``trace`` (finding the document, every query, the journey with its steps, orders
and disagreements); the same statements sent by the driver alone; and one query as a person would write it by hand, for
the claims with both ends, sources and meetings. Printed are the middle of so many milliseconds each, and how many times
the bare statements and the query by hand the trace takes. With a server in NEO4J_URI (and NEO4J_PASSWORD) it is
compared there too, in a study of its own that is deleted afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from load import write_study
from neo4j import ManagedTransaction

from journeys.analysis.trace.journey import trace
from journeys.store.connection import Store
from journeys.study.study import Study

STUDY, DOCUMENT = "bench", "Paper 7"
BY_HAND = """
MATCH (d:Document {id: $id})-[r]-(other)
OPTIONAL MATCH (s:DataSource {id: r.source})
OPTIONAL MATCH (m:Meeting {id: r.at_meeting})
RETURN type(r) AS type, properties(r) AS claim, startNode(r).id AS start, other.id AS id, other.name AS name,
       labels(other)[0] AS label, s.name AS source, s.kind AS kind, m.name AS meeting, m.date_from AS held
"""


def statements(store: Store, work: Callable[[], Any]) -> tuple[list[tuple[str, Mapping[str, Any]]], Any]:
    """The statements that the work asks the store, and its result."""
    asked: list[tuple[str, Mapping[str, Any]]] = []
    read = store.read

    def heard(cypher: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        asked.append((cypher, parameters or {}))
        return read(cypher, parameters)

    with mock.patch.object(store, "read", heard):
        return asked, work()


def middle(work: Callable[[], Any], times: int) -> float:
    """The middle of so many milliseconds, after a few to warm up."""
    for _ in range(5):
        work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def compare(times: int, claims: int) -> dict[str, Any]:
    """All three ways on one engine."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / STUDY
        write_study(folder, 400, claims)
        study = Study.open(folder)
        study.load()
        with study.store() as store:
            asked, journey = statements(store, lambda: trace(store, study.id, DOCUMENT, schema=study.schema))
            driver, database = store.reader(), store.database

            def bare(statements: Sequence[tuple[str, Mapping[str, Any]]]) -> int:
                def work(transaction: ManagedTransaction) -> int:
                    return sum(len(list(transaction.run(text, dict(given)))) for text, given in statements)

                with driver.session(database=database, default_access_mode="READ") as session:
                    return session.execute_read(work)

            by_hand = [(BY_HAND, {"id": journey.subject.entity.id})]
            ours = middle(lambda: trace(store, study.id, DOCUMENT, schema=study.schema), times)
            same = middle(lambda: bare(asked), times)
            one = middle(lambda: bare(by_hand), times)
            if store.engine == "neo4j":
                store.write("MATCH (n {study: $study}) DETACH DELETE n", {"study": study.id})
            return {
                "engine": store.engine,
                "claims of the document": journey.counts.claims,
                "statements": len(asked),
                "trace, ms": round(ours, 1),
                "its statements by the driver alone, ms": round(same, 1),
                "one query by hand, ms": round(one, 1),
                "times its statements": round(ours / same, 2),
                "times the query by hand": round(ours / one, 2),
            }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=50)
    options.add_argument("--claims", type=int, default=20_000)
    given = options.parse_args()
    server = {name: value for name, value in os.environ.items() if name.startswith("NEO4J_")}
    for name in server:
        del os.environ[name]
    print(json.dumps(compare(given.times, given.claims), indent=1), flush=True)
    if "NEO4J_URI" in server:
        os.environ.update(server)
        print(json.dumps(compare(given.times, given.claims), indent=1), flush=True)


if __name__ == "__main__":
    main()
