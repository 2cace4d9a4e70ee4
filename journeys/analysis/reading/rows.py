"""The rows of look-up queries out of a study that is in memory: what the store would give for the same query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from journeys.store.connection import Row

_Held = Mapping[str, Any]


class MemoryRows:
    """The nodes and claims of a study, which answer the queries of ``cypher/lookup`` that a journey asks.

    ``nodes`` are label and properties by id; ``claims`` rows with ``type``, ``start``, ``end``, ``properties``.
    """

    def __init__(self, nodes: Mapping[str, tuple[str, _Held]], claims: Iterable[Row]) -> None:
        self._nodes = nodes
        self._from: dict[str, list[Row]] = {}
        self._to: dict[str, list[Row]] = {}
        for row in claims:
            self._from.setdefault(row["start"], []).append(row)
            self._to.setdefault(row["end"], []).append(row)
        self._answers: Mapping[str, Callable[[Any], Iterable[Row]]] = {
            "lookup/document_claims": self._claims,
            "lookup/evidence_claims": self._claims,
            "lookup/action_claims": lambda given: self._beyond(given, "action", both=True),
            "lookup/carrier_claims": lambda given: self._beyond(given, "document", both=False),
            "lookup/document_narratives": self._narratives,
            "lookup/evidence_narratives": self._narratives,
            "lookup/document_setting": self._setting,
            "lookup/evidence_setting": self._setting,
            "lookup/meetings": lambda given: self._of("Meeting", given),
            "lookup/sources": lambda given: self._of("DataSource", given),
            "lookup/actors": lambda given: self._of("Actor", given),
            "lookup/meeting_arenas": self._arenas,
            "lookup/actor_bodies": self._bodies,
        }

    def rows(self, query: str, given: Mapping[str, object]) -> list[Row]:
        """The rows of a shipped query, in some order. Raises KeyError for one that is not answered from memory."""
        return list(self._answers[query](given))

    def _ends(self, rows: Iterable[Row], type_: str, end: str, label: str) -> Iterator[str]:
        """The other ends of ties of a type, with a label."""
        return (row[end] for row in rows if row["type"] == type_ and self._nodes[row[end]][0] == label)

    def _other(self, row: Row, end: str) -> Row:
        label, held = self._nodes[row[end]]
        return {
            "type": row["type"],
            "claim": row["properties"],
            "label": label,
            "id": row[end],
            "name": held.get("name"),
        }

    def _around(self, node: str) -> Iterator[Row]:
        """The claims at one of whose ends a node is, seen from it; one between it and itself once."""
        for row in self._from.get(node, ()):
            yield {**self._other(row, "end"), "outgoing": True}
        for row in self._to.get(node, ()):
            if row["start"] != node:
                yield {**self._other(row, "start"), "outgoing": False}

    def _claims(self, given: _Held) -> Iterator[Row]:
        return (row for row in self._around(given["id"]) if row["type"] != "ABOUT")

    def _beyond(self, given: _Held, near: str, *, both: bool) -> Iterator[Row]:
        for node in given["ids"]:
            found = self._around(node) if both else (self._other(row, "end") for row in self._from.get(node, ()))
            for row in found:
                if row["type"] in given["types"]:
                    yield {near: node, f"{near}_name": self._nodes[node][1].get("name"), **row}

    def _narratives(self, given: _Held) -> Iterator[Row]:
        for journey in self._ends(self._to.get(given["id"], ()), "JOURNEY_OF", "start", "Journey"):
            told = {"id": journey, "title": self._nodes[journey][1].get("title")}
            steps = list(self._ends(self._to.get(journey, ()), "STEP_OF", "start", "Step"))
            for step in steps:
                held = self._nodes[step][1]
                places = [row["end"] for row in self._from.get(step, ()) if row["type"] == "AT"]
                names = [self._nodes[place][1].get("name") for place in places] or [None]
                yield from ({**told, "step": held, "meeting": name} for name in names)
            if not steps:
                yield {**told, "step": None, "meeting": None}

    def _setting(self, given: _Held) -> Iterator[Row]:
        node = given["id"]
        if node not in self._nodes:
            return
        cases: list[Row] = []
        for case in self._ends(self._from.get(node, ()), "IN_CASE", "end", "CaseStudy"):
            sites = self._ends(self._from.get(case, ()), "AT_SITE", "end", "Site")
            names = [self._nodes[site][1].get("name") for site in sites] or [None]
            told = [{"id": case, "name": self._nodes[case][1].get("name"), "site": name} for name in names]
            cases += [each for each in told if each not in cases]
        answers = sum(1 for _ in self._ends(self._to.get(node, ()), "ABOUT", "start", "Extract"))
        yield {"properties": self._nodes[node][1], "cases": cases, "answers": answers}

    def _of(self, label: str, given: _Held) -> Iterator[Row]:
        for node in given["ids"]:
            if node in self._nodes and self._nodes[node][0] == label:
                yield {"id": node, "properties": self._nodes[node][1]}

    def _arenas(self, given: _Held) -> Iterator[Row]:
        for meeting in given["ids"]:
            for arena in self._ends(self._from.get(meeting, ()), "OF_ARENA", "end", "Arena"):
                yield {"meeting": meeting, "id": arena, "name": self._nodes[arena][1].get("name")}

    def _bodies(self, given: _Held) -> Iterator[Row]:
        for actor in given["ids"]:
            if actor not in self._nodes:
                continue
            told = {"actor": actor, "role": self._nodes[actor][1].get("designation")}
            bodies = list(dict.fromkeys(self._ends(self._from.get(actor, ()), "MEMBER_OF", "end", "Organisation")))
            yield from ({**told, "id": each, "name": self._nodes[each][1].get("name")} for each in bodies)
            if not bodies:
                yield {**told, "id": None, "name": None}
