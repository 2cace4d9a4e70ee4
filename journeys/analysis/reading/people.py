"""A person as a record: roles and groups, everything they did and said by date, and what others did to them."""

from __future__ import annotations

from journeys.analysis.claims.claim import Entity, address_of
from journeys.analysis.reading.entries import claim_entry, whole_passages
from journeys.analysis.reading.lookup import Library
from journeys.analysis.reading.parts import (
    dated_entries,
    filled,
    finding_entries,
    in_time,
    inferred_note,
    own_facts,
    passages_in_place,
    stated,
    tie_facts,
)
from journeys.analysis.reading.record import Record, Section

ROLES = ("MEMBER_OF", "REPRESENTED", "INVOLVED_IN", "RESPONSIBLE_FOR")
"""The kinds of claim that say what somebody is rather than what they did."""


def person_record(library: Library, person: Entity) -> Record:
    """The record of a person or group of people. Raises LookupError if it is gone."""
    held = library.properties(person)
    touching = library.touching(person)
    said = [c for c in stated(library.naming([person.id])) if c.properties.get("claimed_by") == person.id]
    claims = stated(touching)
    roles = [claim for claim in claims if claim.start.id == person.id and claim.kind.name in ROLES]
    did = [claim for claim in claims if claim.start.id == person.id and claim.kind.name not in ROLES]
    done_to = [claim for claim in claims if claim.start.id != person.id]
    known = {claim.id for claim in claims}
    by_date = [
        *map(claim_entry, did),
        *whole_passages(library.passages_spoken(person.id)),
        *map(claim_entry, (claim for claim in said if claim.id not in known)),
    ]
    note = inferred_note(claim for claim in touching if claim.start.id == person.id)
    sections = [
        *filled([("Roles and groups", in_time(roles))]),
        Section("Did and said, by date", dated_entries(by_date), note or ("" if by_date else "Not recorded.")),
        *filled(
            [
                ("What others did", in_time(done_to)),
                ("Passages about them", passages_in_place(library.passages_about(person))),
                ("Findings about them", finding_entries(library.findings(about=person.id))),
            ]
        ),
    ]
    kind = library.schema.terms("actor_kind").words(str(held.get("kind") or "")) or library.schema.nodes["Actor"].noun
    return Record(
        person,
        kind[:1].upper() + kind[1:],
        person.name,
        (*own_facts(library, person, held, ("kind",)), *tie_facts(library.schema, person, touching)),
        tuple(sections),
        held,
        address=address_of(held),
    )
