"""Turn what was read into what the store should hold: merged nodes, dated claims, inferred claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from journeys.model.aspects import ASPECTS, aspect_key
from journeys.model.definitions import ClaimKind
from journeys.model.identity import content_hash, derived_claim_id, stored_json
from journeys.model.problems import Address, Problem, Report
from journeys.model.records import PropertyModels
from journeys.model.schema import CLAIM_KIND, WITHDRAWN, Schema
from journeys.model.stored_types import stored_type
from journeys.staging.acts import number_acts
from journeys.staging.after_source import report_after_source
from journeys.staging.merge import Description, Said, merged, merged_claim
from journeys.staging.namesakes import namesakes
from journeys.staging.repetitions import Repetition, Repetitions
from journeys.staging.searched import SearchedWords, any_of

_ASPECT = any_of(ASPECTS)
DATE_PARTS = ("date_from", "date_to", "date_precision", "date_time")

MeetingDates = Mapping[str, Mapping[str, object]]
"""Meeting id -> its ``date_from``, ``date_to``, ``date_precision`` and ``date_time``, as far as it has them."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Counts after settling: ``repetitions`` are claims merged with an equal one; ``repeated`` are the first pairs of
    places that repeat each other; ``same_acts`` are equal table rows kept as separate acts."""

    nodes: int
    claims: int
    derived: int
    repetitions: int
    same_acts: int = 0
    repeated: tuple[Repetition, ...] = ()


class _Written(NamedTuple):
    """A row of the table ``written``, as far as it is needed here."""

    id: str
    kind: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: str
    unsaid: str
    type: str
    source: str | None
    at_meeting: str | None
    dated: int
    file: str
    sheet: str | None
    cell: str | None
    places: str | None

    @property
    def address(self) -> Address:
        return Address(self.file, self.sheet, self.cell)

    def said(self) -> Said:
        return Said(orjson.loads(self.properties), self.address, orjson.loads(self.places) if self.places else {})


class Beside:
    """What stands beside the files that are settled: nothing, where these are all of the study."""

    def __init__(self, repetitions: Repetitions) -> None:
        self.repetitions = repetitions

    def complete_nodes(self) -> None:
        """Add the nodes of other files that claims are settled by."""

    def complete_claims(self) -> None:
        """Add the ties of other files that claims are compared by."""

    def only_own_claims(self) -> None:
        """Take these ties out again."""


def settle(
    database: sqlite3.Connection, schema: Schema, study: str, report: Report, beside: Beside | None = None
) -> Settled:
    """Fill the tables ``node`` and ``claim`` of a staging file from ``description`` and ``written``."""
    beside = beside or Beside(Repetitions())
    repetitions = beside.repetitions
    _insert(database, "node", 5, _nodes(database, schema, study, report))
    beside.complete_nodes()
    names, meetings = _names_and_dates(database)
    acts = number_acts(database)
    _insert(database, "claim", 9, _claims(database, schema, study, meetings, names, repetitions, report))
    beside.complete_claims()
    report_after_source(database, report)
    beside.only_own_claims()
    before = _count(database, "claim")
    for kind in schema.claims.values():
        implying = [other.name for other in schema.claims.values() if other.implies == kind.name]
        if implying:
            _insert(database, "claim", 9, _derived(database, schema, kind, implying, study, meetings, names))
    nodes, claims = _count(database, "node"), _count(database, "claim")
    return Settled(nodes, claims, claims - before, repetitions.claims, acts, repetitions.named())


def _nodes(
    database: sqlite3.Connection,
    schema: Schema,
    study: str,
    report: Report,
) -> Iterator[tuple[Any, ...]]:
    """The rows of ``node``."""
    models, searched = PropertyModels(schema), SearchedWords(schema)
    shown = namesakes(database, schema, report)
    rows = database.execute(
        "SELECT id, label, properties, places, file, sheet, cell FROM description ORDER BY id, authority, file, rowid"
    )
    described = (
        Description(identity, label, orjson.loads(properties), Address(*address), places=orjson.loads(places))
        for identity, label, properties, places, *address in rows
    )
    for node in merged(described, schema, report):
        if node.id in shown:
            node.properties["name"] = shown[node.id]
        try:
            models[node.label].model_validate_json(stored_json(node.properties))
        except ValidationError as error:
            _report_misfits(node, error, report)
            continue
        words = searched.of_node(node.label, node.properties)
        said = stored_json({**node.properties, **words, "id": node.id, "study": study})
        yield node.id, node.label, *_stored(said, node.address, node.files)


def _names_and_dates(database: sqlite3.Connection) -> tuple[dict[str, str], dict[str, dict[str, object]]]:
    """The names of meetings and sources, and the dates of meetings, by id."""
    names: dict[str, str] = {}
    dates: dict[str, dict[str, object]] = {}
    rows = database.execute("SELECT id, label, properties FROM node WHERE label IN ('Meeting', 'DataSource')")
    for identity, label, properties in rows:
        held = orjson.loads(properties)
        names[identity] = str(held["name"])
        if label == "Meeting":
            dates[identity] = {part: held[part] for part in DATE_PARTS if part in held}
    return names, dates


def _report_misfits(node: Description, error: ValidationError, report: Report) -> None:
    for wrong in error.errors():
        what = ".".join(map(str, wrong["loc"])).replace("_", " ")
        if wrong["type"] == "missing":
            message, remedy = f"The {node.label} {node.id.split(':', 2)[-1]!r} has no {what}.", f"Write its {what}."
            report(Problem("missing_value", node.address, message, remedy))
        else:
            message = f"The {what} of the {node.label} cannot be {wrong['input']!r}."
            report(Problem("bad_value", node.address, message, f"{wrong['msg']}."))


def _claims(
    database: sqlite3.Connection,
    schema: Schema,
    study: str,
    meetings: MeetingDates,
    names: Mapping[str, str],
    repetitions: Repetitions,
    report: Report,
) -> Iterator[tuple[Any, ...]]:
    """The rows of ``claim`` for what was written: exact repetitions merged, each with its date and the names that a
    person reads."""
    searched = SearchedWords(schema)
    rows = database.execute(f"SELECT {', '.join(_Written._fields)} FROM written ORDER BY id, file, rowid")
    for _, group in groupby(map(_Written._make, rows), key=itemgetter(0)):
        first, *others = group
        kind = schema.claims[first.kind]
        # A register and a form that put a document in the same case are not repetitions: both have to name it.
        for other in others if kind.asserted else ():
            repetitions.add(other.address, first.address)
        files, properties, unsaid, type_ = [first.file], first.properties, first.unsaid, first.type
        if others:
            files = sorted({row.file for row in (first, *others)})
            if any(row.properties != properties for row in others):
                told, *also = (row.said() for row in (first, *others))
                together = merged_claim(told, also, schema, report)
                defaults = schema.claim_defaults(kind.name)
                properties, type_ = stored_json(together), stored_type(kind, together)
                unsaid = stored_json({name: term for name, term in defaults.items() if name not in together})
        said: dict[str, object] = {"id": first.id, "study": study}
        said |= _titles(names, source_title=first.source, meeting_title=first.at_meeting)
        # Parsed only where there is one: there are as many of these texts as claims.
        if _ASPECT.search(properties) and (key := aspect_key(orjson.loads(properties))):
            said["aspect_key"] = key
        said |= searched.of_claim(kind.name, properties)
        if type_ == WITHDRAWN:
            said[CLAIM_KIND] = kind.name
        if first.dated and kind.asserted:
            said["date_basis"] = "stated"
        elif when := meetings.get(kind.happened_at(first.to_label, first.to_id, first.at_meeting) or ""):
            said |= {**when, "date_basis": "meeting"}
        stored = _stored(_joined(_joined(properties, unsaid), said), first.address, files)
        yield first.id, type_, *first[2:6], *stored


def _titles(names: Mapping[str, str], **ids: str | None) -> dict[str, object]:
    return {title: names[node_id] for title, node_id in ids.items() if node_id is not None and node_id in names}


def _derived(
    database: sqlite3.Connection,
    schema: Schema,
    kind: ClaimKind,
    implying: list[str],
    study: str,
    meetings: MeetingDates,
    names: Mapping[str, str],
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of ``claim`` for claims of ``kind`` inferred from claims that name a meeting and are neither
    negated nor withdrawn.

    A kind that leads to a Meeting joins what the claims are about to it (a document contested at a meeting came to that
    meeting); any other joins the claims' own ends once more (who used a document at a meeting referred to it there).
    """
    to_meeting = "Meeting" in kind.to_labels
    ends = "to_label, to_id, 'Meeting', at_meeting" if to_meeting else "from_label, from_id, to_label, to_id"
    rows = database.execute(
        f"SELECT {ends}, at_meeting, id, file, sheet, cell FROM written"
        f" WHERE kind IN ({','.join('?' * len(implying))}) AND at_meeting IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM claim WHERE claim.id = written.id AND claim.type = written.kind)"
        " ORDER BY 1, 2, 3, 4, 5, file, rowid",
        implying,
    ).fetchall()
    for (from_label, from_id, to_label, to_id, meeting), group in groupby(rows, key=lambda row: row[:5]):
        if not kind.allows(from_label, to_label):
            continue
        basis = list(group)
        claim_id = derived_claim_id(kind.name, from_id, to_id, meeting)
        said: dict[str, object] = {
            **schema.claim_defaults(kind.name),
            "id": claim_id,
            "study": study,
            "mode": "derived",
            "derived_from": sorted({row[5] for row in basis}),
            "at_meeting": meeting,
            **_titles(names, meeting_title=meeting),
        }
        if meetings.get(meeting):
            said |= {**meetings[meeting], "date_basis": "meeting"}
        joined = (claim_id, kind.name, from_label, from_id, to_label, to_id)
        files = sorted({row[6] for row in basis})
        yield *joined, *_stored(stored_json(said), Address(*basis[0][6:]), files)


def _stored(said: str, address: Address, files: list[str]) -> tuple[str, str, str]:
    """What is stored, its content hash, and the files.

    The hash has two parts, for content and place, so that a load distinguishes a changed claim from a moved one.
    """
    where = stored_json({**_place(address), "files": files})
    digest = f"{content_hash(said)}-{content_hash(where)[:8]}"
    stored = _joined(_joined(said, {"content_hash": digest}), where)
    return stored, digest, stored_json(files)


def _place(address: Address) -> dict[str, object]:
    parts = {"file": address.file, "sheet": address.sheet, "cell": address.cell}
    return {name: part for name, part in parts.items() if part is not None}


def _joined(text: str, more: str | Mapping[str, object]) -> str:
    """Two JSON mappings as one text, without parsing them: there are as many of these as claims."""
    rest = more if isinstance(more, str) else stored_json(more)
    if "{}" in (text, rest):
        return rest if text == "{}" else text
    return f"{text[:-1]},{rest[1:]}"


def _insert(database: sqlite3.Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
    database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)


def _count(database: sqlite3.Connection, table: str) -> int:
    (number,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)
