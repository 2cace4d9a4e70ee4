"""`journeys doctor` on a machine where things are missing, and `journeys open` where there is no browser."""

from __future__ import annotations

import json
import sys
from email.message import Message
from importlib.metadata import distribution
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("embedded_engine")


def test_in_a_study_everything_is_tried(demo_study: Any, run_program: Any) -> None:
    folder = demo_study("embedded").folder
    found = run_program("doctor", "--format", "json", cwd=folder)
    assert found.code == 0, found.stderr
    told = json.loads(found.stdout)
    states = {each["what"]: each["state"] for each in told["results"]}
    assert told["sound"]
    assert {states[what] for what in ("Python", "Embedded store", "Study folder")} == {"works"}
    assert all(each["remedy"] or each["what"] == "Neo4j server" for each in told["results"] if each["state"] != "works")


def test_each_extra_is_told_with_what_it_is_for_and_how_to_get_it(
    run_cli: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        metadata = Message()
        requires = ("click>=8", 'click>=8; extra == "there"', 'no-such-library>=2; extra == "polars"')

    Installed.metadata["Provides-Extra"] = "there"
    Installed.metadata["Provides-Extra"] = "polars"
    monkeypatch.setattr("journeys.study.doctor._ask", lambda settings: None)
    real = distribution
    monkeypatch.setattr(
        "importlib.metadata.distribution", lambda name: Installed if name == "evidence-journeys" else real(name)
    )
    said = " ".join(run_cli("doctor", cwd=tmp_path).stdout.split())
    assert "works Extra 'there': installed" in said
    assert "not there Extra 'polars': no-such-library not installed, needed for tables in polars" in said
    assert 'pip install "evidence-journeys[polars]"' in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no address space")
def test_what_is_missing_is_said_with_its_remedy(run_program: Any, tmp_path: Any) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, before[1]))
    try:
        env = {"JOURNEYS_LIBREOFFICE": "", "NEO4J_URI": "bolt://127.0.0.1:1"}
        found = run_program("doctor", cwd=tmp_path, env=env)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert found.code == 1, found.stderr
    said = " ".join(found.stdout.split())
    assert "fails Embedded store: The embedded engine cannot start on this machine. Use a Neo4j server" in said
    assert "It was tried with an address space limited to 3.0 GB. Lift that limit" in said
    assert "fails Neo4j server bolt://127.0.0.1:1: bolt://127.0.0.1:1 cannot be reached" in said
    assert "No password is set: put it into NEO4J_PASSWORD." in said
    assert "Forms saved as .doc, .xls, .odt or .rtf cannot be read without it." in said
    assert "this folder is in no study `journeys new my-study` makes one." in said
    assert "Something that is needed does not work." in said


def test_a_broken_study_file_is_said(run_cli: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journeys.study.doctor._ask", lambda settings: None)
    (tmp_path / "study.yaml").write_text("id: s\ntitel: S\n", encoding="utf-8")
    found = run_cli("doctor", cwd=tmp_path)
    assert found.code == 1
    assert "fails Study folder: study.yaml" in " ".join(found.stdout.split())


def test_open_names_the_page_where_there_is_no_browser(
    demo_study: Any, run_cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    from pathlib import Path

    home = tmp_path / "out" / "atlas" / "index.html"
    opened: list[str] = []
    monkeypatch.setattr("journeys.study.study.Study.atlas", lambda study, **how: home)
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or len(opened) > 1)
    folder: Path = demo_study("embedded").folder
    first = run_cli("open", cwd=folder)
    assert (first.stdout.strip(), first.stderr.strip()) == (
        str(home),
        "No browser could be opened. Open that file in one.",
    )
    assert run_cli("open", cwd=folder).stderr.strip() == "It is open in your browser."
    assert opened == [home.as_uri()] * 2
