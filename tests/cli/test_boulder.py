"""Real minutes of 41 council meetings, dirt and all, at the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

STUDY = Path(__file__).resolve().parents[1] / "real" / "boulder"


@pytest.fixture
def boulder(tmp_path: Path, shared_data: Path) -> Path:
    """The study with the data as they were published."""
    folder = tmp_path / "boulder"
    shutil.copytree(STUDY, folder)
    shutil.copyfile(shared_data / "boulder-minutes.json", folder / "boulder-minutes.json")
    return folder


@pytest.fixture
def repaired(boulder: Path, run_cli: Any) -> Path:
    """The study with the repaired copy in place of the data."""
    mended = run_cli("repair", "boulder-minutes.json", "repaired.json", cwd=boulder)
    assert mended.code == 0
    assert mended.stdout == "boulder-minutes.json > line 1062: left out a comma before the closing bracket ].\n"
    (boulder / "repaired.json").replace(boulder / "boulder-minutes.json")
    return boulder


def test_the_broken_json_is_shown_and_nothing_is_loaded(boulder: Path, run_cli: Any) -> None:
    checked = run_cli("check", cwd=boulder)
    assert checked.code == 1
    assert "boulder-minutes.json > line 1062, column 153: a comma before the closing bracket ]. Delete that comma." in (
        " ".join(checked.stdout.split())
    )
    assert "journeys repair" in checked.stdout
    loaded = run_cli("load", cwd=boulder)
    assert loaded.code == 1
    assert "Nothing was loaded" in loaded.stderr


def test_the_repaired_copy_loads_and_an_ordinance_is_traced(repaired: Path, engine: Any, run_cli: Any) -> None:
    loaded = run_cli("load", cwd=repaired, env=engine.env)
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    traced = run_cli("trace", "Ordinance 8483", "--format", "json", cwd=repaired, env=engine.env)
    journey = json.loads(traced.stdout)
    assert journey["document"]["title"] == "Ordinance 8483"
    days = [step["date_from"] for step in journey["steps"]]
    assert days == sorted(days)
    assert sorted(set(days)) == [
        "2021-08-10", "2021-09-09", "2021-11-16", "2022-01-01", "2022-02-15", "2022-08-11", "2022-08-18",
    ]  # fmt: skip
    steps = {(step["date_from"], step["type"]): sorted(w["name"] for w in step["who"]) for step in journey["steps"]}
    assert steps["2022-08-18", "INTRODUCED"] == ["Friend"]
    assert "Benjamin" in steps["2022-08-18", "SUPPORTED"]  # the seconder
    assert steps["2021-08-10", "CONTESTED"] == ["Nagle"]
    assert steps["2021-08-10", "SUPPORTED"] == ["Brockett", "Friend", "Swetlik", "Wallach", "Weaver", "Young"]
    assert steps["2021-09-09", "CONTESTED"] == ["Joseph", "Yates"]
    claim = next(step for step in journey["steps"] if step["type"] == "CONTESTED")["claims"][0]
    assert (claim["file"], claim["cell"]) == ("boulder-minutes.json", "[31].consent_agenda.nays[0]")


def test_names_are_cleaned(repaired: Path, run_cli: Any) -> None:
    assert run_cli("load", cwd=repaired).code == 0

    def names(query: str) -> list[str]:
        return [row["name"] for row in json.loads(run_cli("cypher", query, "--format", "json", cwd=repaired).stdout)]

    council = names("MATCH (a:Actor)-[:MEMBER_OF]->(:Arena) RETURN a.name AS name ORDER BY name")
    assert len(council) == 13
    everyone = names("MATCH (a:Actor) RETURN a.name AS name")
    assert not {"N/A", "None", "Brockett,", "NAN", "No motion made"} & set(everyone)
    six = names("MATCH (a:Actor)-[:ATTENDED]->(m:Meeting) WHERE m.name CONTAINS '2022-09-14' RETURN a.name AS name")
    assert sorted(six) == ["Brockett", "Friend", "Swetlik", "Wallach", "Weaver", "Young"]
    assert len(names("MATCH (m:Meeting) RETURN m.name AS name")) == 41
