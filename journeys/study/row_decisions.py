"""The workbook in which a team closes and reopens rows of the summary tables, written for it to fill in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from journeys.analysis.reading.row_status import TableStatus, table_status
from journeys.instruments.excel.decision_book import DECIDED_BY, DECIDED_ON, REASON
from journeys.instruments.excel.row_decisions import (
    DECISION,
    EVIDENCE,
    ROW,
    ROW_DECISIONS,
    WORDS,
    write_row_decisions,
)
from journeys.instruments.files.cells import Value
from journeys.instruments.files.workbook import read_workbook
from journeys.model.identity import folded
from journeys.model.problems import Problem, UnreadableFile, UsageProblem
from journeys.study.access import StudyAccess
from journeys.study.report_kinds.summary_tables import in_words
from journeys.study.update_forms import keep_copy

FILE = "decisions/summary-tables.xlsx"
_TYPED = (DECISION, DECIDED_BY, DECIDED_ON, REASON)
_Line = Mapping[str, Value]


def write_row_decision_book(study: StudyAccess, *, again: bool) -> Path | None:
    """Write the workbook with a line for each row, and a line for each decision that was taken before.

    Returns the file; None where the study has one and it is not to be written ``again``. What people wrote in it is
    kept, and it is copied to out/ as it was. Raises UsageProblem for a workbook in which something is not read.
    """
    there = _existing(study)
    if there is not None and not again:
        return None
    path = there or study.folder.path / FILE
    lines = _lines_in(study, path) if there else {}
    with study.store() as store:
        found = table_status(store, study.id, study.folder.summary_tables(lambda problem: None))
    rows = [*_lines(found, lines)]
    if there:
        keep_copy(study, path, date.today())
    write_row_decisions(path, rows)
    return path


def _existing(study: StudyAccess) -> Path | None:
    """The workbook of this kind among the decisions, if there is one."""
    for path in study.folder.decisions():
        try:
            book = read_workbook(path, name=study.folder.name(path), report=lambda problem: None)
        except UnreadableFile as error:
            raise UsageProblem(
                f"{path} cannot be read, so no new workbook was written. {error.problem.remedy}"
            ) from error
        if ROW_DECISIONS.is_kind_of(book):
            return path
    return None


def _lines_in(study: StudyAccess, path: Path) -> dict[str, list[_Line]]:
    """The lines of a workbook in which somebody wrote something, by their row as it is written."""
    problems: list[Problem] = []
    book = read_workbook(path, name=study.folder.name(path), report=problems.append)
    found: defaultdict[str, list[_Line]] = defaultdict(list)
    for row in ROW_DECISIONS.rows(book, problems.append):
        if any(name in row.values for name in _TYPED):
            held = {name: row.values[name].value for name in (ROW, EVIDENCE, *_TYPED) if name in row.values}
            found[folded(str(held.get(ROW, "")))].append(held)
    if problems:
        raise UsageProblem(f"{path} was not written again, because something in it is not read: {problems[0]}")
    return dict(found)


def _lines(found: TableStatus, written: Mapping[str, list[_Line]]) -> Iterator[_Line]:
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
