"""Wording of the entries of a record, shared by the terminal and the pages."""

from __future__ import annotations

import re
from collections.abc import Collection

from journeys.analysis.claims.claim import ACTING, Entity
from journeys.analysis.reading.entries import DENIED
from journeys.analysis.reading.record import Entry
from journeys.model.definitions import NOT_STATED
from journeys.model.schema import load_schema
from journeys.views.text import sanitized
from journeys.views.wording import MODES, date_words, details_words


def heading_of(entry: Entry, subject: Entity) -> str:
    """What a claim says, with "it" for what the record is about unless that is somebody; any other heading as it is."""
    claim = entry.claim
    if claim is None or subject.label in ACTING:
        return entry.heading
    start, end = ("it" if end.id == subject.id else end.name for end in (claim.start, claim.end))
    return f"{DENIED if claim.negated else ''}{start} {claim.kind.phrase} {end}"


def quoted(entry: Entry) -> bool:
    """Whether its words are somebody's, so that they stand in quotation marks."""
    return entry.mode == "verbatim" or (entry.kind == "claim" and bool(entry.text))


def notes_of(entry: Entry, known: Collection[str | None] = ()) -> list[str]:
    """What stands below an entry, a line each: how and when it was said, about what, in which source and cell.

    ``known`` are the ids of what need not be named again: what the record is about, the source that it is.
    """
    lines = [
        ", ".join(_how(entry)),
        _codes(entry),
        _bears_on(entry),
        _details(entry),
        _named(entry, known),
        str(entry.address),
    ]
    return [line for line in map(sanitized, lines) if line]


def _how(entry: Entry) -> list[str]:
    status = load_schema().terms("answer_status").words(entry.status) if entry.status else ""
    claim = entry.claim
    confidence = claim.properties.get("confidence") if claim else None
    said = [
        entry.scope_label,
        status if entry.kind in ("answer", "question") and entry.status != "answered" else "",
        "withdrawn" if entry.status == "withdrawn" else "",
        MODES.get(entry.mode or "", ""),
        f"{confidence} confidence" if confidence and confidence != NOT_STATED else "",
        place_words(entry.place),
        date_words(entry.when) if entry.kind == "claim" else "",
        f"at {claim.meeting.title}" if claim and claim.meeting and claim.meeting.id != claim.end.id else "",
        f"written down by {entry.recorded_by}" if entry.recorded_by else "",
    ]
    if entry.kind == "claim" and entry.speaker:
        said.append(f"said by {entry.speaker}")
    return [each for each in said if each]


def place_words(place: str | None) -> str:
    """A place as it was typed; a bare number is a page, and "14:05" a time."""
    if not place:
        return ""
    if re.fullmatch(r"\d+(\s*[-\u2013,]\s*\d+)*", place):
        return f"p. {place}"
    return f"at {place}" if re.match(r"\d+:\d", place) else place


def _codes(entry: Entry) -> str:
    coded = [f"{code.words}{f' ({code.coder})' if code.coder else ''}" for code in entry.codes]
    return f"coded {'; '.join(coded)}" if coded else ""


def _bears_on(entry: Entry) -> str:
    """What it bears on: "bears on T1-07 National directives … (supports, high confidence, AB)"."""
    confidence = load_schema().terms("confidence")
    told = []
    for each in entry.bears_on:
        sure = f"{confidence.words(each.how_sure).lower()} confidence" if each.how_sure else ""
        said = ", ".join(filter(None, (each.said.lower(), sure, each.coder)))
        told.append(f"{each.words} ({said})" if said else each.words)
    return f"bears on {'; '.join(told)}" if told else ""


def _details(entry: Entry) -> str:
    if entry.claim is None:
        return ""
    note = entry.claim.properties.get("note")
    return "; ".join(filter(None, (details_words(entry.claim), f"note: {note}" if note else "")))


def _named(entry: Entry, known: Collection[str | None]) -> str:
    sources = [each.name for each in entry.sources if each.id not in known]
    about = [each.name for each in entry.about if each.id not in known]
    lines = [f"source: {'; '.join(sources)}"] if sources else []
    if about and entry.kind != "claim":
        lines.append(f"about {'; '.join(about)}")
    return "; ".join(lines)
