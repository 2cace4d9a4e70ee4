"""How the library says how far it is; whoever shows it to a person decides how."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each stage of a long piece of work, and of how far it is."""

    def stage(self, what: str, total: int | None = None) -> None:
        """A stage begins: ``what`` in a few words, ``total`` units of it where the number is known."""

    def advance(self, units: int = 1) -> None:
        """Some units of the present stage are done."""


class NoProgress:
    """Shows nothing."""

    def stage(self, what: str, total: int | None = None) -> None:
        """Nothing is shown."""

    def advance(self, units: int = 1) -> None:
        """Nothing is shown."""
