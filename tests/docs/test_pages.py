"""What the pages for researchers show is what happens: every block is run, written to a file, or says why it is not.

Commands print what the page shows below them, line for line; "…" stands for lines left out. tests/docs/pages.py says
how a page tells a block that is not run.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.interpret.folder import STUDY_VARIABLE
from tests.commands import CliResult
from tests.docs.pages import DOCS, Block, Page, page

FOLDERS = ("tutorial", "howto", "explanation")
PAGES = [page(DOCS / "reference" / "python.md")] + [
    page(path) for name in FOLDERS for path in sorted((DOCS / name).glob("*.md"))
]
DIRECTIVES = ("{toctree}", "{eval-rst}", "{click}", "{figure}", "{image}")
_checked: dict[str, CliResult] = {}
"""What ``check`` said of the invented study, which several pages show."""
NOT_RUN = 5
"""How many blocks are only shown. A new one needs a reason as good as those that are there."""


def tried(shown: Page) -> list[Block]:
    """The blocks of a page that are not directives for Sphinx."""
    return [block for block in shown.blocks if not block.language.startswith(DIRECTIVES)]


@pytest.mark.parametrize("shown", [each for each in PAGES if tried(each)], ids=lambda shown: shown.name)
def test_the_page_shows_what_happens(
    shown: Page, tmp_path: Path, run_cli: Any, demo_study: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {"COLUMNS": "100"}
    if shown.study == "demo":
        # Not inside the study's folder: what a page writes there would be read with the study.
        environment[STUDY_VARIABLE] = str(demo_study("embedded").folder)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path
    names: dict[str, object] = {}
    for block in (each for each in tried(shown) if not each.shown_only):
        where = f"{shown.name}, line {block.line}"
        if "file" in block.marks:
            file = folder / block.marks["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif "settings" in block.marks:
            opens_with(block, tmp_path / f"settings-{block.line}")
        elif block.language == "python":
            monkeypatch.chdir(folder)
            exec(compile(block.text, where, "exec"), names)
        else:
            assert block.language == "console", f"{where}: {block.language!r} is neither run nor written to a file"
            folder = run_block(block, folder, environment, run_cli, where)


def opens_with(block: Block, folder: Path) -> None:
    """A study that has these settings can be opened."""
    folder.mkdir()
    settings = {"id": "s", "title": "S", **yaml.safe_load(block.text)}
    (folder / "study.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert journeys.open(folder).id == "s"


def run_block(block: Block, folder: Path, environment: dict[str, str], run_cli: Any, where: str) -> Path:
    """Run the commands of a block, and compare what they print; gives the folder in which it ends."""
    before, *parts = re.split(r"^\$ (.*)\n", block.text, flags=re.M)
    assert before == "", f"{where}: a command begins with `$ `"
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    for command, output in pairs:
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            folder = folder / words[1]
            assert folder.is_dir(), where
            continue
        assert words[0] == "journeys", f"{where}: {command}"
        key = command if STUDY_VARIABLE in environment and words[1] == "check" else ""
        ended = _checked.get(key) or run_cli(*words[1:], cwd=folder, env=environment)
        if key:
            _checked[key] = ended
        wanted = block.marks.get("ends with", "0") if (command, output) == pairs[-1] else "0"
        assert wanted in ("any", str(ended.code)), (where, command, ended.stdout, ended.stderr)
        assert shows(ended, output), f"{where}: {command}\n{ended.stdout}{ended.stderr}"
    return folder


def shows(ended: CliResult, output: str) -> bool:
    """Whether the lines of ``output`` were printed one below the other, blank ones aside; in either stream first."""
    wanted = [line.rstrip() for line in output.splitlines() if line.strip()]
    return any(
        _in_order(wanted, [line.rstrip() for line in printed.splitlines() if line.strip()])
        for printed in (f"{ended.stdout}\n{ended.stderr}", f"{ended.stderr}\n{ended.stdout}")
    )


def _in_order(wanted: list[str], printed: list[str]) -> bool:
    place, anywhere = 0, True
    for line in wanted:
        if line == "…":
            anywhere = True
            continue
        if line not in printed[place:] or (not anywhere and printed[place] != line):
            return False
        place, anywhere = printed.index(line, place) + 1, False
    return True


def test_blocks_that_are_only_shown_say_why() -> None:
    reasons = [block.marks["not run"] for shown in PAGES for block in tried(shown) if block.shown_only]
    assert all(len(reason.split()) > 2 for reason in reasons)
    assert len(reasons) == NOT_RUN
