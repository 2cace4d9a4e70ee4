"""Recognise the program's own pages, pictures and tables among a study's files."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import re
import zipfile
from functools import lru_cache
from pathlib import Path

from journeys.instruments.files.safety import read_bytes
from journeys.instruments.files.workbook import MAX_FILE
from journeys.instruments.files.workbook_parts import CUSTOM_PROPERTIES, custom_properties
from journeys.instruments.files.zip_package import ZipPackage
from journeys.interpret.folder import WORK_FOLDER, StudyFolder
from journeys.model.exports import (
    EXPORT_PROPERTY,
    FIRST_JSON_NAMES,
    MADE_BY,
    MEASURE_COLUMNS,
    NODE_COLUMNS,
    QUESTION_COLUMNS,
    TIE_COLUMNS,
)
from journeys.model.private_files import write_private
from journeys.model.problems import UnreadableFile
from journeys.model.resources import UNASKED, resource_folder

_WRITTEN = "written.txt"
_REMEMBERED = 2_000
_LOOKED_THROUGH = 8_000_000
"""Bytes of a page; the sentence stands below the data, which is long."""
_MARKED = (".html", ".htm", ".svg", ".js")
_JSON = (".json", ".jsonl", ".ndjson")
_BEGINNING = 200_000
"""Bytes of a table in which an id, or the names of its first row, are looked for."""
_CUSTOM = 100_000
"""Bytes of the custom properties of a workbook that are looked through before it is opened."""
_CLAIM = re.compile(r"\bclaim:[0-9a-f]{24}\b")
_JSON_NAME = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_RETURNED = re.compile(r"^// returns:\n((?://(?:   .*)?\n)+)", re.MULTILINE)
_COLUMN = re.compile(r"^//   (\w+):", re.MULTILINE)


def remember_export(folder: StudyFolder, content: bytes) -> None:
    """Note that a result was written, by which it is known again even if it bears no mark: an empty list, a table
    without ids.

    Nothing is noted in a folder that may only be read.
    """
    _remember(folder, _digest(content))


def remember_exported_file(folder: StudyFolder, path: Path) -> None:
    """Note that a file was written, which may be too large for memory."""
    with contextlib.suppress(OSError):
        _remember(folder, _digest_of(path))


def _remember(folder: StudyFolder, digest: str) -> None:
    with contextlib.suppress(OSError):
        path = folder.work / _WRITTEN
        kept = path.read_text(encoding="ascii", errors="ignore").split() if path.is_file() else []
        if digest not in kept:
            write_private(path, "\n".join([*kept[-_REMEMBERED:], digest, ""]))


def remembered_exports(folder: StudyFolder) -> frozenset[str]:
    """What was noted of the results that were written."""
    try:
        return frozenset((folder.path / WORK_FOLDER / _WRITTEN).read_text(encoding="ascii", errors="ignore").split())
    except OSError:
        return frozenset()


def _digest(content: bytes) -> str:
    return f"{len(content)}-{hashlib.sha256(content).hexdigest()}"


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return f"{path.stat().st_size}-{hashlib.file_digest(file, 'sha256').hexdigest()}"


def is_own_export(path: Path, remembered: frozenset[str] = frozenset()) -> bool:
    """Whether this program wrote a file as a result: a page, a picture, a table (csv or json), a workbook of answers.

    ``remembered`` is what was noted of results when they were written. No for a file that cannot be read: reading it
    says why.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _MARKED and path.is_file():
            with path.open("rb") as file:
                return MADE_BY.encode() in file.read(_LOOKED_THROUGH)
        if suffix in (".csv", *_JSON) and path.is_file():
            with path.open("rb") as file:
                beginning = file.read(_BEGINNING).decode("utf-8-sig", errors="ignore")
            if _CLAIM.search(beginning):  # no other program makes such ids
                return True
            if _is_own_json(beginning) if suffix in _JSON else _is_own_heading(beginning):
                return True
            size = f"{path.stat().st_size}-"
            return any(each.startswith(size) for each in remembered) and _digest_of(path) in remembered
        if suffix == ".xlsx" and path.is_file() and _may_bear_the_mark(path):
            data = read_bytes(path, name=path.name, limit=MAX_FILE)
            return EXPORT_PROPERTY in custom_properties(ZipPackage(data, name=path.name))
    except (OSError, UnreadableFile, UnicodeDecodeError):
        return False
    return False


def _may_bear_the_mark(path: Path) -> bool:
    """Whether the custom properties of a workbook hold the name of the mark, as far as one look at that part says.

    Almost every workbook is a form, and all parts of a workbook are only checked for one that may be ours.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = [each for each in package.infolist() if each.filename.lower() == CUSTOM_PROPERTIES.lower()]
            if not parts or parts[0].file_size > _CUSTOM:
                return bool(parts)
            with package.open(parts[0]) as part:
                # Without the zero bytes of UTF-16.
                return EXPORT_PROPERTY.encode() in part.read(_CUSTOM).replace(b"\0", b"")
    except Exception:  # a damaged file: the complete check says so
        return True


def _is_own_heading(text: str) -> bool:
    """Whether the first line names the columns of a result; a spreadsheet that saved it may have put semicolons."""
    line = next(iter(text.splitlines()), "")
    rows = csv.reader([line], delimiter=";" if line.count(";") > line.count(",") else ",")
    try:
        return frozenset(next(rows, [])) in _tables()
    except csv.Error:
        return False


def _is_own_json(text: str) -> bool:
    """Whether the names of the first object are those of a result."""
    names = [found[1] for found in _JSON_NAME.finditer(text)]
    if not text.lstrip().startswith(("[", "{")):
        return False
    if any(names[: len(first)] == list(first) for first in FIRST_JSON_NAMES):
        return True
    row = text[: text.find("}") + 1]
    return frozenset(found[1] for found in _JSON_NAME.finditer(row)) in _tables()


@lru_cache(maxsize=1)
def _tables() -> frozenset[frozenset[str]]:
    """The columns of every table of results that is known before it is made."""
    listed = [NODE_COLUMNS, TIE_COLUMNS, QUESTION_COLUMNS, MEASURE_COLUMNS]
    for path in resource_folder("cypher").rglob("*.cypher"):
        if path.parent.name in UNASKED:  # never a result, and "id, name" may be anybody's table
            continue
        for found in _RETURNED.finditer(path.read_text(encoding="utf-8")):
            listed.append(tuple(_COLUMN.findall(found[1])))
    return frozenset(map(frozenset, listed))
