"""The readings of single files, kept in an SQLite file under the hash of what was read.

Nothing depends on it: a file that is damaged, deleted or busy only means that forms are read again.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from journeys.interpret.kept.own_key import sealed
from journeys.model.private_files import private_file

_TABLE = "CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, content BLOB, seal BLOB) WITHOUT ROWID"
_PATIENCE = 2.0
"""Seconds to wait while another process writes."""
_IN_MEMORY = 8_000_000
"""Bytes of new readings before they are written."""


class Readings:
    """Readings by key. Without a ``path`` and a person's ``key`` they are kept for this process alone."""

    def __init__(self, path: Path | None, key: bytes | None) -> None:
        self._path = path if key is not None else None
        self._key = key or secrets.token_bytes(32)
        self._asked: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._size = 0
        self._database = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def key(self, *parts: str) -> bytes:
        """The key of what was read from these."""
        return sealed(self._key, *(part.encode("utf-8", "surrogateescape") for part in parts))

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key, if it is there and as it was put."""
        self._asked.add(key)
        if key in self._new:
            return self._new[key]
        with self._as_far_as_it_goes():
            row = self._database.execute("SELECT content, seal FROM reading WHERE key = ?", (key,)).fetchone()
            if row is not None and isinstance(row[0], bytes) and row[1] == sealed(self._key, key, row[0]):
                return row[0]
        return None

    def has(self, key: bytes) -> bool:
        """Whether something is kept under a key; ``get`` says whether it can be used."""
        if key in self._new:
            return True
        with self._as_far_as_it_goes():
            return self._database.execute("SELECT 1 FROM reading WHERE key = ?", (key,)).fetchone() is not None
        return False

    def put(self, key: bytes, content: bytes) -> None:
        """Keep a reading."""
        self._asked.add(key)
        self._new[key] = content
        self._size += len(content)
        if self._size > _IN_MEMORY:
            self._write()

    def save(self, *, forget_others: bool) -> None:
        """Write down what was put; with ``forget_others`` nothing else stays than what was asked for or put."""
        self._write()
        with self._as_far_as_it_goes():
            if forget_others:
                self._database.execute("CREATE TEMP TABLE asked (key BLOB PRIMARY KEY) WITHOUT ROWID")
                self._database.executemany("INSERT INTO asked VALUES (?)", ((key,) for key in self._asked))
                self._database.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM asked)")
                self._database.execute("DROP TABLE asked")
            self._database.commit()

    def _write(self) -> None:
        # At once, so that the file is not locked while other forms are read.
        new, self._new, self._size = self._new, {}, 0
        with self._as_far_as_it_goes():
            rows = ((key, content, sealed(self._key, key, content)) for key, content in new.items())
            self._database.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", rows)
            self._database.commit()

    def close(self) -> None:
        """Close the file; what was not saved is lost."""
        with contextlib.suppress(sqlite3.Error):
            self._database.close()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    return self._at(self._path)
                except (sqlite3.Error, OSError) as error:
                    if isinstance(error, sqlite3.OperationalError) or not self._remove():
                        break
        return self._at(None)

    def _at(self, path: Path | None) -> sqlite3.Connection:
        name = "" if path is None else str(private_file(path))  # "": a temporary file of SQLite's own
        database = sqlite3.connect(name, timeout=_PATIENCE)
        try:
            database.execute(_TABLE)
            database.commit()
        except sqlite3.Error:
            database.close()
            raise
        return database

    @contextlib.contextmanager
    def _as_far_as_it_goes(self) -> Iterator[None]:
        """On any error go on with nothing kept: a damaged file is thrown away, one that is busy is left."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            if not isinstance(error, sqlite3.OperationalError):
                self._remove()
            self._path = None
            self._database = self._at(None)

    def _remove(self) -> bool:
        if self._path is None:
            return False
        try:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError:
            return False
        return True
