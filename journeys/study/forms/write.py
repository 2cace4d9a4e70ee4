"""Forms of a study: blank with its own names on offer, or pre-filled from what the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from journeys.analysis.claims.claim import Entity
from journeys.analysis.reading.lookup import Library
from journeys.instruments.answers import FilledForm
from journeys.instruments.coding_workbook import coding_instrument
from journeys.instruments.definition import FieldDefinition, Instrument
from journeys.instruments.files.cells import Cell
from journeys.instruments.forms import write_form
from journeys.instruments.subjects import ABOUT, COLLECTED
from journeys.interpret.read_study import reader_of
from journeys.model.code_keys import CODING_WORKBOOK
from journeys.model.file_names import file_stem
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, UsageProblem
from journeys.model.schema import Schema
from journeys.store.connection import Store
from journeys.store.queries.library import load_query
from journeys.store.resolve import Found, UnknownReference, resolve
from journeys.study.access import StudyAccess
from journeys.study.forms.coding_workbook import write_coding_workbook
from journeys.study.forms.prefill_case import offered_for
from journeys.study.forms.prefill_collection import collection_of, offered_collection
from journeys.study.forms.registered import Registered
from journeys.study.forms.update import existing_form, filled_with, keep_copy


def write_forms(
    study: StudyAccess,
    names: Iterable[str] = (),
    *,
    format_: str | None = None,
    ref: str | Sequence[str] | None = None,
    coder: str | None = None,
    folder: Path | None = None,
    update: bool = False,
) -> list[Path]:
    """Write forms of the named instruments, or of all that can be written as ``format_``; returns the files.

    Without a format each is written as its first one: what it is mostly filled in as. With ``ref`` (a document, a
    meeting, an interview, or several) the header of the form about it is filled from the graph; a coding workbook is
    for all of them, also for the interviews of a case study, with what is coded already (by ``coder``). A form about a
    case study is filled with what the graph has of it; with ``update`` the one that there is gets what is new, and
    keeps every word. Raises UsageProblem rather than overwrite a file, and JourneysError for an instrument or a
    reference that there is not.
    """
    names, refs = tuple(names), [ref] if isinstance(ref, str) else list(ref or ())
    coded = CODING_WORKBOOK in names if names else format_ in (None, *coding_instrument().formats)
    offered = study.instruments
    chosen = [offered.get(name) for name in names or _all_of(study, format_) if name != CODING_WORKBOOK]
    if coder and not coded:
        raise UsageProblem(f"A coder is named for a coding workbook. Write `journeys forms {CODING_WORKBOOK}`.")
    with reader_of(study.folder) as (reader, staging):
        registered = Registered(study, reader, staging)
        found = [_header(study, registered, each, chosen, coded=coded) for each in refs if chosen]
        headers = [each for each in found if each is not None]
        written = []
        if headers or not refs:
            written = _instruments(
                study, registered, chosen, headers, format_, folder, named=bool(names), update=update
            )
        about = {each[0].label for each in headers}
        talks = [each[0] for each in headers if each[0].label == "CaseStudy" and registered.interviews_of(each[0].id)]
        if coded and (names or not about or "DataSource" in about or talks) and not (update and not names):
            written.append(write_coding_workbook(study, registered, refs, coder=coder, format_=format_, folder=folder))
    return written


def _instruments(
    study: StudyAccess,
    registered: Registered,
    chosen: Sequence[Instrument],
    headers: Sequence[Header],
    format_: str | None,
    folder: Path | None,
    *,
    named: bool,
    update: bool,
) -> list[Path]:
    """Write the forms of the instruments: blank, or one for each header that is of its kind."""
    written = []
    blank: tuple[Header | None, ...] = (None,)
    for instrument in chosen:
        for found in headers or blank:
            if found is not None and found[0].label != instrument.about:
                if named:
                    is_a = study.schema.nouns([found[0].label], article=True)
                    what = f"{found[0].name} is {is_a}; {instrument.title} is for {instrument.one_for}."
                    raise UsageProblem(f"{what} Name a different form, or leave out --for.")
                continue
            about = file_stem(found[0].doc_number or found[0].id.rpartition(":")[2]) if found else ""
            stem = f"{instrument.instrument}-{about}" if about else instrument.instrument
            path = (folder or study.folder.path / "forms") / f"{stem}.{format_ or instrument.formats[0]}"
            filled = _filled(instrument, study.schema, found)
            if found is not None and filled is not None and instrument.about == "CaseStudy":
                path, filled = _about_case(study, registered, instrument, found[0], filled, path, update=update)
            elif path.exists():
                raise UsageProblem(f"{path} already exists. Rename it, or name a different folder with -o.")
            write_form(instrument, path, study.schema, filled=filled, known=registered.offered)
            written.append(path)
    return written


def _about_case(
    study: StudyAccess,
    registered: Registered,
    instrument: Instrument,
    case: Found,
    header: FilledForm,
    path: Path,
    *,
    update: bool,
) -> tuple[Path, FilledForm]:
    """The file of a form about a case study, and the form with what the data have; an existing one keeps all words."""

    def is_case(name: str) -> bool:
        try:
            found = registered.find(name, ("CaseStudy",))
        except UsageProblem:
            return False
        return found is not None and found.id == case.id

    there = existing_form(study, instrument, is_case, path) if update else None
    if there is None and path.exists():
        raise UsageProblem(f"{path} already exists. Add --update to add what is new to it, or rename it.")
    with study.store() as store:
        library = Library(store, study.id, study.schema, study.instruments)
        codebook = study.folder.codebook(ProblemLog())
        if any(table.id in COLLECTED for table in instrument.tables):
            offered = offered_collection(collection_of(store, study.schema, case.id))
        else:
            offered = offered_for(library, Entity(case.id, case.label, case.name), instrument, codebook)
    if there is None:
        return path, filled_with(header, offered, instrument)
    today = date.today()
    keep_copy(study, there[0], today)
    return there[0], filled_with(there[1], offered, instrument, today)


def _all_of(study: StudyAccess, format_: str | None) -> list[str]:
    """The instruments that can be written in a format."""
    known = study.instruments
    return [name for name in known.names if format_ is None or format_ in known.get(name).formats]


Header = tuple[Found, Mapping[str, object]]
"""What a form is about, and the fields of its header."""
_HEADERS = {
    "Document": "document_header",
    "Meeting": "meeting_header",
    "DataSource": "source_header",
    "CaseStudy": "case_header",
}


def _header(
    study: StudyAccess, registered: Registered, ref: str, chosen: list[Instrument], *, coded: bool
) -> Header | None:
    """What ``ref`` stands for and what the header of its form holds: by the graph, else by the registers alone.

    None for a case study if a coding workbook is wanted (``coded``).
    """
    labels = tuple(dict.fromkeys(instrument.about for instrument in chosen))
    if coded and registered.find(ref, ("CaseStudy",)) and not registered.find(ref, labels):
        return None
    try:
        with study.store() as store:
            found = _about(store, study.id, ref, labels)
            row = _stored_header(store, found)
    except UnknownReference as in_graph:
        by_registers = registered.header(ref, labels)
        if by_registers is None:
            in_registers = None if in_graph.nearest else registered.unknown(ref, labels)
            raise in_registers or in_graph from None
        found, row = by_registers
    if found.label == "DataSource" and row["kind"] not in (None, "interview"):
        raise UsageProblem(
            f"{found.name} is not an interview. Name the meeting or document of the {row['kind']} instead."
        )
    return found, row


def _stored_header(store: Store, found: Found) -> Mapping[str, object]:
    if found.label not in _HEADERS:
        return {ABOUT: found.short_id}
    row: Mapping[str, object] = store.read(load_query(f"lookup/{_HEADERS[found.label]}").text, {"id": found.id})[0]
    return row


def _about(store: Store, study: str, ref: str, labels: tuple[str, ...]) -> Found:
    """Return the thing that a form is about; a source only if nothing else fits, because a document's source has its
    title."""
    others = tuple(label for label in labels if label != "DataSource")
    try:
        return resolve(store, study, ref, others or labels)
    except UnknownReference:
        if others == labels or not others:
            raise
    return resolve(store, study, ref, labels)


def _filled(instrument: Instrument, schema: Schema, found: Header | None) -> FilledForm | None:
    """A form with the fields of its header that the graph knows."""
    if found is None:
        return None
    header = {
        field.id: Cell(_in_words(value, field, instrument, schema), Address())
        for field in instrument.header.fields
        if (value := found[1].get(field.id)) not in (None, "")
    }
    return FilledForm(instrument.instrument, instrument.version, "", header)


def _in_words(value: object, field: FieldDefinition, instrument: Instrument, schema: Schema) -> str:
    """A stored value as a form offers it: the label of a term."""
    for made in field.yields:
        definition = schema.properties_of_node(instrument.about).get(made.property or "")
        if definition is not None and definition.vocabulary is not None:
            terms = schema.terms(definition.vocabulary).terms
            return terms[str(value)].label if str(value) in terms else str(value)
    return str(value)
