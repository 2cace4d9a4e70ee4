"""Names for files that the program writes: forms, reports, exports and pages all take theirs from here."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 80
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows the dot."""


def file_stem(text: str, *, ascii_only: bool = False, taken: set[str] | None = None) -> str:
    """Make a file name, without its ending, of any text: one folder deep and valid on every system.

    Letters, digits, ``.``, ``-`` and ``_`` stay (with ``ascii_only``, those of ASCII); anything else becomes a hyphen.
    The result has 1 to 80 characters. With ``taken``, it differs from every name in it, case aside, and is added.
    """
    text = unicodedata.normalize("NFKC", text)
    if ascii_only:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = _NOT_IN_NAMES.sub("-", text)[:_LONGEST].strip("-._") or "unnamed"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    if taken is None:
        return stem
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem[: _LONGEST - 8]}-{number}"
    taken.add(name.casefold())
    return name
