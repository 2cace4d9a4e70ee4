"""``journeys merge``: who may be listed twice, and decisions that outlive reloads and can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import journeys
from journeys.model.likeness import organisations_alike, people_alike, words_of
from tests.commands import CliResult, run_here

REGISTERS = """\
registers: 1
sites:
  - {id: north, pseudonym: Northtown}
organisations:
  - {id: pct, pseudonym: Northtown Primary Care Trust, site: north}
  - {id: npct, pseudonym: NPCT, site: north}
  - {id: council, pseudonym: Northtown Council, site: north}
arenas:
  - {id: board, name: Commissioning Board}
people:
  - {id: JT, pseudonym: Jo Tan, designation: commissioner, organisation: pct, site: north}
  - {id: JT2, pseudonym: J. Tan, designation: Commissioner, organisation: pct, arenas: board}
  - {id: JT3, pseudonym: "Tan, Jo", designation: adviser, organisation: pct}
  - {id: AB, pseudonym: Ann Bell, designation: analyst, organisation: pct}
  - {id: MV, pseudonym: Mina V., organisation: council}
  - {id: MW, pseudonym: Mina W., organisation: council}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "twice"
    folder.mkdir()
    (folder / "study.yaml").write_text("id: twice\ntitle: Listed twice\n", encoding="utf-8")
    (folder / "registers.yaml").write_text(REGISTERS, encoding="utf-8")
    return folder


def merge(study: Path, *arguments: str, stdin: str = "") -> CliResult:
    return run_here(["merge", *arguments], study, {}, stdin)


def pairs(study: Path) -> set[tuple[str, str]]:
    told = merge(study, "--list", "--format", "json")
    assert told.code == 0, told.stderr
    return {tuple(sorted((row["kept"], row["other"]))) for row in json.loads(told.stdout)}  # type: ignore[misc]


def people(study: Path) -> int:
    return sum(row["label"] == "Actor" for row in stored(study))


def stored(study: Path) -> list[dict[str, str]]:
    with journeys.open(study).store() as store:
        return store.read("MATCH (n {study: $s}) RETURN labels(n)[0] AS label, n.id AS id", {"s": "twice"})


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jo Tan", "J. Tan", True), ("Jo Tan", "Tan, Jo", True), ("Dr Jo Tann", "Jo Tan", True),
        ("Jo Tan", "Tan", True),
        ("Mina V.", "Mina W.", False), ("Jo Tan", "Jo Bell", False), ("A. Tan", "J. Tan", False),
        ("Actor 1", "Actor 2", False),
    ],
)  # fmt: skip
def test_names_of_people(one: str, other: str, alike: bool) -> None:
    assert (people_alike(words_of(one), words_of(other)) >= 0.8) is alike
    assert people_alike(words_of(one), words_of(other)) == people_alike(words_of(other), words_of(one))


def test_names_of_organisations() -> None:
    assert organisations_alike(words_of("NPCT"), words_of("Northtown Primary Care Trust")) >= 0.8
    assert organisations_alike(words_of("Ward 1"), words_of("Ward 2")) == 0
    assert organisations_alike(words_of("Northtown Council"), words_of("Easthaven Council")) < 0.8


def test_likely_pairs_are_listed_with_their_reasons(study: Path) -> None:
    assert pairs(study) == {("JT", "JT2"), ("JT", "JT3"), ("JT2", "JT3"), ("npct", "pct")}
    told = merge(study, "--list", "--format", "csv").stdout
    assert "both of Northtown Primary Care Trust; same role" in told


@pytest.mark.usefixtures("processes")
def test_a_decision_is_applied_holds_through_others_and_can_be_undone(study: Path) -> None:
    assert run_here(["load"], study, {}).code == 0
    assert people(study) == 6
    assert merge(study, "JT", "JT2", "--as", "same", "--by", "XY", "--reason", "new post").code == 0
    assert merge(study, "JT2", "JT3", "--as", "same", "--by", "YZ", "--reason", "asked her").code == 0
    assert pairs(study) == {("npct", "pct")}
    loaded = run_here(["load"], study, {})
    assert loaded.code == 0, loaded.stdout + loaded.stderr
    assert people(study) == 4
    with journeys.open(study).store() as store:
        ties = store.read("MATCH (a:Actor {id: $id})-[r:MEMBER_OF]->(o) RETURN DISTINCT o.name AS name ORDER BY name",
                          {"id": "twice:actor:JT"})  # fmt: skip
    assert [row["name"] for row in ties] == ["Commissioning Board", "Northtown Primary Care Trust"]
    shown = " ".join(run_here(["show", "J. Tan"], study, {}).stdout.split())
    assert "J. Tan (JT2) is the same as Jo Tan (JT): decided by XY" in shown
    assert "It can be undone at decisions/merges.xlsx > Merges > " in shown
    assert "new post" in shown
    assert "asked her" in shown
    assert run_here(["load"], study, {}).code == 0  # nothing is parted by another load
    assert people(study) == 4

    assert merge(study, "JT", "JT2", "--as", "not-same", "--by", "XY", "--reason", "two people").code == 0
    assert run_here(["load", "--allow-removals"], study, {}).code == 0
    assert people(study) == 5
    assert "twice:actor:JT" in {row["id"] for row in stored(study)}


def decide(study: Path, one: str, other: str, verdict: str) -> CliResult:
    return merge(study, one, other, "--as", verdict, "--by", "XY", "--reason", f"{one} {verdict}")


def test_a_decision_that_contradicts_others_is_refused_before_it_is_written(study: Path) -> None:
    assert decide(study, "JT", "JT2", "same").code == 0
    assert decide(study, "JT2", "JT3", "same").code == 0
    written = (study / "decisions" / "merges.xlsx").read_bytes()
    told = decide(study, "JT", "JT3", "not-same")
    assert told.code == 2
    places = "decisions/merges.xlsx > Merges > G2 and decisions/merges.xlsx > Merges > G3"
    assert f"JT and JT3 cannot be two: {places} say otherwise." in told.stderr
    assert (study / "decisions" / "merges.xlsx").read_bytes() == written
    assert decide(study, "JT2", "JT3", "not-same").code == 0  # the team changes its mind
    assert decide(study, "JT", "JT3", "same").code == 2
    assert decide(study, "JT", "JT2", "undecided").code == 0
    assert decide(study, "JT", "JT3", "same").code == 0
    assert run_here(["check"], study, {}).code == 0


@pytest.mark.usefixtures("processes")
def test_what_was_decided_before_stays_in_the_workbook(study: Path) -> None:
    assert decide(study, "JT", "JT2", "same").code == 0
    assert decide(study, "JT2", "JT", "not-same").code == 0
    sheet = openpyxl.load_workbook(study / "decisions" / "merges.xlsx")["Merges"]
    told = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {"JT same", "JT2 not-same"} <= set(told)
    assert run_here(["load"], study, {}).code == 0
    assert people(study) == 6  # the last counts


def test_contradictory_decisions_are_refused_with_their_places(study: Path) -> None:
    for one, other, verdict in (("JT", "JT2", "same"), ("JT2", "JT3", "same"), ("JT", "AB", "not-same")):
        assert decide(study, one, other, verdict).code == 0
    path = study / "decisions" / "merges.xlsx"
    book = openpyxl.load_workbook(path)  # there anything can be written
    for cell in (cell for row in book["Merges"].iter_rows() for cell in row if cell.value == "AB"):
        cell.value = "JT3"
    book.save(path)
    told = run_here(["check", "--json"], study, {})
    assert told.code == 1
    (problem,) = [each for each in json.loads(told.stdout)["problems"] if each["kind"] == "contradiction"]
    assert problem["message"].count("decisions/merges.xlsx") == 2


def test_pairs_can_be_decided_in_a_workbook_and_at_the_terminal(study: Path) -> None:
    assert merge(study, "--workbook").code == 0
    assert (study / "decisions" / "merges.xlsx").is_file()
    assert len(pairs(study)) == 4  # no line of it is decided yet
    answered = merge(study, stdin="s\nXY\nthe same post\nn\ntwo people\nq\n")
    assert answered.code == 0, answered.stderr
    assert len(pairs(study)) < 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["JT"], "Name two entries"),
        (["JT", "pct", "--as", "same", "--by", "X", "--reason", "r"], "two people or two organisations"),
        (["JT", "Nobody", "--as", "same", "--by", "X", "--reason", "r"], "is not a person or organisation"),
        (["JT", "JT2", "--as", "same"], "Say who decides"),
    ],
)
def test_what_cannot_be_decided_is_said(study: Path, arguments: list[str], said: str) -> None:
    told = merge(study, *arguments)
    assert told.code == 2
    assert said in told.stderr


def test_a_decision_about_an_entry_that_is_gone_is_said(study: Path) -> None:
    assert merge(study, "JT", "JT2", "--as", "same", "--by", "XY", "--reason", "r").code == 0
    registers = study / "registers.yaml"
    registers.write_text(registers.read_text(encoding="utf-8").replace("id: JT2", "id: TJ"), encoding="utf-8")
    told = run_here(["check"], study, {})
    assert "There is no person 'JT2'" in " ".join(told.stdout.split())
