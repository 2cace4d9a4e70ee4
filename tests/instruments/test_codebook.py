"""The shipped codebook, and what a study may change in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from journeys.instruments.codebook import Codebook, shipped_codebook
from journeys.instruments.study_codebook import study_codebook
from journeys.model.problems import Problem
from journeys.model.resources import resource_folder
from journeys.model.schema import load_schema
from journeys.model.study_names import CODEBOOK_FILE
from journeys.model.yaml_with_lines import BrokenSchema

SHIPPED = (resource_folder("schema") / "instruments" / CODEBOOK_FILE).read_text(encoding="utf-8")
LOST = ["5.3", *(f"7.{number}" for number in range(1, 11)), *(f"10.{number}" for number in range(1, 12))]
PER_SHEET = {"1": 10, "2": 14, "3": 15, "4": 12, "5": 15, "6": 16, "7": 10, "8": 14, "9": 13, "10": 11}


def changed(tmp_path: Path, text: str) -> tuple[Codebook, list[Problem]]:
    path = tmp_path / CODEBOOK_FILE
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return study_codebook(path, name=CODEBOOK_FILE, report=problems.append), problems


def test_all_codes_are_there_and_nothing_is_made_up() -> None:
    book = shipped_codebook()
    assert {sheet.id: len(book.on_sheet(sheet.id)) for sheet in book.sheets} == PER_SHEET
    assert len(book.codes) == 130
    assert [key for key, code in book.codes.items() if code.label is None] == LOST
    assert all(code.note for code in book.codes.values() if code.label is None)
    assert book.codes["7.1"].shown == "7.1 [label not recovered]"
    assert book.codes["1.10"].shown == "1.10 Gaps, Silences or Inconsistencies"
    assert not any(code.definition for code in book.codes.values())  # the printed source has none


def test_it_says_what_the_published_reconstruction_says(shared_data: Path) -> None:
    source = yaml.safe_load((shared_data.parent / "instruments" / CODEBOOK_FILE).read_text(encoding="utf-8"))
    book = shipped_codebook()
    printed = {code["code"]: code for sheet in source["sheets"] for code in sheet["codes"]}
    groups = {group["id"]: group["label"] for sheet in source["sheets"] for group in sheet["groups"]}
    assert list(book.codes) == list(printed)
    for key, code in book.codes.items():
        assert (code.label, code.reading) == (printed[key]["label"], printed[key]["reading"])
        assert code.group == printed[key]["group"]
        assert code.ocr == (printed[key].get("ocr") or "")
    assert {group.id: group.label for sheet in book.sheets for group in sheet.groups} == groups
    assert [sheet.title for sheet in book.sheets] == [sheet["title"] for sheet in source["sheets"]]


def test_the_evidence_types_are_codes_of_sheet_6() -> None:
    book = shipped_codebook()
    assert list(load_schema().terms("evidence_type").terms) == list(book.evidence_types)
    assert {book.codes[key].sheet for key in book.evidence_types} == {"6"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code: "6.7", label', 'code: "6.6", label', "the code 6.6 appears twice"),
        ('code: "6.7", label', "code: 6.7, label", "a text belongs here"),
        ('codes: ["2.6", "2.7"]', 'codes: ["2.6", "3.7"]', "the code 3.7 is not on sheet 2"),
        ('evidence_types: ["6.2"', 'evidence_types: ["6.99"', "the code 6.99 is not in the codebook"),
        ("version: 1", "version: 1\nmore: 2", "Extra inputs are not permitted"),
    ],
)
def test_a_broken_codebook_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert SHIPPED.count(old) == 1
    text = SHIPPED.replace(old, new)
    (tmp_path / CODEBOOK_FILE).write_text(text, encoding="utf-8")
    line = text[: text.index(new)].count("\n") + 1
    with pytest.raises(BrokenSchema, match=f"line {line}|line {line + 1}") as refused:
        shipped_codebook(tmp_path)
    assert said in str(refused.value)


CHANGES = """\
sheets:
  4: {title: Race and ethnicity}
  11: {title: Digital}
groups:
  g11: {label: Screens, sheet: 11}
codes:
  5.3: {label: Descriptions of services}
  6.17: {label: Social media, definition: Posts and blogs}
  11.1: {label: Apps, group: g11}
  2.14: {retired: yes, note: Too broad.}
  6.13: {merged_into: 6.14}
  1.10: {label: Gaps}
"""


def test_a_study_adds_renames_merges_and_retires(tmp_path: Path) -> None:
    book, problems = changed(tmp_path, CHANGES)
    assert problems == []
    assert len(book.codes) == 132
    assert book.codes["5.3"].shown == "5.3 Descriptions of services"
    assert (book.codes["1.10"].label, book.codes["1.10"].printed) == ("Gaps", "Gaps, Silences or Inconsistencies")
    assert book.codes["1.1"].label == "General"
    assert [code.key for code in book.on_sheet("6")][-5:] == ["6.12", "6.14", "6.15", "6.16", "6.17"]
    assert [code.key for code in book.on_sheet("2")][-1] == "2.13"
    assert [code.key for code in book.on_sheet("2", also=["2.14"])][-1] == "2.14"
    assert book.current("6.13").key == "6.14"
    assert (book.codes["2.14"].retired, book.codes["2.14"].retired_on) == (True, None)
    assert book.group_label(book.codes["11.1"]) == "Screens"
    assert [sheet.heading for sheet in book.sheets][-1] == "11) Digital"
    for said in ("2 new codes", "1 new sheet", "3 new labels", "1 merged code", "1 retired code"):
        assert said in book.origin


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("codes:\n  6.99: {retired: yes}\n", 2, "There is no code 6.99."),
        ("codes:\n  6.7: {lable: x}\n", 2, "'lable' is not recognised here. Did you mean 'label'?"),
        ("codes:\n  12.1: {label: x}\n", 2, "there is no sheet '12'"),
        ("codes:\n  6.7: {merged_into: 6.77}\n", 2, "There is no code '6.77' to merge 6.7 into. Did you mean 6.7"),
        ("codes:\n  6.7: {merged_into: 6.8}\n  6.8: {merged_into: 6.7}\n", 3, "6.8 would be merged into itself"),
        ("codes:\n  6.7: {merged_into: 6.8}\n  6.8: {retired: yes}\n", 2, "6.8 is retired"),
        ("codes:\n  6.7: {group: g1a}\n", 2, "Sheet 6 has no heading 'g1a'"),
        ("codes:\n  6.7: {retired: maybe}\n", 2, "'maybe' is neither yes nor no"),
        ("codes:\n  'six seven': {label: x}\n", 2, "'six seven' cannot be the key of a code"),
        ("sheets:\n  12: {note: x}\n", 2, "The sheet 12 is new and has no title"),
        ("extends: somebody\n", 1, "'somebody' cannot be extended"),
        ("extends: none\n", 1, "The codebook has no codes"),
        ("codes: [6.7]\n", 1, "Names with values belong under `codes`"),
        ("kodes:\n  6.7: {label: x}\n", 1, "'kodes' is not recognised here. Did you mean 'codes'?"),
        (
            "codes:\n  1.1: {label: x}\n  1.1: {label: y}\n",
            3,
            "1.1",
        ),  # as a program writes 1.10 that took it for a number
    ],
)
def test_a_wrong_entry_is_a_problem_at_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    book, problems = changed(tmp_path, text)
    assert len(problems) == 1
    assert problems[0].address.cell == f"line {line}"
    assert said in str(problems[0])
    if "extends: none" not in text:
        assert len(book.codes) == 130


def test_a_codebook_of_its_own(tmp_path: Path) -> None:
    sheet = "sheets:\n  A: {title: All}\n"
    codes = "codes:\n  A1: {label: One, sheet: A}\n  A2: {label: Two, sheet: A}\n"
    text = f"extends: none\ntitle: Ours\n{sheet}{codes}"
    book, problems = changed(tmp_path, text)
    assert problems == []
    assert (book.title, list(book.codes), book.origin) == ("Ours", ["A1", "A2"], "the study's own codebook")
