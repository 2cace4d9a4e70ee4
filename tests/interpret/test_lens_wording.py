"""Questions that speak of ethnicity in a study that looks at something else: said once, with the way to reword them."""

from __future__ import annotations

from pathlib import Path

import journeys
from journeys.model.schema import load_schema
from tests.cli.conftest import REGISTERS
from tests.written import write_registers

SHEET = """\
form: observation_guide
version: 1
header: {case_study: c1, meeting_group_name: April meeting, date: 2011-04-06, researchers: AB}
"""
LENS = "lens: {topic: air quality}\n"


def said(folder: Path, study: str, own: str = "", forms: int = 1) -> list[str]:
    (folder / "forms").mkdir(parents=True)
    (folder / "instruments").mkdir()
    (folder / "study.yaml").write_text(f"id: air\ntitle: Air\n{study}", encoding="utf-8")
    if own:
        (folder / "instruments" / "own.yaml").write_text(own, encoding="utf-8")
    write_registers(folder / "registers.xlsx", load_schema(), REGISTERS)
    for name in ("first", "second")[:forms]:
        (folder / "forms" / f"{name}.yaml").write_text(SHEET, encoding="utf-8")
    return [str(each) for each in journeys.open(folder).check().problems if each.kind == "lens_wording"]


def test_it_is_said_once_for_each_instrument_that_is_used(tmp_path: Path) -> None:
    (only,) = said(tmp_path, LENS, forms=2)
    assert only.startswith("study.yaml > lens: The study looks at air quality, and ")
    assert " of the Phase 3: Observation Guide still speak" in only
    assert "with `extends: observation_guide`" in only


def test_nothing_is_said_without_a_lens_or_without_such_a_form(tmp_path: Path) -> None:
    assert said(tmp_path / "ethnicity", "") == []
    assert said(tmp_path / "unused", LENS, forms=0) == []


def test_nothing_is_said_of_a_question_that_was_reworded_or_hidden(tmp_path: Path) -> None:
    (before,) = said(tmp_path / "before", LENS)
    number = int(before.split(", and ")[1].split()[0])
    named = before.split("for each `")[1].split(":")[0]
    own = f"extends: observation_guide\nquestions:\n  {named}: {{question: What about the air?}}\n"
    after = said(tmp_path / "after", LENS, own)
    assert len(after) == (1 if number > 1 else 0)
    assert all(f"and {number - 1} question" in each and f"`{named}:" not in each for each in after)
