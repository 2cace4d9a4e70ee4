"""What counts: the demonstration study again, with claims in it that must not count, and with all of it told twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from journeys.model.schema import CLAIM_KIND, load_schema
from journeys.model.stored_types import kind_stored
from journeys.store.connection import Store
from journeys.store.queries.library import load_query, read_library
from tests.queries.asking import Asked, Row, written_answers
from tests.queries.small_graph import SmallGraph
from tests.stored import as_stored

NOISE = [{"status": "withdrawn"}, {"mode": "derived"}, {"mode": "interpretive"}, {"confidence": "low"}]
SURE = {
    "modes": ["verbatim", "paraphrase", "researcher_comment", "not_stated"],
    "confidences": ["high", "medium", "not_stated"],
}
"""With these parameters none of the noise counts."""

OF_CLAIMS = {
    "sources",
    "claims",
    "dated_claims",
    "dated_entries",
    "according_to",
    "lies_with",
    "uses_before",
    "uses_after",
    "uses_unclear",
}
"""Columns that one more source for everything may change."""


class Copy:
    """The demonstration study under another id, to which claims are added before it is written."""

    def __init__(self, demo: Asked, store: Store, study: str) -> None:
        self.demo, self.asked = demo, Asked(store, study)
        self._nodes: defaultdict[str, list[Row]] = defaultdict(list)
        self._claims: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        nodes = "MATCH (n {study: $study}) RETURN labels(n)[0] AS label, n {.*} AS held"
        claims = (
            "MATCH (a {study: $study})-[r]->(b) RETURN labels(a)[0] AS start_label, type(r) AS type,"
            " labels(b)[0] AS end_label, a.id AS start, b.id AS end, r {.*} AS held"
        )
        for row in demo.store.read(nodes, {"study": demo.study}):
            self._nodes[row["label"]].append(self.renamed(row["held"]))
        for row in demo.store.read(claims, {"study": demo.study}):
            kind = kind_stored(load_schema(), row["type"], row["held"])
            assert kind is not None
            told = row["start_label"], kind.name, row["end_label"]
            self._claims[told].append(self.renamed({name: row[name] for name in ("start", "end", "held")}))

    def renamed(self, value: Any) -> Any:
        """What the demonstration study holds or answers, with this study's ids."""
        study = self.asked.study
        if isinstance(value, dict):
            return {name: self.renamed(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.renamed(each) for each in value]
        if isinstance(value, str) and value.startswith("claim:"):
            return f"{study}:{value}"
        if isinstance(value, str) and f"{value}:".startswith(f"{self.demo.study}:"):
            return study + value.removeprefix(self.demo.study)
        return value

    def add_noise(self) -> None:
        """Beside every claim some that do not count: the same, the contrary, and the same of something else."""
        for label, rows in self._asserted():
            ends = sorted(node["id"] for node in self._nodes[label])
            for row in list(rows):
                held = row["held"]
                other = ends[(ends.index(row["end"]) + 1) % len(ends)]
                for number, wrong in enumerate(NOISE):
                    same = {**held, **wrong, "id": f"{held['id']}:same{number}"}
                    contrary = {**same, "id": f"{held['id']}:contrary{number}", "negated": not held.get("negated")}
                    elsewhere = {**same, "id": f"{held['id']}:elsewhere{number}"}
                    rows += [{**row, "held": same}, {**row, "held": contrary}]
                    rows.append({**row, "end": other, "held": elsewhere})

    def add_second_source(self) -> None:
        """Everything that is told is told once more in the same words, all by one source."""
        echo = {"id": f"{self.asked.study}:data_source:echo", "study": self.asked.study, "name": "Echo"}
        self._nodes["DataSource"].append(echo)
        for _, rows in self._asserted():
            for row in list(rows):
                rows.append({**row, "held": {**row["held"], "id": f"{row['held']['id']}:again", "source": echo["id"]}})

    def _asserted(self) -> Iterator[tuple[str, list[Row]]]:
        """The claims of each kind that somebody makes, with the label of what they lead to."""
        kinds = load_schema().claims
        return ((label, rows) for (_, kind, label), rows in self._claims.items() if kinds[kind].asserted)

    def write(self) -> None:
        """Bring it into the store."""
        write = self.asked.store.write
        for label, nodes in self._nodes.items():
            write(f"UNWIND $rows AS held MERGE (n:{label} {{id: held.id}}) SET n = held", {"rows": nodes})
        for (start, kind, end), rows in self._claims.items():
            by_type: defaultdict[str, list[Row]] = defaultdict(list)
            for row in rows:
                said = {name: value for name, value in row["held"].items() if name != CLAIM_KIND}
                stored, held = as_stored(kind, said)
                by_type[stored].append({**row, "held": held})
            for stored, some in by_type.items():
                write(
                    f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
                    f"MERGE (a)-[r:{stored} {{id: row.held.id}}]->(b) SET r = row.held",
                    {"rows": some},
                )

    def remove(self) -> None:
        """Take it out of the store."""
        self.asked.store.write("MATCH (n {study: $study}) DETACH DELETE n", {"study": self.asked.study})


MAIN_CLAIM = {
    "trace/timeline": "ann USED paper",
    "trace/reception": "ann CONTESTED paper",
    "trace/destinations": "paper SENT_TO board",
    "trace/uses": "ann USED paper",
    "trace/recommendations": "paper RECOMMENDS step",
    "networks/introducers": "ann INTRODUCED paper",
    "networks/contests": "ann CONTESTED paper",
    "networks/contests_by_type": "ann CONTESTED census",
    "networks/contests_by_bringer": "ann CONTESTED paper",
    "networks/raisers": "ann RAISED met",
    "networks/actions_taken": "ann TOOK_AWAY step",
    "networks/public_health": "ann USED paper",
}
"""Queries of what is said in a scope or in a time, each with a claim that it is about."""


@pytest.fixture
def copy(asked: Asked, empty_store: Store, study_id: str) -> Iterator[Copy]:
    made = Copy(asked, empty_store, study_id)
    yield made
    made.remove()


def asked_of_all() -> Iterator[tuple[str, dict[str, Any]]]:
    """What the hand-made answers ask, for each query that is asked about one thing or all."""
    for file in ("trace_answers.yaml", "network_answers.yaml"):
        for query, cases in written_answers(file).items():
            for case in cases:
                yield query, case["ask"]


def test_what_is_withdrawn_derived_or_left_out_changes_no_answer(copy: Copy) -> None:
    copy.add_noise()
    copy.write()

    for query, ask in asked_of_all():
        sure = {**ask, **SURE}
        assert copy.asked.rows(query, sure) == copy.renamed(copy.demo.rows(query, sure)), (query, ask)


def test_what_is_told_twice_is_one_thing(copy: Copy) -> None:
    copy.add_second_source()
    copy.write()

    def things(rows: list[Row]) -> list[Row]:
        return [{name: value for name, value in row.items() if name not in OF_CLAIMS} for row in rows]

    for query, ask in asked_of_all():
        assert things(copy.asked.rows(query, ask)) == things(copy.renamed(copy.demo.rows(query, ask))), (query, ask)


@pytest.mark.parametrize("query", MAIN_CLAIM)
def test_scope_and_days_keep_what_they_may_and_drop_what_they_must(small: tuple[SmallGraph, Asked], query: str) -> None:
    graph, asked = small
    graph.nodes("Actor", "ann", designation="public health")
    graph.nodes("Document", "paper")
    graph.nodes("Evidence", "census")
    graph.nodes("Arena", "board")
    graph.nodes("Action", "step")
    graph.nodes("Meeting", "met")
    said = MAIN_CLAIM[query]
    spring = {"date_from": date(2011, 3, 1), "date_to": date(2011, 5, 31)}
    narrow = graph.claim(said, scope="ethnicity_specific", **spring)
    wide = graph.claim(said, scope="both")
    taken = load_query(query).parameters

    def behind(**given: Any) -> set[str]:
        about = {"document": "paper"} if "document" in taken else {}
        return {claim for row in asked.rows(query, {**about, **given}) for claim in row["claims"]}

    assert behind() == {narrow, wide}
    assert behind(scope="ethnicity_specific") == {narrow, wide}
    assert behind(scope="general") == {wide}
    if "from" in taken:
        assert behind(**{"from": date(2011, 5, 31)}) == behind(to=date(2011, 3, 1)) == {narrow, wide}
        assert behind(**{"from": date(2011, 6, 1)}) == behind(to=date(2011, 2, 28)) == {wide}


def test_the_claims_are_of_every_query_that_takes_a_scope() -> None:
    taking = {query.name for query in read_library().queries if query.group in ("trace", "networks")}
    scoped = {name for name in taking if "scope" in load_query(name).parameters}

    assert scoped - set(MAIN_CLAIM) == {"trace/changes_of_side"}  # which needs two claims, and is tested with them
