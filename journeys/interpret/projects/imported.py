"""What an import of a project brought in, and what it did not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from journeys.instruments.projects.project import CodingProject
from journeys.interpret.projects.import_list import ImportList
from journeys.interpret.projects.make_list import Change
from journeys.model.phrases import counted


@dataclass(frozen=True, slots=True)
class Imported:
    """A project that was imported: the file in the study, its list, what it holds, and what was not taken.

    ``changed`` compares it with the version that was imported before, and is None for a new project; ``alike`` are
    codes that have the label of a code of the codebook, with that code.
    """

    file: Path
    losses: Path
    project: CodingProject
    listed: ImportList
    changed: list[Change] | None
    alike: list[tuple[str, str]]

    @property
    def held(self) -> str:
        """What the project holds, in a few words."""
        project = self.project
        numbers = (
            (len(project.sources), "source"),
            (sum(not each.heading for each in self.listed.codes.values()), "code"),
            (sum(each.heading for each in self.listed.codes.values()), "heading"),
            (sum(len(source.selections) for source in project.sources), "selection"),
            (sum(1 for _ in project.codings()), "coding"),
            (len(project.users), "coder"),
            (len(project.statements), "statement"),
        )
        return ", ".join(counted(number, noun) for number, noun in numbers if number)
