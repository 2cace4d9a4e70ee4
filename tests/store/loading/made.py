"""Stagings written by hand, and a store that holds only what it is told to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeys.model.identity import claim_id
from journeys.model.problems import Address, Problem
from journeys.model.records import Authority, Claim, Node
from journeys.model.schema import load_schema
from journeys.staging.database import Staging

SCHEMA = load_schema()
Said = tuple[str, str, str, str]
"""One row of a file: who, did what (SUPPORTED or CONTESTED), with which paper, in which words."""


def staging(path: Path, files: Mapping[str, Sequence[Said]], study: str = "s", first_row: int = 2) -> Staging:
    """What these files say: people, papers, and what the people did; the first row of each stands in ``first_row``."""
    made = Staging(path, SCHEMA, study)
    for file, rows in files.items():
        for number, (who, did, paper, quote) in enumerate(rows, first_row):
            at = Address(file, None, f"line {number}")
            actor, document = f"{study}:actor:{who}", f"{study}:document:{paper}"
            made.add_node(Node("Actor", actor, {"pseudonym": who.title(), "kind": "person"}, at, Authority.TABLE))
            made.add_node(Node("Document", document, {"title": f"Paper {paper}"}, at, Authority.TABLE))
            said = {"quote": quote}
            identity = claim_id(SCHEMA, did, actor, document, said)
            made.add_claim(Claim(identity, did, "Actor", actor, "Document", document, said, at))
    problems: list[Problem] = []
    made.finish(problems.append)
    assert [str(problem) for problem in problems] == []
    return made


@dataclass
class FakeStore:
    """A store as the comparison sees it: for each node or claim its id, content and files."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    claims: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[Mapping[str, object]] = field(default_factory=list)

    @classmethod
    def holding(cls, made: Staging) -> FakeStore:
        """A store after a load of this staging."""
        store = cls()
        for label, _ in made.labels():
            store.nodes[label] = [
                {"id": node.id, "content_hash": node.properties["content_hash"], "files": node.properties["files"]}
                for node in made.nodes(label)
            ]
        for group in made.groups():
            store.claims.setdefault(group.from_label, []).extend(
                {
                    "id": claim.id, "type": claim.type, "from_id": claim.from_id, "to_label": claim.to_label,
                    "to_id": claim.to_id, "content_hash": claim.properties["content_hash"],
                    "files": claim.properties["files"],
                }
                for claim in made.claims(group)
            )  # fmt: skip
        return store

    def stream(self, cypher: str, parameters: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        self.asked.append(parameters)
        wanted = parameters.get("hashes")
        assert wanted is None or isinstance(wanted, list)
        yield from (row for row in self._rows(cypher) if wanted is None or row["content_hash"] in wanted)

    def read(self, cypher: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        """The hashes in one row, or in one for each type of claim."""
        self.asked.append(parameters)
        rows = list(self._rows(cypher))
        if "-[r]->" not in cypher:
            return [_held(rows)]
        types = sorted({row["type"] for row in rows})
        return [{"type": type_, **_held([row for row in rows if row["type"] == type_])} for type_ in types]

    def _rows(self, cypher: str) -> Iterator[dict[str, Any]]:
        kept = self.claims if "-[r]->" in cypher else self.nodes
        yield from next((rows for label, rows in kept.items() if f":{label} " in cypher), [])


def _held(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    hashes = [row["content_hash"] for row in rows if row["content_hash"] is not None]
    ids, ends = (sum(row.get(name) is not None for row in rows) for name in ("id", "to_id"))
    return {"number": len(rows), "hashes": hashes, "ids": ids, "ends": ends}
