"""What the documentation shows works as written."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from journeys.interpret.tables.maps import load_map
from journeys.model.problems import Problem
from journeys.model.schema import load_schema

CHECKOUT = Path(__file__).resolve().parents[2]


def blocks(page: Path, language: str = "") -> list[str]:
    """The fenced blocks of a page, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.S | re.M)
    return [re.sub(rf"^{indent}", "", text, flags=re.M) for indent, text in found]


@pytest.mark.parametrize("example", blocks(CHECKOUT / "docs" / "maps.md", "yaml"))
def test_every_map_in_the_docs_can_be_used(tmp_path: Path, example: str) -> None:
    path = tmp_path / "table.map.yaml"
    path.write_text(example, encoding="utf-8")
    problems: list[Problem] = []
    assert load_map(path, load_schema(), name=path.name, report=problems.append) is not None, problems


def test_the_readmes_commands_work_in_their_order(tmp_path: Path, run_program: Any, run_cli: Any) -> None:
    lines = [line for block in blocks(CHECKOUT / "README.md") for line in block.splitlines()]
    text = "".join(_page(name).read_text(encoding="utf-8") for name in ("README.md", "howto/own-study.md"))
    in_blocks = [line for line in lines if line.startswith("journeys ")]
    written = in_blocks + [command for command in re.findall(r"`(journeys [^`]+)`", text) if "D07" not in command]
    commands = list(map(list, dict.fromkeys(tuple(shlex.split(line, comments=True)[1:]) for line in written)))
    first = [shlex.split(line, comments=True)[1:] for line in in_blocks]
    assert ["new", "my-study", "--title", "My study"] in commands
    assert run_program(*commands[0]).code == 0
    study = tmp_path / "my-study"
    # With the store kept running, so that not every command has to wait for it.
    assert run_program("store", "start", cwd=study).code == 0
    try:
        # An archive needs authors and a licence, and a file to verify: tests/exchange/test_crate.py.
        # Loaded first: the README names commands that show something before it comes to loading.
        for command in [["load"], *(each for each in commands[1:] if each[0] != "verify" and "crate" not in each)]:
            # As a shell would, where a reader is told to type them; in this process those in running text.
            result = (run_program if command in first else run_cli)(*command, cwd=study)
            assert result.code == 0, (command, result.stdout, result.stderr)
    finally:
        run_program("store", "stop", cwd=study)


def test_every_command_is_in_the_readme_or_on_a_page_that_it_names(run_cli: Any) -> None:
    names = ("README.md", "howto/own-study.md", "howto/names.md", "howto/pseudonymise.md", "maps.md")
    text = "".join(_page(name).read_text(encoding="utf-8") for name in names)
    listed = run_cli("--help").stdout.split("Commands:")[1]
    commands = re.findall(r"^  (\w+) ", listed, re.M)
    assert {"new", "check", "load", "trace"} <= set(commands)
    for command in commands:
        assert f"journeys {command}" in text or command == "store", command
        assert run_cli(command, "--help").code == 0


def test_the_query_in_the_docs_can_be_asked(demo_study: Any, run_cli: Any, tmp_path: Path) -> None:
    demo = demo_study("embedded")
    example, *_ = blocks(CHECKOUT / "docs" / "queries.md", "cypher")
    study = tmp_path / "study"
    shutil.copytree(demo.folder, study, ignore=shutil.ignore_patterns(".journeys"))
    (study / "cypher").mkdir()
    (study / "cypher" / "numbers.cypher").write_text(example, encoding="utf-8")
    assert run_cli("load", cwd=study).code == 0

    asked = run_cli("ask", "numbers", "--param", "site=Northtown", "--format", "json", cwd=study)
    assert asked.code == 0, asked.stderr
    assert "Lee B." in [row["who"] for row in json.loads(asked.stdout)]
    assert "spoke of numbers" in run_cli("ask", "numbers", "--param", "words=two buses", cwd=study).stdout


def test_the_status_of_forms_in_the_docs_works_on_the_invented_study(demo_study: Any, run_cli: Any) -> None:
    commands = [
        line for page in ("reports.md", "README.md") for block in blocks(_page(page)) for line in block.splitlines()
    ]
    commands += re.findall(r"`(journeys status[^`]*)`", _page("howto/own-study.md").read_text(encoding="utf-8"))
    assert "journeys status --forms" in commands
    told = run_cli("status", "--forms", cwd=demo_study("embedded").folder).stdout
    assert "Forms by case study" in told
    assert "What is due" in told


def _page(name: str) -> Path:
    return CHECKOUT / name if name == "README.md" else CHECKOUT / "docs" / name
