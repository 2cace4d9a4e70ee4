"""Seriation: the order in which the rows of a matrix show its clusters best."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Row = TypeVar("Row", bound=Hashable)
Numbers = NDArray[np.float64]

MOST = 400
"""More rows than these stay in the order in which they come: the best order takes too long to find."""


def seriated(rows: Sequence[Row], features: Mapping[Row, Collection[Hashable]]) -> list[Row]:
    """``rows`` so that those stand together that have much in common, by what each has (``features``).

    Average linkage (Sokal & Michener 1958) on Jaccard distances; then, of all orders that keep its tree, one with the
    least sum of distances between neighbours (optimal leaf ordering: Bar-Joseph, Gifford & Jaakkola 2001). Of the two
    directions the one whose first half has more. Rows without features come last, in the order given. The same rows in
    the same order give the same result; more than ``MOST`` rows with features are returned as they come.
    """
    full = [row for row in rows if features.get(row)]
    empty = [row for row in rows if not features.get(row)]
    if not 2 < len(full) <= MOST:
        return [*full, *empty]
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import pdist, squareform

    places = {each: at for at, each in enumerate(dict.fromkeys(each for row in full for each in features[row]))}
    held = np.zeros((len(full), len(places)), dtype=bool)
    for at, row in enumerate(full):
        held[at, [places[each] for each in features[row]]] = True
    # Equal sums may differ in the last digits between machines, and then so would the tree.
    distances = np.round(pdist(held, "jaccard"), 9)
    order = [full[at] for at in leaf_order(linkage(distances, "average"), squareform(distances))]
    half = len(order) // 2
    first, last = (sum(len(features[row]) for row in part) for part in (order[:half], order[-half:]))
    return [*(order if first >= last else order[::-1]), *empty]


def leaf_order(tree: Numbers, distances: Numbers) -> list[int]:
    """The leaves of a tree, so that neighbours are as near as its branches allow (Bar-Joseph et al. 2001).

    ``tree`` is a linkage matrix of SciPy, ``distances`` the square matrix of n leaves. O(n³) time. Not
    ``scipy.cluster.hierarchy.optimal_leaf_ordering``, whose orders are not always the best (scipy/scipy#11227).
    """
    n = len(distances)
    children = {n + at: (int(one), int(other)) for at, (one, other) in enumerate(tree[:, :2])}
    leaves = {at: np.array([at]) for at in range(n)}
    # The least sum of an order that begins with one leaf of a branch and ends with another.
    least: dict[int, Numbers] = {at: np.zeros((1, 1)) for at in range(n)}
    for branch, (one, other) in children.items():
        leaves[branch] = np.concatenate([leaves[one], leaves[other]])
        between = distances[np.ix_(leaves[one], leaves[other])]
        across = _least_sums(_least_sums(least[one], between), least[other])
        size = len(leaves[one])
        made = np.full((len(leaves[branch]),) * 2, np.inf)
        made[:size, size:], made[size:, :size] = across, across.T
        least[branch] = made
    top = 2 * n - 2
    begin, end = np.unravel_index(int(np.argmin(least[top])), least[top].shape)
    order: list[int] = []
    waiting = [(top, int(begin), int(end))]
    while waiting:
        branch, begins, ends = waiting.pop()
        if branch < n:
            order.append(branch)
            continue
        one, other = children[branch]
        size = len(leaves[one])
        if begins < ends:
            first, second, begins, ends = one, other, begins, ends - size
        else:
            first, second, begins, ends = other, one, begins - size, ends
        between = distances[np.ix_(leaves[first], leaves[second])]
        sums = least[first][begins][:, None] + between + least[second][:, ends][None, :]
        last, following = np.unravel_index(int(np.argmin(sums)), sums.shape)
        waiting += [(second, int(following), ends), (first, begins, int(last))]
    return order


def _least_sums(one: Numbers, other: Numbers) -> Numbers:
    """The product of two matrices with "add" for "times" and "the least" for "sum"."""
    made = np.full((one.shape[0], other.shape[1]), np.inf)
    for at in range(one.shape[1]):
        np.minimum(made, one[:, at, None] + other[None, at], out=made)
    return made
