"""Cypher with a label or type to fill in, and only declared ones: the loader's from ``cypher/load/``, and lookups."""

from __future__ import annotations

import re
from functools import cache

from journeys.model.resources import resource_folder
from journeys.model.schema import Schema
from journeys.model.stored_types import stored_types

_PLACES = re.compile(r"\b(?:FromLabel|ToLabel|Label|CLAIM_TYPE)\b")


@cache
def _text(name: str) -> str:
    return (resource_folder("cypher") / "load" / f"{name}.cypher").read_text(encoding="utf-8")


def statement(
    schema: Schema,
    name: str,
    *,
    label: str | None = None,
    from_label: str | None = None,
    claim_type: str | None = None,
    to_label: str | None = None,
) -> str:
    """The statement ``cypher/load/<name>.cypher`` with its placeholders filled in.

    Raises ValueError for a label or type that the schema does not declare.
    """
    return filled_in(schema, _text(name), Label=label, FromLabel=from_label, ToLabel=to_label, CLAIM_TYPE=claim_type)


def filled_in(schema: Schema, text: str, **filled: str | None) -> str:
    """``text`` with its placeholders (Label, FromLabel, ToLabel, CLAIM_TYPE) filled in.

    A label or type cannot be a parameter in Cypher; only names that the schema declares are accepted: one name, or
    several with ``|`` between them. Raises ValueError for anything else.
    """

    def replacement(place: re.Match[str]) -> str:
        value = filled.get(place[0])
        declared = stored_types(schema) if place[0] == "CLAIM_TYPE" else schema.nodes
        if value is None or not all(name in declared for name in value.split("|")):
            raise ValueError(f"{value!r} is not declared in the schema")
        return value

    return _PLACES.sub(replacement, text)


def constraints(schema: Schema, labels: list[str]) -> list[str]:
    """The statements that make the store ready for nodes of these labels: unique ids, and an index by study."""
    made = ["CREATE CONSTRAINT load_run_id IF NOT EXISTS FOR (n:LoadRun) REQUIRE n.id IS UNIQUE"]
    made += ["CREATE CONSTRAINT load_lock_id IF NOT EXISTS FOR (n:LoadLock) REQUIRE n.id IS UNIQUE"]
    for label in labels:
        slug = schema.nodes[label].slug
        made.append(f"CREATE CONSTRAINT {slug}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
        made.append(f"CREATE INDEX {slug}_study IF NOT EXISTS FOR (n:{label}) ON (n.study)")
    return made


def claim_uniqueness(schema: Schema, claim_type: str) -> list[str]:
    """The statements by which Neo4j (5.7 or newer) lets no two relationships of a type have the same id.

    The first removes the plain index that earlier versions of the program made, which would stand in the way. Raises
    ValueError for a type that the schema does not declare.
    """
    name = _declared(schema, claim_type).lower()
    return [
        f"DROP INDEX {name}_claim_id IF EXISTS",
        f"CREATE CONSTRAINT {name}_claim_unique IF NOT EXISTS FOR ()-[r:{claim_type}]-() REQUIRE r.id IS UNIQUE",
    ]


def claim_index(schema: Schema, claim_type: str) -> str:
    """The statement that lets claims of this type be found by their ids, where the constraint cannot be made.

    Raises ValueError for a type that the schema does not declare.
    """
    name = _declared(schema, claim_type).lower()
    return f"CREATE INDEX {name}_claim_id IF NOT EXISTS FOR ()-[r:{claim_type}]-() ON (r.id)"


def _declared(schema: Schema, claim_type: str) -> str:
    if claim_type not in stored_types(schema):
        raise ValueError(f"{claim_type!r} is not declared in the schema")
    return claim_type
