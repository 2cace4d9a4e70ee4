"""Layout of a network: positions of nodes, the same on every run and every machine.

Only +, -, *, / and the square root are used, which give the same bits everywhere, and Python's own random numbers.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

SPACING = 140.0
"""The ideal distance of neighbours, in the units of the page."""

_SEED = 2011
_ASPECT = 1.4
"""Width by height of the whole, about that of a screen's part."""
_HIGHER = 2.0
"""So many times as high a flat component is made at most."""
_STRETCH = 1.4
"""Names are wider than they are high."""
NAME_WIDE, NAME_HIGH = 150.0, 84.0
"""The room that a mark takes with the name below it."""
_ALL_PAIRS = 80
"""The most nodes for which all pairs repel each other; above it, only near ones do."""
_ROUNDS = 150
_ROUNDS_OF_MANY = 60
_ROUNDS_APART = 80
_ROW_WIDTHS = (1.0, 1.25, 1.6, 2.0)
"""How wide rows of components may be, of the width that their area asks for: what fills a screen best is taken."""
_ROW = 1 << 20
"""More squares of the grid than are in any row of it."""

Point = tuple[float, float]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Pairs = tuple[Places, Places]


def positions(nodes: Iterable[str], ties: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """A point for every node, in whole units; those who are related stand near each other.

    Every component is laid out by itself (Fruchterman & Reingold 1991, above 80 nodes with their grid) and its
    names are moved off each other. Then they are put side by side, the largest first, and in rows below them those
    without a tie.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in ties if pair[0] != pair[1]}))
    components = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    alone = [part[0] for part in components if len(part) == 1]
    drawn = [_spring(part, graph.subgraph(part)) for part in components if len(part) > 1]
    found = _side_by_side(drawn)
    found |= _rows(alone, found, downwards=True)
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in sorted(found.items())}


def rows_beside(
    placed: Mapping[str, Point], others: Iterable[str], ties: Iterable[tuple[str, str]], *, downwards: bool
) -> dict[str, Point]:
    """Points for ``others`` in rows below what is placed, or above it, in whole units.

    Each stands as near as its row allows to the middle of those placed that it is tied to (the barycentre of Sugiyama,
    Tagawa & Toda 1981).
    """
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in ties:
        beside[one].add(other)
        beside[other].add(one)

    def middle(node: str) -> tuple[float, str]:
        xs = [placed[other][0] for other in sorted(beside[node]) if other in placed]
        return (sum(xs) / len(xs) if xs else math.inf, node)

    found = _rows(sorted(others, key=middle), placed, downwards=downwards)
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in found.items()}


def _rows(nodes: Sequence[str], placed: Mapping[str, Point], *, downwards: bool) -> dict[str, Point]:
    """The nodes column by column, in as many rows as the width of what is placed asks for."""
    left, right = (pick((x for x, _ in placed.values()), default=0.0) for pick in (min, max))
    edge = (max if downwards else min)((y for _, y in placed.values()), default=0.0)
    step = 1.2 * SPACING
    columns = max(1, int((right - left) / step) + 1, math.isqrt(2 * len(nodes)))
    rows = -(-len(nodes) // columns)
    columns = -(-len(nodes) // rows) if rows else 1
    start = (left + right - (columns - 1) * step) / 2
    turn = 1 if downwards else -1
    return {
        node: (start + number // rows * step, edge + turn * SPACING * (0.9 + 0.6 * (number % rows)))
        for number, node in enumerate(nodes)
    }


def _spring(nodes: Sequence[str], graph: nx.Graph[str]) -> dict[str, Point]:
    """One component, its least coordinates 0."""
    number = len(nodes)
    place = {node: at for at, node in enumerate(nodes)}
    # A part of a graph may name the ends of a tie in either order, and which is first decides the last bits.
    pairs = sorted((min(place[a], place[b]), max(place[a], place[b])) for a, b in graph.edges)
    first, second = np.array(pairs).T
    chance = random.Random(_SEED)
    side = SPACING * math.sqrt(number)
    xs, ys = (np.array([chance.random() * side for _ in nodes]) for _ in range(2))
    # In a complete network the ties would pull all nodes to one spot.
    strength = min(1.0, 2.0 * number / len(first)) / SPACING
    rounds = _ROUNDS if number <= _ALL_PAIRS else _ROUNDS_OF_MANY
    everybody = np.triu_indices(number, 1)
    for step in range(rounds):
        furthest = side * 0.2 * (1 - step / rounds) + 1.0
        push_x, push_y = _repulsion(xs, ys, everybody if number <= _ALL_PAIRS else _near(xs, ys))
        dx, dy = xs[first] - xs[second], ys[first] - ys[second]
        pull = np.sqrt(dx * dx + dy * dy) * strength
        push_x -= _sums(first, second, dx * pull, number)
        push_y -= _sums(first, second, dy * pull, number)
        length = np.sqrt(push_x * push_x + push_y * push_y)
        share = np.where(length > furthest, furthest / np.maximum(length, 1.0), 1.0)
        xs, ys = xs + push_x * share, ys + push_y * share
    xs, ys = _lying(xs, ys)
    xs, ys = _apart(xs * _STRETCH, ys, everybody)
    xs, ys = xs - xs.min(), ys - ys.min()
    # A flat picture leaves half of its frame empty, while its names stand close.
    if ys.max() > 0:
        ys = ys * min(max(xs.max() / (ys.max() * _ASPECT), 1.0), _HIGHER)
    return {node: (float(xs[at]), float(ys[at])) for at, node in enumerate(nodes)}


def _apart(xs: Numbers, ys: Numbers, everybody: Pairs) -> tuple[Numbers, Numbers]:
    """The same with the names moved off each other, the shorter way: to the side, or up and down."""
    for _ in range(_ROUNDS_APART):
        first, second = everybody if len(xs) <= _ALL_PAIRS else _near(xs, ys)
        dx, dy = xs[first] - xs[second], ys[first] - ys[second]
        over_x, over_y = NAME_WIDE - np.abs(dx), NAME_HIGH - np.abs(dy)
        over = (over_x > 0) & (over_y > 0)
        if not over.any():
            break
        first, second, dx, dy = first[over], second[over], dx[over], dy[over]
        over_x, over_y = over_x[over], over_y[over]
        sideways = over_x * NAME_HIGH < over_y * NAME_WIDE
        xs = xs + _sums(first, second, np.where(sideways, np.where(dx < 0, -over_x, over_x), 0.0) * 0.4, len(xs))
        ys = ys + _sums(first, second, np.where(sideways, 0.0, np.where(dy < 0, -over_y, over_y)) * 0.4, len(ys))
    return xs, ys


def _lying(xs: Numbers, ys: Numbers) -> tuple[Numbers, Numbers]:
    """The same turned so that it is widest from left to right: along the first principal axis."""
    number = len(xs)
    xs, ys = xs - math.fsum(xs) / number, ys - math.fsum(ys) / number
    across, both, along = math.fsum(xs * xs), math.fsum(xs * ys), math.fsum(ys * ys)
    longest = (across + along) / 2 + math.sqrt(((across - along) / 2) ** 2 + both * both)
    x, y = (longest - along, both) if across >= along else (both, longest - across)
    length = math.sqrt(x * x + y * y)
    if not length:
        return xs, ys
    return (xs * x + ys * y) / length, (ys * x - xs * y) / length


def _repulsion(xs: Numbers, ys: Numbers, pairs: Pairs) -> tuple[Numbers, Numbers]:
    """How far each node is pushed by the others, those two by two in ``pairs``."""
    first, second = pairs
    dx, dy = xs[first] - xs[second], ys[first] - ys[second]
    # Two on the same spot leave it along a line of their own.
    same = (dx == 0) & (dy == 0)
    dx, dy = np.where(same, 1.0, dx), np.where(same, (first - second) / len(xs), dy)
    push = SPACING * SPACING / np.maximum(dx * dx + dy * dy, 1.0)
    return _sums(first, second, dx * push, len(xs)), _sums(first, second, dy * push, len(xs))


def _near(xs: Numbers, ys: Numbers) -> Pairs:
    """Pairs of nodes in the same or in neighbouring squares of a grid, each pair once."""
    square = 1.5 * SPACING
    cells = np.floor(xs / square).astype(np.int64) * _ROW + np.floor(ys / square).astype(np.int64)
    order = np.argsort(cells, kind="stable")
    in_order = cells[order]
    found = []
    for beside in (0, 1, _ROW - 1, _ROW, _ROW + 1):
        start, end = (np.searchsorted(in_order, cells + beside, side) for side in ("left", "right"))
        many = end - start
        first = np.repeat(np.arange(len(xs)), many)
        second = order[np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)]
        once = first < second if beside == 0 else np.ones(len(first), dtype=bool)
        found.append((first[once], second[once]))
    return np.concatenate([first for first, _ in found]), np.concatenate([second for _, second in found])


def _sums(first: Places, second: Places, values: Numbers, number: int) -> Numbers:
    """For each node what it gains as the first of a pair less what it loses as the second.

    ``bincount`` adds one after the other, in the order of the pairs, so the last bits are the same everywhere.
    """
    return (np.bincount(first, values, number) - np.bincount(second, values, number)).astype(np.float64)


def _side_by_side(parts: Sequence[dict[str, Point]]) -> dict[str, Point]:
    """The components in rows, none over another."""
    gap = 1.5 * SPACING
    sizes = [(max(x for x, _ in part.values()) + gap, max(y for _, y in part.values()) + gap) for part in parts]
    asked = math.sqrt(_ASPECT * sum(wide * high for wide, high in sizes))
    widest = max((wide for wide, _ in sizes), default=0.0)
    ways = [_in_rows(sizes, max(asked * share, widest)) for share in _ROW_WIDTHS]
    corners, *_ = min(ways, key=lambda way: max(way[1] / _ASPECT, way[2]))
    return {
        node: (x + left, y + top)
        for part, (left, top) in zip(parts, corners, strict=True)
        for node, (x, y) in part.items()
    }


def _in_rows(sizes: Sequence[tuple[float, float]], widest: float) -> tuple[list[Point], float, float]:
    """Where each begins, one after the other in rows of at most ``widest``; how wide and how high they are together."""
    corners: list[Point] = []
    left = top = height = width = 0.0
    for wide, high in sizes:
        if left and left + wide > widest:
            left, top, height = 0.0, top + height, 0.0
        corners.append((left, top))
        left, height = left + wide, max(height, high)
        width = max(width, left)
    return corners, width, top + height
