"""A database of the Discourse Network Analyzer, from the file to claims; and files that cannot be one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from journeys.instruments.projects.dna import read_dna
from journeys.model.problems import UnreadableFile
from tests.cli.test_import_refi import words
from tests.commands import RunCli
from tests.instruments.projects.dna_files import write_dna, write_dna_2


def test_statements_become_claims_with_their_words(run_cli: RunCli, observed: Path, tmp_path: Path) -> None:
    """People and organisations of the registers are found; a concept that is a registered document is that one."""
    made = run_cli("import", "dna", write_dna(tmp_path / "debate.dna"), cwd=observed)
    assert made.code == 0, made.stderr
    told = words(made)
    assert "1 source, 2 codes, 5 selections, 5 codings" in told
    assert "3 statements" in told
    assert "agreement is not coded" in told
    assert "attributes of people" in told
    checked = run_cli("check", cwd=observed)
    assert checked.code == 0, checked.stdout
    assert run_cli("load", cwd=observed).code == 0
    asked = run_cli(
        "cypher",
        "MATCH (a)-[r]->(b) WHERE type(r) IN ['SUPPORTED', 'CONTESTED', 'MEMBER_OF'] AND r.cell CONTAINS 'characters' "
        "RETURN coalesce(a.pseudonym, a.name) AS who, type(r) AS did, coalesce(b.title, b.pseudonym) AS what, "
        "r.quote AS quote, r.date_from AS day, r.file AS file ORDER BY did, who",
        "--format",
        "csv",
        cwd=observed,
    ).stdout.splitlines()
    assert asked[1] == "Sam S.,CONTESTED,Two clinics are needed,the clinics cost too much,2011-06-08,imports/debate.dna"
    assert {line.partition(",")[0] for line in asked if "MEMBER_OF" in line} == {"Sam S.", "Mina V."}
    assert "Northtown Council,SUPPORTED,Needs assessment,The council kept silent,2011-06-08,imports/debate.dna" in asked
    assert sum("SUPPORTED" in line for line in asked) == 2
    shown = words(run_cli("show", "Clinics debated", cwd=observed))
    assert "imports/debate.dna > Clinics debated > characters" in shown
    assert "Author: A. Reporter" in shown

    listed = observed / "imports" / "debate.dna.yaml"
    listed.write_text(
        listed.read_text(encoding="utf-8").replace("concepts: Evidence", "concepts: Understanding"), encoding="utf-8"
    )
    assert "1 statement gave no claim" in words(run_cli("check", cwd=observed))


@pytest.mark.parametrize("roles", [False, True])
def test_versions_of_three_are_read_alike(tmp_path: Path, roles: bool) -> None:
    path = write_dna(tmp_path / "debate.dna", roles=roles)
    before = path.read_bytes()
    project = read_dna(path, name="debate.dna")
    assert [(each.people, each.organisations, each.agrees) for each in project.statements] == [
        (("Sam S.",), ("Northtown PCT",), False),
        (("Mina V.",), ("Community Voices",), True),
        ((), ("Northtown Council",), True),
    ]
    assert project.sources[0].date == "2011-06-08"
    assert [each.words for each in project.sources[0].selections][:2] == [
        "Invented Gazette",
        "the clinics cost too much",
    ]
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["debate.dna"]
    assert "secret" not in repr(project)


def test_control_characters_in_marked_words_are_left_out_and_said(tmp_path: Path) -> None:
    path = write_dna(tmp_path / "debate.dna")
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE DOCUMENTS SET Text = replace(Text, 'too much', 'too' || char(127) || 'much')")
        database.commit()
    project = read_dna(path, name="debate.dna")
    assert "the clinics cost toomuch" in [each.words for each in project.sources[0].selections]
    said = [loss for loss in project.tally.losses if "control characters" in loss.why]
    assert [(loss.element, loss.fate, loss.place) for loss in said] == [("statement", "changed", "ID 1")]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    good = write_dna(tmp_path / "good.dna").read_bytes()
    view = write_dna(tmp_path / "view.dna")
    with closing(sqlite3.connect(view)) as database:
        database.executescript(
            "DROP TABLE STATEMENTS; CREATE VIEW STATEMENTS AS WITH RECURSIVE n(ID) AS (SELECT 1 UNION ALL "
            "SELECT ID + 1 FROM n) SELECT ID, 1 AS DocumentId, 1 AS Start, 2 AS Stop, 1 AS Coder FROM n;"
        )
    for data, said in (
        (write_dna_2(tmp_path / "two.dna").read_bytes(), "version 2.0 beta 25"),
        (good[:5000], "damaged"),
        (b"PK\x03\x04", "not a database"),
        (view.read_bytes(), "no documents and statements"),
    ):
        path = tmp_path / "x.dna"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=said) as refused:
            read_dna(path, name="x.dna")
        if "version" in said:
            assert "Import from DNA 2.0 file" in str(refused.value)


def test_damage_beyond_what_is_read_ends_in_words(tmp_path: Path, run_program: Any) -> None:
    """One byte of the table's definition: the settings before it can be read, but not be closed again."""
    data = bytearray(write_dna(tmp_path / "d.dna").read_bytes())
    data[data.rindex(b"VARIABLES(ID INTEGER PRIMARY KEY") + 24] = 0xF2
    (tmp_path / "d.dna").write_bytes(data)
    (tmp_path / "study.yaml").write_text("id: s\ntitle: Small\n", encoding="utf-8")
    ended = run_program("import", "dna", "d.dna", cwd=tmp_path)
    assert (ended.code, "The database is damaged" in ended.stderr) == (1, True)
    assert "Traceback" not in ended.stderr
