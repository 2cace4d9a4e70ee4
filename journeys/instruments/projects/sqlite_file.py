"""An SQLite file from somebody else, opened to be read only: no extension, no view, no trigger, and within limits."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from journeys.instruments.files.safety import open_binary, unreadable
from journeys.model.problems import Address, UnreadableFile

MAX_DATABASE = 2_000_000_000
_LONGEST_VALUE = 60_000_000
_SECONDS = 120
_STEPS = 100_000
_MAGIC = b"SQLite format 3\0"
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_FUNCTIONS = {"count", "lower", "typeof", "length"}


class SqliteFile:
    """The tables of a database. Raises UnreadableFile for a file that is none, damaged or unsafe."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection, self._name = connection, name
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        self.columns: dict[str, list[str]] = {}
        """The columns of each table, by its name in capitals."""
        for kind, table, sql in self._rows("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')"):
            if kind == "table" and not str(sql or "").upper().lstrip().startswith("CREATE VIRTUAL"):
                found = self._rows(f"PRAGMA table_info({_quoted(str(table))})")
                self.columns[str(table).upper()] = [str(row[1]) for row in found]
        connection.set_authorizer(_only_reading)

    def column(self, table: str, *names: str) -> str | None:
        """The first of ``names`` that is a column of a table, as it is spelt there."""
        spelt = {each.casefold(): each for each in self.columns.get(table.upper(), ())}
        return next((spelt[name.casefold()] for name in names if name.casefold() in spelt), None)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table in the order in which they were written. Raises UnreadableFile."""
        wanted = ", ".join(map(_quoted, columns))
        yield from self._rows(f"SELECT {wanted} FROM {_quoted(table)} ORDER BY rowid")

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        try:
            # `yield from` would close the cursor when somebody has read enough, and of a damaged file that fails too.
            for row in self._connection.execute(query):  # noqa: UP028
                yield row
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise damaged(self._name) from error


@contextmanager
def opened_database(path: Path, *, name: str) -> Iterator[SqliteFile]:
    """The database in a file, for the time of the block; nothing is written beside it either. Raises UnreadableFile."""
    with open_binary(path, name=name) as stream:
        start = stream.read(len(_MAGIC))
    if start != _MAGIC:
        message = "The file is not a database of the Discourse Network Analyzer."
        remedy = "Choose the .dna file that the program saves; a network that it exported cannot be read."
        raise unreadable("wrong_format", Address(name), message, remedy)
    if path.stat().st_size > MAX_DATABASE:
        message = f"The file is larger than {MAX_DATABASE // 1_000_000_000} GB."
        raise unreadable("too_large", Address(name), message, "Export fewer documents.")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise damaged(name) from error
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.text_factory = lambda data: data.decode("utf-8", errors="replace")
        ends = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
        yield SqliteFile(connection, name)
    except sqlite3.Error as error:
        raise damaged(name) from error
    finally:
        connection.close()


def damaged(name: str) -> UnreadableFile:
    """The error for a database that cannot be read to its end."""
    message = "The database is damaged, or was only partly written or copied."
    remedy = "Open it in the program it comes from and save it under another name; or copy it again."
    return unreadable("damaged_file", Address(name), message, remedy)


def _only_reading(action: int, first: str | None, second: str | None, *_: object) -> int:
    allowed = action in _READS and (action != sqlite3.SQLITE_FUNCTION or (second or "").casefold() in _FUNCTIONS)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
