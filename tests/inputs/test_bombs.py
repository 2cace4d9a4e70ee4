"""No one file fills the memory or holds up a check: small files that unfold, and large ones, are refused in words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.engines import ONLY_LONG
from tests.inputs.bombs import BOMBS, empty_study
from tests.inputs.measured import slowness, taken_by

MOST_MEMORY, MOST_SECONDS = 300, 10
"""Megabytes for the whole program, of which some 100 are the program's own, and seconds of processor time."""
BY_DEFAULT = {
    "docx: 300,000 cells that span 999 columns",
    "docx: 16 million empty paragraphs",
    "txt: a form of 12 million lines",
    r"txt: 4,900,000 times '\u2028' on a line",
    r"txt: 1,600,000 times '\ufdfa' on a line",
    "txt: a heading of 400,000 spaces",
    "xlsx: a long shared string, a million times",
    "json: a text of 300 MB",
    "csv: a map that splits both ends of a claim",
    "csv: a map that repeats a text",
    "yaml: references to a long text",
    "yaml: as many organisations as are read",
}
pytestmark = pytest.mark.usefixtures("processes")
ON_THIS_SYSTEM = pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is measured on Linux")


@ON_THIS_SYSTEM
@pytest.mark.parametrize("name", [pytest.param(n, marks=() if n in BY_DEFAULT else ONLY_LONG) for n in BOMBS])
def test_a_file_does_not_eat_the_machine(tmp_path: Path, name: str) -> None:
    study = empty_study(tmp_path / "study")
    file = BOMBS[name](study)
    taken = taken_by("check", cwd=study)
    assert taken.code in (0, 1), taken.said[-2000:]
    assert "Something went wrong inside" not in taken.said
    assert taken.megabytes <= MOST_MEMORY
    assert taken.seconds <= MOST_SECONDS * slowness()
    assert taken.code == 0 or file.name in taken.said
