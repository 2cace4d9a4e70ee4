"""``journeys search`` at the command line: the words marked, tables, files, and what is said where nothing is found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest


@pytest.fixture
def search(demo_study: Any, run_cli: Any) -> Any:
    """Runs the command on the demonstration study in the embedded store."""

    def run(*arguments: str | Path) -> Any:
        return run_cli("--study", demo_study("embedded").folder, "search", *arguments)

    return run


def test_hits_with_words_marked_source_and_cell(search: Any) -> None:
    told = search("two buses", "--kind", "claim")
    assert told.code == 0, told.stderr
    text = " ".join(told.stdout.split())
    assert text.startswith('2 hits for "two buses": 2 claims')
    assert "“At least people will not need *two buses*.” Observation of the Redesign Group in June · verbatim" in text
    assert "forms/INVENTED D07.xlsx > Who did what > A11" in text


def test_words_apart_need_not_stand_together(search: Any) -> None:
    assert search("buses two").stdout.startswith('No hit for "buses two". By themselves: buses ')
    assert " hits for buses two" in search("buses", "two").stdout


def test_as_a_table_and_as_json(search: Any, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(search("testimony", "--format", "csv").stdout)))
    found = json.loads(search("testimony", "--format", "json").stdout)
    assert [row["id"] for row in rows] == [hit["id"] for hit in found["hits"]]
    assert found["total"] == len(rows) == sum(found["counts"].values())
    first = found["hits"][0]
    assert [first["text"][start:end].lower() for start, end in first["marks"]] == ["testimony"]
    assert search("testimony", "-o", tmp_path / "hits.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "hits.xlsx")["Hits"]
    assert sheet.max_row >= len(rows)


def test_more_hits_than_are_shown_are_counted(search: Any) -> None:
    told = search("the", "--rows", "3").stdout
    assert "more hits: add --rows N." in told
    assert "3. " in told
    assert "4. " not in told


def test_what_cannot_be_searched_is_said(search: Any) -> None:
    told = search("?!")
    assert (told.code, told.stdout) == (2, "")
    assert "There is no word to search for in '?!'." in told.stderr
    assert search("x", "--kind", "nonsense").code == 2
    assert "zzzz* finds all words that begin so." in " ".join(search("zzzz").stdout.split())
