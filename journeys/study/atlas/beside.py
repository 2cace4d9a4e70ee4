"""Parts of a large atlas, each written by another process while this one writes the other pages.

The processes are this program's own (``python -m journeys.study.atlas.beside``) and not those of ``multiprocessing``,
which would run a user's script once more in each of them on macOS and Windows.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, Self, TypeVar

from journeys.model.own_process import look_seldom_for_memory, own_process, reading_what_stays
from journeys.model.progress import NoProgress, Progress
from journeys.model.unfinished import scratch_folder, written_together
from journeys.study.atlas.digests import values_of
from journeys.study.atlas.folder import AtlasFolder, PagesMade

WORTH_A_PROCESS = 10_000
"""So many claims: below, another process takes about as long to start as it saves."""
_TASK, _DONE = "task", "done"

Told_co = TypeVar("Told_co", covariant=True)


class Part(Protocol[Told_co]):
    """Pages that depend on no other pages."""

    def write(self, out: AtlasFolder, progress: Progress) -> Told_co:
        """Write them, and return what the first page needs to know of them. Raises OSError."""


class Beside(Generic[Told_co]):
    """Another process that writes a part of an atlas while the block runs.

    It ends with the block, and with this process, however that ends: nobody else may still write into the atlas.
    """

    def __init__(self, part: Part[Told_co], out: AtlasFolder, claims: int) -> None:
        """``claims`` are those of the study: for a few no other process is started."""
        self._part, self._out, self._opened = part, out, contextlib.ExitStack()
        self._worth_it = claims >= WORTH_A_PROCESS and (os.cpu_count() or 1) > 1
        self._other: subprocess.Popen[bytes] | None = None
        self._told: list[Told_co] = []

    def __enter__(self) -> Self:
        if self._worth_it:
            # No more processes, no place, something that cannot be handed over: all is written here.
            with contextlib.suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
                self._folder = self._opened.enter_context(scratch_folder("journeys-atlas-"))
                with (self._folder / _TASK).open("wb") as task:
                    _HandingOver(task).dump((self._part, self._out.beginning))
                command = own_process(__name__, str(self._folder))
                self._other = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
        return self

    def __exit__(self, *exception: object) -> None:
        if self._other is not None:
            self._other.kill()
            self._other.wait()
            if self._other.stdin is not None:
                self._other.stdin.close()
        self._opened.close()

    def write_here(self, progress: Progress) -> None:
        """Write the part now if no other process does. Raises OSError."""
        if self._other is None:
            self._told = [self._part.write(self._out, progress)]

    def written(self, progress: Progress) -> Told_co:
        """Wait until the part is written, or write it now; returns what ``Part.write`` does. Raises OSError."""
        if self._told:
            return self._told[0]
        if self._other is not None:
            progress.stage("Waiting for other pages")
            if self._other.wait() == 0:
                with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
                    told: Told_co
                    made: PagesMade
                    told, made = pickle.loads((self._folder / _DONE).read_bytes())
                    self._out.add(made)
                    return told
        # If the other process failed, this one may say why.
        return self._part.write(self._out, progress)


class _Ways(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How things of each type are handed over: dataclasses with slots as the values that they are made of.

    Their own way looks up the names of their fields for every one of them, and a study has a million.
    """

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        parts = fields(kind) if is_dataclass(kind) and "__slots__" in vars(kind) else ()
        if not parts or any(each.kw_only or not each.init for each in parts):
            raise KeyError(kind)
        values = values_of(kind)
        self[kind] = lambda held: (kind, values(held))
        return self[kind]


class _HandingOver(pickle.Pickler):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, protocol=5)
        self.dispatch_table = _Ways()


def _write(folder: Path) -> None:
    """Write the part that the task in a folder holds, and leave there what came of it."""
    part: Part[Any]
    with (folder / _TASK).open("rb") as task, reading_what_stays():
        part, beginning = pickle.load(task)
    out = AtlasFolder(*beginning)
    with written_together(out.path):
        told = part.write(out, NoProgress())
    (folder / _DONE).write_bytes(pickle.dumps((told, out.made_so_far), protocol=5))


def _end_with_parent() -> None:
    """End this process when the one that started it has ended: then nobody holds the other end of our input."""
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.buffer, whose lock this thread would still hold at our end
    os._exit(1)


if __name__ == "__main__":
    look_seldom_for_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _write(Path(sys.argv[1]))
