"""Passages that bear on rows of the summary tables, from a form to nodes and ties."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import journeys
from journeys.interpret.check import CheckResult
from journeys.interpret.study_reader import StudyReader
from journeys.model.problem_log import ProblemLog
from journeys.model.progress import NoProgress
from journeys.model.schema import load_schema
from journeys.staging.database import Staging
from tests.cli.conftest import REGISTERS
from tests.written import write_registers

SHEET = """\
Interview sheet
interview_sheet version 1

== Interview ==
Interview (its id in the register of sources, or a new one) *: int-MV
Who was interviewed *: MV
Case study *: c1
Researchers (initials): XY

== Passages ==
Place: p. 3
Passage: They said we were the voice of ourselves.
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "bearing"
    (folder / "forms").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: bearing\ntitle: Study\n", encoding="utf-8")
    write_registers(folder / "registers.xlsx", load_schema(), REGISTERS)
    return folder


def read(folder: Path, said: str) -> tuple[list[tuple[str, str, object, object, object]], set[str], CheckResult]:
    (folder / "forms" / "int.txt").write_text(SHEET + said, encoding="utf-8")
    opened = journeys.open(folder)
    with Staging(folder / "staged.sqlite", opened.schema, opened.id) as staging:
        StudyReader(opened.folder, staging, ProblemLog(), NoProgress()).read()
        found = staging.database.execute("SELECT to_label, to_id, properties FROM claim WHERE type = 'BEARS_ON'")
        ties = [
            (label, end, *(json.loads(held).get(each) for each in ("direction", "how_sure", "coder")))
            for label, end, held in found
        ]
        labels = "SELECT id FROM node WHERE label IN ('Finding', 'ResearchQuestion')"
        rows = {identity for (identity,) in staging.database.execute(labels)}
    return sorted(ties, key=str), rows, opened.check()


def test_a_passage_bears_on_rows_each_in_its_way(study: Path) -> None:
    said = "Bears on: supports T1-02 (high); L1-02; RQ1a; contradicts T1-07; T1-10\nHow sure: Low\n"
    ties, rows, result = read(study, said)
    assert ties == [
        ("Finding", "bearing:finding:L1-02", "instance", "low", "XY"),
        ("Finding", "bearing:finding:T1-02", "supports", "high", "XY"),
        ("Finding", "bearing:finding:T1-07", "contradicts", "low", "XY"),
        ("Finding", "bearing:finding:T1-10", "fills_gap", "low", "XY"),
        ("ResearchQuestion", "bearing:research_question:RQ1a", None, "low", "XY"),
    ]
    assert len(rows) == 210
    assert [str(each) for each in result.problems if "Who did what" not in str(each)] == []


def test_the_graph_has_no_rows_where_nothing_bears_on_one(study: Path) -> None:
    assert read(study, "")[:2] == ([], set())


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("Bears on: supports T1-02\nHow it bears on it: Contradicts\n", "the cell beside it says 'contradicts'"),
        ("Bears on: fills the gap T1-02\n", "T1-02 is a finding, so 'fills the gap' does not fit it."),
        ("Bears on: T1-10\nHow it bears on it: An instance of what to look for\n", "T1-10 is a gap, so"),
        ("Bears on: T1-02\n", "It is not said whether this supports or contradicts T1-02"),
        ("How sure: Low\n", "The row does not say what it bears on."),
        ("Bears on: supports T1-99\n", "'T1-99' is not a row of the summary tables."),
    ],
)
def test_what_cannot_be_meant_is_said(study: Path, said: str, problem: str) -> None:
    _, _, result = read(study, said)
    assert any(problem in str(each) for each in result.problems)


def test_rows_of_the_studys_own_are_nodes_even_where_nothing_bears_on_them(study: Path) -> None:
    own = "rows:\n  N1-01: {table: 1, kind: gap, site: north, text: WHO TRUSTS WHOM?}\n  L1-01: {hidden: yes}\n"
    (study / "summary_tables.yaml").write_text(own, encoding="utf-8")
    _, rows, result = read(study, "")
    assert "bearing:finding:N1-01" in rows
    assert "bearing:finding:L1-01" not in rows
    assert len(rows) == 210
    assert ("summary tables", 211) in {(each.kind, each.read) for each in result.files}


ROWS = """
== Who did what ==
Who: SS
Did what: contested
To what: D07
Quote: the voice of ourselves
Confidence: Low
Bears on: supports T1-02

Who: SS
Did what: supported
To what: D07
Place: p. 9
Quote: In June she said yes.
Bears on: contradicts T1-02 (high)
"""


def test_the_quote_of_a_row_bears_on_what_the_row_says(study: Path) -> None:
    ties, _, result = read(study, ROWS)
    assert ties == [
        ("Finding", "bearing:finding:T1-02", "contradicts", "high", "XY"),
        ("Finding", "bearing:finding:T1-02", "supports", "low", "XY"),
    ]
    assert [str(each) for each in result.problems] == []
    _, _, without = read(study, ROWS.replace("Quote: In June she said yes.\n", ""))
    assert any("The row bears on something and has no quote" in str(each) for each in without.problems)


def test_words_that_a_passage_holds_are_not_kept_twice(study: Path) -> None:
    (study / "forms" / "int.txt").write_text(SHEET + ROWS, encoding="utf-8")
    opened = journeys.open(study)
    with Staging(study / "staged.sqlite", opened.schema, opened.id) as staging:
        StudyReader(opened.folder, staging, ProblemLog(), NoProgress()).read()
        found = staging.database.execute("SELECT properties FROM node WHERE label = 'Extract'")
        assert sorted(json.loads(held)["text"] for (held,) in found) == [
            "In June she said yes.", "They said we were the voice of ourselves.",
        ]  # fmt: skip
