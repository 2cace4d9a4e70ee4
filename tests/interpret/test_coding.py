"""Coded interviews in a study folder: passages of their interviews, codes with coder and cell, and what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.coded_passages import Passage
from journeys.instruments.coding_workbook import Coding, coding_instrument, filled_workbook
from journeys.interpret.folder import open_folder
from journeys.interpret.study_reader import Reading, StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from tests.written import write_form

REGISTERS = """\
registers: 1
sites: [{id: N, pseudonym: Northtown}]
case_studies: [{id: C1, title: Strategic Northtown, site: N, level: Strategic}]
arenas: [{id: BRD, name: Board, kind: Board, site: N, case: C1}]
people: [{id: SS, pseudonym: Sam S., site: N, kind: Person}]
meetings: [{id: M1, title: Board June 2011, date: 2011-06-08, arena: BRD, case: C1}]
documents: [{case: C1, doc_number: D01, title: Needs assessment}]
evidence: [{id: E1, title: Clinic data, case: C1, evidence_type: "6.4"}]
sources:
  - {id: int-SS, kind: Interview, description: Interview with Sam, case: C1, with_whom: SS}
  - {id: int-KH, kind: Interview, description: Interview with Kay, case: C1}
"""
HEAD = "form: coding_workbook\nversion: 1\n"


class Study:
    """A small study folder, and what is read of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "forms").mkdir(parents=True)
        self.write("study.yaml", "id: s\ntitle: Small\n")
        self.write("registers.yaml", REGISTERS)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def coding(self, name: str, text: str) -> None:
        self.write(f"forms/{name}", HEAD + text)

    def read(self) -> tuple[Reading, list[str], dict[str, Any], list[Any]]:
        folder, log = open_folder(self.path), ProblemLog()
        with Staging(self.path / "staging.sqlite", folder.schema, "s") as staging:
            reading = StudyReader(folder, staging, log, NoProgress()).read()
            nodes = {node.id: node for label, _ in staging.labels() for node in staging.nodes(label)}
            claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        return reading, [f"{p.severity.value}: {p}" for p in log], nodes, claims

    def coded(self) -> list[tuple[str, str, str, str]]:
        """(words, place, code, coder) of every coding."""
        _, _, nodes, claims = self.read()
        return sorted(
            (
                nodes[c.from_id].properties["text"],
                nodes[c.from_id].properties.get("locator", ""),
                nodes[c.to_id].properties["code"],
                c.properties.get("coder", ""),
            )
            for c in claims
            if c.type == "CODED_AS"
        )


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


TWO = """\
header: {coder: AB, coded_at: May 2012}
codings:
  - source: int-SS
    codes:
      6.7: "p. 4: We asked the women."
      1.10:
        - "p. 4: We asked the women."
        - "[p. 9] Nobody said."
"""


def test_passages_are_from_the_interview_and_coded_with_coder_and_cell(study: Study) -> None:
    study.coding("a.yaml", TWO)
    _, problems, nodes, claims = study.read()
    assert problems == []
    assert study.coded() == [
        ("Nobody said.", "p. 9", "1.10", "AB"),
        ("We asked the women.", "p. 4", "1.10", "AB"),
        ("We asked the women.", "p. 4", "6.7", "AB"),
    ]
    passages = [node for node in nodes.values() if node.label == "Extract"]
    assert len(passages) == 2
    for node in passages:
        assert node.properties["spoken_by"] == "s:actor:SS"
        assert node.properties["mode"] == "verbatim"
    sources = {(c.from_id, c.to_id) for c in claims if c.type == "FROM"}
    assert sources == {(node.id, "s:data_source:int-SS") for node in passages}
    (coding,) = [c for c in claims if c.type == "CODED_AS" and c.to_id == "s:code:6.7"]
    assert coding.properties["coded_at"] == "May 2012"
    assert coding.properties["file"] == "forms/a.yaml"
    assert coding.properties["cell"] == "line 7 (codings[0].codes.6.7)"


def test_the_codebook_is_in_the_graph_where_something_is_coded(study: Study) -> None:
    _, _, nodes, claims = study.read()
    assert [node for node in nodes.values() if node.label == "Code"] == []
    study.coding("a.yaml", TWO)
    _, _, nodes, claims = study.read()
    codes = {node.properties["code"]: node.properties for node in nodes.values() if node.label == "Code"}
    assert len(codes) == 130
    assert codes["7.3"]["name"] == "7.3 [label not recovered]"
    assert "label" not in codes["7.3"]
    assert codes["1.3"]["group"] == "Personal/professional relationship to the issues"
    assert codes["6.4"]["suggested_for"] == [
        "document_extraction_template.ethnicity_evidence_presented",
        "narrative_form.n8_3",
    ]
    types = [(c.from_id, c.to_id) for c in claims if c.type == "OF_TYPE"]
    assert types == [("s:evidence:E1", "s:code:6.4")]


def test_two_coders_two_files_and_an_interview_sheet_meet_in_one_passage(study: Study) -> None:
    study.coding("a.yaml", TWO)
    other = TWO.replace("p. 4: We asked the women.", "[P.4] we asked  the women.")
    study.coding("b.yaml", other.replace("AB", "CD"))
    study.write(
        "forms/sheet.yaml",
        "form: interview_sheet\nversion: 1\n"
        "header: {source: int-SS, interviewee: SS, case_study: C1, researchers: EF}\n"
        'passages:\n  - {place: "p. 4", passage: "We asked the women.", codes: "6.7; JSNA"}\n',
    )
    _, problems, nodes, _ = study.read()
    assert problems == []
    words = [n.properties["text"] for n in nodes.values() if n.label == "Extract"]
    assert sorted(words) == ["Nobody said.", "We asked the women."]
    found = {(code, coder) for text, _, code, coder in study.coded() if text == "We asked the women."}
    both = {(code, coder) for code in ("6.7", "1.10") for coder in ("AB", "CD")}
    assert found == both | {("6.7", "EF"), ("6.2", "EF")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "codings: [{source: int-SS, codes: {6.7: So.}}]",
            "error: forms/a.yaml > line 3 (codings[0].codes.6.7): Nobody is named who coded this. Write the coder's "
            "initials on the first sheet, or in each row under Coder.",
        ),
        (
            "header: {coder: AB}\ncodings: [{codes: {6.7: So.}}]",
            "error: forms/a.yaml > line 4 (codings[0].codes.6.7): The row names no interview, and neither does the "
            "first sheet. Write the interview's id from the register of sources in each row that is coded.",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SX, codes: {6.7: So.}}]",
            "'int-SX' is not in the Sources register",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SS, codes: {6.77: So.}}]",
            "error: forms/a.yaml > line 4 (codings[0].codes.6.77): '6.77' is not a code of the codebook. "
            "Did you mean 6.7 (Community engagement or consultation)",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SS, codes: {6.7: x}}]",
            "error: forms/a.yaml > line 4 (codings[0].codes.6.7): 'x' marks a code, but the row has no passage.",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SS, codes: {6.7: 'p. 1: One. p. 2: Two.'}}]",
            "warning: forms/a.yaml > line 4 (codings[0].codes.6.7): Two passages seem to stand in one: 'p. 2:' is",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SS, passage: 'p. 1: One.'}]",
            "warning: forms/a.yaml > line 4 (codings[0].passage): The passage has no code.",
        ),
        (
            "header: {coder: AB}\ncodings: [{source: int-SS; int-KH, codes: {6.7: So.}}]",
            "A row is about one interview.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(study: Study, text: str, said: str) -> None:
    study.coding("a.yaml", text + "\n")
    _, problems, _, _ = study.read()
    assert len(problems) == 1
    assert said in problems[0]


def test_the_same_coder_in_two_workbooks_is_said(study: Study) -> None:
    study.coding("a.yaml", TWO)
    study.coding("b.yaml", TWO.replace("Nobody said", "Nobody knows"))
    _, problems, _, _ = study.read()
    assert len(problems) == 1
    assert "AB coded int-SS in forms/a.yaml too; the two were read together." in problems[0]
    assert problems[0].startswith("warning: forms/b.yaml > line 7")


def test_a_coder_who_is_no_researcher_of_the_study_is_said(study: Study) -> None:
    study.write("study.yaml", "id: s\ntitle: Small\nresearchers: [{initials: ab}, {initials: CD}]\n")
    study.coding("a.yaml", TWO)
    assert study.read()[1] == []
    assert {coder for *_, coder in study.coded()} == {"ab"}  # as study.yaml writes it
    study.coding("a.yaml", TWO.replace("AB", "XY"))
    (problem,) = study.read()[1]
    assert "The coder 'XY' is not among the researchers in study.yaml." in problem


TOGETHER = "header: {{coder: {}}}\ncodings: [{{source: int-SS, codes: {{8.8: '[1] We did.'}}}}]\n"


def test_people_who_coded_together_are_one_coder(study: Study) -> None:
    study.coding("a.yaml", TOGETHER.format("XY & YZ"))
    study.coding("b.yaml", TOGETHER.format("A/B"))
    study.coding("c.yaml", TOGETHER.format("GH/JK"))
    assert [row[3] for row in study.coded()] == ["A/B", "GH; JK", "XY; YZ"]
    _, said, _, _ = study.read()
    (divided,) = [text for text in said if "2 people" in text]
    assert "forms/c.yaml" in divided
    assert (
        "'GH/JK' was read as 2 people: GH and JK. If it is one person, write the initials without / and +." in divided
    )


def test_a_row_has_its_own_date_and_remark(study: Study) -> None:
    study.coding(
        "a.yaml",
        "header: {coder: XY, coded_at: May 2012, remarks: First go.}\ncodings:\n"
        "- {source: int-SS, codes: {8.8: '[1] We did.'}}\n"
        "- {source: int-SS, coded_at: 2012-06-01, remark: Again., codes: {8.9: '[1] We did.'}}\n",
    )
    _, said, _, claims = study.read()
    assert said == []
    held = {(c.properties["coded_at"], c.properties["remark"]) for c in claims if c.type == "CODED_AS"}
    assert held == {("May 2012", "First go."), ("2012-06-01", "Again.")}


def test_signs_alone_are_no_coder(study: Study) -> None:
    study.coding("a.yaml", TOGETHER.format("'-'"))
    assert study.coded() == []
    _, said, _, _ = study.read()
    assert any("error" in text and "Nobody is named who coded this." in text for text in said), said


def test_merged_and_retired_codes_keep_what_was_coded(study: Study) -> None:
    study.write(
        "codebook.yaml", "codes:\n  1.10: {merged_into: 1.9}\n  6.7: {retired: yes}\n  5.3: {label: Services}\n"
    )
    study.coding("a.yaml", TWO)
    reading, problems, nodes, claims = study.read()
    assert [problem.split(": ", 2)[2] for problem in problems] == [
        "2 codings with 1.10 count as 1.9 Other, into which it was merged (codebook.yaml). Write 1.9 if you like; the "
        "key 1.10 is kept with each coding.",
    ]
    assert all(problem.startswith("warning: forms/a.yaml > line") for problem in problems)
    assert {code for _, _, code, _ in study.coded()} == {"1.9", "6.7"}
    assert [c.properties.get("coded_as") for c in claims if c.type == "CODED_AS"].count("1.10") == 2
    assert "s:code:1.10" not in nodes
    assert nodes["s:code:1.9"].properties["merged"] == ["1.10"]
    assert nodes["s:code:6.7"].properties["retired"] is True
    assert nodes["s:code:5.3"].properties["name"] == "5.3 Services"
    assert "codebook.yaml" in reading.hashes
    # nobody knows whether it was coded before: information, and no warning
    assert next(file.kind for file in reading.files if file.file == "codebook.yaml") == (
        "codebook; 1 coding with retired codes (6.7)"
    )


@pytest.mark.parametrize(
    ("coded_at", "late", "not_known"),
    [
        ("January 2012", False, False),
        ("31 March 2012", False, False),
        ("1 April 2012", True, False),
        ("2012-04-01T09:30:00Z", True, False),
        ("2012-03-31T23:59:00Z", False, False),
        ("spring 2012", False, True),
        ("on the train", False, True),
        (None, False, True),
    ],
)
def test_a_coding_older_than_the_retirement_of_its_code_is_no_warning(
    study: Study, coded_at: str | None, late: bool, not_known: bool
) -> None:
    study.write("codebook.yaml", "codes:\n  6.7: {retired: 2012-03-31}\n")
    when = f", coded_at: '{coded_at}'" if coded_at else ""
    study.coding(
        "a.yaml", f"header: {{coder: AB{when}}}\ncodings:\n  - source: int-SS\n    codes: {{'6.7': 'We did.'}}\n"
    )
    reading, problems, _, _ = study.read()
    assert [problem.split(": ", 2)[2] for problem in problems] == [
        "1 coding with 6.7 Community engagement or consultation made after 31 March 2012, when it was retired "
        "(codebook.yaml). Counted all the same. Use another code, or correct the date of the coding or of the "
        "retirement."
    ] * late
    kind = next(file.kind for file in reading.files if file.file == "codebook.yaml")
    assert kind == ("codebook; 1 coding with retired codes (6.7)" if not_known else "codebook")


def test_a_wrong_entry_of_the_codebook_stops_a_load(study: Study) -> None:
    study.write("codebook.yaml", "codes:\n  6.99: {retired: yes}\n")
    _, problems, _, _ = study.read()
    assert problems == [
        "error: codebook.yaml > line 2: There is no code 6.99. Did you mean 6.9 (Commissioner's own experience)? For a "
        "new code, write its `label`."
    ]


def test_codes_beside_notes_and_answers(study: Study) -> None:
    study.write(
        "forms/obs.yaml",
        "form: observation_guide\nversion: 1\n"
        "header: {case_study: C1, meeting_group_name: M1, date: 2011-06-08, researchers: XY; YZ}\n"
        "notes:\n  - {time: '10:05', note: 'SS said it was late. Everybody laughed.', codes: '8.10'}\n",
    )
    found = study.coded()
    assert [(code, coder) for _, _, code, coder in found] == [("8.10", "XY; YZ")]  # together, so as one
    assert found[0][0] == "SS said it was late. Everybody laughed."


def test_codes_of_an_answer(study: Study) -> None:
    study.write(
        "forms/D01.yaml",
        "form: document_extraction_template\nversion: 1\n"
        "header: {case_study_and_site: C1, name_of_document: Needs assessment, document_number: D01}\n"
        "document_content:\n  ethnicity_data_quality_issues: {answer: Small numbers., codes: 3.4; 8.5}\n"
        "document_journey:\n",
    )
    problems = [p for p in study.read()[1] if p.startswith("error") and "codes" in p]
    assert problems == []
    assert [(text, code) for text, _, code, _ in study.coded()] == [
        ("Small numbers.", "3.4"),
        ("Small numbers.", "8.5"),
    ]


@pytest.mark.parametrize("ending", ["xlsx", "yaml"])
def test_a_prefilled_workbook_says_what_was_coded(study: Study, ending: str) -> None:
    """Written out of what is coded and read in its place, it makes the same claims."""
    study.coding("a.yaml", TWO)
    before = {c.id for c in study.read()[3] if c.type == "CODED_AS"}
    codings = [Coding("int-SS", coder, code, Passage(text, place)) for text, place, code, coder in study.coded()]
    (study.path / "forms" / "a.yaml").unlink()
    header = {"coder": "AB", "coded_at": "May 2012"}
    write_form(
        coding_instrument(),
        study.path / "forms" / f"again.{ending}",
        open_folder(study.path).schema,
        filled=filled_workbook(codings, header),
    )
    _, problems, _, claims = study.read()
    assert problems == []
    assert {c.id for c in claims if c.type == "CODED_AS"} == before
