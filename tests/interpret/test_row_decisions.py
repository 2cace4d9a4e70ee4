"""Rows of the summary tables closed and reopened by a decision of the team."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.instruments.excel.row_decisions import write_row_decisions
from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.model.schema import load_schema
from journeys.staging.database import Staging
from tests.cli.conftest import REGISTERS
from tests.interpret.test_bearings import SHEET
from tests.written import write_registers


def line(row: str, decision: str, on: object, by: str = "AB", why: str = "Because.") -> dict[str, Any]:
    return {"row": row, "decision": decision, "decided_by": by, "decided_on": on, "reason": why}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "deciding"
    (folder / "forms").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: deciding\ntitle: Study\n", encoding="utf-8")
    write_registers(folder / "registers.xlsx", load_schema(), REGISTERS)
    return folder


def rows(folder: Path, *decisions: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of the summary tables as they are staged, by their id."""
    write_row_decisions(folder / "decisions" / "any name.xlsx", decisions)
    opened = journeys.open(folder)
    with Staging(folder / "staged.sqlite", opened.schema, opened.id) as staging:
        StudyReader(opened.folder, staging, ProblemLog(), NoProgress()).read()
        select = "SELECT properties FROM node WHERE label IN ('Finding', 'ResearchQuestion')"
        found = [json.loads(held) for (held,) in staging.database.execute(select)]
    return {held["row_id"]: held for held in found}


def said(folder: Path) -> list[str]:
    return [f"{each.severity}: {each}" for each in journeys.open(folder).check().problems]


def test_the_last_decision_by_date_counts_and_all_are_kept(study: Path) -> None:
    found = rows(
        study,
        line("T1-07", "reopen", "2 June 2011", "CD", "New interviews."),
        line("t1-7", "close", "March 2011", "AB", "Confirmed at all sites."),
        line("RQ1a", "close", "5 March 2011"),
    )
    assert found["T1-07"]["status"] == "open"
    assert found["T1-07"]["decisions"] == [
        "closed in March 2011 by AB: Confirmed at all sites.",
        "reopened on 2 June 2011 by CD: New interviews.",
    ]
    assert (found["RQ1a"]["status"], found["RQ1a"]["decisions"]) == (
        "closed",
        ["closed on 5 March 2011 by AB: Because."],
    )
    assert found["T1-08"]["status"] == "open"
    assert "decisions" not in found["T1-08"]
    assert said(study) == []


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([line("T1-77", "close", "May 2011")], "Rows > A2: 'T1-77' is not a row of the summary tables."),
        ([line("T1-07", "close", "some day")], "Rows > F2: "),
        (
            [line("T1-07", "reopen", "May 2011")],
            "Rows > D2: On this date T1-07 is open, so the decision changes nothing.",
        ),
        (
            [line("T1-07", "close", "May 2011"), line("T1-07", "close", "June 2011")],
            "Rows > D3: On this date T1-07 is closed already, so the decision changes nothing.",
        ),
    ],
)
def test_what_cannot_be_meant_is_said(study: Path, lines: list[dict[str, Any]], says: str) -> None:
    rows(study, *lines)
    problems = said(study)
    assert len(problems) == 1
    assert says in problems[0]


def test_evidence_on_a_closed_row_is_said_once_for_the_row(study: Path) -> None:
    passages = "Bears on: supports T1-02; contradicts T1-07\n\nPassage: Another one.\nBears on: supports T1-02\n"
    (study / "forms" / "int.txt").write_text(SHEET + passages, encoding="utf-8")
    found = rows(study, line("T1-02", "close", "May 2011", why="Confirmed."), line("T1-03", "close", "May 2011"))
    assert found["T1-02"]["status"] == "closed"
    closed = [each for each in said(study) if "T1-0" in each]
    assert closed == [
        "warning: decisions/any name.xlsx > Rows > D2: T1-02 was closed in May 2011 by AB: Confirmed. Evidence "
        "bears on it in 2 places: forms/int.txt > Passages > line 13 and forms/int.txt > Passages > line 16. If any "
        "of it is new, reopen the row; otherwise nothing needs to be done."
    ]
