"""Networks with everything that a format may trip over, and a study held open."""

from __future__ import annotations

import pytest

from journeys.exchange.network import Network, Node, Tie, Types, listed_network

STRANGE = 'Ann "the \x0bbell" <O\u2019Neil> & \ud800co\n=1+1'


@pytest.fixture
def strange() -> Network:
    """Parallel claims, names that differ in case alone, control characters, open dates, mixed direction and types."""
    types = Types(), Types()
    nodes = [
        Node("s:actor:A", "Ann", "Actor", types[0].plain({"note": STRANGE, "observed": True, "row": 3}.items())),
        Node("s:actor:a", "ann", "Actor", types[0].plain({"row": 2.5}.items())),
        Node("s:document:D1", "", "Document", {}),
    ]
    quote = {"polarity": 1, "quote": STRANGE, "date_from": "2011-03-01", "date_to": "2011-03-31"}
    ties = [
        Tie("c1", "s:actor:A", "s:document:D1", "SUPPORTED", "supported", True, 1, "2011-03-01", "2011-03-31",
            types[1].plain(quote.items())),
        Tie("c2", "s:actor:A", "s:document:D1", "SUPPORTED", "supported", True, 1, None, "2011-03-31",
            types[1].plain({"polarity": 1, "derived_from": ["c1", "c3"]}.items())),
        Tie("c3", "s:actor:A", "s:document:D1", "NOT_CONTESTED", "not: contested", True, 1, None, None,
            types[1].plain({"negated": True}.items())),
        Tie("c4", "s:actor:A", "s:actor:a", "agrees", "took the same side as", False, 2, None, None, {}),
    ]  # fmt: skip
    return listed_network(nodes, ties, types, title="Strange", about="Invented.", noun="claim", directed=None)
