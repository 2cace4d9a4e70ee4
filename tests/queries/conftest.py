"""The demonstration study and small graphs, open in process on each of the three engines, once a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest

import journeys
from journeys.store.connection import Store, connect
from journeys.store.settings import resolve as settings
from tests.queries.asking import Asked
from tests.queries.small_graph import SmallGraph


class LoadedStudy(Protocol):
    """See tests/conftest.py."""

    @property
    def folder(self) -> Path: ...

    @property
    def env(self) -> Mapping[str, str]: ...


@pytest.fixture(scope="session")
def _opened() -> Iterator[Callable[[LoadedStudy], Asked]]:
    kept: dict[Path, Asked] = {}
    with ExitStack() as stack:

        def opened(study: LoadedStudy) -> Asked:
            if study.folder not in kept:
                with pytest.MonkeyPatch.context() as patch:
                    for name, value in study.env.items():
                        patch.setenv(name, value)
                    found = journeys.open(study.folder)
                kept[study.folder] = Asked(stack.enter_context(found.store()), found.id)
            return kept[study.folder]

        yield opened


@pytest.fixture
def asked(demo: LoadedStudy, _opened: Callable[[LoadedStudy], Asked]) -> Asked:
    """The demonstration study, to be asked, on each of the three engines in turn."""
    return _opened(demo)


@pytest.fixture
def demo_claims(asked: Asked) -> dict[str, dict[str, Any]]:
    """The claims of the demonstration study by their ids."""
    return asked.claims


@pytest.fixture(scope="session")
def _empty_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[LoadedStudy], Store]]:
    kept: dict[Path, Store] = {}
    with ExitStack() as stack:

        def opened(study: LoadedStudy) -> Store:
            if study.folder not in kept:
                work = tmp_path_factory.mktemp("small")
                kept[study.folder] = stack.enter_context(connect(settings({}, environ=dict(study.env)), work))
            return kept[study.folder]

        yield opened


@pytest.fixture
def empty_store(demo: LoadedStudy, _empty_stores: Callable[[LoadedStudy], Store]) -> Store:
    """A store beside that of the demonstration study, for studies of a test's own: another folder, or the same server.

    On each of the three engines in turn.
    """
    return _empty_stores(demo)


@pytest.fixture
def small(empty_store: Store, study_id: str) -> Iterator[tuple[SmallGraph, Asked]]:
    """An empty study to write a small graph into, and to ask, on each of the three engines in turn."""
    graph = SmallGraph(empty_store, study_id)
    yield graph, graph.asked
    graph.remove()
