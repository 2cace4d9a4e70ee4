"""What XML takes in memory, estimated before it does: a small file may unfold."""

from __future__ import annotations

from collections.abc import Iterable

_ELEMENT, _ATTRIBUTE = 125, 250


def count_markup(chunks: Iterable[bytes]) -> tuple[int, int]:
    """About how many elements some XML has, and how many attributes."""
    elements = attributes = 0
    for chunk in chunks:
        elements += chunk.count(b"<") - chunk.count(b"</")
        attributes += chunk.count(b'="') + chunk.count(b"='")
    return elements, attributes


def tree_memory(elements: int, attributes: int) -> int:
    """About how many bytes a tree of lxml takes, besides its texts."""
    return elements * _ELEMENT + attributes * _ATTRIBUTE
