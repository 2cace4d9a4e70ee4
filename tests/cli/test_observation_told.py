"""An observation sheet that is filled in wrongly or doubtfully is told where, what is wrong, what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

import journeys

HEADER = {"case_study": "c1", "meeting_group_name": "Redesign Group", "date": "6 April 2011"}
SAID: list[tuple[str, dict[str, str], str]] = [
    (
        "meeting of another day",
        {"date": "7 April 2011"},
        (
            "Meeting > table 1, row 3, Date: The registers list meetings of Redesign Group, but none on 7 "
            "April 2011; a new one was made. Add it to the registers, or correct the date here or in the registers."
        ),
    ),
    (
        "named meeting, other day",
        {"meeting_group_name": "April meeting", "date": "7 April 2011"},
        "row 3, Date: The registers date this meeting 2011-04-06, but the sheet says 7 April 2011. Make the two agree.",
    ),
    (
        "named meeting, coarser date",
        {"meeting_group_name": "R1", "date": "April 2011"},
        (
            "The registers date this meeting 2011-04-06, but the sheet says April 2011. The registers' date "
            "is kept. Write the more exact date there."
        ),
    ),
    (
        "unknown group",
        {"meeting_group_name": "Redesine Group"},
        "table 1, row 2, Meeting/group name: 'Redesine Group' is not in the Arenas or Meetings register. Did you "
        "mean 'Redesign Group'",
    ),
    ("a date nobody can read", {"date": "the other day"}, "table 1, row 3, Date: "),
    (
        "two case studies",
        {"case_study": "c1; c1"},
        "table 1, row 1, Case study: One sheet is about one case study. Write one of them.",
    ),
    (
        "a person as the group",
        {"meeting_group_name": "MV"},
        "'MV' is a person or group; an arena or a meeting is needed here. Write the name of an arena or a meeting.",
    ),
    (
        "another meeting's observation",
        {"meeting_group_name": "June meeting", "source": "obs-R1"},
        "Observation (its id in the register of sources): The registers say that 'obs-R1' is about 'April meeting'; "
        "this sheet is about 'June meeting'. Write the id of the observation of this meeting, or a new one.",
    ),
    (
        "no date",
        {"date": ""},
        "observation_guide.docx > Meeting: 'Date' is empty. Fill it in; the form cannot be read without it.",
    ),
]


@pytest.mark.parametrize(("header", "says"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_a_header_that_does_not_say_which_meeting_is_told(
    sheet: Any, told: Any, header: dict[str, str], says: str
) -> None:
    filled = sheet()
    filled.header(**{**HEADER, **header})
    filled.box("Other", "Tea.")
    filled.save()
    (problem,) = told()
    assert says in problem


@pytest.mark.usefixtures("embedded_engine")
def test_a_meeting_that_the_registers_do_not_date_has_the_date_of_the_sheet(observed: Path, sheet: Any) -> None:
    filled = sheet()
    filled.header(case_study="c1", meeting_group_name="June meeting", date="8 June 2011")
    filled.row("Who did what", who="MV", did_what="contested", to_what="D07")
    filled.save()
    study = journeys.open(observed)
    study.load()
    with study.store() as store:
        (row,) = store.read("MATCH ()-[c:CONTESTED]->() RETURN toString(c.date_from) AS on, c.at_meeting AS at", {})
    assert row == {"on": "2011-06-08", "at": f"{observed.name}:meeting:R2"}


ROWS = [
    ({"person": "SX"}, "'SX' is not in the People and groups register."),
    (
        {"person": "pct"},
        "'pct' is an organisation; a person or group is needed here. Write the name of a person or group.",
    ),
    ({"role_remit": "chair"}, "The row does not name anybody. Name the person, or clear the row."),
    ({"person": "LB"}, "'LB' matches 2 entries. Write the id of one: LB1 (person or group), LB2 (person or group)."),
    (
        {"person": "SS", "represents": "pctt"},
        "Represents: 'pctt' is not in the Organisations register. Did you mean",
    ),
]


@pytest.mark.parametrize(("row", "says"), ROWS)
def test_people_present_that_cannot_be_used_are_told(sheet: Any, told: Any, row: dict[str, str], says: str) -> None:
    filled = sheet()
    filled.header(**HEADER)
    filled.row("People present (role/remit)", **row)
    filled.save()
    (problem,) = told()
    assert problem.startswith("error: forms/observation_guide.docx > People present > table 2, row 2")
    assert says in problem


NOTES = [
    ("Commissioning - general", 'MV said "no. And left.', "The quotation marks before 'no. And left.' are not closed"),
    ("Drivers/priorities", "[MV is cross. Tea.", "The [ before 'MV is cross. Tea.' is not closed; everything after it"),
    (
        "Leadership/champions",
        "LB said no.",
        "'LB' is quoted as a speaker but matches 2 people; none was chosen.",
    ),
    (
        "Other",
        "QX said no.",
        "'QX' is quoted as a speaker but is not in the People and groups register. Add it there as an alias",
    ),
]


@pytest.mark.usefixtures("embedded_engine")
def test_notes_that_are_doubtful_are_told_and_loaded(observed: Path, sheet: Any, told: Any) -> None:
    filled = sheet()
    filled.header(**HEADER)
    for question, words, _ in NOTES:
        filled.box(question, words)
    filled.save()
    problems = told()
    assert len(problems) == len(NOTES)
    for question, _, says in NOTES:
        at = f"warning: forms/observation_guide.docx > Content > {question}, In general: {says}"
        assert any(problem.startswith(at) for problem in problems), (at, problems)
    study = journeys.open(observed)
    study.load()
    with study.store() as store:
        rows = store.read("MATCH (e:Extract) RETURN e.text AS text, e.spoken_by AS by", {})
    kept = {row["text"] for row in rows}
    assert kept >= {words for _, words, _ in NOTES}
    assert [row["by"] for row in rows if row["by"]] == [f"{observed.name}:actor:MV"]


def test_two_sheets_of_one_observation_are_told(observed: Path, sheet: Any, told: Any) -> None:
    filled = sheet()
    filled.header(**HEADER)
    filled.save()
    filled.path.rename(observed / "forms" / "a.docx")
    second = sheet()
    second.header(**HEADER)
    second.box("Other", "Tea.")
    second.save()
    assert told() == [
        "error: forms/observation_guide.docx > Meeting > table 1, row 2, Meeting/group name: "
        "forms/a.docx is already the sheet of 'obs-R1'; this one was not read. If it is somebody else's "
        "record of the same occasion, give it its own id, such as obs-R1-AB; if it is a copy, move it "
        "out of the study folder."
    ]
    second.header(source="obs-R1-AB")
    second.save()
    assert told() == []


def test_what_was_saved_in_another_format_is_not_passed_over(observed: Path, told: Any) -> None:
    for name in ("obs.pages", "obs.pdf", "obs.numbers"):
        (observed / "forms" / name).write_bytes(b"x")
    (observed / "letter.pdf").write_bytes(b"x")
    (observed / "letter.doc").write_bytes(b"x")
    word, excel = "a Word document (.docx)", "an Excel workbook (.xlsx)"
    assert told() == [
        (
            f"warning: forms/obs.{name}: Forms are not read from .{name} files. If it is a form, save it as "
            f"{saved}; if not, move it out of forms/."
        )
        for name, saved in (("numbers", excel), ("pages", word), ("pdf", word))
    ]


def test_forms_are_pre_filled_for_a_meeting_and_a_document(observed: Path, run_cli: Any) -> None:
    assert run_cli("load", cwd=observed).code == 0
    made = run_cli("forms", "--for", "April meeting", cwd=observed)
    assert made.stdout.strip() == str(observed / "forms" / "observation_guide-R1.docx")
    rows = {row.cells[0].text: row.cells[1].text for row in docx.Document(made.stdout.strip()).tables[0].rows}
    assert rows["Meeting/group name *"] == "April meeting"
    assert rows["Date *"] == "2011-04-06"
    assert rows["Observation (its id in the register of sources)"] == "obs-R1"
    for_document = run_cli("forms", "--for", "D07", cwd=observed)
    assert for_document.stdout.strip() == str(observed / "forms" / "document_extraction_template-D07.xlsx")
    refused = run_cli("forms", "observation_guide", "--for", "D07", cwd=observed)
    assert refused.code == 1
    assert (
        refused.stderr.strip()
        == "'D07' is not a meeting in the registers. Choose from: 'April meeting', 'June meeting'."
    )
