"""A study of another field, from the first files with their mistakes to its answers: flood protection in two towns.

Everything in it is invented: Lowford and Highmere, the people, the papers and what they are said to have done. The
files are written as a team of two would leave them on a Friday: a workbook, two interviews in text, one in YAML, one
in Word, a table from the council with a map. All expected answers were worked out by hand from the files below.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

REGISTERS = """\
# An invented study: no such towns, people or papers.
registers: 1
sites:
  - {id: lowford, pseudonym: Lowford}
  - {id: highmere, pseudonym: Highmere}
case_studies:
  - {id: weir, title: The weir at Lowford, site: lowford}
  - {id: bank, title: The embankment at Highmere, site: highmere}
organisations:
  - {id: board, pseudonym: River Board}
  - {id: league, pseudonym: Residents' League}
arenas:
  - {id: weirgroup, name: Weir Group, case: weir}
  - {id: forum, name: Embankment Forum, case: bank}
people:
  - {id: RT, pseudonym: Rosa T., organisation: board, site: lowford}
  - {id: JK, pseudonym: Jonas K., organisation: league, site: lowford}
  - {id: IP, pseudonym: Ines P., organisation: board, site: highmere}
  - {id: OW, pseudonym: Otto W., site: highmere}
meetings:
  - {id: W1, title: Weir meeting in March, date: 11 March 2014, arena: weirgroup, case: weir}
  - {id: W2, title: Weir meeting in June, date: 10 June 2014, arena: weirgroup, case: weir}
  - {id: B1, title: Forum in May, date: 2014-05-20, arena: forum, case: bank}
documents:
  - {case: weir, doc_number: L1, title: Survey of the weir, date: February 2014}
  - {case: weir, doc_number: L2, title: Cost plan for the weir}
  - {case: weir, doc_number: L3, title: Minutes of the Weir Group}
  - {case: bank, doc_number: H1, title: Flood map of Highmere}
  - {case: bank, doc_number: H2, title: Embankment options}
  - {case: bank, doc_number: H3, title: Letter of the residents}
sources:
  - {id: int-RT, kind: Interview, date: 2 September 2014, case: weir, with_whom: RT}
  - {id: int-JK, kind: Interview, date: 3 September 2014, case: weir, with_whom: JK}
  - {id: int-IP, kind: Interview, date: 1 October 2014, case: bank, with_whom: IP}
  - {id: int-OW, kind: Interview, date: 2 October 2014, case: bank, with_whom: OW}
"""

ROSA = """\
Interview sheet
interview_sheet version 1

== Interview ==
Interview (its id in the register of sources, or a new one) *: int-RT
Who was interviewed *: Rosa T.
Case study *: weir

== Passages ==

== Who did what ==
Who: RT
Did what: introduced
To what: L1
At which meeting: W1
Quote: I put the survey on the table myself

Who: Jonas K.
Did what: supported
To what: L1
At which meeting: W2
Aspect or purpose: The costs
"""

OTTO = """\
Interview sheet
interview_sheet version 1

== Interview ==
Interview (its id in the register of sources, or a new one) *: int-OW
Who was interviewed *: OW
Case study *: bank

== Passages ==

== Who did what ==
Who: OW
Did what: supported
To what: H1
At which meeting: B1
Quote: I was for the map from the start

Who: OW
Did what: introduced
To what: H2
At which meeting: B1

Who: H2
Did what: cites
To what: H1
"""

JONAS = """\
form: interview_sheet
version: 1
header:
  source: int-JK
  interviewee: JK
  case_study: weir
who_did_what:
  - who: JK
    did_what: introduced
    to_what: L2
    at_meeting: W2
  - who: Rosa T.
    did_what: introduced
    to_what: L2
    at_meeting: W2
    not_so: yes
"""

VOTES = """\
Name,Vote,Paper,Day
Rosa T.,for,L2,2014-06-10
Jonas K.,against,L2,2014-06-10
Ines P.,for,H2,2014-05-20
Otto W.,absent,H2,2014-05-20
"""

MAP = """\
map: 1
nodes:
  who: {kind: Actor, find: registers, each: Name}
  paper: {kind: Document, find: registers, each: Paper}
claims:
  - {type: SUPPORTED, from: who, to: paper, where: {Vote: for}, set: {date: "{Day}"}}
  - {type: CONTESTED, from: who, to: paper, where: {Vote: against}, set: {date: "{Day}"}}
"""

SURVEY_ROWS = [
    {"Who": "RT", "Did what": "introduced", "To what": "L1", "At which meeting": "W1"},
    {
        "Who": "JK",
        "Did what": "contested",
        "To what": "L1",
        "At which meeting": "W1",
        "Aspect or purpose": "the costs",
    },
    {"Did what": "cites", "To what": "H1"},
]
INES_ROWS = [
    {"Who": "IP", "Did what": "introduced", "To what": "H1", "At which meeting": "B1"},
    {"Who": "Otto W.", "Did what": "contested", "To what": "H1", "At which meeting": "B1"},
]


class Study:
    """The files of the study, and the commands run in it."""

    def __init__(self, folder: Path, run: Any, env: dict[str, str]) -> None:
        self.folder, self._run, self._env = folder, run, {**env, "COLUMNS": "1000"}

    def run(self, *arguments: str | Path) -> Any:
        return self._run(*arguments, cwd=self.folder, env=self._env)

    def text(self, name: str, words: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    def survey(self, rows: list[dict[str, str]]) -> None:
        """The document form about L1 in Excel, typed into the blank one cell by cell."""
        path = self._blank("document_extraction_template", "xlsx", "Survey of the weir.xlsx")
        book = openpyxl.load_workbook(path)
        header = {"Case study": "weir", "Name of document": "Survey of the weir", "Document #": "L1"}
        for label, *_rest in book["Document"].iter_rows(min_row=3):
            for beginning, words in header.items():
                if str(label.value or "").startswith(beginning):
                    label.offset(0, 1).value = words
        _fill(book["Who did what"], rows)
        book.save(path)

    def ines(self, rows: list[dict[str, str]]) -> None:
        """The interview with Ines P. in Word."""
        path = self._blank("interview_sheet", "docx", "Ines.docx")
        document = docx.Document(str(path))
        header, _passages, acts = document.tables
        for row, words in zip(header.rows, ("int-IP", "IP", "bank"), strict=False):
            row.cells[1].text = words
        names = [cell.text for cell in acts.rows[0].cells]
        for number, values in enumerate(rows, 1):
            for name, words in values.items():
                acts.rows[number].cells[names.index(name)].text = words
        document.save(str(path))

    def _blank(self, instrument: str, ending: str, name: str) -> Path:
        written = self.folder / "forms" / f"{instrument}.{ending}"
        assert self.run("forms", instrument, "--format", ending).code == 0
        return written.rename(self.folder / "forms" / name)


def _fill(sheet: Any, rows: list[dict[str, str]]) -> None:
    names = [cell.value for cell in sheet[1]]
    for number, values in enumerate(rows, 2):
        for name, words in values.items():
            sheet.cell(number, names.index(name) + 1).value = words


@pytest.fixture
def study(tmp_path: Path, study_id: str, run_cli: Any, engine: Any) -> Study:
    folder = tmp_path / study_id
    assert run_cli("new", folder, "--title", "Floods, invented", "--registers", "yaml").code == 0
    made = Study(folder, run_cli, engine.env)
    made.text("registers.yaml", REGISTERS)
    return made


MISTAKES = {
    "registers.yaml": (REGISTERS, [("date: 10 June 2014", "date: 31 June 2014")]),
    "forms/Rosa.txt": (ROSA, [("Who: Jonas K.", "Who: Jonas Q.")]),
    "forms/Otto.txt": (OTTO, [("Did what: cites", "Did what: sites")]),
    "forms/Jonas.yaml": (JONAS, [("not_so: yes", "not_so: perhaps"), ("at_meeting: W2\n  -", "at_meeting: W7\n  -")]),
    "tables/votes.map.yaml": (MAP, [("each: Name", "each: Names")]),
    "tables/votes.csv": (VOTES, []),
}
"""Each text file as it should be, and what a tired person wrote instead."""


NAMED = [
    "registers.yaml > line 22 (meetings[1].date): There is no 31 June 2014",
    "forms/Survey of the weir.xlsx > Who did what > B3: 'contestd' is not a verb in the list. Did you mean "
    "'contested'?",
    "forms/Ines.docx > Who did what > table 3, row 3, To what: 'H9' is not in the Documents or Evidence register.",
    "forms/Rosa.txt > Who did what > line 18: 'Jonas Q.' is not in the Organisations, Arenas or People and groups "
    "register. Did you mean 'Jonas K.'?",
    "forms/Otto.txt > Who did what > line 24: 'sites' is not a verb in the list. Did you mean 'cites'?",
    "forms/Jonas.yaml > line 16 (who_did_what[1].not_so): 'perhaps' is neither yes nor no.",
    "forms/Jonas.yaml > line 11 (who_did_what[0].at_meeting): 'W7' is not in the Meetings register.",
    "tables/votes.csv > line 1: The map reads a column 'Names', which the table does not have. Did you mean 'Name'?",
]
"""Each planted mistake, with the cell or line where it stands."""


def test_a_study_of_another_field_from_its_mistakes_to_its_answers(study: Study) -> None:
    _write_with_mistakes(study)
    checked = study.run("check")
    problems = [line.removeprefix("PROBLEM ").strip() for line in checked.stdout.splitlines() if "PROBLEM" in line]
    assert checked.code == 1
    assert [named for named in NAMED if not any(problem.startswith(named) for problem in problems)] == []
    assert len(problems) == len(NAMED)
    assert study.run("load").code == 1
    assert study.run("trace", "L1").code == 1  # nothing was loaded

    _correct(study)
    checked = study.run("check")
    assert checked.code == 0, checked.stdout
    assert "0 problems and 3 warnings." in checked.stdout
    # two rows of the form about a survey of February name no other source for what happened in March
    assert checked.stdout.count("came after the source (Survey of the weir, 28 February 2014)") == 2
    assert "tables/votes.csv: 1 of 4 rows gave no claim (the first: line 5)." in checked.stdout  # Otto was absent
    assert study.run("load").code == 0

    _the_traces_are_right(study)
    _the_questions_are_answered(study)
    _the_measures_are_right(study)


def _the_traces_are_right(study: Study) -> None:
    survey = json.loads(study.run("trace", "L1", "--format", "json").stdout)
    assert _steps(survey) == [
        ("2014-03-11", "INTRODUCED", ["Rosa T.", "Rosa T."]),
        ("2014-03-11", "CONTESTED", ["Jonas K."]),
        ("2014-06-10", "SUPPORTED", ["Jonas K."]),
        (None, "CITED", ["Survey of the weir"]),
    ]
    assert survey["disagreements"] == []
    assert survey["counts"] == {"claims": 5, "sources": 2, "derived": 2, "withdrawn": 0}

    flood_map = json.loads(study.run("trace", "H1", "--format", "json").stdout)
    assert _steps(flood_map) == [
        ("2014-05-20", "INTRODUCED", ["Ines P."]),
        ("2014-05-20", "CONTESTED", ["Otto W."]),
        ("2014-05-20", "SUPPORTED", ["Otto W."]),
        (None, "CITED", ["Embankment options"]),
        (None, "CITED", ["Survey of the weir"]),
    ]
    (differs,) = flood_map["disagreements"]
    assert "where Otto W. stood at Forum in May" in differs["sentence"]

    plan = json.loads(study.run("trace", "L2", "--format", "json").stdout)
    assert ("2014-06-10", "not INTRODUCED", ["Rosa T."]) in _steps(plan)


def _steps(journey: dict[str, Any]) -> list[tuple[str | None, str, list[str]]]:
    """When, what and by whom; not what is inferred."""
    return [
        (
            step["date_from"],
            ("not " if step["negated"] else "") + step["type"],
            [claim["from"]["name"] for claim in step["claims"]],
        )
        for step in [*journey["steps"], *journey["unplaced"]]
        if any(claim["mode"] != "derived" for claim in step["claims"])
    ]


def _the_questions_are_answered(study: Study) -> None:
    def ask(*arguments: str) -> list[dict[str, str]]:
        return _rows(study.run("ask", *arguments, "--format", "csv"))

    introduced = {
        row["actor"]: (row["introduced"], row["reported_not_introduced"]) for row in ask("networks/introducers")
    }
    assert introduced == {"Rosa T.": ("1", "1"), "Jonas K.": ("1", "0"), "Ines P.": ("1", "0"), "Otto W.": ("1", "0")}
    at_lowford = ask("networks/introducers", "--param", "site=lowford")
    assert {row["actor"] for row in at_lowford} == {"Rosa T.", "Jonas K."}
    assert {(row["who"], row["titles"]) for row in ask("networks/contests")} == {
        ("Jonas K.", "Survey of the weir"),
        ("Jonas K.", "Cost plan for the weir"),
        ("Otto W.", "Flood map of Highmere"),
    }
    cited = ask("citations", "--param", "document=H1")
    assert [(row["direction"], row["thing"], row["steps"]) for row in cited] == [
        ("is cited by", "Embankment options", "1"),
        ("is cited by", "Survey of the weir", "1"),
    ]
    # Rosa and Jonas belong to bodies of which no kind is recorded, Otto to none; L3 and H3 nobody brought
    brought = ask("networks/contests_by_bringer")
    columns = ("organisation_kind", "items", "contested", "contesters", "sources")
    assert [tuple(row[name] for name in columns) for row in brought] == [
        ("not stated", "3", "3", "2", "2"),  # the council's table names no source
        ("not known", "3", "0", "0", "0"),
    ]
    (conflict,) = ask("quality/conflicting_claims")
    assert [conflict[name] for name in ("conflict", "who", "what", "meeting", "accounts")] == [
        "stance",
        "Otto W.",
        "Flood map of Highmere",
        "Forum in May",
        "int-IP: contested; int-OW: supported",
    ]
    accounts = ask("trace/accounts", "--param", "document=H1")
    assert {(row["answer"], row["according_to"]) for row in accounts} == {
        ("contested", "int-IP"),
        ("supported", "int-OW"),
    }
    (brought_in,) = ask("trace/introductions", "--param", "document=H1")
    assert [brought_in[name] for name in ("actor", "meeting", "arenas", "according_to")] == [
        "Ines P.",
        "Forum in May",
        "Embankment Forum",
        "int-IP",
    ]
    received = ask("trace/reception", "--param", "document=L1")
    assert [(row["stance"], row["who"], row["date_from"], row["according_to"]) for row in received] == [
        ("contested", "Jonas K.", "2014-03-11", "Survey of the weir"),
        ("supported", "Jonas K.", "2014-06-10", "int-RT"),
    ]
    (first,) = ask("trace/first_sources", "--param", "document=L1")
    assert (first["thing"], first["steps"]) == ("Flood map of Highmere", "1")
    coding = {row["source"]: row["answer"] for row in ask("quality/sources_not_coded")}
    assert coding == dict.fromkeys(("int-RT", "int-JK", "int-IP", "int-OW"), "not coded")
    in_hand = {row["document"]: (row["obtained"], row["extracted"]) for row in ask("quality/documents_not_in_hand")}
    assert in_hand == {
        "Survey of the weir": ("yes", "yes"),
        "Cost plan for the weir": ("not recorded", "no"),
        "Flood map of Highmere": ("not recorded", "no"),
        "Embankment options": ("not recorded", "no"),
    }
    uses = {row["site"]: (row["pieces"], row["uses"], row["use_type"]) for row in ask("patterns/use_types")}
    assert uses == {"Lowford": ("3", "0", ""), "Highmere": ("3", "0", "")}
    nobody = study.run("ask", "networks/absences", "--format", "csv")
    assert (nobody.code, len(nobody.stdout.splitlines())) == (0, 1)
    assert "No results" in nobody.stderr

    opposed = _rows(study.run("network", "--relation", "disagrees", "--format", "csv"))
    assert [(row["from"], row["to"], row["about"]) for row in opposed] == [
        ("Jonas K.", "Rosa T.", "Cost plan for the weir")
    ]
    assert _rows(study.run("network", "--relation", "agrees", "--format", "csv")) == []
    found = study.run("search", "on the table myself").stdout
    assert "Rosa T. introduced Survey of the weir" in found
    assert "forms/Rosa.txt > Who did what > line 12" in found

    (moved,) = ask("changes_of_side", "--param", "document=L1")
    assert (moved["who"], moved["change"], moved["aspects"]) == ("Jonas K.", "contested, then supported", "the same")


def _the_measures_are_right(study: Study) -> None:
    def analyse(*arguments: str) -> list[dict[str, str]]:
        return _rows(study.run("analyse", *arguments, "--format", "csv"))

    (change,) = analyse("side-changes")
    assert [change[name] for name in ("actor", "about", "first", "then", "certainty")] == [
        "Jonas K.",
        "Survey of the weir",
        "contest",
        "support",
        "certain",
    ]
    sides = {(row["actor"], row["about"]): (row["supporting"], row["contesting"]) for row in analyse("polarity")}
    assert sides == {
        ("Rosa T.", "Cost plan for the weir"): ("1", "0"),
        ("Jonas K.", "Cost plan for the weir"): ("0", "1"),
        ("Jonas K.", "Survey of the weir"): ("1", "1"),
        ("Ines P.", "Embankment options"): ("1", "0"),
        ("Otto W.", "Flood map of Highmere"): ("1", "1"),
    }
    introduced = {row["actor"]: row["things"] for row in analyse("introductions", "--site", "highmere")}
    assert introduced == {"Ines P.": "1", "Otto W.": "1"}


def _rows(result: Any) -> list[dict[str, str]]:
    assert result.code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def _write_with_mistakes(study: Study) -> None:
    study.survey([SURVEY_ROWS[0], SURVEY_ROWS[1] | {"Did what": "contestd"}, SURVEY_ROWS[2]])
    study.ines([INES_ROWS[0], INES_ROWS[1] | {"To what": "H9"}])
    for name, (words, mistakes) in MISTAKES.items():
        for right, wrong in mistakes:
            assert words.count(right) == 1, right
            words = words.replace(right, wrong)
        study.text(name, words)


def _correct(study: Study) -> None:
    study.text("registers.yaml", REGISTERS)
    for name in ("Survey of the weir.xlsx", "Ines.docx"):
        (study.folder / "forms" / name).unlink()
    study.survey(SURVEY_ROWS)
    study.ines(INES_ROWS)
    for name, (words, _) in MISTAKES.items():
        study.text(name, words)
