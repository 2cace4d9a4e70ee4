"""The sources and documents on which case studies rest: what was collected, when, and how far it is worked on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from journeys.analysis.claims.from_store import rows_of
from journeys.analysis.reading.entries import in_place
from journeys.analysis.reading.lookup import Library
from journeys.instruments.definition import Instrument, Section
from journeys.instruments.subjects import COLLECTED
from journeys.model.identity import node_id, short_id
from journeys.model.phrases import counted
from journeys.store.resolve import resolve
from journeys.study.access import StudyAccess
from journeys.study.forms.prefill_collection import Collection, collection_of
from journeys.views.reports.model import Block, Bullets, Column, Heading, Note, Run, Table, cell, line, paragraph

INSTRUMENT = "data_collection_summary"
_WEIGHTS = {"source": 9, "number": 7, "designation_role": 26, "description": 26, "title": 30, "date": 14,
            "dated_author": 20, "transcript": 14, "coded": 9, "copy_archived_url": 18,
            "coded_summarised": 14}  # fmt: skip
_NOUNS = {
    "interviews": "Interviews",
    "documents": "Documents",
    "observations": "Observations",
    "group_discussions": "Group discussions",
    "other": "Other sources",
}


def data_collection_report(study: StudyAccess, ref: str) -> tuple[str, str, list[Block]]:
    """The report on a case study, or on all of them. Raises JourneysError for what is not a case study."""
    with study.store() as store:
        cases = rows_of(store, "lookup/cases", {"study": study.id})
        if ref:
            found = resolve(store, study.id, ref, ("CaseStudy",))
            cases = [case for case in cases if case["id"] == found.id]
        collected = [(case, collection_of(store, study.schema, case["id"])) for case in cases]
        library = Library(store, study.id, study.schema, study.instruments)
        written = {case["id"]: _written(study, library, case["id"]) for case in cases}
    blocks: list[Block] = []
    if not ref:
        blocks += [*_overview(collected)]
    for case, collection in collected:
        level = 1 if ref else 2
        if not ref:
            blocks.append(Heading(case["name"]))
        blocks += [*_case(study.instruments.get(INSTRUMENT), case["name"], collection, written[case["id"]], level)]
    title = f"Data collection: {cases[0]['name']}" if ref else "Data collection"
    return title, "The sources and documents on which it rests" if ref else "By case study", blocks


_Words = Mapping[str, list[tuple[str, str]]]
"""What the team wrote under each question of the form, with its place."""


def _written(study: StudyAccess, library: Library, case: str) -> _Words:
    source = node_id(study.id, study.schema.nodes["DataSource"], [short_id(case), INSTRUMENT])
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for passage in sorted(library.passages_from(source), key=lambda each: in_place(each.address)):
        if (text := passage.held("text")) and passage.held("answer_status") in (None, "answered"):
            found[passage.question].append((text, str(passage.address)))
    return found


def _overview(collected: Sequence[tuple[Mapping[str, Any], Collection]]) -> Iterator[Block]:
    """How much there is of each kind, case study by case study."""
    columns = (Column("Case study", 26), Column("Site", 14), Column("Period", 18),
               *(Column(_NOUNS[table], 10) for table in COLLECTED))  # fmt: skip
    rows = tuple(
        (
            cell(case["name"]),
            cell(str(case["site"] or "")),
            cell(collection.period),
            *(cell(str(len(collection.rows[table]))) for table in COLLECTED),
        )
        for case, collection in collected
    )
    n = f"n = {counted(len(rows), 'case study')}"
    yield Table("Sources by case study", columns, rows, n, "The registers have no case study yet.", "Overview")


def _case(instrument: Instrument, name: str, collection: Collection, written: _Words, level: int) -> Iterator[Block]:
    period = f", collected {collection.period}" if collection.period else ""
    yield paragraph(f"The case study has {collection.counts}{period}.")
    yield from _paragraphs(written, "overview")
    for section in instrument.tables:
        if section.id in COLLECTED:
            yield Heading(_NOUNS[section.id], level)
            yield _table(section, name, collection.rows[section.id])
            own = written.get(section.id, ())
            if own:
                yield paragraph("Rows that the team wrote or changed in the form:", style="quiet")
                yield Bullets(tuple(line(Run(words, (Note(place),))) for words, place in own))
    yield Heading("Commentary", level)
    told = [*_paragraphs(written, "commentary")]
    yield from told or [paragraph("Nobody has written a commentary on the data yet.", style="quiet")]


def _table(section: Section, case: str, rows: Sequence[Mapping[str, str]]) -> Table:
    columns = tuple(Column(column.title, _WEIGHTS.get(column.id, 12)) for column in section.columns)
    made = tuple(tuple(cell(row.get(column.id, "")) for column in section.columns) for row in rows)
    noun = _NOUNS[section.id].lower()
    n = f"n = {len(made)}"
    return Table(f"{_NOUNS[section.id]}, {case}", columns, made, n, f"No {noun} of this case study are recorded.", "")


def _paragraphs(written: _Words, field: str) -> Iterator[Block]:
    """What the team wrote under a question and under its parts."""
    for question, said in written.items():
        if question.split(".")[0] == field:
            yield from (paragraph(Run(words, (Note(place),))) for words, place in said)
