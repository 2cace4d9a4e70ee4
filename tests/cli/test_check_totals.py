"""The totals of a check, file by file: rows read, accepted and rejected, for tables and for forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from journeys.instruments.answers import FilledForm, FilledRow
from tests.cli.test_bad_input import REGISTERS, SCHEMA, TEMPLATE, given
from tests.study_files import small_study, votes
from tests.written import write_form, write_registers

if TYPE_CHECKING:
    from tests.commands import RunCli

GOOD, BAD_DATE = "Sam,supported,D1,2011-03-05,yes", "Lee,contested,D1,soon,no"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return small_study(tmp_path / "totals")


def totals(study: Path, run_cli: RunCli, name: str) -> tuple[int, int, int]:
    """Read, accepted and rejected of a file: the same as json and as printed."""
    (report,) = [
        each for each in json.loads(run_cli("check", "--json", cwd=study).stdout)["files"] if each["file"] == name
    ]
    said = report["read"], report["accepted"], report["rejected"]
    printed = run_cli("check", cwd=study).stdout
    (line,) = [line.split() for line in printed.splitlines() if line.startswith(name)]
    assert tuple(int(word) for word in line[2:5]) == said
    return said


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([GOOD], (1, 1, 0)),
        ([GOOD, BAD_DATE], (2, 1, 1)),
        ([BAD_DATE, GOOD, BAD_DATE.replace("Lee", "Mina")], (3, 1, 2)),
    ],
)
def test_of_a_table(study: Path, run_cli: RunCli, rows: list[str], expected: tuple[int, int, int]) -> None:
    votes(study, "votes", *rows)
    assert totals(study, run_cli, "tables/votes.csv") == expected


def test_rows_that_say_the_same_are_named_with_both_cells(study: Path, run_cli: RunCli) -> None:
    """The first and the third row of a form are the same; the second says something else."""
    write_registers(study / "registers.xlsx", SCHEMA, REGISTERS)
    header = {"case_study_and_site": "c1", "name_of_document": "Doc", "document_number": "D1"}
    row = {"who": "Sam", "did_what": "contested", "to_what": "D1"}
    rows = tuple(FilledRow(given(each)) for each in (row, {**row, "did_what": "supported"}, row))
    filled = FilledForm(TEMPLATE.instrument, 1, "", given(header), (), rows)
    write_form(TEMPLATE, study / "forms" / "a.xlsx", SCHEMA, filled=filled)
    result = json.loads(run_cli("check", "--json", cwd=study).stdout)
    assert result["totals"]["repetitions"] == 1
    (repeated,) = result["repeated"]
    assert repeated["claims"] == 1
    ends = [int(repeated[end].rpartition(" > ")[2].lstrip("ABCDEFGH")) for end in ("same_as", "place")]
    assert ends[1] - ends[0] == 2
    printed = run_cli("check", cwd=study).stdout.split("1 exact duplicate merged")[1]
    assert " ".join(printed.split()).startswith(f". {repeated['place']} says the same as {repeated['same_as']}.")


def test_of_a_form(study: Path, run_cli: RunCli) -> None:
    """Two rows of *Who did what*, one of which names nobody that is known."""
    write_registers(study / "registers.xlsx", SCHEMA, REGISTERS)
    header = {"case_study_and_site": "c1", "name_of_document": "Doc", "document_number": "D1"}

    def rejected(*who: str) -> tuple[int, int, int]:
        rows = tuple(FilledRow(given({"who": name, "did_what": "contested"})) for name in who)
        filled = FilledForm(TEMPLATE.instrument, 1, "", given(header), (), rows)
        write_form(TEMPLATE, study / "D1.xlsx", SCHEMA, filled=filled)
        return totals(study, run_cli, "D1.xlsx")

    read, accepted, wrong = rejected("SS", "MV")
    assert (accepted, wrong) == (read, 0)
    assert rejected("SS", "Nobody at all") == (read, read - 1, 1)
