"""Maps on disk: which table a map is for, and whether it can be used, checked before a row is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path, PurePosixPath

from pydantic import ValidationError
from rapidfuzz import process

from journeys.interpret.inputs import is_file
from journeys.interpret.tables.language import Block, ClaimSpec, EveryoneSpec, Map, NodeSpec
from journeys.model.definitions import PropertyDefinition
from journeys.model.problems import Address, Problem, Report
from journeys.model.schema import Schema
from journeys.model.study_names import STUDY_FILE
from journeys.model.wrong_values import said_of
from journeys.model.yaml_with_lines import BrokenSchema, LinedYaml, Location, load_lined_yaml

_ENDINGS = (".map.yaml", ".map.yml")
_FOLDERS_UP = 8


def is_map(path: Path) -> bool:
    """Whether a file is a map, by its name."""
    return path.name.lower().endswith(_ENDINGS)


class Maps:
    """Finds the maps of tables; each folder is looked through once, so it is good for one reading of a study."""

    def __init__(self) -> None:
        self._found: dict[Path, Path | None] = {}
        self._listed: dict[Path, list[Path]] = {}

    def of(self, path: Path) -> Path | None:
        """The map of a table: beside it, called like it with or without its suffix, or naming it under ``file``.

        A map can name several files, with * for any letters in a name and ** for any folders; those in folders below
        its own too.
        """
        if path not in self._found:
            self._found[path] = self._find(path)
        return self._found[path]

    def _find(self, path: Path) -> Path | None:
        for ending in _ENDINGS:
            for name in (path.name, path.stem):
                candidate = path.with_name(name + ending)
                if candidate != path and is_file(candidate):
                    return candidate
        if is_map(path):
            return None
        for folder in [path.parent, *path.parent.parents][:_FOLDERS_UP]:
            below = PurePosixPath(path.relative_to(folder).as_posix())
            for candidate in self._in(folder):
                if any(_matches(below, pattern) for pattern in _named_files(candidate, candidate.stat().st_mtime_ns)):
                    return candidate
            if (folder / STUDY_FILE).is_file():
                break
        return None

    def _in(self, folder: Path) -> list[Path]:
        if folder not in self._listed:
            self._listed[folder] = sorted(filter(is_file, folder.glob("*.map.y*ml")))
        return self._listed[folder]


def _matches(below: PurePosixPath, pattern: str) -> bool:
    """Whether a path below the map's folder is one that ``pattern`` stands for."""
    parts = [".*" if part == "**" else "[^/]*".join(map(re.escape, part.split("*"))) for part in pattern.split("/")]
    return re.fullmatch("/".join(parts).replace(".*/", "(?:.*/)?"), below.as_posix(), re.IGNORECASE) is not None


@lru_cache(maxsize=1024)
def _named_files(path: Path, _changed: int) -> tuple[str, ...]:
    try:
        content = load_lined_yaml(path, typed=False).content
    except BrokenSchema:
        return ()
    named = content.get("file") if isinstance(content, dict) else None
    return (named,) if isinstance(named, str) else tuple(filter(None, named)) if isinstance(named, list) else ()


def looks_up(block: Block) -> bool:
    """Whether a map finds some names only when the study knows them already."""
    specs = [spec for node in block.nodes.values() if node.each for spec in (node.each, *node.each.any)]
    registered = any(node.find == "registers" for node in block.nodes.values())
    return registered or any(spec.known for spec in specs) or any(map(looks_up, block.each))


def load_map(path: Path, schema: Schema, *, name: str, report: Report) -> Map | None:
    """The map in a file, or None after reporting, with its line, everything in it that cannot be used."""
    try:
        source = load_lined_yaml(path, name=name, typed=False)
    except BrokenSchema as error:
        remedy = "Correct the map at that line." if error.address.cell else ""
        report(Problem("bad_map", error.address, error.what, remedy))
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
    report(Problem("bad_map", address, message, "`journeys docs maps` says what a map can contain."))


_BOTH = frozenset({"[key]", "ValueSpec", "str"})


def _location(loc: Sequence[str | int]) -> Location:
    return tuple(part for part in loc if part not in _BOTH and not str(part).startswith("function-"))


def _words(wrong: Mapping[str, object] | object, where: Location) -> str:
    assert isinstance(wrong, Mapping)
    named = ".".join(map(str, where)) or "the file"
    if wrong["type"] == "extra_forbidden":
        return f"{named}: this is not recognised here."
    if wrong["type"] == "missing":
        return f"{named} is missing."
    if wrong["input"] is None:
        return f"{named}: nothing is written here. Complete it; if the word null or ~ is meant, put it in quotes."
    return f"{named}: {said_of(wrong)}."


Nodes = Mapping[str, NodeSpec]
Wrong = tuple[Location, str]


class _Checker:
    """Checks a map as a whole: names, kinds, the ends of claims, properties."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def block(self, block: Block, here: Location, around: Nodes) -> Iterator[Wrong]:
        """What is wrong in a block, given the nodes named in the blocks around it."""
        nodes = {**around, **block.nodes}
        for name, node in block.nodes.items():
            yield from self._node((*here, "nodes", name), name, node, around, nodes)
        if isinstance(block, Map):
            every = [self._schema.properties_of_claim(name) for name in self._schema.claims]
            yield from _properties(
                (*here, "set"), block.set, {k: v for held in every for k, v in held.items()}, "a claim"
            )
        if isinstance(block, Map) and block.source is not None:
            yield from self._names_a((*here, "source"), block.source, nodes, "DataSource")
        for number, claim in enumerate(block.claims):
            yield from self._claim((*here, "claims", number), claim, nodes)
        for number, nested in enumerate(block.each):
            yield from self.block(nested, (*here, "each", number), nodes)

    def _everyone(self, here: Location, spec: EveryoneSpec, kind: str, nodes: Nodes, name: str) -> Iterator[Wrong]:
        """What is wrong with the words that stand for all nodes of another name, which must stand above."""
        above = dict(zip(takewhile(lambda each: each != name, nodes), nodes.values(), strict=False))
        for side, named in (("of", spec.of), *(("but", each) for each in spec.but)):
            yield from self._names_a((*here, side), named, above, kind)

    def _node(self, here: Location, name: str, node: NodeSpec, around: Nodes, nodes: Nodes) -> Iterator[Wrong]:
        if node.kind not in self._schema.nodes:
            near = process.extractOne(node.kind, list(self._schema.nodes), score_cutoff=50)
            meant = f"; did you mean {near[0]}?" if near else "."
            yield (*here, "kind"), f"there is no node kind {node.kind!r}{meant}"
            return
        if name in around:
            yield here, f"{name!r} is the name of a node in a block around this one; choose another."
        if node.everyone is not None:
            yield from self._everyone((*here, "everyone"), node.everyone, node.kind, nodes, name)
        held = self._schema.properties_of_node(node.kind)
        yield from _properties((*here, "set"), node.set, held, node.kind)
        display = self._schema.nodes[node.kind].display
        for_everyone = node.everyone is not None and node.everyone.from_ is not None
        if node.each is None and node.id is None and display not in node.set and not for_everyone:
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
    here: Location, given: Mapping[str, object], held: Mapping[str, PropertyDefinition], kind: str
) -> Iterator[Wrong]:
    for name in given:
        if name not in held:
            near = process.extractOne(name, list(held), score_cutoff=60)
            meant = f"; did you mean {near[0]!r}?" if near else f"; it has: {', '.join(held)}."
            yield (*here, name), f"{kind} has no property {name!r}{meant}"
