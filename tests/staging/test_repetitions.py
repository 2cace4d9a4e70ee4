"""Places that say the same: each pair once, the first ten named, all counted, whatever the order."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from journeys.model.problems import Address
from journeys.staging.repetitions import NAMED, Repetitions


def at(number: int, file: str = "tables/t.csv") -> Address:
    return Address(file, None, f"line {number}")


def test_a_pair_is_named_once_with_both_places() -> None:
    found = Repetitions()
    a, b = Address("forms/a.xlsx", "Who did what", "A4"), Address("forms/b.xlsx", "Who did what", "A9")
    found.add(b, a)
    found.add(b, a)
    found.add(a, a)
    assert found.claims == 3
    assert [(str(each), each.claims) for each in found.named()] == [
        ("forms/a.xlsx > Who did what > A4 says the same twice", 1),
        ("forms/b.xlsx > Who did what > A9 says the same as forms/a.xlsx > Who did what > A4", 2),
    ]


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), max_size=1500))
def test_the_first_are_named_and_all_are_counted(pairs: list[tuple[int, int]]) -> None:
    found = Repetitions()
    for place, first in pairs:
        found.add(at(place), at(first))
        assert len(found._pairs) <= 200
    expected = sorted(Counter(pairs).items(), key=lambda each: (each[0][1], each[0][0]))[:NAMED]
    assert [((each.place, each.first), each.claims) for each in found.named()] == [
        ((at(place), at(first)), number) for (place, first), number in expected
    ]
    assert found.claims == len(pairs)


few = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=30)


@given(few, few, few)
def test_when_a_part_changes_the_first_are_named_as_if_all_were_counted_again(
    others: list[tuple[int, int]], before: list[tuple[int, int]], now: list[tuple[int, int]]
) -> None:
    def counted(pairs: list[tuple[int, int]]) -> Repetitions:
        found = Repetitions()
        for place, first in pairs:
            found.add(at(place), at(first))
        return found

    last, expected = counted(others + before).named(), counted(others + now).named()
    found = counted(now).named_after(last, counted(before))
    assert found is None or found == expected
    assert found is not None or len(last) == NAMED
