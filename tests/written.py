"""Forms, registers and new study folders that many tests start from: made once in a process, then copied.

The functions are those of the product, with the same arguments. A test that is about the writing calls the product's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeys.instruments import forms, registers
from journeys.interpret import new_study as new

_made: dict[object, tuple[dict[str, bytes], object]] = {}
"""The files by what was asked for. What it was asked with is kept, so that no other object gets its id."""


def write_form(instrument: Any, path: Path, schema: Any, **options: Any) -> None:
    """Write a form, as :func:`journeys.instruments.forms.write_form` does."""
    key = (path.suffix, id(instrument), id(schema), repr(options))
    _copied(path, key, (instrument, schema), lambda made: forms.write_form(instrument, made, schema, **options))


def write_registers(path: Path, schema: Any, entries: Any = (), **options: Any) -> None:
    """Write the registers, as :func:`journeys.instruments.registers.write_registers` does."""
    rows = list(entries)
    key = (path.suffix, id(schema), repr(rows), repr(options))
    _copied(path, key, schema, lambda made: registers.write_registers(made, schema, rows, **options))


def new_study(folder: Path, *, title: str) -> None:
    """Make a study folder, as :func:`journeys.interpret.new_study.new_study` does."""
    _copied(folder, ("study", title), None, lambda made: new.new_study(made, title=title))


def _copied(path: Path, key: object, kept: object, make: Callable[[Path], None]) -> None:
    if key not in _made:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / path.name
            make(made)
            files = [made] if made.is_file() else [file for file in made.rglob("*") if file.is_file()]
            _made[key] = ({file.relative_to(made).as_posix(): file.read_bytes() for file in files}, kept)
    for name, content in _made[key][0].items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
