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
    """What becomes of a feature in a format; ``words`` say more of it, always where it is changed."""

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


_ALL_KEPT = dict.fromkeys(FEATURES, KEPT)

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "gexf",
            "gexf",
            "GEXF 1.3",
            "Gephi and NetworkX",
            {
                **_ALL_KEPT,
                "parallel claims": Cell(How.KEPT, "Gephi merges edges of one kind unless its import is told not to"),
                "direction": changed("where some ties have a direction, the others are two edges, there and back"),
                "uncertain dates": Cell(How.KEPT, "also as the time of the edge, which Gephi's timeline plays"),
            },
        ),
        Format(
            "graphml",
            "graphml",
            "GraphML",
            "igraph, NetworkX, yEd, Cytoscape, Gephi and visone",
            {
                **_ALL_KEPT,
                "direction": changed(
                    "where some ties have a direction, the others are directed too, marked directed = false"
                ),
            },
        ),
        Format(
            "pajek",
            "net",
            "a .net file",
            "Pajek, igraph, NetworkX, Gephi and UCINET",
            {
                **dict.fromkeys(FEATURES, LOST),
                "nodes": changed("names alone, made different where two are alike"),
                "parallel claims": KEPT,
                "direction": changed("arcs, and edges for ties without a direction; a reader may take these for arcs"),
                "polarity": changed("a negative value of the line where it contests; support and neither are positive"),
                "codes": changed("codes and passages are vertices, and lines between them have the label CODED_AS"),
            },
        ),
        Format(
            "csv",
            "csv",
            "two csv files, edges and nodes",
            "Gephi, igraph and statnet in R, and spreadsheets",
            {**_ALL_KEPT, "notes": Cell(How.KEPT, "a text that begins like a formula gets an apostrophe")},
            beside=("-nodes.csv",),
        ),
        Format(
            "hif",
            "hif.json",
            "HIF, meetings as hyperedges",
            "XGI, HyperNetX and NetworkX with nx-hif",
            {
                **dict.fromkeys(FEATURES, LOST),
                "nodes": changed("meetings are hyperedges; the others are there if they were at one"),
                "parallel claims": changed("one incidence of a meeting and a node, with the ids of all claims"),
                "notes": changed("those of nodes and meetings; not those of claims"),
                "sources": changed("the ids of the claims alone"),
                "uncertain dates": changed("those of the meetings"),
            },
            of_networks=False,
        ),
        Format(
            "ocel",
            "ocel.json",
            "OCEL 2.0",
            "PM4Py, OCPA and other programs of process mining",
            {
                **_ALL_KEPT,
                "parallel claims": changed("one event for each happening, with the ids of all claims that report it"),
                "direction": changed("the objects of an event are its who, its what and its meeting"),
                "uncertain dates": changed(
                    "the time of an event is its first possible day; both bounds are attributes"
                ),
                "polarity": changed("of each event"),
                "quotations": changed("those of all sources of an event, as one text"),
                "codes": changed("objects; which passages have them is a relation of objects"),
                "notes": changed("those of nodes; not those of claims"),
                "sources": changed("the ids of the claims, how many sources, and the modes"),
            },
            of_networks=False,
        ),
    )
}
"""The formats of networks, by name."""

CONFORMANCE: dict[str, Mapping[str, Cell]] = {f"`export {each.name}`": each.features for each in FORMATS.values()}
"""The rows of docs/conformance.md: what each format keeps, going out or coming in."""
