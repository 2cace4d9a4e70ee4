"""What is kept of a settled graph until the next reading: ids, ends, hashes and files, and few values.

Values are kept of what the claims of other files are settled by: meetings, sources, documents and their ties. And what
was read is kept of those nodes and claims that several files speak of, and of claims from which others are inferred.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from journeys.model.schema import Schema

NODES_SETTLED_BY = ("Meeting", "DataSource", "Document")
CLAIMS_SETTLED_BY = ("OF_DOCUMENT", "OF_MEETING")

_COUNT = """
CREATE TABLE said AS SELECT id, count(*) AS number FROM description GROUP BY id
UNION ALL SELECT id, count(*) FROM written GROUP BY id;
CREATE INDEX said_of ON said (id);
"""


def note_said(database: sqlite3.Connection, schema: Schema) -> None:
    """Note, before what was read is dropped, how often each node and claim was said, and the rows that are kept."""
    database.executescript(_COUNT)
    for table in ("description", "written"):
        where = rows_kept(schema, table)
        database.execute(f"CREATE TABLE kept_{table} AS SELECT * FROM {table} WHERE {where} ORDER BY rowid")


def rows_kept(schema: Schema, table: str) -> str:
    """The condition, in SQL, of rows of ``description`` or ``written`` that are kept."""
    several = f"id IN (SELECT id FROM {table} GROUP BY id HAVING count(DISTINCT file) > 1)"
    return several if table == "description" else f"({basis_of_others(schema)}) OR {several}"


def basis_of_others(schema: Schema) -> str:
    """The condition, in SQL, of rows of ``written`` from which other claims are inferred."""
    kinds = ", ".join(f"'{kind.name}'" for kind in schema.claims.values() if kind.implies)
    return f"at_meeting IS NOT NULL AND kind IN ({kinds})"


_NODE = "id, label, properties, content_hash, files"
_CLAIM = "id, type, from_label, from_id, to_label, to_id, properties, content_hash, files"
_TABLES = """
CREATE TABLE kept.node (
    id TEXT PRIMARY KEY, label TEXT, properties TEXT, content_hash TEXT, files TEXT, said INTEGER
) WITHOUT ROWID;
CREATE TABLE kept.claim (
    id TEXT PRIMARY KEY, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    properties TEXT, content_hash TEXT, files TEXT, said INTEGER
) WITHOUT ROWID;
CREATE TABLE kept.description AS SELECT * FROM main.kept_description;
CREATE TABLE kept.written AS SELECT * FROM main.kept_written;
"""
_COPY = """
INSERT INTO kept.{table}
SELECT {columns}, (SELECT number FROM said WHERE said.id = main.{table}.id) FROM main.{table} ORDER BY id
"""
_INDEXES = """
CREATE INDEX kept.claim_group ON claim (from_label, type, to_label);
CREATE INDEX kept.node_label ON node (label);
"""


def keep_graph(database: sqlite3.Connection, path: Path) -> None:
    """Write what is kept of a staging, of which ``note_said`` noted more, into a new SQLite file."""
    database.commit()
    database.execute("ATTACH DATABASE ? AS kept", (str(path),))
    try:
        database.execute("PRAGMA kept.journal_mode = OFF")
        database.execute("PRAGMA kept.synchronous = OFF")
        database.executescript(_TABLES)
        for table, columns, kind, by in (
            ("node", _NODE, "label", NODES_SETTLED_BY),
            ("claim", _CLAIM, "type", CLAIMS_SETTLED_BY),
        ):
            names = ", ".join(f"'{name}'" for name in by)
            some = columns.replace("properties", f"CASE WHEN {kind} IN ({names}) THEN properties END")
            database.execute(_COPY.format(table=table, columns=some))
        database.commit()
        database.executescript(_INDEXES)
        database.commit()
    finally:
        database.execute("DETACH DATABASE kept")


Row = tuple[Any, ...]
"""A row of ``node`` or ``claim`` as it is kept."""


def kept_rows(database: sqlite3.Connection, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """The rows of a kept graph with these ids, without their values and with how often each was said."""
    columns = (_NODE if table == "node" else _CLAIM).replace("properties, ", "")
    text = f"SELECT {columns}, said FROM {table} WHERE id = ?"
    found = (database.execute(text, (each,)).fetchone() for each in ids)
    return {row[0]: row for row in found if row is not None}
