"""Files that the pages for contributors name are there, and so are the scripts they tell people to run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = ("docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md")
NAMED = {page: set(re.findall(r"`([\w./-]+\.(?:py|cypher|yaml))`", (CHECKOUT / page).read_text())) for page in PAGES}


def is_there(name: str) -> bool:
    """Whether there is such a file; a name without a folder may be anywhere."""
    if name.startswith(("schema/instruments/NAME", "journeys/analysis/measures/NAME")) or name == "study.yaml":
        return True
    return any((CHECKOUT / base / name).is_file() for base in ("", "journeys")) or (
        "/" not in name and any((CHECKOUT / room).rglob(name) for room in ("journeys", "schema"))
    )


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    assert len(NAMED[page]) > 5
    assert sorted(name for name in NAMED[page] if not is_there(name)) == []


def test_commands_that_are_named_are_there() -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    scripts = set(re.findall(r"python3 (scripts/\w+\.py)", text))
    assert len(scripts) == 8
    assert all((CHECKOUT / script).is_file() for script in scripts)
    assert all((CHECKOUT / target).exists() for target in re.findall(r"\]\(([^):]+)\)", text))
