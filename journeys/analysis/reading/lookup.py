"""Look-up of one thing in the store: its properties, the claims that touch or name it, the passages about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.claims.dates import span
from journeys.analysis.claims.from_store import StoredClaim, claim_records, rows_of
from journeys.analysis.reading.record import BorneOn, Coding
from journeys.instruments.instrument_set import InstrumentSet, shipped_instruments
from journeys.model.dates import UNKNOWN, DateSpan
from journeys.model.definitions import Vocabulary
from journeys.model.identity import short_id
from journeys.model.problems import Address
from journeys.model.schema import Schema
from journeys.store.connection import Row, Store
from journeys.store.cypher_templates import filled_in
from journeys.store.queries.library import load_query

PASSAGE_TIES = ("ABOUT", "FROM", "CODED_AS", "BEARS_ON")
"""What places a passage: a page shows it with the passage, not as something said of the thing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, note or answer as the store has it; ``when`` is the date of the source that it is from.

    ``vocabularies`` are the schema's, for the labels of terms.
    """

    id: str
    properties: Mapping[str, Any]
    about: tuple[Entity, ...]
    sources: tuple[Entity, ...]
    codes: tuple[Coding, ...]
    when: DateSpan = UNKNOWN
    bears_on: tuple[BorneOn, ...] = ()
    vocabularies: Mapping[str, Vocabulary] = field(default_factory=dict, repr=False, compare=False)

    def held(self, name: str) -> str | None:
        """A property as text, if it has it."""
        value = self.properties.get(name)
        return None if value is None else str(value)

    @property
    def address(self) -> Address:
        """Where it was written."""
        return Address(self.held("file"), self.held("sheet"), self.held("cell"))

    @property
    def instrument(self) -> str:
        """The form that it was written in: "document_extraction_template"; "" for none."""
        return (self.held("instrument_field") or "").partition(".")[0]

    @property
    def question(self) -> str:
        """The question of that form, with its part: "course_of_action.how_case_made"."""
        return (self.held("instrument_field") or "").partition(".")[2]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, gap, theme or follow-up as the store has it; ``point`` is the point of the form that it answers."""

    id: str
    properties: Mapping[str, Any]
    about: tuple[Entity, ...]

    @property
    def address(self) -> Address:
        """Where it was written."""
        return address_of(self.properties)

    @property
    def point(self) -> str:
        """The id of the point: the part of its own id before the last ("obs-M1.confusions.8caa")."""
        return short_id(self.id).rpartition(".")[0].rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Library:
    """Reads one study out of a store."""

    store: Store
    study: str
    schema: Schema
    instruments: InstrumentSet = field(default_factory=shipped_instruments)

    def properties(self, entity: Entity) -> dict[str, Any]:
        """What is recorded of a node. Raises LookupError if it is gone."""
        rows = self._rows("node", entity.label, {"id": entity.id})
        if not rows:
            raise LookupError(entity.id)
        return dict(rows[0]["properties"])

    def touching(self, entity: Entity) -> list[ClaimRecord]:
        """Every claim and tie at one of whose ends it is."""
        return self.touching_each([entity])[entity.id]

    def touching_each(self, entities: Iterable[Entity]) -> dict[str, list[ClaimRecord]]:
        """Every claim and tie at one of whose ends each is, by its id; asked for together."""
        by_label: defaultdict[str, list[str]] = defaultdict(list)
        for entity in entities:
            by_label[entity.label].append(entity.id)
        rows = [
            row
            for label, ids in by_label.items()
            for row in self._rows("claims_touching", label, {"ids": ids, "passage_ties": list(PASSAGE_TIES)})
        ]
        found: dict[str, list[ClaimRecord]] = {id_: [] for ids in by_label.values() for id_ in ids}
        for claim in self._claims(rows):
            for end in {claim.start.id, claim.end.id} & found.keys():
                found[end].append(claim)
        return found

    def actions_at(self, meetings: Iterable[str]) -> list[Entity]:
        """The actions that claims place at meetings with these ids."""
        given = {"study": self.study, "ids": sorted(meetings)}
        rows = rows_of(self.store, "reading/actions_at", given) if given["ids"] else []
        return [entity_of(row) for row in rows]

    def naming(self, ids: Iterable[str] = (), files: Iterable[str] = ()) -> list[ClaimRecord]:
        """The claims that name a source, meeting or speaker among ``ids``, or are written in ``files``."""
        given = {"study": self.study, "ids": sorted(ids), "files": sorted(files)}
        asserted = [kind for kind in self.schema.claims.values() if kind.asserted]
        starting = {label for kind in asserted for label in self.schema.labels(kind.from_labels)}
        return self._claims([row for label in sorted(starting) for row in self._rows("claims_naming", label, given)])

    def passage(self, extract: str) -> Passage | None:
        """A passage by its id; None if it is gone."""
        rows = rows_of(self.store, "reading/passage", {"id": extract})
        return passage_of(rows[0], self.schema) if rows else None

    def passages_about(self, entity: Entity) -> list[Passage]:
        """The passages and answers about it."""
        return [passage_of(row, self.schema) for row in self._rows("passages_about", entity.label, {"id": entity.id})]

    def passages_from(self, source: str) -> list[Passage]:
        """The passages and answers from a source."""
        return [passage_of(row, self.schema) for row in rows_of(self.store, "reading/passages_from", {"id": source})]

    def passages_coded(self, code: str) -> list[Passage]:
        """The passages coded by a code."""
        return [passage_of(row, self.schema) for row in rows_of(self.store, "reading/passages_coded", {"id": code})]

    def passages_bearing(self, thing: Entity) -> list[Passage]:
        """The passages that bear on a row of the summary tables, or on a finding."""
        rows = self._rows("passages_bearing", thing.label, {"id": thing.id})
        return [passage_of(row, self.schema) for row in rows]

    def passages_spoken(self, person: str) -> list[Passage]:
        """The passages that a person said."""
        given = {"study": self.study, "id": person}
        return [passage_of(row, self.schema) for row in rows_of(self.store, "reading/passages_spoken", given)]

    def findings(self, files: Iterable[str] = (), about: str | None = None) -> list[Finding]:
        """The findings that are written in files, or are about something."""
        given = {"study": self.study, "files": sorted(files), "about": about}
        found = [
            Finding(row["finding"]["id"], row["finding"], tuple(map(entity_of, row["about"])))
            for row in rows_of(self.store, "reading/findings", given)
        ]
        return sorted(found, key=lambda finding: (str(finding.address), finding.id))

    def sites_of(self, sources: Iterable[str]) -> dict[str, list[str]]:
        """The names of the sites that sources are from, by the id of the source."""
        ids = sorted(sources)
        rows = rows_of(self.store, "reading/sites_of_sources", {"ids": ids}) if ids else []
        return {row["id"]: sorted(row["sites"]) for row in rows}

    def _rows(self, name: str, label: str, given: Mapping[str, object]) -> list[Row]:
        query = load_query(f"reading/{name}")
        return self.store.read(filled_in(self.schema, query.text, Label=label), query.values(given))

    def _claims(self, rows: Sequence[Row]) -> list[ClaimRecord]:
        found = [StoredClaim.of(row, entity_of(row, "from_id", "from_label", "from_name")) for row in rows]
        return list(claim_records(self.store, self.schema, found))


def entity_of(row: Mapping[str, Any], id_: str = "id", label: str = "label", name: str = "name") -> Entity:
    """The node that a row names."""
    return Entity(row[id_], row[label], row[name] or short_id(row[id_]))


def passage_of(row: Row, schema: Schema) -> Passage:
    """The passage that a row holds, with what it is about, its sources and its codes."""
    held = row["passage"]
    sources = sorted(row["sources"], key=lambda source: str(source["id"]))
    codings = (Coding(code["id"], code["code"], code["name"], code["coder"]) for code in row["codes"])
    return Passage(
        held["id"],
        held,
        tuple(sorted((entity_of(each) for each in row["about"]), key=lambda each: each.id)),
        tuple(entity_of(source) for source in sources),
        tuple(sorted(codings, key=lambda coding: (coding.id, coding.coder or ""))),
        span(sources[0]) if sources else UNKNOWN,
        tuple(sorted((borne_on(each, each["label"], each, schema) for each in row["rows"]), key=bearing_order)),
        schema.vocabularies,
    )


def borne_on(thing: Mapping[str, Any], label: str, tie: Mapping[str, Any], schema: Schema) -> BorneOn:
    """What a passage bears on: the row or finding, and what the tie to it says."""
    way = tie.get("direction")
    said = schema.terms("bearing").words(way) if way else ""
    name = str(thing.get("name") or short_id(thing["id"]))
    return BorneOn(thing["id"], label, name, thing.get("row_id"), way, said, tie.get("how_sure"), tie.get("coder"))


def bearing_order(each: BorneOn) -> tuple[str, str, str]:
    """The order in which what a passage bears on is shown."""
    return (each.key or "", each.id, each.coder or "")
