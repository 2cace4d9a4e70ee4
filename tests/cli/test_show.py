"""``journeys show`` at the command line, on each engine: text, JSON, files, references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def show(demo_study: Any, run_cli: Any) -> Any:
    """Runs the command on the demonstration study in the embedded store."""

    def run(*arguments: str | Path) -> Any:
        return run_cli("--study", demo_study("embedded").folder, "show", *arguments)

    return run


def test_a_filled_in_form_on_each_engine(demo: Any, run_cli: Any) -> None:
    told = run_cli("show", "d07", cwd=demo.folder, env=demo.env)
    assert told.code == 0, told.stderr
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[:2] == ["D07 Diabetes health needs assessment", "Document"]
    text = " ".join(lines)
    for said in (
        "What seems to be the main aim of the document? To make the case for a redesign of diabetes care. "
        "forms/INVENTED D07.xlsx > Content > B10",
        "Is there a difference? Not answered.",
        "The joint strategic needs assessment of 2010. General, p. 5",
        "[Nothing found] Ethnicity-specific, nothing found forms/INVENTED D07.xlsx > Content > C26",
        "it cites Joint strategic needs assessment verbatim, p. 5 purpose: background",
        "`journeys trace D07` shows its journey.",
    ):
        assert said in text


def test_all_engines_show_the_same(demo: Any, run_cli: Any, show: Any) -> None:
    for ref in ("D07", "MV", "obs-R1"):
        there = run_cli("show", ref, "--format", "json", cwd=demo.folder, env=demo.env).stdout
        assert json.loads(there) == json.loads(show(ref, "--format", "json").stdout)


def test_a_record_as_a_file_is_whole(show: Any, tmp_path: Path) -> None:
    assert show("MV", "-o", tmp_path / "mv.txt").stdout == ""
    assert "Did and said, by date" in (tmp_path / "mv.txt").read_text(encoding="utf-8")
    show("MV", "-o", tmp_path / "mv.json")
    record = json.loads((tmp_path / "mv.json").read_text(encoding="utf-8"))
    assert (record["label"], record["title"]) == ("Actor", "Mina V.")
    assert [section["title"] for section in record["sections"]][:2] == ["Roles and groups", "Did and said, by date"]


def test_what_cannot_be_shown_is_said(show: Any) -> None:
    told = show("Nothing of the sort")
    assert (told.code, told.stdout) == (1, "")
    assert "Nothing in this study is called 'Nothing of the sort'." in told.stderr
    told = show("Redesign")
    assert told.code == 1
    assert "R4: Redesign Group October 2011 (meeting)" in told.stderr
    assert show("D07", "--kind", "dokument").code == 2


def test_what_did_not_happen_is_said_before_what_it_was(show: Any) -> None:
    """On the page of the meeting it stood in grey behind "received", in bold."""
    told = " ".join(show("T1").stdout.split())
    assert "Reported not to have happened: Access Task Group received Race equality" in told
    assert told.count("eported not to have happened") == 1
