"""A part of a study, settled beside what is kept of the rest: what some files say, and what that makes of the graph.

The part of some forms is settled twice, as they were and as they are now. What it made of the graph before has to be
what is kept; then what it makes of it now can take that place, and nothing else of the graph has changed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from journeys.model.problems import Report
from journeys.model.schema import Schema
from journeys.staging.kept_graph import CLAIMS_SETTLED_BY, NODES_SETTLED_BY, Row, basis_of_others, kept_rows, rows_kept
from journeys.staging.namesakes import TOLD_APART
from journeys.staging.repetitions import Repetitions
from journeys.staging.settle import DATE_PARTS, Beside, Settled, settle

_TABLES = (("node", "description"), ("claim", "written"))

_PAIRS = 100_000
"""Pairs of places that repeat each other, which are kept to compare them."""

_TOUCHED = """
CREATE TEMP TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_at (to_id TEXT, at_meeting TEXT, PRIMARY KEY (to_id, at_meeting)) WITHOUT ROWID;
"""
_OF_OTHERS = """
INSERT INTO main.description SELECT * FROM kept.description
WHERE NOT is_own(file) AND id IN (SELECT id FROM touched) ORDER BY rowid;
INSERT INTO main.written SELECT * FROM kept.written
WHERE NOT is_own(file) AND (
    id IN (SELECT id FROM touched) OR (to_id, at_meeting) IN (SELECT to_id, at_meeting FROM touched_at)
) ORDER BY rowid;
"""


@dataclass(slots=True)
class Touched:
    """What changed forms speak of, or speak of otherwise than they did: nodes and claims by id, and what happened at
    which meeting to what: claims are inferred from that."""

    ids: set[str]
    at: set[tuple[str, str]]


@dataclass(slots=True)
class Part:
    """What some forms say: their rows by id, how often each id is said, what was settled, and which claims of that are
    inferred from what is touched. ``kept`` are the rows of what is touched that are kept."""

    said: dict[str, dict[str, list[Row]]]
    number: dict[str, int]
    settled: dict[str, dict[str, Row]]
    inferred: set[str]
    called: list[Row]
    """What nodes are called whose names are told apart."""
    repetitions: Repetitions
    numbers: Settled
    kept: dict[str, list[Row]]

    def row(self, table: str, identity: str) -> Row | None:
        """What was settled of a node or claim, with its values and how often it was said."""
        row = self.settled[table].get(identity)
        return None if row is None else (*row, self.number.get(identity))

    def is_inferred(self, identity: str) -> bool:
        """Whether something is a claim that nobody said."""
        return identity in self.settled["claim"] and identity not in self.number

    def rows_of(self, kinds: Collection[str]) -> list[Row]:
        """What the forms say of nodes and claims of these kinds."""
        return [row for said in self.said.values() for rows in said.values() for row in rows if row[1] in kinds]


@dataclass(slots=True)
class Replacement:
    """The rows of a kept graph that are other now, None for one that is gone; how many more nodes and claims there are,
    and how many more of these are inferred; and what is kept of the forms' own words."""

    touched: set[str]
    said: dict[str, list[Row]]
    rows: dict[str, dict[str, Row | None]] = field(default_factory=lambda: {"node": {}, "claim": {}})
    more: dict[str, int] = field(default_factory=lambda: {"node": 0, "claim": 0})
    inferred: int = 0


class _PartOf(Beside):
    """Completes a part with what is kept of the rest, for those rules that look beyond a node or claim."""

    def __init__(self, database: sqlite3.Connection, kept: Path, own: frozenset[str], touched: Touched) -> None:
        super().__init__(Repetitions(keep=_PAIRS))
        self._database = database
        database.commit()
        database.execute("ATTACH DATABASE ? AS kept", (str(kept),))
        database.create_function("all_own", 1, lambda files: own.issuperset(orjson.loads(files)), deterministic=True)
        database.create_function("is_own", 1, lambda file: file in own, deterministic=True)
        database.executescript(_TOUCHED)
        database.executemany("INSERT INTO touched VALUES (?)", ((each,) for each in touched.ids))
        database.executemany("INSERT INTO touched_at VALUES (?, ?)", touched.at)
        database.executescript(_OF_OTHERS)

    def complete_nodes(self) -> None:
        """Have the nodes that claims are settled by as all files together describe them."""
        self._database.execute(
            "INSERT OR REPLACE INTO main.node SELECT id, label, properties, content_hash, files FROM kept.node"
            f" WHERE label IN ({_marks(NODES_SETTLED_BY)}) AND NOT all_own(files)"
            " AND id NOT IN (SELECT id FROM touched)",
            NODES_SETTLED_BY,
        )

    def complete_claims(self) -> None:
        """Have the ties by which claims are compared with the dates of their sources."""
        self._database.execute(
            "INSERT OR IGNORE INTO main.claim SELECT id, type, from_label, from_id, to_label, to_id, properties,"
            f" content_hash, files FROM kept.claim WHERE type IN ({_marks(CLAIMS_SETTLED_BY)}) AND NOT all_own(files)"
            " AND id NOT IN (SELECT id FROM touched)",
            CLAIMS_SETTLED_BY,
        )

    def only_own_claims(self) -> None:
        """Take out again what ``complete_claims`` put in."""
        self._database.execute(
            f"DELETE FROM main.claim WHERE type IN ({_marks(CLAIMS_SETTLED_BY)})"
            " AND id NOT IN (SELECT id FROM main.written)",
            CLAIMS_SETTLED_BY,
        )


@dataclass(slots=True)
class PartRead:
    """What some forms say, as it was read: the rows of ``description`` and ``written`` after the rows ``basis`` of what
    the forms are read by (registers) up to ``last``."""

    database: sqlite3.Connection
    schema: Schema
    study: str
    basis: Mapping[str, int]
    last: Mapping[str, int]

    def settle(self, report: Report, kept: Path, own: frozenset[str], touched: Touched) -> Part:
        """Settle it, with what is kept in the file ``kept`` of what other files say of what is touched; ``own`` are the
        files of which everything was read."""
        database = self.database
        beside = _PartOf(database, kept, own, touched)
        try:
            numbers = settle(database, self.schema, self.study, report, beside)
        finally:
            database.commit()
            database.execute("DETACH DATABASE kept")
        said = self.said()
        number: dict[str, int] = {}
        settled: dict[str, dict[str, Row]] = {}
        of_several: dict[str, list[Row]] = {}
        for table, source in _TABLES:
            number.update(database.execute(f"SELECT id, count(*) FROM {source} GROUP BY id"))
            settled[table] = {row[0]: row for row in database.execute(f"SELECT * FROM {table}")}
            rows = self._own(table, "*", rows_kept(self.schema, source))
            of_several[source] = [row for row in rows if row[0] in touched.ids]
        inferred = {
            each
            for each, row in settled["claim"].items()
            if each not in number and not touched.ids.isdisjoint(orjson.loads(row[6])["derived_from"])
        }
        return Part(said, number, settled, inferred, self._called(), beside.repetitions, numbers, of_several)

    def said(self) -> dict[str, dict[str, list[Row]]]:
        """The rows of what the forms say, by table and id."""
        said: dict[str, dict[str, list[Row]]] = {}
        for table, _ in _TABLES:
            found: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self._own(table, "*"):
                found[row[0]].append(row)
            said[table] = dict(found)
        return said

    def at(self, ids: Collection[str]) -> set[tuple[str, str]]:
        """What happened at which meeting to what, by these claims of the forms."""
        rows = self._own("claim", "id, to_id, at_meeting", basis_of_others(self.schema))
        return {(to_id, meeting) for identity, to_id, meeting in rows if identity in ids}

    def _own(self, table: str, columns: str, where: str = "1") -> Iterator[Row]:
        source = dict(_TABLES)[table]
        text = f"SELECT {columns} FROM {source} WHERE rowid > ? AND rowid <= ? AND ({where}) ORDER BY rowid"
        yield from self.database.execute(text, (self.basis[source], self.last[source]))

    def _called(self) -> list[Row]:
        """What nodes are called whose names are told apart."""
        schema = self.schema
        return [
            (label, *row)
            for label in TOLD_APART
            if label in schema.nodes
            for row in sorted(
                set(self._own("node", f"id, json_extract(properties, '$.{schema.nodes[label].display}')",
                              f"label = '{label}'"))
            )
        ]  # fmt: skip


def touched(before: PartRead, now: PartRead, *, differing: bool) -> Touched:
    """What two versions of forms speak of; with ``differing``, what they do not say in just the same way."""
    was, said = before.said(), now.said()
    ids = {
        identity
        for table, _ in _TABLES
        for identity in was[table].keys() | said[table].keys()
        if not differing or was[table].get(identity) != said[table].get(identity)
    }
    return Touched(ids, before.at(ids) | now.at(ids))


def last_rows(database: sqlite3.Connection) -> dict[str, int]:
    """The last rows of what was read, by table."""
    return {
        table: database.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0] for _, table in _TABLES
    }


def replacement(kept: sqlite3.Connection, before: Part, now: Part, by: Touched) -> Replacement | None:
    """What of the kept graph is to be replaced, by what is touched; None where the part alone does not tell.

    That is so where what the part made of the graph before is not what is kept, and where what has changed bears on the
    claims of other files.
    """
    if before.called != now.called:
        return None
    if before.numbers.same_acts or now.numbers.same_acts or _bearing_on_others(before) != _bearing_on_others(now):
        return None
    found = Replacement(by.ids, now.kept)
    for table, _ in _TABLES:
        ids = by.ids.intersection((*before.said[table], *now.said[table]))
        if table == "claim":
            ids |= before.inferred | now.inferred
        held = kept_rows(kept, table, ids)
        for each in ids:
            old, new = before.row(table, each), now.row(table, each)
            if held.get(each) != _without_values(table, old):
                return None
            if old != new:
                found.rows[table][each] = new
                found.more[table] += (new is not None) - (old is not None)
                found.inferred += now.is_inferred(each) - before.is_inferred(each)
    return found


def replace_in_kept(kept: sqlite3.Connection, changes: Replacement, changed: Collection[str]) -> None:
    """Put what the changed files say now in place of what is kept of them."""
    for table, rows in changes.rows.items():
        kept.executemany(f"DELETE FROM {table} WHERE id = ?", ((each,) for each in rows))
        for row in filter(None, rows.values()):
            kept.execute(f"INSERT INTO {table} VALUES ({_marks(row)})", row)
    for table, said in changes.said.items():
        files, ids = (orjson.dumps(sorted(each)).decode() for each in (changed, changes.touched))
        kept.execute(
            f"DELETE FROM {table} WHERE file IN (SELECT value FROM json_each(?))"
            " AND id IN (SELECT value FROM json_each(?))",
            (files, ids),
        )
        for row in said:
            kept.execute(f"INSERT INTO {table} VALUES ({_marks(row)})", row)
    kept.commit()


def _without_values(table: str, row: Row | None) -> Row | None:
    at = 2 if table == "node" else 6
    return None if row is None else (*row[:at], *row[at + 1 :])


def _bearing_on_others(part: Part) -> dict[str, Any]:
    """What other files' claims are settled by: the names and dates of the part's meetings, sources and documents, and
    their ties."""
    found: dict[str, Any] = {}
    for identity in part.said["node"]:
        row = part.settled["node"].get(identity)
        if row is not None and row[1] in NODES_SETTLED_BY:
            held = orjson.loads(row[2])
            found[identity] = [held.get(name) for name in ("name", *DATE_PARTS)]
    for identity in part.said["claim"]:
        row = part.settled["claim"].get(identity)
        if row is not None and row[1] in CLAIMS_SETTLED_BY:
            found[identity] = row[1:6]
    return found


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
