"""Nodes and ties kept in a file while a network is written: formats name all properties before the first node, and
need them in a fixed order, however many there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from journeys.exchange.network import Node, Tie, Types

_BATCH = 1_000
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE node (id TEXT, held BLOB);
CREATE TABLE tie (id TEXT, held BLOB);
"""


class Spool:
    """A file of nodes and ties, closed with ``close``; memory does not grow with it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_TABLES)
        self.node_types, self.tie_types = Types(), Types()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add_nodes(self, nodes: Iterable[Node]) -> int:
        """Keep nodes; returns how many."""
        return self._add("node", ((node.id, (node.id, node.name, node.type, node.values)) for node in nodes))

    def add_ties(self, ties: Iterable[Tie]) -> int:
        """Keep ties; returns how many."""
        return self._add(
            "tie",
            (
                (
                    tie.id,
                    (
                        tie.id,
                        tie.start,
                        tie.end,
                        tie.relation,
                        tie.phrase,
                        tie.directed,
                        tie.weight,
                        tie.first,
                        tie.last,
                        tie.values,
                        tie.stands,
                        tie.event,
                        tie.meeting,
                    ),
                )
                for tie in ties
            ),
        )

    def nodes(self) -> Iterator[Node]:
        """The nodes in the order of their ids."""
        return (Node(*held) for held in self._read("SELECT held FROM node ORDER BY id"))

    def ties(self) -> Iterator[Tie]:
        """The ties in the order of their ids."""
        return (Tie(*held) for held in self._read("SELECT held FROM tie ORDER BY id"))

    def _add(self, table: str, rows: Iterable[tuple[str, Any]]) -> int:
        number, rest = 0, iter(rows)
        while batch := [(key, orjson.dumps(held)) for key, held in islice(rest, _BATCH)]:
            self._database.executemany(f"INSERT INTO {table} VALUES (?, ?)", batch)
            number += len(batch)
        self._database.commit()
        return number

    def _read(self, query: str) -> Iterator[Any]:
        for (held,) in self._database.execute(query):
            yield orjson.loads(held)
