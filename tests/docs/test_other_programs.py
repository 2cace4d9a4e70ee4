"""The worked example of the page on other programs is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "other_programs.md"


def test_the_worked_example_of_council_data(run_cli: Any, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").partition("### A worked example")[2]
    data, commands = re.findall(r"```(?:json)?\n(.*?)```", text, re.S)[:2]
    (tmp_path / "council.json").write_text(data, encoding="utf-8")
    study = tmp_path / "study"
    assert run_cli("new", study, "--registers", "yaml").code == 0
    assert run_cli("import", "legistar", tmp_path / "council.json", cwd=study).code == 0
    assert "journeys import legistar council.json" in commands
    assert run_cli("load", cwd=study).code == 0
    traced = run_cli("trace", "Two clinics", cwd=study).stdout
    assert "contested by Bob B. and supported by Ann A." in " ".join(traced.split())
    place = re.search(r"`(tables/council\.json > [^`]+)`", text)
    assert place is not None
    assert place[1] in " ".join(traced.split()), traced
