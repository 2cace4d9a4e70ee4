"""Some kills of each sort; ``scripts/trust.py kills`` tries many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engines import ONLY_LONG
from tests.faults import kills
from tests.faults.report import table

pytestmark = pytest.mark.usefixtures("processes")

COUNT = 6


@ONLY_LONG
@pytest.mark.timeout(900)
@pytest.mark.skipif(os.name == "nt", reason="a killed process is told apart from a stopped one by its signal")
def test_what_is_killed_leaves_nothing_behind_and_the_next_command_is_as_if_it_had_not_been(tmp_path: Path) -> None:
    rows = kills.run(COUNT, 2013, tmp_path / "kills")
    assert not any(row.wrong for row in rows), table(rows)
