"""What a load leaves in the store, what a repetition writes, what is refused, and what is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from journeys.store.connection import Store, connect
from journeys.store.loading import bulk_load
from journeys.store.loading import load as loads
from journeys.store.loading.changes import Tally
from journeys.store.loading.load import LoadOutcome, LoadRequest, RemovalsRefused, load
from journeys.store.settings import resolve as settings
from tests.store.loading.made import SCHEMA, Said, staging

A, B = "tables/a.csv", "tables/b.csv"
SAM: Said = ("sam", "SUPPORTED", "d1", "yes")
LEE: Said = ("lee", "CONTESTED", "d1", "no")
NOTHING = Tally(0, 0, 0, 0, 0)
Files = Mapping[str, Sequence[Said]]


@pytest.fixture(scope="module")
def embedded_store(embedded_engine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path]]:
    work = tmp_path_factory.mktemp("loads") / "work"
    with connect(settings({}, environ={}), work) as store:
        yield store, work


class Loads:
    """Loads stagings into a study of a test's own, and tells what the store then holds of it."""

    def __init__(self, store: Store, work: Path, folder: Path, study: str) -> None:
        self.store, self._work, self._folder, self.study = store, work, folder, study

    def __call__(self, files: Files, scope: Sequence[str] | None = None, **options: bool) -> LoadOutcome:
        request = LoadRequest(
            self.study, {name: f"sha {name}" for name in files}, "Mina@desk", scope, by="Mina", **options
        )
        with staging(self._folder / "staging.sqlite", files, self.study) as made:
            return load(self.store, made, SCHEMA, request, self._work)

    def held(self) -> dict[str, list[str]]:
        """Names and claims of the study, in order."""
        nodes = "MATCH (n {study: $s}) WHERE NOT n:LoadRun AND NOT n:LoadLock RETURN n.name AS name ORDER BY name"
        claims = "MATCH (a {study: $s})-[r]->(b) RETURN a.name + ' ' + type(r) + ' ' + r.quote AS said ORDER BY said"
        return {
            "nodes": [row["name"] for row in self.store.read(nodes, {"s": self.study})],
            "claims": [row["said"] for row in self.store.read(claims, {"s": self.study})],
        }

    def runs(self) -> list[dict[str, Any]]:
        found = self.store.read("MATCH (n:LoadRun {study: $s}) RETURN n {.*} AS run ORDER BY n.id", {"s": self.study})
        return [row["run"] for row in found]


@pytest.fixture
def loader(embedded_store: tuple[Store, Path], tmp_path: Path, study_id: str) -> Loads:
    return Loads(*embedded_store, tmp_path, study_id)


def many(number: int, quote: str = "yes") -> list[Said]:
    return [(f"p{each}", "SUPPORTED", "d1", quote) for each in range(number)]


def test_a_first_load_a_repetition_and_a_change(loader: Loads, monkeypatch: pytest.MonkeyPatch) -> None:
    first = loader({A: [SAM, LEE]})
    assert (first.nodes, first.claims) == (Tally(3, 0, 0, 0, 0), Tally(2, 0, 0, 0, 0))
    both = {"nodes": ["Lee", "Paper d1", "Sam"], "claims": ["Lee CONTESTED no", "Sam SUPPORTED yes"]}
    assert loader.held() == both

    sent = _sent(loader, monkeypatch)
    again = loader({A: [SAM, LEE]})
    assert (again.nodes, again.claims) == (Tally(0, 0, 0, 0, 3), Tally(0, 0, 0, 0, 2))
    assert sent == []
    assert loader.held() == both

    changed = loader({A: [SAM, (*LEE[:3], "never")]})
    assert changed.claims == Tally(created=1, changed=0, moved=0, removed=1, unchanged=1)
    assert loader.held()["claims"] == ["Lee CONTESTED never", "Sam SUPPORTED yes"]
    assert len(sent) == 2  # one batch written, one removed

    runs = loader.runs()
    assert [run["who"] for run in runs] == ["Mina"] * 3
    assert [run["claims_created"] for run in sorted(runs, key=lambda run: run["id"])][-1] in (0, 1, 2)
    assert sorted((run["claims_created"], run["claims_removed"]) for run in runs) == [(0, 0), (1, 1), (2, 0)]
    assert all(run["files"] == [f"{A} sha {A}"] and run["finished"] for run in runs)


def _sent(loader: Loads, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that write or remove nodes or claims from now on; a load's own record is none of them."""
    found: list[str] = []

    def noted(real: Callable[..., Any]) -> Callable[..., Any]:
        def send(cypher: str, *parameters: Any) -> Any:
            if "LoadRun" not in cypher and "LoadLock" not in cypher:
                found.append(cypher)
            return real(cypher, *parameters)

        return send

    for name in ("write", "write_once"):
        monkeypatch.setattr(loader.store, name, noted(getattr(loader.store, name)))
    return found


def test_a_dry_run_counts_as_the_load_does_and_changes_nothing(loader: Loads) -> None:
    loader({A: [SAM, LEE]})
    before, later = loader.held(), {A: [SAM, ("zoe", "CONTESTED", "d2", "no")]}
    counted = loader(later, dry_run=True)
    assert counted.run is None
    assert loader.held() == before
    assert len(loader.runs()) == 1
    done = loader(later)
    assert (counted.nodes, counted.claims) == (done.nodes, done.claims)
    assert done.claims == Tally(created=1, changed=0, moved=0, removed=1, unchanged=1)
    assert done.nodes == Tally(created=2, changed=0, moved=0, removed=1, unchanged=2)
    assert loader.held()["nodes"] == ["Paper d1", "Paper d2", "Sam", "Zoe"]


def test_a_load_of_one_file_leaves_what_others_said(loader: Loads) -> None:
    """Sam stands in both files at first and in neither then; Lee only in the second, which is not loaded."""
    loader({A: [SAM], B: [SAM, LEE]})
    one = loader({A: [("sam", "CONTESTED", "d1", "no")], B: []}, scope=[A])
    assert one.claims.removed == 0
    assert loader.held()["claims"] == ["Lee CONTESTED no", "Sam CONTESTED no", "Sam SUPPORTED yes"]
    loader({A: [("sam", "CONTESTED", "d1", "no")], B: []})
    assert loader.held() == {"nodes": ["Paper d1", "Sam"], "claims": ["Sam CONTESTED no"]}


@pytest.mark.parametrize(
    ("kept", "gone", "refused"),
    [
        (2, 20, False),  # few enough, however large a part
        (2, 21, True),
        (399, 21, False),  # 21 of 420 is exactly 5 %
        (398, 21, True),
    ],
)
def test_more_than_20_and_more_than_5_per_cent_are_refused(loader: Loads, kept: int, gone: int, refused: bool) -> None:
    rows = many(kept + gone)
    loader({A: rows})
    before = loader.held()
    if not refused:
        assert loader({A: rows[:kept]}).claims.removed == gone
        return
    with pytest.raises(RemovalsRefused) as told:
        loader({A: rows[:kept]})
    assert f"would remove {gone} of the store's {kept + gone} claims" in str(told.value)
    assert f"p{kept} SUPPORTED d1" in str(told.value)
    assert "--allow-removals" in str(told.value)
    with pytest.raises(RemovalsRefused):
        loader({A: rows[:kept]}, dry_run=True)
    assert loader.held() == before
    assert loader({A: rows[:kept]}, allow_removals=True).claims.removed == gone
    assert len(loader.held()["claims"]) == kept


def test_many_removals_are_shown_in_part_with_how_many_more(loader: Loads) -> None:
    loader({A: many(45)})
    with pytest.raises(RemovalsRefused) as told:
        loader({A: many(2)})
    lines = str(told.value).splitlines()
    assert len([line for line in lines if " SUPPORTED d1" in line]) == 30
    assert "  … and 13 more" in lines


def test_a_node_that_another_claim_touches_stays(loader: Loads) -> None:
    """It is in no file any more, but a claim that is not this study's ends at it."""
    loader({A: [SAM, LEE]})
    loader.store.write(
        "MATCH (lee:Actor {study: $s, name: 'Lee'}) MERGE (d:Document {id: $other}) SET d.study = $other"
        " MERGE (d)-[:KEPT {id: $other}]->(lee)",
        {"s": loader.study, "other": f"{loader.study}-other"},
    )
    loader({A: [SAM]})
    assert "Lee" in loader.held()["nodes"]
    assert loader.held()["claims"] == ["Sam SUPPORTED yes"]


def test_two_studies_in_one_store_stay_apart(loader: Loads, embedded_store: tuple[Store, Path], tmp_path: Path) -> None:
    other = Loads(*embedded_store, tmp_path, f"{loader.study}-other")
    loader({A: [SAM, LEE]})
    other({A: [SAM]})
    other({A: []}, allow_removals=True)
    assert other.held() == {"nodes": [], "claims": []}
    assert len(loader.held()["claims"]) == 2


def test_a_small_batch_at_a_time_gives_the_same(loader: Loads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "ROWS_AT_ONCE", 3)
    loader({A: many(10)})
    assert len(set(loader.held()["claims"])) == len(loader.held()["claims"]) == 10
    loader({A: many(1)})
    assert loader.held()["claims"] == ["P0 SUPPORTED yes"]


@pytest.mark.parametrize("fill_from", [1, 10**9], ids=["by the engine's batch path", "by statements"])
def test_an_empty_store_is_filled_either_way_with_the_same(
    tmp_path: Path, embedded_folder: Path, monkeypatch: pytest.MonkeyPatch, fill_from: int
) -> None:
    monkeypatch.setattr(loads, "FILL_FROM", fill_from)
    filled: list[int] = []
    real = bulk_load.Filler.fill
    monkeypatch.setattr(bulk_load.Filler, "fill", lambda *given: filled.append(1) or real(*given))
    work = embedded_folder / "work"
    with connect(settings({}, environ={}), work) as store:
        loader = Loads(store, work, tmp_path, "s")
        outcome = loader({A: [SAM, LEE]})
        assert outcome.claims == Tally(2, 0, 0, 0, 0)
        assert loader.held()["claims"] == ["Lee CONTESTED no", "Sam SUPPORTED yes"]
        assert bool(filled) == (fill_from == 1)
        again = loader({A: [SAM, LEE]})
        assert again.nodes.written == again.claims.written == 0
        assert not (work / "filling").exists()
