"""Read many forms in several processes at once, where there are processors for them.

The processes are this program's own (``python -m journeys.interpret.kept.reading_process``) and not those of
``multiprocessing``, which would run a user's script once more in each of them on macOS and Windows.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from journeys.model.own_process import own_process

File = tuple[str, str]
"""A path, and the name by which messages call the file."""

_PROCESS = "journeys.interpret.kept.reading_process"
AT_LEAST = 60
"""Files for each process: below, its start takes longer than it saves."""
_MOST = 8


def processes_for(files: int) -> int:
    """In how many processes so many files are read; 0 where this one is as quick."""
    number = min(_processors(), _MOST, files // AT_LEAST)
    return number if number > 1 else 0


def read_side_by_side(study: Path, files: Sequence[File]) -> Iterator[tuple[File, str | None, bytes]]:
    """Each file with the hash of what was read and its text (see ``form_text``), in the order in which they are done.

    The hash is None for a file that could not be read, or that cannot be kept: whoever reads it again finds out why.
    Nothing comes of files for which no processes are started, and of those that a broken process had.
    """
    number = processes_for(len(files))
    if not number:
        return
    waiting: queue.SimpleQueue[File] = queue.SimpleQueue()
    for file in files:
        waiting.put(file)
    done: queue.SimpleQueue[tuple[File, str | None, bytes] | None] = queue.SimpleQueue()
    with contextlib.ExitStack() as started:
        running = 0
        for _ in range(number):
            try:
                child = started.enter_context(_Child(study))
            except OSError:  # no more processes may be started
                break
            threading.Thread(target=_serve, args=(child, waiting, done), daemon=True).start()
            running += 1
        while running:
            read = done.get()
            if read is None:
                running -= 1
            else:
                yield read


def _serve(
    child: _Child,
    waiting: queue.SimpleQueue[File],
    done: queue.SimpleQueue[tuple[File, str | None, bytes] | None],
) -> None:
    """Give a process one file after the other until none is waiting."""
    try:
        while True:
            file = waiting.get_nowait()
            done.put((file, *child.read(file)))
    except (queue.Empty, OSError, ValueError):
        pass
    finally:
        done.put(None)


class _Child:
    """A process that reads forms; it ends with the block, and when this process ends."""

    def __init__(self, study: Path) -> None:
        self._process = subprocess.Popen(
            own_process(_PROCESS, str(study)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def read(self, file: File) -> tuple[str | None, bytes]:
        """The hash of a file and its text. Raises OSError or ValueError when the process is broken."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(file).encode() + b"\n")
        self._process.stdin.flush()
        head = json.loads(self._process.stdout.readline())
        text = self._process.stdout.read(head["bytes"])
        if len(text) != head["bytes"]:
            raise ValueError("the process ended")
        return head["sha256"], text


def _processors() -> int:
    """How many processors this process may use."""
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
