"""What a profile shows of a study: its nodes and claims without what is withheld.

What the public profile shows is listed, and all else is left out, so that a property which is added to the schema or by
a study is withheld until somebody decides that it may be shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from journeys.analysis.claims.coarse_dates import coarsened, without_days
from journeys.model.aspects import aspect_key
from journeys.model.definitions import PropertyDefinition, PropertyType
from journeys.model.identity import folded
from journeys.model.privacy import PublicSettings
from journeys.model.schema import CLAIM_KIND, Schema
from journeys.model.stored_types import kind_stored

SHOWN = (
    "Site", "CaseStudy", "Organisation", "Arena", "Actor", "Meeting", "Document", "Evidence", "Action", "Driver",
    "Factor", "CycleElement", "Code", "DataSource",
)  # fmt: skip
"""The labels of which the public profile shows anything."""

NOT_SHOWN = "forms are not shown"
"""Stands where a file is named."""

_OF_CLAIMS = (
    "id", "study", "source_kind", "mode", "confidence", "scope", "status", "negated", "date_basis", "derived_from",
    CLAIM_KIND,
)  # fmt: skip
_NAMING = ("source", "at_meeting", "claimed_by")
_TIES_TO_PEOPLE = ("MEMBER_OF", "REPRESENTED")
_OF_RECORDERS = {"Actor": ("merged",), "Organisation": ("merged",)}
"""The properties that say which researcher decided something."""
_OTHER, _TEAMS_OWN = "other", "researchers_form"
"""Two kinds of source."""
_ALWAYS = ("id", "study", "doc_number", "code", "shown_as")


@dataclass(slots=True)
class LeftOut:
    """How much was left out or changed, by what it is."""

    counts: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, number: int = 1) -> None:
        """Note that something was left out."""
        self.counts[what] += number


Row = dict[str, Any]
Same = tuple[str, str, str]
"""What claims say of two: its start, its type, its end."""


class Team:
    """The profile ``team``: without sensitive properties, and without the names of those who recorded something."""

    def __init__(self, schema: Schema, nodes: Mapping[str, tuple[str, Row]]) -> None:
        self._schema, self._nodes = schema, nodes
        self._sensitive = cache(schema.sensitive_names)
        self.left = LeftOut()

    def nodes(self) -> Iterator[tuple[str, Row]]:
        """Each node that is shown, with its label."""
        for label, held in self._nodes.values():
            if label == "Researcher":
                self.left.note("researchers")
                continue
            yield label, self._without(label, held, ("search_words", *_OF_RECORDERS.get(label, ())))

    def claims(self, rows: Iterable[Row]) -> Iterator[tuple[str, str, str, Row]]:
        """Each claim that is shown: its stored type, its ends and what it holds."""
        for row in rows:
            if any(self._nodes[row[end]][0] == "Researcher" for end in ("start", "end")):
                continue
            kind = kind_stored(self._schema, row["type"], row["properties"])
            if kind is None:
                continue
            held = self._without(kind.name, row["properties"], ("recorded_by", "search_words"))
            # The key may be of an aspect that is withheld.
            if held.pop("aspect_key", None) and (key := aspect_key(held)):
                held["aspect_key"] = key
            yield row["type"], row["start"], row["end"], held

    def _without(self, kind: str, held: Row, more: Iterable[str]) -> Row:
        """What is held of a node or claim without what is sensitive, which is noted, and without some ``more``."""
        sensitive = self._sensitive(kind)
        self.left.note("sensitive", len({called for name, called in sensitive.items() if name in held}))
        gone = {*sensitive, *more}
        return {name: value for name, value in held.items() if name not in gone}


class Public:
    """The profile ``public``: names, terms and coarse dates, and no words from forms."""

    def __init__(
        self,
        schema: Schema,
        settings: PublicSettings,
        nodes: Mapping[str, tuple[str, Row]],
        *,
        one_by_one: bool = False,
    ) -> None:
        """``one_by_one``: each claim will be a row or an edge of its own, so that few about somebody tell who it is."""
        self._schema, self._settings, self._one_by_one = schema, settings, one_by_one
        self._nodes = {node: each for node, each in nodes.items() if each[0] in SHOWN}
        self.left = LeftOut()
        for label, _ in nodes.values():
            if label not in SHOWN:
                self.left.note(label)
        self._pseudonyms = {
            str(held["name"]): node
            for node, (label, held) in self._nodes.items()
            if label == "Actor" and _is_person(held)
        }
        self._kinds = self._common_kinds()
        self._ids = self._renamed()
        self._roles = self._roles_of_people() if settings.people == "roles" else {}
        self._names = self._shown_names()

    def nodes(self) -> Iterator[tuple[str, Row]]:
        """Each node that is shown, with its label."""
        for node, (label, held) in self._nodes.items():
            definitions = self._schema.properties_of_node(label)
            made = {name: held[name] for name in _ALWAYS if name in held}
            made |= self._terms(definitions, held)
            if label == "DataSource" and "kind" in made:
                made["kind"] = self._kind(made["kind"])
            made["id"], made["name"] = self._ids[node], self._names[node]
            made[self._schema.nodes[label].display] = self._names[node]
            yield label, {**made, "file": NOT_SHOWN, "files": [NOT_SHOWN]}

    def claims(self, rows: Iterable[Row]) -> Iterator[tuple[str, str, str, Row]]:
        """Each claim that is shown: its stored type, its ends and what it holds."""
        every = list(rows)
        known = [row for row in every if row["start"] in self._nodes and row["end"] in self._nodes]
        told = [sum("mode" in row["properties"] for row in some) for some in (every, known)]
        self.left.note("claims", told[0] - told[1])
        members = Counter(row["end"] for row in known if row["type"] in _TIES_TO_PEOPLE and self._person(row["start"]))
        of_few = self._of_few(known) if self._one_by_one else frozenset()
        for row in known:
            said = row["properties"]
            if _same(row) in of_few:
                self.left.note("few", "mode" in said)
                continue
            kind = kind_stored(self._schema, row["type"], said)
            if kind is None:
                continue
            person = kind.name in _TIES_TO_PEOPLE and self._person(row["start"])
            if person and members[row["end"]] < self._settings.smallest_cell:
                self.left.note("memberships")
                continue
            self.left.note("quotes", "quote" in said)
            held = {name: said[name] for name in _OF_CLAIMS if name in said}
            if "source_kind" in held:
                held["source_kind"] = self._kind(held["source_kind"])
            held |= coarsened(said, "date", self._settings.dates)
            held |= self._terms(kind.properties, said)
            for name in _NAMING:
                if said.get(name) in self._ids:
                    held[name] = self._ids[said[name]]
                elif name == "claimed_by" and said.get(name) == "researcher":
                    held[name] = "researcher"
            for name, stored in (("source", "source_title"), ("at_meeting", "meeting_title")):
                if said.get(name) in self._names:
                    held[stored] = self._names[said[name]]
            yield (
                row["type"],
                self._ids[row["start"]],
                self._ids[row["end"]],
                {**held, "file": NOT_SHOWN, "files": [NOT_SHOWN]},
            )

    def _of_few(self, rows: Iterable[Row]) -> frozenset[Same]:
        """What fewer than ``smallest_cell`` claims say of a person: that they did the same to the same."""
        told = Counter(
            _same(row)
            for row in rows
            if "mode" in row["properties"] and (self._person(row["start"]) or self._person(row["end"]))
        )
        return frozenset(each for each, number in told.items() if number < self._settings.smallest_cell)

    def _terms(self, definitions: Mapping[str, PropertyDefinition], held: Mapping[str, Any]) -> Row:
        """The properties that nobody can have worded freely: terms, yes and no, and dates, which are widened."""
        made: Row = {}
        for name, definition in definitions.items():
            if definition.sensitive:
                continue
            if definition.type is PropertyType.DATE:
                made |= coarsened(dict(held), name, self._settings.dates)
            elif name in held and (
                definition.type is PropertyType.BOOLEAN
                or (definition.vocabulary and held[name] in self._schema.vocabularies[definition.vocabulary].terms)
            ):
                made[name] = held[name]
        return made

    def _person(self, node: str) -> bool:
        label, held = self._nodes[node]
        return label == "Actor" and _is_person(held)

    def _renamed(self) -> dict[str, str]:
        """The shown id of each node. People, meetings and sources are numbered: their ids may be initials or days."""
        made: dict[str, str] = {}
        numbers: Counter[str] = Counter()
        for node, (label, _) in sorted(self._nodes.items()):
            if label in ("Actor", "Meeting", "DataSource"):
                numbers[label] += 1
                study, kind, _ = node.split(":", 2)
                made[node] = f"{study}:{kind}:{numbers[label]}"
            else:
                made[node] = node
        return made

    def _roles_of_people(self) -> dict[str, str]:
        """A role and number for each person; roles of few are merged into one."""
        people = [
            (node, held) for node, (label, held) in sorted(self._nodes.items()) if label == "Actor" and _is_person(held)
        ]
        sizes = Counter(folded(str(held.get("designation") or "")) for _, held in people)
        numbers: Counter[str] = Counter()
        made: dict[str, str] = {}
        for node, held in people:
            role = str(held.get("designation") or "").strip()
            rare = not role or sizes[folded(role)] < self._settings.smallest_cell
            self.left.note("merged roles", rare)
            self.left.note("people by role")
            role = "Person in another role" if rare else role[0].upper() + role[1:]
            numbers[folded(role)] += 1
            made[node] = f"{role} {numbers[folded(role)]}"
        return made

    def _common_kinds(self) -> frozenset[str]:
        """The kinds of which there are as many sources as ``smallest_cell``, and the team's own forms."""
        numbers = Counter(str(held.get("kind")) for label, held in self._nodes.values() if label == "DataSource")
        common = {kind for kind, number in numbers.items() if number >= self._settings.smallest_cell}
        return frozenset({*common, _TEAMS_OWN})

    def _kind(self, kind: object) -> str:
        """The kind of a source that is shown: one of few sources is told as another kind."""
        return str(kind) if kind in self._kinds else _OTHER

    def _shown_names(self) -> dict[str, str]:
        made: dict[str, str] = {}
        taken: Counter[str] = Counter()
        kinds = self._schema.vocabularies["source_kind"]
        for node, (label, held) in sorted(self._nodes.items()):
            if node in self._roles:
                made[node] = self._roles[node]
                continue
            name = without_days(str(held.get("name") or ""))
            if label == "DataSource":
                kind = self._kind(held.get("kind"))
                name = "Source" if kind == _OTHER else kinds.words(kind)
            if self._roles:
                name = self._without_people(name)
            taken[f"{label} {name}"] += 1
            numbered = label in ("Meeting", "DataSource")
            made[node] = (
                f"{name} {'no. ' if label == 'Meeting' else ''}{taken[f'{label} {name}']}" if numbered else name
            )
        return made

    def _without_people(self, name: str) -> str:
        for pseudonym in sorted(self._pseudonyms, key=len, reverse=True):
            name = re.sub(rf"(?<!\w){re.escape(pseudonym)}(?!\w)", self._roles[self._pseudonyms[pseudonym]], name)
        return name


def _same(row: Row) -> Same:
    return row["start"], row["type"], row["end"]


def _is_person(held: Mapping[str, Any]) -> bool:
    return held.get("kind") != "collective"
