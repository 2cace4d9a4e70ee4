"""Two people code one interview; a third decides where they differ; the decisions outlive the next load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

FIRST = """\
form: coding_workbook
version: 1
header: {coder: XY}
codings:
  - source: obs-R1
    codes:
      "6.7": "[p. 1] We never saw the clinic data before the meeting."
      "6.8": "[p. 1] We never saw the clinic data before the meeting."
      "8.10": "[p. 2] The map was persuasive to the members of the board."
"""
SECOND = """\
form: coding_workbook
version: 1
header: {coder: YZ}
codings:
  - source: obs-R1
    codes:
      "6.7": "[p. 1] we never saw the clinic data before the meeting. [pause] Never."
      "8.1": "[p. 3] Nobody asked the community about any of it."
"""
COUNT = """MATCH (:Extract)-[r:CODED_AS]->(k:Code) WITH k, r ORDER BY r.coder
RETURN k.code AS code, collect(r.coder) AS by ORDER BY code"""


@pytest.fixture
def coded(observed: Path) -> Path:
    """The study with two people's codings of one source."""
    (observed / "forms" / "coding-XY.yaml").write_text(FIRST, encoding="utf-8")
    (observed / "forms" / "coding-YZ.yaml").write_text(SECOND, encoding="utf-8")
    return observed


def rows(told: Any) -> list[str]:
    assert told.code == 0, told.stdout + told.stderr
    return told.stdout.splitlines()[1:]


def coding_counts(folder: Path, engine: Any, run_cli: Any) -> list[str]:
    return rows(run_cli("cypher", COUNT, "--format", "csv", cwd=folder, env=engine.env))


def test_a_third_person_decides(coded: Path, engine: Any, run_cli: Any) -> None:
    def run(*arguments: str) -> Any:
        return run_cli(*arguments, cwd=coded, env=engine.env)

    assert run("load").code == 0
    agreement = rows(run("analyse", "coding-agreement", "--format", "csv"))
    # both gave 6.7 to the first passage; 6.8, 8.10 and 8.1 were given by one: 12 judgements, 9 the same
    assert agreement[0].startswith('"XY, YZ",passages,12,9,0.75,')

    told = run("compare")
    assert "3 disagreements" in told.stdout
    assert run("compare", "obs-R1", "-o", "decisions/coding.xlsx").code == 0
    path = coded / "decisions" / "coding.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Disagreements"]
    assert [sheet[f"B{row}"].value for row in (2, 3, 4)] == ["6.8", "8.10", "8.1"]
    for row, decision in ((2, "the code does not apply"), (3, "the code applies"), (4, None)):
        sheet[f"I{row}"], sheet[f"K{row}"], sheet[f"M{row}"] = decision, "AB", f"Reason {row}"
    sheet["J4"] = "1.10"
    book.save(path)

    assert run("load", "--allow-removals").code == 0
    decided = ["1.10,AB", "6.7,XY; YZ", "8.10,XY"]
    assert coding_counts(coded, engine, run_cli) == decided
    rejected = "MATCH (x)-[r:CODING_REJECTED]->(k) RETURN k.code AS code, r.decided_by, r.decision_reason ORDER BY code"
    assert rows(run("cypher", rejected, "--format", "csv")) == ["6.8,AB,Reason 2", "8.1,AB,Reason 4"]
    # what was decided does not change how far they agreed, and comes back into the workbook
    again = rows(run("analyse", "coding-agreement", "--format", "csv"))[0]
    assert again.partition("claim:")[0] == agreement[0].partition("claim:")[0]
    assert run("compare", "-o", "decisions/again.xlsx").code == 0
    sheet = openpyxl.load_workbook(coded / "decisions" / "again.xlsx")["Disagreements"]
    written = [[sheet[f"{column}{row}"].value for column in "BIJKM"] for row in (2, 3, 4)]
    assert written == [
        ["6.8", "the code does not apply", None, "AB", "Reason 2"],
        ["8.10", "the code applies", None, "AB", "Reason 3"],
        ["8.1", "the code does not apply", "1.10", "AB", "Reason 4"],
    ]
    assert run("load").code == 0
    assert coding_counts(coded, engine, run_cli) == decided


@pytest.mark.usefixtures("embedded_engine")
def test_a_decision_about_a_coding_that_was_changed_since_is_told(coded: Path, run_cli: Any) -> None:
    run_cli("load", cwd=coded)
    run_cli("compare", "-o", "decisions/coding.xlsx", cwd=coded)
    path = coded / "decisions" / "coding.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Disagreements"]
    sheet["I2"], sheet["K2"] = "the code does not apply", "AB"
    book.save(path)
    sheet["I2"] = "the code applies"
    book.save(path.with_name("other.xlsx"))
    contradicted = run_cli("check", cwd=coded)
    assert contradicted.code == 1
    assert "This decision contradicts the one at decisions/coding.xlsx > Disagreements > I2." in " ".join(
        contradicted.stdout.split()
    )
    path.with_name("other.xlsx").unlink()
    changed = FIRST.replace("never saw the clinic data", "had never seen any data")
    (coded / "forms" / "coding-XY.yaml").write_text(changed, encoding="utf-8")
    told = " ".join(run_cli("check", cwd=coded).stdout.split())
    assert (
        "decisions/coding.xlsx > Disagreements > I2: 1 coding that this decision is about can no longer be found"
        in told
    )
