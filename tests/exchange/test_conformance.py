"""docs/conformance.md is true: each cell is what another program's library finds in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.exchange.formats import FEATURES, FORMATS, How
from journeys.exchange.network import Network, Node, Tie, Types, listed_network
from journeys.exchange.write import write_network
from tests.exchange.readers import READERS

_SPRING = {"date_from": "2011-03-01", "date_to": "2011-05-31", "date_text": "spring 2011"}
_SOURCE = {"source": "s:o:obs-1", "mode": "verbatim", "confidence": "high", "file": "forms/D07.xlsx", "cell": "A9"}
_ONE = {**_SPRING, **_SOURCE, "quote": "we need it", "polarity": 1, "note": "doubtful"}
_TWO = {"quote": "we need it too", "polarity": 1, "mode": "paraphrase"}

NODES = {
    "s:a:A": ("Ann", "Actor", {"note": "in doubt"}),
    "s:a:B": ("Bo", "Actor", {}),
    "s:c:K": ("Code X7", "Code", {"code": "X7"}),
    "s:d:D": ("Needs assessment", "Document", {}),
    "s:m:M": ("March meeting", "Meeting", {"date_from": "2011-03-09", "date_to": "2011-03-09"}),
    "s:x:P": ("A passage", "Extract", {}),
}
CLAIMS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "c1": ("s:a:A", "s:d:D", "SUPPORTED", _ONE),
    "c2": ("s:a:A", "s:d:D", "SUPPORTED", _TWO),
    "c3": ("s:a:A", "s:d:D", "CONTESTED", {"polarity": -1, "date_from": "2011-06-01"}),
    "c4": ("s:x:P", "s:c:K", "CODED_AS", {}),
    "c5": ("s:a:B", "s:m:M", "ATTENDED", {"date_from": "2011-03-09", "date_to": "2011-03-09", "polarity": 0}),
    "c6": ("s:a:A", "s:a:B", "agrees", {"polarity": 1}),
}  # fmt: skip
EXPECTED: dict[str, Any] = {
    "nodes": {node: (name, type_) for node, (name, type_, _) in NODES.items()},
    "parallel claims": ["c1", "c2", "c3"],
    "direction": ("mixed", sorted((start, end) for start, end, *_ in CLAIMS.values())),
    "polarity": {claim: float(held["polarity"]) for claim, (*_, held) in CLAIMS.items() if "polarity" in held},
    "uncertain dates": {
        claim: (held["date_from"], held.get("date_to"), held.get("date_text"))
        for claim, (*_, held) in CLAIMS.items()
        if "date_from" in held
    },
    "quotations": {"c1": ("we need it",), "c2": ("we need it too",)},
    "codes": [("s:x:P", "s:c:K")],
    "notes": ({"c1": ("doubtful",)}, {"s:a:A": "in doubt"}),
    "sources": {
        "c1": ("s:o:obs-1", "verbatim", "high", "forms/D07.xlsx", "A9"),
        "c2": (None, "paraphrase", None, None, None),
    },
}


def sample() -> Network:
    types = Types(), Types()
    nodes = [Node(key, name, type_, types[0].plain(held.items())) for key, (name, type_, held) in NODES.items()]
    ties = [
        Tie(
            key,
            start,
            end,
            relation,
            relation.lower(),
            relation != "agrees",
            1,
            held.get("date_from"),
            held.get("date_to"),
            types[1].plain(held.items()),
            event=relation in ("SUPPORTED", "CONTESTED", "ATTENDED"),
            meeting="s:m:M" if key in ("c1", "c2", "c5") else None,
        )
        for key, (start, end, relation, held) in CLAIMS.items()
    ]
    return listed_network(nodes, ties, types, title="Sample", noun="claim", directed=None)


@pytest.mark.parametrize("format_", FORMATS)
def test_each_cell_is_what_a_reader_finds(format_: str, tmp_path: Path) -> None:
    wanted = FORMATS[format_]
    path = tmp_path / f"sample.{wanted.ending}"
    made = write_network(sample(), wanted, path)
    seen = READERS[format_](path)
    found = {
        feature: How.LOST if seen[feature] is None else How.KEPT if seen[feature] == EXPECTED[feature] else How.CHANGED
        for feature in FEATURES
    }
    assert found == {feature: cell.how for feature, cell in wanted.features.items()}, seen
    lost = [feature for feature, how in found.items() if how is How.LOST]
    assert all(feature in made.said[-1] for feature in lost), made.said
    assert all(cell.words for cell in wanted.features.values() if cell.how is How.CHANGED)
