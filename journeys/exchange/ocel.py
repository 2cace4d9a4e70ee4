"""OCEL 2.0, the object-centric event log of process mining (Berti, Koren, Adams and others, 2024), as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from journeys.analysis.claims.dates import span
from journeys.analysis.claims.happenings import Happening, happenings
from journeys.exchange.network import Network, Node, Tie, Value, ValueType
from journeys.exchange.outcome import Written
from journeys.exchange.sorted_rows import grouped
from journeys.model.dates import DateSpan
from journeys.model.phrases import counted
from journeys.views.tables import safe_json

_TYPES = {
    ValueType.TEXT: "string",
    ValueType.DATE: "string",
    ValueType.INTEGER: "integer",
    ValueType.NUMBER: "float",
    ValueType.BOOLEAN: "boolean",
}
_OF_EVENTS = {
    "date_from": "string",
    "date_to": "string",
    "date_text": "string",
    "sources": "integer",
    "claims": "string",
    "quotes": "string",
    "modes": "string",
    "polarity": "integer",
}
_ALWAYS = "1970-01-01T00:00:00Z"
"""The time that OCEL gives what an object always holds."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim as happenings are found from it."""

    id: str
    when: DateSpan
    derived: bool
    meeting: str | None
    polarity: Value | None
    quote: Value | None
    source: Value | None
    mode: Value | None


def write_ocel(network: Network, path: Path) -> Written:
    """Write the events of a network of claims as an OCEL 2.0 log; returns sentences on what was changed or left out.

    An event is a happening (``journeys.analysis.claims.happenings``), however many sources report it; its objects are
    who did it, what it was done to, and the meeting. Its time is the first day on which it may have happened, or the
    last where no first is known; ``date_from`` and ``date_to`` hold both. What has no date is left out. Objects are
    all other nodes, related by the claims that are no events and stand.
    """
    counts = {"events": 0, "claims": 0, "undated": 0}
    phrases = {tie.phrase for tie in network.ties() if tie.event}
    attributes = _attributes(network)
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        file.write('{"objectTypes": [')
        _listed(file, ({"name": type_, "attributes": _declared(held)} for type_, held in attributes.items()))
        file.write('],\n"eventTypes": [')
        declared = [{"name": name, "type": type_} for name, type_ in _OF_EVENTS.items()]
        _listed(file, ({"name": phrase, "attributes": declared} for phrase in sorted(phrases)))
        file.write('],\n"objects": [')
        _listed(file, (_object(node, others, attributes[node.type]) for node, others in _related(network)))
        file.write('],\n"events": [')
        _listed(file, _events(network, counts))
        file.write("]}\n")
    held = f"{counted(counts['events'], 'event')}, reported by {counted(counts['claims'], 'claim')}"
    undated = f"Left out: {counted(counts['undated'], 'event')} of unknown date."
    return Written((undated,) if counts["undated"] else (), held)


def _attributes(network: Network) -> dict[str, dict[str, ValueType]]:
    """What the objects of each type hold, by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in network.nodes():
        found[node.type] |= node.values.keys()
    return {
        type_: {"name": ValueType.TEXT, **{name: network.node_types[name] for name in sorted(names)}}
        for type_, names in sorted(found.items())
    }


def _declared(types: Mapping[str, ValueType]) -> list[dict[str, str]]:
    return [{"name": name, "type": _TYPES[type_]} for name, type_ in types.items()]


def _related(network: Network) -> Iterator[tuple[Node, list[tuple[str, str]]]]:
    """Each node with the others to which a claim that is no event leads, and its phrase."""
    rows = grouped((tie.start, (tie.end, tie.phrase)) for tie in network.ties() if tie.stands and not tie.event)
    start, others = next(rows, (None, []))
    for node in network.nodes():  # both in the order of the ids
        if node.id == start:
            yield node, [(other, phrase) for other, phrase in others]
            start, others = next(rows, (None, []))
        else:
            yield node, []


def _object(node: Node, related: Iterable[tuple[str, str]], types: Mapping[str, ValueType]) -> dict[str, Any]:
    values = {"name": node.name, **node.values}
    return {
        "id": node.id,
        "type": node.type,
        "attributes": [
            {"name": name, "time": _ALWAYS, "value": str(value) if types[name] is ValueType.TEXT else value}
            for name, value in values.items()
        ],
        "relationships": [{"objectId": other, "qualifier": phrase} for other, phrase in dict.fromkeys(related)],
    }


def _events(network: Network, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    rows = (
        (f"{tie.start}\n{tie.relation}\n{tie.end}", [tie.start, tie.end, tie.relation, tie.phrase, *_parts(tie)])
        for tie in network.ties()
        if tie.event
    )
    for _, together in grouped(rows):
        start, end, relation, phrase = together[0][:4]
        claims = [_claim(*row[4:]) for row in together]
        for happening in happenings(claims, partial(_act, relation), _meeting):
            day = happening.when.date_from or happening.when.date_to
            if day is None:
                counts["undated"] += 1
                continue
            counts["events"] += 1
            counts["claims"] += len(happening.claims)
            yield _event(happening, day, start, end, phrase)


def _act(relation: str, _: _Claim) -> tuple[str, str]:
    return relation, relation


def _meeting(claim: _Claim) -> str | None:
    return claim.meeting


def _parts(tie: Tie) -> list[Any]:
    held = tie.values
    dates = {name: held.get(name) for name in ("date_text", "date_from", "date_to", "date_precision", "date_time")}
    return [
        tie.id,
        {name: value for name, value in dates.items() if value is not None},
        held.get("mode") == "derived",
        tie.meeting,
        *(held.get(name) for name in ("polarity", "quote", "source_title", "mode")),
    ]


def _claim(id_: str, dates: dict[str, Any], *rest: Any) -> _Claim:
    for name in ("date_from", "date_to"):
        if name in dates:
            dates[name] = date.fromisoformat(dates[name])
    return _Claim(id_, span(dates), *rest)


def _event(happening: Happening[_Claim], day: date, start: str, end: str, phrase: str) -> dict[str, Any]:
    claims = sorted(happening.claims, key=lambda claim: claim.id)
    when = happening.when
    sources = {claim.source for claim in claims if claim.source}
    held: dict[str, Value | None] = {
        "date_from": when.date_from.isoformat() if when.date_from else None,
        "date_to": when.date_to.isoformat() if when.date_to else None,
        "date_text": when.text,
        "sources": len(sources),
        "claims": "; ".join(claim.id for claim in claims),
        "quotes": "; ".join(dict.fromkeys(f"“{claim.quote}”" for claim in claims if claim.quote)) or None,
        "modes": "; ".join(sorted({str(claim.mode) for claim in claims if claim.mode})) or None,
        "polarity": claims[0].polarity,
    }
    meetings = {claim.meeting for claim in claims if claim.meeting} - {start, end}
    objects = [(start, "who"), (end, "what"), *((meeting, "meeting") for meeting in sorted(meetings))]
    return {
        "id": f"event of {claims[0].id}",
        "type": phrase,
        "time": f"{day.isoformat()}T00:00:00Z",
        "attributes": [{"name": name, "value": value} for name, value in held.items() if value is not None],
        "relationships": [{"objectId": other, "qualifier": role} for other, role in objects],
    }


def _listed(file: TextIO, items: Iterable[Mapping[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + safe_json(json.dumps(item, ensure_ascii=False, allow_nan=False)))
