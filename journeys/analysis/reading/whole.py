"""A whole study read at once, for the records of all its things: what a record needs is looked up in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from journeys.analysis.claims.claim import ClaimRecord, Entity
from journeys.analysis.claims.dates import span
from journeys.analysis.claims.from_store import StoredClaim, claim_records
from journeys.analysis.claims.graph import stored_claims, stored_nodes
from journeys.analysis.reading.lookup import PASSAGE_TIES, Finding, Library, Passage, bearing_order, borne_on
from journeys.analysis.reading.others import any_record
from journeys.analysis.reading.parts import said
from journeys.analysis.reading.record import BorneOn, Coding, Record
from journeys.analysis.reading.rows import MemoryRows
from journeys.analysis.reading.show import RECORDS
from journeys.instruments.instrument_set import InstrumentSet
from journeys.model.dates import UNKNOWN
from journeys.model.identity import short_id
from journeys.model.schema import Schema
from journeys.store.connection import Store

_Held = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Ties:
    """The ties of a passage or finding: what it is about, its sources, codes with coders, and the rows it bears on."""

    about: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    codes: list[tuple[str, str | None]] = field(default_factory=list)
    rows: list[tuple[str, _Held]] = field(default_factory=list)


@dataclass(slots=True)
class _Contents:
    """The contents of a study, indexed by what records ask for."""

    nodes: dict[str, tuple[str, _Held]] = field(default_factory=dict)
    touching: dict[str, list[ClaimRecord]] = field(default_factory=dict)
    naming: dict[str, dict[str, ClaimRecord]] = field(default_factory=dict)
    written_in: dict[str, dict[str, ClaimRecord]] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    passages_by: dict[tuple[str, str], list[Passage]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    by_label: dict[str, list[str]] = field(default_factory=dict)
    findings_of: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    rows: MemoryRows = field(default_factory=lambda: MemoryRows({}, ()))
    sites: dict[str, list[str]] = field(default_factory=dict)

    def entity(self, node: str) -> Entity:
        """A node by its id."""
        label, held = self.nodes[node]
        return Entity(node, label, held.get("name") or short_id(node))


@dataclass(frozen=True, slots=True)
class WholeStudy(Library):
    """A study read out of a store once; it answers what a Library answers, and gives the records of all its things."""

    contents: _Contents = field(default_factory=_Contents, repr=False)

    @classmethod
    def read(cls, store: Store, study: str, schema: Schema, instruments: InstrumentSet) -> Self:
        """Read everything that the store holds of a study."""
        return cls(store, study, schema, instruments, _read(store, study, schema))

    @property
    def rows(self) -> MemoryRows:
        """What answers the queries of a journey in place of the store."""
        return self.contents.rows

    def things(self, label: str) -> list[Entity]:
        """Everything with this label, in the order of the ids."""
        held = self.contents
        return [held.entity(node) for node in held.by_label.get(label, ())]

    def record(self, thing: Entity) -> Record:
        """What is written in or about a thing. Raises LookupError if it is gone."""
        return RECORDS.get(thing.label, any_record)(self, thing)

    def properties(self, entity: Entity) -> dict[str, Any]:
        """What is recorded of a node. Raises LookupError if it is gone."""
        return dict(self.contents.nodes[entity.id][1])

    def touching_each(self, entities: Iterable[Entity]) -> dict[str, list[ClaimRecord]]:
        """Every claim and tie at one of whose ends each is, by its id."""
        return {entity.id: list(self.contents.touching.get(entity.id, ())) for entity in entities}

    def actions_at(self, meetings: Iterable[str]) -> list[Entity]:
        """The actions that claims place at meetings with these ids."""
        ids = list(meetings)
        near = (claim for each in ids for claim in self.contents.touching.get(each, ()))
        ends = (end for claim in said((*self.naming(ids), *near)) for end in (claim.start, claim.end))
        return list({end.id: end for end in ends if end.label == "Action"}.values())

    def naming(self, ids: Iterable[str] = (), files: Iterable[str] = ()) -> list[ClaimRecord]:
        """The claims that name a source, meeting or speaker among ``ids``, or are written in ``files``."""
        found: dict[str, ClaimRecord] = {}
        for given, known in ((ids, self.contents.naming), (files, self.contents.written_in)):
            for each in sorted(given):
                found |= known.get(each, {})
        return list(found.values())

    def passage(self, extract: str) -> Passage | None:
        """A passage by its id; None if it is gone."""
        return self.contents.passages.get(extract)

    def passages_about(self, entity: Entity) -> list[Passage]:
        """The passages and answers about it."""
        return self._passages("about", entity.id)

    def passages_from(self, source: str) -> list[Passage]:
        """The passages and answers from a source."""
        return self._passages("from", source)

    def passages_coded(self, code: str) -> list[Passage]:
        """The passages coded by a code."""
        return self._passages("coded", code)

    def passages_bearing(self, thing: Entity) -> list[Passage]:
        """The passages that bear on a row of the summary tables, or on a finding."""
        return self._passages("bearing", thing.id)

    def passages_spoken(self, person: str) -> list[Passage]:
        """The passages that a person said."""
        return self._passages("spoken", person)

    def findings(self, files: Iterable[str] = (), about: str | None = None) -> list[Finding]:
        """The findings that are written in files, or are about something."""
        known = self.contents.findings_of
        wanted = [("file", each) for each in files] + ([("about", about)] if about is not None else [])
        places = {place for each in wanted for place in known.get(each, ())}
        return [self.contents.findings[place] for place in sorted(places)]

    def sites_of(self, sources: Iterable[str]) -> dict[str, list[str]]:
        """The names of the sites that sources are from, by the id of the source."""
        return {source: self.contents.sites[source] for source in sources if source in self.contents.sites}

    def _passages(self, how: str, thing: str) -> list[Passage]:
        return list(self.contents.passages_by.get((how, thing), ()))


def _read(store: Store, study: str, schema: Schema) -> _Contents:
    held = _Contents()
    for label in schema.nodes:
        for row in stored_nodes(store, study, schema, label):
            held.nodes[row["id"]] = (label, row)
    for node in sorted(held.nodes):
        held.by_label.setdefault(held.nodes[node][0], []).append(node)
    every = stored_claims(store, study, schema, schema.claims.values(), schema.nodes)
    stored = [row for row in every if row["start"] in held.nodes and row["end"] in held.nodes]
    held.rows = MemoryRows(held.nodes, stored)
    ties = _ties(row for row in stored if held.nodes[row["start"]][0] in ("Extract", "Finding"))
    _take_claims(held, schema, stored)
    _take_passages(held, ties, schema)
    for node, (label, properties) in held.nodes.items():
        if label == "Finding":
            about = tuple(map(held.entity, ties[node].about)) if node in ties else ()
            held.findings.append(Finding(node, properties, about))
    held.findings.sort(key=lambda finding: (str(finding.address), finding.id))
    for place, finding in enumerate(held.findings):
        ways = [("file", str(finding.address.file)), *(("about", each.id) for each in finding.about)]
        for way in dict.fromkeys(ways):
            held.findings_of.setdefault(way, []).append(place)
    _take_sites(held, stored)
    return held


def _ties(rows: Iterable[Mapping[str, Any]]) -> dict[str, _Ties]:
    found: dict[str, _Ties] = {}
    for row in rows:
        ties = found.setdefault(row["start"], _Ties())
        if row["type"] == "ABOUT":
            ties.about.append(row["end"])
        elif row["type"] == "FROM":
            ties.sources.append(row["end"])
        elif row["type"] == "CODED_AS":
            ties.codes.append((row["end"], row["properties"].get("coder")))
        elif row["type"] == "BEARS_ON":
            ties.rows.append((row["end"], row["properties"]))
    return found


def _take_claims(held: _Contents, schema: Schema, stored: Sequence[Mapping[str, Any]]) -> None:
    told = [
        StoredClaim(row["type"], row["properties"], held.entity(row["start"]), held.entity(row["end"]))
        for row in stored
        if not (row["type"] in PASSAGE_TIES and held.nodes[row["start"]][0] == "Extract")
    ]
    for claim in claim_records(held.rows, schema, told):
        for end in {claim.start.id, claim.end.id}:
            held.touching.setdefault(end, []).append(claim)
        properties = claim.properties
        if properties.get("mode") is not None:
            for name in ("source", "at_meeting", "claimed_by"):
                if properties.get(name):
                    held.naming.setdefault(properties[name], {})[claim.id] = claim
            if properties.get("file"):
                held.written_in.setdefault(properties["file"], {})[claim.id] = claim


def _take_passages(held: _Contents, ties: Mapping[str, _Ties], schema: Schema) -> None:
    for node, (label, properties) in held.nodes.items():
        if label != "Extract":
            continue
        mine = ties.get(node, _Ties())
        sources = sorted(mine.sources)
        codings = (_coding(held, code, coder) for code, coder in mine.codes)
        passage = Passage(
            node,
            properties,
            tuple(held.entity(each) for each in sorted(mine.about)),
            tuple(map(held.entity, sources)),
            tuple(sorted(codings, key=lambda coding: (coding.id, coding.coder or ""))),
            span(held.nodes[sources[0]][1]) if sources else UNKNOWN,
            tuple(sorted((_borne_on(held, row, tie, schema) for row, tie in mine.rows), key=bearing_order)),
            schema.vocabularies,
        )
        held.passages[node] = passage
        named = [("about", each) for each in mine.about] + [("from", each) for each in sources]
        named += [("bearing", each) for each, _ in mine.rows]
        named += [("coded", each) for each, _ in mine.codes] + [("spoken", str(properties.get("spoken_by")))]
        for way in dict.fromkeys(named):
            held.passages_by.setdefault(way, []).append(passage)


def _borne_on(held: _Contents, row: str, tie: _Held, schema: Schema) -> BorneOn:
    label, properties = held.nodes[row]
    return borne_on(properties, label, tie, schema)


def _coding(held: _Contents, code: str, coder: str | None) -> Coding:
    properties = held.nodes[code][1]
    return Coding(code, properties["code"], properties.get("label"), coder)


def _take_sites(held: _Contents, stored: Iterable[Mapping[str, Any]]) -> None:
    cases: dict[str, list[str]] = {}
    sites: dict[str, list[str]] = {}
    for row in stored:
        if row["type"] == "IN_CASE" and held.nodes[row["start"]][0] == "DataSource":
            cases.setdefault(row["start"], []).append(row["end"])
        elif row["type"] == "AT_SITE" and held.nodes[row["start"]][0] == "CaseStudy":
            sites.setdefault(row["start"], []).append(str(held.nodes[row["end"]][1].get("name")))
    for source, some in cases.items():
        if found := sorted({site for case in some for site in sites.get(case, ())}):
            held.sites[source] = found
