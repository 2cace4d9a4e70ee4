"""The report of one file in a check."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class FileReport:
    """What was read of one file: rows or answers read, and how many of them could not be used.

    ``ignored`` counts what was not read, ``withheld`` what was read and, as sensitive, is not in the graph.
    """

    file: str
    kind: str
    read: int = 0
    rejected: int = 0
    ignored: dict[str, int] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        """How many could be used."""
        return self.read - self.rejected
