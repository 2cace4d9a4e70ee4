"""``journeys storyline`` at the command line: as a table, a page and a picture; kept between commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def storyline(demo_study: Any, run_cli: Any) -> Any:
    """Runs the command on the demonstration study in the embedded store."""

    def run(*arguments: str | Path) -> Any:
        return run_cli("--study", demo_study("embedded").folder, "storyline", *arguments)

    return run


def test_a_site_as_a_table_on_each_engine(demo: Any, run_cli: Any) -> None:
    told = run_cli("storyline", "Northtown", cwd=demo.folder, env=demo.env)
    assert told.code == 0, told.stderr
    assert "7 people, 6 meetings, based on 48 claims. Fewest crossings: 0 (proved)." in told.stdout
    assert "No source says who was there: 1 meeting (Commissioning Board November 2011)." in told.stdout
    assert "Not counted: 1 claim, reported not to have happened." in told.stdout


def test_a_case_study_as_json_alone_on_standard_output(storyline: Any) -> None:
    told = storyline("north.diabetes", "-o", "-", "--format", "json")
    held = json.loads(told.stdout)
    assert held["place"]["name"] == "Northtown diabetes redesign"
    [april] = [each for each in held["meetings"] if each["title"] == "Redesign Group April 2011"]
    assert april["date_from"] == "2011-04-06"
    contested = {part["id"] for part in april["people"] if -1 in part["sides"]}
    assert contested == {"demo:actor:LB", "demo:actor:MV"}
    said = {claim for part in april["people"] for claim in (*part["there"], *part["did"])}
    assert said <= held["claims"].keys()


def test_the_picture_is_the_same_each_time_and_also_where_what_was_kept_is_damaged(
    storyline: Any, demo_study: Any, tmp_path: Path
) -> None:
    kept = demo_study("embedded").folder / ".journeys" / "storylines"
    assert storyline("east", "-o", tmp_path / "first.svg").code == 0
    files = list(kept.glob("*.json"))
    assert files
    for file in files:
        file.write_text('{"orders": [[0, 0]], "bound": 0}', encoding="utf-8")
    assert storyline("east", "-o", tmp_path / "second.svg").code == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("first.svg", "second.svg"))
    assert first == second
    drawing = ElementTree.fromstring(first)
    titles = [text.text for text in drawing.iter(f"{SVG}title")]
    assert any(
        title and title.startswith("Partnership May 2011, ") and "Tom S.: contested" in title for title in titles
    )


def test_an_unknown_place_lists_those_there_are(storyline: Any) -> None:
    told = storyline("Nowhere")
    assert told.code == 1
    assert "'Nowhere' is not a site or a case study in this study." in told.stderr
