"""A lock that the operating system releases when its holder ends, however it ends."""

from __future__ import annotations

import contextlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from journeys.model.private_files import private_file

if TYPE_CHECKING:
    from filelock import FileLock

_PAUSE = 0.02


class OsLock:
    """An exclusive lock on a file, held by this process until ``release``.

    Who has it stands in a file beside it: the locked one cannot be read by others on Windows.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._holder = path.with_name(f"{path.name}.holder")

    @cached_property
    def _lock(self) -> FileLock:
        from filelock import FileLock  # takes long, and an engine that runs is reached without a lock

        return FileLock(self.path, thread_local=False)

    def acquire(self, holder: str = "") -> bool:
        """Take the lock without waiting; False when another process has it. ``holder`` says who has it."""
        return self.wait(0, holder)

    def wait(self, seconds: float, holder: str = "") -> bool:
        """Take the lock as soon as it is free; False when it is not within ``seconds``. Raises OSError."""
        from filelock import Timeout

        self.path.parent.mkdir(parents=True, exist_ok=True)
        private_file(self.path)
        try:
            self._lock.acquire(timeout=seconds, poll_interval=_PAUSE)
        except Timeout:
            return False
        private_file(self._holder).write_text(holder, encoding="utf-8")
        return True

    def holder(self) -> str:
        """What the present holder said of itself; empty when that cannot be read."""
        try:
            return self._holder.read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._lock.is_locked:
            # First the name: afterwards it may be another's.
            with contextlib.suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()
