"""Queries, maps and study.yaml that an editor saved in another encoding: named, with what to do; never our mistake."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from journeys.cli.query import _written
from journeys.model.problems import UnreadableFile
from journeys.store.queries.library import read_library

ENCODINGS = pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
QUERY = "// Caf\u00e9\nRETURN 1 AS one\n"
MAP = "# Caf\u00e9\nmap: 1\nnodes: {who: {kind: Actor, find: either, each: name}}\nclaims: []\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("tables", "cypher"):
        (tmp_path / name).mkdir()
    (tmp_path / "study.yaml").write_text("id: s\ntitle: S\n", encoding="utf-8")
    (tmp_path / "tables" / "t.csv").write_text("name\nJo\n", encoding="utf-8")
    return tmp_path


def refused(told: Any, file: str) -> None:
    said = " ".join((told.stdout + told.stderr).split())
    assert told.code == 1
    assert file in said
    assert "Save it as UTF-8" in said
    assert "our mistake" not in said


@ENCODINGS
def test_a_query_file(study: Path, run_cli: Any, encoding: str) -> None:
    (study / "q.cypher").write_text(QUERY, encoding=encoding)
    refused(run_cli("cypher", "-f", "q.cypher", cwd=study), "q.cypher")


def test_the_shared_query(study: Path, run_cli: Any, shared_cases: Path) -> None:
    refused(run_cli("cypher", "-f", shared_cases / "inputs" / "q1252.cypher", cwd=study), "q1252.cypher")


@ENCODINGS
def test_a_query_that_is_piped_in(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    # As Python opens it in the C locale: what is not UTF-8 would come through as halves of characters.
    piped = io.TextIOWrapper(io.BytesIO(QUERY.encode(encoding)), encoding="utf-8", errors="surrogateescape")
    monkeypatch.setattr(sys, "stdin", piped)
    with pytest.raises(UnreadableFile, match="Save it as UTF-8"):
        _written(None)


@ENCODINGS
def test_a_query_of_the_study(study: Path, encoding: str) -> None:
    (study / "cypher" / "own.cypher").write_text(f"// title: t\u00e9\n{QUERY}", encoding=encoding)
    (problem,) = read_library(study / "cypher").problems
    assert problem.address.file == "cypher/own.cypher"
    assert problem.remedy == "Save it as UTF-8."


@ENCODINGS
def test_a_map(study: Path, run_cli: Any, encoding: str) -> None:
    (study / "tables" / "t.map.yaml").write_text(MAP, encoding=encoding)
    told = run_cli("check", cwd=study)
    refused(told, "tables/t.map.yaml")
    assert "at that line" not in told.stdout


@ENCODINGS
def test_the_study_file(study: Path, run_cli: Any, encoding: str) -> None:
    (study / "study.yaml").write_text("id: s\ntitle: Caf\u00e9\n", encoding=encoding)
    refused(run_cli("check", cwd=study), "study.yaml")


def test_a_mark_before_the_text_is_read_over(study: Path, run_cli: Any) -> None:
    for name, text in (("study.yaml", "id: s\ntitle: S\n"), ("tables/t.map.yaml", MAP)):
        (study / name).write_text(text, encoding="utf-8-sig")
    assert run_cli("check", cwd=study).code == 0


@pytest.mark.skipif(os.name == "nt", reason="arguments are text on Windows")
def test_words_of_the_command_line(study: Path, run_program: Any) -> None:
    told = run_program("trace", "D\udcff1", cwd=study)
    assert told.code == 2
    assert "'D\\xff1' holds bytes that are not text in UTF-8." in told.stderr
    # a locale that is not UTF-8, and a Python that is told not to care
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = run_program("trace", "Caf\u00e9", cwd=study, env=ascii_only)
    assert "Caf\u00e9" in told.stderr
    assert "our mistake" not in told.stderr
