"""Reading changed forms alone gives just what reading everything gives, and is done where it does."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from journeys.interpret import changed_forms
from journeys.interpret.changed_forms import changed_since
from journeys.interpret.folder import open_folder
from journeys.interpret.kept.last_graph import GRAPH, SAID, last_graph
from journeys.interpret.kept.marks import study_mark
from journeys.interpret.read_study import read_study
from journeys.study.study import Study
from tests.engines import ONLY_LONG, ONLY_WITH_ALL
from tests.interpret.kept.form_edits import Form, edit_a_form, edit_something_else, invented_study, write_form
from tests.interpret.kept.test_incremental import in_a_new_folder, said, stored

_NODE = "SELECT id, label, content_hash, files FROM node ORDER BY id"
_CLAIM = "SELECT id, type, from_label, from_id, to_label, to_id, content_hash, files FROM claim ORDER BY id"
_VALUES = (
    "SELECT id, properties FROM node WHERE properties IS NOT NULL"
    " UNION ALL SELECT id, properties FROM claim WHERE properties IS NOT NULL"
)


@pytest.fixture(autouse=True)
def _of_ten_forms_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed_forms, "SHARE", 1)


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invented_study(tmp_path_factory.mktemp("read-once") / "study", forms_alone=True)
    assert not read_alone(folder)[0]
    return folder


@pytest.fixture
def study(read_once: Path, tmp_path: Path) -> Path:
    """A study of the test's own that has been read, with what is kept of it."""
    return shutil.copytree(read_once, tmp_path / "study")


def read(folder: Path, *, whole: bool) -> tuple[bool, dict[str, str], dict[str, Any]]:
    """Whether changed forms were read alone; the values that are staged, by id; and all else that a reading gives."""
    opened = open_folder(folder)
    with read_study(opened, mark=None if whole else study_mark(opened), whole=whole) as (staging, reading, result):
        found = {
            "nodes": staging.database.execute(_NODE).fetchall(),
            "claims": staging.database.execute(_CLAIM).fetchall(),
            "hashes": reading.hashes,
            **said(result),
        }
        return staging.lacks_values, dict(staging.database.execute(_VALUES)), found


def read_alone(folder: Path) -> tuple[bool, str]:
    """Read what changed, alone if that does, and compare it with all; returns whether it did, and what is different."""
    _, all_values, everything = read(folder, whole=True)
    alone, values, found = read(folder, whole=False)
    different = [name for name in found if found[name] != everything[name]]
    different += [identity for identity, value in values.items() if all_values.get(identity) != value]
    return alone, ", ".join(different)


def same_after_edits(folder: Path, chance: random.Random, edits: int) -> int:
    """Edit at random; returns how often changed forms were read alone."""
    alone = 0
    for number in range(edits):
        how = edit_something_else(folder, chance) if chance.random() < 0.1 else edit_a_form(folder, chance)
        done, different = read_alone(folder)
        assert not different, f"edit {number}, {how}: {different}"
        alone += done
    return alone


def test_after_random_edits_changed_forms_alone_say_what_all_say(study: Path) -> None:
    assert same_after_edits(study, random.Random(7), 10) >= 3


@ONLY_LONG
@pytest.mark.parametrize("seed", range(10))
def test_after_many_random_edits(tmp_path: Path, seed: int) -> None:
    folder = invented_study(tmp_path / "study", forms_alone=seed % 2 == 0)
    read_alone(folder)
    assert same_after_edits(folder, random.Random(seed), 40) >= 5


def form(folder: Path, number: str = "D11") -> Form:
    held: Form = yaml.safe_load((folder / "forms" / f"{number}.yaml").read_text("utf-8"))
    return held


def save(folder: Path, held: Form, number: str = "D11") -> None:
    write_form(folder / "forms" / f"{number}.yaml", held)


def quote(folder: Path, words: str, number: str = "D11") -> None:
    held = form(folder, number)
    held["who_did_what"][2]["quote"] = words
    save(folder, held, number)


def test_what_one_form_says_of_itself_is_read_alone(study: Path) -> None:
    quote(study, "They said so.")
    assert read_alone(study) == (True, "")
    held = form(study)
    held["document_content"]["quality_comments"] = {"answer": "Not sure of it."}
    save(study, held)
    quote(study, "And so did they.", "D07")
    assert read_alone(study) == (True, "")
    held["who_did_what"].pop()
    held["who_did_what"][0]["when"] = "never"  # which is no date: the check says so
    save(study, held)
    assert read_alone(study) == (True, "")


def test_a_form_that_contradicts_another_is_read_alone(study: Path) -> None:
    for number, mode in (("D07", "Verbatim"), ("D11", "Paraphrase")):
        held = form(study, number)
        held["who_did_what"].append(
            {"who": "AN", "did_what": "contested", "to_what": "D01", "source": "int-SS", "mode": mode}
        )
        save(study, held, number)
    assert read_alone(study)[1] == ""
    assert "conflicting_claim" in Study.open(study).check().problems.by_kind()
    quote(study, "They said so.")
    assert read_alone(study) == (True, "")
    held = form(study)
    held["who_did_what"][-1]["mode"] = "Verbatim"
    save(study, held)
    assert read_alone(study) == (True, "")
    assert "conflicting_claim" not in Study.open(study).check().problems.by_kind()


def new_name(held: Form) -> None:
    held["who_did_what"].append({"who": "Barrier: no money", "did_what": "acted on", "to_what": "clinic-data"})


def other_title(held: Form) -> None:
    held["header"]["name_of_document"] = "Review of all prescribing"


def other_number(held: Form) -> None:
    held["header"]["document_number"] = "D07"


def other_date(held: Form) -> None:
    held["header"]["date"] = "2015"


def nothing_left(held: Form) -> None:
    held.clear()
    held |= {"form": "document_extraction_template", "version": 1}


@pytest.mark.parametrize("edit", [new_name, other_title, other_number, other_date, nothing_left])
def test_what_bears_on_other_forms_is_not_read_alone(study: Path, edit: Any) -> None:
    held = form(study)
    edit(held)
    save(study, held)
    assert read_alone(study) == (False, "")


def test_a_changed_register_reaches_forms_that_did_not_change(study: Path) -> None:
    quote(study, "They said so.")
    registers = study / "registers.yaml"
    registers.write_text(registers.read_text("utf-8").replace("Ann N.", "Anna N."), encoding="utf-8")
    assert read_alone(study) == (False, "")


def test_what_is_kept_is_not_taken_over_when_it_is_in_doubt(study: Path, tmp_path: Path) -> None:
    quote(study, "They said so.")
    opened = open_folder(study)
    assert last_graph(opened, tmp_path / "copy") is not None
    for name in (GRAPH, SAID):
        kept = study / ".journeys" / name
        whole = kept.read_bytes()
        for other in (whole.replace(b"D11", b"D12"), whole[:-5], b""):
            kept.write_bytes(other)
            assert last_graph(opened, tmp_path / "copy") is None, name
        kept.write_bytes(whole)
    assert read_alone(study) == (True, "")


def test_the_next_day_a_date_after_today_may_no_longer_be_one(study: Path, tmp_path: Path) -> None:
    opened, yesterday = open_folder(study), str(date.today() - timedelta(days=1))
    kept, mark = last_graph(opened, tmp_path / "copy"), study_mark(opened)
    assert kept is not None
    assert changed_since(opened, replace(kept, day=yesterday), mark) == {}
    assert changed_since(opened, replace(kept, day=str(date.today() + timedelta(days=1))), mark) is None
    held = form(study)
    held["who_did_what"][0]["when"] = str(date.today().year + 1)
    save(study, held)
    assert read_alone(study) == (True, "")
    kept, mark = last_graph(opened, tmp_path / "copy"), study_mark(opened)
    assert kept is not None
    assert changed_since(opened, replace(kept, day=yesterday), mark) is None


@ONLY_WITH_ALL
@pytest.mark.usefixtures("processes")
def test_a_store_holds_after_changed_forms_what_a_new_one_does(study: Path) -> None:
    """Loads after a change, after a change that was checked first, and into a store that is gone."""
    Study.open(study).load()
    quote(study, "They said so.")
    outcome, _ = Study.open(study).load()
    assert (outcome.claims.changed + outcome.claims.created, outcome.claims.removed) != (0, 0)
    quote(study, "And so did they.", "D07")
    Study.open(study).check()
    held = form(study)
    held["who_did_what"].pop()
    save(study, held)
    Study.open(study).load()
    new = in_a_new_folder(study)
    Study.open(new).load()
    expected = stored(Study.open(new))
    assert stored(Study.open(study)) == expected
    with Study.open(study).store() as store:
        store.reset()
    quote(study, "They said so again.")
    quote(new, "They said so again.")
    Study.open(study).load()
    Study.open(new).load()
    assert stored(Study.open(study)) == stored(Study.open(new)) != expected
