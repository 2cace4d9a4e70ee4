"""Plain text forms as people type them: from a bare letter of lines to what editors do to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.instruments.answers import FilledForm
from journeys.instruments.forms import read_form
from journeys.model.problems import Problem
from journeys.model.schema import load_schema

SCHEMA = load_schema()
SHEET = """\
observation_guide version 1

== Phase 3: Observation Guide - 2 ==
Case study: c1
meeting/group NAME *: Redesign Group
Date: 6 April 2011
What is the business of the group today?: The plan,
    and what to do first

== People present (role/remit) ==
Person | Role/remit | Represents | Participation
SS | in the chair | pct
MV

== CONTENT [& INTERPRETIVE COMMENTS] - record both general observations and those that relate more specifically to issues of ethnicity ==
-- Commissioning - general --
(In general)
Line by line.

  Indented, and after an empty line.
(In relation to ethnicity)
(Status: nothing found)

-- Other --
(in general)
  -- not a heading --
Tea.

== Running notes ==
10:05 SS said x
AN left,
    and slammed the door.
Time: 10:30
Note: Tea: cold.

Scope: General
Note: Later.

== BROADER REFLECTION & FOLLOW UP ==
Point: Persisting gaps
Entry: Who wrote it?
About: D07

== Who did what ==
Who: SS
Did what: contested
To what: D07

Who: MV
Did what: supported
To what: D07
Quote: Yes,
    we do.
"""  # noqa: E501


def read(tmp_path: Path, text: str, **how: str) -> tuple[FilledForm, list[str]]:
    path = tmp_path / "o.txt"
    path.write_text(text, **{"encoding": "utf-8", **how})  # type: ignore[arg-type]
    problems: list[Problem] = []
    form = read_form(path, SCHEMA, name="o.txt", report=problems.append)
    assert form is not None
    return form, [str(problem) for problem in problems]


def rows(form: FilledForm, table: str) -> list[dict[str, str]]:
    return [{name: given.text for name, given in row.values.items()} for row in form.tables[table]]


def test_a_sheet_typed_by_hand_is_read(tmp_path: Path) -> None:
    form, problems = read(tmp_path, SHEET)
    assert problems == [
        "o.txt > Content: Headings of this section are missing: 'Elements of the commissioning cycle', "
        "'Race/ethnicity/(in)equalities', 'Team/group make-up and dy[namics] (commissioners), plus "
        "interna[l …]', '[…] partnerships/ relationships', 'Drivers/priorities', 'Leadership/champions', "
        "'Skills, confidence, competence', 'Evidence/data/knowledge - journeys'; nothing was read for "
        "them. Put them back as in a blank form if you have anything to write below them."
    ]
    assert form.header["business"].text == "The plan,\nand what to do first"
    assert rows(form, "people_present") == [
        {"person": "SS", "role_remit": "in the chair", "represents": "pct"},
        {"person": "MV"},
    ]
    answers = {(a.field, a.scope): (a.status, a.given.text if a.given else None) for a in form.answers}
    assert answers == {
        ("commissioning_general", "general"): ("answered", "Line by line.\n\nIndented, and after an empty line."),
        ("commissioning_general", "ethnicity_specific"): ("nothing_found", None),
        ("other", "general"): ("answered", "-- not a heading --\nTea."),
    }
    assert rows(form, "notes") == [
        {"time": "10:05", "note": "SS said x"},
        {"note": "AN left,\nand slammed the door."},
        {"time": "10:30", "note": "Tea: cold."},
        {"scope": "General", "note": "Later."},
    ]
    assert rows(form, "reflection") == [{"prompt": "Persisting gaps", "entry": "Who wrote it?", "about": "D07"}]
    assert [row.values["who"].text for row in form.claim_rows] == ["SS", "MV"]
    assert form.claim_rows[1].values["quote"].text == "Yes,\nwe do."
    assert str(form.claim_rows[1].address) == "o.txt > Who did what > line 49"


@pytest.mark.parametrize(
    "how", [{"newline": "\r\n"}, {"encoding": "utf-16"}, {"encoding": "utf-8-sig"}, {"newline": "\r"}]
)
def test_whatever_the_editor_saved_it_as_it_says_the_same(tmp_path: Path, how: dict[str, str]) -> None:
    expected, said = read(tmp_path, SHEET)
    form, problems = read(tmp_path, SHEET, **how)
    assert (form, problems) == (expected, said)


TOLD = [
    (
        "-- Other --",
        "-- Othr --",
        (
            "warning: o.txt > Content > line 24: 'Othr' is not a heading of the form. Did you mean 'Other'? "
            "Correct the heading."
        ),
    ),
    (
        "== Running notes ==",
        "== Runing notes ==",
        (
            "warning: o.txt > Content > line 29: 'Runing notes' is not a heading of the form. Did you mean "
            "'Running notes'? Correct the heading."
        ),
    ),
    (
        "== Running notes ==",
        "== Runing notes ==",
        (
            "error: o.txt: The section 'Running notes' is missing; nothing was read for it. Put its heading "
            "back as in a blank form (`journeys forms`)."
        ),
    ),
    (
        "(In general)\nLine by line.",
        "Line by line.",
        "warning: o.txt > Content > line 17: 'Line by line.' is outside the boxes of 'Commissioning - general'; it "
        "was read without a scope. Move it to the box 'In general' or 'In relation to ethnicity'.",
    ),
    (
        "(In relation to ethnicity)",
        "(in general)\nMore.\n(In relation to ethnicity)",
        "error: o.txt > Content > line 22: There is a second box for 'Commissioning - general (in general)'; it was "
        "not read. Put both into one box; or put back the heading that belongs above this one.",
    ),
    (
        "Tea.",
        "# 1: Tea.",
        (
            "warning: o.txt > Content > line 27: A line that starts with # ('# 1: Tea.') is not read. Start "
            "it with a space if it belongs to the text."
        ),
    ),
    (
        "SS | in the chair | pct",
        "SS | in the chair | pct | much | more",
        (
            "warning: o.txt > People present > line 12: The row has 5 cells, but the table has 4 columns; it "
            "was not read. Move it to a box, a row or a note of the form."
        ),
    ),
    (
        "Date: 6 April 2011",
        "Dat: 6 April 2011",
        "warning: o.txt > Meeting > line 6: 'Dat: 6 April 2011' does not start with a label of the form; "
        "it was not read. "
        "Move it to a box, a row or a note of the form.",
    ),
    (
        "(Status: nothing found)",
        "(Status: nothing much)",
        "error: o.txt > Content > line 22: 'nothing much' is not a status. Choose one of: Answered, Nothing found, Not "
        "known yet, Not asked.",
    ),
    (
        "Case study: c1",
        "Case study: c1\nCase study: c2",
        (
            "error: o.txt > Meeting > line 5: 'Case study' is filled in twice; only the first was read. Put "
            "both into one place."
        ),
    ),
]


@pytest.mark.parametrize(("before", "after", "says"), TOLD)
def test_what_cannot_be_read_is_said_with_its_line(tmp_path: Path, before: str, after: str, says: str) -> None:
    assert before in SHEET
    path = tmp_path / "o.txt"
    path.write_text(SHEET.replace(before, after, 1), encoding="utf-8")
    problems: list[Problem] = []
    read_form(path, SCHEMA, name="o.txt", report=problems.append)
    assert says in [f"{problem.severity}: {problem}" for problem in problems]
