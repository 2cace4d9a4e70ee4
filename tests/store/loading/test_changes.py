"""What a load has to do, worked out by hand for pairs of what was loaded and what is said now."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from journeys.model.progress import NoProgress
from journeys.staging.database import Staging
from journeys.store.loading import stored_rows
from journeys.store.loading.changes import CHANGED, MOVED, NEW, Changes, Tally
from tests.store.loading.made import SCHEMA, FakeStore, Said, staging

A, B = "tables/a.csv", "tables/b.csv"
SAM: Said = ("sam", "SUPPORTED", "d1", "yes")
LEE: Said = ("lee", "CONTESTED", "d1", "no")
ZOE: Said = ("zoe", "CONTESTED", "d2", "never")
Files = Mapping[str, Sequence[Said]]


class Compared:
    """A load worked out: the tallies, and what is new, changed, moved or gone, by short names."""

    def __init__(self, changes: Changes, now: Staging) -> None:
        self.changes, self.now = changes, now
        self.nodes, self.claims = changes.tally("node"), changes.tally("claim")

    def marked(self, change: str) -> set[str]:
        found = {short(node.id) for label, _ in self.changes.labels(change) for node in self.now.nodes(label, change)}
        for group in self.changes.groups(change):
            found |= {f"{short(c.from_id)} {c.type} {short(c.to_id)}" for c in self.now.claims(group, change)}
        return found

    def gone(self) -> set[str]:
        found = {short(node) for _, ids in self.changes.gone_nodes() for node in ids}
        for group, claims in self.changes.gone_claims():
            found |= {f"{short(claim.from_id)} {group.type} {short(claim.to_id)}" for claim in claims}
        return found


def short(node_id: str) -> str:
    return node_id.rpartition(":")[2]


@pytest.fixture
def compare(tmp_path: Path) -> Iterator[Any]:
    opened: list[Staging] = []

    def compared(before: Files, now: Files, scope: Sequence[str] | None = None, first_row: int = 2) -> Compared:
        with staging(tmp_path / "before.sqlite", before) as made:
            store: Any = FakeStore.holding(made)
        opened.append(staging(tmp_path / "now.sqlite", now, first_row=first_row))
        changes = Changes(opened[-1], SCHEMA, "s", scope)
        changes.compare(store, NoProgress())
        assert all(asked["study"] == "s" for asked in store.asked)
        return Compared(changes, opened[-1])

    yield compared
    for each in opened:
        each.close()


def test_into_an_empty_store_everything_is_new(compare: Any) -> None:
    found = compare({}, {A: [SAM, LEE]})
    assert found.nodes == Tally(created=3, changed=0, moved=0, removed=0, unchanged=0)
    assert found.claims == Tally(created=2, changed=0, moved=0, removed=0, unchanged=0)
    assert found.marked(NEW) == {"sam", "lee", "d1", "sam SUPPORTED d1", "lee CONTESTED d1"}
    assert found.gone() == set()


def test_the_same_again_is_no_work(compare: Any) -> None:
    found = compare({A: [SAM, LEE]}, {A: [SAM, LEE]})
    assert found.nodes == Tally(0, 0, 0, 0, unchanged=3)
    assert found.claims == Tally(0, 0, 0, 0, unchanged=2)
    assert found.nodes.written == found.claims.written == 0
    assert [found.marked(change) for change in (NEW, CHANGED, MOVED)] == [set()] * 3


def test_what_is_said_otherwise_is_another_claim_and_what_nobody_says_goes(compare: Any) -> None:
    """Lee's words changed; Zoe and her paper are no longer there."""
    found = compare({A: [SAM, LEE, ZOE]}, {A: [SAM, (*LEE[:3], "not at all")]})
    assert found.claims == Tally(created=1, changed=0, moved=0, removed=2, unchanged=1)
    assert found.nodes == Tally(created=0, changed=0, moved=0, removed=2, unchanged=3)
    assert found.marked(NEW) == {"lee CONTESTED d1"}
    assert found.gone() == {"lee CONTESTED d1", "zoe CONTESTED d2", "zoe", "d2"}


def test_rows_further_down_are_the_same_from_another_cell(compare: Any) -> None:
    found = compare({A: [SAM, LEE]}, {A: [SAM, LEE]}, first_row=9)
    assert found.claims == Tally(created=0, changed=0, moved=2, removed=0, unchanged=0)
    assert found.claims.written == 2
    assert found.marked(CHANGED) == set()


def test_a_node_described_otherwise_is_changed(tmp_path: Path) -> None:
    """Its title is another one, its place the same; everything else is as it was."""
    with staging(tmp_path / "before.sqlite", {A: [SAM]}) as before:
        store: Any = FakeStore.holding(before)
    store.nodes["Document"][0]["content_hash"] = "0" * 40
    with staging(tmp_path / "now.sqlite", {A: [SAM]}) as now:
        changes = Changes(now, SCHEMA, "s", None)
        changes.compare(store, NoProgress())
        found = Compared(changes, now)
        assert found.marked(CHANGED) == {"d1"}
        assert found.nodes == Tally(created=0, changed=1, moved=0, removed=0, unchanged=1)
        assert found.claims.written == 0
        assert changes.present("node") == 2


# -- a load of one file


def test_a_load_of_one_file_does_only_what_that_file_asks(compare: Any) -> None:
    """In both files something is new and something is gone; only the first is loaded."""
    before = {A: [SAM], B: [LEE]}
    now = {A: [("sam", "CONTESTED", "d1", "changed my mind")], B: [ZOE]}
    found = compare(before, now, scope=[A])
    assert found.marked(NEW) == {"sam CONTESTED d1"}
    assert found.gone() == {"sam SUPPORTED d1"}
    everything = compare(before, now)
    assert everything.gone() == {"sam SUPPORTED d1", "lee CONTESTED d1", "lee"}


def test_what_another_file_says_too_stays(compare: Any) -> None:
    """Both files said it, and neither does any more: a load of the first leaves it to the second."""
    before, now = {A: [SAM, LEE], B: [SAM]}, {A: [LEE], B: [ZOE]}
    assert compare(before, now, scope=[A]).gone() == set()
    assert compare(before, now, scope=[B]).gone() == set()
    assert compare(before, now, scope=[A, B]).gone() == {"sam SUPPORTED d1", "sam"}
    assert compare(before, now).gone() == {"sam SUPPORTED d1", "sam"}


def test_what_one_of_two_files_still_says_stays_and_names_that_file(compare: Any) -> None:
    found = compare({A: [SAM], B: [SAM]}, {A: [], B: [SAM]}, scope=[A])
    assert found.gone() == set()
    assert "sam SUPPORTED d1" in found.marked(MOVED)


def test_a_new_claim_brings_its_ends_although_another_file_describes_them(compare: Any, tmp_path: Path) -> None:
    """The second file is not loaded, but the claim of the first needs both its ends."""
    with staging(tmp_path / "x.sqlite", {B: [ZOE]}) as other:
        described = {short(node.id) for label, _ in other.labels() for node in other.nodes(label)}
    found = compare({}, {A: [("zoe", "SUPPORTED", "d2", "now yes")], B: [ZOE]}, scope=[A])
    assert described == {"zoe", "d2"}
    assert found.marked(NEW) == {"zoe", "d2", "zoe SUPPORTED d2"}


def some_rows(chance: random.Random) -> dict[str, list[Said]]:
    """A few rows in two files; of two such studies most rows are the same."""
    said = [(who, did, paper, "yes") for who in ("sam", "lee") for did in ("SUPPORTED", "CONTESTED") for paper in "ab"]
    return {file: [each for each in said if chance.random() < 0.7] for file in (A, B)}


def damaged(store: FakeStore, chance: random.Random) -> None:
    """What no load leaves behind: a lost hash, id or end, a claim that stands there twice, one of another type."""
    rows = [row for kept in (*store.claims.values(), *store.nodes.values()) for row in kept]
    for row in chance.sample(rows, min(len(rows), chance.randrange(3))):
        row[chance.choice(["content_hash", "id", "to_id"] if "type" in row else ["content_hash", "id"])] = None
    for claims in store.claims.values():
        claims += [dict(row, to_id=chance.choice([row["to_id"], None])) for row in claims if chance.random() < 0.1]
        claims += [dict(row, type="WITHDRAWN") for row in claims if chance.random() < 0.05]


def worked_out(now: Staging, store: Any, *, every_row: bool) -> dict[str, Any]:
    changes = Changes(now, SCHEMA, "s", None)
    changes.compare(store, NoProgress(), every_row=every_row)
    found: dict[str, Any] = {
        f"{table}s changed": sorted(now.database.execute(f"SELECT id, change FROM {table}_change"))
        for table in ("node", "claim")
    }
    for table in ("node", "claim"):
        found[f"{table}s"] = changes.present(table), changes.tally(table)
    for name, claims in (
        ("gone", changes.gone_claims()),
        ("doubled", changes.doubled_claims()),
        ("retyped", changes.retyped_claims()),
    ):
        found[name] = [(group, sorted(each, key=repr)) for group, each in claims]
    found["gone nodes"] = [(label, sorted(ids)) for label, ids in changes.gone_nodes()]
    beyond = (changes.surplus_nodes, changes.surplus_claims, changes.nameless_nodes, changes.stray_claims)
    return {**found, "beyond": beyond}


@pytest.mark.parametrize("most", [stored_rows.MOST_OTHERS, 1])
def test_what_is_known_by_its_hash_is_what_every_row_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(stored_rows, "MOST_OTHERS", most)
    for seed in range(60):
        chance = random.Random(seed)
        with staging(tmp_path / "before.sqlite", some_rows(chance)) as made:
            store: Any = FakeStore.holding(made)
        if seed % 2:
            damaged(store, chance)
        with staging(tmp_path / "now.sqlite", some_rows(chance), first_row=2 + (seed % 3 == 0)) as now:
            known, told = worked_out(now, store, every_row=False), worked_out(now, store, every_row=True)
        assert known == told, seed


def test_only_what_differs_is_asked_for_row_by_row(tmp_path: Path) -> None:
    with staging(tmp_path / "before.sqlite", {A: [SAM, LEE], B: [ZOE]}) as made:
        store: Any = FakeStore.holding(made)
    with staging(tmp_path / "now.sqlite", {A: [SAM, LEE], B: []}) as now:
        worked_out(now, store, every_row=False)
    asked = [asked["hashes"] for asked in store.asked if "hashes" in asked]
    assert [len(hashes) for hashes in asked] == [1, 1, 1]  # the person, the paper and the claim that are gone
