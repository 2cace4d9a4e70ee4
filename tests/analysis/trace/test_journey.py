"""The journey of one document and one piece of evidence in an invented study, with answers worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from journeys.analysis.trace.journey import Journey, trace
from journeys.store.connection import Store, connect
from journeys.store.resolve import UnknownReference
from journeys.store.settings import resolve
from tests.stored import as_stored

FIFTH = date(2011, 3, 5)


class EngineLike(Protocol):
    @property
    def env(self) -> Mapping[str, str]: ...


class Graph:
    """Writes nodes and claims of one study as the loader would."""

    def __init__(self, store: Store, study: str) -> None:
        self.store, self.study = store, study
        self.rows = 0

    def id(self, label: str, key: str) -> str:
        return f"{self.study}:{label.lower()}:{key}"

    def node(self, label: str, key: str, name: str, **properties: object) -> str:
        held = {"id": self.id(label, key), "study": self.study, "name": name, **properties}
        self.store.write(f"MERGE (n:{label} {{id: $id}}) SET n = $held", {"id": held["id"], "held": held})
        return self.id(label, key)

    def claim(self, kind: str, start: str, end: str, **properties: object) -> str:
        """``start`` and ``end`` are "Label key"; the claim's id is its number."""
        self.rows += 1
        (a, a_key), (b, b_key) = start.split(" "), end.split(" ")
        source = properties.pop("source", None)
        meeting = properties.pop("meeting", None)
        held: dict[str, object] = {"id": f"{self.study}-c{self.rows}", "study": self.study, "file": "forms/d07.xlsx"}
        held |= {"sheet": "Who did what", "cell": f"A{self.rows}"}
        held |= {"source": self.id("DataSource", str(source))} if source else {}
        held |= {"at_meeting": self.id("Meeting", str(meeting))} if meeting else {}
        if meeting == "march" and "date_from" not in properties:
            held |= {"date_from": FIFTH, "date_to": FIFTH, "date_precision": "day", "date_basis": "meeting"}
        stored, held = as_stored(kind, held | properties)
        self.store.write(
            f"MATCH (a:{a} {{id: $a}}) MATCH (b:{b} {{id: $b}}) MERGE (a)-[r:{stored} {{id: $id}}]->(b) SET r = $held",
            {"a": self.id(a, a_key), "b": self.id(b, b_key), "id": held["id"], "held": held},
        )
        return str(held["id"])

    def trace(self, ref: str = "D07", **options: Any) -> Journey:
        return trace(self.store, self.study, ref, **options)


@pytest.fixture
def graph(engine: EngineLike, study_id: str, tmp_path: Path) -> Iterator[Graph]:
    settings = resolve({}, environ={"NEO4J_PASSWORD": "", **engine.env})
    with connect(settings, tmp_path / "work") as store:
        graph = Graph(store, study_id)
        graph.node("CaseStudy", "north.strategic", "North, strategic")
        graph.node("Document", "north.strategic.D07", "Maternity needs assessment", doc_number="D07", doc_type="report")
        graph.node("Document", "north.strategic.D02", "Commissioning plan", doc_number="D02")
        graph.node("Evidence", "interviews", "Interviews with mothers")
        for name in ("Benjamin", "Brockett", "Folkerts", "Friend", "Speer"):
            graph.node("Actor", name.lower(), name)
        graph.node("Arena", "board", "Board")
        graph.node("Meeting", "march", "March board", date_from=FIFTH, date_to=FIFTH, date_precision="day")
        autumn = date(2011, 9, 1)
        graph.node("DataSource", "i1", "Interview 1", kind="interview", date_from=autumn, date_to=autumn)
        graph.node("DataSource", "o1", "Observation 1", kind="observation", date_from=FIFTH, date_to=FIFTH)
        graph.claim("IN_CASE", "Document north.strategic.D07", "CaseStudy north.strategic")
        yield graph


IT = "Document north.strategic.D07"


def outline(steps: list[dict[str, Any]]) -> list[tuple[str, list[str], int]]:
    """Type, who, and number of sources of each step."""
    return [(step["type"], [who["name"] for who in step["who"]], len(step["sources"])) for step in steps]


def test_a_whole_journey(graph: Graph) -> None:
    year = {"date_text": "2010", "date_from": date(2010, 1, 1), "date_to": date(2010, 12, 31), "date_precision": "year"}
    graph.claim("COMMISSIONED", "Arena board", IT, source="i1", **year)
    said = {"mode": "verbatim", "quote": "Here it is"}
    introduced = graph.claim("INTRODUCED", "Actor brockett", IT, source="o1", meeting="march", **said)
    graph.claim("INTRODUCED", "Actor brockett", IT, source="i1", meeting="march", mode="paraphrase")
    for name in ("benjamin", "friend"):
        graph.claim("SUPPORTED", f"Actor {name}", IT, source="o1", meeting="march")
    graph.claim("CONTESTED", "Actor folkerts", IT, source="o1", meeting="march", aspect="small numbers")
    graph.claim("TABLED_AT", IT, "Meeting march", meeting="march", mode="derived", derived_from=[introduced])
    before = {"date_text": "before June 2011", "date_to": date(2011, 5, 31), "date_precision": "before"}
    graph.claim("SENT_TO", IT, "Arena board", source="i1", **before)
    graph.claim("CITED", "Document north.strategic.D02", IT, source="i1")
    graph.claim("PRESENTED_IN", "Evidence interviews", IT, source="i1")
    graph.claim("USED", "Actor speer", IT, source="o1", mode="interpretive")

    told = json.loads(json.dumps(graph.trace().as_dict()))

    assert told["document"]["title"] == "Maternity needs assessment"
    assert told["document"]["doc_number"] == "D07"
    assert told["document"]["cases"] == [
        {"id": graph.id("CaseStudy", "north.strategic"), "name": "North, strategic", "site": None}
    ]
    assert outline(told["steps"]) == [
        ("COMMISSIONED", ["Board"], 1),
        ("INTRODUCED", ["Brockett"], 2),
        ("TABLED_AT", [], 0),
        ("CONTESTED", ["Folkerts"], 1),
        ("SUPPORTED", ["Benjamin", "Friend"], 1),
        ("SENT_TO", [], 1),
    ]
    assert [step["order"] for step in told["steps"]] == [
        None, "certainly", "same_day", "same_day", "same_day", "possibly",
    ]  # fmt: skip
    assert outline(told["unplaced"]) == [("PRESENTED_IN", [], 1), ("CITED", [], 1), ("USED", ["Speer"], 1)]
    assert told["unplaced"][-1]["interpretation"] is True
    brought, tabled, contested = told["steps"][1:4]
    assert brought["meeting"] == {
        "id": graph.id("Meeting", "march"), "title": "March board", "date_from": "2011-03-05", "date_to": "2011-03-05",
    }  # fmt: skip
    first = next(claim for claim in brought["claims"] if claim["id"] == introduced)
    assert {name: first[name] for name in ("source", "mode", "quote", "negated", "file", "sheet", "cell")} == {
        "source": graph.id("DataSource", "o1"), "mode": "verbatim", "quote": "Here it is", "negated": False,
        "file": "forms/d07.xlsx", "sheet": "Who did what", "cell": "A3",
    }  # fmt: skip
    assert (tabled["derived"], tabled["sources"]) == (True, [])
    assert contested["polarity"] == -1
    assert contested["claims"][0]["details"] == {"aspect": "small numbers"}
    assert told["steps"][-1]["date_text"] == "before June 2011"
    assert (told["steps"][-1]["date_from"], told["steps"][-1]["date_to"]) == (None, "2011-05-31")
    assert told["counts"] == {"claims": 10, "sources": 2, "derived": 1, "withdrawn": 0}
    assert told["disagreements"] == []


def test_where_accounts_differ(graph: Graph) -> None:
    def at(kind: str, who: str, source: str, **more: object) -> str:
        return graph.claim(kind, f"Actor {who}", IT, source=source, meeting="march", **more)

    graph.claim("AUTHORED", "Actor speer", IT, source="i1")
    graph.claim("AUTHORED", "Actor brockett", IT, source="o1")
    at("INTRODUCED", "brockett", "o1")
    at("INTRODUCED", "friend", "i1")
    at("CONTESTED", "folkerts", "o1")
    at("SUPPORTED", "folkerts", "i1")
    at("CONTESTED", "speer", "o1")
    at("CONTESTED", "speer", "i1", negated=True)
    june = {"date_from": date(2011, 6, 1), "date_to": date(2011, 6, 30), "date_text": "June 2011"}
    at("USED", "friend", "o1")
    at("USED", "friend", "i1", **june)

    found = [(each.kind, each.sentence) for each in graph.trace().disagreements]

    assert found == [
        ("who", "Sources disagree on who introduced it at March board. Interview 1: Friend; Observation 1: Brockett."),
        ("who", "Sources disagree on who wrote it. Interview 1: Speer; Observation 1: Brockett."),
        ("when", "Sources disagree on when Friend used it. Interview 1: June 2011; Observation 1: 5 March 2011."),
        (
            "whether",
            "Sources disagree on whether Speer contested it. Interview 1: reported not to have happened; Observation 1:"
            " reported to have happened.",
        ),
        (
            "stance",
            "Sources disagree on where Folkerts stood at March board."
            " Interview 1: supported it; Observation 1: contested it.",
        ),
    ]


def test_what_is_no_disagreement(graph: Graph) -> None:
    # One source names fewer authors; an author and an originating group; a stance on two aspects in both accounts.
    graph.claim("AUTHORED", "Actor speer", IT, source="i1", role="author")
    graph.claim("AUTHORED", "Actor friend", IT, source="i1", role="author")
    graph.claim("AUTHORED", "Actor speer", IT, source="o1", role="author")
    graph.claim("AUTHORED", "Arena board", IT, source="o1", role="originating_group")
    for source in ("i1", "o1"):
        graph.claim("CONTESTED", "Actor folkerts", IT, source=source, meeting="march", aspect="cost")
        graph.claim("SUPPORTED", "Actor folkerts", IT, source=source, meeting="march", aspect="aim")
    # Denied for another meeting than the one at which it is said to have happened; used twice.
    graph.node("Meeting", "june", "June board")
    graph.claim("CONTESTED", "Actor speer", IT, source="i1", meeting="march")
    graph.claim("CONTESTED", "Actor speer", IT, source="o1", meeting="june", negated=True)
    graph.claim("USED", "Actor friend", IT, source="i1", date_from=FIFTH, date_to=FIFTH)
    graph.claim("USED", "Actor friend", IT, source="o1", date_from=date(2011, 6, 1), date_to=date(2011, 6, 1))

    assert graph.trace().disagreements == ()


def test_dates_part_and_join_claims(graph: Graph) -> None:
    def used(source: str | None, start: date | None, end: date | None) -> str:
        bounds = {name: day for name, day in (("date_from", start), ("date_to", end)) if day}
        return graph.claim("USED", "Actor friend", IT, source=source, **bounds)

    in_march = used("i1", date(2011, 3, 1), date(2011, 3, 31))
    on_the_fifth = used("o1", FIFTH, FIFTH)
    in_june = used("i1", date(2011, 6, 1), date(2011, 6, 30))
    that_year = used("o1", date(2011, 1, 1), date(2011, 12, 31))
    undated = used(None, None, None)

    journey = graph.trace()

    assert [sorted(claim.id for claim in step.claims) for step in journey.steps] == [
        sorted([in_march, on_the_fifth]), [in_june], [that_year],
    ]  # fmt: skip
    assert (journey.steps[0].when.date_from, journey.steps[0].when.date_to) == (FIFTH, FIFTH)
    assert [step.order for step in journey.steps] == [None, "certainly", "possibly"]
    assert [claim.id for claim in journey.unplaced[0].claims] == [undated]


def test_found_not_to_be_so_is_a_step_of_its_own(graph: Graph) -> None:
    graph.claim("CONTESTED", "Actor speer", IT, source="i1", meeting="march", negated=True)
    graph.claim("CONTESTED", "Actor folkerts", IT, source="i1", meeting="march")

    assert [(step.negated, step.who[0].name) for step in graph.trace().steps] == [(False, "Folkerts"), (True, "Speer")]


def test_what_became_of_an_action(graph: Graph) -> None:
    graph.node("Action", "clinic", "A new clinic")
    graph.node("Action", "line", "A telephone line")
    graph.claim("RECOMMENDS", IT, "Action clinic", source="i1")
    graph.claim("INFLUENCED", IT, "Action line", source="i1", negated=True)
    graph.claim("RESULTED_IN", "CaseStudy north.strategic", "Action clinic", source="i1")
    graph.claim("RESULTED_IN", "CaseStudy north.strategic", "Action line", source="i1")

    found = [(step.kind.name, step.via and step.via.name) for step in graph.trace().unplaced]

    assert found == [("RECOMMENDS", None), ("INFLUENCED", None), ("RESULTED_IN", "A new clinic")]


def test_evidence_came_to_the_meetings_of_documents_that_present_it(graph: Graph) -> None:
    graph.claim("PRESENTED_IN", "Evidence interviews", IT, source="i1")
    graph.claim("GENERATED", "Actor friend", "Evidence interviews", source="i1")
    graph.claim("TABLED_AT", IT, "Meeting march", source="o1", meeting="march")
    graph.claim("SUPPORTED", "Actor friend", IT, source="o1", meeting="march")

    journey = graph.trace("interviews with")

    assert [(step.kind.name, step.via and step.via.name) for step in (*journey.steps, *journey.unplaced)] == [
        ("TABLED_AT", "Maternity needs assessment"), ("GENERATED", None), ("PRESENTED_IN", None),
    ]  # fmt: skip
    assert journey.as_dict()["document"]["label"] == "Evidence"


def test_as_known_on_a_day(graph: Graph) -> None:
    then = graph.claim("INTRODUCED", "Actor brockett", IT, source="o1", meeting="march")
    later = graph.claim("SUPPORTED", "Actor friend", IT, source="i1", meeting="march")
    graph.claim("SUPPORTED", "Actor speer", IT, source="o1", meeting="march", recorded_at="12 October 2011")
    graph.claim("CITED", "Document north.strategic.D02", IT)
    graph.claim("USED", "Actor speer", IT, source="i1", recorded_at="sometime")
    tabled = graph.claim("TABLED_AT", IT, "Meeting march", meeting="march", mode="derived", derived_from=[then, later])

    journey = graph.trace(as_known_on=date(2011, 4, 1))

    assert sorted(claim.id for claim in journey.claims) == sorted([then, tabled])
    assert journey.as_dict()["known"] == {"day": "2011-04-01", "left_out_later": 3, "left_out_not_known": 1}


def test_withdrawn_claims_are_kept_apart(graph: Graph) -> None:
    gone = graph.claim("CONTESTED", "Actor speer", IT, source="i1", meeting="march", status="withdrawn")
    stands = graph.claim("SUPPORTED", "Actor speer", IT, source="i1", meeting="march")

    told = graph.trace().as_dict()

    assert [claim["id"] for step in told["steps"] for claim in step["claims"]] == [stands]
    assert [claim["id"] for claim in told["withdrawn"]] == [gone]


def test_a_journey_as_researchers_tell_it(graph: Graph) -> None:
    graph.node("Journey", "j", "How the paper travelled", title="How the paper travelled")
    graph.node("Step", "s2", "Tabled", title="Tabled", order_hint=2, stage="use", date_from=FIFTH, date_to=FIFTH)
    graph.node("Step", "s1", "Asked for", title="Asked for", order_hint=1)
    graph.claim("JOURNEY_OF", "Journey j", IT)
    for step in ("s1", "s2"):
        graph.claim("STEP_OF", f"Step {step}", "Journey j")
    graph.claim("AT", "Step s2", "Meeting march")

    (narrative,) = graph.trace().as_dict()["narratives"]

    assert narrative["title"] == "How the paper travelled"
    assert [(step["title"], step["date_from"], step["meeting"]) for step in narrative["steps"]] == [
        ("Asked for", None, None), ("Tabled", "2011-03-05", "March board"),
    ]  # fmt: skip


def test_a_claim_may_name_what_the_store_does_not_have(graph: Graph) -> None:
    graph.claim("INTRODUCED", "Actor brockett", IT, source="gone", meeting="lost")

    (step,) = graph.trace().unplaced

    assert step.meeting is not None
    assert (step.sources[0].name, step.meeting.title) == ("gone", "lost")


def test_another_study_is_not_seen(graph: Graph) -> None:
    with pytest.raises(UnknownReference):
        trace(graph.store, f"{graph.study}-2", "D07")


def test_a_document_of_which_nothing_is_said(graph: Graph) -> None:
    told = graph.trace("D02").as_dict()

    assert (told["steps"], told["unplaced"], told["counts"]["claims"]) == ([], [], 0)
