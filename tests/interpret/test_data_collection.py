"""The data collection summary beside the registers: what it adds, and every place where the two differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.prefilled_lines import marked_row
from journeys.interpret.collected import copy_and_url, date_and_author, how_coded, kept_records, worked_on
from journeys.interpret.folder import open_folder
from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from tests.written import write_form

FORMATS = ["xlsx", "docx", "yaml", "txt"]
REGISTERS = """\
registers: 1
sites: [{id: N, pseudonym: Northtown}]
case_studies: [{id: C1, title: Diabetes, site: N}, {id: C2, title: Maternity, site: N}]
people:
  - {id: AN, pseudonym: Ann N., site: N, kind: Person, designation: public health analyst}
  - {id: SS, pseudonym: Sam S., site: N, kind: Person, designation: commissioner}
meetings: [{id: M1, title: Group June 2011, date: 2011-06-08, case: C1}]
documents:
  - {case: C1, doc_number: D01, title: Needs assessment, date: 2010, archive_status: Obtained}
  - {case: C1, doc_number: D02, title: Ward digest, archive_status: Mentioned only}
sources:
  - {id: int-AN, kind: Interview, description: With the analyst, date: July 2011, case: C1, with_whom: AN,
     transcript_status: in full}
  - {id: int-SS, kind: Interview, description: With the commissioner, date: 2011-11-02, case: C1, with_whom: SS}
  - {id: int-X, kind: Interview, description: With a midwife, case: C2}
  - {id: obs-M1, kind: Observation, description: The group in June, of_meeting: M1, coding_status: not coded}
"""
SAME: dict[str, list[dict[str, str]]] = {
    "interviews": [
        {"source": "int-AN", "designation_role": "Public health analyst", "date": "July 2011",
         "transcript": "transcript"},
        {"source": "int-SS", "designation_role": "Commissioner", "date": "2 November 2011"},
    ],
    "documents": [
        {"number": "D01", "title": "Needs  assessment", "dated_author": "2010", "copy_archived_url": "obtained",
         "coded_summarised": "neither"},
    ],
    "observations": [{"source": "obs-M1", "description": "The group in June", "date": "8 June 2011", "coded": "no"}],
}  # fmt: skip


def cells(words: dict[str, str]) -> dict[str, Cell]:
    return {name: Cell(each, Address()) for name, each in words.items()}


class Study:
    """A small study folder with a data collection summary."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "forms").mkdir(parents=True)
        (path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
        (path / "registers.yaml").write_text(REGISTERS, encoding="utf-8")

    def summary(self, tables: dict[str, list[dict[str, str]]], format_: str = "yaml", **answers: str) -> None:
        """Write the summary of C1; an answer as field__ask."""
        said = []
        for where, words in answers.items():
            field, _, ask = where.partition("__")
            said.append(Answer(field, ask or None, "not_stated", "answered", Cell(words, Address())))
        form = FilledForm(
            "data_collection_summary", 1, "", cells({"case_study_and_site": "C1", "researchers": "AB"}), tuple(said),
            (),
            {table: tuple(FilledRow(cells(row)) for row in rows) for table, rows in tables.items()},
        )  # fmt: skip
        instrument = load_instrument("data_collection_summary")
        write_form(instrument, self.path / "forms" / f"f.{format_}", open_folder(self.path).schema, filled=form)

    def read(self) -> tuple[list[Any], list[Any], list[Any]]:
        """The problems, the nodes and the claims."""
        folder, log = open_folder(self.path), ProblemLog()
        with Staging(self.path / "staging.sqlite", folder.schema, "s") as staging:
            StudyReader(folder, staging, log, NoProgress()).read()
            nodes = [node for label, _ in staging.labels() for node in staging.nodes(label)]
            claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        return list(log), nodes, claims

    def said(self) -> list[str]:
        """What is said of the summary, with where."""
        problems, _, _ = self.read()
        assert all(problem.severity.value == "warning" for problem in problems)
        assert all((problem.address.file or "").startswith("forms/f.") for problem in problems)
        return [f"{problem.message} {problem.remedy}" for problem in problems]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


def changed(table: str, place: int, **words: str) -> dict[str, list[dict[str, str]]]:
    """The rows that agree with the registers, but for some cells of one."""
    rows = [dict(row) for row in SAME[table]]
    rows[place] = {name: each for name, each in {**rows[place], **words}.items() if each}
    return {**SAME, table: rows}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_summary_that_agrees_with_the_registers_is_read_in_silence(study: Study, format_: str) -> None:
    study.summary(
        SAME, format_, overview__approach="Interviews first", commentary__gaps="No GP was asked.\n\nNo board."
    )
    problems, nodes, _ = study.read()
    assert [str(problem) for problem in problems] == []
    texts = {str(node.properties.get("text")) for node in nodes if node.label == "Extract"}
    assert {"Interviews first", "int-SS; Commissioner; 2 November 2011"} <= texts
    gaps = {node.properties["text"] for node in nodes if node.label == "Finding" and node.properties["kind"] == "gap"}
    assert gaps == {"No GP was asked.", "No board."}
    (form,) = [node for node in nodes if node.properties.get("kind") == "researchers_form"]
    assert form.id.endswith(":C1.data_collection_summary")


@pytest.mark.parametrize(
    ("tables", "wanted"),
    [
        (changed("interviews", 0, date="May 2011"), "The date is 'May 2011' here and 'July 2011' in registers.yaml"),
        (changed("interviews", 0, designation_role="nurse"), "The designation is 'nurse' here and 'public health"),
        (changed("interviews", 0, transcript="neither"), "of the transcript is 'neither' here and 'in full'"),
        (changed("interviews", 0, transcript="notes"), "of the transcript is 'notes' here and 'in full'"),
        (changed("interviews", 0, coded="yes"), "The row says that int-AN is coded, and no passage of it is"),
        (changed("interviews", 0, date="12 July 2011"), "more exact than 'July 2011' in registers.yaml"),
        (changed("interviews", 0, transcript="perhaps"), "'perhaps' was not compared with the registers."),
        (changed("interviews", 1, source="int-AN", date="", designation_role=""), "The row is about int-AN (With the"),
        (changed("interviews", 1, source="int-S"), "'int-S' is not in the register of sources. Did you mean 'int-SS'"),
        (changed("documents", 0, number="int-AM"), "'int-AM' is not in the list of documents. Add it there."),
        (changed("interviews", 1, source="int-X", designation_role=""), "The registers do not list int-X under this"),
        (changed("interviews", 1, source="obs-M1", date="", designation_role="x"), "The registers list obs-M1 as ob"),
        (changed("documents", 0, title="Need assessed"), "The title is 'Need assessed' here and 'Needs assessment' in"),
        (changed("documents", 0, dated_author="2012; Ann N."), "The date is '2012' here and '2010' in registers.yaml"),
        (changed("documents", 0, copy_archived_url="requested"), "copy is 'requested' here and 'Obtained' in"),
        (changed("documents", 0, coded_summarised="both"), "and there is no extraction form about D01"),
        (changed("observations", 0, coded="yes"), "The state of the coding is 'yes' here and 'not coded'"),
        ({**SAME, "observations": []}, "obs-M1 (The group in June) is missing here; it stands in registers.yaml"),
        ({**SAME, "interviews": []}, "The table is empty, and the study has 2 of these in the case study: int-AN and"),
        ({**SAME, "other": [{"description": "Minutes book"}]}, "'Minutes book' is not in the register of sources for"),
    ],
)  # fmt: skip
def test_each_difference_is_said_with_both_places(
    study: Study, tables: dict[str, list[dict[str, str]]], wanted: str
) -> None:
    study.summary(tables)
    said = study.said()
    assert [wanted in each for each in said].count(True) == 1, said


def test_a_row_without_an_id_finds_its_source_by_words_and_date(study: Study) -> None:
    rows = [{"designation_role": "\u201cthe commissioner\u201d", "date": "November 2011"},
            {"designation_role": "Public health analyst", "date": "n.d."}]  # fmt: skip
    study.summary({**SAME, "interviews": rows})
    assert study.said() == []


def test_what_the_registers_do_not_say_comes_from_the_summary(study: Study) -> None:
    study.summary(changed("interviews", 1, transcript="both", coded="no"))
    _, nodes, _ = study.read()
    (source,) = [node for node in nodes if node.id.endswith(":int-SS")]
    assert (source.properties["transcript_status"], source.properties["coding_status"]) == (
        "transcript and notes",
        "not coded",
    )
    (other,) = [node for node in nodes if node.id.endswith(":int-AN")]
    assert other.properties["transcript_status"] == "in full"


def test_an_unchanged_row_of_the_program_is_not_read_again_but_compared(study: Study) -> None:
    row = {"source": "int-SS", "designation_role": "Commissioner", "date": "May 2010"}
    rows = [SAME["interviews"][0], marked_row(row, "designation_role")]
    study.summary({**SAME, "interviews": rows})
    assert ["The date is 'May 2010' here" in each for each in study.said()] == [True]
    _, nodes, _ = study.read()
    assert not any("May 2010" in str(node.properties.get("text")) for node in nodes)


def test_words_of_people_are_understood() -> None:
    assert [kept_records(words) for words in ("Transcript", "in full", "Notes only", "transcript + notes", "none")] == [
        {"transcript"}, {"transcript"}, {"notes"}, {"transcript", "notes"}, frozenset(),
    ]  # fmt: skip
    assert kept_records("notes, not transcribed") == {"notes"}
    assert kept_records("soon") is None
    assert [how_coded(words) for words in ("Yes", "partly coded", "not yet", "perhaps")] == [
        "yes",
        "partly",
        "no",
        None,
    ]
    assert worked_on("summarised, not coded") == {"summarised"}
    assert worked_on("Coded and summarized") == {"coded", "summarised"}
    assert copy_and_url("Obtained; https://example.org/a.") == ("Obtained", "https://example.org/a")
    assert copy_and_url("www.example.org/a (archived)")[1] == "www.example.org/a"
    assert date_and_author("March 2011; Ann N.") == ("March 2011", "Ann N.")
    assert date_and_author("5 March 2011, Ann N. and Bo") == ("5 March 2011", "Ann N. and Bo")
    assert date_and_author("Ann N.") == ("", "Ann N.")
