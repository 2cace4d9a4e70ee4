"""The tables that people fill in: their columns, as the registers and *Who did what* declare them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.resources import resource_folder
from journeys.model.schema import Schema, load_schema
from journeys.model.wrong_values import said_of
from journeys.model.yaml_with_lines import LinedYaml, Location, load_lined_yaml

REGISTERS_FILE = "registers.yaml"
ID, ALIASES = "id", "aliases"


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def named(entries: Any) -> Any:
    """Give each entry of a YAML mapping its key as ``id`` and make a list of them."""
    if not isinstance(entries, dict):
        return entries
    return [{**(entry or {}), "id": key} if isinstance(entry, dict | None) else entry for key, entry in entries.items()]


class RegisterColumn(_Definition):
    """A column of a register: the id, the aliases, a property of the sheet's node kind, or a relation."""

    id: str
    title: str | None = None
    edge: str | None = None
    to: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What stands at the head of the column."""
        return self.title or self.id.replace("_", " ").capitalize()

    @property
    def property(self) -> str | None:
        """The property it holds, or None for the id, the aliases and relations."""
        return None if self.edge or self.id in (ID, ALIASES) else self.id


class RegisterSheet(_Definition):
    """A sheet of the registers: one kind of node."""

    id: str
    title: str
    node: str
    columns: Annotated[tuple[RegisterColumn, ...], BeforeValidator(named)]


class RegistersFile(_Definition):
    """The whole of registers.yaml."""

    version: int
    sheets: Annotated[tuple[RegisterSheet, ...], BeforeValidator(named)]


@cache
def register_sheets(folder: Path | None = None) -> tuple[RegisterSheet, ...]:
    """The sheets of the registers, from ``folder`` or as shipped.

    Raises BrokenSchema, with file and line, for a definition that the schema does not bear out.
    """
    source = load_lined_yaml((folder or resource_folder("schema")) / REGISTERS_FILE)
    schema = load_schema(folder)
    sheets: tuple[RegisterSheet, ...] = validated(RegistersFile, source).sheets
    for where, message in _contradictions(sheets, schema):
        raise source.broken(where, message)
    return sheets


def _contradictions(sheets: tuple[RegisterSheet, ...], schema: Schema) -> Iterator[tuple[Location, str]]:
    for sheet in sheets:
        here: Location = ("sheets", sheet.id)
        if sheet.node not in schema.nodes:
            yield (*here, "node"), f"there is no node kind {sheet.node!r}."
            continue
        for column in sheet.columns:
            where = (*here, "columns", column.id)
            if column.property is not None and column.property not in schema.properties_of_node(sheet.node):
                yield where, f"{sheet.node} has no property {column.property!r}."
            if column.edge is not None:
                kind = schema.claims.get(column.edge)
                if kind is None or not all(kind.allows(sheet.node, label) for label in column.to):
                    yield where, f"{column.edge} does not lead from {sheet.node} to {', '.join(column.to)}."


def validated(model: type[Any], source: LinedYaml) -> Any:
    """The file's content as ``model``; raises BrokenSchema at the line that does not fit."""
    try:
        return model.model_validate(source.content)
    except ValidationError as error:
        first = error.errors()[0]
        location = tuple(part for part in first["loc"] if part != "[key]")
        message = f"{'.'.join(map(str, location)) or 'the file'}: {said_of(first)}."
        raise source.broken(_by_name(source, location), message) from error


def _by_name(source: LinedYaml, location: Location) -> Location:
    """Numbers in a location back to the names that ``named`` took away."""
    found: list[str | int] = []
    content = source.content
    for part in location:
        if isinstance(part, int) and isinstance(content, dict) and part < len(content):
            part = list(content)[part]
        found.append(part)
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(found)


def choices(schema: Schema, definition: PropertyDefinition | None) -> tuple[list[str], bool]:
    """What a drop-down offers for a property, and whether other words are allowed."""
    if definition is None:
        return [], True
    if definition.type is PropertyType.BOOLEAN:
        return ["yes", "no"], False
    if definition.vocabulary is None:
        return [], True
    terms = schema.terms(definition.vocabulary).terms.values()
    return [term.label for term in terms], definition.open
