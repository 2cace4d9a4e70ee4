"""An interview as a source: what an interviewee said of a document stands beside what the form and the minutes say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.instruments.answers import FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.model.problems import Address
from journeys.model.schema import load_schema
from tests.cli.conftest import REGISTERS
from tests.written import write_form, write_registers

SCHEMA = load_schema()
TEMPLATE = load_instrument("document_extraction_template")
MORE = [
    {"sheet": "sources", "id": "int-MV", "kind": "Interview", "date": "August 2011", "with_whom": "MV", "case": "c1"},
    {"sheet": "sources", "id": "min-R1", "kind": "Document", "description": "Minutes of April", "case": "c1"},
]
SHEET = """\
Interview sheet
interview_sheet version 1

== Interview ==
Interview (its id in the register of sources, or a new one) *: int-MV
Who was interviewed *: MV
Case study *: c1
Date: August 2011
Researchers (initials): XY

== Passages ==
Place: p. 3
Passage: Lee never liked it [she means LB2; he may have said so to SS]. The numbers, he said, \u201cwere small\u201d.
About: D07

Place: p. 4
Speaker: I
Passage: And in June?

The women came [sic] on a Tuesday.

== Who did what ==
Who: LB2
Did what: contested
To what: D07
At which meeting: R1
Aspect or purpose: the figures
Place: p. 3
Quote: Lee never liked it

Who: SS
Did what: supported
To what: D07
Quote: he may have said so to SS

Who: MV
Did what: contested
To what: D07
Source: min-R1
Place: item 4
"""


@pytest.fixture
def interviewed(observed: Path) -> Path:
    """The study with an interview in its registers, and a form and minutes that say what happened to D07, too."""
    path = observed / "registers.xlsx"
    write_registers(path, SCHEMA, [*REGISTERS, *MORE])
    header = {"case_study_and_site": "c1", "name_of_document": "Needs assessment", "document_number": "D07"}
    row = {"who": "LB2", "to_what": "D07", "at_meeting": "R1"}
    contested = row | {"did_what": "contested", "aspect_or_purpose": "the figures"}
    supported = row | {"did_what": "supported", "source": "min-R1"}
    rows_filled = (FilledRow(given(contested)), FilledRow(given(supported)))
    filled = FilledForm(TEMPLATE.instrument, 1, "", given(header), (), rows_filled)
    write_form(TEMPLATE, observed / "forms" / "D07.xlsx", SCHEMA, filled=filled)
    return observed


def given(words: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(value, Address()) for name, value in words.items()}


def test_what_an_interviewee_says_stands_beside_form_and_minutes(
    interviewed: Path, engine: Any, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (interviewed / "forms" / "int.txt").write_text(SHEET, encoding="utf-8-sig", newline="\r\n")
    checked = run_cli("check", cwd=interviewed, env={"COLUMNS": "1000"})
    assert checked.code == 0, checked.stdout
    assert "0 problems and 0 warnings" in checked.stdout
    assert run_cli("load", cwd=interviewed, env=engine.env).code == 0
    traced = json.loads(run_cli("trace", "D07", "--format", "json", cwd=interviewed, env=engine.env).stdout)
    said = {
        (claim["source"], claim["type"], claim["mode"], claim["quote"])
        for step in [*traced["steps"], *traced["unplaced"]]
        for claim in step["claims"]
        if claim["type"] in ("CONTESTED", "SUPPORTED")
    }
    study = interviewed.name
    interview, form, minutes = (f"{study}:data_source:{short}" for short in ("int-MV", "c1.D07", "min-R1"))
    assert said == {
        (form, "CONTESTED", "not_stated", None),
        (minutes, "SUPPORTED", "not_stated", None),
        (minutes, "CONTESTED", "not_stated", None),
        (interview, "CONTESTED", "verbatim", "Lee never liked it"),
        (interview, "SUPPORTED", "interpretive", "he may have said so to SS"),
    }
    for name, value in engine.env.items():
        monkeypatch.setenv(name, value)
    with journeys.open(interviewed).store() as store:
        voices = store.read(
            "MATCH (:Actor {study: $study})-[c:CONTESTED|SUPPORTED]->() WHERE c.source = $source "
            "RETURN c.claimed_by AS voice, c.recorded_by AS by, size(c.extract_ids) AS kept ORDER BY voice",
            {"study": study, "source": interview},
        )
        extracts = store.read(
            "MATCH (e:Extract {study: $study})-[:FROM]->(s:DataSource {id: $source}) "
            "RETURN e.mode AS mode, e.text AS text, e.speaker AS speaker, e.locator AS at ORDER BY text",
            {"study": study, "source": interview},
        )
        (source,) = store.read(
            "MATCH (s:DataSource {id: $source})-[:WITH_ACTOR]->(a) "
            "RETURN s.kind AS kind, s.date_text AS on, a.name AS who",
            {"source": interview},
        )
    assert [tuple(row.values()) for row in voices] == [("researcher", "XY", 1), (f"{study}:actor:MV", "XY", 1)]
    passage = (
        "Lee never liked it [she means LB2; he may have said so to SS]. The numbers, he said, \u201cwere small\u201d."
    )
    assert [tuple(row.values()) for row in extracts] == [
        ("verbatim", "And in June?", "Interviewer", "p. 4"),
        ("verbatim", passage, "Mina V.", "p. 3"),
        ("verbatim", "The women came [sic] on a Tuesday.", "Mina V.", None),
        ("interpretive", "she means LB2; he may have said so to SS", None, "p. 3"),
        ("interpretive", "sic", None, None),
    ]
    assert tuple(source.values()) == ("interview", "August 2011", "Mina V.")


TOLD = [
    (
        ("or a new one) *: int-MV", "or a new one) *: ?"),
        "error: forms/int.txt > Interview > line 5: '?' is not an id. Write one like int-SS.",
    ),
    (
        ("Who was interviewed *: MV", "Who was interviewed *: SS"),
        "error: forms/int.txt > Interview > line 6: The registers say that int-MV was held with Mina V.; this sheet "
        "says SS. Correct one of the two, or name a different interview above.",
    ),
    (
        ("Date: August 2011", "Date: June 2011"),
        "error: forms/int.txt > Interview > line 8: The registers date this interview August 2011, but the sheet says "
        "June 2011. Make the two agree.",
    ),
    (
        ("Date: August 2011", "Date: 5 August 2011"),
        "warning: forms/int.txt > Interview > line 8: The registers date this interview August 2011, but the sheet "
        "says 5 August 2011. The registers' date is kept. Write the more exact date there.",
    ),
    (
        ("Who was interviewed *: MV", "Who was interviewd *: MV"),
        (
            "error: forms/int.txt > Interview: The field 'Who was interviewed' is missing. Put it back as in a blank "
            "form (`journeys forms`), and fill it in."
        ),
    ),
    (
        ("Speaker: I", "Speaker: Nobody"),
        "error: forms/int.txt > Passages > line 17: 'Nobody' is not in the People and groups register. "
        "Write the name as it is there, or add it there.",
    ),
    (
        ("Passage: And in June?", "Scope: General"),
        "error: forms/int.txt > Passages > line 16: The row has no passage. Write what was said, or clear the row.",
    ),
    (
        ("to SS]. The", "to SS. The"),
        (
            "warning: forms/int.txt > Passages > line 13: The [ before 'she means LB2; he may have said so "
            "to SS' is not closed; everything after it was read as your interpretation. Write ] where "
            "the interpretation ends."
        ),
    ),
    (
        ("== Passages ==", "== Pasages =="),
        (
            "warning: forms/int.txt > Interview > line 11: 'Pasages' is not a heading of the form. Did you "
            "mean 'Passages'? Correct the heading."
        ),
    ),
    (
        ("== Passages ==", "== Pasages =="),
        (
            "error: forms/int.txt: The section 'Passages' is missing; nothing was read for it. Put its "
            "heading back as in a blank form (`journeys forms`)."
        ),
    ),
    (
        ("interview_sheet version 1", "interview_sheet version 2"),
        "error: forms/int.txt: This form is version 2; this program reads up to version 1. Update the "
        "program: `pip install --upgrade evidence-journeys`.",
    ),
]


@pytest.mark.parametrize(("change", "says"), TOLD)
def test_a_sheet_filled_in_wrongly_is_told(interviewed: Path, told: Any, change: tuple[str, str], says: str) -> None:
    assert change[0] in SHEET
    (interviewed / "forms" / "int.txt").write_text(SHEET.replace(*change), encoding="utf-8")
    assert says in told()


def test_an_interview_the_registers_do_not_list_becomes_known(interviewed: Path, told: Any) -> None:
    new = SHEET.replace("new one) *: int-MV", "new one) *: int-LB2").replace("interviewed *: MV", "interviewed *: LB2")
    (interviewed / "forms" / "int.txt").write_text(new, encoding="utf-8")
    header = {"case_study_and_site": "c1", "name_of_document": "Another", "document_number": "D08"}
    row = FilledRow(given({"who": "SS", "did_what": "contested", "source": "int-LB2"}))
    filled = FilledForm(TEMPLATE.instrument, 1, "", given(header), (), (row,))
    write_form(TEMPLATE, interviewed / "forms" / "D08.yaml", SCHEMA, filled=filled)
    assert told() == []


def test_a_sheet_is_pre_filled_for_an_interview(demo_study: Any, run_cli: Any, tmp_path: Path) -> None:
    """By the interview's id alone; a document is what its name means, though its source is called the same."""
    folder = demo_study("embedded").folder
    made = run_cli("forms", "--for", "int-JT", "--format", "yaml", "-o", tmp_path, cwd=folder)
    written = [tmp_path / "coding_workbook-int-JT.yaml", tmp_path / "interview_sheet-int-JT.yaml"]
    assert sorted(made.stdout.split("\n")[:-1]) == [str(path) for path in written], made.stderr
    header = yaml.safe_load((tmp_path / "interview_sheet-int-JT.yaml").read_text(encoding="utf-8"))["header"]
    assert (header["source"], header["interviewee"]) == ("int-JT", "Jo T.")
    document = run_cli("forms", "--for", "D07", "--format", "yaml", "-o", tmp_path, cwd=folder)
    assert document.stdout.strip() == str(tmp_path / "document_extraction_template-D07.yaml")
    observation = run_cli("forms", "--for", "obs-R1", cwd=folder)
    assert observation.code == 2
    assert "is not an interview. Name the meeting or document of the observation instead." in observation.stderr
    unknown = run_cli("forms", "--for", "int-XX", cwd=folder)
    assert unknown.code == 1
    assert unknown.stderr.startswith("'int-XX' is not a case study, a document, a source or a meeting in this study.")
