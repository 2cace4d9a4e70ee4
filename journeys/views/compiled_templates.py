"""Compiled templates, kept where Python keeps compiled modules: to compile them all takes half a second."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import sys
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from journeys.model.kept_beside import keep, read_kept


class CompiledTemplates(BytecodeCache):
    """Compiled templates beside the modules of the program, under the same settings of Python (``-B`` and so on).

    Where nothing can be written, templates are compiled each time.
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
        code = read_kept(self._templates / bucket.key, bucket.checksum)
        if code is not None:
            with contextlib.suppress(ValueError, EOFError, TypeError):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        keep(self._templates / bucket.key, bucket.checksum, marshal.dumps(bucket.code))
