"""What was worked out from a file of the program, kept where Python keeps compiled modules.

What is kept is to be trusted as far as the program is, so nothing of a study is kept so. Where nothing can be written,
or Python must not write (``-B``), it is worked out each time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from importlib.util import cache_from_source
from pathlib import Path


def read_kept(source: Path, checksum: str) -> bytes | None:
    """What is kept of a file, if it was kept under the same checksum; None where it was not."""
    with contextlib.suppress(OSError):
        held, _, content = _place(source).read_bytes().partition(b"\n")
        if held == checksum.encode():
            return content
    return None


def keep(source: Path, checksum: str, content: bytes) -> None:
    """Keep what was worked out from a file, with the rights of that file."""
    if sys.dont_write_bytecode:
        return
    place = _place(source)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        if not place.parent.is_dir():
            place.parent.mkdir(parents=True)
            shutil.copymode(source.parent, place.parent)
        try:
            part.write_bytes(checksum.encode() + b"\n" + content)
            shutil.copymode(source, part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)


def _place(source: Path) -> Path:
    return Path(cache_from_source(str(source)))
