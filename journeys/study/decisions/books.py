"""Workbooks in decisions/ that the program writes again: everything that people wrote in them is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from journeys.instruments.answers import FilledRow
from journeys.instruments.excel.decision_book import DecisionBook
from journeys.instruments.files.cells import Value
from journeys.instruments.files.workbook import read_workbook
from journeys.model.problems import Problem, UnreadableFile, UsageProblem
from journeys.study.access import StudyAccess
from journeys.study.forms.update import keep_copy

Line = Mapping[str, Value]
"""What one row holds, by the ids of the columns."""


def existing_book(study: StudyAccess, kind: DecisionBook) -> Path | None:
    """The workbook of this kind among the decisions, if there is one. Raises UsageProblem where one is unreadable."""
    for path in study.folder.decisions():
        try:
            book = read_workbook(path, name=study.folder.name(path), report=lambda problem: None)
        except UnreadableFile as error:
            raise UsageProblem(
                f"{path} cannot be read, so no new workbook was written. {error.problem.remedy}"
            ) from error
        if kind.is_kind_of(book):
            return path
    return None


def written_rows(study: StudyAccess, kind: DecisionBook, path: Path, typed: Collection[str]) -> list[FilledRow]:
    """The rows of a workbook in which somebody wrote into a column of ``typed``.

    Raises UsageProblem for a workbook in which something is not read: to write it again would lose that.
    """
    problems: list[Problem] = []
    book = read_workbook(path, name=study.folder.name(path), report=problems.append)
    rows = kind.rows(book, problems.append)
    if problems:
        raise UsageProblem(f"{path} was not written again, because something in it is not read: {problems[0]}")
    return [row for row in rows if any(name in row.values for name in typed)]


def write_book(study: StudyAccess, kind: DecisionBook, path: Path, rows: Iterable[Line]) -> None:
    """Write a workbook; one that is there is copied to out/ first."""
    if path.exists():
        keep_copy(study, path, date.today())
    path.parent.mkdir(parents=True, exist_ok=True)
    kind.write(path, rows)
