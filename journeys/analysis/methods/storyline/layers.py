"""A storyline as layers of meetings, the orders that it can be drawn in, and the crossings of such orders."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Order = tuple[int, ...]
"""The lines of one layer from top to bottom, as indices into ``Storyline.lines``."""


@dataclass(frozen=True)
class Storyline:
    """Layers in order of time; in each one or more meetings, which share no line.

    A line is there from the first layer in which it meets anybody, or is alone in a meeting, to the last.
    """

    lines: tuple[Hashable, ...]
    """Who or what each line is; the position is its index."""
    layers: tuple[tuple[frozenset[int], ...], ...]
    """The meetings of each layer, as sets of indices. None is empty, and no two of a layer share a line."""

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The first and the last layer of each line."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for layer, meetings in enumerate(self.layers):
            for line in frozenset().union(*meetings):
                first.setdefault(line, layer)
                last[line] = layer
        return tuple((first[line], last[line]) for line in range(len(self.lines)))

    @cached_property
    def present(self) -> tuple[tuple[int, ...], ...]:
        """The lines that are there in each layer, ascending."""
        return tuple(
            tuple(line for line, (first, last) in enumerate(self.spans) if first <= layer <= last)
            for layer in range(len(self.layers))
        )


@dataclass(frozen=True)
class FewestCrossings:
    """Orders for a storyline, and what is known of the best ones."""

    orders: tuple[Order, ...]
    """The lines of each layer from top to bottom."""
    crossings: int
    """The crossings of these orders."""
    bound: int
    """No orders have fewer crossings than this."""

    @property
    def proved(self) -> bool:
        """Whether no orders have fewer crossings."""
        return self.crossings == self.bound


def storyline(layers: Iterable[Iterable[Iterable[Hashable]]]) -> Storyline:
    """The storyline of these layers of meetings of whatever; lines are in the order of their first meeting.

    Empty meetings and empty layers are left out. Raises ValueError where one line is in two meetings of a layer.
    """
    index: dict[Hashable, int] = {}
    kept: list[tuple[frozenset[int], ...]] = []
    for meetings in layers:
        layer: list[frozenset[int]] = []
        for members in meetings:
            meeting = frozenset(index.setdefault(member, len(index)) for member in members)
            if any(meeting & other for other in layer):
                both = next(name for name, at in index.items() if any(at in meeting & other for other in layer))
                raise ValueError(f"{both!r} is in two meetings of one layer")
            if meeting:
                layer.append(meeting)
        if layer:
            kept.append(tuple(layer))
    return Storyline(tuple(index), tuple(kept))


def crossings(orders: Sequence[Order]) -> int:
    """How often two lines change places between neighbouring layers, over all layers."""
    return sum(crossings_between(above, below) for above, below in pairwise(orders))


def crossings_between(one: Order, other: Order) -> int:
    """The pairs of lines that are in both orders and stand the other way round in the second."""
    places = {line: place for place, line in enumerate(other)}
    seen: list[int] = []
    count = 0
    for line in one:
        if line in places:
            count += len(seen) - bisect_right(seen, places[line])
            insort(seen, places[line])
    return count


def problem_with(story: Storyline, orders: Sequence[Order]) -> str | None:
    """What is wrong with these orders as a drawing of the storyline; None when nothing is."""
    if len(orders) != len(story.layers):
        return f"{len(orders)} orders for {len(story.layers)} layers"
    for layer, (order, meetings, present) in enumerate(zip(orders, story.layers, story.present, strict=True)):
        if tuple(sorted(order)) != present:
            return f"layer {layer} has lines {sorted(order)} instead of {list(present)}"
        for meeting in meetings:
            places = sorted(order.index(line) for line in meeting)
            if places[-1] - places[0] != len(places) - 1:
                return f"layer {layer}: the lines of a meeting are not side by side"
    return None


def blocks(meetings: Iterable[frozenset[int]], present: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each line of a layer what it moves with: its meeting as a tuple, else itself."""
    of: dict[int, tuple[int, ...]] = {line: (line,) for line in present}
    for meeting in meetings:
        block = tuple(sorted(meeting))
        for line in meeting:
            of[line] = block
    return of
