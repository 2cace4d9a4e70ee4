"""Files and folders that are there for a moment only: written aside and renamed when whole, and gone with their owner.

A process that is killed leaves them behind. Each lies in a folder with a lock that its owner holds, which the operating
system releases however the owner ends; ``remove_left_behind`` removes those that nobody holds.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from journeys.model.links_out import refuse_links_out

PARTS = ".journeys-part-"
"""What the names of folders begin with in which files are written aside."""
TEMPORARY = "journeys-"
"""What the names of our folders in the system's folder of temporary files begin with."""
_HELD, _FILES = ".in-use", "files"
_TRIES = 5
_TOGETHER: dict[Path, Path] = {}
"""Folders in which many files are being written, with the folders in which these are written aside."""
_DEEP = 5
_NOT_LOOKED_INTO = frozenset({"engine", "engine.filling", "engine.replaced", "logs", ".git"})


@contextmanager
def scratch_folder(prefix: str, inside: Path | None = None) -> Iterator[Path]:
    """A folder for the time of the block, for its owner alone: in ``inside``, or among the system's temporary files.

    There ``prefix`` has to begin with "journeys-". Raises OSError where none can be made.
    """
    parent = inside or Path(tempfile.gettempdir())
    with ExitStack() as held:
        folder = _made(parent, prefix, held)
        try:
            yield folder / _FILES
        finally:
            held.close()
            shutil.rmtree(folder, ignore_errors=True)


def _made(parent: Path, prefix: str, held: ExitStack) -> Path:
    """Make a folder and take its lock. One that is made may be swept away before it is locked: then another is made."""
    from filelock import FileLock, Timeout  # takes long, and what only reads makes no files

    for tries_left in reversed(range(_TRIES)):
        folder = parent / f"{prefix}{uuid.uuid4().hex[:10]}"
        folder.mkdir(0o700)
        lock = FileLock(folder / _HELD, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            with contextlib.suppress(OSError):
                folder.rmdir()
            if not tries_left:
                raise
            continue
        held.callback(lock.release)
        (folder / _FILES).mkdir()
        return folder
    raise AssertionError


@contextmanager
def aside(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Files to write into, one for each of ``paths`` and called like it; they take its place when the block ends well.

    Makes the folders. If anything goes wrong in the block, or the process is killed, what was there before stays.
    Raises OSError with the name of the file that cannot be written, LinkInTheWay.
    """
    for folder in {path.parent for path in paths}:
        refuse_links_out(folder)
    with ExitStack() as opened:
        made: dict[Path, Path] = {}
        for folder in dict.fromkeys(path.parent for path in paths):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                made[folder] = opened.enter_context(scratch_folder(PARTS, folder))
            except OSError as error:  # not the name of a folder that nobody knows
                raise OSError(error.errno, error.strerror, str(folder)) from error
        unfinished = tuple(made[path.parent] / path.name for path in paths)
        yield unfinished
        for part, path in zip(unfinished, paths, strict=True):
            try:
                part.replace(path)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(path)) from error


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all: text as UTF-8, with line ends as they are.

    Makes its folder. A link is followed, and a file keeps its permissions. Raises OSError, LinkInTheWay.
    """
    refuse_links_out(path)
    target = path.resolve() if path.is_symlink() else path
    with _aside_together(target) or aside(target) as (part,):
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        with contextlib.suppress(OSError):
            shutil.copymode(target, part)


@contextmanager
def written_together(folder: Path) -> Iterator[None]:
    """Have one folder for all that ``write_whole`` writes below ``folder`` in the block: ten times as quick for many
    small files. Raises OSError, LinkInTheWay."""
    refuse_links_out(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with scratch_folder(PARTS, folder) as parts:
        _TOGETHER[folder] = parts
        try:
            yield
        finally:
            del _TOGETHER[folder]


def _aside_together(target: Path) -> AbstractContextManager[tuple[Path, ...]] | None:
    parts = next((parts for folder, parts in list(_TOGETHER.items()) if target.is_relative_to(folder)), None)
    return _renamed(parts / uuid.uuid4().hex, target) if parts is not None else None


@contextmanager
def _renamed(part: Path, target: Path) -> Iterator[tuple[Path, ...]]:
    target.parent.mkdir(parents=True, exist_ok=True)
    yield (part,)
    part.replace(target)


def remove_parts_in(folder: Path) -> None:
    """Remove the files that a killed process was writing aside in this folder, but not below it."""
    for each in _folders(folder, PARTS):
        _remove(each)


def remove_left_behind(study: Path, work: Path, prefixes: Sequence[str]) -> None:
    """Remove what killed processes left in a study folder and among the system's temporary files.

    In ``work`` also folders that begin with one of ``prefixes``. What a living process holds stays.
    """
    for name in prefixes:
        for folder in _folders(work, name):
            _remove(folder)
    for folder in _parts(study, _DEEP):
        _remove(folder)
    for folder in _folders(Path(tempfile.gettempdir()), TEMPORARY):
        # Other programs may call theirs so too; and that of another account may not even be looked into.
        with contextlib.suppress(OSError):
            if (folder / _HELD).is_file():
                _remove(folder)


def _folders(parent: Path, prefix: str) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            return [Path(each) for each in entries if each.name.startswith(prefix) and _is_folder(each)]
    except OSError:
        return []


def _parts(folder: Path, deep: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            folders = [each for each in entries if _is_folder(each)]
    except OSError:
        return
    for each in folders:
        if each.name.startswith(PARTS):
            yield Path(each)
        elif deep and each.name not in _NOT_LOOKED_INTO:
            yield from _parts(Path(each), deep - 1)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _remove(folder: Path) -> None:
    """Remove a folder unless its owner holds it."""
    from filelock import FileLock, Timeout

    held = folder / _HELD
    with contextlib.suppress(OSError, Timeout):
        if held.is_symlink():  # a lock is opened for writing, and this would be somebody else's file
            held.unlink()
        with FileLock(held, timeout=0, thread_local=False):
            # On Windows the lock file itself goes last, when it is closed.
            for each in folder.iterdir():
                if each.is_dir() and not each.is_symlink():
                    shutil.rmtree(each, ignore_errors=True)
                elif each.name != _HELD:
                    each.unlink(missing_ok=True)
            if os.name != "nt":
                shutil.rmtree(folder, ignore_errors=True)
        if os.name == "nt":
            shutil.rmtree(folder, ignore_errors=True)
