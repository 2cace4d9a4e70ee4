"""Every query of the library against the measure that counts the same thing, under thirteen selections.

The queries count in Cypher, the measures in Python, so each is a second way to the other's numbers. A query without
such a measure stands in ``NO_COUNTERPART`` with the reason; where both count the same thing by different rules, the
comparison is of what they have in common and says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.graph import copy_with_edges, study_graph
from journeys.analysis.claims.selection import Selection
from journeys.analysis.measures.registry import MEASURES
from journeys.model.resources import UNASKED
from journeys.model.schema import load_schema
from journeys.store.queries.library import load_query, read_library
from tests.queries.asking import Asked, Row

SURE = ("verbatim", "paraphrase", "researcher_comment", "not_stated")

SELECTIONS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "north": {"site": "north"},
    "east": {"site": "east"},
    "period": {"from": date(2011, 3, 1), "to": date(2011, 9, 30)},
    "from one day": {"from": date(2011, 6, 1)},
    "ethnicity": {"scope": "ethnicity_specific"},
    "without interpretation": {"modes": list(SURE)},
    "sure": {"confidences": ["high", "medium", "not_stated"]},
    "verbatim": {"modes": ["verbatim"]},
    "low confidence": {"confidences": ["low"]},
    "modes and confidences": {"modes": ["paraphrase", "interpretive"], "confidences": ["medium", "not_stated"]},
    "site and scope": {"site": "north", "scope": "ethnicity_specific"},
    "site, period, modes, confidences": {
        "site": "east",
        "from": date(2011, 1, 1),
        "to": date(2011, 12, 31),
        "modes": ["verbatim", "paraphrase"],
        "confidences": ["high", "not_stated"],
    },
}

FEWER = ("from one day", "sure", "low confidence")

NO_COUNTERPART = {
    "codes/codes_by_organisation_kind": "codes by who speaks: the measure of coding compares coders only",
    "codes/codes_by_site": "codes by site: the measure of coding compares coders only",
    "codes/codes_over_time": "codes by year: the measure of coding compares coders only",
    "codes/codes_together": "codes on one passage: the measure of coding compares coders only",
    "codes/suggested_codes": "answers by suggested codes: no measure",
    "networks/absences": "who was expected and absent: no measure counts absences",
    "networks/actions_taken": "actions and their return: no measure counts them",
    "networks/bridges": "people by their memberships; brokerage counts ties between people, which is another thing",
    "networks/contests_by_bringer": "contests by who brought the item: no measure asks whose an item is",
    "networks/expertise": "who is seen as an expert: no measure counts it",
    "networks/public_health": "public health's acts by designation: no measure knows designations",
    "networks/raisers": "who raises which issue: no measure counts it",
    "networks/research_ties": "ties to researchers, one by one: no measure selects them",
    "networks/responsibility": "who is said to be responsible: no measure counts it",
    "patterns/burden_of_proof_compared": "the rows of burden_of_proof by group; its own test adds them up",
    "patterns/champions_compared": "journeys with and without champions; its own test adds them up",
    "patterns/burden_of_proof": "contests before the first use: no measure counts steps before a step",
    "patterns/compelling_not_acted_on": "support without action: no measure",
    "patterns/cycle_elements_used": "elements of the commissioning cycle: no measure",
    "patterns/drivers_before_seeking": "drivers before seeking: no measure",
    "patterns/gathered_within_or_apart": "gathering of evidence: no measure",
    "patterns/good_practice_shared": "what good journeys share: the truth table asks of conditions, not of journeys",
    "patterns/rubber_stamping": "kinds of meeting: no measure",
    "patterns/understandings": "understandings: no measure",
    "patterns/understandings_in_words": "understandings: no measure",
    "patterns/use_types_on_ethnicity": "uses on ethnicity, one by one, with what it concerns: uses counts them by type",
    "quality/codes_without_passages": "codes: no measure",
    "quality/documents_not_in_hand": "archive status: no measure",
    "quality/findings_tested": "findings: no measure",
    "quality/look_for_not_met": "what to look for: no measure",
    "quality/observer_effect": "observer effect: no measure",
    "quality/open_confusions": "findings: no measure",
    "quality/sources_not_coded": "coding: no measure",
    "quality/uncertain_dates": "dates one by one; gaps counts pairs of happenings, after merging accounts",
    "trace/awareness": "how members came to know: reach computes who can have known",
    "trace/before_or_after": "each pair of use and decision; the measure of journeys gives one verdict a decision",
    "trace/living_document": "later meetings that refer to it: no measure",
    "trace/origins": "where it came from: no measure",
    "trace/recommendations": "recommendations: no measure",
    "summary_tables/rows_by_site": "rows of the summary tables by the evidence at each site: no measure counts them",
}


@dataclass
class Both:
    """The demonstration study, to be asked and to be measured under one selection at a time."""

    asked: Asked

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        return study_graph(self.asked.store, self.asked.study, load_schema())

    @cached_property
    def carriers(self) -> list[str]:
        return [node for node, held in self.graph.nodes(data=True) if held["label"] in ("Document", "Evidence")]

    def queried(self, name: str, chosen: Mapping[str, Any], **more: Any) -> list[Row]:
        taken = load_query(name).parameters
        given = {key: value for key, value in chosen.items() if key in taken}
        assert given.keys() >= set(chosen), f"{name} does not take {set(chosen) - given.keys()}"
        return self.asked.rows(name, {**given, **more})

    def of_each(self, name: str, chosen: Mapping[str, Any]) -> dict[str, list[Row]]:
        """The rows of a query about one thing, for each document and piece of evidence."""
        return {thing: self.queried(name, chosen, document=thing) for thing in self.carriers}

    def measured(self, name: str, table: str, chosen: Mapping[str, Any], **options: Any) -> list[Row]:
        selection = Selection(
            site=self.place(chosen.get("site")),
            start=chosen.get("from"),
            end=chosen.get("to"),
            scope=chosen.get("scope"),
            modes=frozenset(chosen["modes"]) if "modes" in chosen else None,
            confidences=frozenset(chosen["confidences"]) if "confidences" in chosen else None,
        )
        given = {key: value for key, value in options.items() if value is not None}
        graph = self._undated_within(chosen["from"]) if "from" in chosen else self.graph
        tables = MEASURES[name].run(graph, selection, schema=load_schema(), options=given)
        found = next(each for each in tables if each.name == table)
        return [dict(zip(found.columns, row.values, strict=True)) | {"claims": set(row.claims)} for row in found.rows]

    def place(self, site: str | None) -> str | None:
        return None if site is None else f"{self.asked.study}:site:{site}"

    def _undated_within(self, day: date) -> nx.MultiDiGraph[str]:
        """The graph, where what has no date has one in the period that starts on this day.

        This is the documented difference between the two: in a period, a query keeps what may have happened in it, and
        says in ``dated_claims`` of how many claims that is known; a measure leaves out what has no date, and lists it.
        """
        within = {"date_from": day, "date_to": day}
        return copy_with_edges(
            self.graph,
            lambda _start, _end, _key, claim: (
                claim if claim.get("date_from") or claim.get("date_to") else {**claim, **within}
            ),
        )


Compare = Callable[[Both, Mapping[str, Any]], tuple[Any, Any]]
COMPARED: dict[str, Compare] = {}


def compares(name: str) -> Callable[[Compare], Compare]:
    def kept(function: Compare) -> Compare:
        COMPARED[name] = function
        return function

    return kept


@compares("networks/introducers")
def _introducers(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    rows = both.queried("networks/introducers", chosen)
    measured = both.measured("introductions", "introducers", chosen)
    return (
        {row["actor_id"]: row["introduced"] for row in rows if row["introduced"]},
        {row["actor_id"]: row["things"] for row in measured if row["things"]},
    )


@compares("networks/contests")
def _contests(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    rows = both.queried("networks/contests", chosen)
    measured = both.measured("polarity", "sides", chosen)
    return (
        {(row["who_id"], title) for row in rows for title in row["titles"]},
        {(row["actor_id"], row["about"]) for row in measured if row["contesting"]},
    )


@compares("trace/introductions")
def _introductions(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for thing, rows in both.of_each("trace/introductions", chosen).items():
        for row in rows:
            if not row["reported_not_to_have_happened"]:
                asked[row["actor_id"]].add(thing)
    measured = both.measured("introductions", "introducers", chosen)
    return (
        {actor: len(things) for actor, things in asked.items()},
        {row["actor_id"]: row["things"] for row in measured if row["things"]},
    )


@compares("trace/reception")
def _reception(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    asked: Counter[tuple[str, str, str]] = Counter()
    for thing, rows in both.of_each("trace/reception", chosen).items():
        for row in rows:
            if not row["reported_not_to_have_happened"] and row["stance"] != "received":
                side = "contesting" if row["stance"] == "contested" else "supporting"
                asked[thing, row["who_id"], side] += len(row["claims"])
    measured = both.measured("polarity", "sides", chosen)
    sides = ("contesting", "supporting")
    return dict(asked), {(r["about_id"], r["actor_id"], side): r[side] for r in measured for side in sides if r[side]}


@compares("trace/changes_of_side")
def _changes_of_side(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The claims of those who were on both sides of what may be one aspect; and who certainly changed from which."""
    asked = both.of_each("trace/changes_of_side", chosen)
    changes = both.measured("side-changes", "changes", chosen)
    at_once = both.measured("side-changes", "both_sides", chosen)
    compared = "no change: different aspects"
    return (
        {(thing, row["who_id"]) for thing, rows in asked.items() for row in rows if row["change"] != compared},
        {(row["about_id"], row["actor_id"]) for row in (*changes, *at_once)},
    )


@compares("trace/accounts")
def _accounts(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The claims that differ on each of the four questions."""
    asked: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for thing, rows in both.of_each("trace/accounts", chosen).items():
        for row in rows:
            asked[thing, row["differ_on"]] |= set(row["claims"])
    return dict(asked), _disagreements(both, chosen)


def _disagreements(both: Both, chosen: Mapping[str, Any]) -> dict[tuple[str, str], set[str]]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in both.measured("gaps", "conflicts", chosen):
        found[row["journey_id"], row["about"]] |= row["claims"]
    return dict(found)


@compares("trace/citation_share")
def _citation_share(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """How many it cites and is cited by directly.

    At any remove the query counts things, the measure the share of citations: each says so in its columns.
    """
    asked = {
        thing: {row["direction"]: row["directly"] for row in rows}
        for thing, rows in both.of_each("trace/citation_share", chosen).items()
    }
    measured = {row["thing_id"]: row for row in both.measured("citation", "depth", chosen, presented=False)}
    counted = {
        thing: {
            direction: row[column]
            for direction, column in (("cites", "cites"), ("is cited by", "cited_by"))
            if row[column]
        }
        for thing, row in measured.items()
    }
    return {thing: held for thing, held in asked.items() if held}, counted


@compares("trace/citations")
def _citations(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """What rests on each first source, at any remove; and what neither cites nor is cited."""
    asked = both.of_each("trace/citations", chosen)
    firsts = both.measured("citation", "first_sources", chosen, presented=False)
    alone = both.measured("citation", "isolates", chosen, presented=False)
    resting = {
        thing: n
        for thing, rows in asked.items()
        if (n := sum(row["direction"] == "is cited by" for row in rows))
        and not any(row["direction"] == "cites" and row["thing_kind"] != "Driver" for row in rows)
    }
    silent = {thing for thing, rows in asked.items() if not any(row["thing_kind"] != "Driver" for row in rows)}
    return (resting, silent), (
        {row["thing_id"]: row["dependants"] for row in firsts},
        {row["thing_id"] for row in alone},
    )


@compares("patterns/use_types")
def _use_types(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """Uses by type of use, and of these those on ethnicity, at each site."""
    terms = {name: term.label for name, term in load_schema().terms("use_type").terms.items()}
    terms["not_stated"] = "Not stated"
    asked: Counter[tuple[str, str, str]] = Counter()
    for row in both.queried("patterns/use_types", chosen):
        if row["use_type"]:
            asked[row["site"], terms[row["use_type"]], "uses"] += row["uses"]
            asked[row["site"], terms[row["use_type"]], "on_ethnicity"] += row["on_ethnicity"]
    measured = both.measured("uses", "use_types", chosen)
    return (
        {key: n for key, n in asked.items() if n},
        {
            (row["site"], row["use_type"], column): row[column]
            for row in measured
            for column in ("uses", "on_ethnicity")
            if row[column] and row["site"] != "all sites"
        },
    )


@compares("trace/uses")
def _uses(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    terms = {name: term.label for name, term in load_schema().terms("use_type").terms.items()}
    asked = {
        (thing, row["who_id"], row["meeting_id"], terms.get(row["use_type"], "Not stated"))
        for thing, rows in both.of_each("trace/uses", chosen).items()
        for row in rows
        if not row["reported_not_to_have_happened"]
    }
    measured = both.measured("uses", "use_types", chosen)
    return (
        dict(Counter(kind for *_, kind in asked)),
        {row["use_type"]: row["uses"] for row in measured if row["site"] == "all sites" and row["uses"]},
    )


@compares("patterns/supports_and_barriers")
def _factors(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """On how many things each acted; by scope the query counts things, the measure claims."""
    asked = both.queried("patterns/supports_and_barriers", chosen)
    measured = both.measured("factors", "factors", chosen)
    return (
        {row["factor_id"]: row["acted_on"] for row in asked if row["acted_on"]},
        {row["factor_id"]: row["acted_on"] for row in measured},
    )


@compares("patterns/stages_reached")
def _stages(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """How many journeys are told to have reached each stage themselves."""
    terms = load_schema().terms("stage").terms
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for row in both.queried("patterns/stages_reached", chosen):
        for stage in row["stages"]:
            if stage != "contestation":
                asked[terms[stage].label].add(row["journey_id"])
    stops = both.measured("survival", "stops", chosen, of="Evidence,Document", carried=False)
    told = {row["stage"]: row["recorded"] for row in stops if row["group"] == "all"}
    return {stage: len(things) for stage, things in asked.items()}, {stage: n for stage, n in told.items() if n}


@compares("trace/first_sources")
def _first_sources(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The first sources of a document: what the query calls an end, in number."""
    asked = {
        thing: len(rows)
        for thing, rows in both.of_each("trace/first_sources", chosen).items()
        if any(row["thing_id"] != thing for row in rows)
    }
    measured = both.measured("citation", "depth", chosen)
    return asked, {row["thing_id"]: row["first_sources"] for row in measured if row["depth"]}


@compares("quality/conflicting_claims")
def _conflicts(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The same. Conflicts about neither a document nor a piece of evidence are the query's alone."""
    asked: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in both.queried("quality/conflicting_claims", chosen):
        for thing in {row["who_id"], row["what_id"]} & set(both.carriers):
            asked[thing, row["conflict"]] |= set(row["claims"])
    return dict(asked), _disagreements(both, chosen)


@compares("networks/contests_by_type")
def _contests_by_type(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """By type of evidence: how many pieces were contested and by how many people, from the measure of polarity."""
    types = {node: held.get("evidence_type") for node, held in both.graph.nodes(data=True)}
    rows = both.queried("networks/contests_by_type", chosen)
    pieces: defaultdict[Any, set[str]] = defaultdict(set)
    people: defaultdict[Any, set[str]] = defaultdict(set)
    for row in both.measured("polarity", "sides", chosen):
        if row["contesting"] and both.graph.nodes[row["about_id"]]["label"] == "Evidence":
            pieces[types[row["about_id"]]].add(row["about_id"])
            people[types[row["about_id"]]].add(row["actor_id"])
    return (
        {row["evidence_type"]: (row["contested"], row["contesters"]) for row in rows if row["contested"]},
        {kind: (len(found), len(people[kind])) for kind, found in pieces.items()},
    )


@compares("trace/destinations")
def _destinations(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The claims behind each place that it reached, read off the edges of the graph, inferred claims left out."""
    asked: defaultdict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    for thing, rows in both.of_each("trace/destinations", chosen).items():
        for row in rows:
            asked[thing, row["carried_by_id"], row["place_id"], row["reported_not_to_have_happened"]] |= set(
                row["claims"]
            )
    return dict(asked), _places_reached(both, chosen)


def _places_reached(both: Both, chosen: Mapping[str, Any]) -> dict[tuple[str, str, str, bool], set[str]]:
    found: defaultdict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    kept = _kept(both, chosen)
    carriers = {thing: {thing} for thing in both.carriers}
    for start, end, claim in both.graph.edges(data=True):
        if claim["type"] == "PRESENTED_IN" and not claim.get("negated") and _noted(claim, chosen):
            carriers[start].add(end)
    for thing, carried_by in carriers.items():
        for carrier in carried_by:
            for start, end, key, claim in (
                *both.graph.out_edges(carrier, keys=True, data=True),
                *both.graph.in_edges(carrier, keys=True, data=True),
            ):
                if key not in kept:
                    continue
                negated = bool(claim.get("negated"))
                sent = claim["type"] in ("SENT_TO", "TABLED_AT", "INFLUENCED") and start == carrier
                if sent and both.graph.nodes[end]["label"] != "Action":
                    found[thing, carrier, end, negated].add(key)
                if claim.get("at_meeting") and not negated:
                    found[thing, carrier, claim["at_meeting"], False].add(key)
    return dict(found)


@compares("trace/timeline")
def _timeline(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """The claims about each thing, each once; in order by the end of their dates; and how many have a date."""
    asked: dict[str, tuple[set[str], int]] = {}
    for thing, rows in both.of_each("trace/timeline", chosen).items():
        claims = [claim for row in rows for claim in row["claims"]]
        assert len(claims) == len(set(claims))
        ends = [row["date_to"] or row["date_from"] for row in rows]
        assert [end for end in ends if end] == sorted(end for end in ends if end)
        assert None not in ends[: len(ends) - ends.count(None)], "the undated come last"
        asked[thing] = set(claims), sum(row["dated_claims"] for row in rows)
    kept = _kept(both, chosen)
    counted = {}
    for thing in both.carriers:
        about = [
            (key, claim)
            for edges in (both.graph.out_edges, both.graph.in_edges)
            for *_, key, claim in edges(thing, keys=True, data=True)
            if key in kept
        ]
        dated = {key for key, claim in about if claim.get("date_from") or claim.get("date_to")}
        counted[thing] = {key for key, _ in about}, len(dated)
    return asked, counted


def _noted(claim: Mapping[str, Any], chosen: Mapping[str, Any]) -> bool:
    """Whether a claim was noted in a mode and confidence that were chosen; structure has neither and is left out."""
    mode, confidence = claim.get("mode"), claim.get("confidence")
    if mode is None or claim["status"] == "withdrawn":
        return False
    in_mode = mode in chosen["modes"] if "modes" in chosen else mode != "derived"
    return in_mode and ("confidences" not in chosen or confidence in chosen["confidences"])


def _kept(both: Both, chosen: Mapping[str, Any]) -> set[str]:
    """The claims that a selection keeps, decided here in Python and without the measures' own selection."""
    first, last, scope = chosen.get("from"), chosen.get("to"), chosen.get("scope")
    kept = set()
    for *_, key, claim in both.graph.edges(keys=True, data=True):
        begins, ends = claim.get("date_from"), claim.get("date_to")
        in_time = not (first and ends and ends < first) and not (last and begins and begins > last)
        in_scope = scope is None or claim.get("scope") in (scope, "both")
        if in_time and in_scope and _noted(claim, chosen):
            kept.add(key)
    return kept


WEAK = ("interpretive_only", "no_source", "one_source", "one_kind")


@compares("quality/resting_on_little")
def _weak(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    """How many statements of each kind are weak, and in which way."""
    schema = load_schema()
    asked: Counter[tuple[str, str]] = Counter()
    for row in both.queried("quality/resting_on_little", chosen):
        for weakness in WEAK:
            asked[schema.claims[row["did"]].phrase, weakness] += row[weakness]
    counted: Counter[tuple[str, str]] = Counter()
    for row in both.measured("gaps", "basis", chosen):
        for weakness in WEAK:
            counted[row["statement"], weakness] += row[weakness]
    return (
        {key: n for key, n in asked.items() if n},
        {key: n for key, n in counted.items() if n and key[0] != "all"},
    )


@compares("quality/unanswered_questions")
def _unanswered(both: Both, chosen: Mapping[str, Any]) -> tuple[Any, Any]:
    asked = Counter(
        (row["document_id"], row["status"])
        for row in both.queried("quality/unanswered_questions", chosen)
        if row["status"] != "no_form"
    )
    measured = both.measured("gaps", "unanswered", chosen)
    open_ = ("not_known_yet", "not_asked")
    return dict(asked), {
        (row["journey_id"], status): row[status] for row in measured for status in open_ if row["form"] and row[status]
    }


@pytest.fixture(scope="module")
def _both() -> dict[int, Both]:
    return {}


@pytest.fixture
def both(asked: Asked, _both: dict[int, Both]) -> Both:
    return _both.setdefault(id(asked), Both(asked))


def asked_of_each() -> Iterator[Any]:
    for query in COMPARED:
        taken = load_query(query).parameters
        for name, chosen in SELECTIONS.items():
            of_one_thing = query.startswith("trace/")  # asked once for each: fewer selections, for the sake of time
            if chosen.keys() <= taken.keys() and not (of_one_thing and name in FEWER):
                yield pytest.param(query, chosen, id=f"{query}-{name}")


@pytest.mark.parametrize(("query", "chosen"), list(asked_of_each()))
def test_a_query_and_its_measure_count_alike(both: Both, query: str, chosen: Mapping[str, Any]) -> None:
    asked, measured = COMPARED[query](both, chosen)

    assert asked == measured


def test_every_query_is_compared_or_has_a_reason_not_to_be() -> None:
    library = {query.name for query in read_library().queries if query.group not in UNASKED}

    assert COMPARED.keys() | NO_COUNTERPART.keys() == library
    assert not COMPARED.keys() & NO_COUNTERPART.keys()


def test_without_a_selection_no_comparison_is_of_nothing(both: Both) -> None:
    assert [query for query, compare in COMPARED.items() if not compare(both, {})[0]] == []


def test_in_a_period_a_measure_lists_as_left_out_what_the_query_keeps_undated(both: Both) -> None:
    day = date(2011, 6, 1)
    kept = {claim for row in both.queried("networks/introducers", {"from": day}) for claim in row["claims"]}
    tables = MEASURES["introductions"].run(both.graph, Selection(start=day))
    counted = {claim for row in tables[0].rows for claim in row.claims}
    unplaced = {claim for left in tables[0].left_out if left.why.startswith("no date") for claim in left.claims}
    brought = {
        key
        for *_, key, claim in both.graph.edges(keys=True, data=True)
        if claim["type"] == "INTRODUCED" and not claim.get("negated")
    }

    assert (kept & brought) - counted <= unplaced
    assert (kept & brought) - counted
