"""Retired wording does not come back: in messages, pages, forms, help, docs, or in what commands print."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from journeys.cli.main import cli

CHECKOUT = Path(__file__).resolve().parents[1]
RETIRED = (
    r"(?<!there )\bis no (?!longer\b|such\b)",
    r"nobody's word",
    r"found not to be so",
    r"who says so",
    r"the study knows",
    r"passed over",
    r"left aside",
    r"as a person writes",
    r"took the other side than",
    r"follows? from other claims",
    r"more follow from",
    r"kept whole",
    r"may have come before what stands above",
    r"nothing is claimed about",
    r"nothing chosen",
    r"which words, and in which cell",
    r"show only what has these words",
    r"\bnearer\b",
    r"\bfarther\b",
    r"all in sight",
    r"as at first",
    r"accounts differ",
    r"the same as a table",
    r"as researchers tell it",
    r"at most so (long|many)",
    r"no progress and no talk",
    r"only moved",
    r"whatever its name says",
    r"means nothing here",
    r"said twice",
    r"to be shown by",
    r"as far as is told",
    r"nobody tells",
    r"who deals with whom",
    r"has structural holes to broker over",
    r"resting on \d",
    r"closes? nothing",
    r"\bfound not\b",
    r"\bso many (of|other|uses|sources|claims|passages|documents|people)\b",
    r"as the claims put it",
    r"claims told",
    r"question (of the library )?has '",
    r"(section|sheet|column|field|question|heading row)[^.]{0,60} is gone",
)
_PHRASES = re.compile("|".join(RETIRED), re.I)
_FORMER = ("schema/instruments/former_help.txt",)
"""What earlier versions printed, so that it is recognised in old forms."""
_ACCEPTED = {"Found not to be so", "Sources (who says so)"}
"""Headings of earlier versions, under which columns are still found."""


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module with their lines, docstrings left out; an f-string without its values."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(map(str, words))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | about:
            yield node.lineno, node.value


def texts() -> Iterator[tuple[str, str]]:
    """Each text that people read, with its place."""
    for path in sorted((CHECKOUT / "journeys").rglob("*.py")):
        for line, words in literals(path):
            yield f"{path.relative_to(CHECKOUT)}:{line}", words
    pages = [CHECKOUT / "README.md", *(CHECKOUT / "docs").rglob("*.md")]
    pages += (CHECKOUT / "cypher").rglob("*.cypher")
    pages += [path for ending in ("j2", "js") for path in (CHECKOUT / "journeys").rglob(f"*.{ending}")]
    pages += (CHECKOUT / "schema").rglob("*.yaml")
    for path in sorted(pages):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.relative_to(CHECKOUT)}:{number}", line


def helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """The help of a command, and of the commands in it."""
    context = click.Context(command, info_name=name)
    yield f"{name} --help", " ".join(command.get_help(context).split())
    if isinstance(command, click.Group):
        for own in command.list_commands(context):
            below = command.get_command(context, own)
            assert below is not None
            yield from helps(below, f"{name} {own}")


def test_no_retired_phrase_in_any_help() -> None:
    found = dict(helps(cli, "journeys"))
    assert len(found) > 15
    assert [place for place, words in found.items() if _PHRASES.search(words)] == []


@pytest.mark.thorough
def test_no_retired_phrase_in_what_people_read() -> None:
    found = [f"{place}: {words}" for place, words in texts() if words not in _ACCEPTED and _PHRASES.search(words)]
    assert found == []


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("trace", "D07"),
        ("network", "Northtown"),
        ("ask",),
        ("ask", "introducers"),
        ("analyse",),
        ("analyse", "gaps"),
        ("analyse", "journey", "D07"),
    ],
    ids=" ".join,
)
def test_no_retired_phrase_in_what_commands_print(
    demo_study: Callable[..., Any], run_cli: Any, command: tuple[str, ...]
) -> None:
    printed = run_cli("--study", demo_study("embedded").folder, *command)
    assert printed.code == 0
    assert _PHRASES.findall(printed.stdout + printed.stderr) == []


@pytest.mark.parametrize(
    "words", ["'Mina' is no Actor that the study knows.", "The section 'Notes' is gone.", "Who says so"]
)
def test_retired_phrases_are_recognised(words: str) -> None:
    assert _PHRASES.search(words)
