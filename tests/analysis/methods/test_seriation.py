"""Seriation: those that have much in common stand together, as well as any order of the tree allows."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage, to_tree
from scipy.spatial.distance import pdist, squareform

from journeys.analysis.methods.seriation import MOST, seriated


def test_a_chain_is_found() -> None:
    chain = {"d": {4, 5}, "a": {1, 2}, "c": {3, 4}, "b": {2, 3}}
    assert seriated(sorted(chain), chain) in (["a", "b", "c", "d"], ["d", "c", "b", "a"])


def test_two_blocks_stand_apart_the_fuller_first_and_the_empty_last() -> None:
    rows = {"p": {"x"}, "a": {"k", "l", "m"}, "q": {"x", "y"}, "b": {"k", "l"}, "none": set(), "r": {"y"}}
    found = seriated(list(rows), rows)
    assert found[-1] == "none"
    assert {*found[:2]} == {"a", "b"} or {*found[3:5]} == {"a", "b"}


def test_too_many_stay_as_they_come() -> None:
    rows = {number: {number // 2} for number in range(MOST + 1)}
    assert seriated(list(rows), rows) == list(rows)


@settings(max_examples=40)
@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1), min_size=3, max_size=5))
def test_no_order_of_the_tree_has_nearer_neighbours(sets: list[frozenset[int]]) -> None:
    rows = dict(enumerate(sets))
    found = seriated(list(rows), rows)
    assert sorted(found) == list(rows)
    assert seriated(list(rows), rows) == found
    held = np.array([[each in has for each in range(6)] for has in sets])
    apart = squareform(np.round(pdist(held, "jaccard"), 9))
    root = to_tree(linkage(squareform(apart), "average"))

    def orders(node):  # type: ignore[no-untyped-def]
        if node.is_leaf():
            return [[node.id]]
        pairs = list(product(orders(node.left), orders(node.right)))
        return [one + other for one, other in pairs] + [other + one for one, other in pairs]

    def length(order: list[int]) -> float:
        return float(sum(apart[one, other] for one, other in pairwise(order)))

    assert length(found) <= min(map(length, orders(root))) + 1e-6
