"""The columns and paths that a map reads, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from journeys.interpret.tables.language import Block, ClaimSpec, Map, NestedBlock, SetSpec, ValueSpec, places
from journeys.interpret.tables.patterns import compiled
from journeys.interpret.tables.rows import is_special

VALUE = "value"


def columns_used(block: Block) -> frozenset[str]:
    """The columns, or paths, of its rows that a block reads; not those that the blocks inside it read of theirs."""
    of_all = columns_of_all(block) if isinstance(block, Map) else frozenset()
    return own_columns(block) | columns_around(block) | of_all


def own_columns(block: Block) -> frozenset[str]:
    """Those that must be in the row itself: where values come from, and lists of blocks inside it."""
    names = {name for node in block.nodes.values() if node.each for name in _sources(node.each)}
    names |= {node.everyone.from_ for node in block.nodes.values() if node.everyone and node.everyone.from_}
    return frozenset(name for name in (*names, *(nested.path for nested in block.each)) if not is_special(name))


def columns_around(block: Block) -> frozenset[str]:
    """Those that may also be in a row around it: what templates, ``set`` and ``where`` ask for."""
    return frozenset(name for name in _around(block) if not is_special(name))


def columns_of_all(table: Map) -> frozenset[str]:
    """Those that what a map sets of all its claims asks for; they may be in rows of any block."""
    groups: set[str] = {VALUE}
    blocks: list[Block] = [table]
    for block in blocks:
        blocks += block.each
        groups = groups.union(*(_groups(node.each) for node in block.nodes.values() if node.each))
    return frozenset(name for name in _of_set(table.set, groups) if not is_special(name))


def _sources(spec: ValueSpec) -> Iterator[str]:
    yield from spec.from_
    for alternative in spec.any:
        yield from _sources(alternative)


def _around(block: Block) -> Iterator[str]:
    for node in block.nodes.values():
        groups = _groups(node.each) if node.each else {VALUE}
        yield from _templates(node.each) if node.each else ()
        yield from _of_set(node.set, groups)
        yield from (name for name in places(node.id or "") if name not in groups)
    for claim in block.claims:
        yield from claim.where
        groups = _groups_of_ends(block, claim)
        yield from _of_set(claim.set, groups)
        yield from (name for name in places(claim.key or "") if name not in groups)
    if isinstance(block, NestedBlock | Map):
        yield from block.where


def _of_set(given: dict[str, SetSpec], groups: set[str]) -> Iterator[str]:
    for spec in given.values():
        yield from (name for name in (*_sources(spec), *_templates(spec)) if name not in groups)


def _templates(spec: ValueSpec) -> Iterator[str]:
    if spec.as_ is not None:
        yield from (name for name in places(spec.as_) if name not in _groups(spec))
    for alternative in spec.any:
        yield from _templates(alternative)


def _groups(spec: ValueSpec) -> set[str]:
    own = set(compiled(spec.pattern).groupindex) if spec.pattern else set()
    return own.union({VALUE}, *(_groups(each) for each in spec.any))


def _groups_of_ends(block: Block, claim: ClaimSpec) -> set[str]:
    specs = (block.nodes.get(name) for name in (claim.from_, claim.to))
    return {VALUE}.union(*(_groups(node.each) for node in specs if node and node.each))
