"""The next batch is made while the last is written: the same items, their errors, and an end when nobody wants more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.store.prefetch import prefetched


@given(st.lists(st.integers(), max_size=20), st.integers(1, 4))
def test_the_same_items_in_their_order(items: list[int], depth: int) -> None:
    assert list(prefetched(items, depth)) == items


def test_an_item_may_be_nothing() -> None:
    assert list(prefetched([None, None])) == [None, None]


def test_an_error_of_the_making_comes_after_what_was_made() -> None:
    def making() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    items = prefetched(making())
    assert next(items) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(items)


def test_it_is_never_more_than_the_depth_ahead_and_stops_with_its_taker() -> None:
    made, third = [], threading.Event()

    def making() -> Iterator[int]:
        for number in range(1_000):
            made.append(number)
            if len(made) >= 4:
                third.set()
            yield number

    before = threading.active_count()
    items = prefetched(making(), depth=2)
    assert next(items) == 0
    # One taken, two waiting, one in the maker's hand.
    assert third.wait(10)
    assert len(made) <= 4
    items.close()  # type: ignore[attr-defined]
    assert len(made) <= 5
    assert threading.active_count() == before
