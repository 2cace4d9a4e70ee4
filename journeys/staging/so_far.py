"""What was read so far, before it is merged: who describes a node, what is tied to what, how much is coded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from journeys.model.problems import Address
from journeys.model.records import Authority, Node
from journeys.staging.database import Staging

_CODED = """
SELECT tie.to_id, count(DISTINCT tie.from_id), count(DISTINCT coding.from_id)
FROM written AS tie LEFT JOIN written AS coding ON coding.kind = 'CODED_AS' AND coding.from_id = tie.from_id
WHERE tie.kind = :kind GROUP BY tie.to_id
"""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two nodes, and where it is written."""

    type: str
    start: str
    end: str
    address: Address


def described(staging: Staging, *labels: str) -> Iterator[Node]:
    """Each description of the nodes of these labels, the weightiest of a node first."""
    staging.flush()
    marks = ", ".join("?" * len(labels))
    rows = staging.database.execute(
        "SELECT label, id, properties, authority, file, sheet, cell, places FROM description"
        f" WHERE label IN ({marks}) ORDER BY id, authority, rowid",
        labels,
    )
    for label, identity, properties, authority, file, sheet, cell, places in rows:
        at = {name: Address(file, *place) for name, place in orjson.loads(places).items()}
        address = Address(file, sheet, cell)
        yield Node(label, identity, orjson.loads(properties), address, Authority(authority), at)


def tied(staging: Staging, *types: str) -> Iterator[Tie]:
    """Each tie of these types, in the order in which they were read."""
    staging.flush()
    marks = ", ".join("?" * len(types))
    rows = staging.database.execute(
        f"SELECT kind, from_id, to_id, file, sheet, cell FROM written WHERE kind IN ({marks}) ORDER BY rowid", types
    )
    yield from (Tie(kind, start, end, Address(*place)) for kind, start, end, *place in rows)


def coded_passages(staging: Staging, tie: str) -> dict[str, tuple[int, int]]:
    """How many passages each node has to which this type of tie leads from passages, and how many of them are coded."""
    staging.flush()
    rows = staging.database.execute(_CODED, {"kind": tie})
    return {identity: (passages, coded) for identity, passages, coded in rows}
