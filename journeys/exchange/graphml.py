"""GraphML (Brandes, Eiglsperger, Herman, Himsolt and Marshall, 2002), which most programs for networks read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from journeys.exchange.network import Network, Tie, Value, ValueType
from journeys.exchange.outcome import Written
from journeys.exchange.xml_text import XmlText
from journeys.model.exports import MADE_BY

_TYPES = {
    ValueType.TEXT: "string",
    ValueType.INTEGER: "long",
    ValueType.NUMBER: "double",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "string",
}
_OF_NODES = {"name": ValueType.TEXT, "type": ValueType.TEXT}
_OF_TIES = {"relation": ValueType.TEXT, "phrase": ValueType.TEXT, "weight": ValueType.NUMBER}
_MIXED = {"directed": ValueType.BOOLEAN}


def write_graphml(network: Network, path: Path) -> Written:
    """Write a network as GraphML; returns sentences on what was changed.

    Every claim or tie is an edge of its own. Where some ties have a direction and others have none, all are written
    as directed, with ``directed`` false for those: most programs refuse both in one file.
    """
    text = XmlText()
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        file.writelines(f"{line}\n" for line in _lines(network, text))
    mixed = ("Ties without a direction are written as edges from one to the other, with directed = false.",)
    return Written((*text.said(), *(mixed if network.directed is None else ())))


def _lines(network: Network, text: XmlText) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    about = " ".join(filter(None, [network.title + ".", network.about, MADE_BY]))
    yield f"<desc>{text(about)}</desc>"
    node_types = {**_OF_NODES, **network.node_types}
    tie_types = {**_OF_TIES, **(_MIXED if network.directed is None else {}), **network.tie_types}
    node_ids = {name: f"n{number}" for number, name in enumerate(node_types)}
    tie_ids = {name: f"e{number}" for number, name in enumerate(tie_types)}
    yield from _declared("node", node_types, node_ids, text)
    yield from _declared("edge", tie_types, tie_ids, text)
    yield f'<graph edgedefault="{"undirected" if network.directed is False else "directed"}">'
    for node in network.nodes():
        held = {"name": node.name, "type": node.type, **node.values}
        yield f'<node id="{text(node.id)}">{_data(held, node_ids, text)}</node>'
    for tie in network.ties():
        ends = f'source="{text(tie.start)}" target="{text(tie.end)}"'
        yield f'<edge id="{text(tie.id)}" {ends}>{_data(_held(tie, network), tie_ids, text)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _held(tie: Tie, network: Network) -> dict[str, Value]:
    mixed: dict[str, Value] = {"directed": tie.directed} if network.directed is None else {}
    return {"relation": tie.relation, "phrase": tie.phrase, "weight": tie.weight, **mixed, **tie.values}


def _declared(what: str, types: Mapping[str, ValueType], ids: Mapping[str, str], text: XmlText) -> Iterator[str]:
    for name, type_ in types.items():
        yield f'<key id="{ids[name]}" for="{what}" attr.name="{text(name)}" attr.type="{_TYPES[type_]}"/>'


def _data(values: Mapping[str, Value], ids: Mapping[str, str], text: XmlText) -> str:
    return "".join(f'<data key="{ids[name]}">{_written(value, text)}</data>' for name, value in values.items())


def _written(value: Value, text: XmlText) -> str:
    return str(value).lower() if isinstance(value, bool) else text(value)
