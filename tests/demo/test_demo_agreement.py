"""The two coders of the demonstration study, counted by hand from their forms.

Passages that at least one of them coded: 4 of int-SS, 3 of int-MV, 2 of int-JT, 3 of int-FO; 15 codes in all, so 180
judgements. Both gave: SS 8.10, 8.5, 4.4; MV 6.7; JT 6.4, 8.11; FO 6.4. XY alone: SS 3.4, 1.10; MV 8.4, 8.12, 8.10;
JT 2.7; FO 6.13, 8.8. YZ alone: SS 1.10; MV 8.11; JT 8.12; FO 8.4, 6.6, 3.5.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

BOTH, XY_ALONE, YZ_ALONE, NEITHER = 7, 8, 6, 159


def test_the_agreement_of_the_two_coders(demo_study: Any, run_cli: Any) -> None:
    loaded = demo_study("embedded")
    told = run_cli("analyse", "coding-agreement", "--format", "json", cwd=loaded.folder, env=loaded.env)
    tables = {table["name"]: table for table in json.loads(told.stdout)["tables"]}
    row = next(row for row in tables["agreement"]["rows"] if row["counted_on"] == "passages")
    assert (row["coders"], row["judgements"], row["agreed"]) == ("XY, YZ", 180, BOTH + NEITHER)
    by_chance = (BOTH + XY_ALONE) * (XY_ALONE + NEITHER) + (BOTH + YZ_ALONE) * (YZ_ALONE + NEITHER)
    assert row["kappa"] == pytest.approx(2 * (BOTH * NEITHER - XY_ALONE * YZ_ALONE) / by_chance)
    # values of both coders together: 28 times given, 332 times not; matches are the pairs of equal values
    given, not_given = 2 * BOTH + XY_ALONE + YZ_ALONE, 2 * NEITHER + XY_ALONE + YZ_ALONE
    disagreeing = XY_ALONE + YZ_ALONE
    assert row["alpha"] == pytest.approx(1 - (360 - 1) * 2 * disagreeing / (2 * given * not_given))
    told_apart = [(row["code"], row["coded_by"]) for row in tables["disagreements"]["rows"]]
    assert len(told_apart) == disagreeing
    assert told_apart.count(("8.12", "XY")) == told_apart.count(("8.12", "YZ")) == 1
