"""Two people extract one document, compare their forms, and agree on one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

AB = """\
form: document_extraction_template
version: 1
header: {case_study_and_site: c1, name_of_document: Needs assessment, document_number: D07, researchers: AB}
document_content:
  content_summary: {answer: It counts people.}
  sources_cited: {general: {answer: The census.}}
document_journey:
  where_else_gone: {status: not_known_yet}
who_did_what:
  - {who: SS, did_what: contested, to_what: D07, at_meeting: R1, quote: the figures are old}
"""
CD = AB.replace("researchers: AB", "researchers: CD").replace("The census.", "Nothing that we found.")
CD = CD.replace("quote: the figures are old", "quote: nobody asked us, when: 6 April 2011")


@pytest.fixture
def extracted(observed: Path) -> Path:
    """The study with two people's forms about D07."""
    (observed / "forms" / "D07-AB.yaml").write_text(AB, encoding="utf-8")
    (observed / "forms" / "D07-CD.yaml").write_text(CD, encoding="utf-8")
    return observed


@pytest.mark.usefixtures("processes")
def test_two_forms_are_allowed_when_each_names_its_researcher(extracted: Path, run_cli: Any) -> None:
    checked = run_cli("check", cwd=extracted)
    assert checked.code == 0, checked.stdout
    told = " ".join(checked.stdout.split())
    assert "2 people's forms are about document 'D07', and all count" in told
    assert "`journeys compare D07`" in told
    (extracted / "forms" / "D07-CD.yaml").write_text(CD.replace("researchers: CD", "researchers: AB"), encoding="utf-8")
    refused = run_cli("check", cwd=extracted)
    assert refused.code == 1
    assert "Both name AB as the researcher." in " ".join(refused.stdout.split())


@pytest.mark.usefixtures("processes")
def test_where_they_differ_is_shown_question_by_question(extracted: Path, run_cli: Any) -> None:
    told = run_cli("compare", "D07", cwd=extracted)
    assert told.code == 0, told.stderr
    text = " ".join(told.stdout.split())
    assert "differences" in text
    assert "AB: The census. [forms/D07-AB.yaml" in text
    assert "CD: Nothing that we found. [forms/D07-CD.yaml" in text
    assert "SS contested D07" in text
    rows = run_cli("compare", "Needs assessment", "--format", "csv", cwd=extracted).stdout.splitlines()
    assert rows[0].startswith("section,question,scope,first,first_says")
    assert len(rows) == 3


@pytest.mark.usefixtures("embedded_engine")
def test_the_agreed_form_counts_alone(extracted: Path, run_cli: Any) -> None:
    assert run_cli("load", cwd=extracted).code == 0
    count = "MATCH (:Actor)-[r:CONTESTED]->(:Document) RETURN count(r) AS n, count(DISTINCT r.file) AS files"
    assert run_cli("cypher", count, "--format", "csv", cwd=extracted).stdout.splitlines()[1] == "2,2"
    cited = "document_extraction_template.sources_cited"
    kept = f"MATCH (x:Extract {{instrument_field: '{cited}'}}) RETURN x.text ORDER BY x.text"
    assert run_cli("cypher", kept, "--format", "csv", cwd=extracted).stdout.splitlines()[1:] == [
        "Nothing that we found.",
        "The census.",
    ]

    written = run_cli("compare", "D07", "-o", "forms/D07-agreed.xlsx", cwd=extracted)
    assert written.code == 0, written.stderr
    refused = run_cli("check", cwd=extracted)
    assert refused.code == 1
    assert "Nothing has been agreed here yet" in " ".join(refused.stdout.split())

    path = extracted / "forms" / "D07-agreed.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value or "").startswith("[AB:]") and sheet.title != "Who did what":
                    cell.value = "The census by implication."
                elif str(cell.value or "") == "[AB:]":
                    cell.value = None
                elif str(cell.value or "") == "[CD:]":
                    for each in row:
                        each.value = None
    book.save(path)
    loaded = run_cli("load", "--allow-removals", cwd=extracted)
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    assert run_cli("cypher", count, "--format", "csv", cwd=extracted).stdout.splitlines()[1] == "1,1"
    assert run_cli("cypher", kept, "--format", "csv", cwd=extracted).stdout.splitlines()[1:] == [
        "The census by implication."
    ]
    checked = " ".join(run_cli("check", cwd=extracted).stdout.split())
    assert "replaced by forms/D07-agreed.xlsx" in checked


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("D07", "--by", "AB", "--by", "XX"), "XX has no form about"),
        (("nothing at all",), "nothing at all"),
    ],
)
def test_what_cannot_be_compared_is_told(extracted: Path, run_cli: Any, arguments: tuple[str, ...], says: str) -> None:
    told = run_cli("compare", *arguments, cwd=extracted)
    assert told.code != 0
    assert says in told.stderr


@pytest.mark.usefixtures("processes")
def test_one_form_alone_is_told(extracted: Path, run_cli: Any) -> None:
    (extracted / "forms" / "D07-CD.yaml").unlink()
    told = run_cli("compare", "D07", cwd=extracted)
    assert told.code == 2
    assert "forms/D07-AB.yaml is the only form about c1.D07" in told.stderr
