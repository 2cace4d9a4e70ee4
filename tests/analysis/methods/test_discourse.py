"""Who takes which side: discourse networks, changes of side, polarisation."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.methods.discourse.networks import Stance, affiliation_network, discourse_network
from journeys.analysis.methods.discourse.polarisation import agreement, polarisation
from journeys.analysis.methods.discourse.side_changes import ambivalent, side_changes
from journeys.model.dates import read_date


def _stances(*rows):
    """(actor, concept, polarity, date in words or None); the key is the number of the row."""
    return [
        Stance(actor, concept, polarity, None if when is None else read_date(when), number)
        for number, (actor, concept, polarity, when) in enumerate(rows)
    ]


# The commissioner and public health agree on two things and differ on one; the provider meets them on few.
DEBATE = _stances(
    ("commissioner", "census", 1, None),
    ("commissioner", "survey", 1, None),
    ("commissioner", "audit", -1, None),
    ("public health", "census", 1, None),
    ("public health", "survey", -1, None),
    ("public health", "audit", -1, None),
    ("public health", "JSNA", 1, None),
    ("provider", "audit", 1, None),
    ("patients", "forum", 1, None),
    ("chair", "census", 0, None),
)


def _weights(graph):
    return {frozenset(pair[:2]): pair[2] for pair in graph.edges(data="weight")}


def _between(graph, one, two):
    return graph.edges[one, two]


def test_affiliation_is_the_signed_matrix():
    stances = [*DEBATE, *_stances(("provider", "audit", 1, None), ("provider", "audit", -1, None))]
    graph = affiliation_network(stances)
    assert {node for node, side in graph.nodes(data="bipartite") if side == 0} == {
        "commissioner", "public health", "provider", "patients", "chair",
    }  # fmt: skip
    assert _between(graph, "commissioner", "audit")["weight"] == -1
    assert _between(graph, "chair", "census")["neutral"] == 1
    cell = _between(graph, "provider", "audit")
    assert (cell["weight"], cell["positive"], cell["negative"], cell["keys"]) == (0, 1, 1, (0, 1, 7))
    assert _between(affiliation_network(stances, duplicates="all"), "provider", "audit")["positive"] == 2
    assert len(affiliation_network([])) == 0
    with pytest.raises(ValueError, match="an actor and a concept"):
        affiliation_network(_stances(("a", "b", 1, None), ("b", "c", 1, None)))


def test_congruence_conflict_and_subtract_by_hand():
    """Leifeld & Haunss 2012: shared concepts with the same stance; with opposite stances; the difference."""
    congruence, conflict, subtract = (
        discourse_network(DEBATE, kind) for kind in ("congruence", "conflict", "subtract")
    )

    assert _weights(congruence) == {frozenset({"commissioner", "public health"}): 2}
    assert _weights(conflict) == {
        frozenset({"commissioner", "public health"}): 1,
        frozenset({"commissioner", "provider"}): 1,
        frozenset({"public health", "provider"}): 1,
    }
    assert _weights(subtract) == {
        frozenset({"commissioner", "public health"}): 1,
        frozenset({"commissioner", "provider"}): -1,
        frozenset({"public health", "provider"}): -1,
    }
    assert set(congruence) == {"commissioner", "public health", "provider", "patients", "chair"}
    edge = _between(congruence, "commissioner", "public health")
    assert (edge["shared"], edge["keys"]) == (("audit", "census"), (0, 2, 3, 5))
    assert _between(conflict, "commissioner", "public health")["keys"] == (1, 4)
    assert _between(subtract, "commissioner", "public health")["keys"] == (0, 1, 2, 3, 4, 5)


def test_normalisations_are_those_of_discourse_network_analyzer():
    """Commissioner makes 3 claims, public health 4; 2 are the same, so 1 and 2 are made by one alone."""

    def weight(how, kind="congruence"):
        graph = discourse_network(DEBATE, kind, normalisation=how)
        return _between(graph, "commissioner", "public health")["weight"]

    assert weight("average") == pytest.approx(2 / 3.5)
    assert weight("jaccard") == pytest.approx(2 / 5)
    assert weight("cosine") == pytest.approx(2 / math.sqrt(3 * 4))
    assert weight("average", "conflict") == pytest.approx(1 / 3.5)
    assert weight("jaccard", "subtract") == pytest.approx(1 / 5)


def test_repeated_statements_count_once_or_multiply():
    stances = _stances(*[("a", "x", 1, None)] * 3, *[("b", "x", 1, None)] * 2, ("b", "y", 1, None))

    once = _between(discourse_network(stances, normalisation="average"), "a", "b")
    assert (once["weight"], once["keys"]) == (pytest.approx(1 / 1.5), (0, 1, 2, 3, 4))

    def weight(how):
        return _between(discourse_network(stances, normalisation=how, duplicates="all"), "a", "b")["weight"]

    assert weight("none") == 6
    assert weight("average") == pytest.approx(6 / 3)
    assert weight("jaccard") == pytest.approx(6 / (1 + 6))
    assert weight("cosine") == pytest.approx(6 / (3 * math.sqrt(5)))


def test_concepts_are_joined_by_who_takes_the_same_side_on_both():
    graph = discourse_network(DEBATE, "congruence", side="concept")
    # Commissioner: census+, survey+, audit-; public health: census+, survey-, audit-, JSNA+.
    assert _weights(graph) == {
        frozenset({"census", "survey"}): 1,
        frozenset({"census", "JSNA"}): 1,
        frozenset({"survey", "audit"}): 1,
    }
    assert _between(graph, "survey", "audit")["shared"] == ("public health",)
    assert "forum" in graph


def test_an_actor_on_both_sides_agrees_and_conflicts():
    stances = _stances(("a", "x", 1, None), ("a", "x", -1, None), ("b", "x", 1, None))
    edge = _between(discourse_network(stances, "subtract"), "a", "b")
    assert (edge["congruence"], edge["conflict"], edge["weight"]) == (1, 1, 0)


def test_empty_and_lonely_networks():
    assert len(discourse_network([])) == 0
    assert list(discourse_network(_stances(("a", "x", 1, None)))) == ["a"]
    assert discourse_network(_stances(("a", "x", 0, None), ("b", "x", 0, None))).number_of_edges() == 0
    for options in ({"kind": "?"}, {"side": "?"}, {"normalisation": "?"}, {"duplicates": "?"}):
        with pytest.raises(ValueError, match="is one of"):
            discourse_network([], **options)
    with pytest.raises(ValueError, match="polarity"):
        Stance("a", "x", 2, None, 1)


def test_who_certainly_changed_side():
    stances = _stances(
        ("a", "x", 1, "March 2011"),
        ("a", "x", 1, "5 June 2011"),
        ("a", "x", -1, "May 2011"),
        ("b", "x", 1, "2010"),
        ("b", "x", 1, "2011"),
    )
    over, back = side_changes(stances)
    assert (over.actor, over.earlier, over.later, over.certainty) == ("a", 1, -1, "certain")
    assert (over.earlier_keys, over.later_keys) == ((0,), (2,))
    assert (back.earlier, back.earlier_keys, back.later_keys) == (-1, (2,), (1,))
    assert ambivalent(stances) == ()


def test_who_possibly_changed_side_and_who_is_on_both():
    stances = _stances(
        ("a", "x", 1, "2011"),
        ("a", "x", -1, "May 2011"),
        ("b", "x", 1, None),
        ("b", "x", -1, "May 2011"),
        ("c", "x", 1, "5 May 2011"),
        ("c", "x", -1, "5 May 2011"),
        ("c", "x", 0, "6 May 2011"),
    )
    assert [(change.actor, change.earlier, change.certainty) for change in side_changes(stances)] == [
        ("a", 1, "possible"), ("a", -1, "possible"), ("b", 1, "possible"), ("b", -1, "possible"),
    ]  # fmt: skip
    assert [(both.actor, both.certainty) for both in ambivalent(stances)] == [
        ("a", "possible"), ("b", "possible"), ("c", "certain"),
    ]  # fmt: skip
    assert (ambivalent(stances)[2].positive_keys, ambivalent(stances)[2].negative_keys) == ((4,), (5,))


@pytest.mark.parametrize(
    ("contested", "supported", "certainty"),
    [
        ("the costs", "version B", None),
        ("the costs", "The  Costs", "certain"),
        (None, None, "certain"),
        ("the costs", None, "possible"),
        (None, "version B", "possible"),
    ],
)
@pytest.mark.parametrize("later", ["May 2011", "5 March 2011"])
def test_sides_are_compared_on_one_aspect(contested, supported, certainty, later):
    stances = [
        Stance("a", "x", -1, read_date("5 March 2011"), 1, contested),
        Stance("a", "x", 1, read_date(later), 2, supported),
    ]
    found = ambivalent(stances) if later == "5 March 2011" else side_changes(stances)
    assert [each.certainty for each in found] == ([certainty] if certainty else [])


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),  # the example of R's agrmt (Ruedin)
        ((1, 0, 0, 0, 1), -1),
        ((5, 0, 5), -1),
        ((4, 4, 4, 4), 0),
        ((0, 0, 9), 1),
        ((0, 0, 0), None),
    ],
)
def test_agreement_of_van_der_eijk_2001(counts, expected):
    assert agreement(counts) == (None if expected is None else pytest.approx(expected))


def test_agreement_needs_an_ordered_scale():
    for counts in ((1, 2), (1, -1, 0)):
        with pytest.raises(ValueError, match="three categories"):
            agreement(counts)


def test_polarisation_over_periods():
    stances = _stances(
        ("a", "x", 1, "March 2010"),
        ("a", "x", 1, "May 2010"),
        ("b", "x", -1, "June 2010"),
        ("c", "x", -1, "2011"),
        ("d", "x", 1, "2010/2011"),
        ("e", "x", 1, None),
        ("f", "y", 0, "2010"),
    )
    periods = [read_date("2010"), read_date("2011")]
    x10, x11, y10, y11 = polarisation(stances, periods)
    assert (x10.concept, x10.period.text, x10.supporting, x10.contesting, x10.n) == ("x", "2010", 1, 1, 2)
    assert (x10.share_contesting, x10.agreement) == (0.5, -1)
    assert (x10.keys, x10.possible) == ((0, 1, 2), (4, 5))
    assert (x11.contesting, x11.share_contesting, x11.agreement) == (1, 1, 1)
    assert (y10.neutral, y10.share_contesting, y10.agreement) == (1, None, 1)
    assert (y11.n, y11.share_contesting, y11.agreement) == (0, None, None)
    assert polarisation(stances, periods, duplicates="all")[0].supporting == 2
    assert polarisation(stances, [read_date("after 2009")])[0].n == 4
    with pytest.raises(ValueError, match="duplicates"):
        polarisation(stances, periods, duplicates="?")


_any = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("wxyz"),
        st.sampled_from([-1, 0, 1]),
        st.sampled_from([None, "2010", "May 2010", "5 May 2010", "2011"]),
    ),
    max_size=14,
).map(lambda rows: _stances(*rows))
_how = st.sampled_from(["none", "average", "jaccard", "cosine"])
_duplicates = st.sampled_from(["once", "all"])
_side = st.sampled_from(["actor", "concept"])


@given(_any, _side, _duplicates)
def test_networks_follow_the_definition(stances, side, duplicates):
    """Sums of products over all things and polarities, straight from the statements."""

    def x(node, other, polarity):
        count = sum(
            (stance.actor, stance.concept)[:: 1 if side == "actor" else -1] == (node, other)
            and stance.polarity == polarity
            for stance in stances
        )
        return min(count, 1) if duplicates == "once" else count

    congruence, conflict = (
        discourse_network(stances, kind, side=side, duplicates=duplicates) for kind in ("congruence", "conflict")
    )
    others = "wxyz" if side == "actor" else "abcd"
    for one, two in combinations(congruence, 2):
        same = sum(x(one, other, sign) * x(two, other, sign) for other in others for sign in (1, -1))
        opposite = sum(x(one, other, sign) * x(two, other, -sign) for other in others for sign in (1, -1))
        assert congruence.get_edge_data(one, two, {"weight": 0})["weight"] == same
        assert conflict.get_edge_data(one, two, {"weight": 0})["weight"] == opposite


@given(_any, _how, _duplicates, _side)
def test_turning_every_stance_round_changes_nothing(stances, how, duplicates, side):
    turned = [Stance(s.actor, s.concept, -s.polarity, s.when, s.key) for s in stances]
    for kind in ("congruence", "conflict", "subtract"):
        options = {"normalisation": how, "duplicates": duplicates, "side": side}
        one, two = (discourse_network(given, kind, **options) for given in (stances, turned))
        assert {frozenset(e[:2]): pytest.approx(e[2]) for e in one.edges(data="weight")} == _weights(two)


@given(_any, _how, _side)
def test_normalised_congruence_of_single_statements_is_at_most_one(stances, how, side):
    if how != "none":
        graph = discourse_network(stances, normalisation=how, side=side)
        assert all(0 < weight <= 1 + 1e-12 for _, _, weight in graph.edges(data="weight"))


@given(_any, st.randoms(), _how)
def test_the_order_of_the_statements_does_not_matter(stances, random, how):
    shuffled = list(stances)
    random.shuffle(shuffled)
    one, two = (discourse_network(given, "subtract", normalisation=how) for given in (stances, shuffled))
    assert list(one.nodes) == list(two.nodes)
    assert [(*e[:2], e[2]["keys"]) for e in one.edges(data=True)] == [
        (*e[:2], e[2]["keys"]) for e in two.edges(data=True)
    ]
    assert side_changes(stances) == side_changes(shuffled)
    assert ambivalent(stances) == ambivalent(shuffled)
    periods = [read_date("2010")]
    assert polarisation(stances, periods) == polarisation(shuffled, periods)


@given(st.lists(st.integers(0, 20), min_size=3, max_size=6))
def test_agreement_keeps_its_range_and_reads_both_ways(counts):
    found = agreement(counts)
    if found is not None:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert found == pytest.approx(agreement(counts[::-1]))
        assert found == pytest.approx(agreement([3 * count for count in counts]))


def test_a_day_at_the_edge_of_a_period_is_in_it():
    stances = [Stance("a", "x", 1, read_date(day), day) for day in (date(2010, 1, 1), date(2010, 12, 31))]
    assert polarisation(stances, [read_date("2010")], duplicates="all")[0].n == 2
