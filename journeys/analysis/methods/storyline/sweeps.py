"""Good orders for a storyline by sweeping over its layers, quickly and without a promise."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from journeys.analysis.methods.storyline.layers import Order, Storyline, blocks, crossings

T = TypeVar("T")

Preference = dict[tuple[int, int], int]
"""For two lines, how many of the neighbouring layers have the first above the second, less those that do not."""


def swept(story: Storyline, *, starts: int, start: Sequence[Order] | None = None) -> tuple[Order, ...]:
    """The orders with the fewest crossings that sweeps find, from ``start`` if given and ``starts`` others.

    The same storyline gives the same orders. SOURCE: layer by layer sweeps as in Sugiyama et al. (1981), with the
    members of a meeting moved as one block.
    """
    dice = random.Random(0)
    best: tuple[Order, ...] = ()
    fewest = -1
    for attempt in range(starts + (start is not None)):
        orders = [tuple(order) for order in start] if start is not None and attempt == 0 else _first(story, dice)
        _settle(story, orders)
        count = crossings(orders)
        if fewest < 0 or count < fewest:
            best, fewest = tuple(orders), count
        if not fewest:
            break
    return best


def _first(story: Storyline, dice: random.Random) -> list[Order]:
    """Orders that follow from one for the first layer, which is drawn by lot, there and back again."""
    orders: list[Order] = []
    for layer, present in enumerate(story.present):
        drawn = list(present)
        dice.shuffle(drawn)
        before = orders[-1] if orders else ()
        orders.append(_arranged(story, layer, _preference([before]), _after(before, drawn)))
    for layer in reversed(range(len(orders) - 1)):
        orders[layer] = _arranged(story, layer, _preference([orders[layer + 1]]), orders[layer])
    for layer in range(1, len(orders)):
        orders[layer] = _arranged(story, layer, _preference([orders[layer - 1]]), orders[layer])
    return orders


def _after(before: Order, drawn: Sequence[int]) -> Order:
    """The lines that go on, in their order, with the others at random places between."""
    going_on = set(before) & set(drawn)
    old = iter(line for line in before if line in going_on)
    return tuple(next(old) if line in going_on else line for line in drawn)


def _settle(story: Storyline, orders: list[Order]) -> None:
    """Arrange each layer between its two neighbours until no layer gets better."""
    waiting = set(range(len(orders)))
    while waiting:
        layer = min(waiting)
        waiting.discard(layer)
        near = [other for other in (layer - 1, layer + 1) if 0 <= other < len(orders)]
        preference = _preference([orders[other] for other in near])
        changed = _arranged(story, layer, preference, orders[layer])
        if _cost(changed, preference) < _cost(orders[layer], preference):
            orders[layer] = changed
            waiting.update(near)


def _preference(neighbours: Sequence[Order]) -> Preference:
    preference: Preference = {}
    for order in neighbours:
        for place, one in enumerate(order):
            for other in order[place + 1 :]:
                preference[one, other] = preference.get((one, other), 0) + 1
                preference[other, one] = preference.get((other, one), 0) - 1
    return preference


def _cost(order: Order, preference: Preference) -> int:
    """Twice the pairs that stand against a neighbouring layer, less a number that is the same for every order."""
    return -sum(preference.get((one, other), 0) for place, one in enumerate(order) for other in order[place + 1 :])


def _arranged(story: Storyline, layer: int, preference: Preference, start: Order) -> Order:
    """``start`` with each meeting side by side, and blocks and their members moved to where they cross least."""
    block_of = blocks(story.layers[layer], start)
    members: dict[tuple[int, ...], list[int]] = {}
    for line in start:
        members.setdefault(block_of[line], []).append(line)
    whole: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for (one, other), value in preference.items():
        if one in block_of and other in block_of and block_of[one] != block_of[other]:
            pair = (block_of[one], block_of[other])
            whole[pair] = whole.get(pair, 0) + value
    middle = {line: place for place, line in enumerate(start)}
    first = sorted(members, key=lambda block: (sum(middle[line] for line in block) / len(block), block))
    return tuple(
        line
        for block in _inserted(first, whole)
        for line in (_inserted(members[block], preference) if len(block) > 1 else block)
    )


def _inserted(items: Sequence[T], preference: Mapping[tuple[T, T], int]) -> list[T]:
    """The items with each moved to where most preferences are met, until no move helps."""
    order = list(items)
    moved = True
    while moved:
        moved = False
        for item in items:
            place = order.index(item)
            rest = order[:place] + order[place + 1 :]
            gain = 0
            gains = [0]
            for other in rest:  # from the top down: what passing each one is worth
                gain += preference.get((other, item), 0)
                gains.append(gain)
            best = max(range(len(gains)), key=lambda at: (gains[at], at == place))
            if gains[best] > gains[place]:
                order = [*rest[:best], item, *rest[best:]]
                moved = True
    return order
