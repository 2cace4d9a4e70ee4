"""What goes wrong around a command: closed streams, folders that may only be read, nothing loaded yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import journeys
from journeys.model.problems import JourneysError
from journeys.views.tables import json_text

REGISTERS = """
sites:
  - {id: north, pseudonym: Northtown}
case_studies:
  - {id: c1, title: Clean air, site: north}
people:
  - {id: AB, pseudonym: Ada B.}
arenas:
  - {id: group, name: Air group, case: c1}
meetings:
  - {id: R1, title: First meeting, date: "2011-04-06", arena: group}
documents:
  - {doc_number: D1, title: Air plan, case: c1, date: March 2011}
sources:
  - {id: int-AB, kind: Interview, with_whom: AB, case: c1}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    (folder / "forms").mkdir(parents=True)
    (folder / "study.yaml").write_text("id: s\ntitle: Study\n", encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_harm_nothing(
    study: Path, cli_env: Callable[[Mapping[str, str]], dict[str, str]], closed: str, processes: None
) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    command = f'"{sys.executable}" -m journeys check {closed}'
    ended = subprocess.run(command, shell=True, cwd=study, env=cli_env({}), capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert b"Traceback" not in ended.stderr
    assert before.items() <= {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}.items()


def test_a_study_that_may_only_be_read_is_checked(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: object) -> Path:
        raise PermissionError(13, "Permission denied", str(study))

    monkeypatch.setattr("journeys.interpret.folder.StudyFolder.work", property(refused))
    before = sorted(study.rglob("*"))
    assert journeys.open(study).check().clean
    assert sorted(study.rglob("*")) == before


@pytest.mark.parametrize(
    ("instrument", "ref", "expected"),
    [
        ("document_extraction_template", "D1", {"Air plan", "D1", "c1", "March 2011"}),
        ("document_extraction_template", "air plan", {"Air plan", "D1"}),
        ("observation_guide", "R1", {"First meeting", "c1"}),
        ("interview_sheet", "int-AB", {"int-AB", "Ada B.", "c1"}),
    ],
)
def test_a_form_is_prefilled_from_the_registers_before_the_first_load(
    study: Path, processes: None, instrument: str, ref: str, expected: set[str]
) -> None:
    (path,) = journeys.open(study).forms([instrument], ref=ref, format_="xlsx", folder=study / "blank")
    cells = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(path).worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows()
        for cell in row
    }
    assert expected <= cells


def test_a_mistyped_name_is_looked_for_in_the_registers_before_the_first_load(study: Path, processes: None) -> None:
    with pytest.raises(JourneysError, match=r"'Air plam' is not a document in the registers. Did you mean 'Air plan'"):
        journeys.open(study).forms(["document_extraction_template"], ref="Air plam", folder=study / "blank")


def test_json_has_no_word_for_what_is_no_number() -> None:
    text = json_text([{"a": float("nan"), "b": [float("inf"), 1.5], "c": {"d": -float("inf")}}])
    found: Any = json.loads(text, parse_constant=lambda word: pytest.fail(word))
    assert found == [{"a": None, "b": [None, 1.5], "c": {"d": None}}]
