"""The expected contents of the engine's folder: counted after a load, compared whenever the engine starts.

An engine whose schema files are lost or unreadable opens an empty database without an error; the counts reveal it. The
engine does not notice bytes altered in place: when it stops, a checksum of each file is noted, and compared before it
starts again.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from journeys.model.private_files import write_private
from journeys.store.embedded.paths import DATABASE, Layout


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
    held = _noted(layout).get(what)
    return held if isinstance(held, dict) else {}


LARGEST_SEALED = 300_000_000
"""Bytes: the checksums of a larger store would be felt whenever it is opened. `journeys store check` reads it all."""


def seal(layout: Layout) -> None:
    """Note the checksums of the files of an engine that has stopped, if what it holds is known."""
    held = _noted(layout)
    files = _sealed_files(layout)
    if held and sum(path.stat().st_size for path in files) <= LARGEST_SEALED:
        held["sums"] = {path.name: _checksum(path) for path in files}
        write_private(layout.contents, json.dumps(held))


def altered(layout: Layout) -> str:
    """Which of the engine's files is not as the engine left it, in words; empty when none is, or nothing was noted.

    What was noted is taken away: an engine that runs changes its files, and may be killed.
    """
    held = _noted(layout)
    sums = held.pop("sums", None)
    if not isinstance(sums, dict):
        return ""
    files = {path.name: path for path in _sealed_files(layout)}
    for name, checksum in sums.items():
        if name not in files or _checksum(files[name]) != checksum:
            return f"its file {name} is missing or was altered"
    with contextlib.suppress(OSError):  # in a folder that may only be read, the start of the engine says so
        write_private(layout.contents, json.dumps(held))
    return ""


def _sealed_files(layout: Layout) -> list[Path]:
    return [path for path in sorted(layout.database.glob("*")) if path.is_file() and ".lock" not in path.name]


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while portion := file.read(1 << 20):
            checksum = zlib.crc32(portion, checksum)
    return checksum


def _noted(layout: Layout) -> dict[str, Any]:
    try:
        held = json.loads(layout.contents.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def forget(layout: Layout) -> None:
    """Forget the expected contents, because a load is about to change them."""
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
