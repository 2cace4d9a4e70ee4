"""Random small studies: questions, measures and traces against a slow and plain reading of the same claims.

``JOURNEYS_TEST_STUDIES=2000`` tries so many instead of a few dozen, ``JOURNEYS_TEST_FIRST_SEED=5000`` others than those
that are tried by themselves; a failure names the seed of its study.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from journeys.analysis.claims.graph import study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.analysis.trace.journey import trace
from journeys.model.schema import load_schema
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from tests.queries import random_studies as plain
from tests.queries.asking import Row
from tests.queries.random_studies import Chosen, RandomStudy
from tests.queries.small_graph import SmallGraph

STUDIES = int(os.environ.get("JOURNEYS_TEST_STUDIES", "24"))
FIRST_SEED = int(os.environ.get("JOURNEYS_TEST_FIRST_SEED", "0"))
THINGS = (*plain.PAPERS, *plain.FINDINGS)


class Written:
    """A random study in a store, to be asked, measured and traced with short names."""

    def __init__(self, store: Store, seed: int, prefix: str) -> None:
        self.random: RandomStudy = plain.make(seed)
        self.graph = SmallGraph(store, f"{prefix}-{seed}")
        self._said = _write(self.graph, self.random)
        self.held = study_graph(store, self.graph._study, load_schema())

    def short(self, node_or_claim: str) -> str:
        return self._said.get(node_or_claim) or node_or_claim.rsplit(":", 1)[1]

    def ask(self, query: str, chosen: Chosen, **more: Any) -> list[Row]:
        given: dict[str, Any] = {
            "modes": list(chosen.modes),
            "confidences": list(chosen.confidences),
            "scope": chosen.scope,
            "site": chosen.site and self.graph.id(chosen.site),
            "from": chosen.first,
            "to": chosen.last,
        }
        taken = load_query(query).parameters
        given = {name: value for name, value in given.items() if name in taken and value is not None}
        if "document" in more:
            more["document"] = self.graph.id(more["document"])
        found = load_query(query)
        return self.graph.asked.store.read(found.text, found.values({"study": self.graph._study, **given, **more}))

    def measure(self, name: str, table: str, chosen: Chosen, **options: Any) -> list[Row]:
        selection = Selection(
            site=chosen.site and self.graph.id(chosen.site),
            start=chosen.first,
            end=chosen.last,
            scope=chosen.scope,
            modes=frozenset(chosen.modes),
            confidences=frozenset(chosen.confidences),
        )
        tables = MEASURES[name].run(self.held, selection, schema=load_schema(), options=options)
        found = next(each for each in tables if each.name == table)
        return [dict(zip(found.columns, row.values, strict=True)) for row in found.rows]


def _write(graph: SmallGraph, study: RandomStudy) -> dict[str, str]:
    """Write a random study; what its claims are called there, and here."""
    graph.nodes("Site", "north", "south")
    graph.nodes("CaseStudy", "case-north", "case-south")
    graph.nodes("Actor", *plain.PEOPLE, kind="person")
    graph.nodes("Document", *plain.PAPERS)
    for finding in plain.FINDINGS:
        graph.nodes("Evidence", finding, evidence_type=plain.TYPES[finding])
    graph.nodes("DataSource", *plain.SOURCES, kind="interview")
    for name, (site, when) in study.meetings.items():
        graph.nodes("Meeting", name, **_dates(when))
        graph.claim(f"{name} IN_CASE case-{site}")
    graph.claims("case-north AT_SITE north", "case-south AT_SITE south")
    for thing, site in study.sites.items():
        graph.claim(f"{thing} AT_SITE {site}" if thing in plain.PEOPLE else f"{thing} IN_CASE case-{site}")
    called: dict[str, str] = {}
    for said in study.said:
        more = {"at_meeting": said.meeting, "aspect": said.aspect}
        claim = graph.claim(
            f"{said.start} {said.kind} {said.end}",
            **_dates(said.when),
            **{name: value for name, value in more.items() if value is not None},
            source=said.source,
            mode=said.mode,
            confidence=said.confidence,
            scope=said.scope,
            negated=said.negated,
            status="withdrawn" if said.withdrawn else "not_stated",
        )
        called[claim] = said.id
    graph.write()
    return called


def _dates(when: plain.When) -> dict[str, Any]:
    return {"date_from": when[0], "date_to": when[1]} if when else {}


Different = tuple[str, Any, Any]


def compared(study: Written, seed: int) -> Iterator[Different]:
    """What was asked, what came, and what the plain reading says."""
    for chosen in plain.selections(seed):
        claims = plain.counting(study.random, chosen)
        in_measures = plain.counting(study.random, chosen, undated=False)
        yield from _introducers(study, chosen, claims, in_measures)
        yield from _sides(study, chosen, claims, in_measures)
    every = Chosen()
    claims = plain.counting(study.random, every)
    for thing in THINGS:
        yield from _of_one_thing(study, every, claims, thing)
    yield from _cited(study, every, claims)


def _introducers(study: Written, chosen: Chosen, claims: Any, in_measures: Any) -> Iterator[Different]:
    rows = study.ask("networks/introducers", chosen)
    for column, negated in (("introduced", False), ("reported_not_introduced", True)):
        found = {study.short(row["actor_id"]): row[column] for row in rows if row[column]}
        yield f"introducers, {column}, {chosen}", found, plain.introduced(claims, negated=negated)
    counted = study.measure("introductions", "introducers", chosen)
    found = {study.short(row["actor_id"]): row["things"] for row in counted if row["things"]}
    yield f"introductions, {chosen}", found, plain.introduced(in_measures)


def _sides(study: Written, chosen: Chosen, claims: Any, in_measures: Any) -> Iterator[Different]:
    rows = study.ask("networks/contests", chosen)
    contested = {(study.short(row["who_id"]), title) for row in rows for title in row["titles"]}
    yield f"contests, {chosen}", contested, {pair for pair, (_, no) in plain.sides(claims).items() if no}
    columns = ("contested", "supported", "reported_not_contested", "contesters")
    by_type = {
        row["evidence_type"]: tuple(row[column] for column in columns)
        for row in study.ask("networks/contests_by_type", chosen)
        if any(row[column] for column in columns)
    }
    yield f"contests by type, {chosen}", by_type, plain.contests_by_type(claims)
    counted = study.measure("polarity", "sides", chosen)
    found = {
        (study.short(row["actor_id"]), study.short(row["about_id"])): (row["supporting"], row["contesting"])
        for row in counted
    }
    yield f"polarity, {chosen}", found, plain.sides(in_measures)
    rows = [
        *study.measure("side-changes", "changes", chosen),
        *study.measure("side-changes", "both_sides", chosen),
    ]
    moved = {(study.short(row["actor_id"]), study.short(row["about_id"])) for row in rows}
    expected = {change[:2] for change in plain.changes(in_measures) if not change[2].startswith("no change")}
    yield f"side-changes, {chosen}", moved, expected


def _of_one_thing(study: Written, every: Chosen, claims: Any, thing: str) -> Iterator[Different]:
    rows = study.ask("trace/changes_of_side", every, document=thing)
    found = {(study.short(row["who_id"]), thing, row["change"]) for row in rows}
    yield f"changes of side, {thing}", found, {change for change in plain.changes(claims) if change[1] == thing}

    rows = study.ask("trace/citations", every, document=thing)
    for direction, backwards in (("cites", False), ("is cited by", True)):
        reached = {study.short(row["thing_id"]): row["steps"] for row in rows if row["direction"] == direction}
        yield f"{thing} {direction}", reached, plain.cited(claims, thing, backwards=backwards)

    expected = plain.differing(claims, thing)
    accounts: defaultdict[str, set[str]] = defaultdict(set)
    for row in study.ask("trace/accounts", every, document=thing):
        accounts[row["differ_on"]] |= {study.short(claim) for claim in row["claims"]}
    yield f"accounts, {thing}", dict(accounts), expected

    journey = trace(study.graph.asked.store, study.graph._study, study.graph.id(thing))
    disagreements: defaultdict[str, set[str]] = defaultdict(set)
    for each in journey.disagreements:
        disagreements[each.kind] |= {study.short(claim.id) for claim in each.claims}
    yield f"disagreements, {thing}", dict(disagreements), expected

    made = {
        frozenset(study.short(claim.id) for claim in step.claims if not claim.derived)
        for step in (*journey.steps, *journey.unplaced)
    }
    yield f"steps, {thing}", made - {frozenset()}, plain.steps(claims, thing)


def _cited(study: Written, every: Chosen, claims: Any) -> Iterator[Different]:
    rows = study.measure("citation", "depth", every, presented=False)
    found = {study.short(row["thing_id"]): (row["cites"], row["cited_by"]) for row in rows}
    expected = {
        thing: both
        for thing in THINGS
        if any(
            both := tuple(
                sum(steps == 1 for steps in plain.cited(claims, thing, backwards=way).values()) for way in (False, True)
            )
        )
    }
    yield "citation", found, expected


def test_random_studies_are_answered_as_they_read(empty_store: Store, study_id: str) -> None:
    wrong, asked = [], 0
    for seed in range(FIRST_SEED, FIRST_SEED + STUDIES):
        study = Written(empty_store, seed, study_id)
        for what, found, expected in compared(study, seed):
            asked += bool(expected)
            if found != expected:
                wrong.append(f"seed {seed}, {what}: {found}, and read plainly {expected}")
        study.graph.remove()

    assert wrong == []
    assert asked > 10 * STUDIES


@pytest.mark.parametrize("seed", range(3))
def test_a_seed_makes_the_same_study_each_time(seed: int) -> None:
    assert plain.make(seed) == plain.make(seed)
    assert plain.make(seed) != plain.make(seed + 1)
