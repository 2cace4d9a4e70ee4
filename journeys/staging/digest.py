"""Digests of a graph, by which equal graphs are known without comparing them node by node."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
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
    hashes = defaultdict[str, list[str]](list)
    for table, kind in (("node", "label"), ("claim", "type")):
        # In one walk: there is no index by type, and as many types as a walk each would take seconds.
        for name, digest in database.execute(f"SELECT {kind}, content_hash FROM {table}"):
            hashes[name].append(digest)
    return {name: (len(found), digest_of(found)) for name, found in hashes.items()}
