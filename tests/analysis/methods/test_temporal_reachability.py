"""Reach in the order of time, against textbook examples and every choice of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.analysis.methods.temporal_reachability import Contact, reach, reaches
from journeys.model.dates import UNKNOWN, DateSpan, read_date

START = date(2011, 3, 1)


def day(number):
    return START + timedelta(days=number)


def span(first, last):
    """From the day numbered ``first`` to that numbered ``last``; None is open."""
    start, end = (None if number is None else day(number) for number in (first, last))
    return DateSpan(None, start, end, "between")


def contact(start, end, first, last="same", *, key=None, directed=True):
    return Contact(start, end, span(first, first if last == "same" else last), key, directed)


def who(found):
    return {one.node: (one.certain, one.earliest, one.latest) for one in found.reached}


def keys(chain):
    return [step.contact.key for step in chain]


# --- textbook examples with days known


def test_moody_2002_the_order_of_contacts_decides():
    # A-B before B-C: A reaches C through B; C does not reach A.
    contacts = [contact("A", "B", 1, directed=False), contact("B", "C", 2, directed=False)]
    assert reach(contacts, "A").certainly == ("B", "C")
    assert reach(contacts, "C").possibly == ("B",)
    assert reach(contacts, "C").never == ("A",)
    turned = [contact("A", "B", 2, directed=False), contact("B", "C", 1, directed=False)]
    assert reach(turned, "A").possibly == ("B",)
    assert reach(turned, "C").certainly == ("A", "B")


def test_kempe_kleinberg_and_kumar_2002_reachability_is_not_transitive():
    # Labels 2 and 1 on the path a-b-c: a reaches b and b reaches c, yet a does not reach c.
    contacts = [contact("a", "b", 2, directed=False), contact("b", "c", 1, directed=False)]
    assert reach(contacts, "a").certainly == ("b",)
    assert "c" in reach(contacts, "b").certainly
    assert "a" in reach(contacts, "c").certainly


def test_holme_and_saramaki_2012_one_pair_meets_again_and_again():
    # In the manner of their figure 1: several times on each edge; not symmetric, not transitive.
    times = {("A", "B"): (1, 4), ("B", "C"): (3, 8), ("C", "D"): (2, 5)}
    contacts = [contact(a, b, t, key=(a, b, t), directed=False) for (a, b), ts in times.items() for t in ts]
    from_a = reach(contacts, "A", same_day="blocks")
    assert who(from_a) == {
        "B": (True, day(1), day(1)),
        "C": (True, day(3), day(3)),
        "D": (True, day(5), day(5)),
    }
    assert keys(from_a.reached[2].certain_chain) == [("A", "B", 1), ("B", "C", 3), ("C", "D", 5)]
    assert who(reach(contacts, "D", same_day="blocks")) == {
        "C": (True, day(2), day(2)),
        "B": (True, day(3), day(3)),
        "A": (True, day(4), day(4)),
    }
    assert who(reach(contacts, "A", since=day(2), same_day="blocks")) == {
        "B": (True, day(4), day(4)),
        "C": (True, day(8), day(8)),
    }
    late = [(node, end) for node in "ABCD" for end in reach(contacts, node, since=day(6)).certainly]
    assert late == [("B", "C"), ("C", "B")]


# --- days partly known


def test_a_chain_is_certain_only_if_its_spans_do_not_overlap():
    contacts = [contact("a", "b", 0, 5, key=1), contact("b", "c", 6, 9, key=2), contact("b", "d", 4, 9, key=3)]
    found = reach(contacts, "a")
    assert who(found) == {
        "b": (True, day(0), day(5)),
        "c": (True, day(6), day(9)),
        "d": (False, day(4), None),
    }
    assert [keys(one.certain_chain) for one in found.reached] == [[1], [1, 2], []]
    assert [keys(one.possible_chain) for one in found.reached] == [[1], [1, 2], [1, 3]]


def test_contacts_of_one_day():
    contacts = [contact("a", "b", 1), contact("b", "c", 1)]
    assert who(reach(contacts, "a", same_day="passes"))["c"] == (True, day(1), day(1))
    assert who(reach(contacts, "a"))["c"] == (False, day(1), None)
    assert reach(contacts, "a", same_day="blocks").never == ("c",)


def test_a_source_holds_it_from_the_start_of_its_first_day():
    for same_day in ("passes", "unsure", "blocks"):
        assert reach([contact("a", "b", 1)], "a", since=day(1), same_day=same_day).certainly == ("b",)
        assert reach([contact("a", "b", 1)], "a", since=day(2), same_day=same_day).never == ("b",)


def test_undated_contacts_carry_only_possibly():
    contacts = [Contact("a", "b", UNKNOWN), contact("b", "c", 3)]
    assert who(reach(contacts, "a")) == {"b": (False, None, None), "c": (False, day(3), None)}
    assert who(reach(contacts, "a", since=day(2))) == {"b": (False, day(2), None), "c": (False, day(3), None)}
    assert reach(contacts, "a", since=day(4)).never == ("c",)


def test_half_dated_contacts():
    contacts = [
        contact("a", "b", None, 2),
        contact("b", "c", 3, None),
        contact("c", "d", 9),
        contact("b", "e", None, 2),
    ]
    found = reach(contacts, "a")
    assert who(found) == {
        "b": (True, None, day(2)),
        "c": (True, day(3), None),  # certainly after day 2, but nobody knows how long after
        "d": (False, day(9), None),
        "e": (False, None, None),
    }
    assert who(reach(contacts, "a", since=day(1)))["b"] == (False, day(1), None)


def test_approximate_dates_are_widened():
    about = read_date("circa 10 March 2011")
    assert about.approximate
    contacts = [Contact("a", "b", about), Contact("b", "c", read_date("14 March 2011"))]
    assert reach(contacts, "a").certainly == ("b",)
    assert reach([replace(contacts[0], when=read_date("10 March 2011")), contacts[1]], "a").certainly == ("b", "c")


def test_spans_that_touch_the_ends_of_the_calendar():
    last = DateSpan(None, date.max, None, "after")
    first = DateSpan(None, None, date.min, "before")
    contacts = [Contact("a", "b", last), Contact("b", "c", last), Contact("x", "y", first), Contact("y", "z", first)]
    assert who(reach(contacts, "a", same_day="blocks")) == {"b": (True, date.max, None)}
    assert reach(contacts, "x", same_day="blocks").possibly == ("y", "z")


def test_the_days_may_differ_by_route():
    contacts = [
        contact("a", "b", 0, 9, key="long"),
        contact("a", "x", 3, 4, key="one"),
        contact("x", "b", 5, 6, key="two"),
    ]
    b = reach(contacts, "a").reached[0]
    assert (b.earliest, b.latest) == (day(0), day(6))
    assert keys(b.possible_chain) == ["long"]
    assert keys(b.certain_chain) == ["one", "two"]


def test_an_undirected_contact_may_be_taken_the_other_way():
    (step,) = reach([contact("b", "a", 1, directed=False)], "a").reached[0].certain_chain
    assert (step.start, step.end) == ("a", "b")
    assert (step.contact.start, step.contact.end) == ("b", "a")


# --- small and odd cases


def test_nothing_and_nobody():
    assert reach([], "a").reached == reach([], "a").never == ()
    assert reach([], "a", nodes=["b"]).never == ("b",)
    assert reach([contact("a", "a", 1)], "a").reached == ()
    assert reach([contact("b", "c", 1)], "a").never == ("b", "c")


def test_nodes_of_mixed_kinds():
    assert reach([contact(1, "1", 1), contact("1", (2, 3), 2)], 1).certainly == ((2, 3), "1")


def test_another_rule_for_days_is_refused():
    with pytest.raises(ValueError, match="unsure"):
        reach([], "a", same_day="maybe")


# --- every choice of days


def arrivals(timed, source, since, *, strict):
    """When each node is reached if every contact has one day: day by day, contact by contact."""
    arrived = {source: since}
    for today in sorted({when for _, when in timed}):
        if today < since:
            continue
        ways = [(c.start, c.end) for c, when in timed if when == today]
        ways += [(c.end, c.start) for c, when in timed if when == today and not c.directed]
        before = set(arrived)
        changed = True
        while changed:
            changed = False
            for start, end in ways:
                if end not in arrived and start in (before if strict else arrived):
                    arrived[end] = today
                    changed = True
    return arrived


def number(a_day):
    return (a_day - START).days


days_known = st.tuples(st.integers(1, 5), st.integers(0, 2)).map(lambda pair: (pair[0], pair[0] + pair[1]))
contacts_known = st.lists(
    st.builds(
        lambda start, end, when, directed: contact(start, end, *when, directed=directed),
        st.sampled_from("abcd"),
        st.sampled_from("abcd"),
        days_known,
        st.booleans(),
    ),
    max_size=5,
)
rules = st.sampled_from(["passes", "unsure", "blocks"])


@settings(max_examples=150, deadline=None)
@given(contacts_known, st.integers(0, 4), rules)
def test_exact_over_every_choice_of_days(contacts, since, same_day):
    choices = [range(number(c.when.date_from), number(c.when.date_to) + 1) for c in contacts]
    worlds = [list(zip(contacts, chosen, strict=True)) for chosen in product(*choices)]
    loose = [arrivals(world, "a", since, strict=same_day == "blocks") for world in worlds]
    tight = [arrivals(world, "a", since, strict=same_day != "passes") for world in worlds]
    expected = {}
    for node in set("bcd"):
        if any(node in world for world in loose):
            certain = all(node in world for world in tight)
            earliest = min(world[node] for world in loose if node in world)
            expected[node] = certain, day(earliest), day(max(world[node] for world in tight)) if certain else None
    assert who(reach(contacts, "a", since=day(since), same_day=same_day)) == expected


wide = range(-8, 15)
"""Days enough on either side for chains of four contacts to come before and after everything dated."""


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), days_known, st.booleans(), st.booleans()),
        max_size=3,
    ),
    st.booleans(),
    rules,
)
def test_exact_where_bounds_are_open(drawn, always, same_day):
    contacts, choices = [], []
    for start, end, (first, last), opens, closes in drawn:
        contacts.append(contact(start, end, None if opens else first, None if closes else last))
        undated = opens and closes
        days = range(wide[0] if opens else first, (wide[-1] if closes else last) + 1)
        # None: not in the period at all
        choices.append([*days[:: 3 if undated else 1], None] if undated else days)
    since = -9 if always else 2
    worlds = [
        [(c, when) for c, when in zip(contacts, chosen, strict=True) if when is not None]
        for chosen in product(*choices)
    ]
    loose = [arrivals(world, "a", since, strict=same_day == "blocks") for world in worlds]
    tight = [arrivals(world, "a", since, strict=same_day != "passes") for world in worlds]
    found = reach(contacts, "a", since=None if always else day(since), same_day=same_day)
    if not any(None in options for options in choices):
        assert set(found.possibly) == set().union(*loose) - {"a"}
    assert set(found.certainly) == set.intersection(*map(set, tight)) - {"a"}


spans = st.one_of(
    days_known.map(lambda pair: span(*pair)),
    st.integers(1, 5).map(lambda first: span(first, None)),
    st.integers(1, 5).map(lambda last: span(None, last)),
    st.just(UNKNOWN),
)
any_contacts = st.lists(
    st.builds(Contact, st.sampled_from("abcde"), st.sampled_from("abcde"), spans, st.integers(0, 99), st.booleans()),
    max_size=12,
)


@settings(deadline=None)
@given(any_contacts, rules, st.randoms())
def test_the_order_of_the_contacts_does_not_matter(contacts, same_day, random):
    shuffled = random.sample(contacts, len(contacts))
    assert reach(shuffled, "a", same_day=same_day) == reach(contacts, "a", same_day=same_day)


@settings(deadline=None)
@given(any_contacts, rules)
def test_reach_grows_with_time_and_the_certain_is_possible(contacts, same_day):
    days = [day(n) for n in range(-1, 9)]
    reached = reach(contacts, "a", same_day=same_day).reached
    certainly = [{one.node for one in reached if one.certainly_by(when)} for when in days]
    possibly = [{one.node for one in reached if one.possibly_by(when)} for when in days]
    assert all(certain <= possible for certain, possible in zip(certainly, possibly, strict=True))
    for sizes in (certainly, possibly):
        assert all(before <= after for before, after in combinations(sizes, 2))


@settings(deadline=None)
@given(any_contacts, rules)
def test_several_sources_reach_what_each_reaches_by_itself(contacts, same_day):
    nodes = sorted({end for each in contacts for end in (each.start, each.end)})
    together = reaches(contacts, nodes, same_day=same_day)
    assert list(together) == [reach(contacts, node, same_day=same_day) for node in nodes]


@settings(deadline=None)
@given(any_contacts, rules)
def test_the_chains_prove_the_answer(contacts, same_day):
    for one in reach(contacts, "a", same_day=same_day).reached:
        for certainly in (False, True) if one.certain else (False,):
            chain = one.certain_chain if certainly else one.possible_chain
            assert [chain[0].start, chain[-1].end] == ["a", one.node]
            assert all(step.end == then.start for step, then in pairwise(chain))
            assert all(step.contact in contacts for step in chain)
            alone = who(reach([step.contact for step in chain], "a", same_day=same_day))[one.node]
            if certainly:
                assert alone == (True, alone[1], one.latest)
            else:
                assert alone[1] == one.earliest


@settings(deadline=None)
@given(any_contacts, rules, st.data())
def test_knowing_less_makes_less_certain_and_more_possible(contacts, same_day, data):
    if not contacts:
        return
    which = data.draw(st.integers(0, len(contacts) - 1))
    vague = [replace(c, when=UNKNOWN) if n == which else c for n, c in enumerate(contacts)]
    sharp, blurred = (reach(some, "a", same_day=same_day) for some in (contacts, vague))
    assert set(blurred.certainly) <= set(sharp.certainly)
    assert set(sharp.possibly) <= set(blurred.possibly)
