"""Digests of a graph, by which equal graphs are known without comparing them node by node."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping

GraphDigest = Mapping[str, tuple[int, str]]
"""For each node label and each stored type of claim how many there are, and the digest of their content hashes.

A content hash is of all that is stored of a node or claim with its id, of which a claim's ends are a part.
"""


def digest_of(hashes: Iterable[str]) -> str:
    """The digest of content hashes in any order."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def staged_digest(database: sqlite3.Connection) -> GraphDigest:
    """The digest of what is staged, after it was settled."""
    found: dict[str, tuple[int, str]] = {}
    for table, kind in (("node", "label"), ("claim", "type")):
        for (name,) in database.execute(f"SELECT DISTINCT {kind} FROM {table}").fetchall():
            rows = database.execute(f"SELECT content_hash FROM {table} WHERE {kind} = ?", (name,))
            hashes = [digest for (digest,) in rows]
            found[name] = len(hashes), digest_of(hashes)
    return found
