"""Compute the work of a load: the difference between what was read and what the store has, in the staging file."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from journeys.model.progress import Progress
from journeys.model.schema import Schema
from journeys.staging.database import Group, Staging
from journeys.store.connection import Store
from journeys.store.loading.stored_rows import StoredRows

NEW, CHANGED, MOVED, RETYPED, DOUBLED = "new", "changed", "moved", "retyped", "doubled"
"""``moved``: says the same as before, from another cell or file. ``retyped``: a claim that is stored under another type
now, because the team has withdrawn it, or holds it again. ``doubled``: a claim that stands in the store more than once,
which no load of ours leaves behind."""

_TABLES = """
DROP TABLE IF EXISTS temp.claim_present;
DROP TABLE IF EXISTS temp.claim_copy;
DROP TABLE IF EXISTS temp.node_change;
DROP TABLE IF EXISTS temp.claim_change;
CREATE TEMP TABLE claim_present (
    id TEXT PRIMARY KEY, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    content_hash TEXT, files TEXT
) WITHOUT ROWID;
CREATE TEMP TABLE claim_copy (
    id TEXT, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT
);
CREATE TEMP TABLE node_change (id TEXT PRIMARY KEY, change TEXT) WITHOUT ROWID;
CREATE TEMP TABLE claim_change (id TEXT PRIMARY KEY, change TEXT) WITHOUT ROWID;
"""

_TELL_APART = """
INSERT INTO claim_present SELECT * FROM claim_stored GROUP BY id;
INSERT INTO claim_copy SELECT DISTINCT id, type, from_label, from_id, to_label, to_id FROM claim_stored
WHERE id IN (SELECT id FROM claim_stored GROUP BY id HAVING count(*) > 1);
"""

# The first 16 characters of a content hash are of what is said, the rest of where: equal there and different after is
# "moved".
_MARK = """
INSERT INTO {table}_change
SELECT s.id, CASE WHEN p.id IS NULL THEN 'new'
                  {retyped}
                  WHEN substr(p.content_hash, 1, 16) = substr(s.content_hash, 1, 16) THEN 'moved'
                  ELSE 'changed' END
FROM {table}_apart CROSS JOIN main.{table} AS s USING (id) LEFT JOIN {table}_present AS p ON p.id = s.id
WHERE (p.id IS NULL OR p.content_hash IS NOT s.content_hash) AND (in_scope(s.files) OR in_scope(p.files) {named})
{doubled}
"""

_RETYPED = {
    "node": "",
    "claim": "WHEN s.id IN (SELECT id FROM claim_copy) THEN 'doubled' WHEN p.type <> s.type THEN 'retyped'",
}

_DOUBLED = {"node": "", "claim": "OR s.id IN (SELECT id FROM claim_copy)"}

_NAMED = {
    "node": "",
    "claim": "OR (p.id IS NOT NULL AND EXISTS (SELECT 1 FROM node_change AS n WHERE n.id IN ("
    "json_extract(s.properties, '$.source'), json_extract(s.properties, '$.at_meeting'))))",
}
"""A claim holds its source's name and its meeting's name and date: it changes with them, whichever file was loaded."""

_GONE = """
FROM {table}_present AS p LEFT JOIN main.{table} AS s ON s.id = p.id
WHERE s.id IS NULL AND CASE WHEN s.id IS NULL THEN all_in_scope(p.files) END
"""
"""CASE: else SQLite would call the function, which is Python, for all that stays."""


@dataclass(frozen=True, slots=True)
class GoneClaim:
    """A claim in the store that is in no file any more."""

    id: str
    from_id: str
    to_id: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many nodes or claims a load creates, changes, moves (same words, another cell), removes, and leaves."""

    created: int
    changed: int
    moved: int
    removed: int
    unchanged: int

    @property
    def written(self) -> int:
        """How many are written."""
        return self.created + self.changed + self.moved


class Changes:
    """The work of one load. ``scope`` are the files that are loaded; None for all."""

    def __init__(self, staging: Staging, schema: Schema, study: str, scope: Collection[str] | None) -> None:
        self._database = staging.database
        self._stored = StoredRows(staging.database, schema, study)
        self._database.executescript(_TABLES)
        _register_scope(self._database, None if scope is None else frozenset(scope))

    def compare(self, store: Store, progress: Progress, *, every_row: bool = False) -> None:
        """Read what the store has of the study, and mark what of the staging is new, changed or only moved.

        What the store has under a hash that is staged is taken to be what is staged, unless ``every_row`` is asked for.
        """
        (staged,) = self._database.execute(
            "SELECT (SELECT count(*) FROM main.node) + (SELECT count(*) FROM main.claim)"
        ).fetchone()
        progress.stage("comparing with the store", staged)
        self._stored.read(store, progress, every_row=every_row)
        self._database.executescript(_TELL_APART)
        for table in ("node", "claim"):
            self._database.execute(
                _MARK.format(table=table, retyped=_RETYPED[table], named=_NAMED[table], doubled=_DOUBLED[table])
            )
        # A claim to be written needs its ends, whoever describes them. CROSS JOIN: the changes first, which are few.
        self._database.execute(
            "INSERT OR IGNORE INTO node_change SELECT end_id, 'new' FROM ("
            " SELECT from_id AS end_id FROM claim_change CROSS JOIN main.claim USING (id)"
            " UNION SELECT to_id FROM claim_change CROSS JOIN main.claim USING (id))"
            " WHERE end_id IN (SELECT id FROM node_apart) AND end_id NOT IN (SELECT id FROM node_present)"
        )
        self._database.commit()

    def tally(self, table: str) -> Tally:
        """The numbers of ``node`` or ``claim``."""
        by_change = dict(self._database.execute(f"SELECT change, count(*) FROM {table}_change GROUP BY change"))
        (staged,) = self._database.execute(f"SELECT count(*) FROM main.{table}").fetchone()
        (gone,) = self._database.execute("SELECT count(*) " + _GONE.format(table=table)).fetchone()
        created, changed, moved = (by_change.get(change, 0) for change in (NEW, CHANGED, MOVED))
        changed += by_change.get(RETYPED, 0) + by_change.get(DOUBLED, 0)
        return Tally(created, changed, moved, gone, staged - created - changed - moved)

    @property
    def surplus_nodes(self) -> int:
        """How many nodes of the study the store has beyond one for each id."""
        return self._stored.surplus

    @property
    def nameless_nodes(self) -> Counter[str]:
        """How many nodes of each label have no id: no load wrote them."""
        return self._stored.nameless

    @property
    def stray_claims(self) -> Counter[str]:
        """How many relationships of our types start at each label and cannot be claims."""
        return self._stored.stray

    @property
    def surplus_claims(self) -> int:
        """How many relationships of the study the store has beyond one for each claim."""
        (number,) = self._database.execute("SELECT count(*) - count(DISTINCT id) FROM claim_stored").fetchone()
        return int(number) + self.stray_claims.total()

    def mark_altered(self, table: str, ids: Iterable[str]) -> None:
        """Have these nodes or claims written again: the store holds other values of them than it should."""
        self._database.executemany(
            f"INSERT OR IGNORE INTO {table}_change VALUES (?, '{CHANGED}')", ((each,) for each in ids)
        )

    def lacks_values(self) -> bool:
        """Whether the staging lacks the values of a node or claim that is to be written."""
        return any(
            self._database.execute(
                f"SELECT 1 FROM {table}_change JOIN main.{table} USING (id) WHERE properties IS NULL LIMIT 1"
            ).fetchone()
            for table in ("node", "claim")
        )

    def doubled_claims(self) -> Iterator[tuple[Group, list[GoneClaim]]]:
        """The claims that stand in the store more than once, each time they stand there under other ends or types."""
        yield from self._present_claims("FROM claim_copy AS p WHERE 1")

    def present(self, table: str) -> int:
        """How many nodes or claims of the study the store had."""
        (number,) = self._database.execute(f"SELECT count(*) FROM {table}_present").fetchone()
        return int(number) + self._stored.taken(table)

    def groups(self, change: str) -> list[Group]:
        """The groups in which claims are marked so, with how many."""
        rows = self._database.execute(
            "SELECT from_label, type, to_label, count(*) FROM main.claim JOIN claim_change USING (id)"
            " WHERE change = ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            (change,),
        )
        return [Group(*row) for row in rows]

    def labels(self, change: str) -> list[tuple[str, int]]:
        """The labels of which nodes are marked so, with how many."""
        return list(
            self._database.execute(
                "SELECT label, count(*) FROM main.node JOIN node_change USING (id)"
                " WHERE change = ? GROUP BY 1 ORDER BY 1",
                (change,),
            )
        )

    def gone_claims(self) -> Iterator[tuple[Group, list[GoneClaim]]]:
        """The claims to remove, by group."""
        yield from self._present_claims(_GONE.format(table="claim"))

    def retyped_claims(self) -> Iterator[tuple[Group, list[GoneClaim]]]:
        """The claims to take out as they are stored now, because they are written again under another type."""
        yield from self._present_claims(
            f"FROM claim_present AS p JOIN claim_change AS c USING (id) WHERE c.change = '{RETYPED}'"
        )

    def _present_claims(self, which: str) -> Iterator[tuple[Group, list[GoneClaim]]]:
        groups = self._database.execute(
            f"SELECT p.from_label, p.type, p.to_label, count(*) {which} GROUP BY 1, 2, 3"
        ).fetchall()
        for row in groups:
            rows = self._database.execute(
                f"SELECT p.id, p.from_id, p.to_id {which} AND p.from_label = ? AND p.type = ? AND p.to_label = ?"
                " ORDER BY p.from_id, p.to_id, p.id",
                row[:3],
            )
            yield Group(*row), [GoneClaim(*claim) for claim in rows]

    def gone_nodes(self) -> Iterator[tuple[str, list[str]]]:
        """The ids of the nodes to remove if no claim touches them, by label."""
        gone = _GONE.format(table="node")
        for (label,) in self._database.execute(f"SELECT DISTINCT p.label {gone}").fetchall():
            rows = self._database.execute(f"SELECT p.id {gone} AND p.label = ?", (label,))
            yield label, [node_id for (node_id,) in rows]


def _register_scope(database: sqlite3.Connection, scope: frozenset[str] | None) -> None:
    def in_scope(files: str | None) -> bool:
        return files is not None and (scope is None or not scope.isdisjoint(json.loads(files)))

    def all_in_scope(files: str | None) -> bool:
        return scope is None or (files is not None and scope.issuperset(json.loads(files)))

    database.create_function("in_scope", 1, in_scope, deterministic=True)
    database.create_function("all_in_scope", 1, all_in_scope, deterministic=True)
