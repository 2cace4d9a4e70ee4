"""Forms about a case study: what is written in the narrative form and the theme form, as the graph has it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest

from journeys.instruments.answers import Answer, FilledForm, FilledRow
from journeys.instruments.files.cells import Cell
from journeys.instruments.instrument_files import load_instrument
from journeys.instruments.prefilled_lines import marked_row, prefilled
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
sites: [{id: N, pseudonym: Northtown}, {id: W, pseudonym: Westtown}]
case_studies: [{id: C1, title: Strategic Northtown, site: N, level: Strategic}]
arenas: [{id: BRD, name: Board, kind: Board, site: N, case: C1}]
people: [{id: SS, pseudonym: Sam S., site: N, kind: Person}, {id: MV, pseudonym: Mina V., site: N, kind: Person}]
meetings: [{id: M1, title: Board June 2011, date: 2011-06-08, arena: BRD, case: C1}]
documents: [{case: C1, doc_number: D01, title: Needs assessment}, {case: C1, doc_number: D02, title: Plan}]
sources: [{id: int-SS, kind: Interview, description: Interview with Sam, case: C1, with_whom: SS}]
"""


def cell(words: str) -> Cell:
    return Cell(words, Address())


def cells(words: dict[str, str]) -> dict[str, Cell]:
    return {name: cell(each) for name, each in words.items()}


class Read:
    """What is read of one small study, by kind."""

    def __init__(self, log: ProblemLog, nodes: list[Any], claims: list[Any], kinds: dict[str, str]) -> None:
        self.log, self.all_nodes, self.claims, self.kinds = log, nodes, claims, kinds
        self.problems = [(problem.kind, problem.severity.value) for problem in log]

    def nodes(self, label: str) -> list[dict[str, Any]]:
        return [dict(node.properties) for node in self.all_nodes if node.label == label]

    def ends(self, kind: str) -> set[tuple[str, str]]:
        names = {node.properties["id"]: str(node.properties["name"]) for node in self.all_nodes}
        return {(names[c.from_id], names[c.to_id]) for c in self.claims if c.type == kind}

    def claim(self, kind: str) -> dict[str, Any]:
        (found,) = [claim for claim in self.claims if claim.type == kind and claim.properties.get("mode") != "derived"]
        return dict(found.properties)


class Study:
    """A small study folder with forms about its case study."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "forms").mkdir(parents=True)
        (path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
        (path / "registers.yaml").write_text(REGISTERS, encoding="utf-8")

    def form(
        self,
        name: str,
        answers: dict[str, str] | None = None,
        rows: list[dict[str, str]] | None = None,
        header: dict[str, str] | None = None,
        **tables: list[dict[str, str]],
    ) -> None:
        """Write a form; an answer by "field.ask scope"."""
        instrument = "theme_form" if "theme" in name else "narrative_form"
        said = []
        for where, words in (answers or {}).items():
            question, _, scope = where.partition(" ")
            field, _, ask = question.partition(".")
            said.append(Answer(field, ask or None, scope or "not_stated", "answered", cell(words)))
        filled = FilledForm(
            instrument, 1, "", cells({"case_study_and_site": "C1", "researchers": "AB"} | (header or {})), tuple(said),
            tuple(FilledRow(cells(row)) for row in rows or ()),
            {table: tuple(FilledRow(cells(row)) for row in each) for table, each in tables.items()},
        )  # fmt: skip
        write_form(
            load_instrument(instrument), self.path / "forms" / name, open_folder(self.path).schema, filled=filled
        )

    def read(self) -> Read:
        folder, log = open_folder(self.path), ProblemLog()
        with Staging(self.path / "staging.sqlite", folder.schema, "s") as staging:
            reading = StudyReader(folder, staging, log, NoProgress()).read()
            nodes = [node for label, _ in staging.labels() for node in staging.nodes(label)]
            claims = [claim for group in staging.groups() for claim in staging.claims(group)]
        return Read(log, nodes, claims, {file.file: file.kind for file in reading.files})


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


@pytest.mark.thorough
@pytest.mark.parametrize("format_", FORMATS)
def test_every_answer_is_kept_and_general_and_specific_are_never_mixed(study: Study, format_: str) -> None:
    wanted: dict[str, str] = {}
    for name in ("narrative_form", "theme_form"):
        answers = {}
        for question in load_instrument(name).questions():
            if any(made.confidence for made in question.yields):
                continue
            for scope in question.field.scopes:
                answers[f"{question.name} {scope}"] = f"ZQ {name} {question.name} {scope}"
                kept = question.field.scope if scope == "not_stated" else scope
                wanted[answers[f"{question.name} {scope}"]] = kept
        study.form(f"{name}.{format_}", answers)
    read = study.read()
    assert read.problems == []
    extracts = {each["text"]: each["scope"] for each in read.nodes("Extract")}
    assert extracts == wanted
    findings = {each["text"]: each["scope"] for each in read.nodes("Finding")}
    assert all(scope in ("general", "ethnicity_specific", "not_stated") for scope in findings.values())
    assert {text.rpartition(" ")[2] for text in findings} == set(findings.values())


@pytest.mark.parametrize("format_", FORMATS)
def test_rows_of_the_journey_table_become_steps_with_their_claims(study: Study, format_: str) -> None:
    study.form(
        f"narrative.{format_}",
        journey_steps=[
            {"about": "D01", "when": "March 2011", "happened": "It was written", "stage": "Generation and access"},
            {
                "happened": "Sam did not believe it", "who": "SS", "did_what": "contested", "purpose": "its numbers",
                "where": "M1", "according_to": "int-SS", "quote": "We had no numbers", "mode": "Verbatim",
                "confidence": "High", "place": "p. 3",
            },
            {"did_what": "was tabled at", "where": "M1"},
            {"who": "BRD", "did_what": "was sent to", "when": "July 2011"},
            {"about": "D02", "happened": "Nobody asked for it"},
        ],
        phases=[{"when": "2010", "phase": "It began", "before": "yes"}, {"phase": "It went on", "before": "no"}],
    )  # fmt: skip
    read = study.read()
    assert read.problems == []
    assert read.ends("JOURNEY_OF") == {
        ("Journey of Needs assessment", "Needs assessment"), ("Journey of Plan", "Plan"),
    }  # fmt: skip
    steps = {each["name"]: each for each in read.nodes("Step")}
    told = ["It was written", "Sam did not believe it", "Needs assessment was tabled at Board June 2011",
            "Needs assessment was sent to Board"]  # fmt: skip
    assert read.ends("NEXT_STEP") == {*pairwise(told), ("It began", "It went on")}
    assert read.ends("AT") == {(told[1], "Board June 2011"), (told[2], "Board June 2011")}
    assert [steps[name].get("stage") for name in told] == [
        "generation_access", "contestation", "presentation_application", "presentation_application",
    ]  # fmt: skip
    assert [steps[name]["before_data_collection"] for name in ("It began", "It went on")] == [True, False]
    contested, sent = read.claim("CONTESTED"), read.claim("SENT_TO")
    held = ("aspect", "at_meeting", "source", "quote", "mode", "confidence", "place")
    assert [contested[name] for name in held] == [
        "its numbers", "s:meeting:M1", "s:data_source:int-SS", "We had no numbers", "verbatim", "high", "p. 3",
    ]  # fmt: skip
    assert steps[told[1]]["assertion_ids"] == [contested["id"]]
    assert "claimed_by" not in contested
    # what no source says is the researchers' own account, and no source of anything
    assert (sent["claimed_by"], sent["mode"], sent.get("source")) == ("researcher", "interpretive", None)


def test_a_step_keeps_its_place_in_the_graph_when_a_row_is_put_in_above_it(study: Study) -> None:
    rows = [{"about": "D01", "happened": "It was read"}, {"about": "D01", "happened": "It was shelved"}]
    study.form("narrative.yaml", journey_steps=rows)
    before = {each["name"]: each["id"] for each in study.read().nodes("Step")}
    study.form("narrative.yaml", journey_steps=[{"about": "D01", "happened": "It was written"}, *rows])
    after = {each["name"]: each["id"] for each in study.read().nodes("Step")}
    assert before.items() <= after.items()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_answers_of_the_narrative_form_find_their_places(study: Study, format_: str) -> None:
    study.form(
        f"narrative.{format_}",
        {
            "n1.objectives": "Fewer admissions", "n1.what_involved": "A new pathway",
            "n1.distinct_or_element": "An element", "n3.how_core": "Very", "n12.objectives_achieved": "In part",
            "n12.refocused": "Once", "n13": "- A seminar\n- A note to the region", "n14.outcomes": "A nurse was hired",
            "n14.measured_how": "Counted", "n15.evidence_related": "They kept the minutes", "n7": "Little",
        },
        [{"who": "SS", "did_what": "was involved in", "aspect_or_purpose": "leading"}],
    )  # fmt: skip
    read = study.read()
    assert read.problems == []
    (case,) = read.nodes("CaseStudy")
    names = ("objectives", "what_involved", "distinct_or_element", "how_core", "objectives_achieved", "refocused")
    assert [case[name] for name in names] == [
        "Fewer admissions", "A new pathway", "An element", "Very", "In part", "Once",
    ]  # fmt: skip
    actions = {each["title"]: each["kind"] for each in read.nodes("Action")}
    assert actions == {
        "A seminar": "learning", "A note to the region": "learning", "A nurse was hired": "outcome",
    }  # fmt: skip
    assert read.claim("RESULTED_IN")["measured_how"] == "Counted"
    assert [(each["kind"], each["item"]) for each in read.nodes("Finding")] == [("good_practice", "15")]
    assert read.claim("INVOLVED_IN")["role"] == "leading"
    (source,) = [each for each in read.nodes("DataSource") if each["kind"] == "researchers_form"]
    assert source["name"] == "Narrative form: Strategic Northtown"
    assert next(each["scope"] for each in read.nodes("Extract") if each["text"] == "Little") == "ethnicity_specific"


@pytest.mark.thorough
@pytest.mark.parametrize("format_", FORMATS)
def test_findings_of_the_theme_form_have_confidence_codes_and_quotes(study: Study, format_: str) -> None:
    study.form(
        f"theme.{format_}",
        {
            "t2_1.findings": "Commissioners buy.\n\nCommissioners shape (low confidence)",
            "t2_1.confidence": "high",
            "t2_1.key_quotes": '"We only buy" (Sam S., int-SS, p. 3)',
            "t1_1.findings general": "Plans are copied",
            "t1_1.findings ethnicity_specific": "Ethnicity is left out",
            "t1_1.key_quotes ethnicity_specific": '"Nobody asks"',
            "t1_4.findings": "Who wrote the plan?",
        },
    )
    read = study.read()
    assert read.problems == []
    found = {each["text"]: each for each in read.nodes("Finding")}
    shown = ("kind", "item", "scope", "confidence", "status")
    assert {text: tuple(each[name] for name in shown) for text, each in found.items()} == {
        "Commissioners buy.": ("theme", "2.1", "not_stated", "high", "open"),
        "Commissioners shape": ("theme", "2.1", "not_stated", "low", "open"),
        "Plans are copied": ("theme", "1.1", "general", "not_stated", "open"),
        "Ethnicity is left out": ("theme", "1.1", "ethnicity_specific", "not_stated", "open"),
        "Who wrote the plan?": ("gap", "1.4", "not_stated", "not_stated", "open"),
    }
    assert read.ends("BEARS_ON") == {
        ("We only buy", "Commissioners buy."), ("We only buy", "Commissioners shape"),
        ("Nobody asks", "Ethnicity is left out"),
    }  # fmt: skip
    quote = next(each for each in read.nodes("Extract") if each["text"] == "We only buy")
    assert (quote["mode"], quote["speaker"], quote["locator"]) == ("verbatim", "Sam S.", "p. 3")
    assert ("We only buy", "Interview with Sam") in read.ends("FROM")
    linked = {code.partition(" ")[0] for text, code in read.ends("CODED_AS") if text == "Commissioners buy."}
    assert linked == {"2.2", "2.3", "2.10", "3.12", "4.2", "4.8", "4.10"}


def test_two_forms_about_one_case_are_a_problem_that_names_both(study: Study) -> None:
    study.form("narrative.yaml", {"n2": "one"})
    study.form("narrative two.xlsx", {"n2": "two"})
    (problem,) = list(study.read().log)
    assert problem.kind == "same_form"
    assert "forms/narrative two.xlsx is already the narrative form of Strategic Northtown" in problem.message
    assert problem.address.file == "forms/narrative.yaml"


def test_the_site_of_a_theme_form_is_compared_with_the_registers(study: Study) -> None:
    study.form("theme.yaml", {"t2_1.findings": "x y"}, header={"site": "Westtown"})
    (problem,) = list(study.read().log)
    assert (problem.kind, "at Northtown; this form says Westtown" in problem.message) == ("other_site", True)


# -- lines that the program wrote


@pytest.mark.parametrize("format_", FORMATS)
def test_a_line_of_the_program_is_not_read_as_a_persons_words(study: Study, format_: str) -> None:
    line = prefilled("Mina V. contested Needs assessment (int-SS, p. 3).")
    study.form(
        f"narrative.{format_}",
        {"n4": f"My own view.\n{line.shown}", "n2": line.shown, "n7": f"{line.shown[:-1]}, I think."},
    )
    read = study.read()
    assert read.problems == []
    assert {each["text"] for each in read.nodes("Extract")} == {
        "My own view.", "Mina V. contested Needs assessment (int-SS, p. 3), I think.",
    }  # fmt: skip
    assert read.kinds[f"forms/narrative.{format_}"] == (
        "form (2 lines from the data, not read again; 1 line from the data, changed and read as the researchers' words)"
    )


def test_a_damaged_mark_is_a_warning_with_its_cell_and_how_to_write_it(study: Study) -> None:
    line = prefilled("Mina V. contested it.")
    study.form("narrative.xlsx", {"n4": line.shown.replace(f" {line.code}]", "]")})
    read = study.read()
    (problem,) = list(read.log)
    assert (problem.kind, problem.severity.value, problem.address.sheet) == ("damaged_mark", "warning", "Story")
    assert f"[From the data {line.code}]" in problem.remedy
    assert len(read.nodes("Extract")) == 1


@pytest.mark.parametrize("format_", ["docx", "yaml"])
def test_a_passage_of_the_data_that_was_copied_to_key_quotes_bears_on_the_findings_there(
    study: Study, format_: str
) -> None:
    line = prefilled("\u201cWe had no numbers\u201d (Sam S., int-SS, p. 3; coded 8.10)").shown
    study.form(
        f"theme.{format_}",
        {
            "t5.key_quotes general": line,
            "t5_3.findings general": "Numbers decide",
            "t5_3.key_quotes general": line,
        },
    )
    read = study.read()
    assert read.problems == []
    assert read.ends("BEARS_ON") == {("We had no numbers", "Numbers decide")}
    (quote,) = [each for each in read.nodes("Extract") if each["text"] == "We had no numbers"]
    assert (quote["speaker"], quote["locator"], quote["mode"]) == ("Sam S.", "p. 3", "verbatim")


def test_an_own_row_below_a_row_of_the_data_is_about_the_same_thing(study: Study) -> None:
    row = marked_row({"about": "D01", "happened": "SS contested D01", "who": "SS", "did_what": "contested"}, "happened")
    study.form("narrative.xlsx", journey_steps=[row, {"happened": "Nobody answered"}])
    read = study.read()
    assert read.problems == []
    assert [each["name"] for each in read.nodes("Step")] == ["Nobody answered"]
    assert read.ends("JOURNEY_OF") == {("Journey of Needs assessment", "Needs assessment")}
    assert read.ends("CONTESTED") == set()


def test_a_deleted_row_of_a_word_box_takes_nothing_else_with_it(study: Study) -> None:
    path = study.path / "forms" / "narrative.docx"
    study.form("narrative.docx", {"n2": "Two phases", "n4": "Two drivers"})
    document = docx.Document(str(path))
    table = next(each for each in document.tables if each.rows[1].cells[0].text == "Two phases")
    table._tbl.remove(table.rows[1]._tr)
    document.save(str(path))
    read = study.read()
    assert {each["text"] for each in read.nodes("Extract")} == {"Two drivers"}
    assert read.problems == []


def test_a_form_pasted_into_another_is_said_and_takes_no_box(study: Study) -> None:
    study.form("narrative.txt", {"n2": "Two phases"})
    study.form("theme.txt", {"t2_1.findings": "They buy"})
    narrative, theme = (study.path / "forms" / name for name in ("narrative.txt", "theme.txt"))
    narrative.write_text(narrative.read_text("utf-8") + "\n" + theme.read_text("utf-8"), encoding="utf-8")
    theme.unlink()
    read = study.read()
    assert {each["text"] for each in read.nodes("Extract")} == {"Two phases"}
    (problem,) = read.log
    assert "Here begins another form: Phase 3 Operational Case Study Theme Form" in problem.message
