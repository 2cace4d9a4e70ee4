"""Records of the other kinds: a code with its passages by site; evidence, groups, cases, sites and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeys.analysis.claims.claim import Entity, address_of
from journeys.analysis.reading.entries import in_place, whole_passages
from journeys.analysis.reading.forms import forms_about
from journeys.analysis.reading.lookup import Library, Passage
from journeys.analysis.reading.parts import (
    filled,
    finding_entries,
    in_time,
    inferred_note,
    own_facts,
    passages_in_place,
    stated,
    tie_facts,
)
from journeys.analysis.reading.record import LABEL_LOST, Entry, Record, Section
from journeys.instruments.columns import ROWS_OF_TABLES
from journeys.model.identity import short_id
from journeys.model.phrases import counted

NO_SITE = "No site recorded"


def code_record(library: Library, code: Entity) -> Record:
    """The record of a code: its passages by site, and within a site by source. Raises LookupError if it is gone."""
    held = library.properties(code)
    passages = library.passages_coded(code.id)
    sites = library.sites_of({source.id for passage in passages for source in passage.sources})
    by_site: dict[str, list[Passage]] = {}
    for passage in passages:
        places = {site for source in passage.sources for site in sites.get(source.id, ())} or {NO_SITE}
        for place in places:
            by_site.setdefault(place, []).append(passage)
    sections = [
        Section(f"{site} ({counted(len(some), 'passage')})", _by_source(some))
        for site, some in sorted(by_site.items(), key=lambda item: (item[0] == NO_SITE, item[0]))
    ]
    if not passages:
        sections = [Section("Passages", note="No passage is coded by it.")]
    key = str(held.get("code") or short_id(code.id))
    touching = library.touching(code)
    return Record(
        code,
        "Code",
        f"{key}  {held.get('label') or LABEL_LOST}",
        (
            *own_facts(library, code, {**held, **_suggested(library, held)}, ("code", "label", "ocr")),
            *tie_facts(library.schema, code, touching),
        ),
        (*sections, *filled([("Claims", in_time(stated(touching)))])),
        held,
        address=address_of(held),
    )


def _suggested(library: Library, held: Mapping[str, Any]) -> dict[str, list[str]]:
    """The questions of forms for which a code is suggested, in their words."""
    words = library.instruments.question_words
    fields = held.get("suggested_for") or ()
    return {"suggested_for": [words.get(field, field) for field in fields]} if fields else {}


def _by_source(passages: Sequence[Passage]) -> tuple[Entry, ...]:
    sources: dict[str, tuple[str, list[Passage]]] = {}
    for passage in passages:
        first = passage.sources[0] if passage.sources else None
        key, name = (first.id, first.name) if first else ("", "No source named")
        sources.setdefault(key, (name, []))[1].append(passage)
    return tuple(
        Entry("heading", name, id=source or None, entries=tuple(whole_passages(sorted(some, key=_place))))
        for source, (name, some) in sorted(sources.items(), key=lambda item: (item[1][0], item[0]))
    )


def _place(passage: Passage) -> tuple[object, ...]:
    return (in_place(passage.address), passage.id)


def any_record(library: Library, entity: Entity) -> Record:
    """The record of anything else: facts, ties, claims, passages and findings. Raises LookupError if it is gone."""
    held = library.properties(entity)
    touching = library.touching(entity)
    claims = stated(touching)
    inferred = inferred_note(touching)
    first = [claim for claim in claims if claim.start.id == entity.id]
    other = [claim for claim in claims if claim.start.id != entity.id]
    did = "Did, by date" if entity.label in ("Arena", "Organisation") else "What is said of it"
    # A study's own forms about it; where there are none, nothing stands in a form.
    found = forms_about(library, entity, None, {entity.id: touching})
    first, other = ([claim for claim in each if claim.id not in found.shown] for each in (first, other))
    passages = [passage for passage in library.passages_about(entity) if passage.id not in found.read]
    sections = found.sections()
    sections += list(
        filled(
            [
                (did, in_time(first)),
                (
                    "What others did" if first else "What is said of it",
                    in_time(other),
                ),
                ("What bears on it", passages_in_place(_bearing(library, entity))),
                ("Passages about it", passages_in_place(passages)),
                ("Findings about it", finding_entries(library.findings(about=entity.id))),
            ]
        )
    )
    if not sections:
        sections = [Section("Claims", note="No claims yet.")]
    if inferred:
        sections[0] = Section(sections[0].title, sections[0].entries, inferred)
    kind = library.schema.nodes[entity.label]
    see = (("journeys trace", short_id(entity.id), "its journey"),) if entity.label == "Evidence" else ()
    return Record(
        entity,
        kind.noun[:1].upper() + kind.noun[1:],
        entity.name,
        (*own_facts(library, entity, held), *tie_facts(library.schema, entity, touching, ["ABOUT"])),
        tuple(sections),
        held,
        see,
        address_of(held),
    )


def _bearing(library: Library, entity: Entity) -> list[Passage]:
    return library.passages_bearing(entity) if entity.label in ROWS_OF_TABLES else []


def passage_record(library: Library, extract: Entity) -> Record:
    """The record of one passage, by its id. Raises LookupError if it is gone."""
    passage = library.passage(extract.id)
    if passage is None:
        raise LookupError(extract.id)
    return Record(
        extract,
        "Passage",
        short_id(extract.id),
        sections=(Section("Passage", tuple(whole_passages([passage]))),),
        properties=passage.properties,
        address=passage.address,
    )
