"""Error values of newer programs (#SPILL!, #GETTING_DATA), of which the library that reads the values knows nothing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from journeys.instruments.files.zip_package import ZipPackage

_ERROR_CELL = re.compile(
    rb"""(<(?:\w+:)?c\b[^>]*\bt=["']e["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>)([^<]*)""", re.DOTALL
)
_KNOWN = {b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"}


def with_known_errors(package: ZipPackage, data: bytes, parts: Iterable[str]) -> bytes:
    """The workbook with every error that is not one of the seven old ones as #VALUE!; as it is where there is none."""
    changed: dict[str, bytes] = {}
    for part in parts:
        if part in package and any(b't="e"' in chunk or b"t='e'" in chunk for chunk in package.stream(part)):
            written = b"".join(package.stream(part))
            known = _ERROR_CELL.sub(lambda m: m[1] + (m[2] if m[2].strip() in _KNOWN else b"#VALUE!"), written)
            if known != written:
                changed[part.lower()] = known
    if not changed:
        return data
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changed.get(entry.filename.lower()) or old.read(entry))
    return made.getvalue()
