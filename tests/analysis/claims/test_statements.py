"""How well a statement is borne out: by whom, and by how many kinds of source."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from journeys.analysis.claims.selection import Selection
from journeys.analysis.claims.statements import statements

CLAIM = {"type": "USED", "asserted": True, "mode": "verbatim", "confidence": "high", "status": "stated"}


def weaknesses(*claims: dict[str, Any]) -> set[str]:
    """What is said of the one statement that these claims make."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("ann", label="Actor", name="Ann")
    graph.add_node("paper", label="Document", name="Paper")
    for name, kind in (("int1", "interview"), ("int2", "interview"), ("obs", "observation")):
        graph.add_node(name, label="DataSource", name=name, kind=kind)
    for number, claim in enumerate(claims):
        graph.add_edge("ann", "paper", key=f"c{number}", id=f"c{number}", **(CLAIM | claim))
    (statement,), left = statements(graph, Selection())
    assert left == ()
    assert len(statement.claims) == len(claims)
    return set(statement.weaknesses)


@pytest.mark.parametrize(
    ("claims", "weak"),
    [
        # What no source says rests on no kind of source, whatever kind the form names.
        ([{"source_kind": "interview"}], {"no_source"}),
        ([{"source_kind": "interview"}, {"source_kind": "interview"}], {"no_source"}),
        ([{}], {"no_source"}),
        ([{"source": "int1"}], {"one_source", "one_kind"}),
        ([{"source": "int1"}, {"source": "int1"}], {"one_source", "one_kind"}),
        ([{"source": "int1"}, {"source": "int2"}], {"one_kind"}),
        ([{"source": "int1"}, {"source": "obs"}], set()),
        ([{"source": "int1", "mode": "interpretive"}], {"interpretive_only", "one_source", "one_kind"}),
        ([{"source": "int1", "mode": "interpretive"}, {"source": "obs"}], set()),
        ([{"source": "int1", "confidence": "low"}, {"source": "obs", "confidence": "low"}], {"low_confidence_only"}),
    ],
)
def test_what_a_statement_rests_on(claims: list[dict[str, Any]], weak: set[str]) -> None:
    assert weaknesses(*claims) == weak
