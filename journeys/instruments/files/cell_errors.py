"""Error values of newer programs (#SPILL!, #GETTING_DATA), of which the library that reads the values knows nothing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from journeys.instruments.files.safety import unreadable
from journeys.instruments.files.zip_package import ZipPackage
from journeys.model.problems import Address, UnreadableFile

_ERROR_CELL = re.compile(
    rb"""(<(?:\w+:)?c\b[^<>]*\bt=["']e["'][^<>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>)([^<]*)""", re.DOTALL
)
_KNOWN = {b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"}

_MOST = 100_000


def with_known_errors(package: ZipPackage, data: bytes, parts: Iterable[str]) -> bytes:
    """The workbook with every error that is not one of the seven old ones as #VALUE!; as it is where there is none."""
    changed: dict[str, bytes] = {}
    for part in parts:
        if part in package and any(b't="e"' in chunk or b"t='e'" in chunk for chunk in package.stream(part)):
            written = b"".join(package.stream(part))
            pieces: list[bytes] = []
            position = 0
            for found in _ERROR_CELL.finditer(written):
                if found[2].strip() not in _KNOWN:
                    pieces += (written[position : found.start(2)], b"#VALUE!")
                    position = found.end(2)
                    if len(pieces) > _MOST:
                        raise _too_many(package.file)
            if pieces:
                changed[part.lower()] = b"".join([*pieces, written[position:]])
    if not changed:
        return data
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changed.get(entry.filename.lower()) or old.read(entry))
    return made.getvalue()


def _too_many(file: str) -> UnreadableFile:
    message = "the workbook shows tens of thousands of errors (such as #SPILL!) instead of values."
    return unreadable("too_large", Address(file), message, "Correct its formulas, or save its sheets as CSV.")
