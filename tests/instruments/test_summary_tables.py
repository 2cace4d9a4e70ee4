"""The summary tables as shipped, and as a study changes them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from journeys.instruments.instrument_files import instruments
from journeys.instruments.study_summary_tables import study_summary_tables
from journeys.instruments.summary_tables import SummaryTables, load_summary_tables, shipped_summary_tables
from journeys.model.problems import Problem
from journeys.model.resources import resource_folder

SHIPPED = shipped_summary_tables()


def test_every_row_that_the_file_counts_is_there() -> None:
    held = yaml.safe_load(
        (resource_folder("schema") / "instruments" / "summary_tables.yaml").read_text(encoding="utf-8")
    )
    counts = held["counts"]
    kinds = Counter(row.kind for row in SHIPPED.rows.values())
    assert kinds == {"emerging": 96, "gap": 16, "look_for": 74, "question": 24}
    for kind, name in {"emerging": "findings", "gap": "gaps_in_caps", "look_for": "look_for"}.items():
        by_table = Counter(row.table for row in SHIPPED.rows.values() if row.kind == kind)
        assert {**by_table, "total": kinds[kind]} == counts[name]
    prompts = Counter(row.table for row in SHIPPED.rows.values() if row.prompt)
    assert sum(prompts.values()) == counts["prompts_on_findings"]["total"]
    assert {table.id: len(table.rows) for table in load_summary_tables().tables} | {"total": 35} == counts["rows"]


def test_ids_say_table_and_place_and_gaps_are_counted_with_findings() -> None:
    assert SHIPPED.rows["T1-10"].text == "ENTITLEMENTS/DISCRIMINATION?"
    assert SHIPPED.rows["T1-10"].kind == "gap"
    assert SHIPPED.rows["T4-15"].prompt == "[ALL SITES?]"
    assert SHIPPED.rows["T3-10"].table == "3"
    assert SHIPPED.rows["L2.1-01"].text.startswith("occasions when ethnicity work")
    assert SHIPPED.rows["RQ3e"].label == "ResearchQuestion"
    assert len(SHIPPED.offered("Finding")) == 186
    assert SHIPPED.offered("Finding")[1] == "T1-02 Evidence of need brought by VCF orgs may be contested"


def test_the_tables_are_not_a_form() -> None:
    assert "summary_tables" not in instruments()


@pytest.fixture
def own(tmp_path: Path) -> tuple[list[Problem], object]:
    problems: list[Problem] = []

    def read(text: str) -> SummaryTables:
        path = tmp_path / "summary_tables.yaml"
        path.write_text(text, encoding="utf-8")
        return study_summary_tables(path, name=path.name, report=problems.append)

    return problems, read


def test_a_study_adds_rewords_and_hides_rows(own: tuple[list[Problem], object]) -> None:
    problems, read = own
    found = read(  # type: ignore[operator]
        "tables:\n  '5': {title: Ours}\n"
        "rows:\n"
        "  T1-02: {text: Testimony may be doubted}\n"
        "  L1-01: {hidden: yes}\n"
        "  N5-01: {table: 5, kind: gap, site: north, row: Trust, text: WHO TRUSTS WHOM?}\n"
    )
    assert problems == []
    assert found.rows["T1-02"].printed == SHIPPED.rows["T1-02"].text
    assert found.rows["L1-01"].hidden
    assert not any(words.startswith("L1-01 ") for words in found.offered("Finding"))
    assert found.offered("Finding")[-1] == "N5-01 WHO TRUSTS WHOM?"
    assert (found.rows["N5-01"].site, found.rows["N5-01"].address.cell) == ("north", "line 6")
    assert found.origin == (
        "the shipped summary tables, with 1 new table, 1 new row, 1 reworded row, 1 hidden row of the study's own"
    )


def test_entries_that_cannot_be_used_are_said_with_their_line(own: tuple[list[Problem], object]) -> None:
    problems, read = own
    found = read(  # type: ignore[operator]
        "rows:\n"
        "  T1-2: {text: Reworded}\n"
        "  X: {table: 1, kind: gap, text: a}\n"
        "  N1-01: {table: 9, kind: gap, text: a}\n"
        "  N1-02: {table: 1, kind: idea, text: a}\n"
        "  T1-01: {kind: gap}\n"
        "  T1-03: {words: a}\n"
    )
    assert [(problem.address.cell, problem.message) for problem in problems] == [
        ("line 2", "There is no row T1-2, and for a new one table and kind must be said."),
        ("line 3", "'X' cannot be the id of a row."),
        ("line 4", "There is no table '9'."),
        ("line 5", "'idea' is not a kind of row."),
        ("line 6", "T1-01 is a row of the shipped tables; its kind stays."),
        ("line 7", "'words' is not recognised here."),
    ]
    assert "Did you mean 'T1-" in problems[0].remedy
    assert set(found.rows) == set(SHIPPED.rows)


def test_a_study_can_have_only_its_own_tables(own: tuple[list[Problem], object]) -> None:
    problems, read = own
    text = (
        "extends: none\ntables:\n  A: {title: Air}\nrows:\n  A1: {table: A, kind: emerging, text: It is worse inland}\n"
    )
    found = read(text)  # type: ignore[operator]
    assert problems == []
    assert [row.shown for row in found.in_order] == ["A1 It is worse inland"]
