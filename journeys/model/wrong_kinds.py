"""What lies in the folder for the store is a file where the program keeps a file, and a folder where it keeps one."""

from __future__ import annotations

from pathlib import Path

from journeys.model.problems import JourneysError

_FILES = (".json", ".lock")
"""Endings of what is a file. Kept readings (.sqlite) and the last log are done without when they cannot be opened."""
_FOLDERS = ("engine", "engine.filling", "engine.replaced", "logs")


class WrongKind(JourneysError):
    """A folder stands where the program keeps a file, or the other way round."""


def refuse_wrong_kinds(work: Path) -> None:
    """Raise WrongKind where the folder for the store is a file, or something in it is a file or folder and should not
    be: a copy or a synchronisation that went wrong leaves such things."""
    try:
        if work.exists() and not work.is_dir():
            raise _wrong(work, "file", "folder")
        held = sorted(work.iterdir()) if work.is_dir() else []
    except PermissionError:
        return  # who may not read it is told so where it is needed
    for path in held:
        if path.suffix in _FILES and path.is_dir():
            raise _wrong(path, "folder", "file")
        if path.name in _FOLDERS and not path.is_dir():
            raise _wrong(path, "file", "folder")


def _wrong(path: Path, there: str, kept: str) -> WrongKind:
    advice = f"Delete that {there}, and run `journeys load`: what is missing is made again from your forms."
    return WrongKind(f"{path} is a {there}, and the program keeps a {kept} there. {advice}")
