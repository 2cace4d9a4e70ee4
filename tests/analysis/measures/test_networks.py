"""The measures on the actors of a site: the invented demonstration study against answers worked out by hand.

Introductions between actors there, by the minutes and forms of journeys/demo. Northtown: Ann N. tables D07 at R1, where
Dr G. P., Lee B., Mina V. and Sam S. are; Dr G. P. tables D10 at R3 before Ann N. and Sam S.; Pat N. brings the model to
R2, where Lee B., Mina V. and Sam S. are; of D08 at B2 is only told that Sam S. brought it, Kay H. supported and Lee B.
contested it. Easthaven: Ida M. tells of the carers at T1 before Eve P., Femi O. and Jo T.; Jo T. tables D23 at E2
before Ben L. and Hana K.; of P1 is told that Femi O. brought D24 and Jo T. took a side on it.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.brokerage import brokers
from journeys.analysis.measures.centrality import centrality
from journeys.analysis.measures.introductions import introductions
from journeys.analysis.measures.network import network
from journeys.analysis.measures.structural_holes import holes
from journeys.analysis.measures.table import MeasureTable
from journeys.model.problems import UsageProblem

NORTH = Selection(site="demo:site:north")
EAST = Selection(site="demo:site:east")


def rows(table: MeasureTable, *columns: str) -> list[tuple[Any, ...]]:
    """The rows with these columns only."""
    places = [list(table.columns).index(column) for column in columns]
    return [tuple(row.values[place] for place in places) for row in table.rows]


def told_by(graph: nx.MultiDiGraph, claims: tuple[str, ...]) -> set[tuple[str, str]]:
    """The kinds of claim and the short ids of who said so."""
    held = {key: claim for *_, key, claim in graph.edges(keys=True, data=True)}
    return {(held[key]["type"], held[key].get("source", "").split(":", 2)[-1]) for key in claims}


def test_each_site_as_a_whole(demo_graph: nx.MultiDiGraph) -> None:
    size, spread, mixed, kinds = network(demo_graph, Selection())
    assert rows(size, "site", "actors", "ties", "isolates", "density", "components", "reciprocity") == [
        ("Easthaven", 9, 6, 3, pytest.approx(6 / 72), 4, 0),
        # Ann N. and Dr G. P. introduce to each other
        ("Northtown", 10, 11, 3, pytest.approx(11 / 90), 4, pytest.approx(2 / 11)),
        ("Westbury", 10, 13, 2, pytest.approx(13 / 90), 3, pytest.approx(4 / 13)),
        ("all sites", 30, 30, 9, pytest.approx(30 / 870), 12, pytest.approx(6 / 30)),
    ]
    # Northtown: most arcs out 4 (Ann N.), in 3 (Sam S., Lee B.): (10 x 4 - 11) / 81 and (10 x 3 - 11) / 81
    assert rows(spread, "site", "degree", "in_degree", "out_degree")[1] == (
        "Northtown", None, pytest.approx(19 / 81), pytest.approx(29 / 81),
    )  # fmt: skip
    # Ann N. to Mina V. and Pat N. of the university to three, all others inside the trust; of 90 ordered pairs 30 are
    # inside the six of the trust and 2 inside the two of the voluntary sector
    assert rows(mixed, "site", "internal", "external", "ei", "ei_expected")[1] == (
        "Northtown", 7, 4, pytest.approx(-3 / 11), pytest.approx((58 - 32) / 90),
    )  # fmt: skip
    assert ("Northtown", "vcf", 2, 0, 2, 1.0) in rows(
        kinds, "site", "organisation_kind", "actors", "internal", "external", "ei"
    )
    assert "The number of actors at Easthaven is only 9: read shares and ranks with care." in size.notes
    assert {each.why for each in size.left_out} == {
        "inferred, not stated by any source", "reported not to have happened",
    }  # fmt: skip


def test_where_each_actor_stands(demo_graph: nx.MultiDiGraph) -> None:
    ties, position = centrality(demo_graph, NORTH)
    assert rows(ties, "actor", "in_degree", "out_degree", "core", "component")[:7] == [
        ("Sam S.", 3, 2, 2, 1),
        ("Ann N.", 1, 4, 2, 1),
        ("Dr G. P.", 1, 2, 2, 1),
        ("Lee B.", 3, 0, 2, 1),
        ("Pat N.", 0, 3, 2, 1),
        ("Mina V.", 2, 0, 2, 1),
        ("Kay H.", 1, 0, 1, 1),
    ]
    assert [row[0] for row in rows(position, "actor", "cutpoint") if row[1]] == ["Sam S."]  # for Kay H.
    # Sam S. lies between Ann N., Dr G. P. and Pat N. and Kay H.; between Dr G. P. and Lee B. half, with Ann N.
    between = dict(rows(position, "actor", "betweenness"))
    assert (between["Sam S."], between["Ann N."]) == (3.5, 1.5)
    # Pat N. reaches Lee B., Mina V. and Sam S. at 1 and Kay H. at 2: 4 of 9 others, over 5 steps
    assert dict(rows(position, "actor", "closeness_reached"))["Pat N."] == pytest.approx(4 / 9 * 4 / 5)
    kay = next(row for row in ties.rows if row.values[0] == "Kay H.")
    assert told_by(demo_graph, kay.claims) == {("INTRODUCED", "int-SS"), ("SUPPORTED", "int-KH")}


def test_who_brokers(demo_graph: nx.MultiDiGraph) -> None:
    """a -> v -> b without a -> b. Sam S.: from Ann N. and Dr G. P. to Kay H., Dr G. P. to Lee B., Pat N. to Kay H."""
    roles, scores, together, of_groups = brokers(demo_graph, NORTH)
    everything = ("actor", "coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
    assert rows(roles, *everything)[:3] == [
        ("Sam S.", 3, 0, 0, 1, 0, 4),
        ("Ann N.", 1, 0, 1, 0, 0, 2),
        ("Cass W.", 0, 0, 0, 0, 0, 0),
    ]
    # six of ten in the trust, density 11/90: Gould & Fernandez's mean and variance for a coordinator, written out
    d = 11 / 90
    mean = 5 * 4 * d**2 * (1 - d)
    variance = mean * (1 - d**2 * (1 - d)) + 2 * 5 * 4 * 3 * d**3 * (1 - d) ** 3
    assert rows(scores, "actor", "coordinator")[0] == ("Sam S.", pytest.approx((3 - mean) / variance**0.5))
    assert rows(scores, "actor", "coordinator")[2] == ("Cass W.", None)
    assert ("Northtown PCT", 6, 4, 0, 1, 1, 0, 6) in rows(together, "group", "actors", *everything[1:])
    assert rows(together, "group", "actors", *everything[1:])[-1] == ("all groups", 10, 4, 0, 1, 1, 0, 6)
    # 120 triples of the six; each of their 30 arcs is needed by 8 of them and its absence by 4, each triple
    # contradicts two others twice
    p = d**2 * (1 - d)
    couples = 30 * 8 * 7 * d**3 * (1 - d) ** 3 + 30 * 4 * 3 * d**5 * (1 - d) - (2 * 30 * 8 * 4 - 240) * p**2
    its = (4 - 120 * p) / (120 * p * (1 - p) + couples) ** 0.5
    assert ("Northtown PCT", pytest.approx(its)) in rows(of_groups, "group", "coordinator")
    assert ("all groups", pytest.approx(its)) in rows(of_groups, "group", "coordinator")
    # Femi O. and Ida M. tell Jo T., who tells Ben L. and Hana K.
    assert rows(brokers(demo_graph, EAST)[0], *everything)[0] == ("Jo T.", 2, 0, 0, 2, 0, 4)
    by_kind = brokers(demo_graph, Selection(), by="kind")[2]
    assert (
        dict(rows(by_kind, "group", "total"))["vcf"] == 2
    )  # Amal R. between the trust's Val L. and Olive W. and others


def test_holes_around_actors(demo_graph: nx.MultiDiGraph) -> None:
    found = {
        row[0]: row[1:] for row in rows(holes(demo_graph, NORTH)[0], "actor", "contacts", "constraint", "autonomy")
    }
    assert found["Mina V."] == (2, pytest.approx(1 / 2), pytest.approx(1 / 2))  # Ann N. and Pat N., not tied
    assert found["Kay H."] == (1, 1, 0)
    assert found["Cass W."] == (0, None, None)
    # Dr G. P. and Ann N. introduce to each other: of Dr G. P.'s three arcs two go to Ann N., one to Sam S.; of Ann N.'s
    # five one ends at or comes from Sam S., of Sam S.'s five one is with Ann N.
    ann, sam = (2 / 3 + 1 / 3 * 1 / 5) ** 2, (1 / 3 + 2 / 3 * 1 / 5) ** 2
    assert found["Dr G. P."][:2] == (2, pytest.approx(ann + sam))


def test_who_introduces_most_and_who_never(demo_graph: nx.MultiDiGraph) -> None:
    most, pairs = introductions(demo_graph, NORTH)
    assert rows(most, "actor", "introductions", "things", "meetings", "people") == [
        ("Ann N.", 2, 2, 2, 4),
        ("Dr G. P.", 1, 1, 1, 2),
        ("Kay H.", 1, 1, 1, 0),
        ("Pat N.", 1, 1, 1, 3),
        ("Sam S.", 1, 1, 1, 2),
        *((name, 0, 0, 0, 0) for name in ("Cass W.", "Lee B.", "Mina V.", "Rui D.", "South Asian Women's Group")),
    ]
    assert ("Sam S.", "Kay H.", 1, ["Business case for two community clinics"]) in rows(
        pairs, "from", "to", "occasions", "things"
    )
    with pytest.raises(UsageProblem, match="introduces_to_group"):
        introductions(demo_graph, NORTH, relation=("agrees",))


def test_what_certainly_and_what_possibly_lies_in_a_period(demo_graph: nx.MultiDiGraph) -> None:
    """One of four sources has D07 introduced in March, so that it is possibly of the first quarter, and nothing is
    certain of it; R2 was in June, B2 in July, R3 in September."""
    size = network(demo_graph, NORTH, period="quarter")[0]
    assert rows(size, "period", "certainty", "actors", "ties") == [
        ("2011 Q1", "certainly", 10, 0),
        ("2011 Q1", "possibly", 10, 4),
        ("2011 Q2", "certainly", 10, 3),
        ("2011 Q2", "possibly", 10, 7),
        ("2011 Q3", "certainly", 10, 4),
        ("2011 Q3", "possibly", 10, 4),
    ]
    ties = centrality(demo_graph, NORTH, period="year")[0]
    assert [row[:2] for row in rows(ties, "certainty", "actor")].count(("certainly", "Cass W.")) == 0
    assert len(ties.rows) == 2 * 7


def test_relations_may_be_put_together(demo_graph: nx.MultiDiGraph) -> None:
    """Undirected ones stay so; beside a directed one each is an arc each way, and its occasions count once."""
    met = network(demo_graph, NORTH, relation=("attended_together",))[0]
    both = network(demo_graph, NORTH, relation=("attended_together", "agrees"))[0]
    mixed = network(demo_graph, NORTH, relation=("attended_together", "introduces_to"))[0]
    assert rows(met, "ties", "occasions", "reciprocity") == [(13, 19, None)]
    assert rows(both, "reciprocity") == [(None,)]
    assert rows(mixed, "occasions") == [(19 + 11,)]
    with pytest.raises(UsageProblem, match="no relation 'admires'"):
        network(demo_graph, NORTH, relation=("admires",))


def test_a_visitor_who_introduced_something_at_the_site_is_among_the_introducers() -> None:
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    labels = {
        "north": "Site",
        "south": "Site",
        "case": "CaseStudy",
        "ann": "Actor",
        "bea": "Actor",
        "paper": "Document",
    }
    for node, label in labels.items():
        graph.add_node(node, label=label, name=node)
    places = [("case", "AT_SITE", "north"), ("paper", "IN_CASE", "case"), ("ann", "AT_SITE", "south")]
    for start, kind, end in [*places, ("bea", "AT_SITE", "north")]:
        graph.add_edge(start, end, key=f"{start} {end}", type=kind, asserted=False)
    graph.add_edge("ann", "paper", key="brought", type="INTRODUCED", asserted=True, mode="verbatim")

    most, _ = introductions(graph, Selection(site="north"))

    assert rows(most, "actor", "organisation", "things", "people") == [("ann", None, 1, 0), ("bea", None, 0, 0)]
    assert most.rows[0].claims == ("brought",)
    assert most.n == {"actors": 2, "things": 1, "claims": 1}
