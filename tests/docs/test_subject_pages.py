"""Pages on one subject, and what they show: every block is tried here or by the test that is named for its page."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import journeys
from journeys.store.embedded.launcher import lease
from tests.docs.pages import CHECKOUT, DOCS, Block, page

ELSEWHERE = {
    "guides.md": "tests/docs/test_subject_pages.py",
    "coding.md": "tests/docs/test_coding_in_docs.py",
    "instruments.md": "tests/cli/test_own_instruments.py",
    "maps.md": "tests/docs/test_docs.py",
    "measures.md": "tests/docs/test_measures_in_docs.py",
    "measures_networks.md": "tests/docs/test_measures_in_docs.py",
    "other_programs.md": "tests/docs/test_other_programs.py",
    "queries.md": "tests/docs/test_hand_written_queries.py",
}
"""The tests that try the blocks of a page that are neither commands nor settings."""
ONLY_SHOWN = {
    ("architecture.md", "text"): "a diagram",
    ("exports.md", "r"): "R is not among what tests need",
    ("measures_networks.md", "r"): "R is not among what tests need",
    ("narratives.md", ""): "a line of a form, with a date of the day on which it was written",
    ("reports.md", ""): "a report of the team's own: tests/study/test_living_reports.py fills such reports",
    ("reports.md", "yaml"): "rows of summary tables: tests/docs/test_coverage.py writes and reads them",
    ("reading.md", "cypher"): "tests/queries asks the queries of the library, of which this is one",
}
"""Blocks of these pages, by what they are written in, that no test tries as they stand, with the reason."""
SETTINGS = {"atlas.md", "coding.md", "dates.md"}
"""Pages whose YAML, but for files that begin with ``extends``, belongs into study.yaml."""
NEEDS_MORE = {"journeys compare D07": "needs two forms about D07: tests/cli/test_compare.py writes them"}
"""Commands that need more than the invented study has, by their beginning."""

SUBJECTS = [page(path) for path in sorted(DOCS.glob("*.md"))]


def commands(block: Block) -> list[list[str]]:
    """The words of each command in a block; what stands two spaces or a ``#`` behind it is said of it."""
    lines = [re.split(r"  +(?![^\"]*\"$)|\s#", line)[0] for line in block.text.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("journeys ")]


def is_tried(name: str, block: Block) -> bool:
    return (
        block.language.startswith("{")
        or block.shown_only
        or bool(commands(block))
        or block.language == "python"
        or (name in SETTINGS and block.language == "yaml")
        or name in ELSEWHERE
        or (name, block.language) in ONLY_SHOWN
    )


def test_every_block_is_tried_or_says_why_not() -> None:
    blocks = [(shown.path.name, block) for shown in SUBJECTS for block in shown.blocks]
    assert len(blocks) > 60
    assert [(name, block.line) for name, block in blocks if not is_tried(name, block)] == []
    used = {(name, block.language) for name, block in blocks}
    assert set(ONLY_SHOWN) - used == set(), "These reasons are needed no more."


def test_the_tests_that_are_named_read_their_page() -> None:
    for name, test in ELSEWHERE.items():
        text = (CHECKOUT / test).read_text(encoding="utf-8")
        assert name in text or f"{name[:8]}*.md" in text, (name, test)


@pytest.fixture(scope="module")
def study(demo_study: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the invented study, loaded, that commands may write into."""
    folder = tmp_path_factory.mktemp("subjects") / "study"
    shutil.copytree(demo_study("embedded").folder, folder, ignore=shutil.ignore_patterns("lock", "*.lock", "server*"))
    held = lease(folder / ".journeys")
    yield folder
    held.release()


@pytest.mark.parametrize("name", [shown.path.name for shown in SUBJECTS if any(map(commands, shown.blocks))])
def test_the_commands_of_a_page_work(name: str, study: Path, tmp_path: Path, run_cli: Any) -> None:
    if name in ("instruments.md", "other_programs.md"):
        pytest.skip(f"{ELSEWHERE[name]} runs them, on the study that the page describes")
    for block in page(DOCS / name).blocks:
        for words in commands(block):
            if not f"journeys {' '.join(words)}".startswith(tuple(NEEDS_MORE)):
                # A form that is there already is not written again.
                apart = ["-o", tmp_path / str(block.line)] if words[0] == "forms" and "--update" not in words else []
                ended = run_cli(*words, *apart, cwd=study)
                assert ended.code == 0, (name, block.line, words, ended.stdout, ended.stderr)


@pytest.mark.parametrize("name", ["docs/notebooks.md", "docs/queries.md", "README.md"])
def test_the_python_of_a_page_runs(name: str, study: Path) -> None:
    blocks = [block for block in page(CHECKOUT / name).blocks if block.language == "python"]
    assert blocks
    for block in blocks:
        names: dict[str, object] = {"study": journeys.open(study)}
        exec(compile(block.text.replace('"my-study"', repr(str(study))), name, "exec"), names)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_settings_can_be_written_into_study_yaml(name: str, tmp_path: Path) -> None:
    shown = [block for block in page(DOCS / name).blocks if block.language == "yaml"]
    settings = [block for block in shown if "extends" not in block.text]
    assert settings
    for block in settings:
        (tmp_path / "study.yaml").write_text(
            yaml.safe_dump({"id": "s", "title": "S", **yaml.safe_load(block.text)}), encoding="utf-8"
        )
        (tmp_path / "registers.yaml").write_text("registers: 1\n", encoding="utf-8")
        assert journeys.open(tmp_path).check().clean, (name, block.line)


def test_the_guide_of_the_docs_can_be_told(study: Path, run_cli: Any) -> None:
    (example,) = [block for block in page(DOCS / "guides.md").blocks if block.language == "yaml"]
    (study / "guides" / "of-the-docs.yaml").write_text(example.text, encoding="utf-8")
    ended = run_cli("guide", "of-the-docs", cwd=study)
    assert ended.code == 0, ended.stderr
    assert "Two accounts of who wrote it" in ended.stdout
