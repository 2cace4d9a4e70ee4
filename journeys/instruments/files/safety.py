"""Open files from other people: size limits, and messages in plain words when the system refuses to read."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO

from journeys.model.problems import Address, Problem, Report, Severity, UnreadableFile

MAX_TEXT = 1_000_000
"""Longest text, in characters, that one cell, line or JSON string may hold. Excel itself stops at 32,767."""

_PORTION = 1 << 20
_LOCK_PREFIXES = ("~$", ".~lock.")


def is_lock_file(path: PurePath) -> bool:
    """Whether ``path`` is a lock file that Excel, Word or LibreOffice keep beside an open file; it holds no data."""
    return path.name.startswith(_LOCK_PREFIXES)


def unreadable(kind: str, address: Address, message: str, remedy: str) -> UnreadableFile:
    """The error for a file that cannot be read at all, ready to raise."""
    return UnreadableFile(Problem(kind, address, message, remedy))


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn the system's refusals inside the block into UnreadableFile for the file called ``name``."""
    address = Address(name)
    try:
        yield
    except FileNotFoundError as error:
        raise unreadable(
            "no_such_file",
            address,
            "the file does not exist; it may have been moved or deleted.",
            "Check the name, or restore the file.",
        ) from error
    except IsADirectoryError as error:
        raise _is_folder(address) from error
    except PermissionError as error:
        raise unreadable(
            "not_permitted",
            address,
            "this computer does not allow the file to be read.",
            "Close it in Excel or Word if it is open there, or ask its owner for permission to read it.",
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise unreadable(
            "not_readable",
            address,
            f"the file could not be read to its end ({reason}).",
            "Copy it to this computer and try again.",
        ) from error


def open_binary(path: Path, *, name: str) -> BinaryIO:
    """Open a regular file for reading bytes. Raises UnreadableFile for a folder, a device, an empty or absent file."""
    address = Address(name)
    with reading(name):
        try:
            status = path.stat()
        except ValueError as error:  # a name with a NUL character
            raise unreadable(
                "no_such_file", address, "this is not a valid file name.", "Check the name of the file."
            ) from error
        if stat.S_ISDIR(status.st_mode):
            raise _is_folder(address)
        if not stat.S_ISREG(status.st_mode):
            raise unreadable(
                "not_a_file", address, "this is a device or a pipe, not a file.", "Save the data in a file."
            )
        if status.st_size == 0:
            raise unreadable(
                "empty_file",
                address,
                "the file is empty (0 bytes).",
                "Save it again in the program it was made with, or delete it.",
            )
        return path.open("rb")


def read_bytes(path: Path, *, name: str, limit: int) -> bytes:
    """All bytes of a file of at most ``limit`` bytes. Raises UnreadableFile."""
    with reading(name), open_binary(path, name=name) as stream:
        portions: list[bytes] = []
        size = 0
        while size <= limit and (portion := stream.read(_PORTION)):  # in one go, memory for the limit is taken first
            portions.append(portion)
            size += len(portion)
    if size > limit:
        raise unreadable(
            "too_large",
            Address(name),
            f"the file is larger than {limit // 1_000_000} MB.",
            "Split it into smaller files, or save tables as CSV, which has no such limit.",
        )
    return b"".join(portions)


def _is_folder(address: Address) -> UnreadableFile:
    message = "this is a folder, not a file."
    return unreadable("is_a_folder", address, message, "Name the file inside it, or rename the folder.")


def control_characters(address: Address) -> Problem:
    """The warning that invisible control characters were left out at ``address``."""
    return Problem(
        "control_characters",
        address,
        "invisible control characters were left out.",
        "Type the text again, or paste it without formatting.",
        Severity.WARNING,
    )


class ProblemLimiter:
    """Passes the first ``limit`` problems of each kind on, counts the rest, and says at the end how many there were."""

    def __init__(self, report: Report, address: Address, *, limit: int = 20) -> None:
        self._report = report
        self._address = address
        self._limit = limit
        self._counts: Counter[tuple[str, Severity]] = Counter()

    def __call__(self, problem: Problem) -> None:
        """Pass ``problem`` on, or count it."""
        key = (problem.kind, problem.severity)
        self._counts[key] += 1
        if self._counts[key] <= self._limit:
            self._report(problem)

    def finish(self) -> None:
        """Say, for each kind that had more, how many more."""
        for (kind, severity), count in self._counts.items():
            if count > self._limit:
                message = f"the same problem ({kind.replace('_', ' ')}) in {count - self._limit:,} more places."
                self._report(Problem(kind, self._address, message, "Correct it there too.", severity))
        self._counts.clear()
