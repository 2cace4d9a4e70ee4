"""The house: rooms import in one direction, modules stay readable, the front door is what it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import journeys

PACKAGE = Path(journeys.__file__).parent
ROOMS = ("model", "instruments", "demo", "staging", "interpret", "store", "analysis", "views", "study", "cli")
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400


def imported(path: Path) -> set[str]:
    """The rooms that a module imports from, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("journeys.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nobody_calls_backwards(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    if room in ROOMS:
        assert imported(path).isdisjoint(ROOMS[ROOMS.index(room) + 1 :])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_front_door_is_sorted_and_opens() -> None:
    assert journeys.__all__ == sorted(journeys.__all__)
    for name in journeys.__all__:
        assert getattr(journeys, name) is not None
    with pytest.raises(AttributeError):
        journeys.nonsense  # noqa: B018
