"""Pajek's .net (Batagelj and Mrvar, 1998): numbered vertices with names, arcs and edges with a value and a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from journeys.exchange.network import Network, Tie
from journeys.exchange.outcome import Written
from journeys.model.characters import NOT_SHOWN
from journeys.model.identity import short_id


def write_pajek(network: Network, path: Path) -> Written:
    """Write a network for Pajek; returns sentences on what was changed.

    Names are made different where two are alike, because programs tell vertices apart by them. The value of a line is
    its weight, negative where it contests; its label is the relation. Lines without a direction are edges, the others
    arcs.
    """
    names = Counter(_label(node.name).casefold() for node in network.nodes())
    numbers: dict[str, int] = {}
    alike = 0
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        file.write(f"*Vertices {network.node_count}\n")
        for number, node in enumerate(network.nodes(), start=1):
            numbers[node.id] = number
            label = _label(node.name)
            if names[label.casefold()] > 1 or not label:
                alike += 1
                label = _label(f"{node.name} ({node.type} {short_id(node.id)})")
            file.write(f'{number} "{label}"\n')
        for heading, directed in (("*Arcs", True), ("*Edges", False)):
            if network.directed in (directed, None):
                file.write(f"{heading}\n")
                file.writelines(_lines(network, numbers, directed))
    if not alike:
        return Written()
    share = "1 node shares its name" if alike == 1 else f"{alike:,} nodes share their name"
    return Written((f"{share} with another: it is followed by the id.",))


def _lines(network: Network, numbers: dict[str, int], directed: bool) -> Iterator[str]:
    for tie in network.ties():
        if tie.directed is directed:
            yield f'{numbers[tie.start]} {numbers[tie.end]} {_value(tie)} l "{_label(tie.relation)}"\n'


def _value(tie: Tie) -> int:
    return -tie.weight if tie.values.get("polarity") == -1 else tie.weight


def _label(text: str) -> str:
    return " ".join(NOT_SHOWN.sub(" ", text.replace('"', "'")).split())
