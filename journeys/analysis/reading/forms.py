"""Records of documents, sources and case studies, with the forms about them that the store holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from journeys.analysis.claims.claim import ClaimRecord, Entity, address_of
from journeys.analysis.reading.entries import in_place, whole_passages
from journeys.analysis.reading.form import About, FilledIn, filled_in, form_sections
from journeys.analysis.reading.lookup import Finding, Library, Passage
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
from journeys.analysis.reading.record import Record, Section
from journeys.instruments.definition import Instrument
from journeys.instruments.instrument_set import InstrumentSet
from journeys.instruments.subjects import FORM_KIND
from journeys.model.identity import short_id

_CODED = {"coded_transcript": "Coded transcript", "coding_workbook": "Passages coded in a workbook"}
"""By the instrument of a passage that is kept for its codes alone, what it is shown under."""

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
        """The ids of the claims that the forms hold."""
        return {claim.id for form in self.forms for claim in form.claims}

    @property
    def read(self) -> set[str]:
        """The ids of the passages that the forms hold."""
        return {passage.id for form in self.forms for passage in form.passages}

    def sections(self) -> list[Section]:
        """The forms as they are printed."""
        return form_sections(self.forms)


def instrument_about(label: str, instruments: InstrumentSet) -> Instrument:
    """The form that is about things of this label."""
    return instruments.about(label)[0]


def forms_about(
    library: Library,
    entity: Entity,
    source: Entity | None,
    near: Mapping[str, Sequence[ClaimRecord]],
    instrument: Instrument | None = None,
) -> Forms:
    """The forms about a document, meeting, interview or case study; ``source`` is the source that such a form is.

    ``near`` are the claims that touch one of them, by its id, as far as they have been read; ``instrument`` says which
    form is meant where there are several about things of a kind.

    Raises LookupError for what the store does not have.
    """
    held = library.properties(entity)
    touching = near[entity.id] if entity.id in near else library.touching(entity)
    source_held = held if source == entity else library.properties(source) if source else {}
    near_source = (near[source.id] if source.id in near else library.touching(source)) if source else []
    instruments = [instrument] if instrument else library.instruments.about(entity.label)
    passages = {p.id: p for p in library.passages_about(entity)}
    passages |= {p.id: p for p in (library.passages_from(source.id) if source else [])}
    files_of = {each.instrument: _files_of(each, passages.values(), source_held) for each in instruments}
    files = {file for found in files_of.values() for file in found}
    claims = {c.id: c for c in [*touching, *library.naming({source.id} if source else (), files)]}
    about = About(
        entity,
        held,
        touching,
        source,
        source_held,
        sorted((c.start for c in near_source if c.kind.name == "WORKED_ON"), key=lambda each: each.id),
    )
    findings = library.findings(files, entity.id)
    said = stated(claims.values())
    forms = [
        form
        for each in instruments
        for form in filled_in(library, each, about, passages.values(), said, findings, files_of[each.instrument])
    ]
    return Forms(forms, about, list(claims.values()), list(passages.values()), findings)


def _files_of(instrument: Instrument, passages: Iterable[Passage], source: Mapping[str, Any]) -> set[str]:
    """The files of an instrument's forms: those with answers, and the one that the source was described in."""
    files = {str(passage.address.file) for passage in passages if passage.instrument == instrument.instrument}
    if source.get("sheet") == instrument.header.sheet and source.get("file"):
        files.add(str(source["file"]))
    return files


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
    sections += _coded(told)
    told = _not_coded(told)
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
    if kind == FORM_KIND:
        return case_form_record(library, source, held, touching)
    leads = _SUBJECT_OF.get(kind)
    subject = source if leads is None else next((c.end for c in touching if c.kind.name == leads), source)
    if subject.label not in ("Document", "Meeting"):
        subject = source
    found = forms_about(library, subject, source, {source.id: touching})
    sections = found.sections() if kind in ("interview", "observation", "document") else []
    said = [c for c in stated(found.claims) if c.properties.get("source") == source.id and c.id not in found.shown]
    told = [p for p in found.passages if p.id not in found.read and source.id in {each.id for each in p.sources}]
    coded = _coded(told)
    if not found.forms:
        sections = [] if coded else [Section("Form", note="No form of this source has been loaded.")]
    else:
        found_files = ", ".join(form.file for form in found.forms)
        sections[0] = replace(sections[0], note=f"As filled in: {found_files}")
    sections += coded
    about = [p for p in found.passages if p.id not in found.read and p not in told and subject == source]
    sections += filled(
        [
            ("What it says in other forms", in_time(said)),
            ("Passages and answers from it in other forms", passages_in_place(_not_coded(told))),
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


def case_form_record(
    library: Library, source: Entity, held: Mapping[str, Any], touching: Sequence[ClaimRecord]
) -> Record:
    """The record of a form that the team wrote about a case study, or of a study's own about anything else: the form as
    filled in, and its findings.
    """
    instrument = library.instruments.by_name.get(short_id(source.id).rpartition(".")[2])
    passages = library.passages_from(source.id)
    things = [c.end for c in touching if c.kind.name == "IN_CASE"] + [each for p in passages for each in p.about]
    if instrument is None:  # the study no longer has it
        written = tuple(filled([("What was written", passages_in_place(passages))]))
        return Record(source, "Researchers' form", source.name, (), written, held, address=address_of(held))
    thing = next((each for each in things if each.label == instrument.about), source)
    found = forms_about(library, thing, source, {source.id: touching}, instrument)
    sections = found.sections()
    if sections:
        files = ", ".join(form.file for form in found.forms)
        sections[0] = replace(sections[0], note=f"As filled in: {files}. The researchers' own account, not a source.")
    files_read = {form.file for form in found.forms}
    findings = [finding for finding in found.findings if finding.address.file in files_read]
    sections += filled([("Findings", finding_entries(findings))])
    return Record(
        source,
        "Researchers' form",
        source.name,
        tuple(tie_facts(library.schema, source, touching)),
        tuple(sections),
        held,
        address=address_of(held),
        own_source=source.id,
    )


def case_record(library: Library, case: Entity) -> Record:
    """The record of a case study: what is recorded of it, the forms about it, and what others say of it."""
    touching, held = library.touching(case), library.properties(case)
    sources = {short_id(c.start.id): c.start for c in touching if c.kind.name == "IN_CASE"}
    sections: list[Section] = []
    shown: set[str] = set()
    read: set[str] = set()
    findings = list(library.findings(about=case.id))
    for instrument in library.instruments.about("CaseStudy"):
        source = sources.get(f"{short_id(case.id)}.{instrument.instrument}")
        if source is None:
            continue
        found = forms_about(library, case, source, {case.id: touching}, instrument)
        shown, read = shown | found.shown, read | found.read
        sections += [replace(each, title=f"{source.name.partition(':')[0]}: {each.title}") for each in found.sections()]
        files = {form.file for form in found.forms}
        findings += [each for each in found.findings if each.address.file in files and each not in findings]
    claims = [claim for claim in stated(touching) if claim.id not in shown]
    passages = [passage for passage in library.passages_about(case) if passage.id not in read]
    sections += filled(
        [
            ("What is said of it", in_time(claims)),
            ("Passages about it", passages_in_place(passages)),
            ("Findings about it", finding_entries(findings)),
        ]
    )
    named = [claim for claim in touching if claim.start.label != "Finding"]  # findings have a section of their own
    if not sections:
        sections = [Section("Claims", note="No claims yet.")]
    if inferred := inferred_note(touching):
        at = next((number for number, each in enumerate(sections) if each.form is None), 0)
        sections[at] = replace(sections[at], note=" ".join(filter(None, (sections[at].note, inferred))))
    return Record(
        case,
        "Case study",
        case.name,
        (*own_facts(library, case, held), *tie_facts(library.schema, case, named, ["ABOUT"])),
        tuple(sections),
        held,
        address=address_of(held),
    )


def _coded(passages: Iterable[Passage]) -> list[Section]:
    """The passages of coded transcripts and coding workbooks that no form has, in the order of the text."""
    made = []
    for instrument, title in _CODED.items():
        here = sorted((p for p in passages if p.instrument == instrument), key=_by_place)
        if here:
            files = ", ".join(dict.fromkeys(str(passage.address.file) for passage in here))
            made.append(Section(title, tuple(whole_passages(here)), f"As coded in: {files}"))
    return made


def _not_coded(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.instrument not in _CODED]


def _by_place(passage: Passage) -> tuple[object, ...]:
    """The sort key for places in a source: "14:05" comes after "9:30"; passages without a place come last."""
    place = passage.held("locator") or ""
    numbers = [int(number) for number in re.findall(r"[0-9]+", place)]
    return (not place, re.sub(r"[0-9]+", "", place.partition(",")[0]), numbers, in_place(passage.address), passage.id)


def _elsewhere(found: Forms) -> list[Finding]:
    """The findings about it that are in none of its forms."""
    shown = {finding.id for form in found.forms for finding in form.findings}
    return [finding for finding in found.findings if finding.id not in shown]


def _touching(claims: Iterable[ClaimRecord], entity: Entity) -> list[ClaimRecord]:
    return [claim for claim in claims if entity.id in (claim.start.id, claim.end.id)]


def _not_touching(claims: Iterable[ClaimRecord], entity: Entity) -> list[ClaimRecord]:
    return [claim for claim in claims if entity.id not in (claim.start.id, claim.end.id)]
