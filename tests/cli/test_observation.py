"""An observed meeting, from the blank sheet to the graph: filled in cell by cell as a person would, checked, loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.forms import read_form, write_form
from journeys.instruments.instrument_files import load_instrument
from journeys.model.schema import load_schema

GUIDE = load_instrument("observation_guide")


PLAIN = ("not_stated", None, "stated")
"""Confidence, note and status of a claim of which nobody said anything of the kind."""


def filled_in(sheet: Any) -> None:
    """A whole sheet, as somebody fills it in after a meeting."""
    sheet.header(case_study="c1", meeting_group_name="Redesign Group", date="6 April 2011", location="Room 2",
                 business="The needs assessment", meeting_mode="Working through issues", researchers="XY")  # fmt: skip
    people = "People present (role/remit)"
    sheet.row(people, person="SS", role_remit="in the chair", represents="pct", participation="speaks much")
    sheet.row(people, person="Mina V.", role_remit="community worker", represents="voices")
    sheet.row(people, person="LB2")
    sheet.box("Commissioning - general", "The plan was gone through line by line.")
    sheet.box(
        "Race/ethnicity/(in)equalities",
        ethnicity="10:15 MV said \u201cYou asked us, and then you left it out.\u201d\nSS said there had been no time.\n"
        "[SS means: LB said no. I think she is cross.]\nLB: we are late.",
    )
    sheet.below("Evidence/data/knowledge - journeys").rows[2].cells[1].text = "Status: Nothing found"
    sheet.row("Running notes", time="10:30", note='"It\u2019s the GPs\u2019 numbers," SS said.', scope="General")
    sheet.point("Key themes", entry="Numbers are asked for where stories are offered.")
    sheet.point("Confusions", entry="Who wrote it?", plan="Ask MV.", about="D07")
    sheet.point("Issues arising", entry="Get the testimony.", about="Community Voices")
    sheet.point("Were any issues", entry="Cost two clinics", plan="Ask to come along.")
    sheet.point("Did my presence", entry="MV turned to me.")
    sheet.row("Who did what", who="SS", did_what="introduced", to_what="D07", mode="Researcher's comment")
    sheet.row("Who did what", who="MV", did_what="contested", to_what="D07", aspect_or_purpose="what it leaves out",
              scope="Ethnicity-specific", quote="you left it out")  # fmt: skip
    sheet.row("Who did what", who="LB2", did_what="contested", to_what="D07", quote="LB said no", mode="Verbatim")
    sheet.row("Who did what", who="MV", did_what="raised an issue at", aspect_or_purpose="Ethnic equality", quote="in",
              confidence="High", note="twice", details="status = to follow up")  # fmt: skip
    sheet.save()


def test_a_sheet_filled_in_by_hand_becomes_the_graph(
    observed: Path, engine: Any, run_cli: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run_cli("forms", "observation_guide", "--format", "docx", cwd=observed)
    filled_in(sheet(Path(made.stdout.strip())))
    checked = run_cli("check", cwd=observed, env={"COLUMNS": "1000"})
    assert checked.code == 0, checked.stdout
    assert "0 problems and 1 warning" in checked.stdout
    assert (
        "forms/observation_guide.docx > Who did what > table 15, row 4, Quote: These words are in square "
        "brackets in the notes, so they are an interpretation. Choose *Interpretive* as the mode; the "
        "row was read as interpretive."
    ) in checked.stdout
    loaded = run_cli("load", cwd=observed, env=engine.env)
    assert loaded.code == 0, loaded.stderr
    for name, value in engine.env.items():
        monkeypatch.setenv(name, value)
    with journeys.open(observed).store() as store:
        _is_in_the_graph(observed.name, lambda query: store.read(query, {"study": observed.name}))


def _is_in_the_graph(study: str, ask: Callable[[str], list[dict[str, Any]]]) -> None:
    """What the sheet of ``filled_in`` became, worked out by hand."""
    at = f"{study}:meeting:R1"
    meeting = ask("MATCH (m:Meeting {study: $study}) RETURN m {.*} AS m ORDER BY m.id")[0]["m"]
    assert (meeting["id"], meeting["location"], meeting["observed"]) == (at, "Room 2", True)
    assert (meeting["business"], meeting["mode"]) == ("The needs assessment", "working_through")

    present = ask(
        "MATCH (a:Actor {study: $study})-[c:ATTENDED]->(m:Meeting) OPTIONAL MATCH (a)-[r:REPRESENTED]->(o) "
        "RETURN a.name AS who, c.role AS role, c.participation AS part, o.name AS body, r.at_meeting AS at, "
        "c.source_kind AS kind, c.recorded_by AS by ORDER BY who"
    )
    assert [tuple(row.values()) for row in present] == [
        ("Lou B.", None, None, None, None, "observation", "XY"),
        ("Mina V.", "community worker", None, "Community Voices", at, "observation", "XY"),
        ("Sam S.", "in the chair", "speaks much", "Northtown PCT", at, "observation", "XY"),
    ]

    extracts = ask(
        "MATCH (e:Extract {study: $study})-[:FROM]->(s:DataSource) RETURN e.mode AS mode, e.text AS text, "
        "e.spoken_by AS by, e.locator AS at, e.scope AS scope, s.id AS source ORDER BY e.scope, e.text"
    )
    assert {row["source"] for row in extracts} == {f"{study}:data_source:obs-R1"}
    said = {
        (row["mode"], row["text"], (row["by"] or "").rpartition(":")[2], row["at"], row["scope"]) for row in extracts
    }
    whole = next(row["text"] for row in extracts if row["mode"] is None and "left it out" in row["text"])
    assert said == {
        ("researcher_comment", "The plan was gone through line by line.", "", None, "general"),
        (None, whole, "", None, "ethnicity_specific"),
        ("verbatim", "You asked us, and then you left it out.", "MV", "10:15", "ethnicity_specific"),
        ("paraphrase", "SS said there had been no time.", "SS", None, "ethnicity_specific"),
        ("interpretive", "SS means: LB said no. I think she is cross.", "", None, "ethnicity_specific"),
        ("paraphrase", "LB: we are late.", "LB2", None, "ethnicity_specific"),  # the LB who was there
        (None, '"It\u2019s the GPs\u2019 numbers," SS said.', "", "10:30", "general"),
        ("verbatim", "It\u2019s the GPs\u2019 numbers,", "SS", "10:30", "general"),
        (None, "[Nothing found]", "", None, "ethnicity_specific"),
    }

    findings = ask(
        "MATCH (f:Finding {study: $study})-[:ABOUT]->(x) "
        "RETURN f.kind AS kind, f.status AS status, f.text AS text, f.plan AS plan, x.name AS about ORDER BY kind, text"
    )
    assert [tuple(row.values()) for row in findings] == [
        ("confusion", "open", "Who wrote it?", "Ask MV.", "Needs assessment"),
        ("follow_up", "open", "Cost two clinics", "Ask to come along.", "Cost two clinics"),
        ("follow_up", "open", "Get the testimony.", None, "Community Voices"),
        ("theme", "open", "Numbers are asked for where stories are offered.", None, "April meeting"),
    ]
    arises = ask(
        "MATCH (a:Action {study: $study})-[c:ARISES_FROM]->(m:Meeting) RETURN a.kind AS kind, c.status AS s, m.id AS at"
    )
    assert [tuple(row.values()) for row in arises] == [("task", "to_follow_up", at)]
    effect = ask("MATCH (s:DataSource {study: $study, kind: 'observation'}) RETURN s.observer_effect_note AS note")
    assert effect == [{"note": "MV turned to me."}]

    claims = ask(
        "MATCH (a:Actor {study: $study})-[c:INTRODUCED|CONTESTED|RAISED]->(x) RETURN a.name AS who, type(c) AS did, "
        "c.at_meeting AS at, toString(c.date_from) AS on, c.mode AS mode, c.claimed_by AS by, "
        "size(c.extract_ids) AS kept, c.confidence AS sure, c.note AS note, c.status AS status, "
        "c.cell AS cell ORDER BY did, who"
    )
    assert [tuple(row.values()) for row in claims] == [
        ("Lou B.", "CONTESTED", at, "2011-04-06", "interpretive", "researcher", 2, *PLAIN, "table 15, row 4"),
        ("Mina V.", "CONTESTED", at, "2011-04-06", "verbatim", None, 2, *PLAIN, "table 15, row 3"),
        ("Sam S.", "INTRODUCED", at, "2011-04-06", "researcher_comment", "researcher", None, *PLAIN, "table 15, row 2"),
        (
            "Mina V.", "RAISED", None, "2011-04-06", "not_stated", None, None, "high", "twice", "to_follow_up",
            "table 15, row 5",
        ),
    ]  # fmt: skip
    tabled = ask("MATCH (d:Document {study: $study})-[c:TABLED_AT]->(m) RETURN c.mode AS mode, m.id AS at")
    assert tabled == [{"mode": "derived", "at": at}]


@pytest.mark.usefixtures("embedded_engine")
def test_the_same_sheet_in_another_format_says_the_same(observed: Path, sheet: Any) -> None:
    """Only where it was written changes: no node and no claim is new, and none goes."""
    blank = sheet()
    filled_in(blank)
    study = journeys.open(observed)
    first, _ = study.load()
    form = read_form(blank.path, load_schema(), name="f", report=lambda _: None)
    blank.path.unlink()
    write_form(GUIDE, observed / "forms" / "obs.txt", load_schema(), filled=form)
    second, checked = study.load()
    assert next(str(problem) for problem in checked.problems).startswith("forms/obs.txt > Who did what > line ")
    for before, after in ((first.nodes, second.nodes), (first.claims, second.claims)):
        assert (after.created, after.changed, after.removed) == (0, 0, 0)
        assert after.moved + after.unchanged == before.created
    with study.store() as store:
        rows = store.read("MATCH (:Actor)-[c:CONTESTED]->() RETURN DISTINCT c.file AS file", {})
    assert rows == [{"file": "forms/obs.txt"}]
