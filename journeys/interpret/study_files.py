"""Which files of a study folder belong to the study, and which only lie in it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from journeys.interpret.folder import GUIDE_FOLDER, MADE, OUTSIDE, StudyFolder, printable
from journeys.model.study_names import CODEBOOK_FILE, INSTRUMENT_FOLDER, STUDY_FILE, SUMMARY_TABLES_FILE

_AT_THE_TOP = (STUDY_FILE, CODEBOOK_FILE, SUMMARY_TABLES_FILE)
_FOLDERS = {GUIDE_FOLDER: (".yaml", ".yml"), INSTRUMENT_FOLDER: (".yaml", ".yml"), "cypher": (".cypher",)}
"""Folders of settings, and the files in them that are read."""


class StudyFiles(NamedTuple):
    """The files of a study, by their paths in its folder; ``others`` lie there too, and are not read.

    ``elsewhere`` are files that were read, and lie outside the folder. Both are as addresses call them.
    """

    files: tuple[str, ...]
    others: tuple[str, ...]
    elsewhere: tuple[str, ...]


def study_files(folder: StudyFolder, read: Collection[str]) -> StudyFiles:
    """The files of a study of which ``read`` were read as forms, tables and the like, by the names in addresses."""
    found = {name for name in _AT_THE_TOP if (folder.path / name).is_file()}
    found |= {name for name in read if not name.startswith(OUTSIDE)}
    for inside, endings in _FOLDERS.items():
        paths = sorted((folder.path / inside).rglob("*")) if (folder.path / inside).is_dir() else []
        found |= {folder.name(path) for path in paths if path.suffix in endings and path.is_file()}
    there = {
        printable(path.relative_to(folder.path).as_posix()): path.relative_to(folder.path).as_posix()
        for path in folder.path.rglob("*")
        if path.is_file() and not _is_made(path.relative_to(folder.path))
    }
    kept = sorted(found & there.keys())
    others, elsewhere = sorted(there.keys() - found), sorted(set(read) - set(kept))
    return StudyFiles(tuple(there[name] for name in kept), tuple(others), tuple(elsewhere))


def _is_made(path: Path) -> bool:
    return path.parts[0] in MADE or path.name.startswith(".") or path.name == "README.txt"
