"""Rows sorted through a file, so that memory does not grow with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from typing import Any

import orjson

from journeys.model.unfinished import scratch_folder

_BATCH = 1_000


def grouped(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Rows by their key, in its order; those of one key as they came. A row is anything that JSON can hold."""
    with (
        scratch_folder("journeys-sorting-") as folder,
        closing(sqlite3.connect(folder / "rows.sqlite")) as database,
    ):
        database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE row (key TEXT, held BLOB)"
        )
        rest = iter(rows)
        while batch := [(key, orjson.dumps(held)) for key, held in islice(rest, _BATCH)]:
            database.executemany("INSERT INTO row VALUES (?, ?)", batch)
        found = database.execute("SELECT key, held FROM row ORDER BY key, rowid")
        for key, together in groupby(found, key=lambda row: row[0]):
            yield key, [orjson.loads(held) for _, held in together]
