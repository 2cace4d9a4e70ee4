"""The interface through which long work reports its progress; the caller decides how to show it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the stages of a long piece of work and their progress."""

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
