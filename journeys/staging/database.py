"""A temporary SQLite file for what was read, between reading and loading.

Reading streams into it, so a table of any size is checked whole before a row is loaded, and memory stays small. It
merges the descriptions of one node, counts exact repetitions of a claim, gives a claim its meeting's date, and adds
inferred claims. In the end it holds what the store should hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import orjson

from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.identity import content_hash, stored_json
from journeys.model.problems import Report
from journeys.model.records import Claim, Node, PropertyModels, Value
from journeys.model.schema import Schema
from journeys.model.stored_types import properties_stored, stored_type
from journeys.staging.kept_graph import note_said
from journeys.staging.part import PartRead, last_rows
from journeys.staging.sensitive import Sensitive
from journeys.staging.settle import Settled, settle

_TABLES = """
CREATE TABLE description (
    id TEXT, label TEXT, authority INTEGER, properties TEXT, file TEXT, sheet TEXT, cell TEXT, places TEXT
);
CREATE TABLE node (
    id TEXT PRIMARY KEY, label TEXT, properties TEXT, content_hash TEXT, files TEXT
) WITHOUT ROWID;
CREATE TABLE claim (
    id TEXT PRIMARY KEY, type TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    properties TEXT, content_hash TEXT, files TEXT
) WITHOUT ROWID;
CREATE TABLE written (
    id TEXT, kind TEXT, from_label TEXT, from_id TEXT, to_label TEXT, to_id TEXT,
    properties TEXT, unsaid TEXT, type TEXT, source TEXT, at_meeting TEXT, dated INTEGER,
    file TEXT, sheet TEXT, cell TEXT, act TEXT, dated_at TEXT, places TEXT
);
"""

Row = Mapping[str, Any]

_AT_ONCE = 5_000
_REMEMBERED = 100_000
_CACHE = 32_000
"""Kilobytes of the file that SQLite keeps in memory; with its own 2,000, sorting and filling take a fifth longer."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one type between two labels: they are loaded together.

    In Cypher a label or a type cannot be a parameter. With all three in the text, both ends are found by the index of
    their label's unique ids; without a label each look-up would scan every node.
    """

    from_label: str
    type: str
    to_label: str
    count: int


@dataclass(frozen=True, slots=True)
class StagedNode:
    """A node as it should stand in the store; ``properties`` are all that is stored, dates as ``date``, and ``size``
    is about how many characters they take."""

    id: str
    label: str
    properties: dict[str, Value]
    size: int


@dataclass(frozen=True, slots=True)
class StagedClaim:
    """A claim as it should stand in the store; ``properties`` are all that is stored, dates as ``date``, and ``size``
    is about how many characters they take."""

    id: str
    type: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: dict[str, Value]
    size: int


class Staging:
    """A study's nodes and claims on their way to the store, in the SQLite file ``path``, which is made anew.

    First ``add_node`` and ``add_claim`` in any order, then ``finish`` once, then read. Close it when done. ``database``
    is the file, in which the loader notes what of it is new.
    """

    def __init__(self, path: Path, schema: Schema, study: str, *, sensitive: bool = True, kept: bool = False) -> None:
        """With ``sensitive``, what the schema calls sensitive is staged too. With ``kept`` the file is there, a copy of
        what ``keep_graph`` wrote: it can be read at once, but lacks the values of most nodes and claims."""
        self.path, self._schema, self._study, self.lacks_values = path, schema, study, kept
        if not kept:
            path.unlink(missing_ok=True)
        # One thread at a time uses it; which one, the loader decides.
        self.database = sqlite3.connect(path, check_same_thread=False)
        # The file is scratch: lost with the process, made again by the next.
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute(f"PRAGMA cache_size = -{_CACHE}")
        if not kept:
            self.database.executescript(_TABLES)
        self._models = PropertyModels(schema)
        self._sensitive = Sensitive(schema, shown=sensitive)
        self._defaults = {name: schema.claim_defaults(name) for name in schema.claims}
        self._descriptions: list[tuple[Any, ...]] = []
        self._written: list[tuple[Any, ...]] = []
        self._unsaid_texts: dict[tuple[str, ...], str] = {}
        self._described: set[tuple[str, str | None, int]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and delete it."""
        self.database.close()
        self.path.unlink(missing_ok=True)

    @property
    def withheld(self) -> Mapping[str, Mapping[str, int]]:
        """How many sensitive details were left out, by file and by what they are called."""
        return self._sensitive.withheld

    # -- filling

    def add_node(self, node: Node) -> None:
        """One file's description of a node."""
        properties = stored_json(self._sensitive.without(node.label, node.properties, node.address))
        seen = (node.id, node.address.file, hash(properties))
        if seen in self._described:
            return
        if len(self._described) >= _REMEMBERED:
            self._described.clear()
        # Each row that names a node describes it once more: of a large table nearly all of these are repetitions.
        self._described.add(seen)
        address = node.address
        self._descriptions.append(
            (
                node.id,
                node.label,
                int(node.authority),
                properties,
                address.file,
                address.sheet,
                address.cell,
                stored_json({name: [place.sheet, place.cell] for name, place in node.places.items()}),
            )
        )
        if len(self._descriptions) >= _AT_ONCE:
            self.flush()

    def add_claim(self, claim: Claim) -> None:
        """One claim by one source; values that are not stated get ``not_stated``.

        Raises ValidationError (pydantic) for properties its kind does not have.
        """
        properties = claim.properties
        # The validator itself, for speed: it checks without making a model.
        self._models[claim.type].__pydantic_validator__.validate_python(properties)
        address = claim.address
        properties = self._sensitive.without(claim.type, properties, address)
        self._written.append(
            (
                claim.id,
                claim.type,
                claim.from_label,
                claim.from_id,
                claim.to_label,
                claim.to_id,
                stored_json(properties),
                self._unsaid(claim.type, properties),
                stored_type(self._schema.claims[claim.type], properties),
                properties.get("source"),
                properties.get("at_meeting"),
                "date_text" in properties or "date_from" in properties or "date_to" in properties,
                address.file,
                address.sheet,
                address.cell,
                claim.act,
                claim.dated_at.cell if claim.dated_at is not None else None,
                stored_json({name: place.cell for name, place in claim.places.items()}) if claim.places else None,
            )
        )
        if len(self._written) >= _AT_ONCE:
            self.flush()

    def _unsaid(self, kind: str, properties: Mapping[str, Value]) -> str:
        """The values that a claim gets where it states none, as JSON; a table's claims state mostly the same."""
        stated = (kind, *properties)
        if stated not in self._unsaid_texts:
            if len(self._unsaid_texts) >= _REMEMBERED:
                self._unsaid_texts.clear()
            unsaid = {name: term for name, term in self._defaults[kind].items() if name not in properties}
            self._unsaid_texts[stated] = stored_json(unsaid)
        return self._unsaid_texts[stated]

    def finish(self, report: Report, *, counted: bool = False) -> Settled:
        """Merge, date and infer. Reports contradictions; afterwards the staging can be read.

        With ``counted`` more is noted of what was read, for ``keep_graph``.
        """
        self.flush()
        totals = settle(self.database, self._schema, self._study, report)
        if counted:
            note_said(self.database, self._schema)
        self.database.execute("DROP TABLE description")
        self.database.execute("DROP TABLE written")
        self.database.execute("CREATE INDEX claim_group ON claim (from_label, type, to_label)")
        self.database.execute("CREATE INDEX node_label ON node (label)")
        self.database.commit()
        return totals

    def part(self, basis: Mapping[str, int]) -> PartRead:
        """What was read, apart from what it is read by, which are the rows up to ``basis`` (see ``last_rows``)."""
        return PartRead(self.database, self._schema, self._study, basis, self.last_rows())

    def last_rows(self) -> dict[str, int]:
        """The last rows of what was read so far, by table."""
        self.flush()
        return last_rows(self.database)

    def fill(self, nodes: Iterable[tuple[str, Row]], claims: Iterable[tuple[str, str, str, Row]]) -> None:
        """Take over what a store holds, in place of what was read: call it after ``finish``.

        A node is its label and all that is stored of it; a claim its stored type, the ids of its ends and all that is
        stored of it. Raises KeyError for a claim at a node that is not among the nodes.
        """
        labels: dict[str, str] = {}
        for label, held in nodes:
            labels[held["id"]] = label
            said, digest = _with_hash(held)
            row = (held["id"], label, said, digest, stored_json(held.get("files") or []))
            self.database.execute("INSERT INTO node VALUES (?,?,?,?,?)", row)
        for type_, start, end, held in claims:
            said, digest = _with_hash(held)
            ends = (labels[start], start, labels[end], end)
            rest = (said, digest, stored_json(held.get("files") or []))
            self.database.execute("INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?)", (held["id"], type_, *ends, *rest))
        self.database.commit()

    # -- reading

    def labels(self) -> list[tuple[str, int]]:
        """The node labels that occur, with how many nodes each has."""
        return list(self.database.execute("SELECT label, count(*) FROM node GROUP BY label ORDER BY label"))

    def groups(self) -> list[Group]:
        """The types of claim that occur, by the labels they join."""
        rows = self.database.execute(
            "SELECT from_label, type, to_label, count(*) FROM claim GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Group(*row) for row in rows]

    def nodes(self, label: str, change: str | None = None) -> Iterator[StagedNode]:
        """The nodes of one label, by id; with ``change``, those marked with it in the table ``node_change``."""
        dates = _dates(self._schema.properties_of_node(label))
        rows = self.database.execute(
            f"SELECT id, properties FROM node {_marked('node', change)} label = :label ORDER BY id",
            {"label": label, "change": change},
        )
        for node_id, properties in rows:
            yield StagedNode(node_id, label, _from_json(properties, dates), len(properties))

    def claims(self, group: Group, change: str | None = None) -> Iterator[StagedClaim]:
        """The claims of one group, by id; with ``change``, those marked with it in the table ``claim_change``."""
        dates = _dates(properties_stored(self._schema, group.type))
        rows = self.database.execute(
            f"SELECT id, from_id, to_id, properties FROM claim {_marked('claim', change)}"
            " from_label = :from_label AND type = :type AND to_label = :to_label ORDER BY id",
            {"from_label": group.from_label, "type": group.type, "to_label": group.to_label, "change": change},
        )
        kind, start, end = group.type, group.from_label, group.to_label
        for claim_id, from_id, to_id, properties in rows:
            said = _from_json(properties, dates)
            yield StagedClaim(claim_id, kind, start, from_id, end, to_id, said, len(properties))

    def flush(self) -> None:
        """Write what is still in memory to the file."""
        self.database.executemany("INSERT INTO description VALUES (?,?,?,?,?,?,?,?)", self._descriptions)
        self.database.executemany("INSERT INTO written VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self._written)
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


def _with_hash(held: Row) -> tuple[str, str]:
    """What is held as JSON, with its hash in it; and the hash."""
    bare = {name: value for name, value in held.items() if name != "content_hash"}
    digest = content_hash(stored_json(bare))
    return stored_json({**bare, "content_hash": digest}), digest


def _marked(table: str, change: str | None) -> str:
    return "WHERE" if change is None else f"JOIN {table}_change USING (id) WHERE change = :change AND"


def _from_json(text: str, dates: frozenset[str]) -> dict[str, Value]:
    properties: dict[str, Value] = orjson.loads(text)
    for name in dates & properties.keys():
        properties[name] = date.fromisoformat(str(properties[name]))
    return properties
