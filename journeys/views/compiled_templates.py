"""Compiled templates, kept where Python keeps compiled modules: to compile them all takes half a second."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import shutil
import sys
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Compiled templates beside the modules of the program, under the same settings of Python (``-B`` and so on).

    What is kept is to be trusted as far as the program is, so nothing is kept in the folder of a study. Where nothing
    can be written, templates are compiled each time.
    """

    def __init__(self, templates: Path) -> None:
        """``templates`` is the folder of all templates."""
        self._templates = templates

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template: all lie in one folder."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """A digest of the text of a template, and of what compiles it."""
        return hashlib.sha256(f"{version('jinja2')}\0{sys.version}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of a template, if it was compiled from the same text in the same way."""
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            held = self._place(bucket).read_bytes()
            checksum, _, code = held.partition(b"\n")
            if checksum == bucket.checksum.encode():
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        if sys.dont_write_bytecode:
            return
        place = self._place(bucket)
        part = place.with_name(f"{place.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            if not place.parent.is_dir():
                place.parent.mkdir(parents=True)
                shutil.copymode(self._templates, place.parent)
            try:
                part.write_bytes(bucket.checksum.encode() + b"\n" + marshal.dumps(bucket.code))
                shutil.copymode(self._templates / bucket.key, part)
                part.replace(place)
            finally:
                part.unlink(missing_ok=True)

    def _place(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(str(self._templates / bucket.key)))
