"""SECURITY.md names for each kind of input the test that shows what stops it: each is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_test_that_is_named_is_there() -> None:
    named = _NAMED.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert not test or test in {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}, test


def test_every_place_that_is_named_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("|")]
    places = [word for row in rows if len(row) == 6 for word in re.findall(r"`([\w./]+\.py)`", row[4])]
    assert len(places) > 20
    modules = [path.as_posix() for room in ("journeys", "tests") for path in (ROOT / room).rglob("*.py")]
    for place in places:
        assert any(path.endswith(f"/{place}") for path in modules), place
