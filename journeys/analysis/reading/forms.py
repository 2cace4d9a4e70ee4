"""The records of what forms are about: a document, a source; and the forms that the store holds of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.reading.form import About, FilledIn, filled_in, form_sections
from journeys.analysis.reading.lookup import Finding, Library, Passage
from journeys.analysis.reading.parts import (
    filled,
    finding_entries,
    in_time,
    own_facts,
    passages_in_place,
    stated,
    tie_facts,
)
from journeys.analysis.reading.record import Record, Section
from journeys.instruments.definition import Instrument
from journeys.instruments.instrument_set import InstrumentSet

_SUBJECT_OF = {"document": "OF_DOCUMENT", "observation": "OF_MEETING"}
"""By the kind of a source, the tie that leads to what its form is about; an interview's form is about the interview."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The filled-in forms about one thing, and what they were read from."""

    forms: Sequence[FilledIn]
    about: About
    claims: Sequence[ClaimRecord]
    passages: Sequence[Passage]
    findings: Sequence[Finding]

    @property
    def shown(self) -> set[str]:
        """The ids of the claims that stand in the forms."""
        return {claim.id for form in self.forms for claim in form.claims}

    @property
    def read(self) -> set[str]:
        """The ids of the passages that stand in the forms."""
        return {passage.id for form in self.forms for passage in form.passages}

    def sections(self) -> list[Section]:
        """The forms as they are printed."""
        return form_sections(self.forms)


def instrument_about(label: str, instruments: InstrumentSet) -> Instrument:
    """The form that is about things of this label."""
    return instruments.about(label)[0]


def forms_about(
    library: Library, entity: Entity, source: Entity | None, near: Mapping[str, Sequence[ClaimRecord]]
) -> Forms:
    """The forms about a document, a meeting or an interview; ``source`` is the source that such a form is.

    ``near`` are the claims that touch one of them, by its id, as far as they have been read.

    Raises LookupError for what the store does not have.
    """
    held = library.properties(entity)
    touching = near[entity.id] if entity.id in near else library.touching(entity)
    source_held = held if source == entity else library.properties(source) if source else {}
    near_source = (near[source.id] if source.id in near else library.touching(source)) if source else []
    instrument = instrument_about(entity.label, library.instruments)
    passages = {p.id: p for p in library.passages_about(entity)}
    passages |= {p.id: p for p in (library.passages_from(source.id) if source else [])}
    files = {str(p.address.file) for p in passages.values() if p.instrument == instrument.instrument}
    if source_file := source_held.get("file") if source_held.get("sheet") == instrument.header.sheet else None:
        files.add(str(source_file))
    claims = {c.id: c for c in [*touching, *library.naming({source.id} if source else (), files)]}
    about = About(
        entity,
        held,
        touching,
        source,
        source_held,
        [c.start for c in near_source if c.kind.name == "WORKED_ON"],
    )
    findings = library.findings(files, entity.id)
    forms = filled_in(library, instrument, about, passages.values(), stated(claims.values()), findings, files)
    return Forms(forms, about, list(claims.values()), list(passages.values()), findings)


def document_record(library: Library, document: Entity) -> Record:
    """The record of a document: its form as filled in, what others say of it, and what it says of others."""
    touching = library.touching(document)
    source = next((c.start for c in touching if c.kind.name == "OF_DOCUMENT"), None)
    found = forms_about(library, document, source, {document.id: touching})
    held = found.about.held
    number = held.get("doc_number")
    printed = {"doc_number", "title", "summary", "main_aim", "date", "doc_type"} if found.forms else {"doc_number"}
    sections = found.sections()
    if not found.forms:
        sections.append(Section("Form", note="No document form about it has been loaded."))
    others = [claim for claim in stated(found.claims) if claim.id not in found.shown]
    told = [p for p in found.passages if p.id not in found.read]
    sections += filled(
        [
            ("Passages about it in other forms", passages_in_place(told)),
            ("Claims about it in other forms", in_time(_touching(others, document))),
            ("What it says of others, in other forms", in_time(_not_touching(others, document))),
            ("Findings about it", finding_entries(_elsewhere(found))),
        ]
    )
    return Record(
        document,
        "Document",
        f"{number}  {document.name}" if number else document.name,
        (
            *own_facts(library, document, held, printed),
            *tie_facts(library.schema, document, touching, ["ABOUT", "OF_DOCUMENT"]),
        ),
        tuple(sections),
        held,
        (("journeys trace", str(number or document.name), "its journey"),),
        address_of(held),
        source.id if source else None,
    )


def source_record(library: Library, source: Entity) -> Record:
    """The record of a source: its form as filled in, and what else it says."""
    held = library.properties(source)
    touching = library.touching(source)
    kind = str(held.get("kind") or "")
    leads = _SUBJECT_OF.get(kind)
    subject = source if leads is None else next((c.end for c in touching if c.kind.name == leads), source)
    if subject.label not in ("Document", "Meeting"):
        subject = source
    found = forms_about(library, subject, source, {source.id: touching})
    sections = found.sections() if kind in ("interview", "observation", "document") else []
    if not found.forms:
        sections = [Section("Form", note="No form of this source has been loaded.")]
    else:
        found_files = ", ".join(form.file for form in found.forms)
        sections[0] = replace(sections[0], note=f"As filled in: {found_files}")
    said = [c for c in stated(found.claims) if c.properties.get("source") == source.id and c.id not in found.shown]
    told = [p for p in found.passages if p.id not in found.read and source.id in {each.id for each in p.sources}]
    about = [p for p in found.passages if p.id not in found.read and p not in told and subject == source]
    sections += filled(
        [
            ("What it says in other forms", in_time(said)),
            ("Passages and answers from it in other forms", passages_in_place(told)),
            ("Passages about it", passages_in_place(about)),
            ("Findings about it", finding_entries(_elsewhere(found))),
        ]
    )
    words = library.schema.terms("source_kind").words(kind)
    return Record(
        source,
        f"Source: {words}" if words else "Source",
        source.name,
        (*own_facts(library, source, held, ("not_asked", "kind")), *tie_facts(library.schema, source, touching)),
        tuple(sections),
        held,
        address=address_of(held),
        own_source=source.id,
    )


def _elsewhere(found: Forms) -> list[Finding]:
    """The findings about it that stand in none of its forms."""
    shown = {finding.id for form in found.forms for finding in form.findings}
    return [finding for finding in found.findings if finding.id not in shown]


def _touching(claims: Iterable[ClaimRecord], entity: Entity) -> list[ClaimRecord]:
    return [claim for claim in claims if entity.id in (claim.start.id, claim.end.id)]


def _not_touching(claims: Iterable[ClaimRecord], entity: Entity) -> list[ClaimRecord]:
    return [claim for claim in claims if entity.id not in (claim.start.id, claim.end.id)]
