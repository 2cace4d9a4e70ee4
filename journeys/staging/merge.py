"""Several files describe one node: their descriptions become one, and where they differ it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from journeys.model.identity import short_id
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.records import Value
from journeys.model.schema import Schema

_GATHERED = "aliases"
_LEFT_OPEN = "not_asked"
_COUNTS_AS_ONE = ("_text", "_from", "_to", "_precision")


@dataclass(slots=True)
class Description:
    """What one file, or all files together, say of a node."""

    id: str
    label: str
    properties: dict[str, Value]
    address: Address
    files: list[str] = field(default_factory=list)


def merged(descriptions: Iterable[Description], schema: Schema, report: Report) -> Iterator[Description]:
    """One description a node, from descriptions that come sorted by id and, within it, the weightiest first.

    A property is taken from the first that has it; one that differs is reported as a warning, so that the team can make
    its files agree. Aliases are gathered, and what is not asked is what no file asks. The address is that of the first;
    ``files`` are all that describe the node.
    """
    for _, group in groupby(descriptions, key=attrgetter("id")):
        first, *others = group
        said_at = dict.fromkeys(first.properties, first.address)
        files = {first.address.file}
        for other in others:
            files.add(other.address.file)
            for name, value in _additions(first, other):
                first.properties[name] = value
                said_at[name] = other.address
            for name in _differences(first, other):
                report(_conflict(first, other, name, said_at[name]))
        first.properties = _complete(first, schema)
        first.files = sorted(file for file in files if file)
        yield first


def _additions(first: Description, other: Description) -> Iterator[tuple[str, Value]]:
    """What ``other`` says and ``first`` does not; a date is taken whole or not at all."""
    for name, value in other.properties.items():
        if name == _GATHERED:
            continue
        if name not in first.properties and not (_is_date_part(name) and _has_date(first, name)):
            yield name, value
    gathered = [*_list(first.properties.get(_GATHERED)), *_list(other.properties.get(_GATHERED))]
    if gathered:
        yield _GATHERED, list(dict.fromkeys(gathered))
    if _LEFT_OPEN in first.properties and _LEFT_OPEN in other.properties:
        also = _list(other.properties[_LEFT_OPEN])
        yield _LEFT_OPEN, [question for question in _list(first.properties[_LEFT_OPEN]) if question in also]


def _differences(first: Description, other: Description) -> Iterator[str]:
    for name, value in other.properties.items():
        if name not in (_GATHERED, _LEFT_OPEN) and name in first.properties and first.properties[name] != value:
            yield name


def _is_date_part(name: str) -> bool:
    return name.endswith(_COUNTS_AS_ONE)


def _has_date(description: Description, name: str) -> bool:
    stem = name.rsplit("_", 1)[0]
    return any(f"{stem}{part}" in description.properties for part in _COUNTS_AS_ONE)


def _list(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []


def _complete(node: Description, schema: Schema) -> dict[str, Value]:
    """The node's properties with the name it is shown by."""
    shown = node.properties.get(schema.nodes[node.label].display)
    return {**node.properties, "name": shown if isinstance(shown, str) else short_id(node.id)}


def _conflict(first: Description, other: Description, name: str, said_at: Address) -> Problem:
    here, there = other.properties[name], first.properties[name]
    who = short_id(first.id)
    return Problem(
        "conflicting_description",
        other.address,
        f"The {name.replace('_', ' ')} of {first.label} {who} is {here!r} here and {there!r} in {said_at}.",
        f"{there!r} is kept; make the two agree.",
        Severity.WARNING,
    )
