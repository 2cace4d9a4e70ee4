"""Convert the driver's values to plain Python values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

_AS_THEY_ARE = frozenset((str, int, float, bool, type(None)))


def plain(value: Any) -> Any:
    """Dates as ``date`` and ``datetime``; a node as a mapping of its properties and ``labels``; a relationship as its
    properties, ``type``, ``from`` and ``to``; a path as a list of both in turn; everything else as it is."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is dict:  # a claim has some thirty values, nearly all of them as they are
        return {key: item if type(item) in _AS_THEY_ARE else plain(item) for key, item in value.items()}
    if kind is list or isinstance(value, list | tuple | set | frozenset):
        return [item if type(item) in _AS_THEY_ARE else plain(item) for item in value]
    return _of_driver(value)


def _of_driver(value: Any) -> Any:
    if hasattr(value, "to_native"):  # a date, of which there are as many as claims, and so before anything is imported
        native = value.to_native()
        return native if isinstance(native, date | datetime) else str(native)
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        return {**{name: plain(item) for name, item in value.items()}, "labels": sorted(value.labels)}
    if isinstance(value, Relationship):
        said = {name: plain(item) for name, item in value.items()}
        return {**said, "type": value.type, "from": _id(value.start_node), "to": _id(value.end_node)}
    if isinstance(value, Path):
        nodes, links = list(value.nodes), list(value.relationships)
        return [plain(part) for pair in zip(nodes, [*links, None], strict=True) for part in pair if part is not None]
    return value if isinstance(value, date | datetime | bytes) else str(value)


def _id(node: Any) -> Any:
    return node.get("id") if node is not None else None
