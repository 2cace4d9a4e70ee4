"""What is done with a file that cannot be read at all, and the hash by which a file that was read is known again."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

from journeys.interpret.inputs import is_file
from journeys.model.problems import Address, Problem, UnreadableFile


class Unreadable:
    """Context around the reading of one file: an unreadable file is reported, and reading goes on."""

    def __init__(self, note: Callable[[str, Problem], None], name: str) -> None:
        self._note, self._name = note, name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, UnreadableFile):
            self._note(self._name, error.problem)
            return True
        if isinstance(error, OSError):
            remedy = "Close it in other programs, see that it is still there, and try again."
            message = f"The file cannot be read ({error.strerror or error})."
            self._note(self._name, Problem("unreadable", Address(self._name), message, remedy))
            return True
        return False


def sha256(path: Path) -> str:
    """The hash of a file's bytes; raises OSError when it cannot be read, or is a device or a pipe."""
    if not is_file(path) and path.exists():  # a pipe would be waited for
        raise OSError(errno.EINVAL, "this is not a file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
