"""Marks of what a reading depends on: the program, the settings of the study, all files of the study, the day.

A mark is a hash: equal marks mean equal input. What a mark leaves out must not matter to what is read.
"""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from journeys.interpret.folder import MADE, StudyFolder
from journeys.interpret.inputs import is_file
from journeys.interpret.own_exports import remembered_exports
from journeys.interpret.unreadable import sha256
from journeys.model.resources import resource_folder
from journeys.model.study_names import IMPORT_FOLDER, STUDY_FILE
from journeys.model.version import __version__

_PACKAGE = Path(__file__).resolve().parents[2]
_OF_THE_PROGRAM = (".py", ".yaml", ".txt", ".json")
_LARGEST_HASHED = 500_000_000
"""Bytes of a file whose content is hashed; of a larger one size and time of the last change count."""


@cache
def program_mark() -> str:
    """Of the program and of the libraries that it reads with: what another version read is not taken over."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    libraries = Path(sysconfig.get_path("purelib"))
    digest.update(str(libraries.stat().st_mtime_ns if libraries.is_dir() else 0).encode())
    for folder in (_PACKAGE, resource_folder("schema")):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _OF_THE_PROGRAM:
                held = path.stat()
                digest.update(f"{path} {held.st_size} {held.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def settings_mark(folder: StudyFolder) -> str:
    """Of the program, and of what a study says about the forms it reads: vocabulary, codebook, instruments, imports.

    Raises OSError for a file that cannot be read.
    """
    imports = folder.path / IMPORT_FOLDER
    own = [folder.path / STUDY_FILE, *folder.ways_of_reading, *([imports] if imports.is_dir() else [])]
    return _digest([program_mark()], _contents(sorted(_files(own)), folder.path))


@dataclass(frozen=True, slots=True)
class StudyMark:
    """Of everything that what a study's files say depends on; ``looks`` are the files' sizes and times when it was
    made, by which a change in the meantime shows.

    ``digest`` is of all of it. Of its parts, ``basis`` is of the program and of links that are not followed, ``day``
    the day, ``exports`` what was noted of results that were written, and ``contents`` the hash of each file.
    """

    digest: str
    looks: tuple[tuple[str, int, int], ...]
    basis: str
    day: str
    exports: frozenset[str]
    contents: Mapping[str, str]


def study_mark(folder: StudyFolder) -> StudyMark:
    """The mark of a study: of the program, of each file by its name and content, and of the day, because dates after
    today are reported. Raises OSError for a file that cannot be read.
    """
    paths, links = _all_files(folder)
    basis = _digest([program_mark(), *sorted(folder.conversions.endings), *links], {})
    day, exports, contents = date.today().isoformat(), remembered_exports(folder), _contents(paths, folder.path)
    digest = _digest([basis, day, *sorted(exports)], contents)
    return StudyMark(digest, tuple(map(_look, paths)), basis, day, exports, contents)


def is_as_marked(folder: StudyFolder, mark: StudyMark) -> bool:
    """Whether the files look as they did when the mark was made, by their names, sizes and times. Raises OSError."""
    return looks_of(folder) == mark.looks


def looks_of(folder: StudyFolder) -> tuple[tuple[str, int, int], ...]:
    """The path, size and time of each file of a study but those we made. Raises OSError."""
    return tuple(map(_look, _all_files(folder)[0]))


def _all_files(folder: StudyFolder) -> tuple[list[Path], list[str]]:
    """Every file of the study folder but those we made; and what is said of links that are not followed."""
    found = folder.inputs()
    others = [path for path in sorted(folder.path.iterdir()) if path.name not in MADE]
    # What a link in the folder leads to is among the inputs; all else is below the folder itself.
    links = [f"{each.path} {each.message}" for each in found.not_followed]
    return sorted({*found.files, *_files(others)}), links


def _look(path: Path) -> tuple[str, int, int]:
    held = path.lstat() if not path.exists() else path.stat()
    return str(path), held.st_size, held.st_mtime_ns


def _digest(said: Iterable[str], contents: Mapping[str, str]) -> str:
    digest = hashlib.sha256("\n".join(said).encode("utf-8", "surrogateescape"))
    for name, content in contents.items():
        digest.update(f"\n{name}\n{content}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _contents(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """The hash of each file by its name: relative to the study folder, or its path."""
    named = ((path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path), path) for path in paths)
    return {name: _content(path) for name, path in named}


def _content(path: Path) -> str:
    """The hash of a file; of a recording and the like, which nobody reads here, its size and time."""
    if not is_file(path):
        return ""
    _, size, time = _look(path)
    return f"{size} {time}" if size > _LARGEST_HASHED else sha256(path)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among the paths and below them; a link to a folder stands for itself, but not at the top."""
    for path in paths:
        if path.is_dir():
            yield from (each for each in path.rglob("*") if each.is_symlink() or not each.is_dir())
        else:
            yield path
