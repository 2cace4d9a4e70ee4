"""Read what the store holds of a study into the staging file, to compare it with what was read.

What the store has under a content hash that is staged too need not be asked for: its id and ends are part of the hash.
So hashes come first, many in one row, and then only the nodes and claims whose hashes are not staged.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.model.stored_types import stored_types
from journeys.store.connection import Row, Store
from journeys.store.cypher_templates import statement

MOST_OTHERS = 1_000
"""Hashes of one label that are not staged, up to which these alone are asked for: the store compares each with all."""

_TABLES = """
DROP TABLE IF EXISTS temp.node_present;
DROP TABLE IF EXISTS temp.claim_stored;
DROP TABLE IF EXISTS temp.node_apart;
DROP TABLE IF EXISTS temp.claim_apart;
CREATE TEMP TABLE node_present (id TEXT PRIMARY KEY, label TEXT, content_hash TEXT, files TEXT) WITHOUT ROWID;
CREATE TEMP TABLE claim_stored (
    id TEXT, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT, content_hash TEXT, files TEXT
);
CREATE TEMP TABLE node_apart (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE claim_apart (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

# The store has one of these ids under the hash that is staged, and again under another label, type or hash.
_AGAIN = "id IN (SELECT id FROM {stored}) AND id NOT IN (SELECT id FROM {table}_apart)"
_BESIDE = f"""
INSERT INTO claim_stored SELECT id, type, from_label, from_id, to_label, to_id, content_hash, files
FROM main.claim WHERE {_AGAIN.format(stored="claim_stored", table="claim")};
INSERT OR IGNORE INTO claim_apart SELECT id FROM main.claim WHERE id IN (SELECT id FROM claim_stored);
INSERT OR IGNORE INTO node_apart SELECT id FROM main.node WHERE id IN (SELECT id FROM node_present);
"""


class StoredRows:
    """Fills the tables ``node_present`` and ``claim_stored`` of a staging file with what the store has otherwise than
    it is staged, and ``node_apart`` and ``claim_apart`` with the ids of what is staged and not in the store as it is
    staged. All else that is staged is in the store just so.

    ``surplus`` is how many nodes there are beyond one for each id; ``nameless`` and ``stray``, by label, how many nodes
    have no id, and how many relationships of our types cannot be claims: no load of ours wrote these.
    """

    def __init__(self, database: sqlite3.Connection, schema: Schema, study: str) -> None:
        self._database, self._schema, self._study = database, schema, study
        self._types = frozenset(stored_types(schema))
        self.surplus = 0
        self._every_row = False
        self._has = set[str]()
        self.nameless, self.stray = Counter[str](), Counter[str]()
        database.executescript(_TABLES)

    def read(self, store: Store, progress: Progress, *, every_row: bool) -> None:
        """Read all that the store has of the study; with ``every_row`` nothing is taken over for its hash."""
        self._every_row, read = every_row, 0
        for label in self._schema.nodes:
            rows = self._named(label, _counted(self._nodes(store, label, progress), progress))
            number = self._insert("node_present", ((r["id"], label, r["content_hash"], _files(r)) for r in rows))
            read += number
            if number:
                self._has.add(label)
        for label in self._schema.nodes:
            if label in self._has:
                ours = self._ours(label, _counted(self._claims(store, label, progress), progress))
                self._insert("claim_stored", (_present_claim(label, row) for row in ours))
            else:
                self._all_apart("claim", "from_label", label)
        (twice,) = self._database.execute(
            f"SELECT count(*) FROM main.node WHERE {_AGAIN.format(stored='node_present', table='node')}"
        ).fetchone()
        self._database.executescript(_BESIDE)
        (present,) = self._database.execute("SELECT count(*) FROM node_present").fetchone()
        self.surplus = read - present + twice + self.nameless.total()

    def taken(self, table: str) -> int:
        """How many of what is staged the store has just so."""
        (number,) = self._database.execute(
            f"SELECT (SELECT count(*) FROM main.{table}) - (SELECT count(*) FROM {table}_apart)"
        ).fetchone()
        return int(number)

    def _nodes(self, store: Store, label: str, progress: Progress) -> Iterable[Row]:
        """The nodes of a label but for those that are as they are staged, which are taken over."""
        if not self._every_row:
            (held,) = store.read(statement(self._schema, "nodes_held", label=label), {"study": self._study})
            if held["number"] == len(held["hashes"]) == held["ids"]:
                staged = self._database.execute("SELECT id, content_hash FROM main.node WHERE label = ?", (label,))
                others, apart = _told_apart(held["hashes"], staged)
                if len(others) <= MOST_OTHERS:
                    self._apart("node", apart)
                    if held["number"]:
                        self._has.add(label)
                    progress.advance(held["number"] - len(others))
                    return self._with(store, "nodes_with", label, others)
        self._all_apart("node", "label", label)
        return store.stream(statement(self._schema, "nodes_present", label=label), {"study": self._study})

    def _claims(self, store: Store, label: str, progress: Progress) -> Iterable[Row]:
        """The relationships that start at a label but for those that are as they are staged, which are taken over."""
        if not self._every_row:
            held = store.read(statement(self._schema, "claims_held", label=label), {"study": self._study})
            ours = [row for row in held if row["type"] in self._types]
            if all(row["number"] == len(row["hashes"]) == row["ids"] == row["ends"] for row in ours):
                hashes = {row["type"]: row["hashes"] for row in ours}
                others, apart = set[str](), list[str]()
                for type_ in self._staged_types(label) | hashes.keys():
                    staged = self._database.execute(
                        "SELECT id, content_hash FROM main.claim WHERE from_label = ? AND type = ?", (label, type_)
                    )
                    also, more = _told_apart(hashes.get(type_, ()), staged)
                    others |= also
                    apart += more
                if len(others) <= MOST_OTHERS:
                    self._apart("claim", [*apart, *self._staged_as(label, others)])
                    progress.advance(sum(map(len, hashes.values())) - len(others))
                    return self._with(store, "claims_with", label, others)
        self._all_apart("claim", "from_label", label)
        return store.stream(statement(self._schema, "claims_present", label=label), {"study": self._study})

    def _staged_types(self, label: str) -> set[str]:
        rows = self._database.execute("SELECT DISTINCT type FROM main.claim WHERE from_label = ?", (label,))
        return {type_ for (type_,) in rows}

    def _staged_as(self, label: str, hashes: Collection[str]) -> list[str]:
        """The ids of claims that are staged under these hashes: the store has them too, but also of another type."""
        if not hashes:
            return []
        text = "SELECT id FROM main.claim WHERE from_label = ? AND content_hash IN (SELECT value FROM json_each(?))"
        return [each for (each,) in self._database.execute(text, (label, json.dumps(sorted(hashes))))]

    def _with(self, store: Store, name: str, label: str, hashes: Collection[str]) -> Iterable[Row]:
        """What the store has under these hashes."""
        if not hashes:
            return ()
        parameters = {"study": self._study, "hashes": sorted(hashes)}
        return store.stream(statement(self._schema, name, label=label), parameters)

    def _apart(self, table: str, ids: Iterable[str]) -> None:
        self._database.executemany(f"INSERT OR IGNORE INTO {table}_apart VALUES (?)", ((each,) for each in ids))

    def _all_apart(self, table: str, kind: str, label: str) -> None:
        self._database.execute(
            f"INSERT OR IGNORE INTO {table}_apart SELECT id FROM main.{table} WHERE {kind} = ?", (label,)
        )

    def _named(self, label: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The nodes that have an id; the others, which no load wrote, are counted."""
        for row in rows:
            if row["id"] is None:
                self.nameless[label] += 1
            else:
                yield row

    def _ours(self, label: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The relationships of a kind that the schema declares; of these, what cannot be a claim is counted.

        Relationships of other types are somebody's own, and left alone.
        """
        for row in rows:
            if row["type"] not in self._types:
                continue
            if row["id"] is None or row["to_id"] is None or row["to_label"] not in self._schema.nodes:
                self.stray[label] += 1
            else:
                yield row

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> int:
        """Insert the rows, those with an id that is there already not; returns how many were given."""
        width = 4 if table == "node_present" else 8
        given = 0

        def counted() -> Iterator[tuple[object, ...]]:
            nonlocal given
            for row in rows:
                given += 1
                yield row

        self._database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * width)})", counted())
        return given


def _told_apart(hashes: Sequence[str], staged: Iterable[tuple[str, str]]) -> tuple[set[str], list[str]]:
    """The hashes that are not staged, or that the store has more than once; and the ids of what is staged under a hash
    that the store does not have just once."""
    left = set(hashes)
    if len(left) == len(hashes):
        once = frozenset(left)
    else:
        once = frozenset(each for each, number in Counter(hashes).items() if number == 1)
    apart = []
    for identity, digest in staged:
        if digest in once:
            left.discard(digest)
        else:
            apart.append(identity)
    return left, apart


def _present_claim(from_label: str, row: Row) -> tuple[object, ...]:
    ends = (from_label, row["from_id"], row["to_label"], row["to_id"])
    return row["id"], row["type"], *ends, row["content_hash"], _files(row)


def _files(row: Row) -> str:
    return json.dumps(row["files"] or [])


def _counted(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    for row in rows:
        progress.advance()
        yield row
