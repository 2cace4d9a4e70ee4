"""The files of an export: nothing is overwritten unasked, and nothing is left half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.exchange.target import TargetExists, written_aside
from journeys.model.problems import UsageProblem


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_there_when_all_are_whole(tmp_path: Path) -> None:
    nodes, ties = tmp_path / "out" / "nodes.csv", tmp_path / "out" / "ties.csv"
    with written_aside(nodes, ties) as (first, second):
        first.write_text("a", encoding="utf-8")
        second.write_text("b", encoding="utf-8")
        assert not nodes.exists()
    assert names(nodes.parent) == ["nodes.csv", "ties.csv"]
    assert ties.read_text(encoding="utf-8") == "b"


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    path.write_text("before", encoding="utf-8")

    def half() -> None:
        with written_aside(path, force=True) as (aside,):
            aside.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert names(tmp_path) == ["net.gexf"]
    assert path.read_text(encoding="utf-8") == "before"


def test_a_file_that_is_there_is_replaced_by_force_alone(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(TargetExists, match=r"net\.gexf is there already\. Add --force"), written_aside(path):
        pass
    with written_aside(path, force=True) as (aside,):
        aside.write_text("after", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "after"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"

    def both() -> None:
        with written_aside(path) as (aside,):
            aside.write_text("mine", encoding="utf-8")
            path.write_text("theirs", encoding="utf-8")

    with pytest.raises(TargetExists):
        both()
    assert names(tmp_path) == ["net.gexf"]
    assert path.read_text(encoding="utf-8") == "theirs"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="is a folder"), written_aside(tmp_path, force=True):
        pass
