"""The whole graph as two tables, of nodes and of claims, in csv and in Parquet.

Nothing is rounded or put into words, so that tables can be compared value by value. A list is a JSON array in csv and a
list in Parquet; a date is ``2011-03-04`` and a date; an empty cell is a value that is not stated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from journeys.exchange.extras import needed
from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.schema import CLAIM_KIND, Schema
from journeys.model.stored_types import kind_stored
from journeys.staging.database import Staging
from journeys.views.tables import safe_cell
from journeys.views.text import written_out

NODES, CLAIMS = "nodes", "claims"

Row = dict[str, Any]

_DATE_TYPES = (PropertyType.TEXT, PropertyType.DATE, PropertyType.DATE, PropertyType.TEXT, PropertyType.TEXT)
"""The types of what a date is stored as: its words, its two bounds, how precise it is, and the time of day."""

_PLACE = {"file": PropertyType.TEXT, "sheet": PropertyType.TEXT, "cell": PropertyType.TEXT, "files": PropertyType.LIST}
"""Where it is written; ``files`` are all files that say it."""

_FOR_THE_PROGRAM = ("study", "content_hash", "search_words", CLAIM_KIND)
"""Stored beside a node or claim for the program's own use, and not in the tables."""

_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class GraphTable:
    """The table of nodes or of claims: its name, and the types of its columns by their names."""

    name: str
    columns: Mapping[str, PropertyType]

    @classmethod
    def of_nodes(cls, schema: Schema) -> GraphTable:
        """One row a node: id, label, name, where it is written, and the properties of all labels."""
        first = dict.fromkeys(("id", "label", "name"), PropertyType.TEXT)
        every = [schema.properties_of_node(label) for label in schema.nodes]
        return cls(NODES, {**first, **_PLACE, **_stored(every)})

    @classmethod
    def of_claims(cls, schema: Schema) -> GraphTable:
        """One row a claim: id, kind, the ids of its ends, where it is written, and the properties of all kinds."""
        first = dict.fromkeys(("id", "type", "from_id", "to_id"), PropertyType.TEXT)
        every = [schema.properties_of_claim(kind) for kind in schema.claims]
        return cls(CLAIMS, {**first, **_PLACE, **_stored(every)})

    def rows(self, staging: Staging, schema: Schema) -> Iterator[Row]:
        """The rows of a staging that is finished, in an order that depends on nothing else.

        Raises KeyError for a property that the schema does not have.
        """
        for row in _nodes(staging) if self.name == NODES else _claims(staging, schema):
            held = {name: value for name, value in row.items() if name not in _FOR_THE_PROGRAM and value is not None}
            if unknown := held.keys() - self.columns.keys():
                raise KeyError(f"{row['id']} has {', '.join(sorted(unknown))}, which the schema does not have.")
            yield held

    def as_text(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The values of a row as csv has them, without those that are not stated."""
        return {name: text for name in self.columns if (text := _in_csv(row.get(name)))}

    def write_csv(self, path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows as csv in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe in front, and
        what a terminal obeys is written out (``\\x1b``).

        Raises OSError.
        """
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows([_in_csv(row.get(name)) for name in self.columns] for row in rows)

    def write_parquet(self, path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows as Parquet. Raises MissingExtra without pyarrow, and OSError."""
        with needed("archive", "pyarrow"):
            import pyarrow as arrow
            import pyarrow.parquet as parquet

        types = {
            PropertyType.TEXT: arrow.string(),
            PropertyType.INTEGER: arrow.int64(),
            PropertyType.NUMBER: arrow.float64(),
            PropertyType.BOOLEAN: arrow.bool_(),
            PropertyType.DATE: arrow.date32(),
            PropertyType.LIST: arrow.list_(arrow.string()),
        }
        fields = arrow.schema([(name, types[kind]) for name, kind in self.columns.items()])
        left = iter(rows)
        with parquet.ParquetWriter(path, fields, compression="zstd") as writer:
            while batch := [*islice(left, _ROWS_AT_ONCE)]:
                writer.write_table(arrow.Table.from_pylist(batch, schema=fields))


def _stored(every: Iterable[Mapping[str, PropertyDefinition]]) -> dict[str, PropertyType]:
    """The names and types under which properties are stored; the first definition of a name counts."""
    found: dict[str, PropertyType] = {}
    for properties in every:
        for definition in properties.values():
            is_date = definition.type is PropertyType.DATE
            for name, kind in zip(definition.stored_names, _DATE_TYPES if is_date else (definition.type,), strict=True):
                found.setdefault(name, kind)
    return found


def _nodes(staging: Staging) -> Iterator[Row]:
    for label, _ in staging.labels():
        for node in staging.nodes(label):
            yield {**node.properties, "id": node.id, "label": label}


def _claims(staging: Staging, schema: Schema) -> Iterator[Row]:
    """The claims, each under its kind, whatever it is stored under: ``negated`` and ``status`` tell the rest."""
    for group in staging.groups():
        for claim in staging.claims(group):
            kind = kind_stored(schema, claim.type, claim.properties)
            name = kind.name if kind else claim.type
            yield {**claim.properties, "id": claim.id, "type": name, "from_id": claim.from_id, "to_id": claim.to_id}


def _in_csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return written_out(orjson.dumps(value).decode())
    return safe_cell(written_out(value.isoformat() if isinstance(value, date) else str(value)))
