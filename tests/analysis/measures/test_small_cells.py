"""Measures for the public: rows that rest on few claims are left out, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import journeys
from journeys.analysis.measures.small_cells import without_small_cells
from journeys.analysis.measures.table import MeasureRow, MeasureTable
from tests.store.loading.voting_study import write_study

ROWS = (
    MeasureRow(("A", 3), ("c1", "c2", "c3")), MeasureRow(("B", 2), ("c4", "c5")), MeasureRow(("nobody", 0), ()),
    MeasureRow(("C", 1), ()),
)  # fmt: skip


def test_rows_that_rest_on_few_claims_are_left_out() -> None:
    table = MeasureTable("t", "T", {"who": "", "how often": ""}, ROWS, {"claims": 5}, "counted", csv="who\nA\nB\n")
    made = without_small_cells(table, 3)
    assert [row.values[0] for row in made.rows] == ["A", "nobody"]
    assert made.notes == ("2 rows left out, because they rest on fewer than 3 claims.",)
    assert made.csv is None
    assert without_small_cells(table, 0) is table


@pytest.mark.usefixtures("processes")
def test_a_measure_for_the_public_says_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 70)  # the first actors contest twice
    with (folder / "study.yaml").open("a", encoding="utf-8") as settings:
        settings.write("privacy: {public: {smallest_cell: 2}}\n")
    study = journeys.open(folder)
    study.load()
    whole, public = (study.analyse("polarity", profile=profile) for profile in ("internal", "public"))
    for before, after in zip(whole.tables, public.tables, strict=True):
        assert len(after.rows) <= len(before.rows)
        assert all(len(row.claims) >= 2 or not row.claims for row in after.rows)
    assert any("rest on fewer than 2 claims" in note for table in public.tables for note in table.notes)
    assert "public. Public version. Left out" in public.conditions["shown to"]
    assert "shown to" not in whole.conditions
