"""The sections that records of several kinds have: facts, ties by kind, claims in the order of time, passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.reading.entries import (
    by_date,
    claim_entry,
    follow_up_fact,
    in_place,
    names_fact,
    property_facts,
    whole_passages,
)
from journeys.analysis.reading.lookup import Finding, Library, Passage
from journeys.analysis.reading.record import Entry, Section
from journeys.model.dates import DateSpan
from journeys.model.order import describe
from journeys.model.phrases import counted
from journeys.model.schema import Schema

UNDATED = "Undated"


def own_facts(
    library: Library, entity: Entity, held: Mapping[str, Any], but: Iterable[str] = (), *, all_kinds: bool = True
) -> list[Entry]:
    """What is recorded of a node itself, apart from its name and the properties ``but``."""
    kind = library.schema.nodes[entity.label]
    definitions = library.schema.properties_of_node(entity.label) if all_kinds else dict(kind.properties)
    for name in ("name", kind.display, *but):
        if name == "name" or str(held.get(name)) == entity.name or name != kind.display:
            definitions.pop(name, None)
    return property_facts(library.schema, held, definitions, address_of(held))


def tie_facts(schema: Schema, entity: Entity, touching: Iterable[ClaimRecord], but: Iterable[str] = ()) -> list[Entry]:
    """The ties that no source states (its case study, its meetings, its documents) as facts, by kind and direction."""
    left_out = set(but)
    found: dict[tuple[str, bool, str], list[Entity]] = {}
    for claim in touching:
        if claim.kind.asserted or claim.kind.name in left_out:
            continue
        outgoing = claim.start.id == entity.id
        other = claim.end if outgoing else claim.start
        found.setdefault((claim.kind.name, outgoing, other.label), []).append(other)
    facts = []
    for (name, outgoing, label), others in sorted(found.items(), key=lambda item: (not item[0][1], item[0])):
        kind = schema.claims[name]
        words = kind.phrase if outgoing else f"{schema.nodes[label].plural.lower()}: {kind.passive}"
        heading = schema.nodes[label].plural if not outgoing else words[:1].upper() + words[1:]
        facts += names_fact(heading, sorted(others, key=lambda each: (each.name, each.id)))
    return facts


def stated(claims: Iterable[ClaimRecord]) -> list[ClaimRecord]:
    """The claims that a source states, each once."""
    return list({claim.id: claim for claim in claims if claim.kind.asserted and not claim.derived}.values())


def said(claims: Iterable[ClaimRecord]) -> list[ClaimRecord]:
    """The claims that a source states and that the team has not withdrawn, each once."""
    return [claim for claim in stated(claims) if claim.properties.get("status") != "withdrawn"]


def in_time(claims: Iterable[ClaimRecord]) -> tuple[Entry, ...]:
    """Claims as rows in the order of time, and of the forms where they have no date."""
    ordered = sorted(claims, key=lambda claim: (by_date(claim.when), in_place(claim.address), claim.id))
    return tuple(map(claim_entry, ordered))


def dated_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries under headings of their dates, in the order of time; undated ones at the end."""
    ordered = sorted(entries, key=lambda entry: (by_date(entry.when), in_place(entry.address), entry.id or ""))
    return tuple(
        Entry("heading", words, when=together[0].when, entries=tuple(together))
        for words, group in groupby(ordered, key=lambda entry: _date(entry.when))
        if (together := list(group))
    )


def _date(when: DateSpan) -> str:
    return describe(when) if when.date_from or when.date_to else UNDATED


def passages_in_place(passages: Iterable[Passage]) -> tuple[Entry, ...]:
    """Passages as they stand in their forms, each with its parts."""
    return tuple(whole_passages(sorted(passages, key=lambda passage: (in_place(passage.address), passage.id))))


def finding_entries(findings: Sequence[Finding]) -> tuple[Entry, ...]:
    """Findings that were written about something."""
    return tuple(
        Entry(
            "passage",
            text=str(finding.properties.get("text") or ""),
            heading=str(finding.properties.get("kind") or "").replace("_", " "),
            id=finding.id,
            about=finding.about,
            address=finding.address,
            entries=_plan(finding),
        )
        for finding in findings
    )


def _plan(finding: Finding) -> tuple[Entry, ...]:
    plan = finding.properties.get("plan")
    done = (Entry("fact", "What will be done", str(plan), address=finding.address),) if plan else ()
    return (*done, *follow_up_fact(finding.properties))


def filled(sections: Iterable[tuple[str, Sequence[Entry]]]) -> Iterator[Section]:
    """The sections that have entries."""
    return (Section(title, tuple(entries)) for title, entries in sections if entries)


def inferred_note(claims: Iterable[ClaimRecord]) -> str:
    """How many claims of these no source states."""
    number = len({claim.id for claim in claims if claim.derived})
    return f"Plus {counted(number, 'inferred claim')}, stated by no source." if number else ""
