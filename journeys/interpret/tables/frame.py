"""A row being read, the rows around it, and the nodes that the map's names stand for in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from journeys.interpret.context import End
from journeys.interpret.tables.language import ValueSpec, filled, places
from journeys.interpret.tables.rows import FlatRow, Found, NestedRow
from journeys.interpret.tables.used_columns import VALUE
from journeys.model.problems import Address


@dataclass(slots=True)
class Frame:
    """A row, the frames around it, and the nodes that each named part of the map stands for in it."""

    row: FlatRow | NestedRow
    outer: Frame | None
    nodes: dict[str, list[tuple[End, Found]]] = field(default_factory=dict)

    def named(self, name: str) -> list[tuple[End, Found]]:
        """The nodes of a name, here or in a block around."""
        if name in self.nodes:
            return self.nodes[name]
        return self.outer.named(name) if self.outer else []

    def column(self, name: str) -> str:
        """What stands in a column of this row, or of a row around it; several values with commas; else nothing."""
        written = self.row.column(name)
        if written is None:
            return self.outer.column(name) if self.outer else ""
        return written.strip()

    def locate(self, name: str) -> Address | None:
        """Where that stands."""
        address = self.row.locate(name)
        return self.outer.locate(name) if address is None and self.outer else address

    def around(self, name: str) -> Found | None:
        """The value of a column that only a row around has; None when this row has it."""
        if self.outer is None or self.row.column(name) is not None:
            return None
        words = self.outer.column(name)
        return Found(words, (), {}) if words else None

    def fill(self, template: str, found: Found) -> str:
        """A template filled with the value, the groups of its pattern, and columns."""
        if "{" not in template:
            return template
        return filled(template, lambda name: self.value_of(name, found)).strip()

    def value_of(self, name: str, found: Found) -> str:
        """What a place of a template stands for: the value, a group of its pattern, or a column."""
        if name == VALUE:
            return found.text
        return found.groups.get(name) or self.column(name)

    def place_of(self, spec: ValueSpec, found: Found, default: Address) -> Address:
        """Where the words of a property stand: the first column that they come from, else ``default``."""
        names = [name for name in (*spec.from_, *places(spec.as_ or "")) if name != VALUE and name not in found.groups]
        filled_first = sorted(names, key=lambda name: not self.column(name)) if len(names) > 1 else names
        return next((address for name in filled_first if (address := self.locate(name)) is not None), default)
