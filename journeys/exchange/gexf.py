"""GEXF 1.3, the format of Gephi (Bastian, Heymann and Jacomy, 2009; gexf.net)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from journeys.exchange.network import Network, Node, Tie, Value, ValueType
from journeys.exchange.outcome import Written
from journeys.exchange.xml_text import XmlText
from journeys.model.exports import MADE_BY

_TYPES = {
    ValueType.TEXT: "string",
    ValueType.INTEGER: "long",
    ValueType.NUMBER: "double",
    ValueType.BOOLEAN: "boolean",
    ValueType.DATE: "string",  # GEXF has dates for the time of nodes and edges alone
}
_BOTH_WAYS = ("Ties without a direction are two edges, there and back, with directed = false.",)
_MEANING = (
    "The time of an edge is the first and the last day on which it may have happened; an edge without one has no "
    "known date. The kind of an edge is its relation. Lists are texts with semicolons."
)


def write_gexf(network: Network, path: Path) -> Written:
    """Write a network as GEXF 1.3; returns sentences on what was changed.

    Every claim or tie is an edge of its own, with ``kind`` and spells. Where some ties have a direction and others
    have none, those are two edges, there and back: NetworkX refuses undirected edges among directed ones, and Gephi
    takes mutual edges for one-way.
    """
    text = XmlText()
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        file.writelines(f"{line}\n" for line in _lines(network, text))
    return Written((*text.said(), *(_BOTH_WAYS if network.directed is None else ())))


def _lines(network: Network, text: XmlText) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    about = " ".join(filter(None, [network.title + ".", network.about, _MEANING, *network.said]))
    yield f"<meta><creator>{text(MADE_BY)}</creator><description>{text(about)}</description></meta>"
    default = "undirected" if network.directed is False else "directed"
    yield f'<graph defaultedgetype="{default}" mode="dynamic" timeformat="date" timerepresentation="interval">'
    node_types = {"type": ValueType.TEXT, **network.node_types}
    mixed = {"directed": ValueType.BOOLEAN} if network.directed is None else {}
    tie_types = {"relation": ValueType.TEXT, **mixed, **network.tie_types}
    yield from _declared("node", node_types, text)
    yield from _declared("edge", tie_types, text)
    node_ids = {name: f"n{number}" for number, name in enumerate(node_types)}
    tie_ids = {name: f"e{number}" for number, name in enumerate(tie_types)}
    yield f'<nodes count="{network.node_count}">'
    for node in network.nodes():
        yield _node(node, node_ids, text)
    yield "</nodes>"
    yield "<edges>" if mixed else f'<edges count="{network.tie_count}">'
    for tie in network.ties():
        if mixed:
            tie = replace(tie, values={"directed": tie.directed, **tie.values})
        yield _edge(tie, default, tie_ids, text)
        if mixed and not tie.directed:
            yield _edge(replace(tie, id=f"{tie.id} (back)", start=tie.end, end=tie.start), default, tie_ids, text)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _declared(what: str, types: Mapping[str, ValueType], text: XmlText) -> Iterator[str]:
    yield f'<attributes class="{what}" mode="static">'
    for number, (name, type_) in enumerate(types.items()):
        yield f'<attribute id="{what[0]}{number}" title="{text(name)}" type="{_TYPES[type_]}"/>'
    yield "</attributes>"


def _node(node: Node, ids: Mapping[str, str], text: XmlText) -> str:
    values = _values({"type": node.type, **node.values}, ids, text)
    return f'<node id="{text(node.id)}" label="{text(node.name)}">{values}</node>'


def _edge(tie: Tie, type_: str, ids: Mapping[str, str], text: XmlText) -> str:
    bounds = "".join(f' {name}="{day}"' for name, day in (("start", tie.first), ("end", tie.last)) if day)
    spell = f"<spells><spell{bounds}/></spells>" if bounds else ""
    return (
        f'<edge id="{text(tie.id)}" source="{text(tie.start)}" target="{text(tie.end)}" type="{type_}" '
        f'weight="{tie.weight}" kind="{text(tie.relation)}" label="{text(tie.phrase)}">'
        f"{spell}{_values({'relation': tie.relation, **tie.values}, ids, text)}</edge>"
    )


def _values(values: Mapping[str, Value], ids: Mapping[str, str], text: XmlText) -> str:
    held = "".join(f'<attvalue for="{ids[name]}" value="{_written(value, text)}"/>' for name, value in values.items())
    return f"<attvalues>{held}</attvalues>"


def _written(value: Value, text: XmlText) -> str:
    return str(value).lower() if isinstance(value, bool) else text(value)
