"""The network of codes of the demonstration study, beside the same counted another way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.model.problems import UsageProblem


@pytest.fixture(scope="module")
def study(demo_study: Any) -> Iterator[journeys.Study]:
    opened = journeys.open(Path(demo_study("embedded").folder))
    with opened.store():
        yield opened


def by_hand(study: journeys.Study, where: str = "true") -> Counter[tuple[str, str]]:
    """The pairs of codes that passages have, counted from a list of all codings."""
    rows = study.cypher(
        "MATCH (k:Code {study: $study})<-[:CODED_AS]-(x)-[:FROM]->(s) "
        "OPTIONAL MATCH (s)-[:IN_CASE]->(own)-[:AT_SITE]->(mine) "
        "OPTIONAL MATCH (s)-[:OF_MEETING]->()-[:IN_CASE]->()-[:AT_SITE]->(met) "
        "WITH k, x, coalesce(mine.name, met.name) AS site "
        f"WHERE {where} RETURN DISTINCT x.id, k.code",
        row_limit=None,
    ).rows
    passages: dict[str, set[str]] = {}
    for passage, code in rows:
        passages.setdefault(passage, set()).add(code)
    return Counter(pair for codes in passages.values() for pair in combinations(sorted(codes), 2))


def ties(study: journeys.Study, site: str | None = None) -> dict[tuple[str, str], int]:
    graph = study.network(site, relations=["coded_together"]).network.graph
    return {
        tuple(sorted(graph.nodes[end]["name"].split(" ")[0] for end in (start, other))): held["weight"]  # type: ignore[misc]
        for start, other, held in graph.edges(data=True)
    }


def test_two_codes_are_tied_by_the_passages_that_have_both(study: journeys.Study) -> None:
    assert len(by_hand(study)) > 5
    assert ties(study) == by_hand(study)
    for site in ("Northtown", "Easthaven"):
        assert ties(study, site) == by_hand(study, f"site = '{site}'")


def test_a_tie_has_its_interviews_and_its_codings(study: journeys.Study) -> None:
    found = study.network(relations=["coded_together"])
    graph = found.network.graph
    assert {held["label"] for _, held in graph.nodes(data=True)} == {"Code"}
    for _, _, held in graph.edges(data=True):
        passages = {occasion.about[0] for occasion in held["occasions"]}
        assert len(passages) == held["weight"]
        rows = study.cypher(
            "UNWIND $ids AS id MATCH (x:Extract {id: id})-[:FROM]->(s) RETURN DISTINCT s.id ORDER BY s.id",
            {"ids": sorted(passages)},
        ).rows
        assert [source for (source,) in rows] == list(held["sources"])
        assert {found.claims[claim].start.id for claim in held["claims"]} == passages


def test_relations_of_codes_and_of_actors_are_not_mixed(study: journeys.Study) -> None:
    with pytest.raises(UsageProblem, match=r"coded_together is a relation between codes\. Ask for it alone\."):
        study.network(relations=["agrees", "coded_together"])
    assert "coded_together" not in study.network().network.relations
