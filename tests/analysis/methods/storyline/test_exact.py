"""The fewest crossings of storylines, against counts worked out by hand and by trying every order."""

from __future__ import annotations

import json
import random
from itertools import combinations, pairwise, permutations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.methods.storyline.exact import fewest_crossings
from journeys.analysis.methods.storyline.layers import Storyline, crossings, problem_with, storyline
from journeys.analysis.methods.storyline.odd_cycles import OddCycles
from journeys.analysis.methods.storyline.relations import Change


def by_trying_every_order(story: Storyline) -> int:
    """The fewest crossings, from all orders of every layer."""
    best: dict[tuple[int, ...], int] = {}
    for layer, present in enumerate(story.present):
        drawable = [
            order
            for order in permutations(present)
            if all(
                max(order.index(line) for line in meeting) - min(order.index(line) for line in meeting)
                == len(meeting) - 1
                for meeting in story.layers[layer]
            )
        ]
        best = {
            order: min((count + inversions(before, order) for before, count in best.items()), default=0)
            for order in drawable
        }
    return min(best.values())


def inversions(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    both = [line for line in one if line in other]
    return sum(other.index(a) > other.index(b) for a, b in combinations(both, 2))


def drawn_and_counted(story: Storyline) -> int:
    """The crossings of what is drawn, counted here; what is said of it has to be so."""
    found = fewest_crossings(story, seconds=60)
    assert problem_with(story, found.orders) is None
    assert found.proved
    counted = sum(inversions(above, below) for above, below in pairwise(found.orders))
    assert counted == crossings(found.orders) == found.crossings
    return counted


@pytest.mark.parametrize(
    ("layers", "fewest"),
    [
        ([], 0),
        ([["AB"]], 0),
        ([["AB"], ["BC"], ["AB"]], 0),
        # A and B meet without C, then A and C without B, then B and C without A: whichever is in the middle,
        # it has to be left once.
        ([["ABC"], ["AB"], ["AC"], ["BC"], ["ABC"]], 1),
        ([["ABC"], ["AB"], ["AC"], ["BC"]], 0),  # A has gone before B and C meet
        # Two pairs swap partners: one of each pair has to pass the other's.
        ([["ABCD"], ["AB", "CD"], ["AC", "BD"]], 1),
        # B has gone when A and C meet; D is alone and in nobody's way.
        ([["ABC"], ["AB"], ["AC"], ["D"]], 0),
    ],
)
def test_known_answers(layers: list[list[str]], fewest: int) -> None:
    assert drawn_and_counted(storyline(layers)) == fewest


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.frozensets(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=2),
        min_size=1,
        max_size=7,
    )
)
def test_no_order_has_fewer(layers: list[list[frozenset[int]]]) -> None:
    parted = [[layer[0], *(meeting - layer[0] for meeting in layer[1:])] for layer in layers]
    story = storyline(parted)
    assert drawn_and_counted(story) == by_trying_every_order(story)


def test_the_southern_women() -> None:
    """Davis, Gardner and Gardner (1941), the 14 events in the order of their columns; 18 women."""
    graph = nx.davis_southern_women_graph()
    events = sorted((node for node, side in graph.nodes(data="bipartite") if side), key=lambda name: int(name[1:]))
    story = storyline([[graph[event]] for event in events])
    assert len(story.lines) == 18
    assert drawn_and_counted(story) == 5


FILMS = {"Inception": 28, "JurassicPark": 21, "StarWars": 39}
"""The fewest crossings of three films, found before by another exact model (shared/data/README.md)."""


def film(file: Path) -> Storyline:
    """The scenes of a film from iStoryline's data: who is with whom between one change and the next."""
    told = json.loads(file.read_text(encoding="utf-8"))["Story"]["Characters"]
    stays = [(each["Start"], each["End"], each["Session"], who) for who, spans in told.items() for each in spans]
    layers: list[list[list[str]]] = []
    for start, end in pairwise(sorted({time for stay in stays for time in stay[:2]})):
        scenes: dict[int, list[str]] = {}
        for first, last, scene, who in stays:
            if first <= start and end <= last:
                scenes.setdefault(scene, []).append(who)
        if (layer := sorted(scenes.values())) not in layers[-1:]:
            layers.append(layer)
    return storyline(layers)


@pytest.mark.parametrize("name", FILMS)
def test_the_films_of_the_literature(shared_data: Path, name: str) -> None:
    """Films have been the test set of storylines since Tanahashi and Ma (2012); the fewest are proved each time."""
    assert drawn_and_counted(film(shared_data / "storyline" / f"{name}Tune.json")) == FILMS[name]


def test_a_bound_is_given_where_the_time_is_too_short() -> None:
    dice = random.Random(3)
    story = storyline([[dice.sample(range(30), dice.randint(3, 9))] for _ in range(30)])
    found = fewest_crossings(story, seconds=0.2)
    assert problem_with(story, found.orders) is None
    assert 0 <= found.bound <= found.crossings


def test_one_line_cannot_be_in_two_meetings_at_once() -> None:
    with pytest.raises(ValueError, match="'B' is in two meetings"):
        storyline([["AB", "BC"]])


def test_odd_cycles_are_those_that_no_choice_can_satisfy() -> None:
    alike = [Change(0, 1, True, 1), Change(1, 2, True, 1), Change(0, 2, False, 1), Change(2, 3, False, 1)]
    found = OddCycles(alike, 4)
    assert found.below_one([0.0] * 4, most=10) == [(0, 1, 2)]
    assert found.below_one([0.4, 0.3, 0.3, 0.0], most=10) == []
