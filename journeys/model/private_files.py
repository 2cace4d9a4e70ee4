"""Files and folders for their owner alone; in a study folder that is shared on purpose, for its group.

A folder is shared on purpose when its group may write in it and hands the group on to what is made there (on Linux and
macOS ``chmod g+ws``): the usual settings of no system set both. On Windows the rights of the folder above hold.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from journeys.model.unfinished import aside

_SHARED = stat.S_IWGRP | stat.S_ISGID


def is_shared(folder: Path) -> bool:
    """Whether a folder is shared with its group on purpose; False for one that is not there."""
    try:
        return sys.platform != "win32" and folder.stat().st_mode & _SHARED == _SHARED
    except OSError:
        return False


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it that are missing, for its owner alone or as the folder around it is shared.

    Returns it. One with wider rights, as older versions made it, is closed with all that is in it. Raises OSError.
    """
    if not path.parent.exists():
        private_folder(path.parent)
    shared = is_shared(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    wanted = stat.S_ISGID | 0o770 if shared else 0o700
    if sys.platform != "win32":
        held = path.stat()
        if stat.S_IMODE(held.st_mode) != wanted and held.st_uid == os.geteuid():
            set_rights(path, shared=shared)
    return path


def private_file(path: Path) -> Path:
    """Make an empty file for its owner alone, or as its folder is shared, where none is there yet; returns it.

    Raises OSError.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if is_shared(path.parent):
            path.chmod(0o660)
    return path


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file as ``private_file`` makes it, in its folder, whole or not at all. Raises OSError."""
    private_folder(path.parent)
    with aside(path) as (part,):
        private_file(part).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        if is_shared(path.parent):
            part.chmod(0o660)


def keep_private(folder: Path) -> None:
    """Have all that this process makes from now on be for its owner alone, or as ``folder`` is shared."""
    os.umask(0o007 if is_shared(folder) else 0o077)


def set_rights(folder: Path, *, shared: bool) -> None:
    """Give a folder and all in it the rights of private or of shared files, as far as they are this account's.

    The folder itself comes last, so that it is done again when it was interrupted. Links are not followed.
    """
    group = folder.parent.stat().st_gid if shared else -1
    for above, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            _set(Path(above, name), group, shared=shared)
    _set(folder, group, shared=shared)


def _set(path: Path, group: int, *, shared: bool) -> None:
    with contextlib.suppress(OSError):
        if path.is_symlink():
            return
        if sys.platform != "win32" and group != -1 and path.stat().st_gid != group:
            os.chown(path, -1, group)
        if path.is_dir():
            path.chmod(stat.S_ISGID | 0o770 if shared else 0o700)
        else:
            path.chmod(0o660 if shared else 0o600)
