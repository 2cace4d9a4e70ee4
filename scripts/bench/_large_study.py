"""Invented studies of any size, as the graph that measures take: years of minutes of councils, made with a fixed seed.

``council`` grows as a team's study does: with more minutes there are more meetings, people, documents and findings, and
a few documents are spoken of far more often than others. ``crowded`` has thirty documents and findings however many
claims there are, so that whatever is done for each two claims about one thing shows.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import networkx as nx

from journeys.model.definitions import ClaimKind
from journeys.model.schema import load_schema

STUDY = "bench"
CLAIMS_PER_NODE = {
    "CaseStudy": 5_000, "Organisation": 600, "Arena": 1_500, "Actor": 60, "Meeting": 100, "Document": 25,
    "Evidence": 60, "Action": 150, "Driver": 600, "Factor": 400, "Understanding": 400, "DataSource": 80,
}  # fmt: skip
"""How many claims there are for each node of a label."""

SHARES = {
    "ATTENDED": 24, "CONTESTED": 11, "SUPPORTED": 11, "INTRODUCED": 8, "CITED": 7, "TABLED_AT": 6, "RECEIVED": 4,
    "USED": 4, "AUTHORED": 4, "PRESENTED_IN": 3, "MEMBER_OF": 3, "RELATES_TO": 2, "CHALLENGED": 2, "GENERATED": 1,
    "SENT_TO": 1, "ACTED_ON": 1, "INFLUENCED": 1, "USED_TO_JUSTIFY": 1, "REFERRED_TO": 1, "CHAMPIONED": 1, "RAISED": 1,
}  # fmt: skip
"""In a hundred claims; the rest are of all other kinds."""

_FIRST, _DAYS = date(2009, 1, 5), 5 * 365
_AT_MEETINGS = frozenset(
    ("CONTESTED", "SUPPORTED", "INTRODUCED", "RECEIVED", "USED", "REFERRED_TO", "CHALLENGED", "APPRAISED")
)


def council(claims: int, seed: int = 2013) -> nx.MultiDiGraph[str]:
    """A study of about this many claims and three sites."""
    return _Maker(claims, seed, lambda label: max(3, claims // CLAIMS_PER_NODE[label])).graph


def crowded(claims: int, seed: int = 2013) -> nx.MultiDiGraph[str]:
    """The same with thirty documents and findings, however many claims there are."""
    few = {"Document": 20, "Evidence": 10}
    return _Maker(claims, seed, lambda label: few.get(label) or max(3, claims // CLAIMS_PER_NODE[label])).graph


SHAPES: dict[str, Callable[[int], nx.MultiDiGraph[str]]] = {"council": council, "crowded": crowded}


class _Maker:
    def __init__(self, claims: int, seed: int, number: Callable[[str], int]) -> None:
        self.dice, self.schema = random.Random(seed), load_schema()
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(study=STUDY, strand=self.schema.lens.strand)
        self.by_label: dict[str, list[str]] = {}
        self._held = 0
        for name in ("North", "South", "West"):
            self._node("Site", pseudonym=name, name=name)
        for label in CLAIMS_PER_NODE:
            for at in range(number(label)):
                self._node(label, **self._properties(label, at))
        self._structure()
        kinds = {name: kind for name, kind in self.schema.claims.items() if kind.asserted and self._may_be(kind)}
        rest = (100 - sum(SHARES.values())) / len(kinds.keys() - SHARES.keys())
        chosen = self.dice.choices(list(kinds), [SHARES.get(name, rest) for name in kinds], k=claims)
        for name in chosen:
            self._claim(kinds[name])

    def _node(self, label: str, /, **held: Any) -> None:
        nodes = self.by_label.setdefault(label, [])
        name = f"{STUDY}:{label.lower()}:{len(nodes):06d}"
        nodes.append(name)
        self.graph.add_node(name, **{"id": name, "name": f"{label} {len(nodes)}", **held, "label": label})

    def _properties(self, label: str, at: int) -> dict[str, Any]:
        held: dict[str, Any] = {}
        for name, each in self.schema.nodes[label].properties.items():
            if each.vocabulary:
                held[name] = self.dice.choice([*self.schema.terms(each.vocabulary).terms])
            elif each.type.value == "boolean":
                held[name] = self.dice.random() < 0.5
        if label in ("Meeting", "Document", "DataSource") and self.dice.random() < 0.9:
            day = _FIRST + timedelta(days=self.dice.randrange(_DAYS))
            held |= {"date_text": day.isoformat(), "date_from": day, "date_to": day, "date_precision": "day"}
        return held

    def _may_be(self, kind: ClaimKind) -> bool:
        return all(any(label in self.by_label for label in labels) for labels in (kind.from_labels, kind.to_labels))

    def _structure(self) -> None:
        for label, kind, to in (
            ("CaseStudy", "AT_SITE", "Site"), ("Organisation", "AT_SITE", "Site"), ("Arena", "AT_SITE", "Site"),
            ("Actor", "MEMBER_OF", "Organisation"), ("Actor", "AT_SITE", "Site"), ("Meeting", "OF_ARENA", "Arena"),
            ("Meeting", "IN_CASE", "CaseStudy"), ("Document", "IN_CASE", "CaseStudy"),
            ("Evidence", "IN_CASE", "CaseStudy"), ("Action", "IN_CASE", "CaseStudy"),
        ):  # fmt: skip
            asserted = self.schema.claims[kind].asserted
            for node in self.by_label[label]:
                self._edge(node, kind, self.dice.choice(self.by_label[to]), asserted=asserted, mode="not_stated")

    def _edge(self, start: str, kind: str, end: str, /, **held: Any) -> None:
        self._held += 1
        key = f"{STUDY}:claim:{self._held:08d}"
        self.graph.add_edge(start, end, key=key, **{**held, "id": key, "type": kind})

    def _some(self, label: str) -> str:
        """One of a label: of documents and evidence the first far more often than the last."""
        nodes = self.by_label[label]
        if label in ("Document", "Evidence"):
            return nodes[int(len(nodes) * self.dice.random() ** 2)]
        return self.dice.choice(nodes)

    def _claim(self, kind: ClaimKind) -> None:
        start = self._some(self.dice.choice([each for each in kind.from_labels if each in self.by_label]))
        end = self._some(self.dice.choice([each for each in kind.to_labels if each in self.by_label]))
        if start == end:
            return
        held: dict[str, Any] = {
            "asserted": True,
            "source": self.dice.choice(self.by_label["DataSource"]),
            "source_kind": "document",
            "mode": self.dice.choice(("verbatim", "paraphrase", "interpretive", "not_stated")),
            "confidence": self.dice.choice(("high", "medium", "low", "not_stated")),
            "scope": self.dice.choice(("general", "ethnicity_specific", "both", "not_stated")),
            "negated": self.dice.random() < 0.04,
            "status": "withdrawn" if self.dice.random() < 0.01 else "stated",
            "quote": "An invented sentence of about the length of a line.",
            "file": "forms/minutes.xlsx",
            "sheet": "Who did what",
            "cell": f"A{self._held}",
        }
        for name, each in kind.properties.items():
            if each.vocabulary:
                held[name] = self.dice.choice([*self.schema.terms(each.vocabulary).terms])
        if "aspect" in kind.properties and self.dice.random() < 0.3:
            held["aspect"] = self.dice.choice(("costs", "siting", "staffing"))
        meeting = self._meeting(kind, end)
        if meeting is not None and "Meeting" not in kind.to_labels:
            held["at_meeting"] = meeting
        held |= self._when(meeting)
        self._edge(start, kind.name, end, **held)

    def _meeting(self, kind: ClaimKind, end: str) -> str | None:
        if self.graph.nodes[end]["label"] == "Meeting":
            return end
        if kind.name in _AT_MEETINGS and self.dice.random() < 0.8:
            return self.dice.choice(self.by_label["Meeting"])
        return None

    def _when(self, meeting: str | None) -> dict[str, Any]:
        if meeting is not None and self.dice.random() < 0.9:
            held = self.graph.nodes[meeting]
            return {
                name: held[name] for name in ("date_text", "date_from", "date_to", "date_precision") if name in held
            }
        roll, day = self.dice.random(), _FIRST + timedelta(days=self.dice.randrange(_DAYS))
        if roll < 0.3:
            return {}
        if roll < 0.6:
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            return {"date_text": f"{day:%Y-%m}", "date_from": first, "date_to": last, "date_precision": "month"}
        return {"date_text": day.isoformat(), "date_from": day, "date_to": day, "date_precision": "day"}
