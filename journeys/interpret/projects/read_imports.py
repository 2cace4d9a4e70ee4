"""Read every imported project of a study: first what its sources are called, at last what it says."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from journeys.instruments.projects.dna import read_dna
from journeys.instruments.projects.project import DNA_SUFFIX, CodingProject
from journeys.instruments.projects.refi import read_refi
from journeys.interpret.comment_authors import CommentAuthors, Researcher
from journeys.interpret.context import Context
from journeys.interpret.file_report import FileReport
from journeys.interpret.projects.coded_project import ProjectInterpreter, listed_sources
from journeys.interpret.projects.import_list import (
    LIST_SUFFIX,
    LOSSES_SUFFIX,
    ImportList,
    find_projects,
    is_project,
)
from journeys.interpret.projects.statements import StatementReader
from journeys.interpret.unreadable import Unreadable, sha256
from journeys.model.problems import Address, Problem, Severity
from journeys.model.records import Claim, Node
from journeys.model.study_names import IMPORT_FOLDER

_DID = "coded in an imported project"


def read_project(path: Path, *, name: str) -> CodingProject:
    """The project in a file. Raises UnreadableFile."""
    return read_dna(path, name=name) if path.suffix.lower() == DNA_SUFFIX else read_refi(path, name=name)


def not_imported(path: Path, name: str) -> Problem | None:
    """The warning that a project lies elsewhere than among the imports; None for any other file."""
    if not is_project(path):
        return None
    message = "This is a project of another program, and it was not read here."
    remedy = f"Run `journeys import {_command(name)} {name}`, which copies it into {IMPORT_FOLDER}/, and move it away."
    return Problem("not_imported", Address(name), message, remedy, Severity.WARNING)


def _command(name: str) -> str:
    return "dna" if name.lower().endswith(DNA_SUFFIX) else "refi"


class ImportsReader:
    """Reads the imports of one study. ``reports`` and ``hashes`` grow as files are read."""

    def __init__(
        self,
        folder: Path,
        lists: Sequence[ImportList],
        context: Context,
        researchers: Sequence[Researcher],
        reports: list[FileReport],
        hashes: dict[str, str],
    ) -> None:
        self._folder, self._context = folder, context
        self.lists = {listed.file: listed for listed in lists}
        self._authors = CommentAuthors(researchers, _DID)
        self._reports, self._hashes = reports, hashes

    def sources(self) -> Iterator[Node]:
        """The sources of all imports, so that forms can name them."""
        if self.lists:
            self._context.codes.used = True
        for listed in self.lists.values():
            yield from listed_sources(self._context, listed)

    def know(self, listed: ImportList) -> None:
        """Make known what the sources of an import are called, and nothing else."""
        deque(listed_sources(self._context, listed), maxlen=0)

    def projects(self, unreadable: Callable[[str, Problem], None]) -> Iterator[Node | Claim]:
        """What all imports say; a file that cannot be read is noted with ``unreadable``."""
        for path in find_projects(self._folder):
            name = f"{IMPORT_FOLDER}/{path.name}"
            with Unreadable(unreadable, name):
                yield from self._project(path, name)
        self._authors.report(self._context.report)
        self._leave_aside()

    def _project(self, path: Path, name: str) -> Iterator[Node | Claim]:
        listed = self.lists.get(name)
        self._hashes[name] = sha256(path)
        beside = path.with_name(f"{path.name}{LIST_SUFFIX}")
        if beside.is_file():
            self._hashes[f"{name}{LIST_SUFFIX}"] = sha256(beside)
        if listed is None:
            if not beside.is_file():
                message = "This project has no list that says which codes and sources it has here; it was not read."
                remedy = f"Run `journeys import {_command(name)} {name}`, which writes it."
                self._context.report(Problem("not_imported", Address(name), message, remedy))
            self._reports.append(FileReport(name, "not read"))
            return
        project = read_project(path, name=name)
        program = f", {project.program}" if project.program else ""
        report = FileReport(name, f"imported project{program}", sum(1 for _ in project.codings()))
        self._reports.append(report)
        interpreter = ProjectInterpreter(self._context, project, listed, self._authors)
        yield from interpreter.everything()
        if project.statements:
            yield from StatementReader(self._context, project, listed, interpreter.passages).everything()
        report.rejected = interpreter.rejected
        counts = Counter(loss.element for loss in project.tally.losses if loss.fate == "not taken")
        report.ignored = {f"{element}, not taken": number for element, number in counts.items()}

    def _leave_aside(self) -> None:
        """Say which files lie among the imports and are none."""
        here = self._folder / IMPORT_FOLDER
        for path in sorted(here.iterdir()) if here.is_dir() and not here.is_symlink() else []:
            own = path.name.endswith((LIST_SUFFIX, LOSSES_SUFFIX)) or (is_project(path) and not path.is_symlink())
            if own or path.name.startswith("."):
                continue
            name = f"{IMPORT_FOLDER}/{path.name}"
            message = "This file is not a project of another program (.qdpx, .qdc, .dna); it was not read."
            remedy = "Move it out of the folder imports."
            self._context.report(Problem("left_aside", Address(name), message, remedy, Severity.WARNING))
            self._reports.append(FileReport(name, "not read"))
