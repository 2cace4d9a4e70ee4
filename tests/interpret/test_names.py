"""Names as programs and people write them: soft hyphens for hyphens and spaces, and which known names look alike."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import OSA

from journeys.interpret.names import Names


@pytest.fixture
def names() -> Names:
    known = Names()
    known.add("Actor", "s:actor:JOB", ["Anne-Marie O'Brien"])
    known.add("Actor", "s:actor:TO", ["Tom Okafor"])
    known.add("Arena", "s:arena:BRD", ["Northtown Board"])
    return known


@pytest.mark.parametrize(
    "written",
    ["Anne\u00adMarie O'Brien", "Anne-Marie\u00adO'Brien", "Anne\u2011Marie O\u2019Brien", "An\u00adne-Marie O'Brien"],
)
def test_a_soft_hyphen_stands_for_a_hyphen_a_space_or_nothing(names: Names, written: str) -> None:
    assert names.find(("Actor",), written) == [("Actor", "s:actor:JOB")]


def test_a_short_id_that_stands_in_a_name_is_not_like_it(names: Names) -> None:
    assert names.nearest(("Actor", "Arena"), "Northtown Bord") == ["Northtown Board"]
    assert names.nearest(("Actor", "Arena"), "BRB")[0] == "BRD"


def test_the_nearest_of_many_spellings_is_meant_whichever_kind_it_is_of() -> None:
    """As if every known name were compared, though only those that are about as long are."""
    chance, labels = random.Random(5), ("Actor", "Arena", "Driver")
    known, written = Names(), dict[str, None]()
    for number in range(300):
        name = "".join(chance.choices("abc", k=chance.randrange(5, 9)))
        known.add(chance.choice(labels), f"s:thing:{number}", [name])
    for label in labels:
        written |= dict.fromkeys(known.written(label))
    slips = 0
    for _ in range(200):
        asked = "".join(chance.choices("abcd", k=chance.randrange(5, 9)))
        distances = {name: OSA.distance(asked, name) for name in written if not name.isdecimal() and name != asked}
        least = min(distances.values())
        meant = known.misspelt(labels, asked)
        assert (distances[meant] == least) if meant is not None else least > 2
        slips += meant is not None
    assert 20 < slips < 200


def test_names_with_the_same_words_are_alike_of_whatever_length() -> None:
    known = Names()
    known.add("Actor", "s:actor:JD", ["Dr Jane Doe (Northtown)"])
    known.add("Arena", "s:arena:D", ["Doe Jane Hall"])
    assert known.misspelt(("Actor", "Arena"), "Doe, Jane") == "Dr Jane Doe (Northtown)"
    assert known.misspelt(("Arena",), "Doe, Jane") is None
