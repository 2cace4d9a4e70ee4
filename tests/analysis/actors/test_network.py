"""The network of the actors of a site: one site of the invented study by hand, edge cases, and what always holds.

Northtown, by the minutes and forms of journeys/demo: Ann N. brings D07 to R1, where Dr G. P., Lee B., Mina V. and
Sam S. are; Dr G. P. brings D10 to R3 before Ann N. and Sam S.; Pat N. brings the model to R2 before Lee B., Mina V. and
Sam S.; of D08 at B2 it is only told that Sam S. brought it, Kay H. supported and Lee B. contested it. D07 is contested
by Lee B. and Mina V., and supported by Lee B. (as Sam S. tells), Sam S., and Mina V. later; it is by Ann N., or by
Dr G. P. too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeys.analysis.actors.network import ActorNetwork, actor_network, direct_relations
from journeys.analysis.actors.relations import REACTIONS, RELATIONS, STANCES
from journeys.analysis.claims.selection import Selection
from journeys.model.problems import UsageProblem
from journeys.model.schema import load_schema

NORTH = Selection(site="demo:site:north")


def ties(network: ActorNetwork, relation: str) -> set[tuple[str, str]]:
    """The ends of the ties of a relation, as short ids."""
    return {
        (start.split(":")[-1], end.split(":")[-1])
        for start, end, key in network.graph.edges(keys=True)
        if key == relation
    }


# -- the demonstration study


def test_northtown_as_read_by_hand(demo_graph: nx.MultiDiGraph) -> None:
    network = actor_network(demo_graph, NORTH)
    assert {node.split(":")[-1] for node in network.graph} == {
        "AN", "CW", "GP", "KH", "LB", "MV", "PN", "RD", "SS", "SWG",
    }  # fmt: skip
    assert ties(network, "introduces_to") == {
        ("AN", "GP"), ("AN", "LB"), ("AN", "MV"), ("AN", "SS"), ("GP", "AN"), ("GP", "SS"),
        ("PN", "LB"), ("PN", "MV"), ("PN", "SS"), ("SS", "KH"), ("SS", "LB"),
    }  # fmt: skip
    assert ties(network, "agrees") == {("LB", "MV"), ("LB", "SS"), ("MV", "SS")}
    # Lee B., who supports D07 without naming an aspect, against Mina V., who contests its reasons. The costs and the
    # clinics are no disagreement, nor are the interpreters and the nearness of clinics.
    assert ties(network, "disagrees") == {("LB", "MV")}
    assert ties(network, "contests_work_of") == {
        ("LB", "AN"), ("LB", "GP"), ("MV", "AN"), ("MV", "GP"), ("LB", "SS"), ("SS", "SWG"),
    }  # fmt: skip
    assert ties(network, "supports_work_of") == {
        ("KH", "SS"), ("LB", "AN"), ("LB", "GP"), ("MV", "AN"), ("MV", "GP"), ("SS", "AN"), ("SS", "GP"),
    }  # fmt: skip
    assert ties(network, "relates_to") == {("PN", "SS")}
    assert ties(network, "challenged") == set()
    # R1: five people, R2: Lee B., Mina V., Pat N., Sam S., R3: Ann N., Dr G. P., Sam S.
    assert len(ties(network, "attended_together")) == 10 + 3
    assert network.graph["demo:actor:LB"]["demo:actor:SS"]["attended_together"]["weight"] == 2


def test_a_tie_leads_to_its_claims(demo_graph: nx.MultiDiGraph) -> None:
    tie = actor_network(demo_graph, NORTH).graph["demo:actor:LB"]["demo:actor:AN"]["contests_work_of"]
    assert tie["weight"] == 2
    assert {about for occasion in tie["occasions"] for about in occasion.about} == {
        "demo:document:north.diabetes.D07",
        "demo:evidence:clinic-data",
    }
    held = {key: claim for *_, key, claim in demo_graph.edges(keys=True, data=True)}
    contested, made = ([held[each]["type"] for each in leg] for leg in tie["occasions"][1].legs)
    assert (set(contested), set(made)) == ({"CONTESTED"}, {"GENERATED"})
    assert tie["sources"] == (
        "demo:data_source:int-AN",
        "demo:data_source:north.diabetes.D07",
        "demo:data_source:obs-R1",
    )
    assert "low" in tie["confidences"]
    assert (tie["date_from"], tie["date_to"]) == (date(2011, 4, 6), date(2011, 4, 6))


def test_everybody_has_an_organisation_or_is_said_to_have_none(demo_graph: nx.MultiDiGraph) -> None:
    network = actor_network(demo_graph)
    mina = network.graph.nodes["demo:actor:MV"]
    assert (mina["organisation"], mina["organisation_kind"], mina["site"]) == ("Community Voices", "vcf", "Northtown")
    assert (mina["kind"], mina["designation"]) == ("person", "community worker")
    visitors = network.graph.nodes["demo:actor:NV"]
    assert (visitors["organisation"], visitors["site"]) == ("National Support Team", None)


def test_what_was_found_not_to_be_so_is_left_out_and_said(demo_graph: nx.MultiDiGraph) -> None:
    network = actor_network(demo_graph, NORTH)
    left = {each.why: each.claims for each in network.left_out}
    held = {key: (start, claim["type"]) for start, _, key, claim in demo_graph.edges(keys=True, data=True)}
    assert ("demo:actor:RD", "ATTENDED") in {held[claim] for claim in left["reported not to have happened"]}
    assert network.graph.degree("demo:actor:RD") == 0


def test_the_tables_of_kinds_agree_with_the_schema() -> None:
    claims = load_schema().claims
    assert {name: claims[name].polarity for name in STANCES} == STANCES
    assert all(claims[name].at_meetings for name in REACTIONS)
    assert {kind for each in RELATIONS.values() for kind in (*each.acts, *each.background)} <= set(claims)
    assert all(each.things for each in direct_relations(load_schema()).values())


# -- edge cases, on small graphs


def study(*claims: tuple[str, str, str, dict[str, Any]] | tuple[str, str, str]) -> nx.MultiDiGraph:
    """A graph of claims (start, type, end, properties); what a node is its first letters say."""
    labels = {"p": "Actor", "m": "Meeting", "d": "Document", "e": "Evidence", "o": "Organisation", "g": "Arena"}
    labels |= {"s": "Site"}
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for number, (start, kind, end, *more) in enumerate(claims):
        for node in (start, end):
            graph.add_node(node, label=labels[node[0]], name=node.upper(), kind="person")
        structure = kind in ("OF_ARENA", "AT_SITE")
        held = {"type": kind, "asserted": not structure, "source": "i1", **(more[0] if more else {})}
        graph.add_edge(start, end, key=f"c{number:03d}", id=f"c{number:03d}", **held)
    return graph


AT_M = {"at_meeting": "m"}


def test_a_meeting_of_which_nobody_is_known_reaches_the_members_of_its_group_only_by_the_weaker_relation() -> None:
    claims = [("p1", "INTRODUCED", "d", AT_M), ("m", "OF_ARENA", "g"), ("p2", "MEMBER_OF", "g")]
    network = actor_network(study(*claims))
    assert ties(network, "introduces_to") == set()
    assert ties(network, "introduces_to_group") == {("p1", "p2")}
    known = actor_network(study(*claims, ("p3", "ATTENDED", "m")))
    assert ties(known, "introduces_to") == {("p1", "p3")}
    assert ties(known, "introduces_to_group") == set()


def test_a_meeting_without_a_group_and_an_introduction_without_a_meeting() -> None:
    network = actor_network(study(("p1", "INTRODUCED", "d", AT_M), ("p2", "ATTENDED", "m"), ("p1", "ATTENDED", "m")))
    assert ties(network, "introduces_to") == {("p1", "p2")}
    assert ties(actor_network(study(("p1", "INTRODUCED", "d"), ("p2", "ATTENDED", "m"))), "introduces_to") == set()


def test_who_reacts_to_a_thing_at_the_meeting_was_reached() -> None:
    network = actor_network(
        study(
            ("p1", "INTRODUCED", "d", AT_M),
            ("p2", "CONTESTED", "d", AT_M),
            ("p3", "CONTESTED", "d"),
            ("p4", "CONTESTED", "d2", AT_M),
        )
    )
    assert ties(network, "introduces_to") == {("p1", "p2")}


@pytest.mark.parametrize("spoilt", [{"negated": True}, {"status": "withdrawn"}, {"mode": "derived"}])
@pytest.mark.parametrize("which", [0, 1])
def test_what_does_not_count_makes_no_tie(spoilt: dict[str, Any], which: int) -> None:
    rows = [("p1", "CONTESTED", "d", {}), ("p2", "AUTHORED", "d", {})]
    rows[which][3].update(spoilt)
    network = actor_network(study(*rows))
    assert ties(network, "contests_work_of") == set()
    assert set(network.graph) == {"p1", "p2"}
    assert sum(len(each.claims) for each in network.left_out) == 1


def test_somebody_in_two_organisations_has_both_and_no_group_of_their_own() -> None:
    network = actor_network(
        study(
            ("p1", "MEMBER_OF", "o1"),
            ("p1", "MEMBER_OF", "o2"),
            ("p2", "REPRESENTED", "o1"),
            ("p1", "CHALLENGED", "p2"),
        )
    )
    both, guest = network.graph.nodes["p1"], network.graph.nodes["p2"]
    assert ([body.name for body in both["organisations"]], both["organisation"]) == (["O1", "O2"], None)
    assert guest["organisation"] == "O1"


def test_who_changed_side_agrees_and_disagrees_once_each() -> None:
    network = actor_network(
        study(("p1", "CONTESTED", "d"), ("p1", "SUPPORTED", "d"), ("p2", "CONTESTED", "d"), ("p2", "SUPPORTED", "d"))
    )
    edges = network.graph["p1"]["p2"]
    assert {name: held["weight"] for name, held in edges.items()} == {"agrees": 1, "disagrees": 1}
    assert len(edges["agrees"]["claims"]) == 4
    assert not network.graph.has_edge("p1", "p1")


def test_a_period_is_about_the_act_and_not_about_who_made_the_thing() -> None:
    graph = study(
        ("p1", "CONTESTED", "d", {"date_from": date(2011, 6, 1), "date_to": date(2011, 6, 1)}),
        ("p2", "AUTHORED", "d", {"date_from": date(2009, 1, 1), "date_to": date(2009, 1, 1)}),
        ("p3", "ATTENDED", "m", {"date_from": date(2010, 5, 5), "date_to": date(2010, 5, 5)}),
        ("p4", "ATTENDED", "m", {"date_from": date(2010, 5, 5), "date_to": date(2010, 5, 5)}),
    )
    later = actor_network(graph, Selection(start=date(2011, 1, 1), end=date(2011, 12, 31)))
    assert ties(later, "contests_work_of") == {("p1", "p2")}
    assert ties(later, "attended_together") == set()
    assert {each.why for each in later.left_out} == {"outside the period"}
    earlier = actor_network(graph, Selection(start=date(2010, 5, 5), end=date(2010, 5, 5)))
    assert ties(earlier, "attended_together") == {("p3", "p4")}


def test_groups_and_organisations_are_actors_only_if_asked_for() -> None:
    graph = study(("g1", "SUPPORTED", "d"), ("p1", "CONTESTED", "d"), ("o1", "RELATES_TO", "p1"))
    assert ties(actor_network(graph), "disagrees") == set()
    wide = actor_network(graph, actors=("Actor", "Arena", "Organisation"))
    assert ties(wide, "disagrees") == {("g1", "p1")}
    assert ties(wide, "relates_to") == {("o1", "p1")}


def test_a_guest_of_another_site_is_there_with_their_organisation() -> None:
    graph = study(
        ("p1", "AT_SITE", "s1"), ("p2", "AT_SITE", "s2"), ("o2", "AT_SITE", "s2"), ("p2", "MEMBER_OF", "o2"),
        ("p3", "AT_SITE", "s1"), ("g", "AT_SITE", "s1"), ("m", "OF_ARENA", "g"),
        ("p1", "ATTENDED", "m"), ("p2", "ATTENDED", "m"),
    )  # fmt: skip
    here, there = (actor_network(graph, Selection(site=site)) for site in ("s1", "s2"))
    assert set(here.graph) == {"p1", "p2", "p3"}
    assert here.graph.nodes["p2"]["organisation"] == "O2"
    assert (set(there.graph), there.graph.number_of_edges()) == ({"p2"}, 0)


def test_nobody_one_person_and_a_relation_that_there_is_not() -> None:
    assert len(actor_network(nx.MultiDiGraph()).graph) == 0
    assert list(actor_network(study(("p1", "ATTENDED", "m"))).graph) == ["p1"]
    with pytest.raises(UsageProblem, match=r"There is no relation 'likes'\. Write one of: introduces_to"):
        actor_network(nx.MultiDiGraph(), relations=["likes"])


def test_one_relation_by_itself() -> None:
    held = study(("p1", "CHALLENGED", "p2"), ("p2", "RELATES_TO", "p1"), ("p3", "ATTENDED", "m"))
    network = actor_network(held, relations=["challenged", "relates_to", "related"])
    challenged, related = network.of("challenged"), network.of("related")
    assert list(network.of("relates_to").edges) == [("p2", "p1")]
    assert (challenged.is_directed(), list(challenged.edges)) == (True, [("p1", "p2")])
    assert (related.is_directed(), list(related.edges)) == (False, [("p1", "p2")])
    assert set(related) == {"p1", "p2", "p3"}


# -- what always holds

PEOPLE, THINGS, MEETINGS = ["p1", "p2", "p3", "p4"], ["d1", "e1"], ["m1", "m2"]
ABOUT_THINGS = ["INTRODUCED", "CONTESTED", "SUPPORTED", "REFERRED_TO", "AUTHORED", "GENERATED"]
_held = st.fixed_dictionaries({}, optional={"at_meeting": st.sampled_from(MEETINGS), "negated": st.booleans()})
_claims = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ABOUT_THINGS), st.sampled_from(THINGS), _held),
        st.tuples(st.sampled_from(PEOPLE), st.just("ATTENDED"), st.sampled_from(MEETINGS), _held),
        st.tuples(
            st.sampled_from(PEOPLE), st.sampled_from(["CHALLENGED", "RELATES_TO"]), st.sampled_from(PEOPLE), _held
        ),
    ),
    max_size=25,
)


@given(_claims)
def test_every_tie_stands_on_claims_that_count(claims: list[Any]) -> None:
    graph = study(*claims)
    held = {key: claim for *_, key, claim in graph.edges(keys=True, data=True)}
    network = actor_network(graph)
    assert set(network.graph) >= {node for node in graph if node.startswith("p")}
    for start, end, name, tie in network.graph.edges(keys=True, data=True):
        assert start != end
        assert tie["directed"] or start < end
        assert 1 <= tie["weight"] <= len(tie["occasions"])
        assert all(leg for occasion in tie["occasions"] for leg in occasion.legs)
        assert set(tie["claims"]) == {claim for occasion in tie["occasions"] for claim in occasion.claims}
        allowed = {*RELATIONS[name].acts, *RELATIONS[name].background}
        assert all(held[claim]["type"] in allowed and not held[claim].get("negated") for claim in tie["claims"])


@given(_claims, st.randoms())
def test_neither_the_order_nor_the_names_of_claims_matter(claims: list[Any], chance: Any) -> None:
    mixed = list(claims)
    chance.shuffle(mixed)
    one, other = (
        {
            (*edge[:2], edge[2], edge[3]["weight"])
            for edge in actor_network(study(*each)).graph.edges(keys=True, data=True)
        }
        for each in (claims, mixed)
    )
    assert one == other


@given(_claims)
def test_a_claim_more_takes_no_tie_away_but_from_who_was_not_known_to_be_there(claims: list[Any]) -> None:
    fewer, more = (
        {edge for edge in actor_network(study(*each)).graph.edges(keys=True) if edge[2] != "introduces_to_group"}
        for each in (claims[:-1], claims)
    )
    assert fewer <= more


# -- correspondence


def test_what_was_sent_leads_from_its_sender_to_whoever_got_it() -> None:
    network = actor_network(
        study(
            ("p1", "AUTHORED", "d1"), ("d1", "SENT_TO", "p2"), ("p3", "RECEIVED", "d1"),
            ("p1", "AUTHORED", "d2"), ("d2", "SENT_TO", "p3", {"sent_by": "p4"}),
            ("d2", "SENT_TO", "p2", {"sent_by": "somebody else"}), ("d1", "SENT_TO", "p4", {"negated": True}),
        )
    )  # fmt: skip
    assert ties(network, "sent_to") == {("p1", "p2"), ("p1", "p3"), ("p4", "p3")}
    assert network.graph["p1"]["p2"]["sent_to"]["directed"]


def test_a_letter_to_oneself_and_one_of_no_known_author_make_no_tie() -> None:
    network = actor_network(study(("p1", "AUTHORED", "d1"), ("d1", "SENT_TO", "p1"), ("d2", "SENT_TO", "p2")))
    assert ties(network, "sent_to") == set()


def test_being_related_keeps_its_direction_beside_the_tie_either_way() -> None:
    held = study(("p2", "RELATES_TO", "p1"), ("p1", "RELATES_TO", "p3"), ("p3", "RELATES_TO", "p1"))
    assert "related" not in actor_network(held).relations
    network = actor_network(held, relations=["related", "relates_to"])
    assert ties(network, "relates_to") == {("p2", "p1"), ("p1", "p3"), ("p3", "p1")}
    assert ties(network, "related") == {("p1", "p2"), ("p1", "p3")}
