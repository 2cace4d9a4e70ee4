"""Reading and loading again, with what is kept of earlier times, gives just what a new folder gives."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml

from journeys.instruments.excel.row_decisions import write_row_decisions
from journeys.instruments.summary_tables import shipped_summary_tables
from journeys.interpret.check import ProblemsFound
from journeys.interpret.folder import open_folder
from journeys.interpret.kept import last_reading, side_by_side
from journeys.interpret.kept.marks import study_mark
from journeys.interpret.read_study import read_study
from journeys.study.study import Study
from tests.engines import ONLY_LONG
from tests.interpret.kept.study_edits import EDITS, change_form, rename_person, small_mixed_study

DEMO = Path(__file__).parents[3] / "journeys" / "demo"


def prepared(tmp_path: Path) -> Path:
    """The study, and beside it a workbook of decisions that an edit may put into it."""
    rows = shipped_summary_tables().rows
    told = yaml.safe_load((DEMO / "decisions" / "summary-tables.yaml").read_text("utf-8"))
    write_row_decisions(tmp_path / "decided.xlsx", [{**line, "words": rows[line["row"]].text} for line in told])
    return small_mixed_study(tmp_path / "mixed")


def all_that_is_read(folder: Path) -> dict[str, Any]:
    """The staged graph, the problems and the report of every file."""
    opened = open_folder(folder)
    with read_study(opened, mark=study_mark(opened)) as (staging, reading, result):
        database: sqlite3.Connection = staging.database
        return {
            "nodes": list(database.execute("SELECT * FROM node ORDER BY id")),
            "claims": list(database.execute("SELECT * FROM claim ORDER BY id")),
            "hashes": reading.hashes,
            **said(result),
        }


def said(result: Any) -> dict[str, Any]:
    numbers = (result.nodes, result.claims, result.derived, result.repetitions, result.same_acts, result.repeated)
    return {
        "problems": list(result.problems),
        "counts": result.problems.counts(),
        "files": result.files,
        "numbers": numbers,
    }


def in_a_new_folder(folder: Path) -> Path:
    new = folder.parent / "new" / folder.name
    shutil.rmtree(new.parent, ignore_errors=True)
    shutil.copytree(folder, new, ignore=shutil.ignore_patterns(".journeys"))
    return new


def same_after_each_edit(folder: Path, chance: random.Random, edits: int) -> None:
    for number in range(edits):
        edit = chance.choice(EDITS)
        edit(folder, chance)
        expected = all_that_is_read(in_a_new_folder(folder))
        at = f"edit {number}: {edit.__name__}"
        # A check may take all of what was found before; a reading takes what is kept of each form.
        assert said(Study.open(folder).check()) == {name: expected[name] for name in said_names()}, at
        assert all_that_is_read(folder) == expected, at
        assert said(Study.open(folder).check()) == {name: expected[name] for name in said_names()}, at


def said_names() -> tuple[str, ...]:
    return ("problems", "counts", "files", "numbers")


def test_reading_again_finds_what_a_new_folder_gives(tmp_path: Path) -> None:
    same_after_each_edit(prepared(tmp_path), random.Random(16), 8)


def test_each_kind_of_edit_reaches_what_is_read(tmp_path: Path) -> None:
    """Every dependency once, however chance falls: a register, a decision, a map, a definition, study.yaml …"""
    folder = prepared(tmp_path)
    known = set()
    for seed, edit in enumerate(EDITS):
        before = study_mark(open_folder(folder)).digest
        Study.open(folder).check()
        for chance in range(seed, seed + 20):
            edit(folder, random.Random(chance))
            if study_mark(open_folder(folder)).digest != before:
                break
        else:
            known.add(edit.__name__)
        if seed % 3 == 0:
            assert said(Study.open(folder).check()) == said(Study.open(in_a_new_folder(folder)).check())
    assert not known, "these edits changed nothing that counts"


@ONLY_LONG
@pytest.mark.parametrize("seed", range(12))
def test_many_edits(tmp_path: Path, seed: int) -> None:
    same_after_each_edit(prepared(tmp_path), random.Random(seed), 15)


def stored(study: Study) -> list[Any]:
    """All nodes and relationships of the study in its store."""
    from journeys.store.cypher_templates import statement

    found: list[Any] = []
    with study.store() as store:
        for label in study.schema.nodes:
            rows = store.stream(statement(study.schema, "study_nodes", label=label), {"study": study.id})
            found += [(label, sorted(row["properties"].items(), key=repr)) for row in rows]
            text = (
                f"MATCH (a:{label} {{study: $study}})-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, r {{.*}} AS p"
            )
            for row in store.stream(text, {"study": study.id}):
                found.append((row["t"], row["a"], row["b"], sorted(row["p"].items(), key=repr)))
    return sorted(found, key=repr)


def same_store_after_each_edit(folder: Path, edits: list[Any], chance: random.Random) -> None:
    Study.open(folder).load()
    for edit in edits:
        edit(folder, chance)
        try:
            Study.open(folder).load(allow_removals=True)
            Study.open(folder).load(allow_removals=True)  # with nothing changed
        except ProblemsFound:
            continue
        new = in_a_new_folder(folder)
        Study.open(new).load()
        assert stored(Study.open(folder)) == stored(Study.open(new)), edit.__name__


@pytest.mark.usefixtures("processes")
def test_a_store_that_is_kept_up_to_date_holds_what_a_new_one_does(tmp_path: Path) -> None:
    same_store_after_each_edit(prepared(tmp_path), [rename_person], random.Random(1))


@ONLY_LONG
@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("seed", range(3))
def test_stores_after_many_edits(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    same_store_after_each_edit(prepared(tmp_path), chance.choices(EDITS, k=10), chance)


@pytest.mark.usefixtures("processes")
def test_forms_read_side_by_side_are_as_if_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepared(tmp_path)
    (folder / "forms" / "letter.txt").write_text("Dear all,\n", encoding="utf-8")
    (folder / "forms" / "D9.yaml").write_text("form: [", encoding="utf-8")
    (folder / "forms" / "D8.yaml").write_text("form: unknown_form\nversion: 1\n", encoding="utf-8")
    (folder / "forms" / "D7.xlsx").write_bytes(b"no workbook")
    expected = all_that_is_read(in_a_new_folder(folder))
    monkeypatch.setattr(side_by_side, "AT_LEAST", 2)
    monkeypatch.setattr(side_by_side, "_processors", lambda: 2)
    assert all_that_is_read(folder) == expected


def test_what_was_found_is_not_taken_over_when_anything_is_in_doubt(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    Study.open(folder).check()
    kept = folder / ".journeys" / last_reading.KEPT
    opened = open_folder(folder)
    assert last_reading.last_reading(opened, study_mark(opened)) is not None
    # Altered, cut short, or of another study.
    whole = kept.read_bytes()
    for other in (whole.replace(b"D1", b"D2"), whole[:-5], b"", b"\xff\xfe\n{}"):
        kept.write_bytes(other)
        assert last_reading.last_reading(opened, study_mark(opened)) is None
    kept.write_bytes(whole)
    change_form(folder, random.Random(99))
    assert last_reading.last_reading(opened, study_mark(opened)) is None
