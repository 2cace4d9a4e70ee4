"""Comparing sequences of stages, against textbook distances and orders."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.sequences.optimal_matching import (
    Distances,
    Medoid,
    distances,
    medoid,
    optimal_matching,
    transition_costs,
    transition_rates,
)
from journeys.analysis.methods.sequences.typical_order import Precedence, kemeny_order, precedences, typical_order


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("kitten", "sitting", 3),  # the textbook case of Levenshtein's distance (1966)
        ("saturday", "sunday", 3),
        ("intention", "execution", 5),  # Jurafsky & Martin, Speech and Language Processing, 2.5
        ("", "abc", 3),
        ("", "", 0),
    ],
)
def test_with_equal_costs_it_is_levenshteins_distance(one, other, distance):
    assert optimal_matching(one, other, substitution=1) == distance


def test_jurafsky_and_martin_with_substitutions_at_two():
    assert optimal_matching("intention", "execution") == 8


def test_with_substitutions_at_two_it_is_the_distance_by_longest_common_subsequence():
    """Elzinga's sequences of family formation (2008), as in TraMineR's guide: common subsequences of 2 and 4."""
    x, y, z = (text.split("-") for text in ("S-U-S-M-S-U", "U-S-SC-MC", "S-U-M-S-SC-UC-MC"))
    assert optimal_matching(x, y) == 6 + 4 - 2 * 2
    assert optimal_matching(x, z) == 6 + 7 - 2 * 4


def test_dear_insertions_force_substitutions():
    assert optimal_matching("ABCD", "BCDA", indel=1, substitution=2) == 2
    assert optimal_matching("ABCD", "BCDA", indel=5, substitution=2) == 8
    costs = {("A", "B"): 0.5, ("B", "A"): 0.5}
    assert optimal_matching("AAB", "ABB", substitution=costs) == 0.5
    with pytest.raises(KeyError):
        optimal_matching("AA", "AC", substitution=costs)


def test_normalisations():
    def normalised(how, **costs):
        return optimal_matching("kitten", "sitting", normalisation=how, **costs)

    assert normalised("maxlength", substitution=1) == pytest.approx(3 / 7)
    assert normalised("gower", substitution=1) == pytest.approx(3 / 7)
    assert normalised("gower", substitution=2) == pytest.approx(5 / 13)
    assert normalised("gower", substitution=9) == pytest.approx(5 / 13)
    assert normalised("yujianbo", substitution=1) == pytest.approx(2 * 3 / (13 + 3))
    assert [optimal_matching("", "", normalisation=how) for how in ("maxlength", "gower", "yujianbo")] == [0, 0, 0]
    with pytest.raises(ValueError, match="normalisation"):
        normalised("none at all")
    with pytest.raises(ValueError, match="negative"):
        optimal_matching("a", "b", indel=-1)


def test_transition_rates_and_the_costs_from_them():
    """TraMineR's formula 2 - p(i|j) - p(j|i), counted by hand."""
    sequences = ["1211", "2323", "3221", "1231"]
    rates = transition_rates(sequences)
    # From 1: 1-2, 1-1, 1-2; from 2: 2-1, 2-3, 2-3, 2-2, 2-1, 2-3; from 3: 3-2, 3-2, 3-1.
    assert rates["1", "1"] == pytest.approx(1 / 3)
    assert rates["1", "2"] == pytest.approx(2 / 3)
    assert rates["1", "3"] == 0
    assert (rates["2", "1"], rates["2", "2"], rates["2", "3"]) == pytest.approx((2 / 6, 1 / 6, 3 / 6))
    assert (rates["3", "1"], rates["3", "2"], rates["3", "3"]) == pytest.approx((1 / 3, 2 / 3, 0))
    costs = transition_costs(sequences)
    assert costs["1", "2"] == costs["2", "1"] == pytest.approx(2 - 2 / 3 - 2 / 6)
    assert costs["2", "3"] == pytest.approx(2 - 3 / 6 - 2 / 3)
    assert costs["3", "3"] == 0
    assert transition_rates(["ab"]) == {("a", "a"): 0, ("a", "b"): 1, ("b", "a"): 0, ("b", "b"): 0}
    with pytest.raises(ValueError, match="at least 2"):
        transition_costs(sequences, highest=1)


def test_distances_and_the_sequence_in_the_middle():
    matrix = distances({"c": "abd", "a": "abc", "b": "abcd"})
    assert matrix == Distances(("a", "b", "c"), ((0, 1, 2), (1, 0, 1), (2, 1, 0)))
    assert matrix.between("c", "a") == 2
    assert medoid(matrix) == Medoid(("b",), 1)
    assert medoid(distances({"a": "x", "b": "x", "c": "y"})) == Medoid(("a", "b"), 1)
    assert medoid(distances({"a": "x"})) == Medoid(("a",), None)
    assert medoid(distances({})) is None


def test_precedence_counts_the_journeys_that_have_both():
    found = precedences([["impetus", "use", "impetus"], ["use", "impetus"], ["impetus", "impact"], []])
    assert found["impetus", "use"] == Precedence("impetus", "use", 1, 2)
    assert found["impetus", "use"].share == 0.5
    assert found["impetus", "impact"].share == 1
    assert found["use", "impact"].n == 0
    assert found["use", "impact"].share is None


def test_kemeny_order_of_young_1988():
    """60 votes: 23 abc, 17 bca, 2 bac, 10 cab, 8 cba; the pairs make a cycle, and b c a is the best order."""
    votes = ["abc"] * 23 + ["bca"] * 17 + ["bac"] * 2 + ["cab"] * 10 + ["cba"] * 8
    best = typical_order(votes)
    assert (best.stages, best.agreeing, best.disagreeing, best.unique) == (("b", "c", "a"), 104, 76, True)


def test_kemeny_order_of_the_capital_of_tennessee():
    """The common example: 42 % M N C K, 26 % N C K M, 15 % C K N M, 17 % K C N M; score 393."""
    best = typical_order(["MNCK"] * 42 + ["NCKM"] * 26 + ["CKNM"] * 15 + ["KCNM"] * 17)
    assert ("".join(best.stages), best.agreeing, best.unique) == ("NCKM", 393, True)


def test_kemeny_order_at_the_edges():
    assert typical_order([]).stages == ()
    assert typical_order(["ab", "ba"]).unique is False
    assert typical_order(["ab", "ba"]).stages == ("a", "b")
    with pytest.raises(ValueError, match="15"):
        typical_order([range(16)])
    with pytest.raises(ValueError, match="negative"):
        kemeny_order({("a", "b"): -1})


_word = st.text("abc", max_size=7)
# Costs that are themselves a metric: the distances of points on a line.
_costs = st.fixed_dictionaries({state: st.integers(0, 5) for state in "abc"}).map(
    lambda place: {(one, two): float(abs(place[one] - place[two])) for one in place for two in place}
)


@given(_word, _word, _word, _costs | st.just(2.0), st.sampled_from(["none", "yujianbo"]))
def test_it_is_a_metric_if_the_costs_are(one, two, three, costs, how):
    def never_on_one_day(left, right):
        return optimal_matching(left, right, indel=3, substitution=costs, normalisation=how)

    assert never_on_one_day(one, one) == 0
    assert never_on_one_day(one, two) == pytest.approx(never_on_one_day(two, one))
    assert never_on_one_day(one, three) <= never_on_one_day(one, two) + never_on_one_day(two, three) + 1e-9
    if costs == 2.0 and one != two:
        assert never_on_one_day(one, two) > 0


@given(_word, _word, st.floats(0, 3), st.floats(0, 5), st.sampled_from(["gower", "yujianbo"]))
def test_the_bounded_normalisations_are_bounded(one, two, indel, substitution, how):
    distance = optimal_matching(one, two, indel=indel, substitution=substitution, normalisation=how)
    assert 0 <= distance <= 1 + 1e-9


@given(st.lists(_word, max_size=6))
def test_costs_from_transitions_are_symmetric_and_between_zero_and_two(words):
    costs = transition_costs(words)
    assert all(cost == pytest.approx(costs[then, first]) and 0 <= cost <= 2 for (first, then), cost in costs.items())


@given(st.dictionaries(st.integers(0, 20), _word, max_size=6), st.randoms())
def test_the_order_of_the_journeys_does_not_matter(words, random):
    shuffled = list(words.items())
    random.shuffle(shuffled)
    assert distances(words) == distances(dict(shuffled))
    assert typical_order(words.values()) == typical_order(dict(shuffled).values())


@given(st.lists(st.text("abcd", max_size=6), max_size=6))
def test_the_typical_order_is_the_best_of_all(words):
    found = {pair: precedence.before for pair, precedence in precedences(words).items()}
    best = typical_order(words)
    scores = {
        order: sum(found.get((one, two), 0) for place, one in enumerate(order) for two in order[place + 1 :])
        for order in permutations(sorted({stage for pair in found for stage in pair}))
    }
    assert best.agreeing == max(scores.values())
    assert best.stages == min(order for order, score in scores.items() if score == best.agreeing)
    assert best.unique == (list(scores.values()).count(best.agreeing) == 1)
