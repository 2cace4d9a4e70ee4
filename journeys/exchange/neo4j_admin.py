"""CSV files for ``neo4j-admin database import``, which fills an empty Neo4j database faster than any load could."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from journeys.analysis.claims.graph import stored_claims, stored_nodes
from journeys.exchange.outcome import Exported
from journeys.exchange.target import TargetExists
from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.links_out import refuse_links_out
from journeys.model.phrases import counted
from journeys.model.schema import CLAIM_BOOKKEEPING, NODE_BOOKKEEPING, Schema
from journeys.model.stored_types import properties_stored, stored_types
from journeys.model.unfinished import PARTS, scratch_folder
from journeys.store.connection import Store
from journeys.store.cypher_templates import statement
from journeys.store.loaded import refuse_unloaded

ARGUMENTS = "import.args"
_COMMAND = f"neo4j-admin database import full @{ARGUMENTS} neo4j"
_BETWEEN = "\x1f"
"""Between the items of a list: no text of a form has it."""
_OPTIONS = ("--multiline-fields=true", "--array-delimiter=U+001F", "--legacy-style-quoting=false")
_TYPES = {
    PropertyType.TEXT: "string",
    PropertyType.INTEGER: "long",
    PropertyType.NUMBER: "double",
    PropertyType.BOOLEAN: "boolean",
    PropertyType.LIST: "string[]",
}
_ALL_RUNS = 1_000_000


def write_for_neo4j_admin(store: Store, study: str, schema: Schema, folder: Path, *, force: bool = False) -> Exported:
    """Write all nodes and claims of a study, as they are stored, into ``folder``, with the arguments of the import.

    Two files for each label and each type: the headings, and the rows. Memory does not grow with the study. Raises
    TargetExists where the folder holds anything, unless ``force``; then files of the same names are replaced. Raises
    NothingLoaded, LinkInTheWay, OSError.
    """
    if folder.exists() and not force and (folder.is_file() or any(folder.iterdir())):
        raise TargetExists(folder)
    refuse_unloaded(store, schema, study)
    refuse_links_out(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(PARTS, folder.parent) as made:
        files = _Files(made)
        nodes = _write_nodes(files, store, study, schema)
        claims = _write_claims(files, store, study, schema)
        files.write_arguments()
        folder.mkdir(exist_ok=True)
        for name in files.names:
            (Path(made) / name).replace(folder / name)
    said = [f"To fill an empty database, stop Neo4j and run this in that folder: {_COMMAND}"]
    said += [f"Left out: {', '.join(sorted(files.unknown))}, which the schema does not have."] if files.unknown else []
    first = [folder / ARGUMENTS]
    return Exported(tuple(first), f"{counted(nodes, 'node')} and {counted(claims, 'claim')}", tuple(said))


@dataclass(slots=True)
class _Files:
    """The files that are being written: what each holds, and their names in the order of the import."""

    folder: Path
    names: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def write_arguments(self) -> None:
        """The file that neo4j-admin reads its arguments from, a line each."""
        (self.folder / ARGUMENTS).write_text("".join(f"{each}\n" for each in (*self.arguments, *_OPTIONS)), "utf-8")
        self.names.append(ARGUMENTS)

    def rows(self, stack: ExitStack, option: str, name: str, columns: Mapping[str, str]) -> _Rows:
        """A pair of files for a label or type; ``option`` is that of the import which reads them."""
        heading, rows = f"{name}-header.csv", f"{name}.csv"
        with (self.folder / heading).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(columns.values())
        self.names += [heading, rows]
        # Without "./" Neo4j 2026 does not find them.
        self.arguments.append(f"{option}=./{heading},./{rows}")
        opened = (self.folder / rows).open("w", encoding="utf-8", newline="", buffering=1 << 18)
        return _Rows(stack.enter_context(opened), tuple(columns), self.unknown)


class _Rows:
    """The rows of one file."""

    def __init__(self, file: TextIO, columns: Sequence[str], unknown: set[str]) -> None:
        self._file = file
        self._columns, self._known, self._unknown = columns, frozenset(columns), unknown

    def add(self, held: Mapping[str, Any]) -> None:
        """Write a row; what has no column is noted."""
        self._unknown |= held.keys() - self._known
        self._file.write(",".join([_written(held.get(name)) for name in self._columns]) + "\n")


def _write_nodes(files: _Files, store: Store, study: str, schema: Schema) -> int:
    number = 0
    for label in schema.nodes:
        kept = iter(stored_nodes(store, study, schema, label))
        number += _write_label(files, label, kept, _columns(schema.properties_of_node(label), NODE_BOOKKEEPING))
    runs = [row["run"] for row in store.read(statement(schema, "runs"), {"study": study, "limit": _ALL_RUNS})]
    _write_label(files, "LoadRun", iter(runs), _columns_of(runs))
    return number


def _write_label(files: _Files, label: str, rows: Iterator[Mapping[str, Any]], columns: Mapping[str, str]) -> int:
    """Write the nodes of a label; no file for none."""
    first = next(rows, None)
    if first is None:
        return 0
    number = 1
    with ExitStack() as stack:
        headings = {**columns, "id": "id:ID"}
        file = files.rows(stack, f"--nodes={label}", f"nodes-{label}", headings)
        file.add(first)
        for held in rows:
            file.add(held)
            number += 1
    return number


def _write_claims(files: _Files, store: Store, study: str, schema: Schema) -> int:
    number = 0
    known = set(stored_types(schema))
    with ExitStack() as stack:
        opened: dict[str, _Rows] = {}
        for row in stored_claims(store, study, schema, schema.claims.values(), schema.nodes):
            type_ = row["type"]
            if type_ not in known:
                continue
            if type_ not in opened:
                columns = _columns(properties_stored(schema, type_), CLAIM_BOOKKEEPING)
                headings = {":START_ID": ":START_ID", ":END_ID": ":END_ID", **columns}
                opened[type_] = files.rows(stack, f"--relationships={type_}", f"claims-{type_}", headings)
            opened[type_].add({":START_ID": row["start"], ":END_ID": row["end"], **row["properties"]})
            number += 1
    return number


def _columns(properties: Mapping[str, PropertyDefinition], bookkeeping: Iterable[str]) -> dict[str, str]:
    """The headings by the stored names."""
    made = {name: f"{name}:{'string[]' if name in ('files', 'aliases') else 'string'}" for name in bookkeeping}
    for definition in properties.values():
        for stored in definition.stored_names:
            made[stored] = f"{stored}:{_type_of(definition, stored)}"
    return made


def _type_of(definition: PropertyDefinition, stored: str) -> str:
    if definition.type is PropertyType.DATE:
        return "date" if stored.endswith(("_from", "_to")) else "string"
    return _TYPES[definition.type]


def _columns_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The headings of nodes that the schema does not declare, by what they hold."""
    made: dict[str, str] = {}
    for row in rows:
        for name, value in row.items():
            made[name] = (
                f"{name}:{'string[]' if isinstance(value, list) else 'long' if _is_number(value) else 'string'}"
            )
    return made


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _written(value: Any) -> str:
    """A value as csv. Quotation marks tell an empty text from nothing, which the csv module cannot on every Python."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date):
        return str(value)
    text = str(value)
    if isinstance(value, list | tuple):
        text = _BETWEEN.join(str(item).replace(_BETWEEN, " ") for item in value)
    return '"' + text.replace('"', '""') + '"'
