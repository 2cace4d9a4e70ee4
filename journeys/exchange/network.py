"""A network as other programs take it: nodes and ties that hold plain values, read as often as a format needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from journeys.model.phrases import counted

Value = str | int | float | bool
"""What a node or a tie holds under a name. A date is its ISO day, a list one text with "; " between its items."""


class ValueType(StrEnum):
    """The type of all values under one name."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id, the name that is shown, what it is ("Document"), and what it holds."""

    id: str
    name: str
    type: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim of a source, or a tie of an actor network, from ``start`` to ``end`` (ids of nodes).

    ``relation`` is its type ("INTRODUCED", "introduces_to"), ``phrase`` the words for it. ``first`` and ``last`` are
    the ISO days between which it happened, None where it is open; both None where no date is known. ``stands`` tells
    that it happened and is held, ``event`` that it is something that happened at a time, ``meeting`` at which meeting.
    """

    id: str
    start: str
    end: str
    relation: str
    phrase: str
    directed: bool
    weight: int
    first: str | None
    last: str | None
    values: Mapping[str, Value]
    stands: bool = True
    event: bool = False
    meeting: str | None = None


@dataclass(frozen=True)
class Network:
    """Nodes and ties, each in the order of the ids, and the types of what they hold, by name.

    ``noun`` is what a tie is ("claim", "tie"). ``directed`` tells whether all ties are (True), none is (False) or some
    are (None). ``said`` are sentences on what was left out or changed before any format came into play.
    """

    title: str
    about: str
    noun: str
    directed: bool | None
    node_types: Mapping[str, ValueType]
    tie_types: Mapping[str, ValueType]
    node_count: int
    tie_count: int
    nodes: Callable[[], Iterator[Node]]
    ties: Callable[[], Iterator[Tie]]
    said: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What a report on the network says of it beside what can be counted: its place, boundary, what was left out."""

    @property
    def held(self) -> str:
        """How much it is: "143 nodes and 812 claims"."""
        return f"{counted(self.node_count, 'node')} and {counted(self.tie_count, self.noun)}"


class Types:
    """The type of each name, found while values pass by."""

    def __init__(self) -> None:
        self._found: dict[str, ValueType] = {}

    def plain(self, held: Iterable[tuple[str, Any]]) -> dict[str, Value]:
        """What a node or claim holds, as plain values; what it does not hold (None, an empty list) is not there."""
        made: dict[str, Value] = {}
        for name, value in held:
            type_, plain = _plain(value)
            if plain is None:
                continue
            known = self._found.get(name, type_)
            self._found[name] = type_ if known is type_ else _common(known, type_)
            made[name] = plain
        return made

    def by_name(self) -> dict[str, ValueType]:
        """The types found, in the order of the names."""
        return dict(sorted(self._found.items()))


def listed_network(
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    types: tuple[Types, Types],
    *,
    title: str,
    noun: str,
    about: str = "",
    directed: bool | None = True,
    said: tuple[str, ...] = (),
    facts: Mapping[str, str] | None = None,
) -> Network:
    """A network of nodes and ties that are held in memory; ``types`` are those of the nodes and those of the ties."""
    of_nodes, of_ties = types
    return Network(
        title=title,
        about=about,
        noun=noun,
        directed=directed,
        node_types=of_nodes.by_name(),
        tie_types=of_ties.by_name(),
        node_count=len(nodes),
        tie_count=len(ties),
        nodes=lambda: iter(nodes),
        ties=lambda: iter(ties),
        said=said,
        facts=facts or {},
    )


def _common(one: ValueType, other: ValueType) -> ValueType:
    """The type that values of both fit; a format writes those of TEXT as text, whatever they are."""
    return ValueType.NUMBER if {one, other} == {ValueType.INTEGER, ValueType.NUMBER} else ValueType.TEXT


def _plain(value: Any) -> tuple[ValueType, Value | None]:
    if isinstance(value, bool):
        return ValueType.BOOLEAN, value
    if isinstance(value, int):
        return ValueType.INTEGER, value
    if isinstance(value, float):
        return ValueType.NUMBER, value
    if isinstance(value, date):
        return ValueType.DATE, value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return ValueType.TEXT, legible("; ".join(items)) or None
    return ValueType.TEXT, None if value is None or value == "" else legible(str(value))


def legible(text: str) -> str:
    """``text`` without halves of characters (lone surrogates), which no file can hold: they become "�"."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
