"""Forms about a case study, filled from the demonstration study's graph; the expected lines are read off its forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.forms import read_form
from journeys.instruments.prefilled_lines import lines_of, row_of
from journeys.model.problems import UsageProblem


@pytest.fixture(scope="module")
def study(opened_demo: journeys.Study) -> journeys.Study:
    return opened_demo


def read(path: Path, study: Any) -> tuple[dict[tuple[str, str | None], list[str]], list[dict[str, str]]]:
    """The lines of each box without their marks, and the rows of the journey table; all are the program's."""
    form = read_form(path, study.schema, name=path.name, report=lambda problem: pytest.fail(str(problem)))
    assert form is not None
    boxes: dict[tuple[str, str | None], list[str]] = {}
    for answer in form.answers:
        lines = lines_of(answer.given.text) if answer.given else []
        assert all(line.unchanged for line in lines)
        boxes.setdefault((answer.field, answer.ask), []).extend(line.words for line in lines)
    rows = [row_of(row, "happened") for row in form.tables.get("journey_steps", ())]
    assert all(row.unchanged for row in rows)
    return boxes, [{name: cell.text for name, cell in row.row.values.items()} for row in rows]


def test_the_narrative_form_is_filled_with_what_the_data_say(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["narrative_form"], ref="north.diabetes", format_="yaml", folder=tmp_path)
    boxes, rows = read(path, study)
    assert any("Equality duty prompted Clinic attendance by ethnic group" in line for line in boxes["n4", None])
    people = boxes["n5", "contributions"]
    assert any(line.startswith("Ann N., public health analyst: generated Clinic attendance") for line in people)
    assert any(line.startswith("Testimony of South Asian patients: ") for line in boxes["n8_1", None])
    assert any(line.startswith("Clinic attendance by ethnic group: ") for line in boxes["n8_3", None])
    assert any(line.startswith("The agenda has no place for what is not written") for line in boxes["n7_3", None])
    contested = [row for row in rows if row.get("did_what") == "contested" and row.get("who") == "Mina V."]
    held = ("about", "where", "according_to", "purpose")
    assert ("Diabetes health needs assessment", "Redesign Group April 2011", "obs-R1") in [
        tuple(row[name] for name in held[:3]) for row in contested
    ]
    dated = [row["when"] for row in rows if row["about"] == "Testimony of South Asian patients" and "when" in row]
    assert "autumn 2010" in dated
    # what the team itself wrote about the case study is not offered to it as data
    assert not any("tells it in the corridor" in str(row) for row in rows)


def test_the_theme_form_is_filled_with_the_passages_of_the_linked_codes(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["theme_form"], ref="north.diabetes", format_="yaml", folder=tmp_path)
    boxes, _ = read(path, study)
    (quote,) = [line for line in boxes["t5", "key_quotes"] if "Lee was fine with it in April." in line]
    assert quote.endswith("(Sam S., int-SS, p. 3; coded 8.10)")
    assert ("t2_1", "findings") not in boxes


def test_a_form_that_is_there_is_updated_and_never_written_over(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["narrative_form"], ref="north.diabetes", format_="txt", folder=tmp_path)
    with pytest.raises(UsageProblem, match="already exists\\. Add --update"):
        study.forms(["narrative_form"], ref="north.diabetes", format_="txt", folder=tmp_path)
    before = path.read_text(encoding="utf-8")
    gone = next(line for line in before.splitlines() if "Kay H., director of public health" in line)
    by_hand = before.replace(gone, f"  Kay never came to a sitting.\n{gone} So they say.")
    path.write_text(by_hand, encoding="utf-8")
    assert study.forms(["narrative_form"], ref="north.diabetes", folder=tmp_path, format_="txt", update=True) == [path]
    assert path.read_text(encoding="utf-8") == by_hand
    path.write_text(before.replace(f"{gone}\n", ""), encoding="utf-8")
    study.forms(["narrative_form"], ref="north.diabetes", folder=tmp_path, format_="txt", update=True)
    again = path.read_text(encoding="utf-8")
    assert f"{gone.strip().partition(']')[0]}, new on " in again


def test_a_form_in_which_something_is_not_read_is_not_updated(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["narrative_form"], ref="north.diabetes", format_="txt", folder=tmp_path)
    text = path.read_text(encoding="utf-8").replace("== The work and its setting ==", "== The work ==\nLoose words.")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match="was not updated, because something in it is not read"):
        study.forms(["narrative_form"], ref="north.diabetes", folder=tmp_path, format_="txt", update=True)
    assert path.read_text(encoding="utf-8") == text


def rows_of(path: Path, study: Any, table: str, column: str) -> list[dict[str, str]]:
    form = read_form(path, study.schema, name=path.name, report=lambda problem: pytest.fail(str(problem)))
    assert form is not None
    found = [row_of(row, column) for row in form.tables[table]]
    assert all(row.unchanged for row in found)
    return [{name: cell.text for name, cell in row.row.values.items()} for row in found]


def test_the_data_collection_summary_lists_the_sources_and_documents(study: Any, tmp_path: Path) -> None:
    (path,) = study.forms(["data_collection_summary"], ref="north.diabetes", format_="docx", folder=tmp_path)
    talks = rows_of(path, study, "interviews", "designation_role")
    assert [tuple(row.values()) for row in (dict(sorted(each.items())) for each in talks)] == [
        ("yes", "July 2011", "public health analyst", "int-AN", "transcript"),
        ("partly", "August 2011", "community worker", "int-MV", "transcript"),
        ("yes", "November 2011", "commissioner", "int-SS", "transcript"),
    ]
    papers = rows_of(path, study, "documents", "title")
    assert [row["number"] for row in papers] == ["D07", "D08", "D09", "D10", "D11"]
    assert papers[2]["dated_author"] == "2011-06-08"
    assert papers[2]["coded_summarised"] == "neither"  # the minutes: no form about them, no code
    assert {row["copy_archived_url"] for row in papers} == {"Obtained"}
    seen = rows_of(path, study, "observations", "description")
    assert [(row["source"], row["coded"]) for row in seen] == [("obs-R1", "yes"), ("obs-R2", "no"), ("obs-R3", "no")]
    boxes = read_form(path, study.schema, name=path.name, report=lambda problem: None)
    assert boxes is not None
    assert [line.words for each in boxes.answers if each.given for line in lines_of(each.given.text)] == [
        "The study has 3 interviews, 5 documents and 3 observations of this case study.",
        "March to December 2011",
    ]


def test_the_reports_on_data_collection_and_follow_ups(study: Any, tmp_path: Path) -> None:
    for name in ("a.docx", "a.html", "a.xlsx"):
        study.write(study.report("data-collection", "east.therapies"), tmp_path / name)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "The case study has 3 interviews, 3 documents and 2 observations." in page
    assert "thin on what the trust did afterwards" in page
    whole = study.report("data-collection")
    study.write(whole, tmp_path / "all.xlsx")
    found = study.report("follow-ups")
    study.write(found, tmp_path / "f.html")
    words = (tmp_path / "f.html").read_text(encoding="utf-8")
    for wanted in (
        "Nobody who works on the wards was interviewed.",  # a gap of the data collection summary
        "Who wrote the needs assessment?",  # a confusion of an observation sheet, with what will be done
        "To be done: Ask MV and AN again.",
        "Get D22 Ward census digest",  # a document that was requested
        "Find out: Role and influence: Is it a",  # an answer that is not known yet
    ):
        assert wanted.replace("'", "&#39;") in words, wanted
    study.write(found, tmp_path / "f.ics")
    assert "BEGIN:VCALENDAR" in (tmp_path / "f.ics").read_text(encoding="utf-8")
    with pytest.raises(UsageProblem, match="does not say which format to write"):
        study.write(whole, tmp_path / "all.ics")
