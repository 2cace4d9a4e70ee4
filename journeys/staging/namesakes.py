"""Nodes of one kind with the same name: their ids are shown wherever their names are."""

from __future__ import annotations

import sqlite3

from journeys.model.identity import short_id
from journeys.model.problems import Address, Problem, Report, Severity
from journeys.model.schema import Schema

TOLD_APART = ("Actor", "Organisation", "Arena", "Document", "Evidence")
"""The kinds whose names are shown alone in traces, tables and on pages. A meeting's is shown with its date."""


def namesakes(database: sqlite3.Connection, schema: Schema, report: Report) -> dict[str, str]:
    """The names to show for described nodes that share theirs with another of their kind: node id -> "Mina V. (MV2)".

    Reads the table ``description`` of a staging file. Two documents with one title are also reported, as a warning with
    both places: they may be one document that was listed twice.
    """
    shown: dict[str, str] = {}
    for label in (label for label in TOLD_APART if label in schema.nodes):
        rows = database.execute(_SAME, {"label": label, "key": f"$.{schema.nodes[label].display}"}).fetchall()
        by_name: dict[str, dict[str, Address]] = {}
        for name, node_id, file, sheet, cell in rows:
            by_name.setdefault(name, {}).setdefault(node_id, Address(file, sheet, cell))
        for name, places in by_name.items():
            shown |= {node_id: f"{name} ({short_id(node_id)})" for node_id in places}
            if label == "Document":
                _report(name, places, report)
    return shown


_SAME = """
WITH called AS (
    SELECT id, json_extract(properties, :key) AS name, file, sheet, cell, rowid AS place
    FROM description WHERE label = :label
)
SELECT name, id, file, sheet, cell FROM called
WHERE name IN (SELECT name FROM called WHERE name IS NOT NULL GROUP BY name HAVING count(DISTINCT id) > 1)
ORDER BY name, place
"""


def _report(title: str, places: dict[str, Address], report: Report) -> None:
    (first, said_at), *others = places.items()
    for node_id, address in others:
        report(
            Problem(
                "same_title",
                address,
                f"The documents {short_id(first)} ({said_at}) and {short_id(node_id)} have one title: {title!r}.",
                "If they are one document, list it once; if not, they are shown with their numbers.",
                Severity.WARNING,
            )
        )
