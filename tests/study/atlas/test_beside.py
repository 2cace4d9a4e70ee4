"""Parts of an atlas that other processes write: the same bytes, and nothing is lost when a process fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.study.atlas import beside, parts
from tests.engines import ONLY_WITH_ALL


def _files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@ONLY_WITH_ALL
def test_other_processes_write_the_same_bytes(
    demo_study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = journeys.open(demo_study("embedded").folder)
    study.atlas(tmp_path / "here")
    monkeypatch.setattr(beside, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with monkeypatch.context() as nothing_is_written_here:
        for part in (parts.Drawings, parts.PagesToRead):
            nothing_is_written_here.setattr(part, "write", None)
        study.atlas(tmp_path / "beside")
    assert _files(tmp_path / "beside") == _files(tmp_path / "here")

    # A process that cannot do its work: all is written here.
    monkeypatch.setattr(beside, "__name__", "journeys.study.atlas.nothing")
    study.atlas(tmp_path / "failed")
    assert _files(tmp_path / "failed") == _files(tmp_path / "here")
