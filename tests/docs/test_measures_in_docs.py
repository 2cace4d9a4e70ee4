"""What the pages on measures show is what the program prints on the demonstration study."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from journeys.analysis.measures.registry import MEASURES
from journeys.cli.main import cli

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs").glob("measures*.md"))
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
SHOWN = re.findall(r"^```\n\$ journeys (.*)\n((?:.*\n)*?)```$", TEXT, re.M)


def test_the_pages_show_every_measure() -> None:
    headings = re.findall(r"^### ([a-z-]+):", TEXT, re.M)
    assert {shlex.split(command)[1] for command, _ in SHOWN} == set(headings) == set(MEASURES)
    pictures = re.findall(r"^!\[.*\]\((pictures/measure-(.*)\.svg)\)$", TEXT, re.M)
    assert {name for _, name in pictures} == set(MEASURES)
    assert all((PAGES[0].parent / file).is_file() for file, _ in pictures)


@pytest.mark.parametrize("command", sorted({command for command, _ in SHOWN}))
def test_the_page_shows_what_is_printed(command: str, demo_study: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line for line, one after the other; "…" stands for lines left out."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    result = CliRunner().invoke(cli, ["--study", str(demo_study("embedded").folder), *shlex.split(command)])
    assert result.exit_code == 0, result.output
    printed = [line.rstrip() for line in result.stdout.splitlines()]
    for text in (text for shown, text in SHOWN if shown == command):
        place = 0
        for line in text.splitlines():
            if line != "…":
                assert line in printed[place:], line
                place = printed.index(line, place) + 1
