"""What was read, kept in one temporary SQLite file between reading and loading.

Reading streams into it, so a table of any size is checked whole before a row is loaded, and memory stays small. It
merges the descriptions of one node, counts exact repetitions of a claim, gives a claim its meeting's date, and adds the
claims that follow from others. What it holds in the end is what the store should hold.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from journeys.interpret.settling import Settled, settle
from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.identity import stored_json
from journeys.model.problems import Report
from journeys.model.records import Claim, Node, PropertyModels, Value
from journeys.model.schema import Schema

_TABLES = """
CREATE TABLE description (
    id TEXT, label TEXT, authority INTEGER, properties TEXT, file TEXT, sheet TEXT, cell TEXT
);
CREATE TABLE node (
    id TEXT PRIMARY KEY, label TEXT, properties TEXT, content_hash TEXT, said_hash TEXT, files TEXT
) WITHOUT ROWID;
CREATE TABLE claim (
    id TEXT PRIMARY KEY, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    properties TEXT, content_hash TEXT, said_hash TEXT, files TEXT
) WITHOUT ROWID;
CREATE TABLE written (
    id TEXT, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    properties TEXT, at_meeting TEXT, dated INTEGER, file TEXT, sheet TEXT, cell TEXT
);
"""

_AT_ONCE = 5_000
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one kind between two labels: the unit in which they are loaded."""

    from_label: str
    type: str
    to_label: str
    count: int


@dataclass(frozen=True, slots=True)
class StagedNode:
    """A node as it should stand in the store; ``properties`` are all that is stored, dates as ``date``."""

    id: str
    label: str
    properties: dict[str, Value]
    content_hash: str


@dataclass(frozen=True, slots=True)
class StagedClaim:
    """A claim as it should stand in the store; ``properties`` are all that is stored, dates as ``date``."""

    id: str
    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: dict[str, Value]
    content_hash: str


class Staging:
    """A study's nodes and claims on their way to the store, in the SQLite file ``path``, which is made anew.

    First ``add_node`` and ``add_claim`` in any order, then ``finish`` once, then read. Close it when done.
    """

    def __init__(self, path: Path, schema: Schema, study: str) -> None:
        self.path, self._schema, self._study = path, schema, study
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        # The file is scratch: lost with the process, made again by the next.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.executescript(_TABLES)
        self._models = PropertyModels(schema)
        self._descriptions: list[tuple[Any, ...]] = []
        self._written: list[tuple[Any, ...]] = []
        self._described: set[tuple[str, str | None, int]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and delete it."""
        self._database.close()
        self.path.unlink(missing_ok=True)

    # -- filling

    def add_node(self, node: Node) -> None:
        """One file's description of a node."""
        properties = stored_json(node.properties)
        seen = (node.id, node.address.file, hash(properties))
        if seen in self._described:
            return
        if len(self._described) >= _REMEMBERED:
            self._described.clear()
        self._described.add(seen)
        address = node.address
        self._descriptions.append(
            (node.id, node.label, int(node.authority), properties, address.file, address.sheet, address.cell)
        )
        if len(self._descriptions) >= _AT_ONCE:
            self._flush()

    def add_claim(self, claim: Claim) -> None:
        """One claim by one source. Raises ValidationError (pydantic) for properties its kind does not have."""
        properties = claim.properties
        self._models[claim.type].__pydantic_validator__.validate_python(properties)
        address = claim.address
        self._written.append(
            (
                claim.id,
                claim.type,
                claim.from_label,
                claim.from_id,
                claim.to_label,
                claim.to_id,
                stored_json(properties),
                properties.get("at_meeting"),
                "date_text" in properties or "date_from" in properties or "date_to" in properties,
                address.file,
                address.sheet,
                address.cell,
            )
        )
        if len(self._written) >= _AT_ONCE:
            self._flush()

    def finish(self, report: Report) -> Settled:
        """Merge, date, derive. Reports what does not fit together; afterwards the staging can be read."""
        self._flush()
        totals = settle(self._database, self._schema, self._study, report)
        self._database.execute("DROP TABLE description")
        self._database.execute("DROP TABLE written")
        self._database.execute("CREATE INDEX claim_group ON claim (from_label, type, to_label)")
        self._database.execute("CREATE INDEX node_label ON node (label)")
        self._database.commit()
        return totals

    # -- reading

    def labels(self) -> list[tuple[str, int]]:
        """The node labels that occur, with how many nodes each has."""
        return list(self._database.execute("SELECT label, count(*) FROM node GROUP BY label ORDER BY label"))

    def groups(self) -> list[Group]:
        """The kinds of claim that occur, by the labels they join."""
        rows = self._database.execute(
            "SELECT from_label, type, to_label, count(*) FROM claim GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Group(*row) for row in rows]

    def nodes(self, label: str) -> Iterator[StagedNode]:
        """The nodes of one label, by id."""
        dates = _dates(self._schema.properties_of_node(label))
        rows = self._database.execute(
            "SELECT id, properties, content_hash FROM node WHERE label = ? ORDER BY id", (label,)
        )
        for node_id, properties, digest in rows:
            yield StagedNode(node_id, label, _from_json(properties, dates), digest)

    def claims(self, group: Group) -> Iterator[StagedClaim]:
        """The claims of one group, by id."""
        dates = _dates(self._schema.properties_of_claim(group.type))
        rows = self._database.execute(
            "SELECT id, from_id, to_id, properties, content_hash FROM claim"
            " WHERE from_label = ? AND type = ? AND to_label = ? ORDER BY id",
            (group.from_label, group.type, group.to_label),
        )
        for claim_id, from_id, to_id, properties, digest in rows:
            said = _from_json(properties, dates)
            yield StagedClaim(claim_id, group.type, group.from_label, from_id, group.to_label, to_id, said, digest)

    def _flush(self) -> None:
        self._database.executemany("INSERT INTO description VALUES (?,?,?,?,?,?,?)", self._descriptions)
        self._database.executemany("INSERT INTO written VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", self._written)
        self._descriptions.clear()
        self._written.clear()


def _dates(properties: Mapping[str, PropertyDefinition]) -> frozenset[str]:
    """The stored names of dates: the two bounds of each date property."""
    return frozenset(
        name
        for definition in properties.values()
        if definition.type is PropertyType.DATE
        for name in definition.stored_names[1:3]
    )


def _from_json(text: str, dates: frozenset[str]) -> dict[str, Value]:
    properties: dict[str, Value] = json.loads(text)
    for name in dates & properties.keys():
        properties[name] = date.fromisoformat(str(properties[name]))
    return properties
