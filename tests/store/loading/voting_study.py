"""A study made of one table, large enough to be filled by the engine's batch path, and what a store holds of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import journeys

MAP = """\
map: 1
nodes:
  who: {kind: Actor, each: who, set: {kind: person}}
  paper: {kind: Document, each: paper, set: {title: "{value}"}}
  meeting: {kind: Meeting, each: meeting, id: "{value}", set: {title: "{value}", date: "2011-03"}}
claims:
  - {type: CONTESTED, from: who, to: paper, at_meeting: meeting, set: {quote: "{words}"}}
"""


def write_study(folder: Path, rows: int) -> None:
    """A study folder with a table of so many rows; each is one claim, and some imply others."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(f"id: {folder.name}\ntitle: {folder.name}\n", encoding="utf-8")
    (folder / "tables" / "votes.map.yaml").write_text(MAP, encoding="utf-8")
    write_table(folder, rows, "plain")


def write_table(folder: Path, rows: int, variant: str) -> None:
    """The study's table; two thirds of its rows differ by ``variant``."""
    lines = [f"A{n % 61},P{n % 47},M{n % 13},{variant if n % 3 else 'same'} words {n}" for n in range(rows)]
    text = "who,paper,meeting,words\n" + "\n".join(lines) + "\n"
    (folder / "tables" / "votes.csv").write_text(text, encoding="utf-8")


def content(folder: Path) -> tuple[list[str], list[str]]:
    """All nodes and claims that the store holds of the study, sorted; parallel duplicates show."""
    nodes = "MATCH (n {study: $study}) WHERE NOT n:LoadRun AND NOT n:LoadLock RETURN n"
    claims = "MATCH (a {study: $study})-[r]->(b) RETURN a.id AS a, type(r) AS type, r, b.id AS b"
    with journeys.open(folder).store() as store:
        found = [sorted(map(_text, store.read(query, {"study": folder.name}))) for query in (nodes, claims)]
    return found[0], found[1]


def _text(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=str)
