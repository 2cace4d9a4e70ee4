"""Names of files that hold a person's real name: addresses in pages and exports show them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from journeys.instruments.name_key import read_key
from journeys.interpret.file_report import FileReport
from journeys.interpret.folder import StudyFolder
from journeys.model.problem_log import ProblemLog
from journeys.model.problems import Address, Problem, Severity, UsageProblem
from journeys.model.real_names import NameFinder


def report_named_files(study: StudyFolder, files: Iterable[FileReport], key: Path, log: ProblemLog) -> None:
    """Warn of each file that was read whose name holds a name of ``key``, a list of real names and pseudonyms.

    Raises UsageProblem for a list that is not there, cannot be used, or lies in the study folder, which is handed on.
    """
    path = key.resolve()
    if not path.is_file():
        raise UsageProblem(f"There is no file {key}.")
    if study.path in path.parents:
        raise UsageProblem(f"Keep the list of real names outside of the study folder: {study.name(path)} lies in it.")
    finder = NameFinder(read_key(path, log)).for_files()
    for name in sorted({each.file for each in files}):
        for found in finder.find(name):
            message = f"The name of the file holds a real name: {name[found.start : found.end]!r}."
            remedy = f"Rename the file, for example to {finder.replaced(name).rpartition('/')[2]!r}: pages show it."
            log(Problem("real_name", Address(name), message, remedy, Severity.WARNING))
            break
