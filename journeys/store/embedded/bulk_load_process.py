"""Fill a new engine folder beside the present one, and put it in place when it is complete.

``python -m journeys.store.embedded.bulk_load_process WORK_FOLDER``

It is started before it is needed, and waits for one line of JSON on standard input: the path of the staging, and the
names of dates. It ends when that pipe closes, and prints a line of JSON for each stage, each batch done, and at last
``{"complete": true}`` or ``{"error": …}``.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import orjson

from journeys.model.private_files import keep_private
from journeys.store.embedded.contents import counts
from journeys.store.embedded.engine import make_full_text_index, open_library, put_in_place, replace_engine
from journeys.store.embedded.launcher import take_from_others
from journeys.store.embedded.paths import DATABASE, SEARCHED, Layout
from journeys.store.file_lock import OsLock
from journeys.store.prefetch import prefetched

_AT_ONCE = 10_000
_EDGES_AT_ONCE = 50_000
"""Edges that the engine holds before it joins them to their ends; by itself it holds 5 million, which takes 5 GB."""

_Item = TypeVar("_Item")


def main(work: str) -> int:
    """Fill the folder; 0 when all of the staging is in it, or when nothing was asked for."""
    layout = Layout(Path(work))
    keep_private(layout.work)
    with contextlib.suppress(ImportError):  # said below, where somebody listens
        open_library(layout)
    if not (asked := sys.stdin.readline()):
        return 0
    given: dict[str, Any] = json.loads(asked)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with OsLock(layout.lock) as lock:
        if not take_from_others(lock, layout, "filling the store"):
            _say({"error": "another process has it open"})
            return 1
        try:
            put_in_place(layout)
            shutil.copytree(layout.engine, layout.filling)
            _fill(layout, Path(given["staging"]), given["dates"])
            replace_engine(layout)
        except Exception as error:
            _say({"error": f"{type(error).__name__}: {error}"})
            return 1
    _say({"complete": True})
    return 0


def _end_with_parent() -> None:
    if not sys.stdin.read():
        os._exit(1)


def _fill(layout: Layout, staging: Path, dates: dict[str, list[str]]) -> None:
    arcadedb = open_library(layout)
    # Rows are read and made ready in a thread of their own, while the engine writes the ones before.
    source = sqlite3.connect(staging.resolve().as_uri() + "?mode=ro", uri=True, check_same_thread=False)
    with arcadedb.open_database(str(layout.filling / "databases" / DATABASE)) as database:
        labels = source.execute("SELECT label, count(*) FROM node GROUP BY label").fetchall()
        before = counts(database)
        groups = source.execute("SELECT from_label, type, to_label, count(*) FROM claim GROUP BY 1, 2, 3").fetchall()
        _declare(database, [label for label, _ in labels], sorted({group[1] for group in groups}), dates)
        # With the write-ahead log a crash cannot lose the tail.
        with database.graph_batch(
            use_wal=True, commit_every=_AT_ONCE, batch_size=_EDGES_AT_ONCE, max_deferred_incoming_edges=_EDGES_AT_ONCE
        ) as batch:
            places: dict[str, str] = {}
            for label, number in labels:
                _say({"stage": f"filling the store: {label}", "total": number})
                places |= _vertices(source, batch, label, dates.get(label, []))
            for from_label, claim_type, to_label, number in groups:
                _say({"stage": f"filling the store: {claim_type}", "total": number})
                ends = (from_label, claim_type, to_label)
                _edges(source, batch, ends, places, dates.get(claim_type, []))
        if SEARCHED[0] in dict(labels):
            _say({"stage": "indexing the words of passages", "total": 1})
            make_full_text_index(database, *SEARCHED)
        expected = Counter(before) + Counter(dict(labels))
        for _, claim_type, _, number in groups:
            expected[claim_type] += number
        if (held := counts(database)) != dict(expected):
            raise RuntimeError(f"what was written is not all there ({_missing(held, expected)})")


def _missing(held: Mapping[str, int], expected: Mapping[str, int]) -> str:
    differing = sorted(name for name in {*held, *expected} if held.get(name, 0) != expected.get(name, 0))
    return ", ".join(f"{name}: {held.get(name, 0)} of {expected.get(name, 0)}" for name in differing)


def _declare(database: Any, labels: list[str], types: list[str], dates: dict[str, list[str]]) -> None:
    """Make what the batch writes into; a date is only a date where it is declared."""
    for kind, names in (("VERTEX", labels), ("EDGE", types)):
        for name in names:
            database.command("sql", f"CREATE {kind} TYPE `{name}` IF NOT EXISTS")
            for stored in dates.get(name, []):
                database.command("sql", f"CREATE PROPERTY `{name}`.`{stored}` IF NOT EXISTS DATE")


def _vertices(source: sqlite3.Connection, batch: Any, label: str, dates: list[str]) -> dict[str, str]:
    """Create the nodes of one label; returns the record each id became."""
    found: dict[str, str] = {}
    rows = source.execute("SELECT id, properties FROM node WHERE label = ? ORDER BY id", (label,))
    for some in prefetched(_chunks((node_id, _properties(text, dates)) for node_id, text in rows), 1):
        records = batch.create_vertices(label, [properties for _, properties in some])
        found |= dict(zip((node_id for node_id, _ in some), records, strict=True))
        _say({"done": len(some)})
    return found


def _edges(
    source: sqlite3.Connection, batch: Any, ends: tuple[str, str, str], places: dict[str, str], dates: list[str]
) -> None:
    rows = source.execute(
        "SELECT from_id, to_id, properties FROM claim WHERE from_label = ? AND type = ? AND to_label = ? ORDER BY id",
        ends,
    )
    placed = ((places[from_id], places[to_id], _properties(text, dates)) for from_id, to_id, text in rows)
    for some in prefetched(_chunks(placed), 1):
        starts, stops = ([row[side] for row in some] for side in (0, 1))
        batch.new_edges(starts, ends[1], stops, [row[2] for row in some])
        _say({"done": len(some)})


def _properties(text: str, dates: list[str]) -> dict[str, Any]:
    properties: dict[str, Any] = orjson.loads(text)
    for name in dates:
        if name in properties:
            properties[name] = date.fromisoformat(properties[name])
    return properties


def _chunks(rows: Iterable[_Item]) -> Iterator[list[_Item]]:
    iterator = iter(rows)
    while some := list(islice(iterator, _AT_ONCE)):
        yield some


def _say(what: dict[str, object]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    gc.disable()  # millions of rows come and go, none of them in a circle
    code = main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
