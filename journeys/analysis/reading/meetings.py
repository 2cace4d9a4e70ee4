"""A meeting as a record: who was there, what was tabled, said and decided, what came next, and the notes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.reading.entries import by_date, claim_entry, names_fact
from journeys.analysis.reading.forms import Forms, forms_about
from journeys.analysis.reading.lookup import Library, Passage
from journeys.analysis.reading.parts import (
    filled,
    finding_entries,
    in_time,
    own_facts,
    passages_in_place,
    stated,
    tie_facts,
)
from journeys.analysis.reading.record import Entry, Record, Section

_THERE = ("ATTENDED", "REPRESENTED")
_TABLED = ("TABLED_AT", "INTRODUCED", "MADE_AWARE_OF")
_DECIDED = ("TOOK_AWAY", "ARISES_FROM", "RECOMMENDS", "RESULTED_IN", "USED_TO_JUSTIFY")


def meeting_record(library: Library, meeting: Entity) -> Record:
    """The record of a meeting. Raises LookupError if it is gone."""
    touching = library.touching(meeting)
    observed = [c.start for c in touching if c.kind.name == "OF_MEETING" and c.start.label == "DataSource"]
    found = forms_about(library, meeting, observed[0] if observed else None, {meeting.id: touching})
    named = library.naming([meeting.id])
    at = [c for c in (*touching, *named) if meeting.id in (c.end.id, c.start.id, c.properties.get("at_meeting"))]
    claims = {claim.id: claim for claim in at if claim.kind.asserted}
    there = [c for c in stated(claims.values()) if c.kind.name in _THERE]
    tabled = [c for c in claims.values() if c.kind.name in _TABLED and (not c.derived or c.kind.name == "TABLED_AT")]
    decided = [c for c in stated(claims.values()) if c.kind.name in _DECIDED]
    placed = {claim.id for claim in (*there, *tabled, *decided)}
    done = [c for c in stated(claims.values()) if c.id not in placed]
    sections = [
        Section("Who was there", in_time(there), "" if there else "Not recorded."),
        Section("What was tabled", _tabled(tabled), "" if tabled else "Not recorded."),
        Section("What was said and done", in_time(done), "" if done else "Not recorded."),
        Section("What was decided and taken away", in_time(decided), "" if decided else "Not recorded."),
        Section("What came next", tuple(_next(library, meeting, touching, decided))),
        *_notes(found),
        *filled(
            [
                ("Passages about it in other forms", passages_in_place(_not_read(found))),
                ("Findings about it", finding_entries(found.findings)),
            ]
        ),
    ]
    held = found.about.held
    return Record(
        meeting,
        "Meeting",
        meeting.name,
        (
            *own_facts(library, meeting, held),
            *tie_facts(library.schema, meeting, touching, ["NEXT_MEETING", "ABOUT", "AT"]),
        ),
        tuple(section for section in sections if section.entries or section.note),
        held,
        tuple(("journeys show", source.id.split(":", 2)[-1], "the observation sheet") for source in observed),
        address_of(held),
        observed[0].id if observed else None,
    )


def _tabled(claims: Iterable[ClaimRecord]) -> tuple[Entry, ...]:
    """What was tabled, an entry for each thing: who introduced it, and according to whom."""
    things: dict[str, tuple[Entity, list[ClaimRecord]]] = {}
    for claim in claims:
        thing = claim.start if claim.kind.name == "TABLED_AT" else claim.end
        things.setdefault(thing.id, (thing, []))[1].append(claim)
    entries = []
    for thing, said in sorted(things.values(), key=lambda each: (each[0].name, each[0].id)):
        stated_ones = [claim for claim in said if not claim.derived]
        below = in_time(stated_ones or said)
        entries.append(Entry("heading", thing.name, id=thing.id, about=(thing,), entries=below))
    return tuple(entries)


def _next(
    library: Library, meeting: Entity, touching: Iterable[ClaimRecord], decided: Iterable[ClaimRecord]
) -> list[Entry]:
    """The next meeting and the one before, and what became of the actions."""
    ties = [claim for claim in touching if claim.kind.name == "NEXT_MEETING"]
    entries = names_fact("Next meeting", (c.end for c in ties if c.start.id == meeting.id))
    entries += names_fact("Meeting before", (c.start for c in ties if c.end.id == meeting.id))
    actions = {end.id: end for c in decided for end in (c.start, c.end) if end.label == "Action"}
    shown = {claim.id for claim in decided}
    for action in sorted(actions.values(), key=lambda each: (each.name, each.id)):
        later = [claim for claim in stated(library.touching(action)) if claim.id not in shown]
        later.sort(key=lambda claim: by_date(claim.when))
        if later:
            entries.append(Entry("heading", action.name, about=(action,), entries=tuple(map(claim_entry, later))))
    return entries


def _notes(found: Forms) -> list[Section]:
    """What the observation sheet has beside its typed rows: the answered questions and the notes."""
    sections = []
    for form in found.forms:
        for section in replace(form, claims=(), findings=()).sections()[1:]:
            if entries := tuple(entry for entry in section.entries if _says_something(entry)):
                sections.append(Section(section.title, entries, f"Observation sheet: {form.file}"))
    return sections


def _says_something(entry: Entry) -> bool:
    return any(below.kind in ("answer", "passage") for below in entry.walk())


def _not_read(found: Forms) -> list[Passage]:
    return [passage for passage in found.passages if passage.id not in found.read]
