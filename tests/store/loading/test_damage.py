"""An embedded store that lost or hides part of its files: said to readers, and made again by the next load."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import journeys
from journeys.store.embedded.contents import altered, unusable_files
from journeys.store.embedded.launcher import lease
from journeys.store.embedded.paths import Layout
from journeys.store.errors import StoreDamaged, StoreUnusable
from tests.engines import ONLY_LONG
from tests.store.loading.voting_study import content, write_study, write_table

pytestmark = pytest.mark.usefixtures("processes")

ROWS = 2_000


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[list[str], list[str]]]:
    """A loaded study whose engine is not running, and its content."""
    folder = tmp_path_factory.mktemp("damage") / "votes"
    write_study(folder, ROWS)
    journeys.open(folder).load()
    held = content(folder)
    journeys.open(folder).stop_store()
    return folder, held


def copy_of(folder: Path, where: Path) -> Path:
    """The study without its locks, which an engine that is stopping may be removing."""
    return shutil.copytree(folder, where / "votes", ignore=shutil.ignore_patterns("*.lock*"))


def database(folder: Path) -> Path:
    return Layout(folder / ".journeys").database


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def lose_schema(folder: Path) -> None:
    for path in database(folder).glob("schema*.json"):
        path.unlink()


def lose_bucket(folder: Path) -> None:
    next(database(folder).glob("CONTESTED_0.*.bucket")).unlink()


def cut_bucket(folder: Path) -> None:
    truncated(next(database(folder).glob("CONTESTED_0.*.bucket")))


def empty_bucket(folder: Path) -> None:
    next(database(folder).glob("Actor_0.*.bucket")).write_bytes(b"")


def overwrite_bucket(folder: Path) -> None:
    path = next(database(folder).glob("CONTESTED_0.*.bucket"))
    path.write_bytes(os.urandom(path.stat().st_size))


def lose_database(folder: Path) -> None:
    shutil.rmtree(database(folder))


def cut_names(folder: Path) -> None:
    """The file that holds the names of properties."""
    truncated(next(database(folder).glob("dictionary.*.dict")))


def lose_names(folder: Path) -> None:
    next(database(folder).glob("dictionary.*.dict")).unlink()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "damage",
    [
        lose_schema,
        cut_bucket,
        *(
            pytest.param(damage, marks=ONLY_LONG)
            for damage in (lose_bucket, empty_bucket, lose_database, cut_names, lose_names)
        ),
    ],
)
def test_a_damaged_store_is_said_and_made_again(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    original, clean = loaded
    folder = copy_of(original, tmp_path)
    damage(folder)
    study = journeys.open(folder)
    with pytest.raises(StoreDamaged, match="Run `journeys load`"):
        study.status()
    outcome, _ = study.load()
    assert outcome.remade
    assert content(folder) == clean
    assert not study.load()[0].remade
    study.stop_store()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def blank(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\x01" * min(64, len(data)) + data[64:])


def damages(folder: Path) -> list[tuple[Path, Callable[[Path], None]]]:
    """Each file of the engine's database, each in turn with another kind of damage."""
    files = sorted(each.relative_to(folder) for each in database(folder).iterdir() if each.is_file())
    files = [each for each in files if ".lock" not in each.name and (folder / each).stat().st_size]
    kinds = (flip, blank, truncated, Path.unlink)
    return [(each, kinds[number % len(kinds)]) for number, each in enumerate(files)]


@pytest.mark.timeout(600)
def test_no_file_of_a_stopped_store_is_altered_in_silence(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    original, clean = loaded
    every = damages(original)
    assert len(every) > 15
    for number, (name, damage) in enumerate(every):
        folder = copy_of(original, tmp_path / str(number))
        damage(folder / name)
        study = journeys.open(folder)
        with pytest.raises(StoreDamaged, match="Run `journeys load`"):
            study.status()
        if number == len(every) // 2:
            assert study.load()[0].remade
            assert content(folder) == clean
            study.stop_store()


@pytest.mark.parametrize(("damage", "kept"), [(flip, "users"), (Path.unlink, "users"), (truncated, "groups")])
def test_lost_accounts_of_the_engine_are_made_again(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path, damage: Callable[[Path], None], kept: str
) -> None:
    original, clean = loaded
    folder = copy_of(original, tmp_path)
    damage(getattr(Layout(folder / ".journeys"), kept))
    assert content(folder) == clean
    journeys.open(folder).stop_store()


def test_what_a_killed_engine_left_is_not_compared(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    folder = copy_of(loaded[0], tmp_path)
    layout = Layout(folder / ".journeys")
    assert altered(layout) == ""
    flip(next(layout.database.glob("Actor_0.*.bucket")))
    assert altered(layout) == ""  # an engine was started since, and did not stop


def test_a_store_whose_files_hold_nonsense_is_made_again(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    original, clean = loaded
    folder = copy_of(original, tmp_path)
    overwrite_bucket(folder)
    study = journeys.open(folder)
    outcome, _ = study.load()
    assert outcome.remade
    assert content(folder) == clean
    study.stop_store()


def test_a_store_with_every_claim_twice_is_made_again(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    original, clean = loaded
    folder = copy_of(original, tmp_path)
    study = journeys.open(folder)
    with study.store() as store:
        store.write("MATCH (a:Actor)-[r:CONTESTED]->(d:Document) CREATE (a)-[s:CONTESTED]->(d) SET s = r {.*}")
    study.stop_store()
    # As a program would leave it that does not note what the store holds.
    Layout(folder / ".journeys").contents.unlink()
    assert not study.check_store().matches
    outcome, _ = study.load()
    assert outcome.remade
    assert content(folder) == clean
    study.stop_store()


def test_a_store_that_lost_its_indexes_takes_changes_all_the_same(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    folder = copy_of(loaded[0], tmp_path)
    for path in database(folder).glob("*idx"):
        path.unlink()
    write_table(folder, ROWS + 30, "other")
    study = journeys.open(folder)
    study.load(allow_removals=True)
    clean = tmp_path / "clean" / "votes"
    write_study(clean, ROWS + 30)
    write_table(clean, ROWS + 30, "other")
    journeys.open(clean).load()
    assert content(folder) == content(clean)
    study.stop_store()
    journeys.open(clean).stop_store()


BY_HAND = {
    "a relationship": "MATCH (a:Actor {id: $who}) MATCH (d:Document {study: 'votes'}) WITH a, d LIMIT 1"
    " CREATE (a)-[:CONTESTED {quote: 'by hand'}]->(d)",
    "a node": "CREATE (:Actor {study: 'votes', name: $who})",
    "a claim's quote": "MATCH (:Actor {id: $who})-[r:CONTESTED]->() SET r.quote = 'by hand'",
    "a node's name": "MATCH (a:Actor {id: $who}) SET a.name = 'by hand'",
    "a value of no kind of ours": "MATCH (a:Actor {id: $who}) SET a.seen = true",
}


@contextmanager
def running(engine: Any, folder: Path) -> Iterator[None]:
    """The embedded engine kept running for the block, so that it does not start for each look at the store."""
    held = lease(folder / ".journeys") if engine.embedded else None
    try:
        yield
    finally:
        if held is not None:
            held.release()


@pytest.mark.parametrize(
    "written", [name if name == "a relationship" else pytest.param(name, marks=ONLY_LONG) for name in BY_HAND]
)
def test_what_was_written_by_hand_is_said_and_goes(engine: Any, tmp_path: Path, written: str) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 60)
    with pytest.MonkeyPatch.context() as patch, running(engine, folder):
        for name, value in engine.env.items():
            patch.setenv(name, value)
        study = journeys.open(folder)
        study.load()
        clean = content(folder)
        with study.store() as store:
            store.write(BY_HAND[written], {"who": "votes:actor:a1"})
        Layout(folder / ".journeys").contents.unlink(missing_ok=True)
        assert content(folder) != clean
        assert not study.check_store().matches
        study.rebuild_store()
        assert content(folder) == clean
        assert study.check_store().matches
        # a record without an id does not stand in the way of an ordinary load either
        with study.store() as store:
            store.write(BY_HAND["a relationship"], {"who": "votes:actor:a1"})
        Layout(folder / ".journeys").contents.unlink(missing_ok=True)
        study.load()
        assert content(folder) == clean
        study.stop_store()


def test_somebodys_own_relationships_are_left_alone(engine: Any, tmp_path: Path) -> None:
    folder = tmp_path / "votes"
    write_study(folder, 60)
    with pytest.MonkeyPatch.context() as patch, running(engine, folder):
        for name, value in engine.env.items():
            patch.setenv(name, value)
        study = journeys.open(folder)
        study.load()
        with study.store() as store:
            store.write(
                "MATCH (a:Actor {id: 'votes:actor:a1'}) MATCH (b:Actor {id: 'votes:actor:a2'})"
                " CREATE (a)-[:LOOK_AT_THIS]->(b)"
            )
        Layout(folder / ".journeys").contents.unlink(missing_ok=True)
        assert study.check_store().matches
        write_table(folder, 66, "plain")
        study.load()
        with study.store() as store:
            assert store.read("MATCH ()-[r:LOOK_AT_THIS]->() RETURN count(r) AS n") == [{"n": 1}]
        assert "LOOK_AT_THIS" not in study.status().store.claims
        study.stop_store()


def test_nothing_is_made_again_in_a_sound_store(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    original, clean = loaded
    folder = copy_of(original, tmp_path)
    study = journeys.open(folder)
    assert study.check_store().matches
    assert content(folder) == clean
    rebuilt = study.rebuild_store()
    assert rebuilt.claims.created == len(clean[1])
    assert content(folder) == clean
    study.stop_store()


@pytest.mark.skipif(os.name == "nt", reason="file permissions are other on Windows")
def test_the_store_of_another_account_is_not_opened(
    loaded: tuple[Path, tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    folder = copy_of(loaded[0], tmp_path)
    hidden = database(folder) / "schema.json"
    hidden.chmod(0)
    if os.geteuid() == 0:
        # Root may read everything, so another account looks at it.
        assert in_another_account(lambda: unusable_files(Layout(folder / ".journeys")) != [])
        return
    with pytest.raises(StoreUnusable, match="belongs to another account") as refused:
        journeys.open(folder).status()
    assert not isinstance(refused.value, StoreDamaged)


def in_another_account(holds: Callable[[], bool]) -> bool:
    """Whether something holds for the account of nobody, asked in a process of its own."""
    child = os.fork()
    if child == 0:
        answer = 2
        try:
            os.setuid(65534)
            answer = 0 if holds() else 1
        finally:
            os._exit(answer)  # whatever happens, this copy of the test's process ends here
    return os.waitpid(child, 0)[1] == 0
