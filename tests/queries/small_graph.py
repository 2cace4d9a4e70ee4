"""Small graphs for what a study can hold and the demonstration study does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from journeys.model.schema import Schema, load_schema
from journeys.store.connection import Store
from tests.queries.asking import Asked, Row
from tests.stored import as_stored


class SmallGraph:
    """A study that is written straight into a store: nodes by short names, claims as "ann INTRODUCED paper".

    A node's name is its short name; ``at_meeting`` and ``source`` of a claim are short names too. It is written when
    ``asked`` is asked.
    """

    def __init__(self, store: Store, study: str, schema: Schema | None = None) -> None:
        self._store, self._study, self._schema = store, study, schema or load_schema()
        self._labels: dict[str, str] = {}
        self._nodes: defaultdict[str, list[Row]] = defaultdict(list)
        self._claims: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        self._said = 0
        self.asked: Asked = _AskedOnceWritten(self)

    def nodes(self, label: str, /, *names: str, **properties: Any) -> None:
        """Nodes of one kind, all with the same properties."""
        for name in names:
            self._labels[name] = label
            self._nodes[label].append({**properties, "id": self.id(name), "study": self._study, "name": name})

    def claim(self, said: str, /, **properties: Any) -> str:
        """One claim; its id."""
        start, kind, end = said.split()
        self._said += 1
        held = {**properties, "id": f"{self._study}:claim:{self._said:02}", "study": self._study}
        held |= {name: self.id(held[name]) for name in ("at_meeting", "source") if name in held}
        stored, held = as_stored(kind, held, self._schema)
        ends = {"start": self.id(start), "end": self.id(end)}
        self._claims[self._labels[start], stored, self._labels[end]].append({**ends, "held": held})
        return str(held["id"])

    def claims(self, *said: str, **properties: Any) -> None:
        """Several claims, all with the same properties."""
        for one in said:
            self.claim(one, **properties)

    def id(self, name: str) -> str:
        """The id of a node by its short name."""
        return f"{self._study}:{self._schema.nodes[self._labels[name]].slug}:{name}"

    def write(self) -> None:
        """Bring what was added since into the store."""
        statements: list[tuple[str, Mapping[str, object]]] = [
            (f"UNWIND $rows AS held MERGE (n:{label} {{id: held.id}}) SET n = held", {"rows": rows})
            for label, rows in self._nodes.items()
        ]
        statements += [
            (
                f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
                f"MERGE (a)-[r:{kind} {{id: row.held.id}}]->(b) SET r = row.held",
                {"rows": rows},
            )
            for (start, kind, end), rows in self._claims.items()
        ]
        self._store.write_all(statements)
        self._nodes.clear()
        self._claims.clear()

    def remove(self) -> None:
        """Take the study out of the store."""
        self._store.write("MATCH (n {study: $study}) DETACH DELETE n", {"study": self._study})


class _AskedOnceWritten(Asked):
    def __init__(self, graph: SmallGraph) -> None:
        super().__init__(graph._store, graph._study)
        self._graph = graph

    def rows(self, name: str, given: Mapping[str, Any] | None = None) -> list[Row]:
        self._graph.write()
        return super().rows(name, given)
