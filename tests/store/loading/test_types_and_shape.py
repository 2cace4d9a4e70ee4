"""Claims that change their type between loads, names that change, and a store that an earlier version filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from journeys.model.problems import Address
from journeys.model.records import Value
from journeys.staging.database import Staging
from journeys.store.connection import Store, connect
from journeys.store.loading.load import LoadOutcome, LoadRequest, load
from journeys.store.other_versions import refuse_another_shape
from journeys.store.settings import resolve
from journeys.store.shape import OutdatedStore, is_outdated
from tests.staging.test_database import D1, SCHEMA, SS, claim, node, people_and_papers

FORM = Address("forms/a.xlsx", "Who did what", "A4")
REGISTER = Address("registers.xlsx", "sources", "A2")
INTERVIEW = "s:data_source:i1"

Load = Callable[..., LoadOutcome]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def opened(work: Path, embedded_engine: None) -> Iterator[Store]:
    with connect(resolve({}, environ={}), work) as store:
        yield store


@pytest.fixture
def store(opened: Store) -> Iterator[Store]:
    yield opened
    opened.write("MATCH (n) WHERE n.study = 's' DETACH DELETE n")


@pytest.fixture
def loaded(store: Store, work: Path, tmp_path: Path) -> Load:
    """Loads one claim that Sam introduced D1, with these properties, by a source of this name."""

    def run(*, named: str = "Interview", scope: tuple[str, ...] | None = None, **said: Value) -> LoadOutcome:
        with Staging(tmp_path / "staging.sqlite", SCHEMA, "s") as staging:
            people_and_papers(staging)
            staging.add_node(node("DataSource", "i1", REGISTER, kind="interview", description=named))
            staging.add_claim(claim("INTRODUCED", SS, D1, FORM, source=INTERVIEW, **said))
            staging.finish(print)
            return load(store, staging, SCHEMA, LoadRequest("s", {}, "me", scope), work)

    return run


def held(store: Store) -> list[tuple[Any, ...]]:
    rows = store.read(
        "MATCH (:Actor {study: 's'})-[r]->(:Document) RETURN type(r) AS type, r.claim_kind AS kind, r.id AS id,"
        " r.source_title AS title ORDER BY type"
    )
    return [(row["type"], row["kind"], row["id"], row["title"]) for row in rows]


def test_a_claim_that_is_withdrawn_and_held_again_is_one_claim_all_the_time(store: Store, loaded: Load) -> None:
    loaded()
    ((_, _, claim_id, _),) = held(store)
    outcome = loaded(status="withdrawn")
    assert held(store) == [("WITHDRAWN", "INTRODUCED", claim_id, "Interview")]
    assert (outcome.claims.created, outcome.claims.changed, outcome.claims.removed) == (0, 1, 0)
    assert loaded(status="withdrawn").claims.written == 0
    loaded(status="to_follow_up")
    assert held(store) == [("INTRODUCED", None, claim_id, "Interview")]


def test_a_claim_that_turns_out_not_to_be_so_is_another_claim(store: Store, loaded: Load) -> None:
    loaded()
    ((_, _, stated, _),) = held(store)
    loaded(negated=True)
    ((type_, kind, denied, _),) = held(store)
    assert (type_, kind) == ("NOT_INTRODUCED", None)
    assert denied != stated


def test_a_new_name_of_the_source_comes_to_its_claims_whichever_file_is_loaded(store: Store, loaded: Load) -> None:
    loaded()
    outcome = loaded(named="Second interview", scope=("registers.xlsx",))
    assert [title for *_, title in held(store)] == ["Second interview"]
    assert outcome.claims.changed == 1
    assert loaded(named="Second interview").claims.written == 0


def test_a_store_of_an_earlier_version_is_recognised_and_rebuilt(store: Store, loaded: Load) -> None:
    assert not is_outdated(store, SCHEMA, "s")
    loaded(negated=True)
    new = held(store)
    refuse_another_shape(store, SCHEMA, "s")
    # as version 1 left it: the kind's own type, nothing where nobody said, and a run without a mark
    store.write("MATCH (run:LoadRun {study: 's'}) REMOVE run.shape")
    store.write(
        "MATCH (a:Actor {study: 's'})-[r:NOT_INTRODUCED]->(d:Document) CREATE (a)-[o:INTRODUCED]->(d) SET o = r {.*}"
        " REMOVE o.mode, o.confidence, o.scope, o.status, o.source_title SET o.content_hash = 'old' DELETE r"
    )
    assert [type_ for type_, *_ in held(store)] == ["INTRODUCED"]
    with pytest.raises(OutdatedStore, match="Run `journeys load` to rebuild it"):
        refuse_another_shape(store, SCHEMA, "s")
    # whatever is asked for, all of it is written again
    outcome = loaded(negated=True, scope=("registers.xlsx",))
    assert outcome.rebuilt
    assert held(store) == new
    refuse_another_shape(store, SCHEMA, "s")
    assert not loaded(negated=True).rebuilt
