"""A lock that the operating system releases when its holder ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import IO, Self

_PAUSE = 0.02


class OsLock:
    """An exclusive lock on a file, held by this process until ``release``; its text tells people who has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def acquire(self, holder: str = "") -> bool:
        """Take the lock without waiting; False when another process has it. ``holder`` says who has it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        if not _lock(file):
            file.close()
            return False
        file.seek(0)
        file.truncate()
        file.write(holder)
        file.flush()
        self._file = file
        return True

    def wait(self, seconds: float, holder: str = "") -> bool:
        """Take the lock as soon as it is free; False when it is not within ``seconds``."""
        until = time.monotonic() + seconds
        while not self.acquire(holder):
            if time.monotonic() > until:
                return False
            time.sleep(_PAUSE)
        return True

    def holder(self) -> str:
        """What the present holder said of itself; empty when that cannot be read."""
        try:
            return self.path.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        # A byte far past the end, so that others can still read who holds it.
        file.seek(1 << 20)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        os.set_inheritable(file.fileno(), False)
        return True
