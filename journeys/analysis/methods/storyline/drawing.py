"""From decisions about lines to orders that can be drawn, and what is missing where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from journeys.analysis.methods.storyline.layers import Order, blocks
from journeys.analysis.methods.storyline.relations import Pair, Place, Relations

Below = dict[int, set[int]]
"""For each line the lines that are to be below it."""


def drawn(relations: Relations, values: Sequence[int]) -> tuple[tuple[Order, ...], set[Place]]:
    """Orders of the layers that follow the decisions as far as they can, and the places that they fail for.

    Where they fail for none, the orders have no crossings but those of the decisions. Otherwise a decision on each of
    these places tells the next attempt what this one did not know.
    """
    story = relations.story
    decided: dict[Pair, list[tuple[int, bool]]] = {}
    for (layer, pair), (decision, upright) in relations.at.items():
        decided.setdefault(pair, []).append((layer, bool(values[decision]) == upright))
    orders: list[Order] = []
    missing: set[Place] = set()
    for layer, present in enumerate(story.present):
        places = {line: place for place, line in enumerate(orders[-1] if orders else ())}
        below: Below = {line: set() for line in present}
        for pair in combinations(present, 2):
            above = _wanted(decided.get(pair, []), layer, pair, places)
            if above is not None:
                upper, lower = pair if above else pair[::-1]
                below[upper].add(lower)
        order, circles = _sorted(below, places)
        missing.update((layer, pair) for circle in circles for pair in combinations(sorted(circle), 2))
        orders.append(_side_by_side(order, blocks(story.layers[layer], present)))
    return tuple(orders), {place for place in missing if place not in relations.at}


def _wanted(decided: Sequence[tuple[int, bool]], layer: int, pair: Pair, places: dict[int, int]) -> bool | None:
    """Whether the first line of the pair is to be above the second in a layer; None while either will do."""
    now = places[pair[0]] < places[pair[1]] if pair[0] in places and pair[1] in places else None
    last = next((above for at, above in reversed(decided) if at <= layer), None)
    following = next((above for at, above in decided if at >= layer), None)
    if last is None and following is None:
        return now
    if last is None or following is None or last == following:
        return following if last is None else last
    return following if now == following else None


def _sorted(below: Below, places: dict[int, int]) -> tuple[list[int], list[list[int]]]:
    """The lines from top to bottom, free ones as they were before, and the circles that had to be cut for it."""
    circles: list[list[int]] = []
    order: list[int] = []
    waiting = {line: {upper for upper, lower in below.items() if line in lower} for line in below}
    while waiting:
        free = [line for line, above in waiting.items() if not above]
        if not free:
            circle = _circle(waiting)
            circles.append(circle)
            waiting[circle[0]].discard(circle[1])
            continue
        line = min(free, key=lambda one: (places.get(one, -1), one))
        order.append(line)
        del waiting[line]
        for above in waiting.values():
            above.discard(line)
    return order, circles


def _circle(above: dict[int, set[int]]) -> list[int]:
    """A circle of lines of which each is to be below the next, as short as can be from the first that is in one."""
    best: list[int] = []
    for start in above:
        ways = [[start]]
        seen = {start}
        while ways and (not best or len(ways[0]) < len(best)):
            way = ways.pop(0)
            for upper in sorted(above[way[-1]]):
                if upper == start:
                    best = way if not best or len(way) < len(best) else best
                elif upper not in seen:
                    seen.add(upper)
                    ways.append([*way, upper])
        if len(best) == 3:
            break
    return best


def _side_by_side(order: Sequence[int], block_of: dict[int, tuple[int, ...]]) -> Order:
    """The order with the lines of each meeting together, in the middle of where they are."""
    places = {line: place for place, line in enumerate(order)}
    middle = {block: sum(places[line] for line in block) / len(block) for block in block_of.values()}
    return tuple(sorted(order, key=lambda line: (middle[block_of[line]], block_of[line], places[line])))
