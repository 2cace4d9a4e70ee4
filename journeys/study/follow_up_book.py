"""The workbook in which a team writes who follows what up, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from journeys.analysis.reading.follow_ups import FollowUp
from journeys.instruments.excel.follow_ups import CASE, FOLLOW_UPS, FROM, ID, KIND, TYPED, WHAT
from journeys.instruments.files.cells import Value
from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem, UnreadableFile, UsageProblem
from journeys.study.access import StudyAccess
from journeys.study.report_kinds.follow_ups import BOOK, found_follow_ups
from journeys.study.update_forms import keep_copy

_Line = Mapping[str, Value]


def write_follow_up_book(study: StudyAccess, *, again: bool) -> Path | None:
    """Write the workbook with a row for each follow-up and what people wrote about it before.

    Returns the file; None where the study has one and it is not to be written ``again``, and where there is nothing to
    follow up. The workbook is copied to out/ as it was. Rows that are about nothing the study has any more stay at the
    end. Raises UsageProblem for a workbook in which something is not read.
    """
    there = _existing(study)
    if there is not None and not again:
        return None
    lines = _lines_in(study, there) if there else []
    found = found_follow_ups(study)
    if not found and not lines:
        return None
    path = there or study.folder.path / BOOK
    rows = [*_rows(found, lines)]
    if there:
        keep_copy(study, path, date.today())
    path.parent.mkdir(parents=True, exist_ok=True)
    FOLLOW_UPS.write(path, rows)
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
        if FOLLOW_UPS.is_kind_of(book):
            return path
    return None


def _lines_in(study: StudyAccess, path: Path) -> list[dict[str, Value]]:
    """The rows of a workbook in which somebody wrote something."""
    problems: list[Problem] = []
    book = read_workbook(path, name=study.folder.name(path), report=problems.append)
    rows = FOLLOW_UPS.rows(book, problems.append)
    if problems:
        raise UsageProblem(f"{path} was not written again, because something in it is not read: {problems[0]}")
    return [
        {name: cell.value for name, cell in row.values.items()}
        for row in rows
        if any(name in row.values for name in TYPED)
    ]


def _rows(found: Sequence[FollowUp], lines: Sequence[dict[str, Value]]) -> Iterator[_Line]:
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
