"""The demonstration study as a graph, once a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import journeys
from journeys.analysis.claims.graph import study_graph


@pytest.fixture(scope="session")
def demo_graph(demo_study: Callable[[str], Any]) -> nx.MultiDiGraph:
    """The demonstration study out of the embedded store; the measures on it are the same whatever it came out of."""
    study = journeys.open(Path(demo_study("embedded").folder))
    with study.store() as store:
        return study_graph(store, study.id, study.schema)
