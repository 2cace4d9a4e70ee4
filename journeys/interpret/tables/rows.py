"""Rows of any table in one shape: columns by name, nested lists, and the address of every value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from journeys.instruments.files.cells import Row, text
from journeys.interpret.tables.paths import (
    ANY,
    AROUND,
    ITSELF,
    NAME,
    OPTIONAL,
    POSITION,
    Step,
    exists,
    paths_in,
    steps_of,
    walk,
)
from journeys.model.problems import Address


class Found(NamedTuple):
    """A value as text, the steps to it from its item or row, and the named groups of the pattern that found it."""

    text: str
    steps: tuple[Step, ...]
    groups: Mapping[str, str]


NO_GROUPS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row of a csv or sheet; ``position`` counts the rows below the heading, from 0."""

    row: Row
    columns: Mapping[str, int]
    position: int

    def values(self, column: str) -> list[Found]:
        """What stands in a column."""
        written = self.column(column)
        return [Found(written, (column,), NO_GROUPS)] if written is not None else []

    def column(self, column: str) -> str | None:
        """What stands in a column, as text; None for nothing, or no such column. "#" is the row's position, from 1."""
        place = self.columns.get(column)
        if place is None:
            return str(self.position + 1) if column == POSITION else None
        if place >= len(self.row.values):
            return None
        value = self.row.values[place]
        return value if isinstance(value, str) or value is None else text(value)

    def has(self, column: str) -> bool:
        """Whether there is such a column."""
        return column in self.columns

    def elements(self, path: str) -> Iterator[NestedRow]:
        """A flat table holds no lists."""
        return iter(())

    def names(self) -> Iterable[str]:
        """The columns that the map reads; what else the table has is said once, of its heading."""
        return self.columns

    def address(self, steps: tuple[Step, ...] = ()) -> Address:
        """Where the row, or the value at ``steps``, stands."""
        return self.row.address(self.columns.get(str(steps[0])) if steps else None)

    def locate(self, column: str) -> Address | None:
        """Where the cell of a column stands; None when there is no such column."""
        place = self.columns.get(column)
        return self.row.address(place) if place is not None else None


@dataclass(frozen=True, slots=True)
class NestedRow:
    """A value in a JSON file, at ``steps`` within an item of its top list.

    ``around`` is the row that holds it, ``position`` its place among the elements there, from 0.
    """

    value: Any
    steps: tuple[Step, ...]
    item: Any
    around: NestedRow | None
    position: int

    def values(self, column: str) -> list[Found]:
        """What stands at a path ("votes.yeas"): a scalar, or every scalar of a list."""
        if column == POSITION:
            return [Found(str(self.position + 1), self.steps, NO_GROUPS)]
        if column == NAME:
            return [Found(name, self.steps, NO_GROUPS) for name in self.steps[-1:] if isinstance(name, str)]
        row, path = self._row_of(column)
        if row is None:
            return []
        if path in (POSITION, NAME):
            return row.values(path)
        found = walk(row.value, steps_of(path), self.position)
        return [value for inner, steps in found for value in _scalars(inner, (*row.steps, *steps))]

    def column(self, column: str) -> str | None:
        """What stands at a path, as text; several values with commas; None for nothing."""
        found = [value.text.strip() for value in self.values(column)]
        return ", ".join(found) if found else None

    def has(self, column: str) -> bool:
        """Whether there is such a path, or may be: what an empty list lacks is not known."""
        row, path = self._row_of(column)
        return row is not None and (path in (POSITION, NAME) or exists(row.value, steps_of(path), self.position))

    def object_at(self, column: str) -> dict[str, Any] | None:
        """The first object at a path, or in a list there: it has names of its own, and is no value."""
        row, path = self._row_of(column)
        if row is None or path in (POSITION, NAME):
            return None
        for inner, _ in walk(row.value, steps_of(path), self.position):
            for each in inner if isinstance(inner, list) else (inner,):
                if isinstance(each, dict):
                    return each
        return None

    def names(self) -> Iterable[str]:
        """The names of the object's own values."""
        return self.value if isinstance(self.value, dict) else ()

    def paths(self) -> Iterator[str]:
        """The paths that the row has, for suggestions."""
        return paths_in(self.value)

    def elements(self, path: str) -> Iterator[NestedRow]:
        """What the list, or each list, at a path holds; an object or a text there stands for itself."""
        row, inside = self._row_of(path)
        number = 0
        for value, steps in walk(row.value, steps_of(inside), self.position) if row is not None else ():
            many = enumerate(value) if isinstance(value, list) else [] if value is None else [(None, value)]
            for index, element in many:
                here = (*row.steps, *steps) if index is None else (*row.steps, *steps, index)  # type: ignore[union-attr]
                yield NestedRow(element, here, self.item, self, number)
                number += 1

    def address(self, steps: tuple[Step, ...] = ()) -> Address:
        """Where the row, or the value at ``steps`` of its item, stands."""
        address: Address = self.item.address(*(steps or self.steps))
        return address

    def locate(self, column: str) -> Address | None:
        """Where the first value at a path stands; None when there is none."""
        found = self.values(column)
        return self.address(found[0].steps) if found else None

    def _row_of(self, column: str) -> tuple[NestedRow | None, str]:
        """The row that a path begins at, and the path from there: each "^" leads to the row around."""
        row: NestedRow | None = self
        while row is not None and (column == AROUND or column.startswith(f"{AROUND}.")):
            row, column = row.around, column[2:] or ITSELF
        return row, column


def _scalars(value: Any, steps: tuple[Step, ...]) -> Iterator[Found]:
    if isinstance(value, list):
        for number, element in enumerate(value):
            yield from _scalars(element, (*steps, number))
    elif value is not None and not isinstance(value, dict):
        yield Found(value if isinstance(value, str) else text(value), steps, NO_GROUPS)


def is_optional(column: str) -> bool:
    """Whether a map says that a column or path may be missing: "notes?"."""
    return column.endswith(OPTIONAL) and column != OPTIONAL


def is_special(column: str) -> bool:
    """Whether a name stands for no column: the row itself, its position, the name it stands under."""
    return column in (ITSELF, POSITION, NAME, ANY)
