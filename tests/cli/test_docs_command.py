"""The documentation in the terminal: every page that a message names is there, offline, by the name it gives."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import journeys
from journeys.study.documentation import documentation

CODE = Path(journeys.__file__).parent
NAMED = re.compile(r"journeys docs ([\w-]+)")


def strings(path: Path) -> list[str]:
    """What a module may say: its texts, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_pages_that_messages_name_are_there() -> None:
    said = [text for path in CODE.rglob("*.py") for text in strings(path)]
    named = {name for text in said for name in NAMED.findall(text)}
    assert {"maps", "queries", "instruments"} <= named
    assert named <= {page.name for page in documentation()}
    # A folder docs/ is only in a checkout.
    assert [text for text in said if re.search(r"\bdocs/\w+\.md", text)] == []


def test_a_page_is_shown_by_its_name(run_cli: Any) -> None:
    for name in ("dates", "docs/dates.md", "Dates"):
        shown = run_cli("docs", name)
        assert shown.code == 0
        assert "Dates: how they are read" in shown.stdout
    shown = run_cli("docs", "names").stdout
    assert "journeys docs coding" in shown
    assert "<!--" not in shown


def test_pages_are_listed_and_found_by_words(run_cli: Any) -> None:
    everything = run_cli("docs").stdout
    assert all(page.title in everything for page in documentation())
    found = run_cli("docs", "krippendorff").stdout
    assert "agreement" in found
    assert "storylines" not in found


def test_a_name_that_no_page_has_gets_the_nearest(run_cli: Any) -> None:
    nothing = run_cli("docs", "nams")
    assert (nothing.code, nothing.stdout) == (2, "")
    assert "Did you mean 'names'?" in nothing.stderr
    assert "`journeys docs` lists all pages" in run_cli("docs", "qqqqqq").stderr
