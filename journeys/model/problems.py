"""Problems with an input: where, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS, BEFORE_CUT = 2_000, 1_500
"""The most characters of a message or remedy, and how many of them are from its beginning when it is cut."""


class Severity(StrEnum):
    """How much a problem weighs: an error stops a load, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Address:
    """Where something was written.

    ``file`` is relative to the study folder, with forward slashes. ``sheet`` is the worksheet, or the section of a
    text form; ``cell`` a cell ("C7"), a line ("line 12") or a path into a JSON or YAML file ("[3].motion").
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        return " > ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def at(self, cell: str) -> Address:
        """The same file and sheet, another cell."""
        return Address(self.file, self.sheet, cell)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: an address, what is wrong, and what to write instead.

    ``kind`` is a short stable word ("unknown_name", "bad_date") by which problems are grouped and counted.
    """

    kind: str
    address: Address
    message: str
    remedy: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Cut what a message quotes of a file when it is longer than a person reads."""
        for name in ("message", "remedy"):
            words = getattr(self, name)
            if len(words) > MOST_WORDS:
                object.__setattr__(self, name, f"{words[:BEFORE_CUT]} \u2026 {words[BEFORE_CUT - MOST_WORDS :]}")

    def __str__(self) -> str:
        where = str(self.address)
        said = f"{where}: {self.message}" if where else self.message
        return f"{said} {self.remedy}".rstrip()

    def as_dict(self) -> dict[str, str | None]:
        """A flat mapping for JSON output."""
        return {
            "severity": self.severity.value,
            "kind": self.kind,
            "file": self.address.file,
            "sheet": self.address.sheet,
            "cell": self.address.cell,
            "message": self.message,
            "remedy": self.remedy,
        }


Report = Callable[[Problem], None]
"""Where a reader sends the problems it meets while it goes on reading."""


class JourneysError(Exception):
    """An error that a person can correct; the message says how. No traceback is shown."""

    exit_code = 1


def refuse(problem: Problem) -> None:
    """A ``Report`` for readers that must not go on: raises JourneysError for the first problem."""
    raise JourneysError(str(problem))


class UsageProblem(JourneysError):
    """The command was given in a way that cannot work."""

    exit_code = 2


class UnreadableFile(JourneysError):
    """A file cannot be read at all; carries the problem with its address and remedy."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
