"""Every byte of a folder, also inside zip packages, and the names of all files and parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path


def every_byte(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Where each run of bytes stands, and the bytes: files, the parts of packages in packages, and all their names."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield name, name.encode()
        if path.is_file():
            yield from _inside(name, path.read_bytes())


def _inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield f"{name} (comment)", package.comment
            for part in package.infolist():
                yield f"{name}!{part.filename}", part.filename.encode() + part.comment
                yield from _inside(f"{name}!{part.filename}", package.read(part))


def places_of(words: list[str], folder: Path) -> list[str]:
    """Where any of some words stands, whatever its case, as UTF-8 or UTF-16."""
    wanted = [each for word in words for each in (word.casefold().encode(), word.casefold().encode("utf-16-le"))]
    return [name for name, content in every_byte(folder) if any(each in content.lower() for each in wanted)]
