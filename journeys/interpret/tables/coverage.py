"""Find the names that a map uses and its table never has, and the parts of the map that gave nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz import process

from journeys.interpret.tables.language import Block, Map, NestedBlock
from journeys.interpret.tables.rows import FlatRow, NestedRow, is_optional
from journeys.interpret.tables.used_columns import columns_around, columns_of_all, own_columns
from journeys.model.problems import Address, Problem, Severity

_LOOKED_AT = 20
"""Rows of each block whose names are kept for suggestions."""
_SHOWN = 12


class _Wanted:
    """The names that a block asks for and no row has had yet."""

    def __init__(self, block: Block) -> None:
        self.own = {name for name in own_columns(block) if not is_optional(name)}
        self.around = {name for name in columns_around(block) if not is_optional(name)} - self.own
        self.asked = len(self.own) + len(self.around)
        self.there: dict[str, None] = {}
        self.rows = 0
        # A path that another goes on from, or a list that has a block, may well lead to an object.
        names, inner = own_columns(block) | columns_around(block), {nested.path for nested in block.each}
        self.values = [
            name
            for name in sorted(names - inner)
            if not any(other.startswith(f"{name.removesuffix('?')}.") for other in names)
        ]


class _Objects:
    """Of a path at which values are read: how many objects stood there, where the first did, and what it holds."""

    def __init__(self, first: Address, names: list[str]) -> None:
        self.count, self.first, self.names = 0, first, names


class Coverage:
    """Records every row, claim and list of a table, and reports in the end what was never found."""

    def __init__(self, table: Map, name: str) -> None:
        self._table, self._name = table, name
        self._wanted: dict[int, _Wanted] = {}
        self._of_all = {name for name in columns_of_all(table) if not is_optional(name)}
        self._gave: Counter[int] = Counter()
        self._tried: Counter[int] = Counter()
        self._objects: dict[str, _Objects] = {}
        self._rows_without = 0
        self._first_without: Address | None = None

    def row(self, block: Block, row: FlatRow | NestedRow) -> None:
        """Note which of the names that a block asks for a row has."""
        if isinstance(row, FlatRow):
            return
        wanted = self._wanted.get(id(block))
        if wanted is None:
            wanted = self._wanted[id(block)] = _Wanted(block)
        wanted.rows += 1
        if wanted.rows <= _LOOKED_AT:
            wanted.there |= dict.fromkeys(row.paths())
        for name in wanted.values:
            if (held := row.object_at(name)) is not None:
                self._objects.setdefault(name, _Objects(row.address(), list(held))).count += 1
        if wanted.own:
            wanted.own = {name for name in wanted.own if not row.has(name)}
        if wanted.around:
            wanted.around = {name for name in wanted.around if not _has_around(row, name)}
        if self._of_all:
            self._of_all = {name for name in self._of_all if not _has_around(row, name)}

    def without(self, address: Address) -> None:
        """Note a row that gave nothing."""
        self._rows_without += 1
        self._first_without = self._first_without or address

    def tried(self, part: object, *, gave: bool) -> None:
        """Note that a part of the map (a list, a claim) was tried for a row, and whether it gave something."""
        self._tried[id(part)] += 1
        self._gave[id(part)] += gave

    def problems(self, rows: int) -> Iterator[Problem]:
        """What is to be said of a table of so many rows."""
        missing = list(self._missing())
        yield from missing
        yield from self._unread()
        if rows and not missing:
            yield from self._without(rows)
            yield from self._nothing(self._table, "")

    def _unread(self) -> Iterator[Problem]:
        for name, met in sorted(self._objects.items()):
            path = name.removesuffix("?")
            many = "an object" if met.count == 1 else f"{met.count} objects"
            message = f"The map reads {path!r}, and there stands {many} with names of its own; it was not read."
            if met.count > 1:
                message = f"The map reads {path!r}, and there stand {many} with names of their own; they were not read."
            paths = ", ".join(repr(f"{path}.{inner}") for inner in met.names[:_SHOWN])
            remedy = f"Name what is meant: {paths or 'the object is blank'}."
            yield Problem("nested_value", met.first, message, remedy, Severity.WARNING)

    def _missing(self) -> Iterator[Problem]:
        top = self._wanted.get(id(self._table))
        if top is not None and top.asked and len(top.own) + len(top.around) == top.asked:
            yield self._looked_elsewhere(top)
            return
        for block, path in _blocks(self._table, ""):
            wanted = self._wanted.get(id(block))
            for name in sorted((*wanted.own, *wanted.around)) if wanted is not None else ():
                yield self._no_item_has(name, path, list(wanted.there) if wanted else [])
        for name in sorted(self._of_all):
            yield self._no_item_has(name, "", list(top.there) if top else [])

    def _no_item_has(self, name: str, path: str, there: list[str]) -> Problem:
        near = process.extractOne(name, there, score_cutoff=60)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        listed = ", ".join(map(repr, there[:_SHOWN])) + ("…" if len(there) > _SHOWN else "")
        where = f" in {path}" if path else ""
        message = f"The map reads {name!r}, which no item{where} has."
        remedy = f"{meant}They have: {listed or 'no names'}. Write {name + '?'!r} if it may be missing."
        return Problem("missing_column", Address(self._name, None, path or None), message, remedy)

    def _looked_elsewhere(self, top: _Wanted) -> Problem:
        asked = ", ".join(repr(name) for name in sorted((*top.own, *top.around))[:_SHOWN])
        where = f"at {self._table.items!r}" if self._table.items else "at the top of the file"
        message = f"No item was found where the map looks ({where}): nothing there has {asked}."
        there = ", ".join(map(repr, list(top.there)[:_SHOWN])) or "no names"
        remedy = f"There are: {there}. Name the list of the items under `items` in the map."
        if {"columns", "data"} <= set(top.there):
            remedy = (
                "The names of the columns stand apart from the rows (pandas, orient='split'). Save the table with "
                "orient='records', or as csv."
            )
        return Problem("missing_column", Address(self._name), message, remedy)

    def _without(self, rows: int) -> Iterator[Problem]:
        if self._rows_without:
            what = "claim" if any(block.claims for block, _ in _blocks(self._table, "")) else "node"
            first = (
                f" (the first: {self._first_without.cell})" if self._first_without and self._first_without.cell else ""
            )
            message = f"{self._rows_without} of {rows} rows gave no {what}{first}."
            yield self._warning(message, "Check what the map does with them, or leave them out with `where`.")

    def _nothing(self, block: Block, path: str) -> Iterator[Problem]:
        where = f" of {path}" if path else ""
        for number, claim in enumerate(block.claims, 1):
            expected = any(not is_optional(column) for column in claim.where)
            if expected and self._tried[id(claim)] and not self._gave[id(claim)]:
                wanted = ", ".join(f"{column}: {words}" for column, words in claim.where.items())
                message = f"No row{where} matches the `where` of claim {number}, {claim.type} ({wanted})."
                yield self._warning(message, "Compare it with what the columns hold.")
        for nested in block.each:
            inner = f"{path}.{nested.path}" if path else nested.path
            if self._tried[id(nested)] and not self._gave[id(nested)]:
                if is_optional(nested.path):
                    continue
                kept = " that matches its `where`" if nested.where else ""
                yield self._warning(f"The block for {inner!r} found no element{kept}.", "Check its `path`.")
            else:
                yield from self._nothing(nested, inner)

    def _warning(self, message: str, remedy: str) -> Problem:
        return Problem("gave_nothing", Address(self._name), message, remedy, Severity.WARNING)


def _has_around(row: NestedRow, name: str) -> bool:
    inside: NestedRow | None = row
    while inside is not None:
        if inside.has(name):
            return True
        inside = inside.around
    return False


def _blocks(block: Block, path: str) -> Iterator[tuple[Block, str]]:
    yield block, path
    for nested in block.each:
        assert isinstance(nested, NestedBlock)
        yield from _blocks(nested, f"{path}.{nested.path}" if path else nested.path)
