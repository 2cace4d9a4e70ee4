"""Maps on disk: which table a map is for, and whether it can be used, checked before a row is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError
from rapidfuzz import process

from journeys.interpret.tables.language import Block, ClaimSpec, Map, NestedBlock, NodeSpec, ValueSpec, places
from journeys.model.definitions import PropertyDefinition
from journeys.model.problems import Address, Problem, Report
from journeys.model.schema import Schema
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

_ENDINGS = (".map.yaml", ".map.yml")
VALUE = "value"


def is_map(path: Path) -> bool:
    """Whether a file is a map, by its name."""
    return path.name.lower().endswith(_ENDINGS)


def find_map(path: Path) -> Path | None:
    """The map of a table: beside it, called like it with or without its suffix, or naming it under ``file``."""
    for ending in _ENDINGS:
        for name in (path.name, path.stem):
            candidate = path.with_name(name + ending)
            if candidate != path and candidate.is_file():
                return candidate
    for candidate in sorted(path.parent.glob("*.map.y*ml")):
        if _named_file(candidate) == path.name:
            return candidate
    return None


def _named_file(path: Path) -> str | None:
    try:
        content = load_lined_yaml(path).content
    except BrokenSchema:
        return None
    return content.get("file") if isinstance(content, dict) else None


def load_map(path: Path, schema: Schema, *, name: str, report: Report) -> Map | None:
    """The map in a file, or None after reporting, with its line, everything in it that cannot be used."""
    try:
        source = load_lined_yaml(path, name=name)
    except BrokenSchema as error:
        report(Problem("bad_map", error.address, str(error).split(": ", 1)[-1], "Correct the map at that line."))
        return None
    try:
        table = Map.model_validate(source.content)
    except ValidationError as error:
        for wrong in error.errors():
            where = _location(wrong["loc"])
            _report(source, where, _words(wrong, where), report)
        return None
    wrongs = list(_Checker(schema).block(table, (), {}))
    for location, message in wrongs:
        _report(source, location, message, report)
    return None if wrongs else table


def _report(source: LinedYaml, location: Location, message: str, report: Report) -> None:
    line = source.line(location)
    address = Address(source.file, None, f"line {line}" if line else None)
    report(Problem("bad_map", address, message, "See docs/maps.md for what a map can contain."))


def _location(loc: Sequence[str | int]) -> Location:
    return tuple(part for part in loc if part not in ("[key]",) and not str(part).startswith("function-"))


def _words(wrong: Mapping[str, object] | object, where: Location) -> str:
    assert isinstance(wrong, Mapping)
    named = ".".join(map(str, where))
    if wrong["type"] == "extra_forbidden":
        return f"{named}: this is not recognised here."
    if wrong["type"] == "missing":
        return f"{named} is missing."
    return f"{named}: {str(wrong['msg']).removeprefix('Value error, ')}."


Nodes = Mapping[str, NodeSpec]
Wrong = tuple[Location, str]


class _Checker:
    """Everything in a map that no single entry shows: names, kinds, what may join what, properties."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def block(self, block: Block, here: Location, around: Nodes) -> Iterator[Wrong]:
        """What is wrong in a block, given the nodes named in the blocks around it."""
        nodes = {**around, **block.nodes}
        for name, node in block.nodes.items():
            yield from self._node((*here, "nodes", name), name, node, around)
        if isinstance(block, Map) and block.source is not None:
            yield from self._names_a((*here, "source"), block.source, nodes, "DataSource")
        for number, claim in enumerate(block.claims):
            yield from self._claim((*here, "claims", number), claim, nodes)
        for number, nested in enumerate(block.each):
            yield from self.block(nested, (*here, "each", number), nodes)

    def _node(self, here: Location, name: str, node: NodeSpec, around: Nodes) -> Iterator[Wrong]:
        if node.kind not in self._schema.nodes:
            near = process.extractOne(node.kind, list(self._schema.nodes), score_cutoff=50)
            meant = f"; did you mean {near[0]}?" if near else "."
            yield (*here, "kind"), f"there is no node kind {node.kind!r}{meant}"
            return
        if name in around:
            yield here, f"{name!r} is the name of a node in a block around this one; choose another."
        held = self._schema.properties_of_node(node.kind)
        yield from _properties((*here, "set"), node.set, held, node.kind)
        display = self._schema.nodes[node.kind].display
        if node.each is None and node.id is None and display not in node.set:
            yield here, f"{name!r} needs `each`, an `id`, or its {display} under `set`."

    def _claim(self, here: Location, claim: ClaimSpec, nodes: Nodes) -> Iterator[Wrong]:
        kind = self._schema.claims.get(claim.type)
        if kind is None:
            near = process.extractOne(claim.type, list(self._schema.claims), score_cutoff=50)
            meant = f"; did you mean {near[0]}?" if near else "."
            yield (*here, "type"), f"there is no claim kind {claim.type!r}{meant}"
            return
        missing = [(side, name) for side, name in (("from", claim.from_), ("to", claim.to)) if name not in nodes]
        for side, name in missing:
            yield (*here, side), f"no node is called {name!r} here; there are: {', '.join(nodes) or 'none'}."
        if not missing:
            start, end = nodes[claim.from_].kind, nodes[claim.to].kind
            if not kind.allows(start, end):
                could = [other.name for other in self._schema.claims_between(start, end)]
                message = (
                    f"{kind.name} goes from {' or '.join(kind.from_labels)} to {' or '.join(kind.to_labels)}, not from "
                    f"{start} to {end}. Between these the claim kinds are: {', '.join(could) or 'none'}."
                )
                yield here, message
        if claim.at_meeting is not None:
            yield from self._names_a((*here, "at_meeting"), claim.at_meeting, nodes, "Meeting")
        if claim.source is not None:
            yield from self._names_a((*here, "source"), claim.source, nodes, "DataSource")
        yield from _properties((*here, "set"), claim.set, self._schema.properties_of_claim(claim.type), claim.type)

    def _names_a(self, here: Location, name: str, nodes: Nodes, kind: str) -> Iterator[Wrong]:
        if name not in nodes:
            yield here, f"no node is called {name!r} here; there are: {', '.join(nodes) or 'none'}."
        elif nodes[name].kind != kind:
            yield here, f"{name!r} is a {nodes[name].kind}; here a {kind} is needed."


def _properties(
    here: Location, given: Mapping[str, str], held: Mapping[str, PropertyDefinition], kind: str
) -> Iterator[Wrong]:
    for name in given:
        if name not in held:
            near = process.extractOne(name, list(held), score_cutoff=60)
            meant = f"; did you mean {near[0]!r}?" if near else f"; it has: {', '.join(held)}."
            yield (*here, name), f"{kind} has no property {name!r}{meant}"


def columns_used(block: Block) -> frozenset[str]:
    """The columns, or paths, of its rows that a block reads; not those that the blocks inside it read of theirs."""
    return frozenset(_columns(block))


def _columns(block: Block) -> Iterator[str]:
    for node in block.nodes.values():
        groups = {VALUE, *(_groups(node.each) if node.each else ())}
        yield from _of_spec(node.each) if node.each else ()
        for template in (*node.set.values(), *([node.id] if node.id else [])):
            yield from (place for place in places(template) if place not in groups)
    for claim in block.claims:
        yield from claim.where
        for template in claim.set.values():
            yield from (place for place in places(template) if place not in _groups_of_ends(block, claim))
    yield from (nested.path for nested in block.each)
    if isinstance(block, NestedBlock):
        yield from block.where
    if isinstance(block, Map):
        yield from (place for template in block.set.values() for place in places(template))


def _of_spec(spec: ValueSpec) -> Iterator[str]:
    yield from spec.from_
    if spec.as_ is not None:
        yield from (place for place in places(spec.as_) if place not in _groups(spec))
    for alternative in spec.any:
        yield from _of_spec(alternative)


def _groups(spec: ValueSpec) -> set[str]:
    own = set(re.compile(spec.pattern).groupindex) if spec.pattern else set()
    return own.union({VALUE}, *(_groups(each) for each in spec.any))


def _groups_of_ends(block: Block, claim: ClaimSpec) -> set[str]:
    specs = (block.nodes.get(name) for name in (claim.from_, claim.to))
    return set().union(*(_groups(node.each) for node in specs if node and node.each))
