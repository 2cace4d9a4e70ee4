"""The workbook in which a team writes who follows what up, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from journeys.analysis.reading.follow_ups import FollowUp
from journeys.instruments.excel.follow_ups import CASE, FOLLOW_UPS, FROM, ID, KIND, TYPED, WHAT
from journeys.instruments.files.cells import Value
from journeys.study.access import StudyAccess
from journeys.study.decisions.books import Line, existing_book, write_book, written_rows
from journeys.study.report_kinds.follow_ups import BOOK, found_follow_ups


def write_follow_up_book(study: StudyAccess, *, again: bool) -> Path | None:
    """Write the workbook with a row for each follow-up and what people wrote about it before.

    Returns the file; None where the study has one and it is not to be written ``again``, and where there is nothing to
    follow up. The workbook is copied to out/ as it was. Rows that are about nothing the study has any more stay at the
    end. Raises UsageProblem for a workbook in which something is not read.
    """
    there = existing_book(study, FOLLOW_UPS)
    if there is not None and not again:
        return None
    written = written_rows(study, FOLLOW_UPS, there, TYPED) if there else []
    lines = [{name: cell.value for name, cell in row.values.items()} for row in written]
    found = found_follow_ups(study)
    if not found and not lines:
        return None
    path = there or study.folder.path / BOOK
    write_book(study, FOLLOW_UPS, path, [*_rows(found, lines)])
    return path


def _rows(found: Sequence[FollowUp], lines: Sequence[dict[str, Value]]) -> Iterator[Line]:
    """A row for each follow-up, with what was written about it; then what is about none that there is."""
    left = list(lines)
    for each in found:
        words: dict[str, Value] = {
            WHAT: f"{each.words}\nTo be done: {each.plan}" if each.plan else each.words,
            KIND: each.kind_words,
            CASE: "\n".join(case.name for case in each.cases),
            FROM: str(each.address),
            ID: each.id,
        }
        written = [line for line in left if str(line.get(ID, "")).strip() == each.id]
        left = [line for line in left if line not in written]
        for line in written or [{}]:
            yield {**words, **{name: line[name] for name in TYPED if name in line}}
    yield from left
