"""A study of another field (invented: the air of a city) with its own lens, wordings and instruments."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest

import journeys
from journeys.model.problems import JourneysError
from tests.commands import RunCli

PAGE = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
LENS, DOCUMENTS, GROUPS, VOCABULARY, STUDY, REGISTERS, FORM = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
"""What the documentation shows, as it stands there."""


@pytest.fixture
def air(tmp_path: Path) -> Path:
    folder = tmp_path / "air"
    (folder / "instruments").mkdir(parents=True)
    (folder / "forms").mkdir()
    for name, text in {
        "study.yaml": STUDY + LENS + VOCABULARY, "registers.yaml": REGISTERS, "instruments/documents.yaml": DOCUMENTS,
        "instruments/groups.yaml": GROUPS, "forms/group.yaml": FORM,
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_shipped_form_is_printed_in_the_words_of_the_study(run_cli: RunCli, air: Path) -> None:
    assert run_cli("--study", air, "forms", "document_extraction_template", "--format", "txt").code == 0
    text = (air / "forms" / "document_extraction_template.txt").read_text(encoding="utf-8")
    assert "Document sheet" in text
    assert "-- How is air quality described in the document? --" in text
    assert "-- limits, thresholds and units --" in text
    assert "other equality issues" not in text
    before, after = text.split("-- Which monitors or measurements does it use? --")
    assert "Give a brief summary" in before
    assert "(In general)" in after
    assert "(In relation to air quality)" in after
    assert "in relation to ethnicity" not in text.lower().split("how to fill it in")[-1]
    assert run_cli("--study", air, "check").code == 0  # a blank form is no problem


def test_a_form_about_a_group_of_the_registers_goes_all_the_way(run_cli: RunCli, air: Path) -> None:
    loaded = run_cli("--study", air, "load")
    assert loaded.code == 0, loaded.stderr
    shown = run_cli("--study", air, "show", "Clean Air Group")
    words = " ".join(shown.stdout.split())
    assert "How does the group measure the air? With volunteers. General" in words
    assert "With tubes on lamp posts. On air quality" in words
    assert "I joined in 2017" in words
    form = run_cli("--study", air, "show", "clean-air.group_sheet", "--format", "json")
    assert json.loads(form.stdout)["kind"] == "Researchers' form"
    found = json.loads(run_cli("--study", air, "search", "lamp posts", "--format", "json").stdout)
    assert [hit["cell"] for hit in found["hits"]] == ["work.measures.on_air_quality"] or len(found["hits"]) == 1
    rows = run_cli(
        "--study", air, "cypher", "MATCH (o:Organisation {id: 'air:organisation:clean-air'}) RETURN o.kind AS kind",
        "--format", "json",
    )  # fmt: skip
    assert "campaign" in rows.stdout
    asked = run_cli("--study", air, "ask", "use_types_on_ethnicity")
    assert asked.code == 0
    assert "uses on air quality" in asked.stdout
    assert run_cli("--study", air, "report", "site", "Harbourtown", "-o", air / "h.docx").code == 0
    told = "\n".join(each.text for each in docx.Document(str(air / "h.docx")).paragraphs)
    assert "Clean Air Group" in told
    assert "INVENTED" in (air / "study.yaml").read_text(encoding="utf-8")


def test_questions_and_measures_speak_of_the_lens(run_cli: RunCli, air: Path) -> None:
    assert run_cli("--study", air, "load").code == 0
    listed = run_cli("--study", air, "ask", "--format", "json").stdout
    assert "Types of use recorded on air quality, by site" in listed
    measured = run_cli("--study", air, "analyse", "uses").stdout
    assert "ethnicity" not in measured
    for format_ in ("table", "csv", "json"):
        measures = run_cli("--study", air, "analyse", "--format", format_).stdout
        assert "air quality" in measures
        assert "ethnic" not in measures
    found = run_cli("--study", air, "analyse", "share about air quality")
    assert "journeys analyse citation" in " ".join(found.stderr.split())


SHIPPED_WORDS = re.compile(r"ethnic|\bBME\b|\bVCF or\b|\(PCT, LA", re.IGNORECASE)


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_no_question_and_no_answer_speaks_of_the_shipped_study(run_cli: RunCli, air: Path, format_: str) -> None:
    """But for the names of questions, by which commands ask them."""
    assert run_cli("--study", air, "load").code == 0
    for name in ("raisers", "burden_of_proof", "burden_of_proof_compared", "bridges", "contests_by_type"):
        asked = run_cli("--study", air, "ask", name, "--format", format_)
        assert asked.code == 0, asked.stderr
        assert not SHIPPED_WORDS.search(asked.stdout + asked.stderr), name
    raisers = run_cli("--study", air, "ask", "raisers", "--format", "csv").stdout
    assert "air_quality,evidence_use" in raisers.splitlines()[0]
    listed = run_cli("--study", air, "ask", "--format", format_).stdout
    if format_ == "json":  # what a parameter may be is a name of the graph
        listed = str([[each["title"], each["question"], each["returns"]] for each in json.loads(listed)])
    assert not SHIPPED_WORDS.search(listed.replace("use_types_on_ethnicity", ""))
    none = run_cli("--study", air, "ask", "understandings")
    assert "No results with topic: air quality" in none.stdout + none.stderr


def test_a_condition_is_called_by_the_lens_and_asked_for_by_either_name(run_cli: RunCli, air: Path) -> None:
    assert run_cli("--study", air, "load").code == 0
    for name in ("AIR_QUALITY", "ETHNICITY"):
        option = f"conditions={name},CONTESTED"
        told = run_cli("--study", air, "analyse", "truth-table", "--option", option, "-o", air / "t.json")
        assert told.code == 0, told.stderr
        columns = json.loads((air / "t.json").read_text(encoding="utf-8"))["tables"][0]["columns"]
        assert columns["AIR_QUALITY"] == "1 if it is about air quality, or presents evidence that is, else 0"
    refused = run_cli("--study", air, "analyse", "truth-table", "--option", "conditions=NONSENSE").stderr
    assert "AIR_QUALITY" in refused
    assert "ETHNICITY" not in refused


def test_pages_of_questions_and_measures_speak_of_the_lens(run_cli: RunCli, air: Path) -> None:
    """All words that a reader sees; the text of a query, which is code, keeps the names that the graph has."""
    assert run_cli("--study", air, "load").code == 0
    assert run_cli("--study", air, "atlas").code == 0
    atlas = air / "out" / "atlas"
    for page in (*atlas.glob("answers/*.html"), *atlas.glob("measures/*.html")):
        text = re.sub(r"(?s)<(style|script|pre|code)\b.*?</\1>", "", page.read_text(encoding="utf-8"))
        # Types of evidence keep their words, which a vocabulary of the study's own replaces.
        seen = re.sub(r"<[^>]*>", " ", text).replace("use_types_on_ethnicity", "").replace("Ethnic monitoring", "")
        assert not SHIPPED_WORDS.search(seen), page.name


def test_the_report_of_the_summary_tables_says_that_they_are_of_another_study(run_cli: RunCli, air: Path) -> None:
    """What was found about ethnicity stays as it was printed: with another word in its place nobody found it."""
    assert run_cli("--study", air, "load").code == 0
    assert run_cli("--study", air, "report", "summary-tables", "-o", air / "s.docx").code == 0
    told = "\n".join(each.text for each in docx.Document(str(air / "s.docx")).paragraphs)
    assert "This study looks at air quality. 210 rows of these tables are shipped with the program" in told
    own = "extends: none\ntables: {'1': {title: The air}}\nrows:\n  A1: {text: Few read it, table: '1', kind: gap}\n"
    (air / "summary_tables.yaml").write_text(own, encoding="utf-8")
    assert "shipped with the program" not in run_cli("--study", air, "report", "summary-tables").stdout


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("documents", "ethnicity_description:", "ethnicity_descripton:", "documents.yaml, line 4"),
        ("documents", "after: content_summary", "after: summary", "has no field 'summary'"),
        ("documents", "id: monitors", "id: content_summary", "'content_summary' appears twice"),
        ("documents", "extends: document_extraction_template", "extends: document_template", "there is no form"),
        ("documents", "hidden: true", "hide: true", "hide"),
        ("groups", "property: kind", "property: sort", "Organisation has no property 'sort'"),
        ("groups", "about: Organisation", "about: Planet", "a form about Planet cannot be interpreted"),
        ("groups", "instrument: group_sheet", "instrument: observation_guide", "there is a form observation_guide"),
        ("groups", "id: about", "id: group", "needs a field 'about'"),
        ("groups", "title: Campaign group sheet", "title: Document sheet", "has the same title"),
    ],
)
def test_an_instrument_that_cannot_be_used_is_named_with_its_line(
    run_cli: RunCli, air: Path, file: str, before: str, after: str, said: str
) -> None:
    path = air / "instruments" / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    checked = run_cli("--study", air, "check")
    words = " ".join((checked.stdout + checked.stderr).split())
    assert checked.code == 1
    assert f"{file}.yaml" in words
    assert said.split(".yaml")[0] in words or said in words
    assert "line" in words
    forms = run_cli("--study", air, "forms")
    assert forms.code != 0
    assert "Traceback" not in forms.stderr


def test_what_is_on_the_topic_is_said_by_the_scope_alone(run_cli: RunCli, air: Path) -> None:
    """Evidence on ethnicity is not evidence on the air; the columns are called by the lens."""
    with (air / "registers.yaml").open("a", encoding="utf-8") as registers:
        registers.write(
            "evidence:\n"
            "  - {id: tubes, title: Tube readings, case: lez, evidence_type: '6.4', equality_strand: ethnicity}\n"
            "  - {id: counts, title: Traffic counts, case: lez, evidence_type: '6.4'}\n"
        )
    rows = "".join(
        f"  - {{who: Rosa K., did_what: used, to_what: {what}, scope: {scope}, source: int-rk}}\n"
        for what, scope in (("tubes", "General"), ("counts", "On air quality"))
    )
    with (air / "forms" / "group.yaml").open("a", encoding="utf-8") as form:
        form.write(rows)
    loaded = run_cli("--study", air, "load")
    assert loaded.code == 0, loaded.stdout
    answer = json.loads(run_cli("--study", air, "ask", "use_types", "--format", "json").stdout)
    rows_told = answer["rows"] if isinstance(answer, dict) else answer
    assert sum(row["on_air_quality"] for row in rows_told) == 1
    totals = json.loads(run_cli("--study", air, "analyse", "uses", "--format", "json").stdout)
    told = [row for table in totals["tables"] for row in table["rows"] if "on_air_quality" in row]
    assert max(row["on_air_quality"] for row in told) == 1


def test_the_words_that_forms_offer_are_listed(run_cli: RunCli, air: Path) -> None:
    listed = " ".join(run_cli("--study", air, "forms", "--vocabularies").stdout.split())
    assert "campaign Campaign group added by the study" in listed
    assert "ethnicity_specific On air quality" in listed
    assert not list((air / "forms").glob("*.xlsx"))


def test_an_open_study_has_the_instruments_as_their_files_are_now(air: Path) -> None:
    """A notebook keeps a study open while somebody corrects an instrument."""
    study = journeys.open(air)
    assert study.instruments.get("group_sheet").title == "Campaign group sheet"
    file = air / "instruments" / "groups.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("Campaign group sheet") == 1
    file.write_text(text.replace("Campaign group sheet", "Sheet about a group"), encoding="utf-8")
    assert study.instruments.get("group_sheet").title == "Sheet about a group"
    file.write_text("instrument: [", encoding="utf-8")
    with pytest.raises(JourneysError, match=r"instruments/groups\.yaml"):
        _ = study.instruments
