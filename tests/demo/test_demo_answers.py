"""What a trace of the demonstration study and of R1 says, against answers worked out by hand from their story.

The answers are in ``expected.yaml`` and ``expected_r1.yaml``, for people to read; ``journeys trace REF --format json``
has to say the same on every engine: no claim more, no claim less, the same sources, days and disagreements.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from journeys.cli.main import cli

HERE = Path(__file__).parent
EXPECTED = {
    "demo": yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8")),
    "r1": yaml.safe_load((HERE / "expected_r1.yaml").read_text(encoding="utf-8")),
}
EVERY = [(which, subject) for which, table in EXPECTED.items() for subject in table["journeys"]]
ENGINES = ["embedded", *(pytest.param(name, marks=pytest.mark.neo4j) for name in ("neo4j-5", "neo4j-2026"))]


@pytest.fixture
def trace(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """``trace(study, "D07", *options)``: what the command prints as JSON, run inside this process for speed."""

    def traced(study: Any, ref: str, *options: str) -> Any:
        monkeypatch.delenv("NEO4J_URI", raising=False)
        for name, value in study.env.items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(cli, ["--study", str(study.folder), "trace", ref, "--format", "json", *options])
        assert result.exit_code == 0, (result.output, result.exception)
        return json.loads(result.stdout)

    return traced


# -- the two sides in the same form


def short(identity: str) -> str:
    """``demo:document:north.diabetes.D07`` -> ``D07``, ``demo:actor:AN`` -> ``AN``."""
    return identity.split(":")[-1].split(".")[-1]


def span(first: str | None, last: str | None) -> str | None:
    if first is None and last is None:
        return None
    return first if first == last else f"{first or '..'}/{last or '..'}"


def steps_of(journey: Any) -> list[Any]:
    """The dated steps, and the undated ones."""
    return [*journey["steps"], *journey["unplaced"]]


def claims_of(journey: Any) -> Iterator[tuple[str, Any]]:
    """Each claim that somebody makes about the subject itself, with its verb."""
    for step in steps_of(journey):
        for claim in step["claims"]:
            if step["via"] is None and claim["mode"] != "derived":
                yield step["phrase"], claim


def other_end(journey: Any, claim: Any) -> str:
    ends = [claim["from"]["id"], claim["to"]["id"]]
    ends.remove(journey["document"]["id"])
    return short(ends[0])


def said(journey: Any, verbs: list[str]) -> dict[Any, set[str]]:
    """(verb, who, at, when, not so, reading) -> the sources that say so."""
    found: dict[Any, set[str]] = defaultdict(set)
    for verb, claim in claims_of(journey):
        if verb in verbs:
            at = short(claim["at_meeting"]) if claim["at_meeting"] else None
            when = span(claim["date_from"], claim["date_to"])
            key = (verb, other_end(journey, claim), at, when, claim["negated"], claim["mode"] == "interpretive")
            found[key].add(short(claim["source"]))
    return dict(found)


def expected_said(table: Any, rows: Any) -> dict[Any, set[str]]:
    found = {}
    for verb, told in rows.items():
        for row in told:
            when = str(row["when"]) if "when" in row else table["meetings"].get(row.get("at"))
            key = (
                verb,
                row["who"],
                row.get("at"),
                when and str(when),
                row.get("not_so", False),
                row.get("reading", False),
            )
            assert key not in found, f"twice in the table: {key}"
            found[key] = set(row["says"])
    return found


def differing(journey: Any) -> list[Any]:
    """The disagreements as the table has them, each answer with the sources that give it."""
    found = []
    for each in journey["disagreements"]:
        answers: dict[str, set[str]] = defaultdict(set)
        for claim in each["claims"]:
            answer = {
                "who": short(claim["from"]["id"]),
                "when": span(claim["date_from"], claim["date_to"]),
                "stance": claim["type"].lower(),
            }[each["kind"]]
            answers[str(answer)].add(short(claim["source"]))
        first = each["claims"][0]
        row = {"about": each["kind"], "says": dict(answers)}
        row |= (
            {"who": short(first["from"]["id"]), "at": short(first["at_meeting"])}
            if each["kind"] == "stance"
            else {"did": next(verb for verb, claim in claims_of(journey) if claim["id"] == first["id"])}
        )
        found.append(row)
    return found


def expected_differing(rows: Any) -> list[Any]:
    return [{**row, "says": {str(answer): set(who) for answer, who in row["says"].items()}} for row in rows]


# -- the tests


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("which", "subject"), EVERY)
def test_a_trace_says_what_the_story_says(engine: str, which: str, subject: str, demo_study: Any, trace: Any) -> None:
    table = EXPECTED[which]
    expected = table["journeys"][subject]
    journey = trace(demo_study(engine, which), subject)
    assert said(journey, table["verbs"]) == expected_said(table, expected.get("said", {}))
    assert {short(claim["to"]["id"]) for _, claim in cited(journey, out=True)} == set(expected.get("cites", []))
    assert {short(claim["from"]["id"]) for _, claim in cited(journey, out=False)} == set(expected.get("cited_by", []))
    key = repr
    assert sorted(differing(journey), key=key) == sorted(expected_differing(expected.get("differ", [])), key=key)
    if journey["document"]["label"] == "Document":
        tabled = [(short(step["to"][0]["id"]), step["date_from"]) for step in on_the_table(journey)]
        assert tabled == [(at, str(table["meetings"][at])) for at in expected.get("tabled", [])]


def cited(journey: Any, *, out: bool) -> list[Any]:
    end = "from" if out else "to"
    mine = journey["document"]["id"]
    return [(verb, claim) for verb, claim in claims_of(journey) if verb == "cites" and claim[end]["id"] == mine]


def on_the_table(journey: Any) -> list[Any]:
    return [step for step in journey["steps"] if step["type"] == "TABLED_AT" and step["via"] is None]


# -- what only the whole of it shows


def test_derived_claims_are_nobodys_word(demo: Any, trace: Any) -> None:
    journey = trace(demo, "D07")
    # 31 in its own form, 1 of D08, 2 of D10, 1 of D11, 4 of int-AN, 3 of int-MV, 2 of int-SS, 2 of obs-R3, and what
    # became of the clinics it recommends (int-KH). On the table at R1 and R2, used at R2 and R3: derived.
    assert journey["counts"] == {"claims": 47, "sources": 12, "derived": 4, "withdrawn": 0}
    derived = [c for s in steps_of(journey) for c in s["claims"] if c["mode"] == "derived"]
    assert [claim["source"] for claim in derived] == [None] * 4
    assert all(claim["derived_from"] for claim in derived)
    assert sorted((claim["type"], short(claim["at_meeting"] or claim["to"]["id"])) for claim in derived) == [
        ("REFERRED_TO", "R2"),
        ("REFERRED_TO", "R3"),
        ("TABLED_AT", "R1"),
        ("TABLED_AT", "R2"),
    ]


def test_one_needs_assessment_forks_into_three_papers(demo: Any, trace: Any) -> None:
    papers = {"D08": ["B2"], "D10": ["R3"], "D11": ["R4"]}
    for paper, tables in papers.items():
        journey = trace(demo, paper)
        steps = steps_of(journey)
        assert "D07" in {short(step["to"][0]["id"]) for step in steps if step["type"] == "CITED"}
        assert [short(step["to"][0]["id"]) for step in steps if step["type"] == "TABLED_AT"] == tables


def test_the_visit_report_comes_after_the_decision_it_justifies(demo: Any, trace: Any) -> None:
    journey = trace(demo, "D33")
    steps = {step["type"]: step for step in steps_of(journey)}
    decided = steps["RESULTED_IN"]
    assert (decided["to"][0]["name"], decided["date_from"]) == ("One midwife-led unit", "2011-03-30")
    assert steps["AUTHORED"]["date_from"] == "2011-05-02"
    assert steps["USED"]["claims"][0]["details"]["use_type"] == "post_hoc"
    assert steps["USED_TO_JUSTIFY"]["claims"][0]["details"]["before_or_after_decision"] == "after"


def test_the_compelling_review_stalls(demo: Any, trace: Any) -> None:
    journey = trace(demo, "D24")
    last = journey["steps"][-1]
    assert (last["type"], short(last["meeting"]["id"]), last["claims"][0]["details"]) == (
        "RECEIVED",
        "E2",
        {"reaction": "noted"},
    )
    assert not [s for s in steps_of(journey) if s["stage"] == "impact" and not s["negated"]]


def test_two_move_from_contesting_to_supporting(demo: Any, trace: Any) -> None:
    for ref, who, turn in (("D07", "MV", ["R1", "R2"]), ("ward-census", "DR", ["P1", "P2", "P3"])):
        stances = [
            (step["polarity"], short(step["meeting"]["id"]))
            for step in trace(demo, ref)["steps"]
            if step["polarity"] and who in {short(each["id"]) for each in step["who"]} and step["meeting"]
        ]
        assert [at for _, at in stances] == turn
        assert [stance for stance, _ in stances] == [-1] * (len(turn) - 1) + [1]


def test_as_known_on_a_day(demo: Any, trace: Any) -> None:
    """On 30 June 2011 only the observations and the minutes were there: nobody had yet said it was supported by Lee."""
    journey = trace(demo, "D07", "--as-known-on", "2011-06-30")
    said = [c for s in steps_of(journey) for c in s["claims"] if c["mode"] != "derived"]
    # What papers say, in their own forms, is known from the day they were written; only the minutes are looked at here.
    others = [claim for claim in said if claim["source_kind"] != "document" or short(claim["source"]) == "min-R2"]
    assert sorted(short(claim["source"]) for claim in others) == ["min-R2"] * 2 + ["obs-R1"] * 6 + ["obs-R2"] * 2
    assert journey["disagreements"] == []
    known, counts = journey["known"], journey["counts"]
    assert counts["claims"] + known["left_out_later"] == 47
    assert known["left_out_not_known"] == 0


# -- the real example R1


@pytest.fixture(params=ENGINES)
def example(request: pytest.FixtureRequest, demo_study: Any) -> Any:
    return demo_study(request.param, "r1")


def test_publication_is_not_the_order_of_derivation(example: Any, trace: Any) -> None:
    """Both briefings appeared before the report that the findings come from; a paper of the same year, whose day is
    not known, stands behind what certainly came in that year."""
    steps = [step for step in trace(example, "findings-eeic")["steps"] if step["type"] == "PRESENTED_IN"]
    assert [short(step["to"][0]["id"]) for step in steps] == ["D2", "D4", "D3", "D1", "D7"]


def test_authors_keep_the_order_in_which_they_are_printed(example: Any, trace: Any) -> None:
    printed = {
        "D1": "Salway Turner Mir Bostan Carter Skinner Gerrish Ellison",
        "D2": "Turner Salway Mir Ellison Skinner Carter Bostan",
        "D7": "Salway Mir Turner Ellison Carter Gerrish",
    }
    for ref, authors in printed.items():
        journey = trace(example, ref)
        wrote = [c for s in steps_of(journey) if s["type"] == "AUTHORED" for c in s["claims"]]
        in_order = sorted(wrote, key=lambda claim: claim["note"])
        assert " ".join(claim["from"]["name"] for claim in in_order) == authors


def test_who_hosts_the_project_has_two_answers_that_depend_on_the_day(example: Any, run_cli: Any) -> None:
    query = (
        "MATCH (:Actor {study: $study, id: 'r1:actor:team'})-[m:MEMBER_OF]->(o) "
        "RETURN o.name AS host, m.source AS source, m.date_from AS first ORDER BY first"
    )
    asked = run_cli("cypher", query, "--format", "json", cwd=example.folder, env=example.env)
    rows = [(r["host"], short(r["source"]), str(r["first"])) for r in json.loads(asked.stdout)]
    assert rows == [
        ("Sheffield Hallam University", "bmc", "2013-03-26"),
        ("Sheffield Hallam University", "elfpost", "2013-06-30"),
        ("University of Sheffield", "authors", "2013-12-01"),
    ]


def test_an_ambiguous_citation_is_two_candidates_of_low_confidence(example: Any, trace: Any) -> None:
    journey = trace(example, "D6")
    cited = [c for s in steps_of(journey) if s["type"] == "CITED" for c in s["claims"]]
    assert sorted((short(c["to"]["id"]), c["confidence"]) for c in cited) == [("D3", "low"), ("D4", "low")]
