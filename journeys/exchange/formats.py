"""The formats that a study or a network can be exported in, and what each keeps, changes or loses.

docs/conformance.md is made from this list, and tests/exchange/test_conformance.py proves each cell of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FEATURES: Mapping[str, str] = {
    "nodes": "Nodes with their names, types and properties",
    "parallel claims": "Two sources that say the same are two edges",
    "direction": "Who did it to whom; ties without a direction stay so",
    "polarity": "Whether a claim supports or contests",
    "uncertain dates": "The first and the last day on which it may have happened, and the words",
    "quotations": "The quotation behind each claim",
    "codes": "Codes, and the passages that have them",
    "notes": "Notes of the team on nodes and claims",
    "sources": "Source, mode, confidence and form cell of each claim",
}
"""What a format may keep, with its meaning."""


class How(StrEnum):
    """What becomes of a feature."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Cell:
    """What becomes of a feature in a format; ``words`` say how it is changed."""

    how: How
    words: str = ""


KEPT = Cell(How.KEPT)
LOST = Cell(How.LOST)


def changed(words: str) -> Cell:
    """A feature that is there in another way."""
    return Cell(How.CHANGED, words)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, the ending of its files, what it is, who reads it.

    ``beside`` are the further files that belong to one, by what is added to its name. ``features`` has a cell for
    each of FEATURES. ``of_networks`` tells whether an actor network can be written in it too.
    """

    name: str
    ending: str
    title: str
    readers: str
    features: Mapping[str, Cell]
    beside: tuple[str, ...] = ()
    of_networks: bool = True

    @property
    def lost(self) -> str:
        """What has no place in it, in a sentence; nothing where everything has."""
        gone = [feature for feature, cell in self.features.items() if cell.how is How.LOST]
        listed = f"{', '.join(gone[:-1])} and {gone[-1]}" if len(gone) > 1 else "".join(gone)
        return f"A .{self.ending} file has no place for {listed}." if gone else ""


_LIST = "where there are several, one text with semicolons between them"
_ALL_KEPT = dict.fromkeys(FEATURES, KEPT)

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "gexf",
            "gexf",
            "GEXF 1.3",
            "Gephi, NetworkX",
            {
                **_ALL_KEPT,
                "direction": changed("ties without a direction are mutual where others have one"),
                "uncertain dates": changed("also as the time (spell) of the edge, which Gephi's timeline plays"),
            },
        ),
    )
}
"""The formats of networks, by name."""
