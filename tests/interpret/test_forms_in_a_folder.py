"""Forms in a study folder: answers kept whole, meetings as ends, blanks, copies, files of other kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.interpret.folder import open_folder
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from tests.written import write_form

REGISTERS = """\
registers: 1
sites: [{id: N, pseudonym: Northtown}]
case_studies: [{id: C1, title: Strategic Northtown, site: N, level: Strategic}]
arenas: [{id: BRD, name: Board, kind: Board, site: N, case: C1}]
people: [{id: SS, pseudonym: Sam S., site: N, kind: Person}]
meetings:
  - {id: M1, title: Board June 2011, date: 2011-06-08, arena: BRD, case: C1}
  - {id: M2, title: Board July 2011, date: 2011-07-13, arena: BRD, case: C1}
documents: [{case: C1, doc_number: D01, title: Needs assessment}]
sources: [{id: int-SS, kind: Interview, description: Interview with Sam, case: C1, with_whom: SS}]
"""


class Study:
    """A small study folder, and what is read of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "forms").mkdir(parents=True)
        (path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
        (path / "registers.yaml").write_text(REGISTERS, encoding="utf-8")

    def form(self, name: str, header: dict[str, str], answers: Any = (), rows: Any = (), **tables: Any) -> None:
        instrument = "interview_sheet" if "source" in header else "document_extraction_template"
        filled = FilledForm(instrument, 1, "", _cells(header), tuple(answers), _rows(rows),
                            {table: _rows(each) for table, each in tables.items()})  # fmt: skip
        folder = open_folder(self.path)
        write_form(load_instrument(instrument), self.path / "forms" / name, folder.schema, filled=filled)

    def read(self) -> tuple[Reading, ProblemLog, list[Any], list[Any]]:
        folder, log = open_folder(self.path), ProblemLog()
        with Staging(self.path / "staging.sqlite", folder.schema, "s") as staging:
            reading = StudyReader(folder, staging, log, NoProgress()).read()
            nodes = [node for label, _ in staging.labels() for node in staging.nodes(label)]
            claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        return reading, log, nodes, claims


def _cells(words: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(each, Address()) for name, each in words.items()}


def _rows(rows: Any) -> tuple[FilledRow, ...]:
    return tuple(FilledRow(_cells(row)) for row in rows)


D01 = {"case_study_and_site": "C1", "name_of_document": "Needs assessment", "document_number": "D01"}
TALK = {"source": "int-SS", "interviewee": "SS", "case_study": "C1"}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


@pytest.mark.parametrize("format_", ["xlsx", "docx", "yaml", "txt"])
def test_an_answer_beside_a_printed_question_is_kept_whole(study: Study, format_: str) -> None:
    instrument = load_instrument("document_extraction_template")
    wholes = [
        Answer(q.field.id, None, scope, "answered", Cell(f"whole {q.name} {scope}", Address()))
        for q in instrument.split_questions()
        for scope in q.field.scopes
    ]
    assert len(wholes) == 10
    study.form(f"d.{format_}", D01, wholes)
    _, log, nodes, _ = study.read()
    assert {problem.kind for problem in log} <= {"no_source"}
    kept = {node.properties["text"] for node in nodes if node.label == "Extract"}
    assert {answer.given.text for answer in wholes if answer.given} <= kept


@pytest.mark.parametrize(
    "row",
    [
        {"did_what": "was tabled at", "at_meeting": "M1"},
        {"who": "D01", "did_what": "was tabled at", "at_meeting": "Board June 2011"},
        {"did_what": "was tabled at", "to_what": "M1"},
    ],
)
def test_a_document_is_tabled_at_the_meeting_of_its_own_column(study: Study, row: dict[str, str]) -> None:
    study.form("d.xlsx", D01, rows=[row])
    _, log, _, claims = study.read()
    assert [str(problem) for problem in log] == []
    tabled = [claim for claim in claims if claim.type == "TABLED_AT"]
    assert [claim.to_id for claim in tabled] == ["s:meeting:M1"]


def test_a_meeting_in_one_column_or_both_is_one_claim(study: Study) -> None:
    written = ({"at_meeting": "M1"}, {"to_what": "M1"}, {"to_what": "Board June 2011", "at_meeting": "M1"})
    study.form("d.xlsx", D01, rows=[{"did_what": "was tabled at", **meeting} for meeting in written])
    _, log, _, claims = study.read()
    assert [str(problem) for problem in log] == []
    assert [claim.type for claim in claims].count("TABLED_AT") == 1


@pytest.mark.parametrize("said", ["was tabled at", "attended", "raised an issue at"])
def test_a_row_that_names_two_meetings_for_one_happening_is_a_problem(study: Study, said: str) -> None:
    who = "D01" if said == "was tabled at" else "Sam S."
    study.form("d.xlsx", D01, rows=[{"who": who, "did_what": said, "to_what": "M1", "at_meeting": "M2"}])
    _, log, *_ = study.read()
    (problem,) = log
    assert all(words in str(problem) for words in (f"It {said} ", "Board June 2011", "Board July 2011"))
    assert problem.address.sheet == "Who did what"


def test_a_passage_is_about_a_person(study: Study) -> None:
    study.form("i.docx", TALK, passages=[{"passage": "Sam was alone.", "about": "Sam S."}])
    _, log, _, claims = study.read()
    assert [str(problem) for problem in log] == []
    assert [claim.to_id for claim in claims if claim.type == "ABOUT"] == ["s:actor:SS"]


@pytest.mark.thorough
def test_blank_forms_are_listed_and_nothing_is_said_of_them(study: Study) -> None:
    for name in ("document_extraction_template", "interview_sheet", "observation_guide"):
        instrument = load_instrument(name)
        for format_ in instrument.formats:
            write_form(instrument, study.path / "forms" / f"{name}.{format_}", open_folder(study.path).schema)
    reading, log, _, _ = study.read()
    assert [str(problem) for problem in log] == []
    assert {report.kind for report in reading.files if report.file.startswith("forms/")} == {"blank form"}


@pytest.mark.parametrize("copy", ["D01 (1).xlsx", "Copy of D01.docx", "D01 (AB's conflicted copy 2026-01-02).yaml"])
def test_two_forms_about_one_document_are_a_problem_that_names_both(study: Study, copy: str) -> None:
    study.form("D01.xlsx", D01)
    study.form(copy, {**D01, "name_of_document": "Needs assessment, older"})
    _, log, _, _ = study.read()
    (problem,) = [problem for problem in log if problem.kind == "same_document"]
    other = next(name for name in ("forms/D01.xlsx", f"forms/{copy}") if name != problem.address.file)
    assert problem.message.startswith(f"{other} is about document 'D01' in Strategic Northtown too")
    assert problem.address.file in ("forms/D01.xlsx", f"forms/{copy}")
    assert problem.severity == "error"


def test_files_of_other_kinds_are_listed(study: Study) -> None:
    for name in ("scan.png", "letter.pdf", "D02.gdoc", ".D03.xlsx.icloud", "old.doc", "t.ods"):
        (study.path / "forms" / name).write_bytes(b"x")
    (study.path / "forms" / ".DS_Store").write_bytes(b"x")
    reading, log, _, _ = study.read()
    listed = {report.file for report in reading.files if report.kind in ("not read", "unreadable")}
    assert listed == {
        f"forms/{n}" for n in ("scan.png", "letter.pdf", "D02.gdoc", ".D03.xlsx.icloud", "old.doc", "t.ods")
    }
    said = {problem.address.file: problem.message for problem in log}
    assert "Google Drive" in said["forms/D02.gdoc"]
    assert "iCloud" in said["forms/.D03.xlsx.icloud"]
    assert said["forms/scan.png"] == "A picture is not read."


def test_an_element_of_the_cycle_that_a_form_names_has_its_group(study: Study) -> None:
    study.form("d.yaml", D01, rows=[{"who": "this", "did_what": "concerns", "to_what": "deciding priorities"}])
    _, log, nodes, _ = study.read()
    assert list(log) == []
    (element,) = [node.properties for node in nodes if node.label == "CycleElement"]
    assert (element["label"], element["group"]) == ("Deciding priorities", "strategy_planning")


def _list_sources(study: Study, *ids: str) -> None:
    """List sources that are the document D01 in the registers."""
    listed = "".join(
        f", {{id: {each}, kind: Document, description: Paper {each}, case: C1, of_document: D01}}" for each in ids
    )
    registers = REGISTERS.rstrip().removesuffix("]") + listed + "]\n"
    (study.path / "registers.yaml").write_text(registers, encoding="utf-8")


def _claims_by_source(study: Study) -> tuple[list[str], dict[str, str]]:
    log, nodes, claims = study.read()[1:]
    said = {claim.type: str(claim.properties.get("source")) for claim in claims if "source" in claim.properties}
    assert [node.id for node in nodes if node.label == "DataSource" and node.properties["kind"] == "document"] == [
        "s:data_source:doc-D01"
    ]
    return [problem.message for problem in log], said


def test_a_document_that_the_registers_list_as_a_source_is_one_source(study: Study) -> None:
    """The form's own word and a row that names the registered source rest on the same source, not on two."""
    _list_sources(study, "doc-D01")
    rows = [
        {"who": "SS", "did_what": "wrote", "to_what": "D01"},
        {"who": "SS", "did_what": "supported", "to_what": "D01", "source": "doc-D01"},
    ]
    study.form("d01.yaml", D01, rows=rows)
    messages, said = _claims_by_source(study)
    assert messages == []
    assert said == {"AUTHORED": "s:data_source:doc-D01", "SUPPORTED": "s:data_source:doc-D01"}


def test_two_registered_sources_of_one_document_are_said(study: Study) -> None:
    _list_sources(study, "doc-D01", "copy-D01")
    study.form("d01.yaml", D01)
    (message,) = [problem.message for problem in study.read()[1]]
    assert "2 sources that are this document: doc-D01 and copy-D01" in message
    assert "the form is read as doc-D01" in message


def test_what_the_registers_say_of_a_copy_stands_and_a_filled_in_form_is_a_reason_to_look(study: Study) -> None:
    registers = REGISTERS.replace("title: Needs assessment}", "title: Needs assessment, archive_status: Requested}")
    (study.path / "registers.yaml").write_text(registers, encoding="utf-8")
    study.form("d01.xlsx", D01)
    _, log, nodes, _ = study.read()
    (problem,) = log
    assert problem.severity == "warning"
    assert problem.message.startswith("The registers say 'Requested' of this document (registers.yaml > line ")
    assert problem.message.endswith("and this form was filled in from it.")
    (document,) = [node for node in nodes if node.label == "Document"]
    assert document.properties["archive_status"] == "requested"
