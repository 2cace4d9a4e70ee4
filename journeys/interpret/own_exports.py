"""The program's own pages, pictures and tables, known again when they lie among a study's files."""

from __future__ import annotations

from pathlib import Path

from journeys.instruments.files.safety import read_bytes
from journeys.instruments.files.workbook import MAX_FILE
from journeys.instruments.files.workbook_parts import custom_properties
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.exports import EXPORT_PROPERTY, MADE_BY, NODE_COLUMNS, TIE_COLUMNS
from journeys.model.problems import UnreadableFile

_LOOKED_THROUGH = 8_000_000
"""Bytes of a page; the sentence stands below the data, which is long."""
_MARKED = (".html", ".htm", ".svg")
_HEADINGS = frozenset(",".join(columns) for columns in (NODE_COLUMNS, TIE_COLUMNS))


def is_own_export(path: Path) -> bool:
    """Whether this program wrote a file as a result: a page, a picture, a network's csv, a workbook of answers.

    No for a file that cannot be read: reading it says why.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _MARKED and path.is_file():
            with path.open("rb") as file:
                return MADE_BY.encode() in file.read(_LOOKED_THROUGH)
        if suffix == ".csv" and path.is_file():
            with path.open("rb") as file:
                first = file.readline(1000)
            # A spreadsheet that saved the file again may have put a mark before it, and semicolons into it.
            return first.decode("utf-8-sig").strip().replace(";", ",").replace('"', "") in _HEADINGS
        if suffix == ".xlsx" and path.is_file():
            data = read_bytes(path, name=path.name, limit=MAX_FILE)
            return EXPORT_PROPERTY in custom_properties(ZipPackage(data, name=path.name))
    except (OSError, UnreadableFile, UnicodeDecodeError):
        return False
    return False
