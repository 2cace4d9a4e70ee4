"""The methods of ``Study`` by which a team protects people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journeys.study.access import StudyAccess

if TYPE_CHECKING:
    from journeys.model.progress import Progress
    from journeys.study.pseudonymise import PseudonymisedStudy


class Protects:
    """The methods of ``Study`` by which a team protects people."""

    def pseudonymise(
        self: StudyAccess, folder: str | Path, *, key: str | Path, progress: Progress | None = None
    ) -> PseudonymisedStudy:
        """Write a copy of the study into a new folder, with pseudonyms in place of people's real names.

        ``key`` is a csv file outside of both folders with names and pseudonyms; it is made of the People register
        where it is missing, and people who are not in it are added. Raises UsageProblem, OSError.
        """
        from journeys.study.pseudonymise import pseudonymise

        return pseudonymise(self.folder, Path(folder), Path(key), progress)
