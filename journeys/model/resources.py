"""Where the files that ship with the package are: in a checkout beside ``journeys/``, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

UNASKED = ("load", "lookup", "reading", "search")
"""Folders of ``cypher`` that hold no questions: the loader's statements, and what other parts look up."""

_PACKAGE = Path(__file__).resolve().parent.parent


def resource_folder(name: str) -> Path:
    """The folder ``schema``, ``cypher`` or ``docs``; raises FileNotFoundError when the installation lacks it."""
    for candidate in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The installation of evidence-journeys is incomplete: it has no folder {name!r}.")


def is_shipped(path: Path) -> bool:
    """Whether a file lies in the folder ``schema`` that ships with the package."""
    return path.is_relative_to(resource_folder("schema"))
