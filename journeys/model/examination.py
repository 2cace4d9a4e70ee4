"""What was tried on a machine, and whether it works."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["works", "missing", "fails"]
"""``missing``: not there, and the program works without it; ``fails``: something that is needed does not work."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was tried: what it is, whether it works, what was seen, and what to do where it does not."""

    what: str
    state: State
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was tried, in order."""

    results: tuple[Examined, ...]

    @property
    def sound(self) -> bool:
        """Whether everything that is needed works."""
        return all(each.state != "fails" for each in self.results)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: ``sound``, and each thing with its state."""
        return {"sound": self.sound, "results": [asdict(each) for each in self.results]}
