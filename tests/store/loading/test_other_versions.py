"""Two versions of the program on one study, and a study.yaml or store of a newer one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import journeys
from journeys.store import other_versions, shape
from journeys.store.loading import load_runs
from tests.commands import RunCli
from tests.store.loading.voting_study import content, write_study, write_table

pytestmark = pytest.mark.usefixtures("embedded_engine")

Become = Callable[[str], None]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> Become:
    """Has the program be of another version."""

    def be(version: str) -> None:
        monkeypatch.setattr(load_runs, "__version__", version)
        monkeypatch.setattr(shape, "__version__", version)
        monkeypatch.setattr(other_versions, "__version__", version)

    return be


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write_study(tmp_path / "votes", 30)
    (tmp_path / "votes" / "tables" / "more.csv").write_text("who,paper,meeting,words\nA1,P1,M1,further words\n")
    (tmp_path / "votes" / "tables" / "more.map.yaml").write_text(
        (tmp_path / "votes" / "tables" / "votes.map.yaml").read_text()
    )
    return tmp_path / "votes"


def hash_differently(folder: Path) -> None:
    """Have the store hold what another version would have written of the same files."""
    with journeys.open(folder).store(any_shape=True) as store:
        store.write("MATCH ()-[r:CONTESTED]->() SET r.content_hash = 'other', r.quote = r.quote + '!'")


def test_an_older_version_loads_only_what_changed_and_says_so(study: Path, become: Become) -> None:
    become("0.3.0")
    outcome, _ = journeys.open(study).load()
    assert outcome.warning == ""
    hash_differently(study)
    before = content(study)
    become("0.2.10")
    for _ in range(3):  # also when it loaded last itself
        outcome, _ = journeys.open(study).load()
        assert "loaded by version 0.3.0 of journeys; this is version 0.2.10, which is older" in outcome.warning
        assert content(study) == before

    become("0.3.0")  # the note of the last load is of 0.2.10 now
    outcome, _ = journeys.open(study).load()
    assert "last loaded by version 0.2.10" in outcome.warning
    assert outcome.claims.changed > 30  # now they are written as this version writes them
    hash_differently(study)

    become("0.2.10")
    write_table(study, 30, "changed")
    journeys.open(study).load(allow_removals=True)
    with journeys.open(study).store() as store:
        rows = store.read("MATCH ()-[r:CONTESTED]->() RETURN r.file AS file, r.quote ENDS WITH '!' AS other")
    assert {row["file"]: row["other"] for row in rows} == {"tables/votes.csv": False, "tables/more.csv": True}


def test_the_same_version_says_nothing(study: Path) -> None:
    journeys.open(study).load()
    assert journeys.open(study).load()[0].warning == ""


def test_a_store_of_a_newer_version_is_refused_and_can_be_filled_again(study: Path, run_cli: RunCli) -> None:
    journeys.open(study).load()
    with journeys.open(study).store() as store:
        store.write("MATCH (run:LoadRun) SET run.shape = 99, run.version = '9.0'")
    for command in (["trace", "p1"], ["load"], ["atlas"]):
        ended = run_cli(*command, cwd=study)
        assert ended.code == 1
        assert ended.stderr.startswith("The store was filled by version 9.0 of journeys, in a way that this version")
        assert "pip install --upgrade evidence-journeys" in ended.stderr
    assert run_cli("store", "rebuild", cwd=study).code == 0
    assert run_cli("trace", "p1", cwd=study).code == 0


def test_a_newer_study_yaml_is_refused_with_one_sentence(study: Path, run_cli: RunCli) -> None:
    written = (study / "study.yaml").read_text()
    (study / "study.yaml").write_text(f"version: 1\n{written}")
    assert run_cli("check", cwd=study).code == 0
    (study / "study.yaml").write_text(f"version: 2\nsomething: new\n{written}")
    ended = run_cli("check", cwd=study)
    assert ended.code == 1
    assert "the file is of version 2, and this program reads up to version 1. Update the program" in ended.stderr
