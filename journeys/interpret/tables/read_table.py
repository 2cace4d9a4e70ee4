"""A mapped table becomes nodes and claims, row by row, as its map says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from journeys.instruments.files.cells import Cell
from journeys.interpret.context import Context, End
from journeys.interpret.names import ambiguous_name, unknown_name
from journeys.interpret.tables.find_values import ValueFinder
from journeys.interpret.tables.language import Block, ClaimSpec, Map, NestedBlock, NodeSpec, filled, places
from journeys.interpret.tables.maps import VALUE, columns_used
from journeys.interpret.tables.rows import NO_GROUPS, FlatRow, Found, NestedRow, open_rows
from journeys.model.definitions import PropertyDefinition
from journeys.model.identity import folded, node_id, slug
from journeys.model.problems import Address, Problem, Severity
from journeys.model.progress import Progress
from journeys.model.records import Authority, Claim, Node, Value

_REMEMBERED = 100_000


@dataclass(slots=True)
class _Frame:
    """A row, the frames around it, and the nodes that each named part of the map stands for in it."""

    row: FlatRow | NestedRow
    outer: _Frame | None
    nodes: dict[str, list[tuple[End, Found]]] = field(default_factory=dict)

    def named(self, name: str) -> list[tuple[End, Found]]:
        """The nodes of a name, here or in a block around."""
        if name in self.nodes:
            return self.nodes[name]
        return self.outer.named(name) if self.outer else []

    def place(self, column: str) -> Address | None:
        """Where a column of this row, or of a row around it, stands; None for no such column."""
        found = self.row.values(column)
        if found:
            return self.row.address(found[0].steps)
        return self.outer.place(column) if self.outer else None

    def column(self, name: str) -> str:
        """What stands in a column of this row, or of a row around it; several values with commas; else nothing."""
        written = self.row.column(name)
        if written is None:
            return self.outer.column(name) if self.outer else ""
        return written.strip()


class TableReading:
    """The reading of one table: first ``records``, then what was read and passed over."""

    def __init__(self, table: Map, path: Path, *, name: str, context: Context) -> None:
        self._table, self._path, self._name, self._context = table, path, name, context
        self._ignore = frozenset(map(folded, table.ignore))
        self._longest_ignored = max(map(len, table.ignore), default=0) * 2
        self._passed: Counter[str] = Counter()
        self._finders: dict[int, ValueFinder] = {}
        self._patterns: dict[int, list[tuple[str, re.Pattern[str]]]] = {}
        self._known: dict[tuple[object, ...], End | None] = {}
        self._values: dict[tuple[int, str], dict[str, Value]] = {}
        self._seen: set[str] = set()
        self._read: dict[int, set[str]] = {}
        self._rejections = 0
        self.rows = 0
        self.rejected = 0

    def records(self, progress: Progress) -> Iterator[Node | Claim]:
        """The nodes and claims; whatever cannot be used is reported at its cell. Raises UnreadableFile."""
        used, report = columns_used(self._table), self._context.report
        self._context.values.dates.begin_table(self._name, self._table.date_order)
        rows = open_rows(self._table, self._path, name=self._name, used=used, passed=self._passed, report=report)
        for row in rows:
            before = self._rejections
            yield from self._block(self._table, _Frame(row, None))
            self.rows += 1
            self.rejected += self._rejections > before
            progress.advance()
        if not self.rows:
            message = "The table has no rows."
            self._context.report(Problem("empty_file", Address(self._name), message, "", Severity.WARNING))

    def ignored(self) -> dict[str, int]:
        """What was passed over, and how often."""
        return dict(self._passed.most_common())

    def _block(self, block: Block, frame: _Frame) -> Iterator[Node | Claim]:
        if isinstance(frame.row, NestedRow):
            self._note_unread(block, frame.row)
        for name, spec in block.nodes.items():
            ends: list[tuple[End, Found]] = []
            for found in self._values_of(spec, frame):
                node, end = self._node(spec, found, frame)
                if node is not None:
                    yield node
                if end is not None and all(end != other for other, _ in ends):
                    ends.append((end, found))
            frame.nodes[name] = ends
        for claim in block.claims:
            if self._stands(claim.where, frame, id(claim)):
                yield from self._claims(claim, frame)
        for nested in block.each:
            yield from self._nested(nested, frame)

    def _note_unread(self, block: Block, row: NestedRow) -> None:
        """Count the values of an object that neither this block nor a block inside it reads."""
        if id(block) not in self._read:
            self._read[id(block)] = {column.split(".")[0].casefold() for column in columns_used(block)}
        where = f" of {block.path}" if isinstance(block, NestedBlock) else ""
        for name in row.names():
            if name.casefold() not in self._read[id(block)]:
                self._passed[f"{name!r}{where} is not in the map"] += 1

    def _nested(self, block: NestedBlock, frame: _Frame) -> Iterator[Node | Claim]:
        for element in frame.row.elements(block.path):
            inner = _Frame(element, frame)
            if self._stands(block.where, inner, id(block)):
                yield from self._block(block, inner)
            else:
                self._passed[f"an element of {block.path} does not match its `where`"] += 1

    def _stands(self, where: Mapping[str, str], frame: _Frame, key: int) -> bool:
        if not where:
            return True
        if key not in self._patterns:
            self._patterns[key] = [(column, re.compile(pattern)) for column, pattern in where.items()]
        return all(pattern.search(frame.column(column)) for column, pattern in self._patterns[key])

    # -- nodes

    def _values_of(self, spec: NodeSpec, frame: _Frame) -> list[Found]:
        if spec.each is None:
            return [Found("", (), NO_GROUPS)]
        finder = self._finders.get(id(spec))
        if finder is None:
            finder = ValueFinder(spec.each, self._ignore, self._context.names, self._passed)
            self._finders[id(spec)] = finder
        return finder.find(frame.row, frame.column)

    def _node(self, spec: NodeSpec, found: Found, frame: _Frame) -> tuple[Node | None, End | None]:
        """The node a value stands for, and its description when this file has not given it yet."""
        said = {name: self._fill(template, found, frame) for name, template in spec.set.items()}
        key = (id(spec), found.text, spec.id and self._fill(spec.id, found, frame), *said.values())
        named = bool(found.text or key[2] or said.get(self._context.schema.nodes[spec.kind].display))
        if key in self._known:
            self._rejections += named and self._known[key] is None
            return None, self._known[key]
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        address = frame.row.address(found.steps)
        node, end = self._make(spec, found, said, str(key[2] or ""), address, frame)
        self._known[key] = end
        self._rejections += named and end is None
        return node, end

    def _make(
        self, spec: NodeSpec, found: Found, said: Mapping[str, str], own_id: str, address: Address, frame: _Frame
    ) -> tuple[Node | None, End | None]:
        context, kind = self._context, self._context.schema.nodes[spec.kind]
        name = said.get(kind.display) or found.text or own_id
        if not name:
            return None, None
        if spec.find != "new":
            matches = context.names.find((spec.kind,), found.text or name)
            if len(matches) > 1:
                context.report(ambiguous_name(context.names, matches, found.text or name, address))
                return None, None
            if matches and matches[0][1] not in self._seen:
                return self._completed(spec, found, said, matches[0][1], address, frame)
            if not matches and spec.find == "registers":
                where = "Add it to the registers, or correct the table."
                context.report(unknown_name(context.names, (spec.kind,), found.text or name, address, where=where))
                return None, None
        try:
            identity = node_id(context.study, kind, [own_id or slug(name)])
        except ValueError:
            context.report(Problem("bad_value", address, f"{name!r} is not a name.", "Write letters or digits."))
            return None, None
        self._seen.add(identity)
        context.names.add(spec.kind, identity, [name, found.text])
        definitions = context.schema.properties_of_node(spec.kind)
        properties = self._properties(said, definitions, self._places(spec.set, found.groups, frame, address))
        if kind.display in kind.properties:
            properties.setdefault(kind.display, name)
        else:
            properties.setdefault("name", name)
        return Node(spec.kind, identity, properties, address, Authority.TABLE), End(spec.kind, identity)

    def _completed(
        self, spec: NodeSpec, found: Found, said: Mapping[str, str], identity: str, address: Address, frame: _Frame
    ) -> tuple[Node | None, End]:
        """A node that the study has already, with what the map sets of it; another name for it is no other title."""
        context, kind, end = self._context, self._context.schema.nodes[spec.kind], End(spec.kind, identity)
        shown = said.get(kind.display, "")
        same = (spec.kind, identity) in context.names.find((spec.kind,), shown) if shown else False
        more = {name: words for name, words in said.items() if not (same and name == kind.display)}
        definitions = context.schema.properties_of_node(spec.kind)
        properties = self._properties(more, definitions, self._places(spec.set, found.groups, frame, address))
        return (Node(spec.kind, identity, properties, address, Authority.TABLE) if properties else None), end

    # -- claims

    def _claims(self, spec: ClaimSpec, frame: _Frame) -> Iterator[Claim]:
        context = self._context
        kind = context.schema.claims[spec.type]
        shared: dict[str, Value] = {}
        if kind.asserted:
            for name, node in (("at_meeting", spec.at_meeting), ("source", spec.source or self._table.source)):
                ends = frame.named(node) if node else []
                if ends:
                    shared[name] = ends[0][0].id
        definitions = context.schema.properties_of_claim(spec.type)
        templates = {**(self._table.set if kind.asserted else {}), **spec.set}
        for start, found in frame.named(spec.from_):
            for end, other in frame.named(spec.to):
                value = found if found.steps else other
                address = frame.row.address(value.steps if spec.from_ in frame.nodes or spec.to in frame.nodes else ())
                groups = {**other.groups, **found.groups}
                said = {
                    name: self._fill(template, Found(value.text, value.steps, groups), frame)
                    for name, template in templates.items()
                }
                cells = self._places(templates, groups, frame, address)
                properties = {**shared, **self._properties(said, definitions, cells)}
                if start != end:
                    yield context.claim(kind, start, end, properties, address)

    # -- values

    def _means_nothing(self, words: str) -> bool:
        """Whether the map ignores these words; a text longer than any of those it ignores is not compared."""
        return len(words) <= self._longest_ignored and folded(words) in self._ignore

    def _fill(self, template: str, found: Found, frame: _Frame) -> str:
        if "{" not in template:
            return template

        def value_of(name: str) -> str:
            if name == VALUE:
                return found.text
            return found.groups.get(name) or frame.column(name)

        return filled(template, value_of).strip()

    def _places(
        self, templates: Mapping[str, str], groups: Mapping[str, str], frame: _Frame, address: Address
    ) -> Callable[[str], Address]:
        """Where each property was written: in the one column its template names, else where the value was."""

        def place(name: str) -> Address:
            columns = [each for each in places(templates.get(name, "")) if each != VALUE and not groups.get(each)]
            return frame.place(columns[0]) or address if len(columns) == 1 else address

        return place

    def _properties(
        self,
        said: Mapping[str, str],
        definitions: Mapping[str, PropertyDefinition],
        place: Callable[[str], Address],
    ) -> dict[str, Value]:
        properties: dict[str, Value] = {}
        for name, words in said.items():
            if not words or self._means_nothing(words):
                continue
            definition = definitions[name]
            if definition.vocabulary is None and definition.type == "text":
                properties[name] = words
                continue
            key = (id(definition), words)
            if key not in self._values:
                if len(self._values) >= _REMEMBERED:
                    self._values.clear()
                self._values[key] = self._context.values.read(definition, Cell(words, place(name)))
            # A wrong value is reported once, and every row that has it is one less.
            self._rejections += not self._values[key]
            properties |= self._values[key]
        return properties
