"""The methods of ``Study`` that bring in files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeys.interpret.projects.imported import Imported
    from journeys.study.access import StudyAccess
    from journeys.study.bring_in import ImportedTable


class Imports:
    """The importing methods of ``Study``."""

    def import_project(self: StudyAccess, path: str | Path, format_: str, *, beside: bool = False) -> Imported:
        """Take a project of another program into the study: ``format_`` is "refi" (.qdpx, .qdc) or "dna".

        A newer version of a project takes the place of the older one, and what the team wrote into its list stays;
        with ``beside`` both are kept, as for each coder's copy of one project.
        Nothing is loaded: ``load`` reads the copy. Raises UnreadableFile for a file that cannot be read, UsageProblem
        for one that has not the format, JourneysError where another project of the name is there.
        """
        from journeys.study.bring_in import bring_in_project

        return bring_in_project(self, Path(path), format_, beside=beside)

    def import_council(self: StudyAccess, path: str | Path, format_: str) -> ImportedTable:
        """Take council data into the tables of the study, with a copy of the map that is shipped for it.

        ``format_`` is a name of ``COUNCIL_FORMATS``. A newer file of the same name takes the place of the older one;
        its map stays as the team has it. Raises UnreadableFile for a file that holds nothing of the format.
        """
        from journeys.study.bring_in import bring_in_council

        return bring_in_council(self, Path(path), format_)
