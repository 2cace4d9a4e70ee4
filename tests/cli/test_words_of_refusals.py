"""What is said of files that nobody wrote by hand: in words that are true of the file, and short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run_here
from tests.inputs.bombs import empty_study
from tests.inputs.packages import docx, packed, xlsx

_WIDE = {"COLUMNS": "100000"}


def checked(study: Path) -> str:
    result = run_here(["check"], study, _WIDE)
    assert result.code in (0, 1)
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("study.yaml", "study.yaml, line 1: the file: names with values belong here"),
        ("tables/t.map.yaml", "t.map.yaml > line 1: the file: names with values belong here"),
    ],
)
def test_a_list_where_names_belong_is_said_without_a_class(tmp_path: Path, file: str, said: str) -> None:
    study = empty_study(tmp_path / "study")
    (study / "tables" / "t.csv").write_text("who\nA\n", encoding="utf-8")
    (study / file).write_text("- a\n- b\n", encoding="utf-8")
    shown = checked(study)
    assert said in shown
    assert "Input should be" not in shown


def test_a_far_cell_on_one_sheet_makes_no_other_sheet_too_large(tmp_path: Path) -> None:
    study = empty_study(tmp_path / "study")
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    package = xlsx([far], sheets="3")
    parts = sorted(name for name in package if name.startswith("xl/worksheets/sheet"))
    assert len(parts) == 3
    for part in parts[1:]:
        package[part] = str(package[part]) if isinstance(package[part], str) else "".join(package[part])  # type: ignore[arg-type]
        package[part] = package[part].replace(far, '<row r="1"><c r="A1"><v>1</v></c></row>')  # type: ignore[union-attr]
    packed(study / "forms" / "b.xlsx", package)
    shown = checked(study)
    assert shown.count("it was not read. Delete anything far") == 1


@pytest.mark.parametrize("formula", ["A1+" * 10_000 + "1"])
def test_a_long_formula_is_quoted_in_short(tmp_path: Path, formula: str) -> None:
    study = empty_study(tmp_path / "study")
    packed(study / "forms" / "b.xlsx", xlsx([f"<row><c><f>{formula}</f><v>2</v></c></row>"]))
    [line] = [line for line in checked(study).splitlines() if "the cell holds a formula" in line]
    assert "(=A1+A1+" in line
    assert "\u2026)" in line
    assert len(line) < 400


def test_a_word_file_with_too_long_a_text_is_not_said_to_have_too_many_paragraphs(tmp_path: Path) -> None:
    study = empty_study(tmp_path / "study")
    text = f"<w:p><w:r><w:t>{'a' * 1_000_000}</w:t></w:r></w:p>"
    packed(study / "forms" / "b.docx", docx(text for _ in range(40)))
    shown = checked(study)
    assert "MB of text. Split it into several documents." in shown
    assert "paragraphs" not in shown
    assert "about 0" not in shown


def test_a_dangerous_word_file_is_not_said_to_be_a_spreadsheet(tmp_path: Path) -> None:
    study = empty_study(tmp_path / "study")
    parts = docx(["<w:p/>"]) | {"word/document.xml": '<!DOCTYPE a [<!ENTITY e "words">]><a>&e;</a>'}
    packed(study / "forms" / "b.docx", parts)
    shown = checked(study)
    assert "could harm this computer; no program writes such files" in shown
    assert "spreadsheet" not in shown


def test_what_a_message_quotes_of_a_file_is_cut(tmp_path: Path) -> None:
    study = empty_study(tmp_path / "study")
    (study / "registers.yaml").write_text(f"registers: 1\n? {'n' * 100_000}\n: [a]\n", encoding="utf-8")
    lines = checked(study).splitlines()
    assert any("nnn" in line for line in lines)
    assert max(map(len, lines)) < 5_000
