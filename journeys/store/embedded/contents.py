"""What the engine's folder should hold: counted when a load is done, compared whenever the engine starts.

An engine whose schema files were lost, or that may not read them, opens an empty database over the same data without a
word. The counts tell.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from journeys.store.embedded.paths import DATABASE, Layout, write_private


def counts(database: Any) -> dict[str, int]:
    """The records of each type that has any, as an open database of the engine counts them."""
    found = {str(row.get("name")): int(row.get("records") or 0) for row in database.query("sql", _TYPES)}
    return {name: number for name, number in sorted(found.items()) if number}


_TYPES = "SELECT name, records FROM schema:types"


def remember(layout: Layout, held: Mapping[str, int]) -> None:
    """Note what the store holds, as the end of a load, and how large its files are."""
    write_private(layout.contents, json.dumps({"records": dict(held), "bytes": _sizes(layout)}))


def _sizes(layout: Layout) -> dict[str, int]:
    """The sizes of the files that hold records, and the names of their properties: they only grow."""
    files = (path for kind in ("bucket", "dict") for path in layout.database.glob(f"*.{kind}"))
    return {path.name: path.stat().st_size for path in sorted(files)}


def cut_short(layout: Layout) -> str:
    """Which of the engine's files lost a part since the last load, in words; empty when none did."""
    now = _sizes(layout)
    for name, size in _expected(layout, "bytes").items():
        if now.get(name, -1) < size:
            return f"its file {name} is missing or was cut short"
    return ""


def _expected(layout: Layout, what: str) -> dict[str, int]:
    try:
        held: dict[str, int] = json.loads(layout.contents.read_text(encoding="utf-8"))[what]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return held


def forget(layout: Layout) -> None:
    """Expect nothing for now: a load is about to change what the store holds."""
    layout.contents.unlink(missing_ok=True)


def difference(server: Any, layout: Layout) -> str:
    """How a started engine differs from what its last load left, in words; empty when it does not."""
    expected = _expected(layout, "records")
    if not expected:
        return ""
    held = counts(server.get_database(DATABASE))
    for name in sorted({*expected, *held}):
        if expected.get(name, 0) != held.get(name, 0):
            return f"it holds {held.get(name, 0)} of {name}, where the last load left {expected.get(name, 0)}"
    return ""


def unusable_files(layout: Layout) -> list[Path]:
    """The engine's files that this account may not read and write: another account of the machine made them."""
    return [path for path in _files(layout.engine) if not os.access(path, os.R_OK | os.W_OK)]


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, and each folder below it that may not be looked into."""
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except PermissionError:
        yield folder
        return
    for path in entries:
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
