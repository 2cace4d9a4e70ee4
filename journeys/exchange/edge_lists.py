"""Two csv files, of edges and of nodes, with the headings that Gephi, igraph and statnet know."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from journeys.exchange.network import Network, Value
from journeys.exchange.outcome import Written
from journeys.views.tables import safe_cell
from journeys.views.text import written_out

_OF_NODES = ("Id", "Label", "type")
_OF_TIES = ("Source", "Target", "Type", "Id", "Kind", "Label", "Weight")


def write_edge_lists(network: Network, edges: Path, nodes: Path) -> Written:
    """Write the edges and the nodes of a network as csv.

    Empty is what is not recorded. A text that a spreadsheet would run as a formula gets an apostrophe; control
    characters, which a terminal obeys and at which readers of csv may stop, are written out (``\\x00``).
    """
    columns = tuple(network.node_types)
    _write(
        nodes,
        (*_OF_NODES, *columns),
        ((node.id, node.name, node.type, *(node.values.get(each) for each in columns)) for node in network.nodes()),
    )
    columns = tuple(network.tie_types)
    _write(
        edges,
        (*_OF_TIES, *columns),
        (
            (
                tie.start,
                tie.end,
                "Directed" if tie.directed else "Undirected",
                tie.id,
                tie.relation,
                tie.phrase,
                tie.weight,
                *(tie.values.get(each) for each in columns),
            )
            for tie in network.ties()
        ),
    )
    return Written()


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value | None]]) -> None:
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return safe_cell(written_out(value)) if isinstance(value, str) else str(value)
