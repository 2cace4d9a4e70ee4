"""The workbook in which a team closes and reopens rows of the summary tables, written for it to fill in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from journeys.analysis.reading.row_status import TableStatus, table_status
from journeys.instruments.excel.decision_book import DECIDED_BY, DECIDED_ON, REASON
from journeys.instruments.excel.row_decisions import (
    DECISION,
    EVIDENCE,
    ROW,
    ROW_DECISIONS,
    WORDS,
)
from journeys.instruments.files.cells import Value
from journeys.model.identity import folded
from journeys.study.access import StudyAccess
from journeys.study.decisions.books import Line, existing_book, write_book, written_rows
from journeys.study.report_kinds.summary_tables import in_words

FILE = "decisions/summary-tables.xlsx"
_TYPED = (DECISION, DECIDED_BY, DECIDED_ON, REASON)


def write_row_decision_book(study: StudyAccess, *, again: bool) -> Path | None:
    """Write the workbook with a line for each row, and a line for each decision that was taken before.

    Returns the file; None where the study has one and it is not to be written ``again``. What people wrote in it is
    kept, and it is copied to out/ as it was. Raises UsageProblem for a workbook in which something is not read.
    """
    there = existing_book(study, ROW_DECISIONS)
    if there is not None and not again:
        return None
    path = there or study.folder.path / FILE
    lines = _lines_in(study, path) if there else {}
    with study.store() as store:
        found = table_status(store, study.id, study.folder.summary_tables(lambda problem: None))
    write_book(study, ROW_DECISIONS, path, [*_lines(found, lines)])
    return path


def _lines_in(study: StudyAccess, path: Path) -> dict[str, list[Line]]:
    """The lines of a workbook in which somebody wrote something, by their row as it is written."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for row in written_rows(study, ROW_DECISIONS, path, _TYPED):
        held = {name: row.values[name].value for name in (ROW, EVIDENCE, *_TYPED) if name in row.values}
        found[folded(str(held.get(ROW, "")))].append(held)
    return dict(found)


def _lines(found: TableStatus, written: Mapping[str, list[Line]]) -> Iterator[Line]:
    """For each row the decisions about it, with an empty line below them; last those about no row that there is."""
    left = dict(written)
    for row in found.rows:
        words: dict[str, Value] = {ROW: row.item, WORDS: row.text}
        yield from ({**words, **line, ROW: row.item} for line in left.pop(folded(row.item), ()))
        sites = (
            f"{name}: {in_words(row, row.at_sites[site])}" for site, name in found.sites.items() if site in row.at_sites
        )
        yield {**words, EVIDENCE: "\n".join(sites)}
    for lines in left.values():
        yield from lines
