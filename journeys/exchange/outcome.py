"""What an export or an import did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer of a format tells: sentences on what was changed, and what the file holds, if not everything."""

    said: tuple[str, ...] = ()
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that an export wrote, the first of them the one asked for.

    ``held`` says in a few words what they hold ("143 nodes and 812 claims"); ``said`` are sentences on what the format
    has no place for, and on what was changed or left out.
    """

    files: tuple[Path, ...]
    held: str
    said: tuple[str, ...] = ()
