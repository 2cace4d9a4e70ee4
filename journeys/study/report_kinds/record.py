"""A case study or a site as a report: what is written in and about it, what was observed, and its journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from journeys.analysis.claims.claim import ACTING
from journeys.analysis.claims.from_store import rows_of
from journeys.analysis.reading.record import Entry, Record, Section
from journeys.analysis.reading.row_status import table_status
from journeys.instruments.claim_columns import SHEET
from journeys.model.phrases import counted
from journeys.study.access import StudyAccess
from journeys.study.report_kinds.claims import note_of
from journeys.views.reading import heading_of, notes_of, quoted
from journeys.views.reports.model import Block, Bullets, Column, Heading, Line, Note, Run, Table, cell, line, paragraph

_STANDINGS = {"for": "evidence for", "against": "evidence against", "mixed": "mixed evidence", "some": "evidence"}


def case_report(study: StudyAccess, ref: str) -> tuple[str, str, list[Block]]:
    """The report of a case study. Raises JourneysError for what is not one."""
    record = study.show(ref, kind="case study")
    return (
        record.title,
        "Case study",
        [
            *_facts(record),
            *_journeys(study, record.subject.id, "case"),
            *_sections(record),
            *_observations(study, record.subject.id),
        ],
    )


def site_report(study: StudyAccess, ref: str) -> tuple[str, str, list[Block]]:
    """The report of a site. Raises JourneysError for what is not one."""
    record = study.show(ref, kind="site")
    site = record.subject.id
    blocks = [*_facts(record), *_journeys(study, site, "site"), *_actors(study, site), *_rows(study, site)]
    return record.title, "Site", [*blocks, *_sections(record)]


def _facts(record: Record) -> Iterator[Block]:
    lines = [line(Run(f"{fact.heading}: ", strong=True), fact.text) for fact in record.facts if fact.text]
    if lines:
        yield Bullets(tuple(lines))


def _journeys(study: StudyAccess, where: str, kind: str) -> Iterator[Block]:
    """The documents and evidence of a case study or site, each with how much is known of its journey."""
    with study.store() as store:
        found = rows_of(store, f"lookup/journeys_of_{kind}", {"id": where})
        journeys = [study.trace(row["id"]) for row in sorted(found, key=lambda row: str(row["name"]))]
    rows = []
    for journey in journeys:
        subject, counts = journey.subject, journey.counts
        steps = len(journey.steps) + len(journey.unplaced)
        rows.append((cell(str(subject.properties.get("doc_number") or "")), cell(subject.entity.name),
                     cell(_capital(subject.type_words or subject.kind)), cell(str(steps)), cell(str(counts.sources)),
                     cell(str(len(journey.disagreements)))))  # fmt: skip
    yield Heading("Journeys")
    columns = (Column("No.", 6), Column("Document or evidence", 30), Column("What it is", 16), Column("Steps", 7),
               Column("Sources", 8), Column("Disagreements", 12))  # fmt: skip
    empty = f"No document or piece of evidence belongs to this {'case study' if kind == 'case' else 'site'} yet."
    yield Table(
        "Documents and evidence", columns, tuple(rows), f"n = {counted(len(rows), 'journey')}", empty, "Journeys"
    )


def _actors(study: StudyAccess, site: str) -> Iterator[Block]:
    yield Heading("Network of actors")
    graph = study.network(site).network.graph
    rows = sorted(
        (
            (graph.degree(node), str(held.get("name", node)))
            for node, held in graph.nodes(data=True)
            if held["label"] in ACTING
        ),
        key=lambda each: (-each[0], each[1]),
    )
    made = tuple((cell(name), cell(str(ties))) for ties, name in rows if ties)
    n = f"n = {counted(len(made), 'actor')}, {counted(graph.number_of_edges(), 'tie')}"
    empty = "No tie between people, groups and organisations of this site is recorded."
    yield Table(
        "Actors by the number of their ties", (Column("Actor", 30), Column("Ties", 8)), made, n, empty, "Actors"
    )


def _rows(study: StudyAccess, site: str) -> Iterator[Block]:
    """The rows of the summary tables on which the site has something to say."""
    with study.store() as store:
        found = table_status(store, study.id, study.folder.summary_tables(lambda problem: None))
    here = [(row, row.at_sites[site]) for row in found.rows if site in row.at_sites]
    told = [(row, at) for row, at in here if at.evidence]
    counts = Counter(at.standing for _, at in here)
    yield Heading("Summary tables")
    none = counts["none yet"]
    yield paragraph(f"Of {counted(len(here), 'row')}, {none} {'has' if none == 1 else 'have'} no evidence here yet.")
    made = tuple(
        (
            cell(row.item),
            cell(row.text),
            cell(_STANDINGS[at.standing].capitalize()),
            cell(*dict.fromkeys(each.words for each in at.evidence)),
        )
        for row, at in told
    )
    columns = (Column("No.", 7), Column("Row", 24), Column("Evidence", 10), Column("In these words", 28))
    empty = "Nothing of this site bears on a row of the summary tables yet."
    yield Table("Rows with evidence at this site", columns, made, f"n = {counted(len(made), 'row')}", empty, "Rows")


def answers_in_form(record: Record) -> Iterator[Block]:
    """What the record's own form says in its boxes, under the headings of the form; its typed rows are steps."""
    own = [section for section in record.sections if section.form and section.title != SHEET]
    for section in own:
        if any(map(_says, section.entries)):
            yield from _section(replace(section, note=""), record, level=2)


def _observations(study: StudyAccess, case: str) -> Iterator[Block]:
    """What the sheets of the meetings that were observed for a case study say."""
    with study.store() as store:
        found = rows_of(store, "lookup/collected_sources", {"id": case})
        seen = [study.show(row["id"]) for row in found if row["kind"] == "observation"]
    for record in sorted(seen, key=lambda record: record.title):
        if blocks := list(answers_in_form(record)):
            yield Heading(record.title)
            yield from blocks


def _sections(record: Record) -> Iterator[Block]:
    for section in record.sections:
        yield from _section(section, record)


def _section(section: Section, record: Record, level: int = 1) -> Iterator[Block]:
    yield Heading(section.title, level)
    said = [entry for entry in section.entries if _says(entry)]
    if section.note:
        yield paragraph(section.note, style="quiet")
    for is_question, entries in groupby(said, _is_question):
        if is_question:
            for entry in entries:
                yield from _question(entry, record)
        else:
            yield Bullets(tuple(made for entry in entries for made in _lines(entry, record)))
    if not said and not section.note:
        unanswered = any(entry.heading for entry in section.entries)
        yield paragraph("No question is answered yet." if unanswered else "Nothing is recorded.", style="quiet")


def _says(entry: Entry) -> bool:
    """Whether anything is said in or below an entry; not so of a question that nobody has answered."""
    return bool(entry.text) or entry.claim is not None or any(map(_says, entry.entries))


def _is_question(entry: Entry) -> bool:
    return bool(entry.heading) and not entry.text and entry.claim is None


def _question(entry: Entry, record: Record) -> Iterator[Block]:
    """A question as it is printed, with what is answered to it and to its parts."""
    yield paragraph(entry.heading, style="quiet")
    said = [each for each in entry.entries if _says(each)]
    for is_question, entries in groupby(said, _is_question):
        if is_question:
            for each in entries:
                yield from _question(each, record)
        else:
            yield Bullets(tuple(made for each in entries for made in _lines(each, record)))


def _lines(entry: Entry, record: Record) -> Iterator[Line]:
    heading = _capital(heading_of(entry, record.subject))
    words = f"\u201c{entry.text}\u201d" if quoted(entry) and entry.text else entry.text
    if heading or words:
        notes: tuple[Note, ...] = (note_of(entry.claim),) if entry.claim is not None and not entry.claim.derived else ()
        if entry.claim is None and entry.text:
            own = [each.id for each in entry.about if each.name == entry.text]
            said = notes_of(entry, (record.subject.id, record.own_source, *own))
            notes = (Note(_sentence("; ".join(said), str(entry.address))),) if said else ()
        both = bool(heading and words)
        yield line(Run(f"{heading}: " if both else heading), Run(words, notes) if words else Run("", notes))
    for below in entry.entries:
        yield from _lines(below, record)


def _sentence(said: str, address: str) -> str:
    """A note with a capital at its beginning, unless it begins with the name of a file."""
    return said if said.startswith(address) else _capital(said)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
