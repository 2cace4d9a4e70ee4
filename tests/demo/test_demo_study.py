"""The demonstration study and the real example R1, as somebody gets them who has just heard of this."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import journeys.demo as demo_room
from journeys.model.schema import load_schema

INSTRUMENT_FORMATS = {
    "D": {".xlsx", ".yaml"},
    "obs": {".xlsx", ".docx", ".yaml", ".txt"},
    "int": {".xlsx", ".docx", ".yaml", ".txt"},
}


def forms(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / "forms").iterdir()) if path.name != "README.txt"]


def words(path: Path) -> str:
    """Everything a file holds, as text: of a zipped Office file all its parts, but for the time it was written."""
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as parts:
        names = [name for name in sorted(parts.namelist()) if name != "docProps/core.xml"]
        return "\n".join(f"{name}\n{parts.read(name).decode('utf-8', 'replace')}" for name in names)


# -- what is handed out


@pytest.mark.parametrize("which", ["demo", "r1"])
def test_it_is_clean(which: str, demo_study: Any, run_cli: Any) -> None:
    checked = run_cli("check", cwd=demo_study("embedded", which).folder)
    assert checked.code == 0
    assert "0 problems and 0 warnings" in checked.stdout


def test_every_file_says_that_it_is_invented(demo_study: Any) -> None:
    folder = demo_study("embedded").folder
    given = [*forms(folder), *(folder / "tables").glob("INVENTED*"), folder / "registers.xlsx", folder / "study.yaml"]
    assert len(given) == 32 + 2 + 2
    for path in given:
        assert "INVENTED" in words(path), path.name
    assert all(path.name.startswith("INVENTED ") for path in forms(folder))


def test_every_file_of_the_real_example_says_that_it_is_real(demo_study: Any) -> None:
    folder = demo_study("embedded", "r1").folder
    for path in [*forms(folder), folder / "registers.xlsx"]:
        assert "Real: from public pages only." in words(path), path.name
        assert "INVENTED" not in words(path), path.name
    assert "public pages" in words(folder / "study.yaml")


def test_forms_come_in_every_format_a_team_uses(demo_study: Any) -> None:
    for begins, formats in INSTRUMENT_FORMATS.items():
        found = {p.suffix for p in forms(demo_study("embedded").folder) if p.name.startswith(f"INVENTED {begins}")}
        assert found == formats


@pytest.mark.parametrize("which", ["demo", "r1"])
def test_writing_it_again_gives_the_same(which: str, demo_study: Any, tmp_path: Path) -> None:
    first, again = demo_study("embedded", which).folder, tmp_path / which
    (demo_room.write_demo if which == "demo" else demo_room.write_example)(again)
    for path in (path for path in again.rglob("*") if path.is_file()):
        before = first / path.relative_to(again)
        assert words(path) == words(before), path.name
        if path.suffix not in (".xlsx", ".docx"):
            assert path.read_bytes() == before.read_bytes()


def test_who_changes_the_story_gets_the_changed_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_cli: Any
) -> None:
    story = shutil.copytree(Path(demo_room.__file__).parent / "r1", tmp_path / "r1")
    form = story / "forms" / "D5.xlsx.yaml"
    form.write_text(
        form.read_text("utf-8").replace("did_what: cites, to_what: D4", "did_what: cites, to_what: D7"), "utf-8"
    )
    monkeypatch.setattr(demo_room, "_HERE", tmp_path)
    demo_room.write_example(tmp_path / "study")
    assert run_cli("load", cwd=tmp_path / "study").code == 0
    told = json.loads(run_cli("trace", "D5", "--format", "json", cwd=tmp_path / "study").stdout)
    assert [s["to"][0]["name"][:9] for s in [*told["steps"], *told["unplaced"]] if s["type"] == "CITED"] == [
        "Obstacles"
    ]


# -- what there is, counted in journeys/demo by hand

NODES = {
    "Site": 3,
    "CaseStudy": 6,
    "Organisation": 15,
    "Arena": 8,
    "Actor": 30,
    "Meeting": 20,
    "Document": 15,  # five in the register only
    "Evidence": 10,
    "DataSource": 34,  # 12 interviews, 8 observations, 10 documents with a form, the minutes of R2, 3 forms on a case
    "Action": 11,  # three of them tasks, and one that two people take outside a meeting
    "Driver": 4,
    "Factor": 6,  # one of them at two sites
    "Understanding": 6,
    "CycleElement": 5,
    "Finding": 214,  # ten in the table, ten in observation sheets, 8 in forms on a case, 186 in the summary tables
    "ResearchQuestion": 27,  # three in the table, 24 in the summary tables
    "Researcher": 2,
}
CLAIMS = {"CONTESTED": 14, "SUPPORTED": 13, "CHAMPIONED": 2, "RAISED": 6, "TOOK_AWAY": 4, "INVOLVED_IN": 9, "CITED": 15}


def test_it_holds_what_the_story_holds(demo: Any, run_cli: Any) -> None:
    status = json.loads(run_cli("status", "--format", "json", cwd=demo.folder, env=demo.env).stdout)
    nodes, claims = status["store"]["nodes"], status["store"]["claims"]
    assert {label: nodes.get(label) for label in NODES} == NODES
    assert {kind: claims.get(kind) for kind in CLAIMS} == CLAIMS
    # Votes come out of tables: tests/interpret/tables has abstentions and recusals.
    votes = {"ABSTAINED_ON", "RECUSED_FROM"}
    asserted = {kind.name for kind in load_schema().claims.values() if kind.asserted} - votes
    assert asserted - claims.keys() == set(), "a kind of claim that the demonstration study shows nowhere"


def test_what_only_a_researcher_says_is_the_researchers_word(demo: Any, run_cli: Any) -> None:
    """In every form: the extraction workbook, the observation sheet and the interview sheet."""
    query = (
        "MATCH ()-[r]->() WHERE r.study = 'demo' AND r.mode IN ['interpretive', 'researcher_comment'] "
        "RETURN r.claimed_by AS by, split(r.file, ' ')[1] AS form, count(*) AS n"
    )
    told = json.loads(run_cli("cypher", query, "--format", "json", cwd=demo.folder, env=demo.env).stdout)
    assert {row["by"] for row in told} == {"researcher"}
    assert {row["form"][:3] for row in told} == {"D07", "D31", "int", "obs"}


def test_a_passage_coded_in_a_workbook_and_in_word_is_one(demo: Any, run_cli: Any) -> None:
    query = (
        "MATCH (e:Extract)-[r:CODED_AS]->(c:Code {code: '6.7'}) WHERE e.text STARTS WITH 'We brought them forty women' "
        "RETURN e.id AS passage, r.coder AS coder, r.file AS file, r.remark AS remark ORDER BY coder"
    )
    told = json.loads(run_cli("cypher", query, "--format", "json", cwd=demo.folder, env=demo.env).stdout)
    assert [(row["coder"], row["file"], row["remark"]) for row in told] == [
        ("XY", "forms/INVENTED coding-XY.xlsx", None),
        ("YZ", "forms/INVENTED transcript int-MV.docx", "the women's group"),
    ]
    assert len({row["passage"] for row in told}) == 1
