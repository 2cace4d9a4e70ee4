"""Find the files of a study folder to read: each once, even if links lead to it, and none outside the folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_OUTSIDE = "This is a symbolic link that leads out of the study folder. It was not followed."
_BROKEN = "This is a symbolic link that leads to nothing, or round in a circle."
_LEFT_OUT = "This is a symbolic link to a place in the study folder that is not read. It was not followed."
_PUT_IT_HERE = "Put the file or folder itself here, or remove the link."


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """A link that was not followed, or a folder that cannot be opened: why, and what to do."""

    path: Path
    message: str
    remedy: str = _PUT_IT_HERE


@dataclass(slots=True)
class Inputs:
    """What a study folder holds that may be read, and which links and folders were left out."""

    files: list[Path] = field(default_factory=list)
    not_followed: list[NotFollowed] = field(default_factory=list)


def find_inputs(root: Path, *, left_out: Callable[[Path], bool], closed: Collection[str]) -> Inputs:
    """The files below ``root``, which is resolved, by name.

    ``left_out`` says of a file or folder that it is none; ``closed`` are names at the top, to which no link leads.

    A link to a file or folder inside ``root`` is followed where what it leads to is not read anyway.
    """
    return _Walk(root, left_out, closed).inputs()


class _Walk:
    def __init__(self, root: Path, left_out: Callable[[Path], bool], closed: Collection[str]) -> None:
        self._root, self._left_out, self._closed = root, left_out, closed
        self._found = Inputs()
        self._seen: set[Path] = set()  # files and folders, resolved
        self._links: list[Path] = []

    def inputs(self) -> Inputs:
        self._folder(self._root)
        # Links come last, so that a file that lies in the folder itself is known by its own name.
        while self._links:
            self._link(self._links.pop(0))
        self._found.not_followed.sort(key=lambda each: each.path)
        return self._found

    def _folder(self, start: Path) -> None:
        for folder, subfolders, files in os.walk(start, onerror=self._cannot_open):
            here = Path(folder)
            self._seen.add(here.resolve())
            subfolders[:] = list(self._kept(here, subfolders))
            for name in self._kept(here, files):
                self._seen.add((here / name).resolve())
                self._found.files.append(here / name)

    def _kept(self, here: Path, names: list[str]) -> Iterator[str]:
        """The names that are neither links nor left out; links are noted for later."""
        for name in sorted(names):
            path = here / name
            if path.is_symlink():
                if not self._left_out(path) or leads_out(path, self._root):
                    self._links.append(path)
            elif not self._left_out(path) and path.resolve() not in self._seen:
                yield name

    def _link(self, link: Path) -> None:
        try:
            target = link.resolve(strict=True)
        except (OSError, RuntimeError):  # a circle is a RuntimeError before Python 3.13
            self._found.not_followed.append(NotFollowed(link, _BROKEN, "Remove it."))
            return
        if target in self._seen:
            return
        if not target.is_relative_to(self._root):
            self._found.not_followed.append(NotFollowed(link, _OUTSIDE))
        elif target.relative_to(self._root).parts[0] in self._closed:
            if self._root.joinpath(
                target.relative_to(self._root).parts[0]
            ).is_dir():  # study.yaml and the registers are read anyway
                self._found.not_followed.append(NotFollowed(link, _LEFT_OUT))
        elif target.is_dir():
            self._folder(link)
        else:
            self._seen.add(target)
            self._found.files.append(link)

    def _cannot_open(self, error: OSError) -> None:
        message = f"This folder cannot be opened ({error.strerror or error})."
        remedy = "See that you may read it, or move it out of the study folder."
        self._found.not_followed.append(NotFollowed(Path(error.filename), message, remedy))


def as_written(path: Path) -> Path:
    """The absolute path, with .. taken away and no link followed."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path has no such method: resolve() follows links


def is_file(path: Path) -> bool:
    """Whether there is such a file; no for a name that is too long, for which ``Path.is_file`` raises before 3.14."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; no for a name that is too long."""
    return os.path.isdir(path)  # noqa: PTH112


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path inside ``root`` stands, by way of a symbolic link, for something outside it."""
    here = as_written(path)
    # Path.resolve() raises for a link that leads round in a circle before 3.13: it leads nowhere, so not out.
    return here.is_relative_to(root) and not Path(os.path.realpath(here)).is_relative_to(root)
