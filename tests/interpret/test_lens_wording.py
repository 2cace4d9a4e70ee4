"""Questions that speak of ethnicity in a study that looks at something else: said once, with the way to reword them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import journeys
from journeys.analysis.measures.registry import MEASURES
from journeys.instruments.instrument_files import load_instrument
from journeys.interpret.folder import open_folder
from journeys.model.schema import load_schema
from tests.cli.conftest import REGISTERS
from tests.written import write_form, write_registers

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


@pytest.mark.parametrize("suffix", ["docx", "txt", "yaml"])
def test_the_help_above_a_table_speaks_of_what_the_study_looks_at(tmp_path: Path, suffix: str) -> None:
    words = _blank(tmp_path, suffix)
    assert "ethnicity-specific" not in words
    assert words.count("General, on air quality, or both.") == 2


def test_the_help_of_earlier_versions_is_no_answer(tmp_path: Path) -> None:
    _blank(tmp_path, "txt")
    blank = (tmp_path / "forms" / "blank.txt").read_text(encoding="utf-8")
    former = blank.replace("General, on air quality, or both.", "General, ethnicity-specific, or both.")
    assert former != blank
    (tmp_path / "forms" / "former.txt").write_text(former, encoding="utf-8")
    files = {each.file: each.kind for each in journeys.open(tmp_path).check().files}
    assert files["forms/former.txt"] == files["forms/blank.txt"] == "blank form"


def _blank(folder: Path, suffix: str) -> str:
    """The words of a blank form of a study with a lens."""
    assert said(folder, "lens: {topic: air quality, specific: On air quality}\n", forms=0) == []
    path = folder / "forms" / f"blank.{suffix}"
    write_form(load_instrument("observation_guide"), path, open_folder(folder).schema)
    if suffix != "docx":
        return " ".join(path.read_text(encoding="utf-8").replace("#", "").split())
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_questions_and_measures_ask_about_what_the_study_looks_at(tmp_path: Path) -> None:
    said(tmp_path, LENS)
    study = journeys.open(tmp_path)
    asked = {each.short_name: each for each in study.questions().questions}["expertise"]
    assert "air quality" in asked.title
    assert asked.parameters["words"].default == ["air quality"]
    factors = MEASURES["factors"].worded(study.schema.lens)
    assert factors.answers.startswith("Which supports and barriers recur")
    assert "air quality" in factors.answers
    assert "ethnic" not in factors.answers
